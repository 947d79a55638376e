//! Responses of every kind that a body can say: strategies.

use aliyun_dts_status::model::{
    CheckStatus, DataRate, Direction, Endpoint, InitializationStage, ItemName, JobStatus, PayType, Percent,
    Performance, Precheck, PrecheckItem, PrecheckStatus, StageStatus, SyncObject, SynchronizationStage,
};
use aliyun_dts_status::{Fault, SyncJob};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;

/// Which values a model holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Values {
    /// Those that have a clean spelling on the wire.
    Clean,
    /// Any that a body can hold.
    Any,
}

pub(crate) fn job(values: Values) -> BoxedStrategy<SyncJob> {
    let call = (
        of(identifier()),
        of(any::<bool>()),
        of(identifier()),
        of(text()),
        of(identifier()),
        of(identifier()),
        of(text()),
        of(integer()),
    );
    let identity = (
        of(identifier()),
        of(identifier()),
        of(text()),
        of(identifier()),
        of(direction(values)),
        of(pay_type(values)),
        of(time(values)),
    );
    let state = (
        of(job_status(values)),
        of(text()),
        of(any::<bool>()),
        of(any::<bool>()),
        of(seconds()),
        of(millis()),
        of(checkpoint(values)),
    );
    let parts = (
        of(endpoint()),
        of(endpoint()),
        of(precheck(values)),
        of(initialization(values)),
        of(initialization(values)),
        of(synchronization(values)),
        of(performance(values)),
        vec(object(), 0..4),
    );
    // In boxes, since a tree of all these values at once is more than a small stack holds.
    (call.boxed(), identity.boxed(), state.boxed(), parts.boxed())
        .prop_map(|(call, identity, state, parts)| {
            let mut job = SyncJob::default();
            (
                job.request_id,
                job.success,
                job.err_code,
                job.err_message,
                job.code,
                job.dynamic_code,
                job.dynamic_message,
                job.http_status_code,
            ) = call;
            (
                job.task_id,
                job.job_id,
                job.job_name,
                job.job_class,
                job.direction,
                job.pay_type,
                job.expire_time,
            ) = identity;
            (
                job.status,
                job.error_message,
                job.data_initialization,
                job.structure_initialization,
                job.delay,
                job.delay_millis,
                job.checkpoint,
            ) = state;
            (
                job.source,
                job.destination,
                job.precheck,
                job.structure_stage,
                job.data_stage,
                job.synchronization_stage,
                job.performance,
                job.objects,
            ) = parts;
            job
        })
        .boxed()
}

pub(crate) fn fault() -> BoxedStrategy<Fault> {
    let name = "[A-Za-z_][A-Za-z0-9_.-]{0,8}";
    (
        of(identifier()),
        of(text()),
        of(identifier()),
        of(identifier()),
        of(identifier()),
        of(text()),
        btree_map(name, text(), 0..4),
    )
        .prop_map(|(code, message, request_id, host_id, recommend, description, detail)| {
            let mut fault = Fault::default();
            // Codes of success are not of a fault.
            fault.code = code.filter(|code: &String| {
                !["0", "200", "ok", "success"].contains(&code.trim().to_lowercase().as_str())
            });
            fault.message = message;
            fault.request_id = request_id;
            fault.host_id = host_id;
            fault.recommend = recommend;
            fault.description = description;
            fault.access_denied_detail = detail;
            fault
        })
        .boxed()
}

/// Characters that both formats hold, with more of those that need care.
fn character() -> BoxedStrategy<char> {
    prop_oneof![
        4 => prop::char::range(' ', '~'),
        3 => prop::sample::select(vec!['<', '>', '&', '"', '\'', '\\', ']', '[', '/', '\n', '\r', '\t', ';', '#', '=']),
        1 => prop::sample::select(vec!['\u{7F}', '\u{85}', '\u{A0}', '\u{2028}', '\u{3000}', '\u{FEFF}', '\u{FFFD}', '同', '😀', '\u{10FFFF}']),
        1 => any::<char>().prop_filter("a character of XML", |c| {
            matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
        }),
    ]
        .boxed()
}

