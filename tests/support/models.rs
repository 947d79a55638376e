//! Responses of every kind, made from [`Choices`]. The fuzz targets use them too.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test program uses a part of it, and the fuzz targets export it"
)]

use aliyun_dts_status::model::{
    CheckStatus, DataRate, Direction, Endpoint, InitializationStage, ItemName, JobStatus, PayType, Percent,
    Performance, Precheck, PrecheckItem, PrecheckStatus, StageStatus, SyncObject, SynchronizationStage,
};
use aliyun_dts_status::{Fault, Response, SyncJob};
use chrono::{DateTime, TimeDelta, Utc};

use crate::choices::Choices;

/// The values that a model may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Values {
    /// Values with a clean spelling on the wire.
    Clean,
    /// All values that a body can hold.
    Any,
    /// All values of the types, also those that no body can hold.
    Free,
}

use Values::{Any, Clean, Free};

pub fn response(values: Values, from: &mut Choices<'_>) -> Response {
    if from.seldom(8) { fault(values, from).into() } else { job(values, from).into() }
}

pub fn job(values: Values, from: &mut Choices<'_>) -> SyncJob {
    let mut job = SyncJob::default();
    job.request_id = from.maybe(|from| identifier(values, from));
    job.success = from.maybe(flag);
    job.err_code = from.maybe(|from| identifier(values, from));
    job.err_message = from.maybe(|from| text(values, from));
    job.code = from.maybe(|from| identifier(values, from));
    job.dynamic_code = from.maybe(|from| identifier(values, from));
    job.dynamic_message = from.maybe(|from| text(values, from));
    job.http_status_code = from.maybe(integer);
    job.task_id = from.maybe(|from| identifier(values, from));
    job.job_id = from.maybe(|from| identifier(values, from));
    job.job_name = from.maybe(|from| text(values, from));
    job.job_class = from.maybe(|from| identifier(values, from));
    job.direction = from.maybe(|from| word(Direction::KNOWN, values, from));
    job.pay_type = from.maybe(|from| word(PayType::KNOWN, values, from));
    job.expire_time = from.maybe(|from| time(values, from));
    job.status = from.maybe(|from| word(JobStatus::KNOWN, values, from));
    job.error_message = from.maybe(|from| text(values, from));
    job.data_initialization = from.maybe(flag);
    job.structure_initialization = from.maybe(flag);
    job.delay = from.maybe(|from| seconds(values, from));
    job.delay_millis = from.maybe(|from| millis(values, from));
    job.checkpoint = from.maybe(|from| checkpoint(values, from));
    job.source = from.maybe(|from| endpoint(values, from)).and_then(some);
    job.destination = from.maybe(|from| endpoint(values, from)).and_then(some);
    job.precheck = from.maybe(|from| precheck(values, from)).and_then(some);
    job.structure_stage = from.maybe(|from| initialization(values, from)).and_then(some);
    job.data_stage = from.maybe(|from| initialization(values, from)).and_then(some);
    job.synchronization_stage = from.maybe(|from| synchronization(values, from)).and_then(some);
    job.performance = from.maybe(|from| performance(values, from)).and_then(some);
    job.objects = from.few(3, |from| object(values, from)).into_iter().filter_map(some).collect();
    job
}

pub fn fault(values: Values, from: &mut Choices<'_>) -> Fault {
    let mut fault = Fault::default();
    // A code of success is not of a fault.
    let is_success =
        |code: &String| ["0", "200", "ok", "success"].contains(&code.trim().to_lowercase().as_str());
    fault.code = from.maybe(|from| identifier(values, from)).filter(|code| !is_success(code));
    fault.message = from.maybe(|from| text(values, from));
    fault.request_id = from.maybe(|from| identifier(values, from));
    fault.host_id = from.maybe(|from| identifier(values, from));
    fault.recommend = from.maybe(|from| identifier(values, from));
    fault.description = from.maybe(|from| text(values, from));
    let member = |from: &mut Choices<'_>| (name(values, from), text(values, from));
    fault.access_denied_detail = from.few(3, member).into_iter().collect();
    fault
}

/// Returns a record that holds something. An empty one is absent on the wire.
fn some<T: Default + PartialEq>(record: T) -> Option<T> {
    (record != T::default()).then_some(record)
}

