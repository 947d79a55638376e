//! Models of any content, also such as no body has.

use aliyun_dts_status::health::{Context, Policy, PolicyUnit, PolicyValue};
use aliyun_dts_status::model::{
    CheckStatus, DataRate, Endpoint, InitializationStage, ItemName, JobStatus, PayType, Percent, Performance,
    Precheck, PrecheckItem, PrecheckStatus, StageStatus, SyncObject, SynchronizationStage,
};
use aliyun_dts_status::{Fault, Response, SyncJob};
use arbitrary::{Arbitrary, Result, Unstructured};
use chrono::{DateTime, TimeDelta, Utc};

type Bytes<'b, 'a> = &'b mut Unstructured<'a>;

/// A response.
pub fn response(bytes: Bytes<'_, '_>) -> Result<Response> {
    Ok(if bytes.ratio(1, 8)? { fault(bytes)?.into() } else { job(bytes)?.into() })
}

/// A job.
pub fn job(bytes: Bytes<'_, '_>) -> Result<SyncJob> {
    let mut job = SyncJob::default();
    job.request_id = text(bytes)?;
    job.success = bytes.arbitrary()?;
    job.err_code = text(bytes)?;
    job.err_message = text(bytes)?;
    job.dynamic_code = text(bytes)?;
    job.dynamic_message = text(bytes)?;
    job.http_status_code = integer(bytes)?;
    job.task_id = text(bytes)?;
    job.job_id = text(bytes)?;
    job.job_name = text(bytes)?;
    job.job_class = text(bytes)?;
    job.direction = word(bytes, &["Forward", "Reverse"])?;
    job.pay_type = word(bytes, &names(PayType::KNOWN, PayType::as_str))?;
    job.expire_time = time(bytes)?;
    job.status = word(bytes, &names(JobStatus::KNOWN, JobStatus::as_str))?;
    job.error_message = text(bytes)?;
    job.data_initialization = bytes.arbitrary()?;
    job.structure_initialization = bytes.arbitrary()?;
    job.delay = span(bytes)?;
    job.delay_millis = span(bytes)?;
    job.checkpoint = time(bytes)?;
    job.source = endpoint(bytes)?;
    job.destination = endpoint(bytes)?;
    job.precheck = maybe(bytes, precheck)?;
    job.structure_stage = maybe(bytes, initialization)?;
    job.data_stage = maybe(bytes, initialization)?;
    job.synchronization_stage = maybe(bytes, synchronization)?;
    job.performance = maybe(bytes, performance)?;
    job.objects = few(bytes, object)?;
    Ok(job)
}

fn fault(bytes: Bytes<'_, '_>) -> Result<Fault> {
    let mut fault = Fault::default();
    fault.code = text(bytes)?;
    fault.message = text(bytes)?;
    fault.request_id = text(bytes)?;
    fault.host_id = text(bytes)?;
    fault.recommend = text(bytes)?;
    fault.description = text(bytes)?;
    fault.access_denied_detail = bytes.arbitrary()?;
    Ok(fault)
}

fn endpoint(bytes: Bytes<'_, '_>) -> Result<Option<Endpoint>> {
    maybe(bytes, |bytes| {
        let mut endpoint = Endpoint::default();
        endpoint.instance_id = text(bytes)?;
        endpoint.instance_type = text(bytes)?;
        endpoint.engine_name = text(bytes)?;
        endpoint.ip = text(bytes)?;
        endpoint.port = integer(bytes)?;
        endpoint.user_name = text(bytes)?;
        Ok(endpoint)
    })
}

fn precheck(bytes: Bytes<'_, '_>) -> Result<Precheck> {
    let mut precheck = Precheck::default();
    precheck.status = word(bytes, &names(PrecheckStatus::KNOWN, PrecheckStatus::as_str))?;
    precheck.percent = percent(bytes)?;
    precheck.items = few(bytes, |bytes| {
        let mut item = PrecheckItem::default();
        item.name = word(bytes, &names(ItemName::KNOWN, ItemName::as_str))?;
        item.status = word(bytes, &names(CheckStatus::KNOWN, CheckStatus::as_str))?;
        item.error_message = text(bytes)?;
        item.repair_method = text(bytes)?;
        Ok(item)
    })?;
    Ok(precheck)
}

fn initialization(bytes: Bytes<'_, '_>) -> Result<InitializationStage> {
    let mut stage = InitializationStage::default();
    stage.status = word(bytes, &names(StageStatus::KNOWN, StageStatus::as_str))?;
    stage.percent = percent(bytes)?;
    stage.progress = integer(bytes)?;
    stage.error_message = text(bytes)?;
    Ok(stage)
}

fn synchronization(bytes: Bytes<'_, '_>) -> Result<SynchronizationStage> {
    let mut stage = SynchronizationStage::default();
    stage.status = word(bytes, &names(StageStatus::KNOWN, StageStatus::as_str))?;
    stage.percent = percent(bytes)?;
    stage.delay = span(bytes)?;
    stage.delay_millis = span(bytes)?;
    stage.checkpoint = time(bytes)?;
    stage.error_message = text(bytes)?;
    Ok(stage)
}

fn performance(bytes: Bytes<'_, '_>) -> Result<Performance> {
    let mut performance = Performance::default();
    performance.rps = bytes.arbitrary::<Option<f64>>()?;
    performance.flow = bytes.arbitrary::<Option<f64>>()?.and_then(DataRate::from_mb_per_s);
    Ok(performance)
}

