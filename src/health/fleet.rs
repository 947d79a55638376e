//! Many jobs joined: [`fleet`].

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;
use std::fmt;

use chrono::TimeDelta;
use serde::{Deserialize, Deserializer, Serialize};

use super::assessment::{Assessment, NO_JOB_ID, serialize_seconds};
use super::finding::{Fact, Finding, FindingCode, Severity};
use super::scope::Scope;
use super::verdict::{Verdict, worse_exit_code};
use crate::excerpt;
use crate::model::spelling;

/// Joins many jobs: the worst verdict, the number of jobs of each verdict, and the causes.
///
/// ```
/// use aliyun_dts_status::SyncJob;
/// use aliyun_dts_status::health::{Context, Policy, Verdict, assess, fleet};
///
/// let context = Context::at("2021-01-14T09:22:30Z".parse()?);
/// let jobs = [SyncJob::sample(), SyncJob::failed_sample()];
/// let assessments = jobs.map(|job| assess(&job, &context, &Policy::default()));
/// let all = fleet(&assessments);
/// assert_eq!((all.verdict(), all.exit_code()), (Verdict::Failed, 2));
/// assert_eq!(all.to_string(), "Failed: 1 Failed, 1 Healthy");
/// assert!(all.causes()[0].to_string().starts_with("dtsexjk1alb116****/Forward: JOB_FAILED: "));
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn fleet<'a>(assessments: impl IntoIterator<Item = &'a Assessment>) -> FleetAssessment {
    let mut fleet = FleetAssessment::new();
    for assessment in assessments {
        fleet.add(assessment);
    }
    fleet
}

/// The health of many jobs together. It keeps no job, so its size does not grow.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FleetAssessment {
    verdict: Verdict,
    exit_code: u8,
    counts: BTreeMap<Verdict, usize>,
    causes: Vec<FleetCause>,
    more: usize,
    #[serde(skip)]
    findings: Vec<Finding>,
}

/// Why one of the worst jobs of a fleet has its verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FleetCause {
    /// The job's id, else the name it was given.
    pub job_id: Option<String>,
    /// The directions of the job that it is about. `None` where there is no job.
    pub direction: Option<Scope>,
    /// The job's verdict.
    pub verdict: Verdict,
    /// The worst severity among the job's findings.
    pub severity: Option<Severity>,
    /// The lag of the target, if known, to the millisecond.
    #[serde(
        rename = "lag_seconds",
        serialize_with = "serialize_seconds",
        deserialize_with = "spelling::read_seconds"
    )]
    pub lag: Option<TimeDelta>,
    /// The code that gave the verdict.
    pub code: Option<FindingCode>,
    /// What is wrong: the message of that code, and the worst finding if that is more severe and raises the exit status.
    pub message: String,
}

/// The number of causes that are kept; the others are only counted.
const CAUSES: usize = 3;

impl FleetAssessment {
    /// A fleet without jobs: Unknown, with the finding `NO_JOBS`.
    #[must_use]
    pub fn new() -> Self {
        let facts = vec![Fact::jobs(0)];
        let finding = Finding::new(FindingCode::NoJobs, Severity::Warning, Scope::TwoWay, facts);
        let no_jobs = FleetCause {
            job_id: None,
            direction: None,
            verdict: Verdict::Unknown,
            severity: Some(finding.severity),
            lag: None,
            code: Some(finding.code),
            message: finding.message.clone(),
        };
        FleetAssessment {
            verdict: Verdict::Unknown,
            exit_code: Verdict::Unknown.exit_code(),
            counts: BTreeMap::new(),
            causes: vec![no_jobs],
            more: 0,
            findings: vec![finding.at_least(Verdict::Unknown)],
        }
    }

    /// Adds a job.
    pub fn add(&mut self, job: &Assessment) {
        self.add_as(job, None);
    }

    /// Adds a job under a name of the caller's, such as its file, which is used where the job's id is unknown.
    pub fn add_named(&mut self, job: &Assessment, name: &str) {
        self.add_as(job, Some(name));
    }