fn endpoint(values: Values, from: &mut Choices<'_>) -> Endpoint {
    let mut endpoint = Endpoint::default();
    endpoint.instance_id = from.maybe(|from| identifier(values, from));
    endpoint.instance_type = from.maybe(|from| identifier(values, from));
    endpoint.engine_name = from.maybe(|from| identifier(values, from));
    endpoint.ip = from.maybe(|from| identifier(values, from));
    endpoint.port = from.maybe(integer);
    endpoint.user_name = from.maybe(|from| text(values, from));
    endpoint
}

fn precheck(values: Values, from: &mut Choices<'_>) -> Precheck {
    let mut precheck = Precheck::default();
    precheck.status = from.maybe(|from| word(PrecheckStatus::KNOWN, values, from));
    precheck.percent = from.maybe(|from| percent(values, from)).flatten();
    precheck.items = from.few(4, |from| item(values, from)).into_iter().filter_map(some).collect();
    precheck
}

fn item(values: Values, from: &mut Choices<'_>) -> PrecheckItem {
    let mut item = PrecheckItem::default();
    item.name = from.maybe(|from| word(ItemName::KNOWN, values, from));
    item.description = from.maybe(|from| text(values, from).into());
    item.status = from.maybe(|from| word(CheckStatus::KNOWN, values, from));
    item.error_message = from.maybe(|from| text(values, from).into());
    item.repair_method = from.maybe(|from| text(values, from).into());
    item
}

fn initialization(values: Values, from: &mut Choices<'_>) -> InitializationStage {
    let mut stage = InitializationStage::default();
    stage.status = from.maybe(|from| word(StageStatus::KNOWN, values, from));
    stage.percent = from.maybe(|from| percent(values, from)).flatten();
    stage.progress = from.maybe(integer);
    stage.error_message = from.maybe(|from| text(values, from));
    stage
}

fn synchronization(values: Values, from: &mut Choices<'_>) -> SynchronizationStage {
    let mut stage = SynchronizationStage::default();
    stage.status = from.maybe(|from| word(StageStatus::KNOWN, values, from));
    stage.percent = from.maybe(|from| percent(values, from)).flatten();
    stage.delay = from.maybe(|from| seconds(values, from));
    stage.delay_millis = from.maybe(|from| millis(values, from));
    stage.checkpoint = from.maybe(|from| checkpoint(values, from));
    stage.error_message = from.maybe(|from| text(values, from));
    stage
}

fn performance(values: Values, from: &mut Choices<'_>) -> Performance {
    let mut performance = Performance::default();
    performance.rps = from.maybe(|from| number(values, from));
    performance.flow = from.maybe(|from| DataRate::from_mb_per_s(number(values, from))).flatten();
    performance
}

fn object(values: Values, from: &mut Choices<'_>) -> SyncObject {
    let mut object = SyncObject::default();
    object.schema_name = from.maybe(|from| text(values, from));
    object.new_schema_name = from.maybe(|from| text(values, from));
    object.table_includes = from.few(3, |from| text(values, from));
    object.table_excludes = from.few(2, |from| text(values, from));
    object
}

fn flag(from: &mut Choices<'_>) -> bool {
    from.pick(2) > 0
}

/// Returns a character that both formats hold, more often one that needs care.
fn character(from: &mut Choices<'_>) -> char {
    const SYNTAX: &[char] =
        &['<', '>', '&', '"', '\'', '\\', ']', '[', '/', '\n', '\r', '\t', ';', '#', '=', ' '];
    const ODD: &[char] = &[
        '\u{7F}',
        '\u{85}',
        '\u{A0}',
        '\u{2028}',
        '\u{3000}',
        '\u{FEFF}',
        '\u{FFFD}',
        '同',
        '😀',
        '\u{10FFFF}',
    ];
    match from.pick(9) {
        0..=3 => char::from(b' ' + from.pick(95) as u8),
        4..=6 => from.any(SYNTAX),
        7 => from.any(ODD),
        _ => char::from_u32(from.within(0x20..=0x0010_FFFF) as u32)
            .filter(|c| matches!(c, ' '..='\u{FFFD}' | '\u{10000}'..))
            .unwrap_or('a'),
    }
}

/// Returns free text. It is empty only where values are free.
pub fn text(values: Values, from: &mut Choices<'_>) -> String {
    const NOTED: &[&str] =
        &["", "ARREARAGE", "DTS-1020042: broken", "binlog was purged", "%s", "\0", "\u{1F}a\u{FFFF}"];
    match from.pick(4) {
        0 => "a \"b\" [c] <d> & ]]> \\n e".to_owned(),
        1 => "  ".to_owned(),
        2 if values == Free => from.any(NOTED).to_owned(),
        _ => (0..=from.pick(11)).map(|_| character(from)).collect(),
    }
}

