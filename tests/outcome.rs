//! What a decode hands to judging: losses with the value kept, the HTTP status, why there is no response.

mod support;

use aliyun_dts_status::model::{Loss, Outcome};
use aliyun_dts_status::{Decoded, Decoder, ErrorKind, Limits, decode};

use self::support::{decoded, document};

/// Path, value kept (`-` for none), text lost.
fn losses(decoded: &Decoded) -> Vec<String> {
    let show = |loss: &Loss| format!("{}: {}, {}", loss.path, loss.kept.as_deref().unwrap_or("-"), loss.lost);
    decoded.losses().iter().map(show).collect()
}

#[rustfmt::skip]
const LOSSES: &[(&str, &[&str])] = &[
    (r#"{"Status": "Failed", "Delay": "5", "Other": "x"}"#, &[]),
    (r#"{"Status": "Failed", "Status": "Synchronizing"}"#, &["Status: Failed, Synchronizing"]),
    (r#"{"Success": "failed", "Status": "Failed"}"#, &["Success: -, failed"]),
    (r#"{"Success": true, "Success": false}"#, &["Success: true, false"]),
    (r#"{"Delay": "2 h", "DelayMillis": 0}"#, &["Delay: -, 2 h"]),
    (r#"{"Delay": "x", "Delay": "5", "Delay": "6"}"#, &["Delay: 5, x", "Delay: 5, 6"]),
    (r#"{"ExpireTime": "soon", "Checkpoint": {"a": 1}}"#, &["ExpireTime: -, soon", r#"Checkpoint: -, {"a": 1}"#]),
    (r#"{"Status": "Failed", "DataSynchronizationStatus": "Failed"}"#, &["DataSynchronizationStatus: -, Failed"]),
    (r#"{"DataSynchronizationStatus": {"Status": "Migrating", "Delay": "0"}, "DataSynchronizationStatus": {"Status": "Failed"}}"#,
        &[r#"DataSynchronizationStatus: {"Status":"Migrating","Delay":"0"}, {"Status": "Failed"}"#]),
    (r#"{"PrecheckStatus": {"Detail": [{"ItemName": "CHECK_SRC"}, {"CheckStatus": "Success", "CheckStatus": "Failed"}]}}"#,
        &["PrecheckStatus.Detail[1].CheckStatus: Success, Failed"]),
    (r#"{"PrecheckStatus": {"Detail": ["x", {"ItemName": "CHECK_SRC"}]}}"#, &["PrecheckStatus.Detail[0]: -, x"]),
    (r#"{"SynchronizationObjects": [{"TableIncludes": [{"TableName": "a"}]}], "SynchronizationObjects": [{"SchemaName": "b"}]}"#,
        &[r#"SynchronizationObjects: [{"TableIncludes":[{"TableName":"a"}]}], [{"SchemaName": "b"}]"#]),
    (r#"{"SynchronizationObjects": [{"TableIncludes": [{"TableName": "a", "TableName": "b"}]}]}"#,
        &["SynchronizationObjects[0].TableIncludes[0].TableName: a, b"]),
    // A rounded number is in the model.
    (r#"{"Performance": {"RPS": "0.300000000000000041"}}"#, &[]),
    (r#"{"Performance": {"RPS": "1e-400"}}"#, &["Performance.RPS: -, 1e-400"]),
    // A name that counts only without the value under its own name.
    (r#"{"Status": "Failed", "ErrMessage": "x", "Message": "y"}"#, &["ErrMessage: x, y"]),
    (r#"{"Status": "Failed", "Message": "y", "ErrMessage": "x"}"#, &["ErrMessage: x, y"]),
    (r#"{"Status": "Failed", "Message": "y", "ErrMessage": 5}"#, &["ErrMessage: 5, y"]),
    (r#"{"Status": "Failed", "Message": "y", "ErrMessage": true}"#, &["ErrMessage: true, y"]),
    (r#"{"Status": "Failed", "Message": "5", "ErrMessage": 5}"#, &[]),
    (r#"{"Status": "Failed", "Message": "y", "ErrMessage": ""}"#, &[]),
    // A failure that the response says too.
    (r#"{"Success": "false", "body": {"RequestId": "r", "Success": false, "Status": "Failed"}}"#, &[]),
    (r#"{"Success": "false", "body": {"RequestId": "r", "Success": true, "Status": "Failed"}}"#, &["Success: true, false"]),
    // A second envelope or body.
    (r#"{"body": {"Status": "Synchronizing"}, "body": {"Status": "Failed"}}"#, &[r#": -, {"Status": "Failed"}"#]),
    (r#"{"Status": "Synchronizing", "body": {"Status": "Failed"}}"#, &[r#": -, {"Status": "Failed"}"#]),
    (r#"{"Status": "Synchronizing", "body": "{\"Status\": \"Failed\"}"}"#, &[r#": -, {"Status": "Failed"}"#]),
    // An error document.
    (r#"{"Code": "a", "Message": "m", "Code": "b"}"#, &["Code: a, b"]),
    (r#"{"Code": "a", "AccessDeniedDetail": {"A": "x", "A": "y"}}"#, &["AccessDeniedDetail.A: x, y"]),
    (r#"{"Code": "a", "AccessDeniedDetail": {"A": "x"}, "AccessDeniedDetail": {"B": "y"}}"#,
        &[r#"AccessDeniedDetail: {"A":"x"}, {"B": "y"}"#]),
];

#[test]
fn losses_have_the_value_kept_and_the_text_lost() {
    for (body, expected) in LOSSES {
        assert_eq!(losses(&decoded(body)), *expected, "{body}");
    }
    let body = document(
        "<Status>Synchronizing</Status>x<DataSynchronizationStatus>Failed</DataSynchronizationStatus>",
    );
    assert_eq!(losses(&decoded(body)), [": -, x", "DataSynchronizationStatus: -, Failed"]);
    let body = "<Status>Synchronizing</Status><DescribeSynchronizationJobStatusResponse><Status>Failed</Status></DescribeSynchronizationJobStatusResponse>";
    assert_eq!(losses(&decoded(document(body))), [": -, <Status>Failed</Status>"]);
}

/// A value that is kept is cut like one that is lost.
#[test]
fn a_long_value_kept_is_cut() {
    let items: String = (0..50).map(|item| format!("{{\"SchemaName\":\"schema-{item}\"}},")).collect();
    let body = format!(
        r#"{{"SynchronizationObjects": [{items}{{"SchemaName":"last"}}], "SynchronizationObjects": [{{"SchemaName": "a"}}]}}"#
    );
    let losses = decoded(&body).losses();
    let kept = losses[0].kept.as_deref().unwrap();
    assert!(kept.starts_with(r#"[{"SchemaName":"schema-0"},{"#) && kept.len() == 128, "{kept}");
}

#[test]
fn losses_beyond_the_limit_are_counted() {
    let body = r#"{"Status": "Failed", "Status": "Finished", "Status": "failed", "Delay": "x", "Other": 1, "TaskId": " t"}"#;
    for (most, kept, omitted) in [(0, 0, 2), (1, 1, 1), (2, 1, 1), (3, 2, 0), (9, 2, 0)] {
        let mut limits = Limits::default();
        limits.quirks = most;
        let decoded = Decoder::new().limits(limits).decode(body.as_bytes()).unwrap();
        let outcome = Outcome::from(&decoded);
        assert_eq!((outcome.losses.len(), outcome.losses_omitted), (kept, omitted), "{most}");
        assert_eq!(Outcome::from(decoded.clone()), outcome);
        let json = serde_json::to_string(&decoded).unwrap();
        assert_eq!(serde_json::from_str::<Decoded>(&json).unwrap(), decoded);
        assert_eq!(json.contains("quirks_omitted"), decoded.quirks_omitted > 0, "{json}");
    }
}

#[test]
fn the_http_status_is_the_highest_of_all_in_the_body() {
    for (body, status) in [
        (r#"{"Status": "Failed"}"#, None),
        (r#"{"Status": "Failed", "HttpStatusCode": 500}"#, Some(500)),
        (r#"{"SynchronizationJobId": "a", "HttpStatusCode": "503"}"#, Some(503)),
        (r#"{"Status": "Failed", "HttpStatusCode": "-1"}"#, None),
        (r#"{"Status": "Failed", "HttpStatusCode": 99999999}"#, None),
        (r#"{"body": {"Status": "Failed"}, "statusCode": 503}"#, Some(503)),
        (r#"{"body": {"Status": "Failed", "HttpStatusCode": 200}, "status_code": "503"}"#, Some(503)),
        (r#"{"body": "{\"Status\": \"Failed\", \"HttpStatusCode\": 500}", "statusCode": 200}"#, Some(500)),
        (r#"{"body": {"Status": "Failed"}, "statusCode": 200, "statusCode": 503}"#, Some(503)),
        (r#"{"body": {"Status": "Failed"}, "HttpStatusCode": 503}"#, Some(503)),
        (r#"{"RequestId": "r", "statusCode": 503, "headers": {}}"#, Some(503)),
        (r#"{"Code": "c", "Message": "m", "HttpStatusCode": 403}"#, Some(403)),
        ("HTTP/1.1 200 OK\n\n{\"Status\": \"Failed\"}", Some(200)),
        ("HTTP/1.1 100 Continue\n\nHTTP/1.1 503 Service Unavailable\n\n{\"Status\": \"Failed\"}", Some(503)),
        ("HTTP/1.1 200 OK\n\n{\"Status\": \"Failed\", \"HttpStatusCode\": 500}", Some(500)),
        ("HTTP/1.1 OK\n\n{\"Status\": \"Failed\"}", None),
        ("<Error><Code>c</Code><HttpStatusCode>400</HttpStatusCode></Error>", Some(400)),
    ] {
        assert_eq!(decoded(body).http_status, status, "{body}");
    }
}

#[test]
fn a_body_without_a_known_name_gives_way_to_another() {
    let decoded = decoded(r#"{"body": {"Syn": "x"}, "body": {"Status": "Failed"}, "body": {"Sd": "y"}}"#);
    assert_eq!(decoded.job().unwrap().status, Some("Failed".into()));
    assert_eq!(losses(&decoded), [r#": -, {"Syn": "x"}"#, r#": -, {"Sd": "y"}"#]);
}

/// No code and no message: the fields are those of a response.
#[test]
fn an_http_status_alone_does_not_make_an_error_document() {
    let decoded = decoded("<Error><HttpStatusCode>403</HttpStatusCode></Error>");
    assert_eq!(decoded.job().unwrap().http_status_code, Some(403));
    assert_eq!(decoded.http_status, Some(403));
}

#[test]
fn an_outcome_has_all_that_judging_needs() {
    let body = r#"{"body": {"Status": "Synchronizing", "Status": "Failed"}, "statusCode": 503}"#;
    let decoded = decoded(body);
    let outcome = Outcome::from(&decoded);
    assert_eq!(outcome.response.as_deref(), Some(&decoded.response));
    assert_eq!((outcome.http_status, outcome.losses.len(), outcome.losses_omitted), (Some(503), 1, 0));
    assert_eq!(outcome.failure, None);
    let owned: Outcome<'static> = Outcome::from(decoded.clone());
    assert_eq!(owned, outcome);
}

#[test]
fn an_outcome_of_an_error_says_why() {
    let error = decode(b"HTTP/1.1 502 Bad Gateway\r\n\r\n<html></html>").unwrap_err();
    assert_eq!(error.http_status(), Some(502));
    let outcome = Outcome::from(&error);
    assert_eq!((outcome.response, outcome.http_status), (None, Some(502)));
    let failure = outcome.failure.unwrap();
    assert_eq!((failure.kind, failure.message.as_str()), (ErrorKind::Html, "the body is a web page"));
    assert_eq!(failure.position, Some(error.position()));

    for body in [r#""<html></html>""#, r#""""#, "null", "{}", "[]", "[{}]", "true"] {
        let dump = format!(r#"{{"body": {body}, "statusCode": 504}}"#);
        assert_eq!(decode(dump.as_bytes()).unwrap_err().http_status(), Some(504), "{dump}");
    }
    let success = br#"{"RequestId": "r", "Success": true, "HttpStatusCode": 200, "Code": "200", "body": {}}"#;
    assert_eq!(decode(success).unwrap_err().http_status(), Some(200));
    let error = decode(br#"{"headers": {}, "statusCode": 504}"#).unwrap_err();
    assert_eq!(error.http_status(), Some(504));
    let error = decode(b"HTTP/1.1 429 Too Many\r\n\r\n\xFF").unwrap_err();
    assert_eq!(error.http_status(), Some(429));
    assert_eq!(decode(b"").unwrap_err().http_status(), None);
}

#[test]
fn only_what_another_call_may_mend_is_retryable() {
    let retryable: Vec<_> = ErrorKind::ALL.iter().filter(|kind| kind.is_retryable()).collect();
    assert_eq!(retryable, [&ErrorKind::Empty, &ErrorKind::Html, &ErrorKind::Truncated]);
    assert!(decode(b"{").unwrap_err().is_retryable());
    assert!(!decode(b"{]").unwrap_err().is_retryable());
}

/// Quirks inside the text of a dump point to its key.
#[test]
fn quirks_of_a_text_in_a_dump_are_at_its_key() {
    let body = r#"{"statusCode": 200, "body": "{\"Status\": \"failed\", \"Delay\": 1e3, \"Other\": \"x\"}"}"#;
    let decoded = decoded(body);
    let seen: Vec<_> = decoded.quirks.iter().map(|quirk| (quirk.offset, quirk.found.as_str())).collect();
    assert_eq!(seen, [(1, "200"), (20, "body"), (20, "failed"), (20, "1e3"), (20, "x")]);
    let error = decode(br#"{"statusCode": 200, "body": "{\"Status\": "}"#).unwrap_err();
    assert_eq!((error.kind(), error.position().offset), (ErrorKind::Truncated, 20));
}

/// Offsets count from the start of a capture, also where the spelling of a number is read again.
#[test]
fn offsets_count_from_the_start_of_a_capture() {
    let head = "HTTP/1.1 200 OK\r\nX: \"1\"\r\n\r\n";
    let body = r#"{"Delay": 1e3, "St\u0061tus": "failed"}"#;
    let with_head = decoded(format!("{head}{body}"));
    let without = decoded(body);
    assert_eq!(with_head.response, without.response);
    let moved: Vec<_> =
        without.quirks.iter().map(|quirk| (quirk.offset + head.len(), &quirk.found)).collect();
    let seen: Vec<_> = with_head.quirks.iter().skip(1).map(|quirk| (quirk.offset, &quirk.found)).collect();
    assert_eq!(seen, moved);
    let error = decode(format!("{head}{{]").as_bytes()).unwrap_err();
    assert_eq!((error.position().line, error.position().offset), (4, head.len() + 1));
}

/// The crate's own JSON is never half read.
#[test]
fn the_json_of_the_model_and_of_an_assessment_is_refused_by_name() {
    use aliyun_dts_status::SyncJob;
    use aliyun_dts_status::health::{Context, Policy, assess};
    let job = SyncJob::sample();
    let now = job.checkpoint.unwrap();
    let assessment = assess(&job, &Context::at(now), &Policy::default());
    for json in [serde_json::to_vec(&job).unwrap(), serde_json::to_vec(&assessment).unwrap()] {
        let error = decode(&json).expect_err("its own JSON");
        assert_eq!(error.kind(), ErrorKind::OwnModel, "{error}");
    }
    let dump = format!(r#"{{"body": {}}}"#, serde_json::to_string(&job).unwrap());
    assert_eq!(decode(dump.as_bytes()).unwrap_err().kind(), ErrorKind::OwnModel);
}

/// Each root key of that JSON is a spelling of a field, or enough to refuse a body.
#[test]
fn every_key_of_the_own_json_is_known() {
    use aliyun_dts_status::health::{Context, Policy, assess};
    use aliyun_dts_status::model::Direction;
    use aliyun_dts_status::{Field, SyncJob};
    let mut job = SyncJob::sample();
    job.err_code = Some("a".into());
    job.err_message = Some("a".into());
    job.code = Some("a".into());
    job.dynamic_code = Some("a".into());
    job.dynamic_message = Some("a".into());
    job.http_status_code = Some(200);
    job.direction = Some(Direction::Forward);
    job.expire_time = job.checkpoint;
    job.error_message = Some("a".into());
    let assessment = assess(&job, &Context::at(job.checkpoint.unwrap()), &Policy::default());
    let mut refused = 0;
    for json in [serde_json::to_value(&job).unwrap(), serde_json::to_value(&assessment).unwrap()] {
        for key in json.as_object().unwrap().keys() {
            let body = format!(r#"{{"SynchronizationJobId": "a", "Status": "Failed", "{key}": null}}"#);
            // `Precheck` is a field of another operation.
            let is_field = key != "precheck"
                && Field::ALL.iter().any(|field| field.as_str().eq_ignore_ascii_case(&key.replace('_', "")));
            match decode(body.as_bytes()) {
                Ok(_) => assert!(is_field, "{key}"),
                Err(error) => {
                    assert_eq!(error.kind(), ErrorKind::OwnModel, "{key}");
                    assert!(!is_field, "{key}");
                    refused += 1;
                }
            }
        }
    }
    assert!(refused > 15, "{refused}");
}
