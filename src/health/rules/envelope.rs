//! The envelope: when it was observed, whether the call went through, whether anything is in it.

use std::ops::ControlFlow;

use chrono::TimeDelta;

use super::case::{Case, scope};
use crate::field::Field;
use crate::health::finding::{DIRECTION, Evidence, Finding, FindingCode, Severity};
use crate::health::policy::{Context, Policy};
use crate::health::verdict::Verdict;
use crate::model::{Fault, SyncJob};
use crate::path::Path;

/// Breaks where the response tells nothing of the job, so that no other rule may speak.
pub(in crate::health) fn judge(case: &Case<'_>, findings: &mut Vec<Finding>) -> ControlFlow<()> {
    let job = case.job;
    observation(case.context, case.policy, findings);

    if job.success == Some(false) {
        let mut evidence = vec![Evidence::of(Field::Success, Some(false))];
        evidence.extend(said(Field::ErrCode, job.err_code.as_deref()));
        evidence.extend(said(Field::ErrMessage, job.err_message.as_deref()));
        evidence.extend(said(Field::DynamicMessage, job.dynamic_message.as_deref()));
        call_failed(case.context, Field::ErrCode, job.err_code.as_deref(), evidence, findings);
        return ControlFlow::Break(());
    }
    if let Some(code) = job.err_code.as_deref().filter(|code| !is_benign(code)) {
        let mut evidence = vec![Evidence::of(Field::ErrCode, Some(code))];
        evidence.extend(said(Field::ErrMessage, job.err_message.as_deref()));
        let mut finding = case.finding(FindingCode::ApiErrorWithSuccess, Severity::Warning, evidence);
        if job.status.is_none() {
            finding = finding.at_least(Verdict::Unknown);
        }
        findings.push(finding);
    }
    if is_empty(job) {
        let stages = STAGES.map(|stage| Path::from([stage, Field::Status]));
        let paths = std::iter::once(Path::from(Field::Status)).chain(stages);
        let evidence = paths.map(|path| Evidence::new(path, None)).collect();
        let finding = case.finding(FindingCode::ResponseEmpty, Severity::Warning, evidence);
        findings.push(finding.at_least(Verdict::Unknown));
        return ControlFlow::Break(());
    }
    if let Some(answered) = &job.direction
        && *answered != case.context.requested_direction
    {
        let evidence = vec![
            Evidence::of(Field::SynchronizationDirection, Some(answered)),
            Evidence::named(DIRECTION, &case.context.requested_direction),
        ];
        let finding = case.finding(FindingCode::DirectionMismatch, Severity::Warning, evidence);
        findings.push(finding.at_least(Verdict::Unknown));
    }
    ControlFlow::Continue(())
}

/// Judges the gateway's error document: it tells that the call failed, and nothing of the job.
pub(in crate::health) fn judge_fault(
    fault: &Fault,
    context: &Context,
    policy: &Policy,
    findings: &mut Vec<Finding>,
) {
    observation(context, policy, findings);
    let mut evidence = vec![Evidence::of(Field::Code, fault.code.as_deref())];
    evidence.extend(said(Field::Message, fault.message.as_deref()));
    call_failed(context, Field::Code, fault.code.as_deref(), evidence, findings);
}

/// The codes that say: there is no such job.
const NOT_FOUND: [&str; 3] = ["Forbidden.InstanceNotFound", "InvalidJobId", "InstanceNotFound"];

/// What stands for an error code where there is no error.
const BENIGN: [&str; 5] = ["", "0", "200", "OK", "Success"];

/// Where a status may stand beside the job's own.
const STAGES: [Field; 4] = [
    Field::PrecheckStatus,
    Field::StructureInitializationStatus,
    Field::DataInitializationStatus,
    Field::DataSynchronizationStatus,
];

fn observation(context: &Context, policy: &Policy, findings: &mut Vec<Finding>) {
    let age: TimeDelta = context.now.signed_duration_since(context.observed_at);
    let code = if age > policy.max_observation_age {
        FindingCode::ObservationStale
    } else if context.observed_at.signed_duration_since(context.now) > policy.clock_skew {
        FindingCode::ObservationInFuture
    } else {
        return;
    };
    let evidence = vec![Evidence::observed_at(context.observed_at)];
    let finding = Finding::new(code, Severity::Warning, scope(context), evidence);
    findings.push(finding.at_least(Verdict::Unknown));
}

fn call_failed(
    context: &Context,
    code_field: Field,
    code: Option<&str>,
    evidence: Vec<Evidence>,
    findings: &mut Vec<Finding>,
) {
    let finding = |code, severity, evidence| {
        Finding::new(code, severity, scope(context), evidence).at_least(Verdict::Unknown)
    };
    findings.push(finding(FindingCode::ApiCallFailed, Severity::Warning, evidence));
    if let Some(code) = code
        && NOT_FOUND.iter().any(|known| known.eq_ignore_ascii_case(code))
    {
        let evidence = vec![Evidence::of(code_field, Some(code))];
        findings.push(finding(FindingCode::JobNotFound, Severity::Critical, evidence));
    }
}

fn is_benign(code: &str) -> bool {
    BENIGN.iter().any(|known| known.eq_ignore_ascii_case(code))
}

fn is_empty(job: &SyncJob) -> bool {
    job.status.is_none()
        && job.precheck.as_ref().is_none_or(|stage| stage.status.is_none())
        && job.structure_stage.as_ref().is_none_or(|stage| stage.status.is_none())
        && job.data_stage.as_ref().is_none_or(|stage| stage.status.is_none())
        && job.synchronization_stage.as_ref().is_none_or(|stage| stage.status.is_none())
}

/// A field as evidence, where it says something.
fn said(field: Field, text: Option<&str>) -> Option<Evidence> {
    text.filter(|text| !text.is_empty()).map(|text| Evidence::of(field, Some(text)))
}
