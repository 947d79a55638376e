//! How much a finding weighs, as docs/verdicts.md says: [`weight`].

use aliyun_dts_status::health::FindingCode;

/// How much a finding weighs.
pub(super) struct Weight {
    /// Its severities, with the case of each.
    pub(super) severity: &'static str,
    /// The best verdict that a job with it has; `none` if it sets none.
    pub(super) floor: &'static str,
    /// The names of its thresholds in the policy.
    pub(super) thresholds: &'static [&'static str],
}

/// The weight of a finding. `None` for one without a row, which the tests refuse.
pub(super) fn weight(code: FindingCode) -> Option<Weight> {
    let (_, severity, floor, thresholds) = *WEIGHTS.iter().find(|(name, ..)| *name == code.as_str())?;
    Some(Weight { severity, floor, thresholds })
}

type Row = (&'static str, &'static str, &'static str, &'static [&'static str]);

#[rustfmt::skip]
const WEIGHTS: &[Row] = &[
    ("OBSERVATION_IN_FUTURE", "Warning", "Unknown", &["clock_skew"]),
    ("OBSERVATION_STALE", "Warning", "Unknown", &["max_observation_age"]),
    ("API_CALL_FAILED", "Warning", "Unknown", &["hold_last"]),
    ("JOB_NOT_FOUND", "Critical", "Unknown", &[]),
    ("API_ERROR_WITH_SUCCESS", "Warning", "Unknown if Status is absent, else none", &[]),
    ("DECIDING_VALUE_LOST", "Warning; Notice for a delay of unknown unit where a checkpoint shows the lag", "Unknown; none for a Notice", &[]),
    ("VALUES_LOST", "Notice", "none", &[]),
    ("BODY_UNDECODABLE", "Warning", "Unknown", &["hold_last"]),
    ("NO_ANSWER", "Warning", "Unknown", &["hold_last"]),
    ("JOB_MISMATCH", "Warning", "Unknown", &[]),
    ("JOB_UNNAMED", "Warning", "Unknown", &[]),
    ("RESPONSE_EMPTY", "Warning", "Unknown", &["hold_last"]),
    ("DIRECTION_MISMATCH", "Warning", "Unknown", &[]),
    ("JOB_NOT_CONFIGURED", "Notice", "Idle", &[]),
    ("JOB_NOT_STARTED", "Notice", "Idle", &[]),
    ("PRECHECK_RUNNING", "Info", "Progressing", &["precheck_overdue"]),
    ("PRECHECK_FAILED", "Critical", "Failed", &[]),
    ("INIT_RUNNING", "Info", "Progressing", &["init_overdue"]),
    ("INIT_FAILED", "Critical", "Failed", &["recovery_warn", "recovery_window"]),
    ("JOB_RETRYING", "Warning", "Degraded", &["retry_window"]),
    ("JOB_FAILED", "Critical", "Failed", &["recovery_warn", "recovery_window"]),
    ("MODIFY_FAILED", "Critical", "Failed", &[]),
    ("JOB_SUSPENDED", "Notice", "Suspended", &["suspend_soft", "suspend_critical", "suspend_hard"]),
    ("JOB_MODIFYING", "Info", "Progressing", &["modify_overdue"]),
    ("JOB_RESIZING", "Info", "Progressing", &["resize_overdue"]),
    ("JOB_LOCKED", "Critical", "Failed", &[]),
    ("JOB_ENDED", "Notice", "Ended", &["ended_is_ok"]),
    ("MIGRATION_DONE", "Info", "Ended, with exit status 0", &[]),
    ("STATUS_UNRECOGNIZED", "Warning", "Unknown", &[]),
    ("STATUS_MISSING", "Warning", "Unknown", &[]),
    ("STATUS_PHASE_CONFLICT", "Warning where a stage failed or is paused, or works after a failed precheck; else Notice", "Suspended, Degraded or Progressing for a running job; else none", &[]),
    ("STAGE_STATUS_UNRECOGNIZED", "Warning; Notice before the start and after the end", "Unknown; none for a Notice", &[]),
    ("STAGE_LOCKED", "Critical; Notice before the start and after the end", "Failed; none for a Notice", &[]),
    ("SCHEMA_INIT_FAILED", "Critical; Warning for a running job", "that of Status with this stage", &[]),
    ("FULL_INIT_FAILED", "Critical; Warning for a running job", "that of Status with this stage", &[]),
    ("INCREMENTAL_FAILED", "Critical", "that of Status with this stage", &[]),
    ("PRECHECK_ITEM_FAILED", "Critical if it keeps the job from starting; Warning while Prechecking; else Notice", "Failed; Degraded; none", &[]),
    ("CHECKPOINT_IN_FUTURE", "Warning for a running job, else Notice", "none", &["clock_skew"]),
    ("CHECKPOINTS_DISAGREE", "Notice", "none", &["coherence_tolerance"]),
    ("LAG_FIELDS_DISAGREE", "Notice", "none", &["coherence_tolerance"]),
    ("LAG_UNKNOWN", "Warning", "Unknown", &["hold_last"]),
    ("LAG_CHECKPOINT_CONFLICT", "Warning where the lag is high, else Notice", "none", &["coherence_tolerance", "lag_warn"]),
    ("IDLE_SOURCE_SUSPECTED", "Notice", "none", &["idle_critical"]),
    ("IDLE_SOURCE_DOUBTED", "Critical", "Degraded", &["idle_factor", "idle_busy", "idle_unlearnt"]),
    ("LAG_UNIT_SUSPECTED", "Notice", "none", &["coherence_tolerance"]),
    ("LAG_CRITICAL", "Critical; Notice while it is pending", "Degraded; none for a Notice", &["lag_critical", "lag_for", "calm_for", "clear_at"]),
    ("LAG_HIGH", "Warning; Notice while it is pending", "Degraded; none for a Notice", &["lag_warn", "lag_for", "calm_for", "clear_at"]),
    ("LOG_RETENTION_RISK", "Critical", "Degraded; none for a failed job", &["log_retention"]),
    ("UNRECOVERABLE_REPORTED", "Critical", "Unrecoverable", &[]),
    ("ERROR_RESIDUAL", "Notice; Warning if it says that the job cannot be recovered", "none", &[]),
    ("RETRY_WINDOW_EXHAUSTED", "Critical; Notice where the job does not fail", "Degraded; none for a Notice", &["retry_window"]),
    ("SUSPEND_OVER_HARD_LIMIT", "Critical", "Unrecoverable; Suspended if estimated", &["suspend_hard"]),
    ("SUSPEND_OVER_SOFT_LIMIT", "Warning, then Critical", "none", &["suspend_soft", "suspend_critical"]),
    ("RECOVERY_WINDOW_EXPIRED", "Critical", "Unrecoverable; none if estimated", &["recovery_window"]),
    ("RECOVERY_WINDOW_CLOSING", "Critical", "none", &["recovery_warn"]),
    ("STATUS_OVERDUE", "Warning", "Degraded", &["init_overdue", "modify_overdue", "resize_overdue", "precheck_overdue"]),
    ("RELEASE_DUE", "Critical", "Unrecoverable; Degraded while the job still runs", &["release_after"]),
    ("EXPIRED", "Critical", "Failed; Degraded while the job still runs", &[]),
    ("EXPIRING_SOON", "Warning, then Critical", "none", &["expire_warn", "expire_critical"]),
    ("SNAPSHOT_ORDER", "Notice", "none", &["restart_after"]),
    ("STATUS_REGRESSED", "Warning", "Degraded", &["min_interval"]),
    ("STATUS_TRANSITION_UNEXPECTED", "Notice", "none", &["min_interval"]),
    ("RECOVERED", "Info", "none", &["min_interval"]),
    ("CHECKPOINT_REGRESSED", "Warning; Notice within the tolerance", "Degraded; none for a Notice", &["coherence_tolerance", "regress_tolerance"]),
    ("CHECKPOINT_STALLED", "Warning; Notice while a lag is pending", "Degraded; none for a Notice", &["stall_after"]),
    ("LAG_GROWING", "Warning; Notice while a lag is pending", "Degraded; none for a Notice", &["lag_warn"]),
    ("LAG_SHRINKING", "Info", "none", &["lag_warn"]),
    ("COUNTER_RESET", "Notice", "none", &[]),
    ("INIT_STALLED", "Warning", "Degraded", &["init_stall_after"]),
    ("FLAPPING", "Warning", "Degraded", &["flap_on", "flap_polls", "flap_off"]),
    ("IN_MAINTENANCE", "Info", "none", &["maintenance_until"]),
    ("FORWARD_NOT_OBSERVED", "Warning", "Unknown; Degraded from poll to poll", &["vanish_after"]),
    ("REVERSE_NOT_OBSERVED", "Warning", "Unknown; Degraded from poll to poll", &["vanish_after"]),
    ("DIRECTIONS_ALIASED", "Warning", "Unknown", &[]),
    ("TWO_WAY_HALF_OPEN", "Warning", "Degraded", &[]),
    ("ENDPOINTS_NOT_MIRRORED", "Warning", "none", &[]),
    ("NO_JOBS", "Warning", "Unknown", &[]),
];

#[cfg(test)]
mod tests {
    use aliyun_dts_status::health::Policy;

    use super::*;

    #[test]
    fn every_finding_weighs_what_the_page_says() {
        let page = include_str!("../../../../docs/verdicts.md").replace(['\n', '`'], " ");
        for code in FindingCode::ALL {
            let weight = weight(*code).unwrap_or_else(|| panic!("{code} has no row"));
            for (at, name) in page.match_indices(code.as_str()) {
                let after = page[at + name.len()..].trim_start_matches([' ', ',']);
                for severity in ["Critical", "Warning", "Notice", "Info"] {
                    if after.starts_with(severity) {
                        assert!(weight.severity.contains(severity), "{code}: {severity}");
                    }
                }
            }
            for name in weight.thresholds {
                assert!(Policy::FIELDS.iter().any(|field| field.name == *name), "{code}: {name}");
            }
        }
        assert_eq!(WEIGHTS.len(), FindingCode::ALL.len());
    }
}