    /// The worst verdict; Unknown without jobs.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The worst exit status of a Nagios plugin among the jobs; 3 without jobs.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        self.exit_code
    }

    /// The number of jobs of each verdict; a verdict without jobs is left out.
    #[must_use]
    pub fn counts(&self) -> &BTreeMap<Verdict, usize> {
        &self.counts
    }

    /// The counts in words, the worst verdict first: `1 Failed, 2 Healthy`. Empty without jobs.
    #[must_use]
    pub fn summary(&self) -> String {
        let counts = self.counts.iter().rev().map(|(verdict, count)| format!("{count} {verdict}"));
        counts.collect::<Vec<_>>().join(", ")
    }

    /// The number of jobs.
    #[must_use]
    pub fn job_count(&self) -> usize {
        self.counts.values().fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// The causes of the worst jobs, at most three, the worst first. Healthy jobs have no cause.
    #[must_use]
    pub fn causes(&self) -> &[FleetCause] {
        &self.causes
    }

    /// Findings about the fleet as a whole: that it has no jobs. Findings about a job are in its own assessment.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The number of worst jobs whose cause is not in [`causes`](Self::causes).
    #[must_use]
    pub fn more(&self) -> usize {
        self.more
    }

    fn add_as(&mut self, job: &Assessment, name: Option<&str>) {
        let and = |worse: &Finding| format!(" {}: {}", worse.code, worse.message);
        let also = job.cause().and_then(|_| job.worse_finding()).map(and).unwrap_or_default();
        let cause = job.reason_message().map(|message| FleetCause {
            job_id: job.job_id().or(name).map(str::to_owned),
            direction: Some(job.direction()),
            verdict: job.verdict(),
            severity: job.severity(),
            lag: job.lag().map(spelling::to_millis),
            code: job.reason(),
            message: message.into_owned() + &also,
        });
        self.count(job.verdict(), job.exit_code(), cause);
    }

    fn count(&mut self, verdict: Verdict, exit_code: u8, cause: Option<FleetCause>) {
        if self.counts.is_empty() || verdict > self.verdict {
            self.causes.clear();
            self.more = 0;
        }
        if self.counts.is_empty() {
            self.findings.clear();
            self.verdict = verdict;
            self.exit_code = exit_code;
        }
        self.verdict = self.verdict.max(verdict);
        self.exit_code = worse_exit_code(self.exit_code, exit_code);
        let count = self.counts.entry(verdict).or_default();
        *count = count.saturating_add(1);
        if verdict == self.verdict {
            self.causes.extend(cause);
            self.causes.sort_by(FleetCause::worst_first);
            if self.causes.len() > CAUSES {
                self.causes.truncate(CAUSES);
                self.more = self.more.saturating_add(1);
            }
        }
    }
}

/// What `check --output json` prints of several files.
impl<'de> Deserialize<'de> for FleetAssessment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Form {
            verdict: Verdict,
            exit_code: u8,
            counts: BTreeMap<Verdict, usize>,
            causes: Vec<FleetCause>,
            more: usize,
        }
        let Form { verdict, exit_code, counts, causes, more } = Form::deserialize(deserializer)?;
        let findings = if counts.is_empty() { FleetAssessment::new().findings } else { Vec::new() };
        Ok(FleetAssessment { verdict, exit_code, counts, causes, more, findings })
    }
}

impl Default for FleetAssessment {
    fn default() -> Self {
        FleetAssessment::new()
    }
}

/// One line: `dtsexjk1alb116****/Forward: LAG_HIGH: The target lags …`.
impl fmt::Display for FleetCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(direction) = self.direction {
            write!(f, "{}/{direction}: ", self.job_id.as_deref().unwrap_or(NO_JOB_ID))?;
        }
        if let Some(code) = self.code {
            write!(f, "{code}: ")?;
        }
        f.write_str(&excerpt::on_one_line(&self.message))
    }
}

/// One line: `Degraded: 1 Degraded, 2 Healthy`.
impl fmt::Display for FleetAssessment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = if self.job_count() == 0 { "no jobs".to_owned() } else { self.summary() };
        write!(f, "{}: {counts}", self.verdict)
    }
}

impl FleetCause {
    /// By verdict, severity and lag, the worst first and an unknown lag last; then by job, so that the result does not
    /// depend on the order of the input.
    fn worst_first(&self, other: &Self) -> Ordering {
        fn key(cause: &FleetCause) -> impl Ord + '_ {
            let worst = Reverse((cause.verdict, cause.severity, cause.lag));
            (worst, &cause.job_id, cause.direction, cause.code, &cause.message)
        }
        key(self).cmp(&key(other))
    }
}
