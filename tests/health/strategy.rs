//! Random jobs, often at thresholds, at extremes or with contradictions.

use aliyun_dts_status::SyncJob;
use aliyun_dts_status::health::Context;
use aliyun_dts_status::model::{
    CheckStatus, DataRate, Direction, Endpoint, InitializationStage, ItemName, JobStatus, PayType,
    Performance, Precheck, PrecheckItem, PrecheckStatus, StageStatus, SynchronizationStage,
};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::option::{of, weighted};
use proptest::prelude::*;
use proptest::sample::select;

use crate::builders::{DAY, HOUR, at, millis, secs};

/// A job of any kind.
pub(crate) fn any_job() -> BoxedStrategy<SyncJob> {
    // Boxed, because all these values together do not fit on the stack of a test.
    let parts = (any_envelope().boxed(), any_statuses().boxed(), any_lag().boxed(), any_rest().boxed());
    parts
        .prop_map(|(envelope, statuses, lag, rest)| {
            let mut job = SyncJob::default();
            envelope.apply(&mut job);
            statuses.apply(&mut job);
            lag.apply(&mut job);
            rest.apply(&mut job);
            job
        })
        .boxed()
}

/// A context of any kind.
pub(crate) fn any_context() -> BoxedStrategy<Context> {
    let direction = prop_oneof![4 => Just("Forward"), 2 => Just("Reverse"), 1 => Just("Sideways")];
    (weighted(0.2, any_time()), weighted(0.4, any_time()), weighted(0.4, any_time()), direction)
        .prop_map(|(now, observed_at, since, direction)| {
            let now = now.unwrap_or(at(0));
            Context::at(now)
                .observed_at(observed_at.unwrap_or(now))
                .since(since)
                .direction(Direction::from(direction))
        })
        .boxed()
}

/// A delay, mostly near a threshold.
pub(crate) fn any_delay() -> BoxedStrategy<TimeDelta> {
    prop_oneof![
        4 => select(vec![0, 1, 55, 59, 60, 61, 62, 120, 599, 600, 601, DAY - 1, DAY, DAY + 1]).prop_map(secs),
        2 => (0..200_000_i64).prop_map(millis),
        1 => (-3_i64..0).prop_map(secs),
        1 => select(vec![TimeDelta::MIN, TimeDelta::MAX, TimeDelta::zero()]),
    ]
    .boxed()
}

#[derive(Debug, Clone)]
struct Envelope {
    success: Option<bool>,
    err_code: Option<&'static str>,
    direction: Option<&'static str>,
    task_id: Option<&'static str>,
    ends: Option<(&'static str, &'static str)>,
}

#[derive(Debug, Clone)]
struct Statuses {
    job: Option<&'static str>,
    precheck: Option<(Option<&'static str>, Vec<Option<&'static str>>)>,
    schema: Option<(Option<&'static str>, Option<i64>, Option<&'static str>)>,
    full: Option<(Option<&'static str>, Option<i64>, Option<&'static str>)>,
    incremental: Option<(Option<&'static str>, Option<&'static str>)>,
    switches: (Option<bool>, Option<bool>),
    message: Option<&'static str>,
}

#[derive(Debug, Clone)]
struct Lag {
    delays: [Option<TimeDelta>; 4],
    checkpoints: [Option<DateTime<Utc>>; 2],
    rps: Option<f64>,
    flow: Option<f64>,
}

#[derive(Debug, Clone)]
struct Rest {
    pay_type: Option<&'static str>,
    expire_time: Option<DateTime<Utc>>,
}

fn any_envelope() -> impl Strategy<Value = Envelope> {
    let code = select(vec!["", "0", "200", "ok", "InternalError", "InvalidJobId", "DTS.Msg.Denied"]);
    let instance = || select(vec!["a", "b", ""]);
    (
        prop_oneof![4 => Just(None), 8 => Just(Some(true)), 1 => Just(Some(false))],
        weighted(0.2, code),
        weighted(0.3, select(vec!["Forward", "Reverse", "Sideways"])),
        of(select(vec!["one", "two", ""])),
        of((instance(), instance())),
    )
        .prop_map(|(success, err_code, direction, task_id, ends)| Envelope {
            success,
            err_code,
            direction,
            task_id,
            ends,
        })
}

fn any_statuses() -> impl Strategy<Value = Statuses> {
    let known: Vec<_> = JobStatus::KNOWN.iter().map(JobStatus::as_str).collect();
    let job = prop_oneof![
        2 => Just(None),
        2 => Just(Some("Rebalancing")),
        6 => Just(Some("Synchronizing")),
        20 => select(known).prop_map(Some),
    ];
    let item = || {
        let statuses: Vec<_> = CheckStatus::KNOWN.iter().map(CheckStatus::as_str).chain(["Odd"]).collect();
        weighted(0.9, select(statuses))
    };
    let prechecks: Vec<_> = PrecheckStatus::KNOWN.iter().map(PrecheckStatus::as_str).chain(["Odd"]).collect();
    let precheck = (weighted(0.8, select(prechecks)), prop::collection::vec(item(), 0..4)).boxed();
    let initialization = || weighted(0.5, (any_stage_status(), of(-1..3_i64), any_message())).boxed();
    let switch = || prop_oneof![3 => Just(None), 2 => Just(Some(true)), 1 => Just(Some(false))];
    (
        job,
        weighted(0.4, precheck),
        initialization(),
        initialization(),
        weighted(0.6, (any_stage_status(), any_message())),
        (switch(), switch()),
        any_message(),
    )
        .prop_map(|(job, precheck, schema, full, incremental, switches, message)| Statuses {
            job,
            precheck,
            schema,
            full,
            incremental,
            switches,
            message,
        })
}

