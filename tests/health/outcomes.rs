//! The outcomes of polls: failed calls, other jobs, undecodable bodies, lost values.

use aliyun_dts_status::health::catalog::ApiErrorClass;
use aliyun_dts_status::health::{
    Assessment, Context, FindingCode, Phase, Policy, Severity, Tracker, Verdict, assess_outcome,
};
use aliyun_dts_status::model::{JobStatus, Loss, Outcome, PayType, StageStatus};
use aliyun_dts_status::{Fault, Field, Operation, Path, Response, Segment, SyncJob, decode};

use crate::builders::{at, codes, job, secs, stage};

const ID: &str = "dtsexjk1alb116wxyz";

fn judge(outcome: &Outcome<'_>) -> Assessment {
    judge_in(outcome, &Context::at(at(0)))
}

fn judge_in(outcome: &Outcome<'_>, context: &Context) -> Assessment {
    assess_outcome(outcome, context, &Policy::default())
}

/// The documented sample with ids that are not masked, and with a change.
fn response(change: impl FnOnce(&mut SyncJob)) -> Response {
    Response::from(job("Synchronizing", |job| {
        job.job_id = Some(ID.into());
        job.task_id = Some("exjk1alb116wxyz".into());
        change(job);
    }))
}

fn subject(assessment: &Assessment, code: FindingCode) -> Option<&str> {
    assessment.findings().iter().find(|finding| finding.code == code)?.subject.as_deref()
}

#[test]
fn a_call_fails_by_success_status_or_code() {
    type Change = fn(&mut SyncJob);
    let nothing: Change = |_| {};
    let of_code: Change = |job| {
        *job = SyncJob::default();
        job.code = Some("Throttling.User".into());
    };
    let of_code_and_precheck: Change = |job| {
        let precheck = job.precheck.take();
        *job = SyncJob::default();
        (job.precheck, job.code) = (precheck, Some("Throttling.User".into()));
    };
    for (name, change, context, body, class) in [
        ("Success false", (|job| job.success = Some(false)) as Change, None, None, ApiErrorClass::Other),
        ("the context's status", nothing, Some(503), None, ApiErrorClass::Unavailable),
        ("the body's status", nothing, None, Some(429), ApiErrorClass::Throttled),
        ("HttpStatusCode", |job| job.http_status_code = Some(500), None, None, ApiErrorClass::Unavailable),
        (
            "the worst status",
            |job| job.http_status_code = Some(200),
            Some(403),
            Some(400),
            ApiErrorClass::Refused,
        ),
        (
            "a status that HTTP does not have",
            |job| job.http_status_code = Some(70_000),
            None,
            None,
            ApiErrorClass::Other,
        ),
        ("a code alone", of_code, None, None, ApiErrorClass::Throttled),
        ("a code and a precheck", of_code_and_precheck, None, None, ApiErrorClass::Throttled),
    ] {
        let response = response(change);
        let context = Context::at(at(0)).http_status(context);
        let assessment = judge_in(&Outcome::response(&response).http_status(body), &context);
        assert_eq!(assessment.reason(), Some(FindingCode::ApiCallFailed), "{name}");
        assert_eq!(assessment.verdict(), Verdict::Unknown, "{name}");
        assert_eq!(subject(&assessment, FindingCode::ApiCallFailed), Some(class.as_str()), "{name}");
        assert_eq!(assessment.findings()[0].remedy, class.remedy(), "{name}");
        assert_eq!(assessment.lag(), None, "{name}");
    }
    for (name, change) in [
        ("status 399", (|job| job.http_status_code = Some(399)) as Change),
        ("code OK", |job| job.code = Some("ok".into())),
        ("code 200", |job| job.err_code = Some("200".into())),
    ] {
        assert_eq!(judge(&Outcome::response(response(change))).verdict(), Verdict::Healthy, "{name}");
    }
    let with_status = judge(&Outcome::response(response(|job| job.code = Some("Forbidden".into()))));
    assert_eq!(codes(&with_status), ["API_ERROR_WITH_SUCCESS"]);
    assert_eq!(with_status.exit_code(), 1);
}

