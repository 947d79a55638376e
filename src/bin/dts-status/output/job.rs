//! A job as text: [`job_table`].

use aliyun_dts_status::model::{
    CheckStatus, InitializationStage, PayType, Performance, Precheck, PrecheckItem, RetryState, SyncObject,
    SynchronizationStage,
};
use aliyun_dts_status::{Operation, SyncJob};
use chrono::{DateTime, TimeDelta, Utc};

use super::cut::cut;
use super::endpoint::endpoint;
use super::table::{Table, join};
use super::words::{count, rfc3339};

/// What an operator on call needs first comes first.
pub(crate) fn job_table(job: &SyncJob) -> Table {
    // The response to a failed call says nothing about the job.
    let failed = job.success == Some(false);
    let call = call([&job.err_code, &job.err_message, &job.dynamic_code, &job.dynamic_message]);
    let mut table = if failed { Table::default() } else { Table::showing_absent() };
    if failed {
        table.row("Call failed", call.clone().unwrap_or_else(|| "no reason given".to_owned()));
    }
    table
        .row_or_absent("Job", title(job))
        .row_or_absent("Status", job.status.as_ref())
        .row_if("Error", job.error_message.as_ref().filter(|text| !text.is_empty()))
        .row_if("ErrCode", call.filter(|_| !failed))
        .row_if("Kind", job.kind)
        .row_if("Direction", job.direction.as_ref())
        .row_or_absent("Delay", delay(job.delay, job.delay_millis))
        .row_or_absent("Checkpoint", job.checkpoint.map(checkpoint))
        // The other operations have only some of these.
        .shows_absent(job.operation == Operation::default())
        .row_or_absent("Precheck", job.precheck.as_ref().and_then(precheck))
        .row_or_absent(
            "Schema",
            job.structure_stage.as_ref().and_then(|stage| initialization(stage, "table")),
        )
        .row_or_absent("Full data", job.data_stage.as_ref().and_then(|stage| initialization(stage, "row")))
        .row_or_absent("Incremental", job.synchronization_stage.as_ref().and_then(synchronization))
        .row_if("Retry", job.retry.as_ref().and_then(retry))
        .row_if("Throughput", job.performance.as_ref().and_then(performance))
        .row_if("Source", job.source.as_ref().and_then(endpoint))
        .row_if("Destination", job.destination.as_ref().and_then(endpoint))
        .row_if("Objects", objects(&job.objects))
        .row_if("DbObject", job.db_object.as_deref().filter(|text| !text.is_empty()).map(shortened))
        .row_if("Tags", tags(job))
        .row_if("Skipped", skipped(job))
        .row_if("Created", job.created_at.map(rfc3339))
        .row_if("Finished", job.finished_at.map(rfc3339))
        .row_if("Expires", job.expire_time.map(rfc3339))
        .row_if("Task", job.task_id.as_ref())
        .row_if("Request", job.request_id.as_ref());
    table
}

fn title(job: &SyncJob) -> Option<String> {
    let terms: Vec<_> = [job.job_class.as_deref(), job.pay_type.as_ref().map(PayType::as_str)]
        .into_iter()
        .flatten()
        .collect();
    join([
        job.job_id.clone(),
        job.job_name.as_ref().map(|name| format!("{name:?}")),
        (!terms.is_empty()).then(|| format!("({})", terms.join(", "))),
    ])
}

/// What the response says about the call itself.
pub(super) fn call([code, message, dynamic_code, dynamic_message]: [&Option<String>; 4]) -> Option<String> {
    let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    join([
        given(code),
        given(message),
        given(dynamic_code).map(|code| format!("DynamicCode {code}")),
        given(dynamic_message).map(|message| format!("DynamicMessage {message}")),
    ])
}

fn delay(seconds: Option<TimeDelta>, millis: Option<TimeDelta>) -> Option<String> {
    join([
        seconds.map(|delay| format!("{} s", delay.num_seconds())),
        millis.map(|delay| format!("{} ms", delay.num_milliseconds())),
    ])
}

fn checkpoint(at: DateTime<Utc>) -> String {
    format!("{}  ({})", rfc3339(at), at.timestamp())
}

fn initialization(stage: &InitializationStage, unit: &str) -> Option<String> {
    let line = join([
        stage.status.as_ref().map(ToString::to_string),
        stage.percent.map(|percent| format!("{percent} %")),
        stage.progress.map(|progress| count(progress, unit)),
    ]);
    with_error(line, stage.error_message.as_deref())
}

fn synchronization(stage: &SynchronizationStage) -> Option<String> {
    let line = join([
        stage.status.as_ref().map(ToString::to_string),
        stage.percent.map(|percent| format!("{percent} %")),
        delay(stage.delay, stage.delay_millis).map(|delay| format!("delay {delay}")),
        stage.checkpoint.map(|at| format!("checkpoint {}", checkpoint(at))),
        stage.progress_text.as_ref().map(|text| format!("progress {text}")),
    ]);
    with_error(line, stage.error_message.as_deref())
}