fn object(bytes: Bytes<'_, '_>) -> Result<SyncObject> {
    let mut object = SyncObject::default();
    object.schema_name = text(bytes)?;
    object.new_schema_name = text(bytes)?;
    object.table_includes = few(bytes, String::arbitrary)?;
    object.table_excludes = few(bytes, String::arbitrary)?;
    Ok(object)
}

/// A judge's view: when, by what thresholds.
pub fn context(bytes: Bytes<'_, '_>) -> Result<Context> {
    let now = time(bytes)?.unwrap_or(DateTime::UNIX_EPOCH);
    let direction = word(bytes, &["Forward", "Reverse"])?.unwrap_or_else(|| "Forward".into());
    Ok(Context::at(now).observed_at(time(bytes)?.unwrap_or(now)).since(time(bytes)?).direction(direction))
}

/// Thresholds: the defaults, or any values.
pub fn policy(bytes: Bytes<'_, '_>) -> Result<Policy> {
    let mut policy = Policy::default();
    if bytes.ratio(1, 4)? {
        for field in Policy::FIELDS {
            let value = match field.unit {
                PolicyUnit::Length => span(bytes)?.map(PolicyValue::Length),
                PolicyUnit::Percent => Some(PolicyValue::Percent(bytes.arbitrary()?)),
                PolicyUnit::Count => Some(PolicyValue::Count(bytes.arbitrary()?)),
                PolicyUnit::Switch => Some(PolicyValue::Switch(bytes.arbitrary()?)),
                _ => Some(PolicyValue::Time(time(bytes)?)),
            };
            if let Some(value) = value {
                // The value has the unit of the field, so that it is always set.
                let _ = policy.set_value(field.name, value);
            }
        }
    }
    Ok(policy)
}

fn maybe<T>(
    bytes: Bytes<'_, '_>,
    make: impl FnOnce(&mut Unstructured<'_>) -> Result<T>,
) -> Result<Option<T>> {
    if bytes.arbitrary()? { make(bytes).map(Some) } else { Ok(None) }
}

fn few<'a, T>(
    bytes: &mut Unstructured<'a>,
    mut make: impl FnMut(&mut Unstructured<'a>) -> Result<T>,
) -> Result<Vec<T>> {
    (0..bytes.int_in_range(0..=3)?).map(|_| make(bytes)).collect()
}

fn text(bytes: Bytes<'_, '_>) -> Result<Option<String>> {
    const USUAL: &[&str] = &["", "a", "DTS-1020042 it failed", "ARREARAGE", "binlog was purged", "%s", " a "];
    Ok(match bytes.int_in_range(0..=3)? {
        0 => None,
        1 => Some(bytes.arbitrary()?),
        _ => Some((*bytes.choose(USUAL)?).to_owned()),
    })
}

/// A word of a vocabulary, or another.
fn word<E: for<'t> From<&'t str>>(bytes: Bytes<'_, '_>, known: &[&str]) -> Result<Option<E>> {
    Ok(match bytes.int_in_range(0..=7)? {
        0 => None,
        1 => Some(E::from(bytes.arbitrary::<&str>()?)),
        _ => Some(E::from(bytes.choose(known)?)),
    })
}

fn names<E>(known: &'static [E], name: fn(&E) -> &str) -> Vec<&'static str> {
    known.iter().map(name).collect()
}

fn integer(bytes: Bytes<'_, '_>) -> Result<Option<i64>> {
    Ok(match bytes.int_in_range(0..=3)? {
        0 => None,
        1 => Some(bytes.arbitrary()?),
        _ => Some(bytes.int_in_range(-1..=70_000)?),
    })
}

fn percent(bytes: Bytes<'_, '_>) -> Result<Option<Percent>> {
    Ok(match bytes.int_in_range(0..=3)? {
        0 => None,
        1 => Percent::new(bytes.arbitrary()?),
        _ => Percent::new(f64::from(bytes.int_in_range(-1..=101)?)),
    })
}

fn span(bytes: Bytes<'_, '_>) -> Result<Option<TimeDelta>> {
    Ok(match bytes.int_in_range(0..=4)? {
        0 => None,
        1 => TimeDelta::try_milliseconds(bytes.arbitrary()?),
        2 => Some(*bytes.choose(&[TimeDelta::MIN, TimeDelta::MAX, TimeDelta::zero()])?),
        _ => TimeDelta::try_seconds(bytes.int_in_range(-10..=200_000)?),
    })
}

fn time(bytes: Bytes<'_, '_>) -> Result<Option<DateTime<Utc>>> {
    /// The time of the documented samples.
    const THEN: i64 = 1_610_616_144;
    Ok(match bytes.int_in_range(0..=4)? {
        0 => None,
        1 => DateTime::from_timestamp(bytes.arbitrary()?, bytes.int_in_range(0..=1_999_999_999)?),
        2 => Some(*bytes.choose(&[
            DateTime::<Utc>::MIN_UTC,
            DateTime::<Utc>::MAX_UTC,
            DateTime::UNIX_EPOCH,
        ])?),
        _ => DateTime::from_timestamp(bytes.int_in_range(THEN - 10_000_000..=THEN + 10_000_000)?, 0),
    })
}
