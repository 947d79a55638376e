//! Responses of every operation, made from [`Choices`]: models with the values that bodies of the operation can hold.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test program uses a part of it, and the fuzz targets export it"
)]

use std::collections::BTreeMap;

use aliyun_dts_status::model::{
    DataRate, Direction, Endpoint, JobKind, Performance, RetryState, SynchronizationStage,
};
use aliyun_dts_status::{Operation, Page, Response, SyncJob};
use chrono::TimeDelta;

use crate::choices::Choices;
use crate::models::{self, Values};

/// Returns the response of any operation.
pub fn any_response(values: Values, from: &mut Choices<'_>) -> Response {
    let operation = from.any(Operation::ALL);
    response(operation, values, from)
}

/// Returns a response of an operation.
pub fn response(operation: Operation, values: Values, from: &mut Choices<'_>) -> Response {
    match operation.is_page() {
        true => page(operation, values, from).into(),
        false => job(operation, values, from).into(),
    }
}

/// Returns a page of up to four items. Jobs of both directions are next to each other.
pub fn page(operation: Operation, values: Values, from: &mut Choices<'_>) -> Page {
    let mut page = Page::new(operation);
    let call = models::job(values, from);
    page.request_id = call.request_id;
    page.success = call.success;
    page.err_code = call.err_code;
    page.err_message = call.err_message;
    page.code = call.code;
    page.dynamic_code = call.dynamic_code;
    page.dynamic_message = call.dynamic_message;
    page.http_status_code = call.http_status_code;
    page.total = from.maybe(|from| from.within(0..=9));
    page.number = from.maybe(|from| from.within(0..=9));
    page.record_count = from.maybe(|from| from.within(0..=9));
    for _ in 0..from.pick(5) {
        let forward = job(operation, values, from);
        let is_two_way = from.seldom(3);
        let mut reverse = job(operation, values, from);
        if is_two_way {
            reverse.job_id.clone_from(&forward.job_id);
            if matches!(
                operation,
                Operation::DescribeDtsJobs | Operation::DescribeSynchronizationJobStatusList
            ) {
                reverse.direction = Some(Direction::Reverse);
            }
        }
        page.jobs.push(forward);
        if is_two_way {
            page.jobs.push(reverse);
        }
    }
    page
}

/// Returns a job with values that a body of the operation has fields for.
pub fn job(operation: Operation, values: Values, from: &mut Choices<'_>) -> SyncJob {
    let base = models::job(values, from);
    match operation {
        Operation::DescribeSynchronizationJobStatus => base,
        Operation::DescribeSynchronizationJobs => of_synchronization_jobs(base, values, from),
        Operation::DescribeSynchronizationJobStatusList => {
            let mut job = new(operation, Some(JobKind::Synchronization));
            job.job_id = base.job_id.or_else(|| Some("dtsq7".to_owned()));
            job.direction = base.direction;
            job.status = base.status;
            job.checkpoint = base.checkpoint;
            job
        }
        Operation::DescribeDtsJobDetail => of_detail(base, values, from),
        Operation::DescribeDtsJobs => of_dts_jobs(base, values, from),
        Operation::DescribeMigrationJobStatus => of_migration(base, values, from),
        Operation::DescribeMigrationJobs => of_migration_jobs(base, values, from),
        other => unreachable!("{other}"),
    }
}

fn new(operation: Operation, kind: Option<JobKind>) -> SyncJob {
    let mut job = SyncJob::default();
    job.operation = operation;
    job.kind = kind;
    job
}

/// An item has no field of the call.
fn without_call(mut job: SyncJob) -> SyncJob {
    job.request_id = None;
    job.success = None;
    job.err_code = None;
    job.err_message = None;
    job.code = None;
    job.dynamic_code = None;
    job.dynamic_message = None;
    job.http_status_code = None;
    job
}

fn of_synchronization_jobs(base: SyncJob, values: Values, from: &mut Choices<'_>) -> SyncJob {
    let mut job = without_call(base);
    job.operation = Operation::DescribeSynchronizationJobs;
    job.kind = Some(JobKind::Synchronization);
    job.job_id.get_or_insert_with(|| "dtsq7".to_owned());
    job.created_at = from.maybe(|from| models::time(values, from));
    job.tags = tags(values, from);
    job
}

