//! A body that says two things of one field is never the answer of a healthy job.

use aliyun_dts_status::decode;
use aliyun_dts_status::health::{Context, Policy, Verdict, assess_outcome};
use aliyun_dts_status::model::Outcome;
use chrono::{DateTime, Utc};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// A value: the text of a scalar, or the members of a record.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Value {
    Text(&'static str),
    Record(&'static [(&'static str, &'static str)]),
}

use Value::{Record, Text};

/// A member of a body: its record (empty for the root), its name, its value.
type Member = (&'static str, &'static str, Value);

const SCHEMA: &str = "StructureInitializationStatus";
const FULL: &str = "DataInitializationStatus";
const INCREMENTAL: &str = "DataSynchronizationStatus";

/// The fields that decide, each with values that differ; the first is that of a healthy job.
const DECIDING: &[(&str, &str, &[Value])] = &[
    ("", "Success", &[Text("true"), Text("false"), Text("failed"), Text("2")]),
    ("", "ErrCode", &[Text("0"), Text("InternalError"), Text("Forbidden")]),
    ("", "Code", &[Text("200"), Text("InternalError"), Text("503")]),
    ("", "HttpStatusCode", &[Text("200"), Text("500"), Text("201"), Text("failed")]),
    ("", "SynchronizationJobId", &[Text("dtsabc1def23456"), Text("dtsother")]),
    ("", "TaskId", &[Text("abc1def23456"), Text("other")]),
    ("", "SynchronizationDirection", &[Text("Forward"), Text("Reverse"), Text("both")]),
    ("", "ExpireTime", &[Text("2031-12-01T16:00:00Z"), Text("2020-12-01T16:00:00Z"), Text("soon")]),
    ("", "Status", &[Text("Synchronizing"), Text("Failed"), Text("Suspending"), Text("Failed.")]),
    ("", "Delay", &[Text("0"), Text("7200"), Text("1"), Text("2 h"), Text("-1")]),
    ("", "DelayMillis", &[Text("0"), Text("7200000"), Text("1"), Text("2 h")]),
    ("", "Checkpoint", &[Text("1610616144"), Text("1610500000"), Text("long ago")]),
    (SCHEMA, "Status", &[Text("Finished"), Text("Failed"), Text("Finished?")]),
    (FULL, "Status", &[Text("Finished"), Text("Failed"), Text("Migrating")]),
    (INCREMENTAL, "Status", &[Text("Migrating"), Text("Failed"), Text("Suspending")]),
    (INCREMENTAL, "Delay", &[Text("0"), Text("7200"), Text("-")]),
    (INCREMENTAL, "DelayMillis", &[Text("0"), Text("7200000"), Text("1.5")]),
    (INCREMENTAL, "Checkpoint", &[Text("1610616144"), Text("1610500000"), Text("none")]),
    ("", SCHEMA, &[Record(&[("Status", "Finished"), ("Percent", "100")]), Record(FAILED), Text("Failed")]),
    ("", FULL, &[Record(&[("Status", "Finished")]), Record(FAILED), Text("Failed")]),
    ("", INCREMENTAL, &[Record(&[("Status", "Migrating"), ("Delay", "0")]), Record(FAILED), Text("Failed")]),
];

const FAILED: &[(&str, &str)] = &[("Status", "Failed")];

/// A form of a body.
#[derive(Debug, Clone, Copy)]
enum Form {
    Json,
    Envelope,
    Dump,
    TextInDump,
    Xml,
    Rootless,
    AfterHead,
}

const FORMS: [Form; 7] =
    [Form::Json, Form::Envelope, Form::Dump, Form::TextInDump, Form::Xml, Form::Rootless, Form::AfterHead];

const SPELLINGS: [fn(&str) -> String; 5] = [
    str::to_owned,
    str::to_lowercase,
    str::to_uppercase,
    |name| with_separator(name, '_'),
    |name| with_separator(name, '-').to_lowercase(),
];

proptest! {
    #[test]
    fn two_values_of_a_deciding_field_are_never_healthy(
        deciding in select(DECIDING),
        two in any::<[Index; 2]>(),
        present in any::<[bool; DECIDING.len()]>(),
        places in any::<[Index; 2]>(),
        spelling in select(&SPELLINGS),
        form in select(&FORMS),
        is_native in any::<bool>(),
    ) {
        let (record, name, values) = deciding;
        let first = two[0].index(values.len());
        let second = (first + 1 + two[1].index(values.len() - 1)) % values.len();
        let mut members: Vec<(Member, String)> = DECIDING
            .iter()
            .zip(present)
            .filter(|((of, other, _), is_present)| {
                let is_same = (*of, *other) == (record, name);
                // A stage is built of its fields, unless it is the field with two values.
                let is_stage = of.is_empty() && matches!(*other, SCHEMA | FULL | INCREMENTAL);
                !is_same && *of != name && !is_stage && (*is_present || NEEDED.contains(other))
            })
            .map(|((of, other, values), _)| ((*of, *other, values[0]), (*other).to_owned()))
            .collect();
        for (value, place, spelled) in
            [(first, places[0], name.to_owned()), (second, places[1], spelling(name))]
        {
            let place = place.index(members.len() + 1);
            members.insert(place, ((record, name, values[value]), spelled));
        }
        let body = body(&members, form, is_native);
        prop_assert!(verdict(&body) > Verdict::Healthy, "{form:?}: {body}");
    }
}

/// Without them no job is healthy.
const NEEDED: [&str; 3] = ["SynchronizationJobId", "Status", "Delay"];

#[test]
fn the_body_without_a_second_value_is_healthy() {
    let of_the_root = DECIDING.iter().filter(|(record, ..)| record.is_empty());
    let members: Vec<_> =
        of_the_root.map(|(of, name, values)| ((*of, *name, values[0]), (*name).to_owned())).collect();
    for form in FORMS {
        for is_native in [false, true] {
            let body = body(&members, form, is_native);
            assert_eq!(verdict(&body), Verdict::Healthy, "{form:?}: {body}");
        }
    }
    for (record, name, values) in DECIDING {
        for (index, one) in values.iter().enumerate() {
            assert!(values.iter().skip(index + 1).all(|other| one != other), "{record} {name}");
        }
    }
}

const GOOD: &str =
    r#"{"Success": true, "SynchronizationJobId": "dtsa", "Status": "Synchronizing", "Delay": 0}"#;

#[test]
fn an_unreadable_http_status_of_a_dump_is_lost() {
    for status in [
        r#""503.0""#,
        "503.0",
        r#""503 Service Unavailable""#,
        r#""HTTP 503""#,
        "99999",
        "-1",
        "[503]",
        r#"{"code": 503}"#,
    ] {
        for name in ["body", "DescribeSynchronizationJobStatusResponse"] {
            let body = format!(r#"{{"{name}": {GOOD}, "headers": {{}}, "statusCode": {status}}}"#);
            assert_ne!(verdict(&body), Verdict::Healthy, "{body}");
        }
    }
    let body = format!("HTTP/1.1 abc\r\n\r\n{GOOD}");
    assert_ne!(verdict(&body), Verdict::Healthy, "{body}");
}

#[test]
fn a_failure_next_to_an_envelope_counts() {
    for name in ["body", "DescribeSynchronizationJobStatusResponse"] {
        let call = r#""RequestId": "r", "Success": true, "HttpStatusCode": 200, "Code": "OK""#;
        assert_eq!(verdict(&format!(r#"{{{call}, "{name}": {GOOD}}}"#)), Verdict::Healthy);
        for failure in [
            r#""Success": false"#,
            r#""success": "no""#,
            r#""ErrCode": "InternalError""#,
            r#""HttpStatusCode": 500"#,
            r#""HttpStatusCode": "x""#,
        ] {
            let body = format!(r#"{{"RequestId": "r", {failure}, "{name}": {GOOD}}}"#);
            assert_ne!(verdict(&body), Verdict::Healthy, "{body}");
        }
        for code in ["Code", "code"] {
            for body in [
                format!(r#"{{"{name}": {GOOD}, "{code}": "Forbidden"}}"#),
                format!(r#"{{"{code}": "Forbidden", "Message": "no", "{name}": {GOOD}}}"#),
            ] {
                assert_ne!(verdict(&body), Verdict::Healthy, "{body}");
            }
        }
    }
}

/// A second copy of a record that contradicts itself does not say the same as the first.
#[test]
fn a_contradiction_inside_a_second_copy_counts() {
    let first = r#""DataSynchronizationStatus": {"Status": "Migrating"}"#;
    for (second, is_healthy) in [
        (r#"{"Status": "Migrating"}"#, true),
        (r#"{"Status": "migrating", "Orchard": 1}"#, true),
        (r#"{"Status": "Migrating", "Status": "Failed"}"#, false),
        (r#"{"Status": "Migrating", "Delay": "x"}"#, false),
        (r#"[{"Status": "Migrating"}, {"Status": "Failed"}]"#, false),
    ] {
        let second = format!(r#"{{{first}, "DataSynchronizationStatus": {second}, "#);
        let body = GOOD.replacen('{', &second, 1);
        assert_eq!(verdict(&body) == Verdict::Healthy, is_healthy, "{body}");
    }
}

/// The members of a dump may have been merged into its body.
#[test]
fn the_status_of_a_dump_counts_inside_its_body() {
    let inside = GOOD.replacen('{', r#"{"statusCode": 503, "headers": {}, "#, 1);
    for body in [
        inside.clone(),
        inside.replacen('{', r#"{"body": {}, "#, 1),
        format!(r#"{{"statusCode": 200, "body": {inside}}}"#),
        format!(r#"{{"DescribeSynchronizationJobStatusResponse": {inside}}}"#),
    ] {
        assert_eq!(decode(body.as_bytes()).unwrap().http_status, Some(503), "{body}");
        assert_ne!(verdict(&body), Verdict::Healthy, "{body}");
        assert_eq!(verdict(&body.replace("503", "200")), Verdict::Healthy, "{body}");
        assert_ne!(verdict(&body.replace("503", r#""5O3""#)), Verdict::Healthy, "{body}");
    }
}

/// A failure that the response reports itself is no loss next to it.
#[test]
fn what_a_call_and_its_response_both_say_is_no_loss() {
    let good = GOOD.replacen('{', r#"{"ErrCode": "InternalError", "#, 1);
    let decoded = decode(format!(r#"{{"ErrCode": " InternalError", "body": {good}}}"#).as_bytes()).unwrap();
    assert_eq!(decoded.losses(), []);
    let other_case = good.replace("ErrCode", "errCode");
    let decoded =
        decode(format!(r#"{{"ErrCode": "internalerror", "body": {other_case}}}"#).as_bytes()).unwrap();
    assert_eq!(decoded.losses(), []);
    let decoded = decode(format!(r#"{{"ErrCode": "Forbidden", "body": {good}}}"#).as_bytes()).unwrap();
    assert_eq!(decoded.losses().len(), 1);
}

#[test]
fn fields_next_to_another_root_are_no_response() {
    let good = "<SynchronizationJobId>a</SynchronizationJobId><Status>Synchronizing</Status><Delay>0</Delay>";
    assert_eq!(verdict(&format!("{good}<Etl><Rows>1</Rows></Etl>")), Verdict::Healthy);
    for other in [
        "<Wrapper><Status>Failed</Status></Wrapper>",
        "<Fault><Code>Throttling</Code></Fault>",
        "<Data><Success>false</Success></Data>",
    ] {
        for body in [format!("{good}{other}"), format!("{other}{good}")] {
            assert!(decode(body.as_bytes()).is_err(), "{body}");
        }
    }
}

#[test]
fn a_stage_without_a_known_field_is_lost() {
    for stage in [
        r#"{"DataSynchronizationStatus": {"Status": "Failed"}}"#,
        r#"[{"DataSynchronizationStatus": {"Status": "Failed"}}]"#,
        r#"{"value": {"Status": "Failed"}}"#,
        r##"{"#text": "Failed"}"##,
    ] {
        let only = GOOD.replacen('{', &format!(r#"{{"DataSynchronizationStatus": {stage}, "#), 1);
        let first = only
            .replace(r#""Delay": 0"#, r#""Delay": 0, "DataSynchronizationStatus": {"Status": "Migrating"}"#);
        for body in [only, first] {
            assert_ne!(verdict(&body), Verdict::Healthy, "{body}");
        }
    }
}

fn verdict(body: &str) -> Verdict {
    let now: DateTime<Utc> = "2021-01-14T09:22:30Z".parse().unwrap();
    let outcome = match decode(body.as_bytes()) {
        Ok(decoded) => Outcome::from(decoded),
        Err(error) => Outcome::from(&error),
    };
    assess_outcome(&outcome, &Context::at(now), &Policy::default()).verdict()
}

/// The text of a body. `is_native`: numbers and booleans of JSON are no texts.
fn body(members: &[(Member, String)], form: Form, is_native: bool) -> String {
    let is_xml = matches!(form, Form::Xml | Form::Rootless);
    let text = if is_xml { xml(members) } else { json(members, is_native) };
    let root = "DescribeSynchronizationJobStatusResponse";
    match form {
        Form::Json | Form::Rootless => text,
        Form::Envelope => format!(r#"{{"{root}": {text}}}"#),
        Form::Dump => format!(r#"{{"headers": {{}}, "statusCode": 200, "body": {text}}}"#),
        Form::TextInDump => {
            format!(r#"{{"statusCode": 200, "body": {}}}"#, serde_json::Value::from(text))
        }
        Form::Xml => format!("<{root}>{text}</{root}>"),
        Form::AfterHead => format!("HTTP/1.1 200 OK\r\nA: b\r\n\r\n{text}"),
    }
}

/// The members of the root, and each record once, at the place of its first member.
fn json(members: &[(Member, String)], is_native: bool) -> String {
    let scalar = |text: &str| match serde_json::from_str::<serde_json::Value>(text) {
        Ok(native) if is_native => native.to_string(),
        _ => serde_json::Value::from(text).to_string(),
    };
    let value = |value: Value| match value {
        Text(text) => scalar(text),
        Record(fields) => {
            let fields: Vec<_> =
                fields.iter().map(|(name, text)| format!(r#""{name}": {}"#, scalar(text))).collect();
            format!("{{{}}}", fields.join(", "))
        }
    };
    let of = |record: &str| -> Vec<String> {
        let own = members.iter().filter(|((of, ..), _)| *of == record);
        own.map(|((.., content), name)| format!(r#""{name}": {}"#, value(*content))).collect()
    };
    let mut parts = of("");
    for record in [SCHEMA, FULL, INCREMENTAL] {
        let fields = of(record);
        if !fields.is_empty() {
            parts.push(format!(r#""{record}": {{{}}}"#, fields.join(", ")));
        }
    }
    format!("{{{}}}", parts.join(", "))
}

/// As [`json`], without a root.
fn xml(members: &[(Member, String)]) -> String {
    let element = |name: &str, content: &str| format!("<{name}>{content}</{name}>");
    let value = |value: Value| match value {
        Text(text) => text.to_owned(),
        Record(fields) => fields.iter().map(|(name, text)| element(name, text)).collect(),
    };
    let of = |record: &str| -> String {
        let own = members.iter().filter(|((of, ..), _)| *of == record);
        own.map(|((.., content), name)| element(name, &value(*content))).collect()
    };
    let records = [SCHEMA, FULL, INCREMENTAL].into_iter().map(|record| (record, of(record)));
    let records = records.filter(|(_, fields)| !fields.is_empty());
    of("") + &records.map(|(record, fields)| element(record, &fields)).collect::<String>()
}

/// `DelayMillis` as `Delay_Millis`.
fn with_separator(name: &str, separator: char) -> String {
    let mut spelled = String::new();
    for (index, letter) in name.chars().enumerate() {
        if index > 0 && letter.is_uppercase() {
            spelled.push(separator);
        }
        spelled.push(letter);
    }
    spelled
}
