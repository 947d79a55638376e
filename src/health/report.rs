//! What the rules add to an assessment: [`Report`].

use chrono::{DateTime, TimeDelta, Utc};

use super::deadline::{Deadline, DeadlineKind};
use super::finding::Finding;

/// The findings and deadlines of one answer. Rules add to it and never take anything back, so their order does not
/// change the verdict.
#[derive(Default)]
pub(super) struct Report {
    pub(super) findings: Vec<Finding>,
    pub(super) deadlines: Vec<Deadline>,
    /// True if the answer says nothing about the job, so that no further rule applies.
    pub(super) stopped: bool,
}

impl Report {
    pub(super) fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Adds a finding, if there is one.
    pub(super) fn add_some(&mut self, finding: Option<Finding>) {
        self.findings.extend(finding);
    }

    /// Adds the end of a window, unless it is beyond the range of dates.
    pub(super) fn add_deadline(&mut self, kind: DeadlineKind, start: DateTime<Utc>, window: TimeDelta) {
        self.deadlines.extend(Deadline::after(kind, start, window));
    }
}
