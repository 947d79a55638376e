//! Every public value reads back from what it is written as: `from(to(x)) == x`.

#[path = "support/choices.rs"]
mod choices;
#[path = "support/messy.rs"]
#[allow(dead_code, reason = "XML is for other tests")]
mod messy;
#[path = "support/models.rs"]
mod models;
mod support;
#[path = "support/trees.rs"]
#[allow(dead_code, reason = "messy bodies use a part of it")]
mod trees;

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::fs;
use std::path::Path as FilePath;

use aliyun_dts_status::export::{Dialect, MetricFamily, MetricsOptions, OwnFamily};
use aliyun_dts_status::health::catalog::ApiErrorClass;
use aliyun_dts_status::health::{
    Assessment, Context, DeadlineKind, FindingCode, FleetAssessment, Phase, Policy, PolicyField, PolicyUnit,
    PolicyValue, Scope, Severity, Span, Topology, Trackers, Verdict, assess, compare, fleet, two_way,
};
use aliyun_dts_status::model::{
    CheckStatus, Direction, ItemName, JobKind, JobStatus, Outcome, PayType, Percent, PrecheckStatus,
    RetryState, StageKind, StageStatus,
};
use aliyun_dts_status::request::{DescribeSynchronizationJobStatus, Match, Parameter, Request};
use aliyun_dts_status::{
    DecodeError, Decoded, ErrorKind, Fault, Field, Format, Limits, Operation, Page, Path, Quirk, QuirkKind,
    Response, Rule, SyncJob, decode, validate,
};
use chrono::{DateTime, TimeDelta};
use proptest::collection::vec;
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use self::choices::Choices;
use self::models::Values;

/// Public types that are no values to be stored, with the reason.
const NOT_STORED: &[(&str, &str)] = &[
    ("DatabaseText", "a row of a table in the crate"),
    ("Decoder", "options of a call"),
    ("Diagnosis", "points into a message and into tables"),
    ("Encode", "a trait"),
    ("ErrorClass", "a row of a table in the crate"),
    ("ErrorGuide", "a row of a table in the crate"),
    ("HealthJson", "a format of its own"),
    ("IntoLength", "a trait"),
    ("IntoTime", "a trait"),
    ("Metrics", "a format of its own"),
    ("MetricsOptions", "options of a call"),
    ("OptionalText", "a trait"),
    ("OwnFamily", "a format of its own"),
    ("PolicyBuilder", "makes a policy"),
    ("PrecheckGuide", "a row of a table in the crate"),
    ("Stage", "points into a job"),
    ("TrackersIntoIter", "an iterator"),
    ("TrackersIter", "an iterator"),
    ("TrackersIterMut", "an iterator"),
];

/// The names of the types that were checked.
#[derive(Default)]
struct Checked(BTreeSet<&'static str>);

impl Checked {
    /// Checks that a value reads back from JSON.
    fn json<T: Serialize + DeserializeOwned + PartialEq + Debug + Send + Sync>(&mut self, value: &T) {
        let json = serde_json::to_string(value).unwrap();
        let read: T =
            serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}\n{value:?}"));
        assert_eq!(read, *value, "{json}");
        let whole = std::any::type_name::<T>();
        let name = whole.split('<').next().unwrap();
        self.0.insert(name.rsplit("::").next().unwrap());
    }

    fn all<'t, T: Serialize + DeserializeOwned + PartialEq + Debug + Send + Sync + 't>(
        &mut self,
        values: impl IntoIterator<Item = &'t T>,
    ) {
        values.into_iter().for_each(|value| self.json(value));
    }
}

macro_rules! all_of {
    ($checked:ident: $($set:ident)+) => {
        $($checked.all($set::ALL);)+
    };
}

macro_rules! all_known {
    ($checked:ident: $($set:ident)+) => {
        $($checked.all($set::KNOWN.iter().chain([&$set::from("另 Neu"), &$set::from("")]));)+
    };
}

fn check_sets(checked: &mut Checked) {
    all_of!(checked: ApiErrorClass DeadlineKind Dialect ErrorKind Field FindingCode Format Match MetricFamily Phase PolicyUnit);
    all_of!(checked: JobKind Operation Parameter);
    all_of!(checked: QuirkKind Rule Scope Severity StageKind Topology Verdict);
    all_known!(checked: CheckStatus Direction ItemName JobStatus PayType PrecheckStatus StageStatus);
}