/// Free text: anything but nothing.
pub(crate) fn text() -> BoxedStrategy<String> {
    prop_oneof![
        vec(character(), 1..12).prop_map(String::from_iter),
        Just("a \"b\" [c] <d> & ]]> \\n e".to_owned()),
        Just("  ".to_owned()),
    ]
    .boxed()
}

/// Text without blanks around it.
fn identifier() -> BoxedStrategy<String> {
    prop_oneof![
        3 => "[a-z0-9*.-]{1,12}",
        1 => text().prop_filter_map("more than blanks", |text| {
            let trimmed = text.trim();
            (!trimmed.is_empty()).then(|| trimmed.to_owned())
        }),
    ]
    .boxed()
}

fn integer() -> BoxedStrategy<i64> {
    prop_oneof![0..70_000_i64, any::<i64>(), Just(i64::MAX), Just(i64::MIN)].boxed()
}

fn seconds() -> BoxedStrategy<TimeDelta> {
    const MOST: i64 = i64::MAX / 1000;
    prop_oneof![0..100_i64, -MOST..=MOST, Just(MOST), Just(-MOST)]
        .prop_map(|seconds| TimeDelta::try_seconds(seconds).unwrap())
        .boxed()
}

fn millis() -> BoxedStrategy<TimeDelta> {
    prop_oneof![0..100_000_i64, -i64::MAX..=i64::MAX]
        .prop_map(|millis| TimeDelta::try_milliseconds(millis).unwrap())
        .boxed()
}

fn checkpoint(values: Values) -> BoxedStrategy<DateTime<Utc>> {
    let most = match values {
        Values::Clean => 99_999_999_999,
        Values::Any => DateTime::<Utc>::MAX_UTC.timestamp(),
    };
    prop_oneof![1_610_000_000..1_700_000_000_i64, 1..=most]
        .prop_map(|seconds| DateTime::from_timestamp(seconds, 0).unwrap())
        .boxed()
}

fn time(values: Values) -> BoxedStrategy<DateTime<Utc>> {
    let fraction = match values {
        Values::Clean => Just(0).boxed(),
        Values::Any => prop_oneof![Just(0), Just(500_000_000), 0..1_000_000_000_u32].boxed(),
    };
    // The years 0 to 9999.
    (-62_167_219_200..=253_402_300_799_i64, fraction)
        .prop_map(|(seconds, nanos)| DateTime::from_timestamp(seconds, nanos).unwrap())
        .boxed()
}

/// A finite number, never -0.
fn number(values: Values) -> BoxedStrategy<f64> {
    let hundredths = (0..1_000_000_u32).prop_map(|number| f64::from(number) / 100.0);
    match values {
        Values::Clean => hundredths.boxed(),
        Values::Any => prop_oneof![
            hundredths,
            prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL,
            Just(f64::MAX),
            Just(f64::MIN_POSITIVE),
            Just(0.1 + 0.2),
        ]
        .boxed(),
    }
    .boxed()
}

fn percent(values: Values) -> BoxedStrategy<Percent> {
    match values {
        Values::Clean => (0..=100_u8).prop_map(f64::from).boxed(),
        Values::Any => number(values).boxed(),
    }
    .prop_map(|number| Percent::new(number).unwrap())
    .boxed()
}

/// A known value, or one that is not.
macro_rules! open_set {
    ($($name:ident: $set:ident;)+) => {
        $(fn $name(values: Values) -> BoxedStrategy<$set> {
            let known = prop::sample::select($set::KNOWN);
            match values {
                Values::Clean => known.boxed(),
                Values::Any => prop_oneof![3 => known, 1 => identifier().prop_map(|text| $set::from(text.as_str()))].boxed(),
            }
        })+
    };
}

