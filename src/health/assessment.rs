//! The outcome of judging: [`Assessment`].

mod form;

use std::borrow::Cow;
use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize, Serializer};

use super::deadline::Deadline;
use super::exact;
use super::facts::phases::Phases;
use super::facts::snapshot::{Signs, Snapshot};
use super::finding::{Fact, Finding, FindingCode, Phase, Severity};
use super::identity::Identity;
use super::policy::Policy;
use super::report::Report;
use super::scope::Scope;
use super::verdict::{Verdict, worse_exit_code};
use crate::excerpt;
use crate::model::{DataRate, JobStatus, Percent, StageKind, spelling};

/// The health of one job: a verdict, and its reasons.
///
/// It serialises to what `check --output json` prints, and reads that back: its `snapshot` has what comparing and joining
/// need of it.
///
/// ```
/// use aliyun_dts_status::SyncJob;
/// use aliyun_dts_status::health::{Assessment, Context, FindingCode, Policy, Verdict, assess};
///
/// let context = Context::at("2021-01-14T09:22:30Z".parse()?);
/// let assessment = assess(&SyncJob::lagging_sample(), &context, &Policy::default());
/// assert_eq!((assessment.verdict(), assessment.exit_code()), (Verdict::Degraded, 2));
/// let finding = assessment.finding(FindingCode::LagCritical);
/// assert!(finding.is_some_and(|finding| finding.evidence[0].to_string() == "DelayMillis is 900123"));
///
/// let stored = serde_json::to_string(&assessment)?;
/// assert_eq!(serde_json::from_str::<Assessment>(&stored)?, assessment);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    pub(super) verdict: Verdict,
    pub(super) reason: Option<FindingCode>,
    pub(super) findings: Vec<Finding>,
    pub(super) deadlines: Vec<Deadline>,
    pub(super) direction: Scope,
    pub(super) identity: Identity,
    pub(super) snapshot: Snapshot,
    pub(super) signs: Signs,
    /// The phases that the answer has something to judge by.
    pub(super) judged: Phases,
    /// False if the snapshot says nothing about the job, or is that of one of two joined directions.
    pub(super) comparable: bool,
    pub(super) exit_code: u8,
    pub(super) pending: Option<Pending>,
    pub(super) held: Option<Held>,
    /// The lag of each of two joined directions; empty for a single one.
    pub(super) sides: Vec<(Scope, Option<TimeDelta>)>,
    /// The time of judgement.
    pub(super) now: DateTime<Utc>,
    /// The end of the time in which the policy lowers exit statuses, if this is in it.
    pub(super) maintenance_until: Option<DateTime<Utc>>,
}

/// A lag that does not count yet, because it has not lasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Pending {
    /// The finding that will count.
    pub code: FindingCode,
    /// The first poll with too much lag.
    #[serde(with = "exact::time")]
    pub since: DateTime<Utc>,
    /// The time at which it will count, if it lasts.
    #[serde(with = "exact::time")]
    pub counts_at: DateTime<Utc>,
}

/// The verdict of an earlier poll, kept by a poll that says nothing about the job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Held {
    /// The first poll that kept it.
    #[serde(with = "exact::time")]
    pub(super) since: DateTime<Utc>,
    pub(super) verdict: Verdict,
    pub(super) reason: Option<FindingCode>,
    pub(super) exit_code: u8,
}

impl Assessment {
    /// A settled assessment of what the rules found, without the exceptions of [`finish`](Self::finish).
    pub(super) fn new(
        report: Report,
        direction: Scope,
        identity: Identity,
        (snapshot, signs): (Snapshot, Signs),
        comparable: bool,
        now: DateTime<Utc>,
    ) -> Self {
        let mut assessment = Assessment {
            verdict: Verdict::Healthy,
            reason: None,
            findings: report.findings,
            deadlines: report.deadlines,
            direction,
            identity,
            snapshot,
            signs,
            judged: Phases::default().with(Phase::Envelope),
            comparable,
            exit_code: 0,
            pending: None,
            held: None,
            sides: Vec::new(),
            now,
            maintenance_until: None,
        };
        assessment.settle();
        assessment
    }

    /// The verdict.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The code of the first finding that gave the verdict. `None` for Healthy.
    #[must_use]
    pub fn reason(&self) -> Option<FindingCode> {
        self.reason
    }

    /// The finding that gave the verdict. `None` for Healthy, and for a held verdict, whose findings are of an earlier poll.
    #[must_use]
    pub fn cause(&self) -> Option<&Finding> {
        self.findings.iter().find(|finding| Some(finding.code) == self.reason)
    }

    /// The worst finding, if it is more severe than the [`cause`](Self::cause) and raises the exit status: a job that is
    /// paused, and soon cannot be resumed, is Suspended because it is paused, and exits 2 because of the time left.
    #[must_use]
    pub fn worse_finding(&self) -> Option<&Finding> {
        let of_cause = self.cause().map(|cause| cause.severity);
        let worst = self.findings.first()?;
        (worst.severity >= Severity::Warning && Some(worst.severity) > of_cause).then_some(worst)
    }