/// The fields that both operations on jobs of any kind have.
fn of_any_kind(base: SyncJob, values: Values, from: &mut Choices<'_>) -> SyncJob {
    let kind = from.any(&[
        None,
        Some(JobKind::Synchronization),
        Some(JobKind::Migration),
        Some(JobKind::Subscription),
    ]);
    let mut job = base;
    job.kind = kind.or_else(|| job.status.as_ref().and_then(JobKind::of_status));
    job.job_id.get_or_insert_with(|| "dtsq7".to_owned());
    job.created_at = from.maybe(|from| models::time(values, from));
    job.finished_at = from.maybe(|from| models::time(values, from));
    job.data_synchronization = from.maybe(|from| from.pick(2) > 0);
    job.source = from.maybe(|from| endpoint(job.source.take(), true, values, from)).and_then(some);
    job.destination = from.maybe(|from| endpoint(job.destination.take(), true, values, from)).and_then(some);
    job.synchronization_stage =
        job.synchronization_stage.map(|stage| progress(stage, values, from)).and_then(some);
    job.retry = from.maybe(|from| retry(values, from)).and_then(some);
    job.tags = tags(values, from);
    job.db_object = from.maybe(|from| models::text(values, from));
    job.objects.clear();
    job
}

fn of_detail(base: SyncJob, values: Values, from: &mut Choices<'_>) -> SyncJob {
    let mut job = of_any_kind(base, values, from);
    job.operation = Operation::DescribeDtsJobDetail;
    job.job_id = job.job_id.filter(|_| values == Values::Clean || !from.seldom(4));
    job.delay = None;
    job.precheck = None;
    job.structure_stage = None;
    job.data_stage = None;
    job.performance = None;
    // Only the throughput in a progress gives rates.
    if from.seldom(4) {
        let stage = job.synchronization_stage.get_or_insert_default();
        stage.progress_text = Some("12.50RPS/(0.250MB/s)".to_owned());
        let mut performance = Performance::default();
        performance.rps = Some(12.5);
        performance.flow = DataRate::from_mb_per_s(0.25);
        job.performance = Some(performance);
    }
    job
}

fn of_dts_jobs(base: SyncJob, values: Values, from: &mut Choices<'_>) -> SyncJob {
    let mut job = without_call(of_any_kind(base, values, from));
    job.operation = Operation::DescribeDtsJobs;
    // The unit depends on the kind.
    job.delay = job.delay.filter(|_| job.kind == Some(JobKind::Synchronization));
    job.delay_millis = job.delay_millis.filter(|_| job.kind == Some(JobKind::Migration));
    if let Some(precheck) = &mut job.precheck {
        precheck.error_message = from.maybe(|from| models::text(values, from));
    }
    job
}

fn of_migration(base: SyncJob, values: Values, from: &mut Choices<'_>) -> SyncJob {
    let mut job = new(Operation::DescribeMigrationJobStatus, Some(JobKind::Migration));
    let items = of_migration_fields(&base, values, from);
    job.request_id = base.request_id;
    job.success = base.success;
    job.err_code = base.err_code;
    job.err_message = base.err_message;
    job.code = base.code;
    job.dynamic_code = base.dynamic_code;
    job.dynamic_message = base.dynamic_message;
    job.http_status_code = base.http_status_code;
    job.task_id = base.task_id;
    job.synchronization_stage = base.synchronization_stage;
    job.db_object = from.maybe(|from| models::text(values, from));
    fill(&mut job, items);
    job.job_id = job.job_id.filter(|_| values == Values::Clean || !from.seldom(4));
    job
}

fn of_migration_jobs(base: SyncJob, values: Values, from: &mut Choices<'_>) -> SyncJob {
    let mut job = new(Operation::DescribeMigrationJobs, Some(JobKind::Migration));
    let items = of_migration_fields(&base, values, from);
    job.synchronization_stage = base.synchronization_stage.map(without_millis).and_then(some);
    job.tags = tags(values, from);
    job.db_object = from.maybe(|from| match from.pick(3) {
        0 => r#"{"SynchronousObject":[{"DatabaseName":"a","WholeDatabase":"true"}]}"#.to_owned(),
        1 => r#"{"SynchronousObject":[{"TableList":{"Table":["t","u"]}},{"DatabaseName":"b"}]}"#.to_owned(),
        _ => models::text(values, from),
    });
    fill(&mut job, items);
    job
}