open_set! {
    direction: Direction;
    pay_type: PayType;
    job_status: JobStatus;
    stage_status: StageStatus;
    precheck_status: PrecheckStatus;
    check_status: CheckStatus;
    item_name: ItemName;
}

fn endpoint() -> BoxedStrategy<Endpoint> {
    (of(identifier()), of(identifier()), of(identifier()), of(identifier()), of(integer()), of(text()))
        .prop_map(|(instance_id, instance_type, engine_name, ip, port, user_name)| {
            let mut endpoint = Endpoint::default();
            endpoint.instance_id = instance_id;
            endpoint.instance_type = instance_type;
            endpoint.engine_name = engine_name;
            endpoint.ip = ip;
            endpoint.port = port;
            endpoint.user_name = user_name;
            endpoint
        })
        .prop_filter("something", |endpoint| *endpoint != Endpoint::default())
        .boxed()
}

fn precheck(values: Values) -> BoxedStrategy<Precheck> {
    (of(precheck_status(values)), of(percent(values)), vec(item(values), 0..5))
        .prop_map(|(status, percent, items)| {
            let mut precheck = Precheck::default();
            precheck.status = status;
            precheck.percent = percent;
            precheck.items = items;
            precheck
        })
        .prop_filter("something", |precheck| *precheck != Precheck::default())
        .boxed()
}

fn item(values: Values) -> BoxedStrategy<PrecheckItem> {
    (of(item_name(values)), of(text()), of(check_status(values)), of(text()), of(text()))
        .prop_map(|(name, description, status, error_message, repair_method)| {
            let mut item = PrecheckItem::default();
            item.name = name;
            item.description = description;
            item.status = status;
            item.error_message = error_message;
            item.repair_method = repair_method;
            item
        })
        .prop_filter("something", |item| *item != PrecheckItem::default())
        .boxed()
}

fn initialization(values: Values) -> BoxedStrategy<InitializationStage> {
    (of(stage_status(values)), of(percent(values)), of(integer()), of(text()))
        .prop_map(|(status, percent, progress, error_message)| {
            let mut stage = InitializationStage::default();
            stage.status = status;
            stage.percent = percent;
            stage.progress = progress;
            stage.error_message = error_message;
            stage
        })
        .prop_filter("something", |stage| *stage != InitializationStage::default())
        .boxed()
}

fn synchronization(values: Values) -> BoxedStrategy<SynchronizationStage> {
    let times = (of(seconds()), of(millis()), of(checkpoint(values)));
    (of(stage_status(values)), of(percent(values)), times, of(text()))
        .prop_map(|(status, percent, (delay, delay_millis, checkpoint), error_message)| {
            let mut stage = SynchronizationStage::default();
            stage.status = status;
            stage.percent = percent;
            stage.delay = delay;
            stage.delay_millis = delay_millis;
            stage.checkpoint = checkpoint;
            stage.error_message = error_message;
            stage
        })
        .prop_filter("something", |stage| *stage != SynchronizationStage::default())
        .boxed()
}

fn performance(values: Values) -> BoxedStrategy<Performance> {
    let flow = number(values).prop_map(|number| DataRate::from_mb_per_s(number).unwrap());
    (of(number(values)), of(flow))
        .prop_map(|(rps, flow)| {
            let mut performance = Performance::default();
            performance.rps = rps;
            performance.flow = flow;
            performance
        })
        .prop_filter("something", |performance| *performance != Performance::default())
        .boxed()
}

fn object() -> BoxedStrategy<SyncObject> {
    (of(text()), of(text()), vec(text(), 0..4), vec(text(), 0..3))
        .prop_map(|(schema_name, new_schema_name, table_includes, table_excludes)| {
            let mut object = SyncObject::default();
            object.schema_name = schema_name;
            object.new_schema_name = new_schema_name;
            object.table_includes = table_includes;
            object.table_excludes = table_excludes;
            object
        })
        .prop_filter("something", |object| *object != SyncObject::default())
        .boxed()
}
