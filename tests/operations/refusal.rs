//! A body under another operation is refused, or says nothing: never another verdict, never a delay in a wrong unit.

use aliyun_dts_status::health::{Context, Policy, Verdict, assess_outcome};
use aliyun_dts_status::model::Outcome;
use aliyun_dts_status::{Decoder, ErrorKind, Operation, Response};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use crate::bodies::{Body, bodies, document, try_decode};

const IDS: [&str; 5] =
    ["SynchronizationJobId", "DtsJobId", "DtsInstanceID", "MigrationJobId", "MigrationJobID"];

/// Returns a body in forms that hide what it is, each with what was done.
fn forms(body: &Body, other: Operation) -> Vec<(String, String)> {
    let mut forms = vec![("as it is".to_owned(), body.text.clone())];
    match body.json() {
        Some(json) => json_forms(&json, body.operation, other, &mut forms),
        None => xml_forms(&body.text, body.operation, other, &mut forms),
    }
    forms
}

fn json_forms(json: &Value, own: Operation, other: Operation, forms: &mut Vec<(String, String)>) {
    let mut bare = vec![("as it is".to_owned(), json.clone())];
    for id in IDS {
        bare.push((format!("without {id}"), without(json, &[id])));
    }
    bare.push(("without ids".to_owned(), without(json, &IDS)));
    bare.push(("in snake case".to_owned(), renamed(json, &snake_case)));
    bare.push(("in lower case".to_owned(), renamed(json, &|name| name.to_lowercase())));
    bare.push(("in snake case without ids".to_owned(), renamed(&without(json, &IDS), &snake_case)));
    for (form, body) in bare {
        let wrapped = [
            ("bare", body.clone()),
            ("in its envelope", json!({ format!("{own}Response"): body })),
            ("in the other's envelope", json!({ format!("{other}Response"): body })),
            ("in a dump", json!({"headers": {}, "statusCode": 200, "body": body})),
            ("as text in a dump", json!({"headers": {}, "statusCode": 200, "body": body.to_string()})),
        ];
        forms.extend(wrapped.map(|(wrapper, body)| (format!("{form}, {wrapper}"), body.to_string())));
    }
}

fn xml_forms(text: &str, own: Operation, other: Operation, forms: &mut Vec<(String, String)>) {
    let root = format!("{own}Response");
    let start = text.find(&format!("<{root}>")).unwrap() + root.len() + 2;
    let end = text.rfind(&format!("</{root}>")).unwrap();
    let inside = &text[start..end];
    let mut bare = vec![("as it is".to_owned(), inside.to_owned())];
    for id in IDS {
        bare.push((format!("without {id}"), without_elements(inside, &[id])));
    }
    bare.push(("without ids".to_owned(), without_elements(inside, &IDS)));
    for (form, inside) in bare {
        let rooted = [
            ("without a root", inside.clone()),
            ("in a root of no meaning", format!("<root>{inside}</root>")),
            ("in the other's root", document(other, &inside)),
            ("in its root", document(own, &inside)),
            (
                "in a dump",
                json!({"statusCode": 200, "headers": {}, "body": document(own, &inside)}).to_string(),
            ),
        ];
        forms.extend(rooted.map(|(root, body)| (format!("{form}, {root}"), body)));
    }
}

/// A body without members of these names, wherever they are.
fn without(json: &Value, names: &[&str]) -> Value {
    match json {
        Value::Object(members) => Value::Object(
            members
                .iter()
                .filter(|(name, _)| !names.contains(&name.as_str()))
                .map(|(name, value)| (name.clone(), without(value, names)))
                .collect(),
        ),
        Value::Array(items) => items.iter().map(|item| without(item, names)).collect(),
        other => other.clone(),
    }
}

fn without_elements(text: &str, names: &[&str]) -> String {
    let is_kept = |line: &&str| !names.iter().any(|name| line.trim_start().starts_with(&format!("<{name}>")));
    text.lines().filter(is_kept).collect::<Vec<_>>().join("\n")
}

fn renamed(json: &Value, name: &dyn Fn(&str) -> String) -> Value {
    match json {
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| (name(key), renamed(value, name)));
            Value::Object(members.collect::<Map<_, _>>())
        }
        Value::Array(items) => items.iter().map(|item| renamed(item, name)).collect(),
        other => other.clone(),
    }
}