    /// The reason in words: the message of the [`cause`](Self::cause); for a held verdict, that it is kept and why. `None`
    /// for Healthy.
    #[must_use]
    pub fn reason_message(&self) -> Option<Cow<'_, str>> {
        self.reason?;
        if let Some(cause) = self.cause() {
            return Some(Cow::Borrowed(&cause.message));
        }
        self.held_message().map(Cow::Owned)
    }

    /// Of a held verdict, that it is kept and why.
    pub(crate) fn held_message(&self) -> Option<String> {
        let since = spelling::time(&self.held_since()?);
        let why = self.findings.first().map_or("", |finding| finding.code.sentence());
        Some(format!("Held since {since}: the polls since then say nothing about the job. {why}."))
    }

    /// All findings, the worst first.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The first finding with a code.
    #[must_use]
    pub fn finding(&self, code: FindingCode) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.code == code)
    }

    /// The worst severity in a phase: Info if nothing is wrong there, and `None` if the answer has nothing to judge it by.
    /// Of [`Phase::Trend`] there is nothing without an earlier poll, of [`Phase::Aggregate`] nothing without another
    /// direction.
    ///
    /// ```
    /// use aliyun_dts_status::SyncJob;
    /// use aliyun_dts_status::health::{Context, Phase, Policy, Severity, assess};
    ///
    /// let context = Context::at("2021-01-14T09:22:30Z".parse()?);
    /// let assessment = assess(&SyncJob::lagging_sample(), &context, &Policy::default());
    /// assert_eq!(assessment.worst(Phase::Incremental), Some(Severity::Critical));
    /// assert_eq!(assessment.worst(Phase::Full), Some(Severity::Info));
    /// assert_eq!(assessment.worst(Phase::Trend), None);
    /// # Ok::<(), chrono::ParseError>(())
    /// ```
    #[must_use]
    pub fn worst(&self, phase: Phase) -> Option<Severity> {
        let findings = self.findings.iter().filter(|finding| finding.phase == phase);
        let nothing_wrong = self.judged.contains(phase).then_some(Severity::Info);
        findings.map(|finding| finding.severity).max().max(nothing_wrong)
    }

    /// The worst severity among the findings.
    #[must_use]
    pub fn severity(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }

    /// The time by which the target lags behind the source, never negative; `None` where it is unknown or not judged.
    #[must_use]
    pub fn lag(&self) -> Option<TimeDelta> {
        self.snapshot.lag.map(|lag| lag.length)
    }

    /// The lag of each direction: of a two-way job that of both, as far as they were observed.
    #[must_use]
    pub fn lags(&self) -> Vec<(Scope, Option<TimeDelta>)> {
        if self.sides.is_empty() { vec![(self.direction, self.lag())] } else { self.sides.clone() }
    }

    /// The age of the checkpoint at the time of observation, never negative; `None` without a usable checkpoint.
    #[must_use]
    pub fn data_age(&self) -> Option<TimeDelta> {
        let age = |at| self.observed_at().signed_duration_since(at).max(TimeDelta::zero());
        self.checkpoint().map(age)
    }

    /// The times at which something ends.
    #[must_use]
    pub fn deadlines(&self) -> &[Deadline] {
        &self.deadlines
    }

    /// The job's id, if the response has it.
    #[must_use]
    pub fn job_id(&self) -> Option<&str> {
        self.identity.job_id()
    }

    /// The job's name, if the response has it.
    #[must_use]
    pub fn job_name(&self) -> Option<&str> {
        self.identity.job_name()
    }

    /// The directions of the job that this is about.
    #[must_use]
    pub fn direction(&self) -> Scope {
        self.direction
    }

    /// The job's `Status`; of a two-way job that of Forward.
    #[must_use]
    pub fn status(&self) -> Option<&JobStatus> {
        self.snapshot.status.as_ref()
    }

    /// SQL statements per second, if the response has them.
    #[must_use]
    pub fn rps(&self) -> Option<f64> {
        self.signs.rps
    }

    /// Data per second, if the response has it.
    #[must_use]
    pub fn flow(&self) -> Option<DataRate> {
        self.signs.flow
    }

    /// How far the schema stage and the data stage are: their `Percent` and their `Progress`.
    pub(crate) fn progress(&self) -> [(StageKind, Option<Percent>, Option<i64>); 2] {
        let [schema, data] = self.signs.percents;
        let Snapshot { schema: tables, full: rows, .. } = self.snapshot;
        [(StageKind::Schema, schema, tables), (StageKind::Data, data, rows)]
    }

    /// The time of the latest record synchronized, if the response has a usable one.
    #[must_use]
    pub fn checkpoint(&self) -> Option<DateTime<Utc>> {
        self.snapshot.checkpoint.map(|used| used.at)
    }

    /// The time at which the response was received.
    #[must_use]
    pub fn observed_at(&self) -> DateTime<Utc> {
        self.snapshot.observed_at
    }

    /// The exit status of a Nagios plugin: 0 ok, 1 warning, 2 critical, 3 unknown.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        self.exit_code
    }

    /// A lag that will count if it lasts. Only a [`Tracker`](super::Tracker) sets it.
    #[must_use]
    pub fn pending(&self) -> Option<Pending> {
        self.pending
    }

    /// The first of the polls in a row that say nothing about the job, so that verdict, reason and exit status are kept
    /// from the poll before. Only a [`Tracker`](super::Tracker) sets it.
    #[must_use]
    pub fn held_since(&self) -> Option<DateTime<Utc>> {
        self.held.map(|held| held.since)
    }

    /// Adds findings, and settles verdict, reason and exit status again.
    pub(super) fn add(&mut self, findings: Vec<Finding>) {
        if !findings.is_empty() {
            self.findings.extend(findings);
            self.settle();
        }
    }

    /// Makes verdict, reason and exit status from the findings, and sorts them.
    pub(super) fn settle(&mut self) {
        self.settle_from(self.held.map_or(Verdict::Healthy, |held| held.verdict));
        let by_severity = exit_code_of(self.severity());
        self.exit_code = match self.held {
            // What is added to a held verdict counts by its severity.
            Some(held) => {
                self.reason = self.reason.or(held.reason);
                worse_exit_code(held.exit_code, by_severity)
            }
            None => {
                // A migration ends when it has succeeded.
                let is_done = self.reason == Some(FindingCode::MigrationDone);
                let of_verdict = if is_done { 0 } else { self.verdict.exit_code() };
                worse_exit_code(of_verdict, by_severity)
            }
        };
    }

    /// Applies the exceptions that the policy makes for the exit status. The last step of judging.
    pub(super) fn finish(&mut self, policy: &Policy) {
        if policy.ended_is_ok && self.verdict == Verdict::Ended {
            self.exit_code = exit_code_of(self.severity());
        }
        self.maintain(policy.maintenance_until.filter(|until| self.now < *until));
    }

    /// Sets the exit status of two directions together.
    pub(super) fn set_exit_code(&mut self, exit_code: u8, maintenance_until: Option<DateTime<Utc>>) {
        self.exit_code = exit_code;
        self.maintain(maintenance_until);
    }

    /// Lowers the exit status to 1 in a time of maintenance, unless the job is lost, and says so.
    fn maintain(&mut self, until: Option<DateTime<Utc>>) {
        self.maintenance_until = until;
        let Some(until) = until.filter(|_| self.exit_code > 1 && self.verdict != Verdict::Unrecoverable)
        else {
            return;
        };
        self.exit_code = 1;
        if self.findings.iter().all(|finding| finding.code != FindingCode::InMaintenance) {
            let facts = vec![Fact::until(until)];
            let note = Finding::new(FindingCode::InMaintenance, Severity::Info, self.direction, facts);
            self.findings.push(note);
            self.findings.sort_by(Finding::report_order);
        }
    }

    /// Makes the verdict, at least the given one, and its reason from the findings, and sorts them. The only place
    /// where a verdict is made.
    ///
    /// A verdict other than Healthy without a reason comes from the given one, not from a finding.
    pub(super) fn settle_from(&mut self, given: Verdict) {
        self.findings.sort_by(Finding::report_order);
        let joined = self.findings.iter().filter_map(Finding::floor).fold(given, Verdict::max);
        (self.verdict, self.reason) = if joined == Verdict::Healthy {
            // The worst comes first.
            match self.findings.first() {
                Some(worst) if worst.severity >= Severity::Warning => (Verdict::Degraded, Some(worst.code)),
                _ => (Verdict::Healthy, None),
            }
        } else {
            let reason = self.findings.iter().find(|finding| finding.floor == Some(joined));
            (joined, reason.map(|finding| finding.code))
        };
    }
}

