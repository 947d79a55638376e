//! What types of their kind do elsewhere: text and back, width and precision, errors, taking apart.

mod support;

use std::error::Error;
use std::fmt::{Debug, Display};
use std::str::FromStr;

use aliyun_dts_status::export::{Dialect, MetricFamily, MetricsError, OwnFamily};
use aliyun_dts_status::health::catalog::ApiErrorClass;
use aliyun_dts_status::health::{
    Context, Deadline, DeadlineKind, Evidence, Finding, FindingCode, Phase, Policy, PolicyUnit, PolicyValue,
    Scope, Severity, Span, Topology, Verdict, assess, compare, fleet, two_way,
};
use aliyun_dts_status::model::{
    CheckStatus, DataRate, Direction, ItemName, JobStatus, PayType, Percent, PrecheckStatus, StageKind,
    StageStatus,
};
use aliyun_dts_status::request::{DescribeSynchronizationJobStatus, Match, ParameterError};
use aliyun_dts_status::{
    DecodeError, Fault, Field, Format, NotCleanError, Operation, Page, Path, Quirk, QuirkKind, Response,
    Rule, SyncJob, decode, encode, encode_to,
};
use chrono::{DateTime, TimeDelta};
use proptest::prelude::*;

/// Checks that a text is padded and cut as a formatter asks, and reads back.
fn check_text<T: Display + FromStr<Err: Debug> + PartialEq + Debug>(value: &T) {
    let text = value.to_string();
    assert_eq!(format!("{value:*^30}"), format!("{text:*^30}"));
    assert_eq!(format!("{value:>30}"), format!("{text:>30}"));
    assert_eq!(format!("{value:<30}"), format!("{text:<30}"));
    assert_eq!(text.parse::<T>().unwrap(), *value);
}

macro_rules! check_sets {
    ($($set:ident)+) => {$(
        for value in $set::ALL {
            check_text(value);
            assert_eq!(*value, value.as_str());
            assert_eq!(*value, *value.as_str());
            assert_eq!(AsRef::<str>::as_ref(value), value.as_str());
            assert_eq!(format!("{value:.1}"), value.as_str()[..1]);
        }
    )+};
}

macro_rules! check_open_sets {
    ($($set:ident)+) => {$(
        for value in $set::KNOWN.iter().chain([&$set::from("另")]) {
            check_text(value);
            assert_eq!(*value, value.as_str());
            assert_eq!(AsRef::<str>::as_ref(value), value.as_str());
        }
    )+};
}

#[test]
fn sets_are_texts() {
    check_sets!(ApiErrorClass DeadlineKind Dialect Field FindingCode Format Match MetricFamily Phase PolicyUnit);
    check_sets!(QuirkKind Rule Scope Severity StageKind Topology Verdict);
    check_open_sets!(CheckStatus Direction ItemName JobStatus PayType PrecheckStatus StageStatus);
    assert_eq!(Scope::from(&Direction::Reverse), Scope::Reverse);
    assert_eq!(FindingCode::LagHigh.as_camel_case(), "LagHigh");
}

#[test]
fn numbers_have_width_and_precision() {
    let percent = |value| Percent::try_from(value).unwrap();
    for (value, text) in [
        (format!("{}", percent(100.0)), "100"),
        (format!("{:.1}", percent(100.0)), "100.0"),
        (format!("{:>7.2}|", percent(12.5)), "  12.50|"),
        (format!("{:<6}|", percent(12.5)), "12.5  |"),
        (format!("{:.3}", PolicyValue::Percent(80)), "80%"),
        (format!("{:>6}", Span(TimeDelta::try_seconds(61).unwrap())), "  61 s"),
    ] {
        assert_eq!(value, text);
    }
    let rate = |value| DataRate::try_from(value).unwrap();
    for (value, text) in [
        (format!("{}", rate(0.0)), "0.00MB/s"),
        (format!("{:.0}", rate(1.0)), "1MB/s"),
        (format!("{:^11}|", rate(0.25)), " 0.25MB/s  |"),
        (format!("{:->10.3}", rate(-1.0)), "-1.000MB/s"),
    ] {
        assert_eq!(value, text);
    }
    assert!(percent(2.0) < percent(10.0));
    for (error, text) in [
        ("soon".parse::<Percent>().unwrap_err(), "expected a percentage, found \"soon\""),
        ("".parse::<DataRate>().unwrap_err(), "expected a number of MB/s, found \"\""),
        (DataRate::try_from(f64::INFINITY).unwrap_err(), "expected a number of MB/s, found \"inf\""),
    ] {
        assert_eq!(error.to_string(), text);
    }
}