/// `DtsInstanceID` becomes `dts_instance_id`.
fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    let mut was_upper = true;
    for c in name.chars() {
        if c.is_ascii_uppercase() && !was_upper {
            snake.push('_');
        }
        was_upper = c.is_ascii_uppercase();
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

#[test]
fn a_body_under_another_operation_is_refused_or_says_nothing() {
    let now = DateTime::<Utc>::from_timestamp(1_715_000_060, 0).unwrap();
    let mut wrong = Vec::new();
    let (mut refused, mut read) = (0, 0);
    for body in bodies() {
        for &other in Operation::ALL.iter().filter(|other| **other != body.operation) {
            for (form, text) in forms(&body, other) {
                let outcome = try_decode(other, &text);
                let decoded = match outcome {
                    Err(error) => {
                        refused += 1;
                        // Without a root, elements with names of another operation are no document.
                        let is_no_document =
                            error.kind() == ErrorKind::Syntax && form.ends_with("without a root");
                        let is_refused =
                            matches!(error.kind(), ErrorKind::OtherOperation | ErrorKind::UnrecognizedBody);
                        if !is_refused && !is_no_document {
                            wrong.push(format!("{} {form} as {other}: {error}", body.name));
                        }
                        continue;
                    }
                    Ok(decoded) => decoded,
                };
                read += 1;
                let says_nothing = match &decoded.response {
                    Response::Page(page) => page.jobs.is_empty(),
                    _ => {
                        let context = Context::at(now);
                        let verdict =
                            assess_outcome(&Outcome::from(&decoded), &context, &Policy::default()).verdict();
                        let has_delay =
                            decoded.jobs().iter().any(|job| job.delay.or(job.delay_millis).is_some());
                        verdict == Verdict::Unknown && !has_delay
                    }
                };
                if !says_nothing {
                    wrong.push(format!("{} {form} is read as {other}", body.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them:\n{}", wrong.len(), wrong.join("\n"));
    assert!(refused > 10_000, "{refused}");
    // Calls that failed have hardly a name of one operation only.
    assert!(read < refused / 10, "{read} of {refused}");
}

/// An empty SynchronizationJobId is no sign next to the names of another operation, whose delay is in another unit.
#[test]
fn an_empty_id_does_not_outweigh_names_of_another_operation() {
    let mut count = 0;
    for body in bodies() {
        let own = body.operation == Operation::default();
        if own || body.name.contains("failed-call") {
            continue;
        }
        for empty in ["", " ", "null", "[]", "{}"] {
            let text = with_empty_id(&body, empty);
            let error = try_decode(Operation::default(), &text).expect_err(&text);
            assert_eq!(error.operation(), Some(body.operation), "{error}: {text}");
            let detected = Decoder::new().detect_operation().decode(text.as_bytes()).expect(&text);
            assert_eq!(detected, try_decode(body.operation, &text).expect(&text));
            let without = try_decode(body.operation, &body.text).unwrap();
            assert_eq!(detected.response, without.response, "{text}");
            count += 1;
        }
    }
    assert!(count > 400, "{count}");
    // Without such names it shows its operation.
    for body in [
        r#"{"SynchronizationJobId": "", "Status": "Synchronizing", "Delay": "5"}"#,
        "<R><SynchronizationJobId/><Status>Synchronizing</Status><Delay>5</Delay></R>",
    ] {
        let detected = Decoder::new().detect_operation().decode(body.as_bytes()).unwrap();
        assert_eq!(detected, try_decode(Operation::default(), body).unwrap());
        for &other in Operation::ALL.iter().filter(|other| **other != Operation::default()) {
            let error = try_decode(other, body).expect_err(body);
            assert_eq!(error.kind(), ErrorKind::OtherOperation, "{other}: {error}");
            assert_eq!(error.operation(), Some(Operation::default()), "{other}: {error}");
        }
    }
}

/// Returns a body with an empty SynchronizationJobId as its first field.
fn with_empty_id(body: &Body, empty: &str) -> String {
    if body.is_json() {
        let value = if empty.trim().is_empty() { format!("{empty:?}") } else { empty.to_owned() };
        return body.text.replacen('{', &format!(r#"{{"SynchronizationJobId": {value},"#), 1);
    }
    let content = if empty.trim().is_empty() { empty } else { "<!-- -->" };
    let root = format!("<{}Response>", body.operation);
    body.text.replacen(&root, &format!("{root}<SynchronizationJobId>{content}</SynchronizationJobId>"), 1)
}

/// The error names the operation, so that a caller can decode again.
#[test]
fn an_error_names_the_operation_of_the_body() {
    let mut count = 0;
    for body in bodies().iter().filter(|body| !body.name.contains("failed-call")) {
        for &other in Operation::ALL.iter().filter(|other| **other != body.operation) {
            let error = try_decode(other, &body.text).expect_err(&body.name);
            assert_eq!(error.kind(), ErrorKind::OtherOperation, "{} as {other}: {error}", body.name);
            assert_eq!(error.operation(), Some(body.operation), "{} as {other}: {error}", body.name);
            assert!(error.message().contains(body.operation.as_str()), "{error}");
            count += 1;
        }
    }
    assert!(count > 700, "{count}");
}

/// Names at the top that no response of the operation has: of an operation that is not read, which has call fields in
/// common with all.
#[test]
fn a_call_with_a_name_of_no_operation_is_no_empty_page() {
    let foreign =
        json!({"RequestId": "a", "Success": "true", "ErrCode": "InternalError", "Orchard": "Finished"});
    let failed =
        json!({"RequestId": "a", "Success": "false", "ErrCode": "OrchardNotReady", "Orchard": "Finished"});
    for &operation in Operation::ALL.iter().filter(|operation| **operation != Operation::default()) {
        let error = try_decode(operation, &foreign.to_string()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnrecognizedBody, "{operation}: {error}");
        let named = json!({ format!("{operation}Response"): foreign });
        assert!(try_decode(operation, &named.to_string()).is_ok(), "{operation}");
        assert!(try_decode(operation, &failed.to_string()).is_ok(), "{operation}");
    }
    // A name that is known is none of those, although its values are not kept.
    let known = json!({"RequestId": "a", "DedicatedClusterId": "dtscluster-a"});
    assert!(try_decode(Operation::DescribeDtsJobDetail, &known.to_string()).is_ok());
}

/// An item of a page has most of its names in common with the response about one job, and its delay in another unit.
#[test]
fn an_item_alone_is_no_response_about_one_job() {
    use Operation::{
        DescribeDtsJobDetail as Detail, DescribeDtsJobs as DtsJobs,
        DescribeMigrationJobStatus as MigrationStatus, DescribeMigrationJobs as MigrationJobs,
    };
    for (operation, body, list) in [
        (Detail, r#"{"DtsInstanceID":"dtsa","Delay":3600,"ReverseJob":{"Status":"Failed"}}"#, DtsJobs),
        (
            MigrationStatus,
            r#"{"MigrationJobID":"m","MigrationJobStatus":"Migrating","DataSynchronization":{"status":"Failed"}}"#,
            MigrationJobs,
        ),
    ] {
        for decoder in [Decoder::new().operation(operation), Decoder::new().detect_operation()] {
            let error = decoder.decode(body.as_bytes()).unwrap_err();
            assert_eq!((error.kind(), error.operation()), (ErrorKind::OtherOperation, Some(list)), "{body}");
        }
    }
    // Where nothing shows the list, the stages that only its items have are not lost.
    let body = r#"{"DtsInstanceID":"dtsa","DataInitializationStatus":{"Status":"Failed"}}"#;
    let decoded = Decoder::new().detect_operation().decode(body.as_bytes()).unwrap();
    assert!(decoded.is_clean());
    assert_eq!(
        decoded.jobs()[0].data_stage.as_ref().and_then(|stage| stage.status.clone()),
        Some("Failed".into())
    );
}

/// A status, a delay and a checkpoint are fields of other operations too, with other units.
#[test]
fn fields_of_many_operations_alone_show_no_detail() {
    let body = r#"{"Status":"Synchronizing","Delay":3000,"Checkpoint":1610616150}"#;
    let error = try_decode(Operation::DescribeDtsJobDetail, body).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnrecognizedBody);
    let expected =
        "nothing in the body shows that it is a response of DescribeDtsJobDetail at line 1, column 1";
    assert!(error.to_string().starts_with(expected), "{error}");
}