fn check_job(checked: &mut Checked, job: &SyncJob) {
    checked.json(job);
    checked.all([&job.source, &job.destination].into_iter().flatten());
    checked.all(&job.precheck);
    checked.all(job.precheck.iter().flat_map(|precheck| &precheck.items));
    checked.all([&job.structure_stage, &job.data_stage].into_iter().flatten());
    checked.all(&job.synchronization_stage);
    checked.all(&job.performance);
    checked.all(&job.objects);
    let mut retry = RetryState::default();
    (retry.count, retry.elapsed) = (Some(3), TimeDelta::try_seconds(90));
    checked.json(&retry);
    let mut page = Page::new(Operation::DescribeDtsJobs);
    (page.total, page.jobs) = (Some(1), vec![job.clone()]);
    checked.json(&page);
    checked.json(&Response::from(page));
    checked.all(&job.precheck.as_ref().and_then(|precheck| precheck.percent));
    checked.all(&job.performance.as_ref().and_then(|performance| performance.flow));
    checked.all(&validate(job));
}

/// Checks a body and everything that comes of it; returns what came of the poll.
fn check_body(checked: &mut Checked, body: &[u8]) -> Outcome<'static> {
    let outcome = match decode(body) {
        Ok(decoded) => {
            checked.json(&decoded);
            checked.json(&decoded.response);
            checked.all(&decoded.quirks);
            checked.all(decoded.quirks.iter().map(|quirk| &quirk.path));
            checked.all(decoded.quirks.iter().flat_map(|quirk| quirk.path.segments()));
            checked.all(&decoded.losses());
            if let Err(error) = decoded.clone().into_strict() {
                checked.json(&error);
            }
            Outcome::from(decoded)
        }
        Err(error) => {
            checked.json(&error);
            checked.json(&error.position());
            Outcome::from(&error)
        }
    };
    checked.json(&outcome);
    checked.all(&outcome.failure);
    outcome
}

fn check_assessment(checked: &mut Checked, assessment: &Assessment) {
    checked.json(assessment);
    checked.all(assessment.findings());
    checked.all(assessment.findings().iter().flat_map(|finding| &finding.evidence));
    checked.all(assessment.deadlines());
    checked.all(&assessment.pending());
}

fn context(from: &mut Choices<'_>, seconds: i64) -> Context {
    let at = |seconds: i64, nanos: u32| DateTime::from_timestamp(1_610_616_150 + seconds, nanos).unwrap();
    let now = at(seconds, from.pick(3) as u32 * 123_456_789);
    let since = from.maybe(|from| at(from.within(-1_000_000..=0), 0));
    let direction = Direction::from(from.any(&["Forward", "Reverse", "Sideways"]));
    Context::at(now).since(since).direction(direction).job_id(from.maybe(|_| "dtsexjk1alb116wxyz"))
}

fn policy(from: &mut Choices<'_>) -> Policy {
    let mut policy = Policy::default();
    policy.lag_warn = TimeDelta::try_milliseconds(from.within(0..=120_000)).unwrap();
    policy.clear_at = from.within(1..=100) as u32;
    policy.ended_is_ok = from.seldom(2);
    policy.maintenance_until = from.maybe(|from| models::time(Values::Clean, from));
    policy
}

fn check_settings(checked: &mut Checked, from: &mut Choices<'_>) {
    let policy = policy(from);
    checked.json(&policy);
    let toml = toml::to_string(&policy).unwrap();
    assert_eq!(toml::from_str::<Policy>(&toml).unwrap(), policy, "{toml}");
    checked.all(Policy::FIELDS);
    for field in Policy::FIELDS {
        checked.all([field.default, field.least, field.most].iter());
        checked.all(&policy.get(field.name));
    }
    let error = Policy::builder()
        .clear_at(0)
        .flap_off(30)
        .lag_warn(TimeDelta::MAX)
        .set("no-such", "1")
        .set("calm-for", "x")
        .build();
    let error = error.unwrap_err();
    checked.all(error.defects());
    checked.json(&error);

    let mut limits = Limits::default();
    limits.depth = from.pick(100);
    checked.json(&limits);
    checked.json(&Span(TimeDelta::new(from.within(-99_999..=99_999), from.pick(256) as u32).unwrap()));
    checked.json(&Request::new(Operation::DescribeDtsJobs).set(Parameter::Region, "cn-hangzhou"));
    let request = DescribeSynchronizationJobStatus::new("a").region_id(from.maybe(|_| "b"));
    checked.json(&request.direction(Direction::from(from.any(&["Forward", "Reverse", "Sideways"]))));
}

fn check_errors(checked: &mut Checked) {
    let error = DescribeSynchronizationJobStatus::new("").check().unwrap_err();
    checked.json(&error);
    checked.json(error.defect());
    checked.json(&DescribeSynchronizationJobStatus::from_query("x=1").unwrap_err());
    checked.json(&"x".parse::<Verdict>().unwrap_err());
    checked.json(&"a]".parse::<Path>().unwrap_err());
    checked.json(&"x".parse::<Percent>().unwrap_err());
    checked.json(&SyncJob::try_from(Response::from(Fault::default())).unwrap_err());
    checked.json(&OwnFamily::gauge("", "").unwrap_err());
    checked.json(&MetricsOptions::default().label("job", "").unwrap_err());
}

