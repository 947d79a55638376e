use aliyun_dts_status::Decoder;

use super::*;

fn parse(text: &str) -> Record<'_> {
    Record::parse(text.as_bytes())
}

/// The body as text, or the message of the failure.
fn body(record: Record<'_>) -> Result<String, String> {
    match record.body {
        Ok(body) => Ok(String::from_utf8(body.into_owned()).unwrap()),
        Err(failure) => Err(failure.message),
    }
}

fn at(seconds: i64, nanos: u32) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(seconds, nanos)
}

#[test]
fn a_bare_body_is_unchanged() {
    for text in [
        "",
        "{}",
        r#"{"Status": "Synchronizing"}"#,
        // The dump of an SDK; the decoder knows it.
        r#"{"body": {"Status": "Failed"}, "statusCode": 200}"#,
        r#"{"headers": {}, "body": {"Status": "Failed"}, "statusCode": 200}"#,
        "<Response><Status>Failed</Status></Response>",
        r#"{"ErrorMessage": "no \"observed_at\" here"}"#,
        r#"{"Performance": {"observed_at": 1}}"#,
        r#"{"JobId": "a", "Direction": "Reverse", "Operation": "b", "Status": "Failed"}"#,
        // Cut off before anything is known.
        r#"{"observed_at": 16106161"#,
        "{observed_at: 1, \"body\": {}}",
        "\u{feff}{}",
    ] {
        let record = parse(text);
        assert_eq!(record, Record::bare(text.as_bytes()), "{text}");
    }
}