#[test]
fn errors_are_errors_that_can_be_kept_and_compared() {
    fn check<E: Error + Clone + PartialEq + Send + Sync + 'static>(error: &E) {
        let name = std::any::type_name::<E>();
        assert!(name.ends_with("Error"), "{name}");
        assert_eq!(*error, error.clone(), "{name}");
        let text = error.to_string();
        assert!(!text.ends_with('.') && !text.contains('\n'), "{name}: {text}");
    }
    let undecodable: DecodeError = decode(b"{\"a\":").unwrap_err();
    check(&undecodable);
    assert_ne!(undecodable, decode(b"{\"ab\":").unwrap_err());
    let not_clean: NotCleanError = decode(br#"{"Status":"failed"}"#).unwrap().into_strict().unwrap_err();
    check(&not_clean);
    check(&"x".parse::<Verdict>().unwrap_err());
    check(&"a]".parse::<Path>().unwrap_err());
    check(&"x".parse::<Percent>().unwrap_err());
    check(&SyncJob::try_from(Response::from(Fault::default())).unwrap_err());
    let policy = Policy::builder().clear_at(0).build().unwrap_err();
    check(&policy);
    check(&policy.defects()[0]);
    let request = DescribeSynchronizationJobStatus::new("").check().unwrap_err();
    check(&request);
    check(request.defect());
    check::<MetricsError>(&OwnFamily::gauge("", "").unwrap_err());
}

#[test]
fn what_a_person_reads_is_one_line() {
    let at = |seconds: i64| DateTime::from_timestamp(1_610_616_150 + seconds, 0).unwrap();
    let policy = Policy::default();
    let mut job = SyncJob::sample();
    job.job_id = Some("dts\nx".to_owned());
    job.delay = TimeDelta::try_seconds(61);
    job.error_message = Some("a\nb".to_owned());
    let healthy = assess(&SyncJob::sample(), &Context::at(at(0)), &policy);
    let lagging = assess(&job, &Context::at(at(0)), &policy);
    assert_eq!(healthy.to_string(), "dtsexjk1alb116****/Forward: Healthy");
    assert_eq!(
        lagging.to_string(),
        "dts x/Forward: Degraded: LAG_HIGH: The target lags the source by more than the warning threshold: Delay is 61 s."
    );
    let all = fleet([&healthy, &lagging]);
    assert_eq!(all.to_string(), "Degraded: 1 Degraded, 1 Healthy");
    assert_eq!(
        all.causes()[0].to_string(),
        lagging.to_string().replace("dts x", "dts\nx").replace("Degraded: ", "")
    );
    assert_eq!(fleet([]).to_string(), "Unknown: no jobs");
    let deadline = |exact| Deadline::new(DeadlineKind::ExpiresAt, at(0), exact).to_string();
    assert_eq!(deadline(true), "the subscription ends at 2021-01-14T09:22:30Z");
    assert_eq!(deadline(false), "the subscription ends at 2021-01-14T09:22:30Z (an estimate)");
    let evidence = vec![
        Evidence::new(Field::Status, Some("Failed".to_owned())),
        Evidence::new(Field::ErrorMessage, Some("DTS-1020042: a\nb".to_owned())),
    ];
    assert_eq!(evidence[1].to_string(), "ErrorMessage is DTS-1020042: a b");
    let finding = Finding::of(FindingCode::JobFailed, Severity::Critical, Scope::Forward, evidence);
    let line = finding.floored(Verdict::Failed).to_string();
    assert!(line.starts_with("JOB_FAILED (Critical): ") && !line.contains('\n'), "{line}");
    let quirk = Quirk::new(QuirkKind::ValueCase, Field::Status, 3, "failed");
    assert_eq!(quirk.to_string(), "value_case at Status (byte 3): \"failed\"");
}

