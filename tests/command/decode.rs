//! `dts-status decode`.

use std::fs;

use serde_json::{Value, json};

use crate::run::{directory, documented, run};

#[test]
fn the_samples_as_text() {
    for (folder, sample) in [
        ("", "docs-en.json"),
        ("samples/", "chinese-job-rootless.xml"),
        ("faults/", "gateway-fault.xml"),
        ("faults/", "order-fault.json"),
    ] {
        let outcome = run(["decode", &format!("testdata/{folder}{sample}")]).finish();
        insta::assert_snapshot!(sample, outcome.text());
    }
}

#[test]
fn all_parts_of_a_failed_job_are_shown_and_escaped() {
    let outcome = run(["decode"]).input(TROUBLE).finish();
    insta::assert_snapshot!(outcome.text());
    assert!(!outcome.stdout.contains(['\u{1b}', '\u{202e}']));
}

#[test]
fn a_failed_call_shows_no_absent_fields() {
    let body = r#"{"Success": false, "ErrCode": "InvalidJobId", "ErrMessage": "%s is wrong", "DynamicMessage": "dtsx",
                   "RequestId": "1"}"#;
    insta::assert_snapshot!(run(["decode"]).input(body).finish().text());
    let with_success = documented().replace("\"ErrMessage\": \"\"", "\"ErrCode\": \"InternalError\"");
    let text = run(["decode"]).input(with_success).finish().stdout;
    assert!(text.contains("\nErrCode      InternalError\n"), "{text}");
}

const TROUBLE: &str = r#"{
  "Success": false, "ErrCode": "InvalidJobId", "ErrMessage": "no such job",
  "SynchronizationJobId": "dtsx\u001b[2J", "SynchronizationDirection": "Reverse", "PayType": "PrePaid",
  "Status": "Failed", "ErrorMessage": "DTS-1020042: broken\nsecond line \u202eturned",
  "ExpireTime": "2021-03-07T16:00:00Z", "DataInitialization": false,
  "Delay": 61, "DelayMillis": 61500,
  "DataSynchronizationStatus": {"Status": "Failed", "Percent": "95", "Delay": "61", "Checkpoint": "1610616144",
                                "ErrorMessage": "it broke"},
  "DataInitializationStatus": {"Status": "Migrating", "Progress": "1", "Percent": "12.5"},
  "PrecheckStatus": {"Status": "Failed", "Detail": [
    {"ItemName": "CHECK_CONN_SRC", "CheckStatus": "Success"},
    {"ItemName": "CHECK_SAME_OBJ", "CheckStatus": "Failed", "ErrorMessage": "there is one", "RepairMethod": "DROP_IT"},
    {"CheckStatus": "Warning"}]},
  "SourceEndpoint": {"InstanceId": "rm-1", "InstanceType": "RDS", "EngineName": "MySQL", "IP": "172.16.88.***",
                     "Port": "3306", "UserName": "dts"},
  "SynchronizationObjects": [
    {"SchemaName": "a", "NewSchemaName": "a", "TableIncludes": ["t1", "t2", "t3", "t4", "t5", "t6"]},
    {"SchemaName": "b", "NewSchemaName": "c", "TableExcludes": [{"TableName": "t"}]}],
  "New\u001bField": "x", "Checkpoint": "yesterday"
}"#;

#[test]
fn json_has_the_pinned_shape() {
    let outcome = run(["decode", "--output", "json", "testdata/docs-en.json"]).finish();
    assert_eq!((outcome.exit, outcome.stderr.as_str()), (0, ""));
    let object = outcome.json();
    let keys: Vec<_> = object.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["format", "job", "kind", "operation", "quirks", "violations"]);
    assert_eq!(object["format"], "json");
    assert_eq!(object["kind"], "job");
    assert_eq!(object["job"]["job_id"], "dtsexjk1alb116****");
    assert_eq!(object["job"]["checkpoint"], "2021-01-14T09:22:24Z");
    assert_eq!(object["job"]["delay_seconds"], 0);
    assert_eq!(
        object["quirks"],
        json!([{"kind": "value_case", "path": "Status", "offset": 518, "found": "synchronizing"}])
    );
    let violation = &object["violations"][0];
    assert_eq!(violation["rule"], "value_not_documented");
    assert_eq!(violation["path"], "PrecheckStatus.Status");
    assert!(violation["message"].is_string());

    let fault = run(["decode", "--output", "json", "testdata/faults/gateway-fault.xml"]).finish().json();
    assert_eq!(fault["format"], "xml");
    assert_eq!(fault["kind"], "fault");
    assert_eq!(fault["fault"]["code"], "UnsupportedOperation");
    assert_eq!(fault.get("job"), None);
    assert_eq!(fault["violations"], json!([]));
}