#[test]
fn a_failed_call_keeps_the_name_of_its_job() {
    let context = Context::at(at(0)).job_id(ID.to_owned());
    let mut fault = Fault::default();
    fault.code = Some("InternalError".into());
    let error = decode(b"").unwrap_err();
    for outcome in [
        Outcome::response(Response::Fault(fault)),
        Outcome::from(&error),
        Outcome::no_answer(),
        Outcome::response(Response::from(SyncJob::default())),
    ] {
        let assessment = judge_in(&outcome, &context);
        assert_eq!((assessment.job_id(), assessment.verdict()), (Some(ID), Verdict::Unknown));
        assert_eq!(judge(&outcome).job_id(), None);
    }
}

#[test]
fn a_body_that_cannot_be_decoded_has_the_remedy_of_its_kind() {
    let again =
        "Poll again; if it remains, look at what sends the answer, such as a proxy, and at the request.";
    let place = "Look at the answer at this place, and at what wrote it, such as the poller or a proxy.";
    let text = "Read the answer: an error text, such as that of the vendor's command line, names its cause.";
    let operation = "Check which operation the request calls, and read the answer as that one.";
    let own = "Pass the body that the API sent, not what this crate made of it.";
    for (body, remedy) in [
        ("", again),
        (r#"{"Status":"Fai"#, again),
        ("<html>", again),
        ("ERROR: SDK.ServerError\nErrorCode: Forbidden.RAM\nMessage: no", text),
        ("connection refused", text),
        (r#"{"Status":x}"#, place),
        (r#"{"Orchard":1}"#, place),
        (r#"{"DtsJobList":[{"DtsJobId":"q7"}]}"#, operation),
        (r#"{"job_id":"q7","status":"Failed","tags":{}}"#, own),
    ] {
        let assessment = judge(&Outcome::from(&decode(body.as_bytes()).unwrap_err()));
        assert_eq!(assessment.findings()[0].remedy, remedy, "{body}");
    }
}

#[test]
fn an_answer_about_another_job_says_nothing() {
    type Change = fn(&mut SyncJob);
    let unmasked: Change = |_| {};
    for (name, asked, change, matches) in [
        ("the same id", ID, unmasked, true),
        ("the task", "exjk1alb116wxyz", unmasked, true),
        ("blanks", " dtsexjk1alb116wxyz ", unmasked, true),
        ("another id", "dtsother", unmasked, false),
        ("a masked request", "dtsother****", unmasked, true),
        (
            "masked ids",
            "dtsother",
            |job| {
                (job.job_id, job.task_id) = (Some("dtsexjk****".into()), Some("exjk****".into()));
            },
            true,
        ),
        ("a masked id with a known task", "dtsother", |job| job.job_id = Some("dtsexjk****".into()), true),
        ("the id of a known task", ID, |job| job.job_id = None, true),
        ("another task alone", "dtsother", |job| job.job_id = None, false),
        ("a name alone", "dtsother", |job| (job.job_id, job.task_id) = (None, None), true),
        ("a masked task", "dtsother", |job| job.task_id = Some("exjk****".into()), false),
    ] {
        let response = response(change);
        let assessment =
            judge_in(&Outcome::response(&response), &Context::at(at(0)).job_id(asked.to_owned()));
        if matches {
            assert_eq!(assessment.verdict(), Verdict::Healthy, "{name}");
        } else {
            assert_eq!(codes(&assessment), ["JOB_MISMATCH"], "{name}");
            assert_eq!(assessment.verdict(), Verdict::Unknown, "{name}");
            assert_eq!(assessment.status(), Some(&JobStatus::Synchronizing), "{name}");
            assert_eq!(
                assessment.job_id(),
                Some(asked),
                "judged as the answer for the job that was asked for"
            );
            assert_eq!(assessment.lag(), None, "{name}");
        }
    }
}

#[test]
fn billing_is_judged_where_the_answer_has_any_of_it() {
    for (pay_type, expire_time, worst) in [
        (Some(PayType::PostPaid), None, Some(Severity::Info)),
        (None, Some(at(90 * 86_400)), Some(Severity::Info)),
        (None, None, None),
    ] {
        let response = response(|job| (job.pay_type, job.expire_time) = (pay_type.clone(), expire_time));
        assert_eq!(judge(&Outcome::response(&response)).worst(Phase::Billing), worst, "{pay_type:?}");
    }
}

#[test]
fn a_lag_or_a_stage_is_enough_to_judge_the_incremental_phase() {
    for (status, has_stage, is_judged) in
        [("Synchronizing", false, true), ("Finished", true, true), ("Finished", false, false)]
    {
        let response = response(|job| {
            job.status = Some(status.into());
            job.synchronization_stage = stage("Catched").filter(|_| has_stage);
        });
        let worst = judge(&Outcome::response(&response)).worst(Phase::Incremental);
        assert_eq!(worst.is_some(), is_judged, "{status}");
    }
}

#[test]
fn an_error_next_to_success_has_its_code_and_its_message() {
    let response = response(|job| {
        (job.err_code, job.err_message) = (Some("InternalError".into()), Some("not now".into()));
    });
    let assessment = judge(&Outcome::response(&response));
    let finding =
        assessment.findings().iter().find(|finding| finding.code == FindingCode::ApiErrorWithSuccess);
    assert_eq!(finding.unwrap().evidence.len(), 2);
}

/// Statuses and names that the answers of an operation never have are no evidence.
#[test]
fn what_an_answer_misses_depends_on_the_operation() {
    use Operation::{
        DescribeDtsJobDetail, DescribeSynchronizationJobStatus, DescribeSynchronizationJobStatusList,
        DescribeSynchronizationJobs,
    };
    let evidence = |response: Response, code| {
        let assessment = judge(&Outcome::response(response));
        assessment.findings().iter().find(|finding| finding.code == code).unwrap().evidence.len()
    };
    for (operation, statuses, names) in [
        (DescribeSynchronizationJobStatus, 5, 4),
        (DescribeSynchronizationJobs, 4, 3),
        (DescribeDtsJobDetail, 2, 4),
        (DescribeSynchronizationJobStatusList, 1, 1),
    ] {
        let mut empty = SyncJob::default();
        (empty.operation, empty.job_id) = (operation, Some(ID.into()));
        assert_eq!(evidence(empty.into(), FindingCode::ResponseEmpty), statuses, "{operation}");
        let nameless = response(|job| {
            (job.job_id, job.task_id, job.job_name, job.job_class) = (None, None, None, None);
            job.operation = operation;
        });
        assert_eq!(evidence(nameless, FindingCode::JobUnnamed), names, "{operation}");
    }
}

#[test]
fn an_answer_without_a_name_may_be_of_another_operation() {
    let nameless = |change: fn(&mut SyncJob)| {
        response(|job| {
            (job.job_id, job.task_id, job.job_name, job.job_class) = (None, None, None, None);
            change(job);
        })
    };
    let asked = Context::at(at(0)).job_id(ID.to_owned());
    for response in [nameless(|_| {}), nameless(|job| job.job_id = Some("  ".into()))] {
        let assessment = judge_in(&Outcome::response(&response), &asked);
        assert_eq!((codes(&assessment), assessment.exit_code()), (vec!["JOB_UNNAMED"], 3));
        // A model made by hand may take its name from the context.
        let job = response.job().unwrap();
        let model = aliyun_dts_status::health::assess(job, &asked, &Policy::default());
        assert_eq!(model.verdict(), Verdict::Healthy);
    }
    for named in [
        nameless(|job| job.job_name = Some("orders".into())),
        nameless(|job| job.job_class = Some("small".into())),
        nameless(|job| job.task_id = Some("exjk".into())),
    ] {
        assert_eq!(judge(&Outcome::response(&named)).verdict(), Verdict::Healthy);
    }
}

#[test]
fn a_lost_value_that_decides_makes_the_verdict_unknown() {
    let path = |fields: &[Field]| fields.iter().copied().map(Segment::Field).collect::<Path>();
    let stage = Field::DataSynchronizationStatus;
    for deciding in [
        &[][..],
        &[Field::Success],
        &[Field::ErrCode],
        &[Field::Code],
        &[Field::HttpStatusCode],
        &[Field::SynchronizationJobId],
        &[Field::TaskId],
        &[Field::SynchronizationDirection],
        &[Field::Status],
        &[Field::Delay],
        &[Field::DelayMillis],
        &[Field::Checkpoint],
        &[Field::ExpireTime],
        &[stage],
        &[stage, Field::Status],
        &[stage, Field::Delay],
        &[stage, Field::DelayMillis],
        &[stage, Field::Checkpoint],
        &[Field::StructureInitializationStatus],
        &[Field::StructureInitializationStatus, Field::Status],
        &[Field::DataInitializationStatus, Field::Status],
    ] {
        let response = response(|_| {});
        let mut outcome = Outcome::response(&response);
        outcome.losses = vec![Loss::new(path(deciding), None, "Failed")];
        let assessment = judge(&outcome);
        assert_eq!(codes(&assessment), ["DECIDING_VALUE_LOST"], "{deciding:?}");
        assert_eq!((assessment.verdict(), assessment.exit_code()), (Verdict::Unknown, 3), "{deciding:?}");
        assert_eq!(
            subject(&assessment, FindingCode::DecidingValueLost).unwrap_or_default(),
            path(deciding).to_string()
        );
    }
    for other in [&[Field::ErrorMessage][..], &[Field::Performance, Field::Rps], &[Field::PrecheckStatus]] {
        let response = response(|_| {});
        let mut outcome = Outcome::response(&response);
        outcome.losses = vec![Loss::new(path(other), None, "x"), Loss::new(path(other), None, "y")];
        let assessment = judge(&outcome);
        assert_eq!((codes(&assessment), assessment.exit_code()), (vec!["VALUES_LOST"], 0), "{other:?}");
    }
}

#[test]
fn at_most_three_losses_have_a_finding_and_the_rest_is_counted() {
    let response = response(|_| {});
    let mut outcome = Outcome::response(&response);
    outcome.losses = vec![Loss::new(Field::Delay, Some("0".into()), "2 h"); 5];
    outcome.losses_omitted = 7;
    let assessment = judge(&outcome);
    assert_eq!(codes(&assessment), ["DECIDING_VALUE_LOST"; 4]);
    let messages: Vec<_> = assessment.findings().iter().map(|finding| finding.message.as_str()).collect();
    assert!(messages.iter().any(|message| message.ends_with(": 9 more values.")), "{messages:?}");
    assert!(
        messages.iter().any(|message| message.ends_with("Delay is 0, the body has \"2 h\".")),
        "{messages:?}"
    );

    outcome.losses.clear();
    assert_eq!(codes(&judge(&outcome)), ["DECIDING_VALUE_LOST"], "losses of unknown fields may decide");
}

#[test]
fn a_stage_that_is_locked_or_unknown_is_not_healthy() {
    let with = |status: &'static str, stage: StageStatus| {
        judge(&Outcome::response(Response::from(job(status, |job| {
            job.synchronization_stage = crate::builders::stage("NotStarted");
            job.synchronization_stage.as_mut().unwrap().status = Some(stage.clone());
        }))))
    };
    let locked = with("Synchronizing", StageStatus::Locked);
    assert_eq!((locked.verdict(), locked.exit_code()), (Verdict::Failed, 2));
    let unknown = with("Synchronizing", StageStatus::from("Failed."));
    assert_eq!((unknown.verdict(), unknown.exit_code()), (Verdict::Unknown, 3));
    for at_rest in ["NotStarted", "Finished"] {
        assert_eq!(with(at_rest, StageStatus::Locked).severity().unwrap().as_str(), "Notice", "{at_rest}");
    }
    // A stage that is switched off counts as absent.
    let switched_off = judge(&Outcome::response(response(|job| {
        job.data_initialization = Some(false);
        job.data_stage.as_mut().unwrap().status = Some(StageStatus::Locked);
    })));
    assert_eq!(switched_off.verdict(), Verdict::Healthy);
}

#[test]
fn a_poll_in_the_future_is_judged_and_not_remembered() {
    let policy = Policy::default();
    let response = response(|_| {});
    let mut tracker = Tracker::new();
    let poll = |seconds| Context::at(at(seconds)).not_after(at(0));
    tracker.observe_outcome(&Outcome::response(&response), &poll(0), &policy);
    tracker.observe_outcome(&Outcome::response(&response), &poll(31), &policy);
    assert_eq!(tracker.latest(), Some(at(0)));
    tracker.observe_outcome(&Outcome::response(&response), &poll(30), &policy);
    assert_eq!(tracker.latest(), Some(at(0) + secs(30)));
}