/// Checks values of all types, made by bytes.
fn check_everything(bytes: &[u8]) -> Checked {
    let mut checked = Checked::default();
    let from = &mut Choices::new(bytes);
    check_settings(&mut checked, from);
    let policy = policy(from);
    let mut trackers = Trackers::new();
    let mut assessments: Vec<Assessment> = Vec::new();
    let mut seconds = 0;
    for _ in 0..6 {
        let job = models::job(Values::Clean, from);
        check_job(&mut checked, &job);
        let body = match from.pick(8) {
            0 => b"<html>bad gateway</html>".to_vec(),
            1 => {
                let fault = models::fault(Values::Clean, from);
                checked.json(&fault);
                messy::json(&messy::fault(&fault), from)
            }
            _ => messy::json(&messy::job(&job), from),
        };
        let outcome = check_body(&mut checked, &body);
        seconds += from.within(-10..=400);
        let context = context(from, seconds);
        checked.json(&context);
        let assessment = trackers.observe_outcome(&outcome, &context, &policy);
        check_assessment(&mut checked, &assessment);
        if let Some(previous) = assessments.last() {
            // What is read back is as good as the original: it compares and joins the same.
            let read = |assessment: &Assessment| -> Assessment {
                serde_json::from_str(&serde_json::to_string(assessment).unwrap()).unwrap()
            };
            let compared = compare(previous, assessment.clone(), &policy);
            assert_eq!(compare(&read(previous), read(&assessment), &policy), compared);
            let joined = two_way(Some(previous.clone()), Some(assessment.clone()), Topology::TwoWay);
            assert_eq!(two_way(Some(read(previous)), Some(read(&assessment)), Topology::TwoWay), joined);
            check_assessment(&mut checked, &compared);
            check_assessment(&mut checked, &joined);
        }
        assessments.push(assessment);
    }
    let all = fleet(&assessments);
    checked.json(&all);
    checked.all(all.causes());
    checked.json(&fleet([]));
    checked.json(&trackers);
    checked.all(trackers.iter().map(|(_, _, tracker)| tracker));
    let postcard = postcard::to_stdvec(&trackers).unwrap();
    assert_eq!(postcard::from_bytes::<Trackers>(&postcard).unwrap(), trackers);
    checked
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_value_reads_back(bytes in vec(any::<u8>(), 0..3000)) {
        check_everything(&bytes);
    }

    /// A job and the causes of a fleet give a lag as a number of seconds.
    #[test]
    fn every_lag_reads_back(digits in 1_u32..16, bits in any::<u64>()) {
        let lag = TimeDelta::try_milliseconds((bits % 10_u64.pow(digits)) as i64);
        let mut job = SyncJob::lagging_sample();
        (job.delay, job.delay_millis, job.checkpoint, job.synchronization_stage) = (None, lag, None, None);
        let context = Context::at(DateTime::from_timestamp(1_610_616_150, 0).unwrap());
        let assessment = assess(&job, &context, &Policy::default());
        prop_assert_eq!(assessment.lag(), lag);
        job.delay = lag;
        let mut checked = Checked::default();
        checked.json(&job);
        checked.json(&fleet([&assessment]));
    }

    #[test]
    fn every_path_reads_back(names in vec(prop_oneof![".*", "[a.\\[\\]\\\\]{0,5}"], 0..5), index in any::<usize>()) {
        let mut path = Path::root().then(Field::Detail).then(index);
        for name in &names {
            path = path.then(name.as_str());
        }
        prop_assert_eq!(path.to_string().parse(), Ok(path));
    }
}