#[test]
fn nothing_wrong_is_not_the_same_as_not_judged() {
    let at = |seconds: i64| DateTime::from_timestamp(1_610_616_150 + seconds, 0).unwrap();
    let policy = Policy::default();
    let first = assess(&SyncJob::sample(), &Context::at(at(0)), &policy);
    let mut later = SyncJob::sample();
    later.checkpoint = Some(at(54));
    let second = assess(&later, &Context::at(at(60)), &policy);
    assert_eq!(first.worst(Phase::Incremental), Some(Severity::Info));
    assert_eq!(first.worst(Phase::Trend), None);
    assert_eq!(compare(&first, second, &policy).worst(Phase::Trend), Some(Severity::Info));
    assert_eq!(first.worst(Phase::Aggregate), None);
    let both = two_way(Some(first), None, Topology::TwoWay);
    assert_eq!(both.worst(Phase::Aggregate), Some(Severity::Warning));
    assert!(both.finding(FindingCode::ReverseNotObserved).is_some());
    assert!(both.finding(FindingCode::LagHigh).is_none());

    let mut failed_call = SyncJob::sample();
    failed_call.success = Some(false);
    let failed = assess(&failed_call, &Context::at(at(0)), &policy);
    assert_eq!(failed.worst(Phase::Envelope), Some(Severity::Warning));
    assert_eq!(failed.worst(Phase::Incremental), None);
    let mut little = SyncJob::sample();
    little.data_stage = None;
    let empty = assess(&little, &Context::at(at(0)), &policy);
    assert_eq!((empty.worst(Phase::Job), empty.worst(Phase::Full)), (Some(Severity::Info), None));
}

#[test]
fn responses_are_taken_apart_and_made() {
    let mut fault = Fault::default();
    fault.code = Some("Throttling.User".to_owned());
    let body = encode(&fault, Format::Json);
    assert_eq!(body, encode(&Response::from(fault.clone()), Format::Json));
    let decoded = decode(&body).unwrap();
    assert_eq!(decoded.fault(), Some(&fault));
    assert_eq!(decoded.clone().into_job(), None);
    assert_eq!(decoded.response.into_fault(), Some(fault));

    let job = SyncJob::sample();
    let mut written = Vec::new();
    encode_to(&job, Format::Xml, &mut written).unwrap();
    assert_eq!(written, encode(&Response::from(job.clone()), Format::Xml));
    assert_eq!(decode(&written).unwrap().into_job(), Some(job.clone()));
    assert_eq!(SyncJob::try_from(Response::from(job.clone())), Ok(job));
    let page = Response::from(Page::new(Operation::DescribeDtsJobs));
    assert_eq!(page.clone().into_page(), Some(Page::new(Operation::DescribeDtsJobs)));
    let error = SyncJob::try_from(page.clone()).unwrap_err();
    assert_eq!(error.to_string(), "expected a job, found a page of jobs");
    assert_eq!(error.into_response(), page);
    let error = Fault::try_from(page).unwrap_err();
    assert_eq!(error.to_string(), "expected an error document of the gateway, found a page of jobs");
    let error = Page::try_from(Response::from(SyncJob::sample())).unwrap_err();
    assert_eq!(error.to_string(), "expected a page of jobs, found a job");
    assert_eq!((Format::Xml.parameter(), Format::Json.parameter()), ("XML", "JSON"));
    assert_eq!(Format::Json.content_type(), "application/json; charset=utf-8");
}

#[test]
fn a_bad_query_is_refused() {
    let read = DescribeSynchronizationJobStatus::from_query;
    for query in [
        "SynchronizationJobId=%",
        "SynchronizationJobId=%4",
        "SynchronizationJobId=%zz",
        "SynchronizationJobId=%ff",
    ] {
        let error = read(query).unwrap_err();
        assert_eq!(
            (error.parameter(), error.defect()),
            ("SynchronizationJobId", &ParameterError::BadEncoding)
        );
    }
    let operation = Operation::DescribeSynchronizationJobStatus;
    assert_eq!(*read("a=b").unwrap_err().defect(), ParameterError::NotOfOperation { operation });
    assert_eq!(*read("").unwrap_err().defect(), ParameterError::Absent);
    let request = read("/?SynchronizationJobId=a+b%2B&Version=2018-08-01&Signature=x%3D#y").unwrap();
    assert_eq!((request.job_id.as_str(), &*request.version), ("a b+", "2018-08-01"));
}

proptest! {
    #[test]
    fn a_query_reads_back(job_id in ".*", region in prop::option::of(".*"), token in prop::option::of(".*"), version in "[0-9-]{1,10}") {
        let request = DescribeSynchronizationJobStatus::new(job_id)
            .region_id(region)
            .client_token(token.as_deref())
            .direction(Direction::Reverse)
            .version(version);
        prop_assert_eq!(DescribeSynchronizationJobStatus::from_query(&request.query()).unwrap(), request);
    }

    #[test]
    fn numbers_read_back(value in prop::num::f64::NORMAL) {
        check_text(&Percent::try_from(value).unwrap());
        check_text(&DataRate::try_from(value).unwrap());
    }
}