/// The fields that both operations on migrations have.
fn of_migration_fields(base: &SyncJob, values: Values, from: &mut Choices<'_>) -> SyncJob {
    let mut job = SyncJob::default();
    job.job_id = base.job_id.clone().or_else(|| Some("dtsq7".to_owned()));
    job.job_name.clone_from(&base.job_name);
    job.job_class.clone_from(&base.job_class);
    job.pay_type.clone_from(&base.pay_type);
    job.created_at = from.maybe(|from| models::time(values, from));
    job.status.clone_from(&base.status);
    job.structure_initialization = base.structure_initialization;
    job.data_initialization = base.data_initialization;
    job.data_synchronization = from.maybe(|from| from.pick(2) > 0);
    job.source = from.maybe(|from| endpoint(base.source.clone(), false, values, from)).and_then(some);
    job.destination =
        from.maybe(|from| endpoint(base.destination.clone(), false, values, from)).and_then(some);
    job.precheck.clone_from(&base.precheck);
    job.structure_stage.clone_from(&base.structure_stage);
    job.data_stage.clone_from(&base.data_stage);
    job
}

fn fill(job: &mut SyncJob, fields: SyncJob) {
    job.job_id = fields.job_id;
    job.job_name = fields.job_name;
    job.job_class = fields.job_class;
    job.pay_type = fields.pay_type;
    job.created_at = fields.created_at;
    job.status = fields.status;
    job.structure_initialization = fields.structure_initialization;
    job.data_initialization = fields.data_initialization;
    job.data_synchronization = fields.data_synchronization;
    job.source = fields.source;
    job.destination = fields.destination;
    job.precheck = fields.precheck;
    job.structure_stage = fields.structure_stage;
    job.data_stage = fields.data_stage;
}

fn endpoint(base: Option<Endpoint>, has_region: bool, values: Values, from: &mut Choices<'_>) -> Endpoint {
    let mut endpoint = base.unwrap_or_default();
    endpoint.region = from.maybe(|from| models::identifier(values, from)).filter(|_| has_region);
    endpoint.database_name = from.maybe(|from| models::text(values, from));
    endpoint.oracle_sid = from.maybe(|from| models::text(values, from));
    endpoint
}

fn without_millis(mut stage: SynchronizationStage) -> SynchronizationStage {
    stage.delay_millis = None;
    stage
}

/// The stage with a progress, and without what the job itself has.
fn progress(mut stage: SynchronizationStage, values: Values, from: &mut Choices<'_>) -> SynchronizationStage {
    stage.delay = None;
    stage.delay_millis = None;
    stage.checkpoint = None;
    stage.progress_text = from.maybe(|from| match from.pick(3) {
        0 => "0/0".to_owned(),
        1 => "20001".to_owned(),
        _ => models::text(values, from),
    });
    stage
}

fn retry(values: Values, from: &mut Choices<'_>) -> RetryState {
    let mut retry = RetryState::default();
    retry.retrying = from.maybe(|from| from.pick(2) > 0);
    retry.count = from.maybe(|from| from.within(0..=100));
    retry.elapsed = from.maybe(|from| whole_seconds(from));
    retry.limit = from.maybe(|from| whole_seconds(from));
    retry.target = from.maybe(|from| models::identifier(values, from));
    retry.module = from.maybe(|from| models::identifier(values, from));
    retry.error_message = from.maybe(|from| models::text(values, from));
    retry
}

fn whole_seconds(from: &mut Choices<'_>) -> TimeDelta {
    TimeDelta::try_seconds(from.within(0..=100_000)).unwrap()
}

fn tags(values: Values, from: &mut Choices<'_>) -> BTreeMap<String, String> {
    from.few(3, |from| (models::text(values, from), models::text(values, from))).into_iter().collect()
}

/// Returns a record that holds something. An empty one is absent on the wire.
fn some<T: Default + PartialEq>(record: T) -> Option<T> {
    (record != T::default()).then_some(record)
}