/// The objects as the command prints them: members that follow from others, and those of the command alone, are passed
/// over.
#[test]
fn the_objects_of_the_command_are_read() {
    let decoded: Decoded = serde_json::from_str(
        r#"{"file": "a.json", "record": {"http_status": 200}, "format": "json", "kind": "job",
            "job": {"status": "Synchronizing", "delay_seconds": 61.5, "new_member": 1},
            "quirks": [{"kind": "value_case", "path": "Status", "offset": 412, "found": "synchronizing"}],
            "violations": [{"rule": "success_missing", "path": "Success", "message": "m"}]}"#,
    )
    .unwrap();
    let job = decoded.job().unwrap();
    assert_eq!(
        (job.status.as_ref(), job.delay),
        (Some(&JobStatus::Synchronizing), TimeDelta::try_milliseconds(61_500))
    );
    assert_eq!(decoded.quirks, [Quirk::new(QuirkKind::ValueCase, Field::Status, 412, "synchronizing")]);

    let error: DecodeError = serde_json::from_str(
        r#"{"kind": "truncated", "message": "m", "line": 12, "column": 7, "offset": 318}"#,
    )
    .unwrap();
    assert_eq!((error.kind(), error.position().offset), (ErrorKind::Truncated, 318));
    assert_eq!(error.to_string(), "m at line 12, column 7");

    let context = Context::at(DateTime::from_timestamp(1_610_616_150, 0).unwrap());
    let assessment = assess(&SyncJob::lagging_sample(), &context, &Policy::default());
    let mut object = serde_json::to_value(&assessment).unwrap();
    object["file"] = "a.json".into();
    object["lost"] = serde_json::json!([{"path": "Status", "kept": "Synchronizing", "lost": "Failed"}]);
    assert_eq!(serde_json::from_value::<Assessment>(object.clone()).unwrap(), assessment);
    let all = fleet([&assessment]);
    let mut whole = serde_json::to_value(&all).unwrap();
    whole["jobs"] = vec![object].into();
    assert_eq!(serde_json::from_value::<FleetAssessment>(whole).unwrap(), all);
}

/// What is missing or wrong is named.
#[test]
fn a_wrong_object_is_refused() {
    fn refused<T: DeserializeOwned + Debug>(json: &str) -> String {
        serde_json::from_str::<T>(json).unwrap_err().to_string()
    }
    for (error, expected) in [
        (refused::<Response>(r#"{"kind": "job"}"#), "missing field `job`"),
        (refused::<Response>(r#"{"kind": "job_"}"#), "unknown variant `job_`"),
        (refused::<SyncJob>(r#"{"delay_seconds": 1e30}"#), "too long a time"),
        (refused::<SyncJob>(r#"{"delay_seconds": "1"}"#), "data did not match any variant"),
        (refused::<SyncJob>(r#"{"delay_millis": 9223372036854775808}"#), "invalid value: integer"),
        (refused::<SyncJob>(r#"{"checkpoint": "soon"}"#), "invalid time \"soon\""),
        (refused::<Percent>("1e999"), "number out of range"),
        (refused::<Path>("\"a..b\""), "invalid path \"a..b\" at byte 1"),
        (refused::<Assessment>("{}"), "missing field `verdict`"),
        (refused::<PolicyField>(r#"{"name": "no-such"}"#), "no-such: unknown threshold"),
        (refused::<PolicyValue>(r#"{"unit": "percent", "value": "x"}"#), "invalid percent \"x\""),
    ] {
        assert!(error.starts_with(expected), "{error}, expected {expected}");
    }
}

/// The names that a file makes public: types and traits, not functions and constants.
fn public_names(file: &str) -> BTreeSet<String> {
    let file = FilePath::new(env!("CARGO_MANIFEST_DIR")).join("src").join(file);
    let text = fs::read_to_string(file).unwrap();
    let text: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let of_use = text.split("pub use ").skip(1).filter_map(|rest| rest.split(';').next());
    let of_items = ["pub struct ", "pub enum ", "pub trait "]
        .into_iter()
        .flat_map(|item| text.split(item).skip(1).filter_map(|rest| rest.split([' ', '<', '(']).next()));
    let words =
        of_use.chain(of_items).flat_map(|names| names.split(|c: char| !c.is_alphanumeric() && c != '_'));
    let is_type = |word: &&str| {
        word.starts_with(|c: char| c.is_uppercase()) && word.contains(|c: char| c.is_lowercase())
    };
    words.filter(is_type).map(str::to_owned).collect()
}

#[test]
fn every_public_type_is_listed() {
    let mut checked = Checked::default();
    check_sets(&mut checked);
    check_errors(&mut checked);
    // Some of these bytes make a value of each type.
    let mut state = 1_u64;
    for _ in 0..200 {
        let bytes: Vec<u8> = std::iter::repeat_with(|| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        })
        .take(2_000)
        .collect();
        checked.0.extend(check_everything(&bytes).0);
    }
    let files = ["lib.rs", "model.rs", "health.rs", "health/catalog.rs", "export.rs", "request.rs"];
    let public: BTreeSet<String> = files.into_iter().flat_map(public_names).collect();
    assert!(public.len() > 90, "{public:?}");
    let listed: BTreeSet<String> = checked
        .0
        .iter()
        .copied()
        .chain(NOT_STORED.iter().map(|(name, _)| *name))
        .map(str::to_owned)
        .collect();
    let missing: Vec<_> = public.difference(&listed).collect();
    assert!(missing.is_empty(), "add these types to the checks above, or to NOT_STORED: {missing:?}");
    let gone: Vec<_> = NOT_STORED.iter().filter(|(name, _)| !public.contains(*name)).collect();
    assert!(gone.is_empty(), "no public types: {gone:?}");
}