/// Returns text without blanks around it.
pub fn identifier(values: Values, from: &mut Choices<'_>) -> String {
    if from.seldom(4) {
        let text = text(values, from);
        if values == Free || !text.trim().is_empty() {
            return if values == Free { text } else { text.trim().to_owned() };
        }
    }
    from.few(11, |from| from.any(b"abcdefghijklmnopqrstuvwxyz0123456789*.-"))
        .into_iter()
        .chain([b'x'])
        .map(char::from)
        .collect()
}

/// Returns a name that XML allows, unless values are free.
fn name(values: Values, from: &mut Choices<'_>) -> String {
    if values == Free {
        return text(values, from);
    }
    let rest = from.few(8, |from| char::from(from.any(b"abcXYZ019_.-")));
    std::iter::once(char::from(from.any(b"aZ_"))).chain(rest).collect()
}

/// Returns a known value, or another one unless values are clean.
fn word<E: Clone + for<'t> From<&'t str>>(known: &[E], values: Values, from: &mut Choices<'_>) -> E {
    if values != Clean && from.seldom(4) {
        return E::from(identifier(values, from).as_str());
    }
    known[from.pick(known.len())].clone()
}

fn integer(from: &mut Choices<'_>) -> i64 {
    match from.pick(4) {
        0 => from.within(0..=70_000),
        1 => from.bits() as i64,
        2 => i64::MAX,
        _ => i64::MIN,
    }
}

pub fn seconds(values: Values, from: &mut Choices<'_>) -> TimeDelta {
    const MOST: i64 = i64::MAX / 1000;
    if values == Free && from.seldom(5) {
        return from.any(&[TimeDelta::MIN, TimeDelta::MAX]);
    }
    let seconds = match from.pick(5) {
        0 => from.within(0..=100),
        1 => from.within(0..=200_000),
        2 => from.within(-MOST..=MOST),
        3 => MOST,
        _ => -MOST,
    };
    TimeDelta::try_seconds(seconds).unwrap()
}

fn millis(values: Values, from: &mut Choices<'_>) -> TimeDelta {
    if values == Free && from.seldom(5) {
        return from.any(&[TimeDelta::MIN, TimeDelta::MAX]);
    }
    let millis = if from.pick(2) == 0 { from.within(0..=100_000) } else { from.within(-i64::MAX..=i64::MAX) };
    TimeDelta::try_milliseconds(millis).unwrap()
}

fn checkpoint(values: Values, from: &mut Choices<'_>) -> DateTime<Utc> {
    // Up to the year 9999.
    let most = if values == Clean { 99_999_999_999 } else { 253_402_300_799 };
    match from.pick(3) {
        0 => at(from.within(1_610_000_000..=1_700_000_000), 0),
        1 if values == Free => from.any(&EXTREMES),
        _ => at(from.within(1..=most), 0),
    }
}

pub fn time(values: Values, from: &mut Choices<'_>) -> DateTime<Utc> {
    let nanos = match from.pick(3) {
        1 if values != Clean => 500_000_000,
        2 if values != Clean => from.within(0..=999_999_999) as u32,
        _ => 0,
    };
    match from.pick(3) {
        0 => at(from.within(1_600_000_000..=1_620_000_000), nanos),
        1 if values == Free => from.any(&EXTREMES),
        // The years 0 to 9999.
        _ => at(from.within(-62_167_219_200..=253_402_300_799), nanos),
    }
}

const EXTREMES: [DateTime<Utc>; 3] =
    [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC, DateTime::<Utc>::UNIX_EPOCH];

fn at(seconds: i64, nanos: u32) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, nanos).unwrap()
}

/// Returns a number, finite and never -0 unless values are free.
fn number(values: Values, from: &mut Choices<'_>) -> f64 {
    const USUAL: [f64; 4] = [0.1 + 0.2, f64::MAX, f64::MIN_POSITIVE, 5e-324];
    match (values, from.pick(3)) {
        (Any | Free, 1) => from.any(&USUAL),
        (Any | Free, 2) => {
            let number = f64::from_bits(from.bits());
            if values == Free || (number.is_finite() && number != 0.0) { number } else { 1.5 }
        }
        _ => from.within(0..=1_000_000) as f64 / 100.0,
    }
}

fn percent(values: Values, from: &mut Choices<'_>) -> Option<Percent> {
    Percent::new(if values == Clean { from.within(0..=100) as f64 } else { number(values, from) })
}