fn with_error(line: Option<String>, error: Option<&str>) -> Option<String> {
    match error.filter(|text| !text.is_empty()) {
        Some(error) => Some(format!("{}\nerror: {error}", line.unwrap_or_default())),
        None => line,
    }
}

fn precheck(precheck: &Precheck) -> Option<String> {
    let is_passed = |item: &&PrecheckItem| item.status == Some(CheckStatus::Success);
    let all = precheck.items.len();
    let passed = match precheck.items.iter().filter(is_passed).count() {
        _ if all == 0 => None,
        count if count == all => Some(format!("all {all} items Success")),
        count => Some(format!("{count} of {all} items Success")),
    };
    let line = join([
        precheck.status.as_ref().map(ToString::to_string),
        precheck.percent.map(|percent| format!("{percent} %")),
        passed,
    ]);
    let others = precheck.items.iter().filter(|item| !is_passed(item)).map(item);
    let error = precheck.error_message.as_deref().filter(|text| !text.is_empty());
    let error = error.map(|error| format!("error: {error}"));
    let lines: Vec<_> = line.into_iter().chain(error).chain(others).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn item(item: &PrecheckItem) -> String {
    let name = item.name.as_ref().map_or("(no name)", |name| name.as_str());
    let status = item.status.as_ref().map_or("(no status)", |status| status.as_str());
    let mut text = format!("{status} {name}");
    for (label, value) in
        [("checks", &item.description), ("error", &item.error_message), ("repair", &item.repair_method)]
    {
        if let Some(value) = value.as_deref().filter(|value| !value.is_empty()) {
            text.push_str(&format!("\n  {label}: {value}"));
        }
    }
    text
}

/// `retrying  3 times  for 125 s of at most 7200 s  target destDB`
fn retry(retry: &RetryState) -> Option<String> {
    let length = |length: Option<TimeDelta>| length.map(|length| format!("{} s", length.num_seconds()));
    let line = join([
        retry.retrying.map(|is_retrying| if is_retrying { "retrying" } else { "not retrying" }.to_owned()),
        retry.count.map(|times| count(times, "time")),
        length(retry.elapsed).map(|length| format!("for {length}")),
        length(retry.limit).map(|length| format!("at most {length}")),
        retry.target.as_ref().filter(|target| !target.is_empty()).map(|target| format!("target {target}")),
        retry.module.as_ref().filter(|module| !module.is_empty()).map(|module| format!("module {module}")),
    ]);
    with_error(line, retry.error_message.as_deref())
}

fn tags(job: &SyncJob) -> Option<String> {
    let tags: Vec<_> = job.tags.iter().map(|(key, value)| format!("{key}={value}")).collect();
    (!tags.is_empty()).then(|| tags.join("  "))
}

/// The start of a long text.
fn shortened(text: &str) -> String {
    /// Limit of the characters shown, so that the other rows stay on the screen.
    const LIMIT: usize = 200;
    cut(text, LIMIT).into_owned()
}

fn performance(performance: &Performance) -> Option<String> {
    join([
        performance.rps.map(|rps| format!("{rps} statements/s")),
        performance.flow.map(|flow| flow.to_string()),
    ])
}

/// Limit of the objects shown, so that the other rows stay on the screen.
const OBJECTS: usize = 10;

fn objects(objects: &[SyncObject]) -> Option<String> {
    let mut lines: Vec<_> = objects.iter().take(OBJECTS).map(object).collect();
    if objects.len() > OBJECTS {
        lines.push(format!("and {} more", objects.len() - OBJECTS));
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn object(object: &SyncObject) -> String {
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "(no name)".to_owned());
    let mut text = name(&object.schema_name);
    if object.new_schema_name.is_some() && object.new_schema_name != object.schema_name {
        text.push_str(&format!(" -> {}", name(&object.new_schema_name)));
    }
    match object.table_includes.as_slice() {
        [] => text.push_str("  all tables"),
        tables => text.push_str(&format!("  {}", first_few(tables))),
    }
    if !object.table_excludes.is_empty() {
        text.push_str(&format!("  without {}", first_few(&object.table_excludes)));
    }
    text
}

fn first_few(tables: &[String]) -> String {
    match tables {
        [first, second, third, fourth, rest @ ..] if !rest.is_empty() => {
            format!("{first}, {second}, {third}, {fourth} and {} more", rest.len())
        }
        _ => tables.join(", "),
    }
}

/// The stages that are switched off for this job.
fn skipped(job: &SyncJob) -> Option<String> {
    let switches = [
        ("schema initialization", job.structure_initialization),
        ("full data initialization", job.data_initialization),
        ("incremental synchronization", job.data_synchronization),
    ];
    let off: Vec<_> =
        switches.into_iter().filter(|(_, on)| *on == Some(false)).map(|(stage, _)| stage).collect();
    (!off.is_empty()).then(|| off.join(", "))
}