/// Replaces the id of a job whose response has none.
pub(crate) const NO_JOB_ID: &str = "unknown";

/// One line: `dtsexjk1alb116****/Forward: Degraded: LAG_HIGH: The target lags …`.
impl fmt::Display for Assessment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let job_id = self.job_id().unwrap_or(NO_JOB_ID);
        write!(f, "{}/{}: {}", excerpt::on_one_line(job_id), self.direction, self.verdict)?;
        match self.reason.zip(self.reason_message()) {
            Some((code, message)) => write!(f, ": {code}: {}", excerpt::on_one_line(&message)),
            None => self
                .held_message()
                .map_or(Ok(()), |message| write!(f, ": {}", excerpt::on_one_line(&message))),
        }
    }
}

/// The exit status for the worst severity among the findings.
pub(super) fn exit_code_of(severity: Option<Severity>) -> u8 {
    match severity {
        None | Some(Severity::Info | Severity::Notice) => 0,
        Some(Severity::Warning) => 1,
        Some(Severity::Critical) => 2,
    }
}

/// Seconds to the millisecond, as a number with a fraction only where there is one.
pub(super) fn serialize_seconds<S: Serializer>(
    value: &Option<TimeDelta>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    spelling::serialize_seconds(&value.map(spelling::to_millis), serializer)
}