fn any_stage_status() -> BoxedStrategy<Option<&'static str>> {
    let statuses: Vec<_> = StageStatus::KNOWN.iter().map(StageStatus::as_str).chain(["Odd"]).collect();
    weighted(0.9, select(statuses)).boxed()
}

fn any_message() -> BoxedStrategy<Option<&'static str>> {
    let messages = select(vec![
        "",
        "DTS-100047: retry 120 times, 43200 seconds, which exceed the supposed 43200 seconds cause: DTS-70019",
        "The task has failed for a long time and cannot be recovered.",
        "任务失败太久 无法恢复",
        "line\nbreak\t\u{0}",
    ]);
    weighted(0.25, messages).boxed()
}

fn any_lag() -> impl Strategy<Value = Lag> {
    let delay = || of(any_delay());
    (
        [delay(), delay(), delay(), delay()],
        [weighted(0.7, any_time()), weighted(0.3, any_time())],
        of(select(vec![0.0, -0.0, 1.0, 40.5, -1.0, f64::MAX])),
        of(select(vec![0.0, 0.01, -1.0, f64::MAX])),
    )
        .prop_map(|(delays, checkpoints, rps, flow)| Lag { delays, checkpoints, rps, flow })
}

fn any_rest() -> impl Strategy<Value = Rest> {
    let pay_type = of(select(vec!["PrePaid", "PostPaid", "Barter"]));
    (pay_type, weighted(0.4, any_time())).prop_map(|(pay_type, expire_time)| Rest { pay_type, expire_time })
}

/// A time, mostly a threshold away from the usual one.
fn any_time() -> BoxedStrategy<DateTime<Utc>> {
    let near = [
        0,
        1,
        5,
        30,
        31,
        55,
        59,
        60,
        61,
        300,
        301,
        600,
        601,
        1800,
        6 * HOUR,
        12 * HOUR,
        DAY - 1,
        DAY,
        3 * DAY,
        5 * DAY,
        7 * DAY - 1,
        7 * DAY,
        8 * DAY,
        9 * DAY,
        10 * DAY,
    ];
    prop_oneof![
        8 => (select(near.to_vec()), any::<bool>()).prop_map(|(seconds, back)| at(if back { -seconds } else { seconds })),
        4 => (-700_i64..100).prop_map(at),
        1 => (-900_000_i64..900_000).prop_map(|seconds| at(seconds) + millis(seconds % 1000)),
        1 => select(vec![DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC, DateTime::<Utc>::UNIX_EPOCH]),
    ].boxed()
}

impl Envelope {
    fn apply(self, job: &mut SyncJob) {
        let end = |instance_id: &str| {
            let mut end = Endpoint::default();
            end.instance_id = Some(instance_id.into());
            end
        };
        job.success = self.success;
        job.err_code = self.err_code.map(Into::into);
        job.direction = self.direction.map(Direction::from);
        job.task_id = self.task_id.map(Into::into);
        job.job_id = self.task_id.map(Into::into);
        job.source = self.ends.map(|(source, _)| end(source));
        job.destination = self.ends.map(|(_, destination)| end(destination));
    }
}

impl Statuses {
    fn apply(self, job: &mut SyncJob) {
        job.status = self.job.map(JobStatus::from);
        job.error_message = self.message.map(Into::into);
        (job.structure_initialization, job.data_initialization) = self.switches;
        job.precheck = self.precheck.map(|(status, items)| {
            let mut precheck = Precheck::default();
            precheck.status = status.map(PrecheckStatus::from);
            precheck.items = items.into_iter().map(item).collect();
            precheck
        });
        let initialization = |(status, progress, message): (Option<&str>, _, Option<&str>)| {
            let mut stage = InitializationStage::default();
            stage.status = status.map(StageStatus::from);
            stage.progress = progress;
            stage.error_message = message.map(Into::into);
            stage
        };
        job.structure_stage = self.schema.map(initialization);
        job.data_stage = self.full.map(initialization);
        job.synchronization_stage = self.incremental.map(|(status, message)| {
            let mut stage = SynchronizationStage::default();
            stage.status = status.map(StageStatus::from);
            stage.error_message = message.map(Into::into);
            stage
        });
    }
}

fn item(status: Option<&str>) -> PrecheckItem {
    let mut item = PrecheckItem::default();
    item.status = status.map(CheckStatus::from);
    // An item without a status has no name.
    item.name = status.map(|_| ItemName::SqlMode);
    item
}

impl Lag {
    fn apply(self, job: &mut SyncJob) {
        let [delay, delay_millis, stage_delay, stage_millis] = self.delays;
        let [checkpoint, stage_checkpoint] = self.checkpoints;
        (job.delay, job.delay_millis, job.checkpoint) = (delay, delay_millis, checkpoint);
        if let Some(stage) = &mut job.synchronization_stage {
            (stage.delay, stage.delay_millis, stage.checkpoint) =
                (stage_delay, stage_millis, stage_checkpoint);
        }
        let mut performance = Performance::default();
        performance.rps = self.rps;
        performance.flow = self.flow.and_then(DataRate::from_mb_per_s);
        job.performance = Some(performance);
    }
}

impl Rest {
    fn apply(self, job: &mut SyncJob) {
        job.pay_type = self.pay_type.map(PayType::from);
        job.expire_time = self.expire_time;
    }
}
