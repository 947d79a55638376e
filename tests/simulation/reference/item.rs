//! Findings, cut down to what decides, and the verdict that follows from them.

use aliyun_dts_status::health::{Finding, Severity, Verdict};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item {
    pub(crate) code: String,
    pub(crate) severity: Severity,
    pub(crate) floor: Option<Verdict>,
    /// The place of the phase in the order of phases.
    phase: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Settled {
    pub(crate) verdict: Verdict,
    pub(crate) reason: Option<String>,
    pub(crate) exit: u8,
}

const PHASES: [&str; 9] =
    ["Envelope", "Job", "Precheck", "Schema", "Full", "Incremental", "Billing", "Trend", "Aggregate"];

impl Item {
    pub(crate) fn new(code: &str, severity: Severity, floor: Option<Verdict>, phase: &str) -> Self {
        let phase = PHASES.iter().position(|name| *name == phase).unwrap();
        Item { code: code.into(), severity, floor, phase }
    }

    /// A Warning with floor Degraded.
    pub(crate) fn warning(code: &str, phase: &str) -> Self {
        Item::new(code, Severity::Warning, Some(Verdict::Degraded), phase)
    }

    /// A Warning with floor Unknown.
    pub(crate) fn unknown(code: &str, phase: &str) -> Self {
        Item::new(code, Severity::Warning, Some(Verdict::Unknown), phase)
    }

    pub(crate) fn notice(code: &str, phase: &str) -> Self {
        Item::new(code, Severity::Notice, None, phase)
    }

    /// Makes it a fact that decides nothing.
    pub(crate) fn soften(&mut self) {
        self.severity = self.severity.min(Severity::Notice);
        self.floor = None;
    }
}

impl From<&Finding> for Item {
    fn from(finding: &Finding) -> Self {
        Item::new(finding.code.as_str(), finding.severity, finding.floor(), finding.phase.as_str())
    }
}

impl Settled {
    /// This with what else was found. What was found is the reason, unless this is worse.
    pub(crate) fn joined(&self, other: Settled) -> Settled {
        let exit = worst(self.exit, other.exit);
        let settled =
            if other.reason.is_some() && other.verdict >= self.verdict { other } else { self.clone() };
        Settled { exit, ..settled }
    }
}

/// The verdict, its reason and the exit status that follow from findings.
pub(crate) fn settle(items: &[Item]) -> Settled {
    let mut sorted: Vec<&Item> = items.iter().collect();
    sorted.sort_by(|a, b| (b.severity, a.phase, &a.code).cmp(&(a.severity, b.phase, &b.code)));
    let mut verdict = items.iter().filter_map(|item| item.floor).max().unwrap_or(Verdict::Healthy);
    let mut reason = sorted.iter().find(|item| item.floor == Some(verdict) && verdict != Verdict::Healthy);
    let severity = items.iter().map(|item| item.severity).max();
    if verdict == Verdict::Healthy && severity >= Some(Severity::Warning) {
        verdict = Verdict::Degraded;
        reason = sorted.first();
    }
    let by_severity = match severity {
        Some(Severity::Critical) => 2,
        Some(Severity::Warning) => 1,
        _ => 0,
    };
    let migrated = items.iter().any(|item| item.code == "MIGRATION_DONE") && verdict == Verdict::Ended;
    let of_verdict = if migrated { 0 } else { of_verdict(verdict) };
    Settled { verdict, reason: reason.map(|item| item.code.clone()), exit: worst(of_verdict, by_severity) }
}

fn of_verdict(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Healthy | Verdict::Progressing => 0,
        Verdict::Ended | Verdict::Idle | Verdict::Suspended | Verdict::Degraded => 1,
        Verdict::Unknown => 3,
        _ => 2,
    }
}

/// The worst of two exit statuses: 2, then 3, 1, 0.
pub(crate) fn worst(one: u8, other: u8) -> u8 {
    let rank = |exit: u8| [0, 1, 3, 2][usize::from(exit)];
    if rank(other) > rank(one) { other } else { one }
}