#[test]
fn a_record_contains_a_body() {
    for (text, expected) in [
        (r#"{"observed_at":1610616150,"body":{"a":"}\"{"}}"#, r#"{"a":"}\"{"}"#),
        (r#" { "body" : {"a": [1, {}]} , "observed_at" : 1610616150 } "#, r#"{"a": [1, {}]}"#),
        ("\u{feff}{\"observed_at\":1610616150,\"more\":[null],\"body\":{}}\r", "{}"),
        (r#"{"observed_at":1610616150,"body":"<Status>\u4e2d\"<\/Status>"}"#, "<Status>中\"</Status>"),
        (r#"{"observed_at":1610616150,"body":"{\"a\":1}"}"#, r#"{"a":1}"#),
        (r#"{"observed_at":1610616150,"body":null}"#, "null"),
        // The decoder refuses it.
        (r#"{"observed_at":1610616150,"body":[}}"#, "[}"),
    ] {
        let record = parse(text);
        assert_eq!(record.noted.observed_at, at(1_610_616_150, 0), "{text}");
        assert_eq!(body(record), Ok(expected.to_owned()), "{text}");
    }
}

#[test]
fn a_key_has_many_spellings() {
    let all = [
        &[
            "observed_at",
            "observedAt",
            "OBSERVED_AT",
            "ObservedAt",
            "observedat",
            "_observed__at_",
            "observed-at",
        ][..],
        &[r"observed\u005fat", r"\u006fbserved_at", r"\u004F\u0042servedAt"],
    ];
    for key in all.into_iter().flatten() {
        let text = format!(r#"{{"{key}": 1610616150, "Body": {{}}}}"#);
        assert_eq!(parse(&text).noted.observed_at, at(1_610_616_150, 0), "{key}");
    }
    let envelopes =
        ["DescribeSynchronizationJobStatusResponse", "describe_synchronization_job_status_response"];
    for key in ["body", "Body", "BODY", "_body", r"b\u006fdy", r"\u0042ody"].into_iter().chain(envelopes) {
        let text = format!(r#"{{"observed_at": 1610616150, "{key}": {{"a": 1}}}}"#);
        assert_eq!(body(parse(&text)), Ok(r#"{"a": 1}"#.to_owned()), "{key}");
    }
    for key in ["job_id", "jobId", "JobID", "JOB_ID", r"job\u005Fid"] {
        let text = format!(r#"{{"{key}": "a", "body": {{}}}}"#);
        assert_eq!(parse(&text).noted.job_id.as_deref(), Some("a"), "{key}");
    }
    for key in ["direction", "Direction", r"d\u0069rection"] {
        let text = format!(r#"{{"{key}": "reverse", "body": {{}}}}"#);
        assert_eq!(parse(&text).noted.direction, Some(Direction::Reverse), "{key}");
    }
    let of_the_wire = ["HttpStatusCode", "http_status_code", "status-code"];
    for key in ["http_status", "httpStatus", "HTTP_STATUS", "statusCode", "status_code", "StatusCode"]
        .into_iter()
        .chain(of_the_wire)
    {
        for value in ["503", "\"503\""] {
            let text = format!(r#"{{"observed_at": 1, "{key}": {value}, "body": {{}}}}"#);
            let record = parse(&text);
            assert_eq!((record.noted.http_status, record.noted.unknown.len()), (Some(503), 0), "{text}");
        }
    }
    let record = parse(r#"{"http_status": 503, "body": {}}"#);
    assert_eq!((record.noted.http_status, record.noted.observed_at), (Some(503), None));
}

#[test]
fn null_and_empty_members_are_absent() {
    let text = r#"{"observed_at":1,"job_id":"","direction":"","http_status":null,"operation":null,"host":null,"body":{}}"#;
    let expected =
        Record { noted: Noted { observed_at: at(1, 0), ..Noted::default() }, ..Record::bare(b"{}") };
    assert_eq!(parse(text), expected);
    let text = r#"{"observed_at":1,"job_id":null,"direction":null,"statusCode":null,"body":{}}"#;
    assert_eq!(parse(text), expected);
}

#[test]
fn times_are_rfc_3339_or_unix_seconds_or_milliseconds() {
    for (value, expected) in [
        ("1610616150", at(1_610_616_150, 0)),
        ("\"1610616150\"", at(1_610_616_150, 0)),
        ("1610616150.5", at(1_610_616_150, 500_000_000)),
        ("1610616150.1234567891", at(1_610_616_150, 123_456_789)),
        ("1610616150123", at(1_610_616_150, 123_000_000)),
        ("\"1610616150123\"", at(1_610_616_150, 123_000_000)),
        ("1610616150123.25", at(1_610_616_150, 123_250_000)),
        ("99999999999", at(99_999_999_999, 0)),
        ("100000000000", at(100_000_000, 0)),
        ("\"2021-01-14T09:22:30Z\"", at(1_610_616_150, 0)),
        ("\"2021-01-14t09:22:30z\"", at(1_610_616_150, 0)),
        ("\"2021-01-14T17:22:30.25+08:00\"", at(1_610_616_150, 250_000_000)),
        // No zone: not guessed.
        ("\"2021-01-14T09:22:30\"", None),
        ("\"2021-01-14 09:22:30\"", None),
        ("\"2021-01-14\"", None),
        ("\"\"", None),
        ("\"soon\"", None),
        ("true", None),
        ("1e9", None),
        ("-1", None),
        ("\"1.2.3\"", None),
        ("99999999999999999999", None),
        ("{}", None),
    ] {
        let text = format!(r#"{{"observed_at": {value}, "body": {{}}}}"#);
        let record = parse(&text);
        assert_eq!(record.noted.observed_at, expected, "{value}");
        let message =
            format!("observed_at is {value}, expected RFC 3339 with a zone, Unix seconds or milliseconds");
        let body_or_message = if expected.is_some() { Ok("{}".to_owned()) } else { Err(message) };
        assert_eq!(body(record), body_or_message, "{value}");
    }
}

#[test]
fn a_member_with_a_wrong_value_spoils_the_record() {
    for (member, message) in [
        (r#""job_id": 7"#, "job_id is 7, expected a text"),
        (r#""direction": "sideways""#, "direction is \"sideways\", expected Forward or Reverse"),
        (r#""direction": true"#, "direction is true, expected Forward or Reverse"),
        (r#""http_status": 0"#, "http_status is 0, expected a status of HTTP, from 100 to 599"),
        (r#""statusCode": "OK""#, "statusCode is \"OK\", expected a status of HTTP, from 100 to 599"),
        (r#""operation": []"#, "operation is [], expected a text"),
    ] {
        let text = format!(r#"{{"observed_at": 1, {member}, "body": {{}}}}"#);
        let record = parse(&text);
        assert_eq!(record.noted.observed_at, at(1, 0), "{text}");
        assert_eq!(body(record), Err(message.to_owned()), "{text}");
    }
}

#[test]
fn a_repeated_member_spoils_the_record() {
    let whole =
        r#""observed_at": 1, "job_id": "a", "direction": "Forward", "http_status": 200, "body": {"b": 1}"#;
    for (member, name) in [
        (r#""body": {"a": 1}"#, "body"),
        (r#""BODY": null"#, "body"),
        (r#""b\u006fdy": {"b": 1}"#, "body"),
        (r#""DescribeSynchronizationJobStatusResponse": {"a": 1}"#, "body"),
        (r#""job_id": "b""#, "job_id"),
        (r#""jobId": null"#, "job_id"),
        (r#""observedAt": 2"#, "observed_at"),
        (r#""Direction": "Reverse""#, "direction"),
        (r#""http_status": 503"#, "http_status"),
        (r#""statusCode": 503"#, "http_status"),
    ] {
        for text in [format!("{{{member}, {whole}}}"), format!("{{{whole}, {member}}}")] {
            let record = parse(&text);
            assert_eq!(record.noted.observed_at.is_some(), name != "observed_at", "{text}");
            assert_eq!(record.noted.job_id.is_some(), name != "job_id", "{text}");
            assert_eq!(body(record), Err(format!("the record has {name} twice")), "{text}");
        }
    }
}

#[test]
fn a_record_that_is_not_json_keeps_its_time_and_job() {
    for text in [
        r#"{"observed_at": 1, "job_id": "a", "body": {"Status": "Fai"#,
        r#"{"observed_at": 1, "job_id": "a", "body": {}"#,
        r#"{"observed_at": 1, "job_id": "a", "body": {}} {}"#,
        r#"{"observed_at": 1, "job_id": "a", "body": {},}"#,
        r#"{"observed_at": 1, "job_id": "a" "body": {}}"#,
        r#"{"observed_at": 1, "job_id": "a", "note": [}}, "body": {}}"#,
        r#"{"observed_at": 1, "job_id": "a", "note": {]], "body": {}}"#,
        r#"{"observed_at": 1, "job_id": "a", "headers": nil, "body": {}}"#,
        r#"{"observed_at": 1, "job_id": "a", 'body': {}}"#,
        "{\"observed_at\": 1,\u{c}\"job_id\": \"a\", \"body\": {}}",
    ] {
        let record = parse(text);
        assert_eq!(record.noted.observed_at, at(1, 0), "{text}");
        assert_eq!(record.noted.job_id.is_some(), !text.contains('\u{c}'), "{text}");
        let failure = record.body.unwrap_err();
        assert_eq!(failure.kind, ErrorKind::Syntax, "{text}: {failure:?}");
        assert!(failure.message.starts_with("the record is not JSON: "), "{text}: {failure:?}");
        assert!(failure.position.is_some(), "{text}");
    }
    assert_eq!(body(parse(r#"{"observed_at":1}"#)), Err("the record has no body".to_owned()));
    assert_eq!(
        body(parse(r#"{"observed_at":1,"body":"\q"}"#)),
        Err("the body of the record is not a valid JSON string".to_owned())
    );
}

#[test]
fn unknown_members_are_named() {
    let text = r#"{"observed_at":1,"host":"x","none":null,"R\u00e9gion":[1],"headers":{"a":1},"body":{}}"#;
    assert_eq!(parse(text).noted.unknown, ["host", "Région"]);
    // They do not make a record of a dump: the decoder reads them, since they may contradict the body.
    let text = r#"{"time":1,"body":{},"note":"x"}"#;
    assert_eq!(parse(text).noted.unknown, ["time", "note"]);
    assert_eq!(body(parse(text)), Ok(text.to_owned()));
    // A name of a response shows that it is one, or the envelope of one.
    for text in [
        r#"{"time":1,"body":{},"Status":"Failed"}"#,
        r#"{"SynchronizationJobId":"a","Status":"Failed","HttpStatusCode":200,"body":{"a":1}}"#,
        r#"{"RequestId":"a","Success":true,"http_status_code":503,"body":{"Status":"Failed"}}"#,
        r#"{"DtsJobId":"a","Status":"Failed","body":"a text"}"#,
    ] {
        assert_eq!(parse(text), Record::bare(text.as_bytes()), "{text}");
    }
}

#[test]
fn a_record_names_the_operation_of_its_body() {
    for (name, operation) in [
        ("", None),
        (" describesynchronizationjobstatus ", Some(Operation::DescribeSynchronizationJobStatus)),
        ("DescribeDtsJobs", Some(Operation::DescribeDtsJobs)),
    ] {
        let text = format!(r#"{{"observed_at":1,"operation":"{name}","body":{{}}}}"#);
        let record = parse(&text);
        assert_eq!(record.operation, operation, "{name:?}");
        assert_eq!(body(record), Ok("{}".to_owned()), "{name:?}");
    }
    let record = parse(r#"{"observed_at":1,"job_id":"a","operation":"DescribePreCheckStatus","body":{}}"#);
    assert_eq!((record.noted.observed_at, record.noted.job_id.as_deref()), (at(1, 0), Some("a")));
    let failure = record.body.unwrap_err();
    assert_eq!(failure.kind, ErrorKind::OtherOperation);
    assert_eq!(
        failure.message,
        "the record is of an operation whose answers are not read: DescribePreCheckStatus"
    );
}

#[test]
fn a_record_may_be_utf_16_with_a_mark() {
    let text = r#"{"observed_at":1610616150,"job_id":"任务","body":{"a":"😀"}}"#;
    let units: Vec<u16> = std::iter::once(0xfeff).chain(text.encode_utf16()).collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    // A line of a file is cut at the byte of the line break.
    for content in [little.clone(), big.clone(), [&*big, &[0]].concat()] {
        let record = Record::parse(&content);
        assert_eq!(record.noted.observed_at, at(1_610_616_150, 0));
        assert_eq!(record.noted.job_id.as_deref(), Some("任务"));
        assert_eq!(body(record), Ok(r#"{"a":"😀"}"#.to_owned()));
    }
    // Not UTF-16 after all: the decoder refuses it.
    for content in [&little[..little.len() - 1], &[0xff, 0xfe, 0, 0xd8][..], &[0xff, 0xfe, 0, 0]] {
        assert_eq!(Record::parse(content).body, Ok(content.into()));
    }
}

/// What a body is decoded to does not depend on whether it was looked into before.
#[test]
fn a_record_is_the_same_without_a_look_into_its_body() {
    let decoder = Decoder::new();
    let same = |content: &[u8]| {
        let strict = Capture::of_record(Record::parse(content), &decoder);
        let text = |capture: &Capture| format!("{:?} {:?}", capture.noted, capture.decoded);
        let content = String::from_utf8_lossy(content);
        assert_eq!(text(&Capture::of(content.as_bytes(), &decoder)), text(&strict), "{content}");
        strict.decoded.is_ok()
    };
    let body = r#"{"SynchronizationJobId":"a\"}","Status":"Failed"}"#;
    let mut read = 0;
    for record in [
        format!(r#"{{"observed_at":1,"body":{body}}}"#),
        format!(r#" {{"observed_at":1,"job_id":"b","body": {body} }} "#),
        format!(r#"{{"body":{body},"observed_at":1}}"#),
        format!(r#"{{"observed_at":1,"body":{body},"job_id":"b"}}"#),
        format!(r#"{{"observed_at":1,"body":{body},"note":{{}}}}"#),
        format!(r#"{{"observed_at":1,"body":{body},"body":{body}}}"#),
        format!(r#"{{"observed_at":1,"body":{body},"observed_at":2}}"#),
        format!(r#"{{"observed_at":1,"DescribeSynchronizationJobStatusResponse":{body}}}"#),
        format!(r#"{{"observed_at":1,"body":{{"body":{body}}}}}"#),
    ] {
        read += usize::from(same(record.as_bytes()));
        for index in 0..record.len() {
            same(&record.as_bytes()[..index]);
            for character in ["{", "}", "\"", ",", ":", "\\", " ", "1"] {
                let (before, after) = record.split_at(index);
                same(format!("{before}{character}{after}").as_bytes());
                read += usize::from(same(format!("{before}{character}{}", &after[1..]).as_bytes()));
            }
        }
    }
    assert!(read > 300, "{read}");
}

#[test]
fn a_damaged_record_is_read_only_where_it_is_still_json() {
    let text = br#"{"observed_at": 1610616150, "job_id": "a\"b", "note": [1, {"c": null}], "body": {"d": ["}", 2]}}"#;
    let mut damaged = Vec::new();
    for index in 0..text.len() {
        damaged.push(text[..index].to_vec());
        for byte in *b"{}[]\",:\\_ a1\n\x00\xff" {
            let mut changed = text.to_vec();
            changed[index] = byte;
            damaged.push(changed.clone());
            changed.insert(index, text[index]);
            damaged.push(changed);
        }
    }
    let mut read = 0;
    for content in damaged {
        let record = Record::parse(&content);
        let Ok(body) = &record.body else { continue };
        if **body == *content || serde_json::from_slice::<serde_json::Value>(body).is_err() {
            continue;
        }
        read += 1;
        let whole: Result<serde_json::Value, _> = serde_json::from_slice(&content);
        assert!(whole.is_ok(), "{}", String::from_utf8_lossy(&content));
    }
    assert!(read > 100, "{read}");
}