#[test]
fn quirks_beyond_the_limit_are_counted() {
    let fields: String = (0..1_003).map(|index| format!("\"x{index}\": 1,")).collect();
    let body = documented().replacen('{', &format!("{{{fields}"), 1);
    let object = run(["decode", "--output", "json"]).input(body.clone()).finish().json();
    assert_eq!(object["quirks"].as_array().unwrap().len(), 1_000);
    assert_eq!(object["quirks_omitted"], 3);
    let text = run(["decode"]).input(body).finish().stdout;
    assert!(text.contains("\n1003 quirks of JSON\n"), "{text}");
    assert!(text.contains("\nand 950 more; --output json has them\nand 3 more, only counted\n"), "{text}");
}

#[test]
fn an_undecodable_body_is_reported_with_its_location() {
    let body = "{\n  \"Status\": \"Synchronizing\",\n  \"Delay\": yes\n}";
    let outcome = run(["decode", "--output", "json", "-"]).input(body).finish();
    assert_eq!(outcome.exit, 65);
    let error = &outcome.json()["error"];
    assert_eq!(error["kind"], "syntax");
    assert_eq!((&error["line"], &error["offset"]), (&json!(3), &json!(body.find("yes").unwrap())), "{error}");
    assert!(error["column"].is_u64() && error["message"].is_string());
    assert_eq!(outcome.json().as_object().unwrap().len(), 1);
    insta::assert_snapshot!(outcome.stderr);

    let text = run(["decode"]).input(body).finish();
    assert_eq!((text.exit, text.stdout.as_str(), text.stderr), (65, "", outcome.stderr));
}

#[test]
fn strict_refuses_quirks_and_violations() {
    let clean = documented();
    let quirk = clean.replace("\"Synchronizing\"", "\" Synchronizing\"");
    let violation = clean.replace("\"100\"", "\"101\"");
    for (body, exit, warning) in [
        (clean, 0, ""),
        (quirk, 65, "dts-status: standard input: not as documented: 1 quirk, 0 violations\n"),
        (violation, 65, "dts-status: standard input: not as documented: 0 quirks, 3 violations\n"),
    ] {
        for format in ["text", "json"] {
            let lenient = run(["decode", "--output", format]).input(body.clone()).finish();
            let strict = run(["decode", "--output", format, "--strict"]).input(body.clone()).finish();
            assert_eq!((lenient.exit, lenient.stderr.as_str()), (0, ""));
            assert_eq!((strict.exit, strict.stderr.as_str()), (exit, warning));
            assert_eq!(strict.stdout, lenient.stdout);
        }
    }
}

#[test]
fn a_format_can_be_forced() {
    let outcome = run(["decode", "--format", "xml", "--output", "json", "testdata/docs-en.json"]).finish();
    assert_eq!(outcome.exit, 65);
    assert_eq!(outcome.json()["error"]["kind"], "syntax");
    assert_eq!(run(["decode", "--format", "json", "testdata/docs-en.json"]).finish().exit, 0);
}

#[test]
fn a_directory_is_every_file_below_it_in_order() {
    let top = directory("decode-directory");
    fs::create_dir_all(top.join("b/empty")).unwrap();
    for name in ["c.json", "b/2.json", "b/1.json", "a.json"] {
        fs::write(top.join(name), documented()).unwrap();
    }
    fs::write(top.join("b/broken"), "{").unwrap();
    let outcome = run(["decode", "--output", "json", top.to_str().unwrap()]).finish();
    assert_eq!(outcome.exit, 65);
    let objects: Vec<Value> =
        outcome.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (total, objects) = objects.split_last().unwrap();
    assert_eq!(*total, json!({"summary": {"files": 5, "decoded": 4, "quirks": 0, "violations": 0}}));
    let files: Vec<_> = objects
        .iter()
        .map(|object| {
            let file = object["file"].as_str().unwrap().strip_prefix(top.to_str().unwrap()).unwrap();
            (file, object.get("error").is_some())
        })
        .collect();
    assert_eq!(
        files,
        [
            ("/a.json", false),
            ("/b/1.json", false),
            ("/b/2.json", false),
            ("/b/broken", true),
            ("/c.json", false)
        ]
    );
    assert!(outcome.stderr.starts_with(&format!("dts-status: {}/b/broken: ", top.display())));

    let text = run(["decode", top.to_str().unwrap()]).finish();
    assert_eq!(text.exit, 65);
    let headings = text.stdout.lines().filter(|line| line.starts_with(top.to_str().unwrap())).count();
    assert_eq!(headings, 4);
    assert!(text.stdout.ends_with("\n5 files, 4 decoded: 0 quirks, 0 violations\n"), "{}", text.stdout);

    // Files are named one by one too.
    let (one, two) = (top.join("a.json"), top.join("c.json"));
    let text = run([std::ffi::OsStr::new("decode"), one.as_os_str(), two.as_os_str()]).finish();
    assert_eq!((text.exit, text.stderr.as_str()), (0, ""));
    assert!(text.stdout.ends_with("\n2 files, 2 decoded: 0 quirks, 0 violations\n"), "{}", text.stdout);
    assert_eq!(run(["decode", "-", "-"]).finish().exit, 64);

    assert_eq!(run(["decode", top.join("b/empty").to_str().unwrap()]).finish().exit, 66);
}
