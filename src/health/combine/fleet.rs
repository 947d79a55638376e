//! Many jobs as one: [`fleet`].

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde::Serialize;

use crate::health::assessment::{Assessment, serialize_seconds};
use crate::health::finding::{Evidence, Finding, FindingCode, JOBS, Scope, Severity};
use crate::health::verdict::{Verdict, worse_exit_code};

/// Joins many jobs: the worst verdict, how many jobs there are of each, and the causes.
#[must_use]
pub fn fleet<'a>(assessments: impl IntoIterator<Item = &'a Assessment>) -> FleetAssessment {
    let mut fleet = FleetAssessment::new();
    for assessment in assessments {
        fleet.add(assessment);
    }
    fleet
}

/// How many jobs are, together. Takes them one by one and keeps no job, so its size does not grow.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FleetAssessment {
    verdict: Verdict,
    exit_code: u8,
    counts: BTreeMap<Verdict, usize>,
    causes: Vec<Cause>,
    more: usize,
    #[serde(skip)]
    findings: Vec<Finding>,
}

/// Why one of the worst jobs of a fleet is what it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Cause {
    /// The job's id, if known; of a body that could not be decoded, the name it was given.
    pub job_id: Option<String>,
    /// Which directions of the job it is about. `None` where there is no job.
    pub direction: Option<Scope>,
    /// The job's verdict.
    pub verdict: Verdict,
    /// The worst severity among the job's findings.
    pub severity: Option<Severity>,
    /// How far the target is behind, if known.
    #[serde(rename = "lag_seconds", serialize_with = "serialize_seconds")]
    pub lag: Option<TimeDelta>,
    /// The code that gave the verdict. `None` for a body that could not be decoded.
    pub code: Option<FindingCode>,
    /// What is the matter.
    pub message: String,
}

/// So many causes are told; of the others only the number.
const CAUSES: usize = 3;

impl FleetAssessment {
    /// A fleet without jobs: Unknown, because of `NO_JOBS`.
    #[must_use]
    pub fn new() -> Self {
        let evidence = vec![Evidence::named(JOBS, 0)];
        let finding = Finding::new(FindingCode::NoJobs, Severity::Warning, Scope::TwoWay, evidence);
        let no_jobs = Cause {
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

    /// Takes in one more job.
    pub fn add(&mut self, job: &Assessment) {
        let cause = job.cause().map(|finding| Cause {
            job_id: job.job_id().map(str::to_owned),
            direction: Some(job.direction()),
            verdict: job.verdict(),
            severity: job.severity(),
            lag: job.lag(),
            code: Some(finding.code),
            message: finding.message.clone(),
        });
        self.count(job.verdict(), job.exit_code(), cause);
    }

    /// Takes in a body that could not be decoded, under a name, as a job of which nothing is known.
    pub fn add_undecodable(&mut self, name: &str, error: &str) {
        let cause = Cause {
            job_id: Some(name.to_owned()),
            direction: None,
            verdict: Verdict::Unknown,
            severity: None,
            lag: None,
            code: None,
            message: error.to_owned(),
        };
        self.count(Verdict::Unknown, Verdict::Unknown.exit_code(), Some(cause));
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

    /// How many jobs there are of each verdict; a verdict without jobs is left out.
    #[must_use]
    pub fn counts(&self) -> &BTreeMap<Verdict, usize> {
        &self.counts
    }

    /// How many jobs there are.
    #[must_use]
    pub fn jobs(&self) -> usize {
        self.counts.values().fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// Why the worst jobs are what they are, at most three, the worst first. Healthy jobs have no cause.
    #[must_use]
    pub fn causes(&self) -> &[Cause] {
        &self.causes
    }

    /// What was found of the fleet as such: that there are no jobs. What was found of a job is in its own
    /// assessment.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How many of the worst jobs have a cause beyond those in [`causes`](Self::causes).
    #[must_use]
    pub fn more(&self) -> usize {
        self.more
    }

    fn count(&mut self, verdict: Verdict, exit_code: u8, cause: Option<Cause>) {
        if self.counts.is_empty() || verdict > self.verdict {
            self.causes.clear();
            self.more = 0;
        }
        if self.counts.is_empty() {
            self.findings.clear();
            self.verdict = verdict;
            self.exit_code = exit_code;
        }
        self.verdict = self.verdict.join(verdict);
        self.exit_code = worse_exit_code(self.exit_code, exit_code);
        let count = self.counts.entry(verdict).or_default();
        *count = count.saturating_add(1);
        if verdict == self.verdict {
            self.causes.extend(cause);
            self.causes.sort_by(Cause::worst_first);
            if self.causes.len() > CAUSES {
                self.causes.truncate(CAUSES);
                self.more = self.more.saturating_add(1);
            }
        }
    }
}

impl Default for FleetAssessment {
    fn default() -> Self {
        FleetAssessment::new()
    }
}

impl Cause {
    /// By verdict, severity and lag, the worst first and an unknown lag last; then by job, so that the order of
    /// the input does not show.
    fn worst_first(&self, other: &Self) -> Ordering {
        fn key(cause: &Cause) -> impl Ord + '_ {
            let worst = Reverse((cause.verdict, cause.severity, cause.lag));
            (worst, &cause.job_id, cause.direction, cause.code, &cause.message)
        }
        key(self).cmp(&key(other))
    }
}
