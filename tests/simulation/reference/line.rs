//! What is written down about a poll.

use aliyun_dts_status::SyncJob;
use aliyun_dts_status::health::{Assessment, Severity, Verdict, assess_outcome};
use aliyun_dts_status::model::{InitializationStage, JobStatus, StageStatus};
use chrono::{DateTime, TimeDelta, Utc};

use super::{Item, Settled, policy};
use crate::poller::Poll;

#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) at: DateTime<Utc>,
    pub(crate) kind: Kind,
    pub(crate) items: Vec<Item>,
    /// The Status, where the poll says what the job does.
    pub(crate) status: Option<JobStatus>,
    pub(crate) since: Option<Since>,
    pub(crate) lag: Lag,
    pub(crate) reported: Option<TimeDelta>,
    pub(crate) checkpoint: Option<DateTime<Utc>>,
    pub(crate) rps: Option<f64>,
    /// RPS 0, FLOW 0 or absent, the incremental stage not failed, Synchronizing or Modifying.
    pub(crate) still: bool,
    /// Schema stage, full stage: true if Migrating, and the Progress.
    pub(crate) stages: [(bool, Option<i64>); 2],
    pub(crate) clock: Option<DateTime<Utc>>,
    /// The clock has shown long enough.
    pub(crate) lasted: bool,
    /// The lag counts as over the threshold for warnings.
    pub(crate) high: bool,
    /// The lag counts as over the critical threshold, with the severity that was last given for it.
    pub(crate) critical: Option<Severity>,
    pub(crate) catching_up: bool,
    pub(crate) pending: bool,
    /// The verdict that is held, if one is.
    pub(crate) held: Option<Settled>,
    /// Verdict, reason and exit status before rule 9, which later polls hold.
    pub(crate) to_hold: Settled,
    /// Verdict, reason and exit status before FLAPPING.
    pub(crate) settled: Settled,
    pub(crate) flapping: bool,
}

/// The status that was last seen, and since when.
#[derive(Clone, Debug)]
pub(crate) struct Since {
    pub(crate) status: JobStatus,
    /// The first poll with it.
    pub(crate) first: DateTime<Utc>,
    /// An earlier poll had another status.
    pub(crate) exact: bool,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Kind {
    /// It says nothing of the job.
    Nothing,
    /// It says nothing of the job, and that counts at once.
    Refused,
    /// It says what the job does.
    Answer,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Lag {
    /// None is judged at this status.
    NotJudged,
    Unknown,
    Known(TimeDelta),
}

const UNKNOWN: Settled = Settled { verdict: Verdict::Unknown, reason: None, exit: 3 };

impl Lag {
    pub(crate) fn known(self) -> Option<TimeDelta> {
        match self {
            Lag::Known(lag) => Some(lag),
            _ => None,
        }
    }
}

impl Line {
    pub(crate) fn has(&self, code: &str) -> bool {
        self.items.iter().any(|item| item.code == code)
    }

    pub(crate) fn status_in(&self, names: &[&str]) -> bool {
        self.status.as_ref().is_some_and(|status| names.contains(&status.as_str()))
    }

    /// A line about a single poll, before any rule over time.
    pub(crate) fn new(poll: &Poll, assessment: &Assessment) -> Line {
        let none = SyncJob::default();
        let kind = kind(assessment);
        let job = poll.outcome.response.as_ref().and_then(|response| response.job());
        let job = job.filter(|_| kind == Kind::Answer).unwrap_or(&none);
        let items: Vec<Item> = assessment.findings().iter().map(Item::from).collect();
        let lag = match assessment.lag() {
            Some(lag) => Lag::Known(lag),
            None if items.iter().any(|item| item.code == "LAG_UNKNOWN") => Lag::Unknown,
            None => Lag::NotJudged,
        };
        Line {
            at: poll.context.observed_at,
            kind,
            items,
            status: job.status.clone(),
            since: None,
            lag,
            reported: reported(job),
            checkpoint: assessment.checkpoint(),
            rps: job.performance.as_ref().and_then(|performance| performance.rps),
            still: is_still(job),
            stages: [
                stage(job.structure_stage.as_ref(), job.structure_initialization),
                stage(job.data_stage.as_ref(), job.data_initialization),
            ],
            clock: None,
            lasted: false,
            high: false,
            critical: None,
            catching_up: false,
            pending: false,
            held: None,
            to_hold: UNKNOWN,
            settled: UNKNOWN,
            flapping: false,
        }
    }
}

/// The poll judged alone, with the begin of its status where that is known.
pub(crate) fn assess(poll: &Poll, since: Option<DateTime<Utc>>) -> Assessment {
    let since = since.or(poll.context.since);
    assess_outcome(&poll.outcome, &poll.context.clone().since(since), &policy())
}

/// The findings of the poll judged alone.
pub(crate) fn judge(poll: &Poll) -> Vec<Item> {
    assess(poll, None).findings().iter().map(Item::from).collect()
}

fn kind(assessment: &Assessment) -> Kind {
    let codes: Vec<&str> = assessment.findings().iter().map(|finding| finding.code.as_str()).collect();
    let subject_of = |code: &str| {
        let finding = assessment.findings().iter().find(|finding| finding.code.as_str() == code);
        finding.and_then(|finding| finding.subject.as_deref())
    };
    let says_nothing = codes.contains(&"NO_ANSWER")
        || codes.contains(&"RESPONSE_EMPTY")
        || matches!(subject_of("API_CALL_FAILED"), Some("throttled" | "unavailable"))
        || matches!(subject_of("BODY_UNDECODABLE"), Some("empty" | "truncated" | "html"));
    let refused =
        ["API_CALL_FAILED", "BODY_UNDECODABLE", "JOB_MISMATCH", "JOB_UNNAMED", "DECIDING_VALUE_LOST"];
    if says_nothing {
        Kind::Nothing
    } else if refused.iter().any(|code| codes.contains(code)) {
        Kind::Refused
    } else {
        Kind::Answer
    }
}

/// The largest delay that is reported, in both places and both units.
fn reported(job: &SyncJob) -> Option<TimeDelta> {
    let stage = job.synchronization_stage.as_ref();
    let values = [
        job.delay,
        job.delay_millis,
        stage.and_then(|stage| stage.delay),
        stage.and_then(|stage| stage.delay_millis),
    ];
    values.into_iter().flatten().filter(|delay| *delay >= TimeDelta::zero()).max()
}

fn is_still(job: &SyncJob) -> bool {
    let Some(performance) = &job.performance else { return false };
    let incremental = job.synchronization_stage.as_ref().and_then(|stage| stage.status.as_ref());
    performance.rps == Some(0.0)
        && performance.flow.is_none_or(|flow| flow.mb_per_s() == 0.0)
        && incremental != Some(&StageStatus::Failed)
        && matches!(job.status, Some(JobStatus::Synchronizing | JobStatus::Migrating | JobStatus::Modifying))
}

fn stage(stage: Option<&InitializationStage>, switched_on: Option<bool>) -> (bool, Option<i64>) {
    let Some(stage) = stage else { return (false, None) };
    let migrating = stage.status == Some(StageStatus::Migrating) && switched_on != Some(false);
    (migrating, stage.progress)
}
