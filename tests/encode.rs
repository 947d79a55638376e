//! A response that is encoded and decoded again is the same, also one with hardly any content.

use aliyun_dts_status::model::{DataRate, Percent};
use aliyun_dts_status::{Format, Operation, Response, SyncJob, decode, encode};

/// Bodies whose responses are hard to write: without content, or with values that are hard to spell.
const BODIES: &[&str] = &[
    r#"{"RequestId":"x"}"#,
    r#"{"RequestId":""}"#,
    r#"{"Delay":"5.9ms"}"#,
    r#"{"Performance":{"RPS":"1/2"},"Status":null}"#,
    r#"{"Success":"false"}"#,
    r#"{"Code":{},"Message":[]}"#,
    "<Error><RequestId>x</RequestId></Error>",
    "<Error><HostId>dts.aliyuncs.com</HostId></Error>",
    r#"{"Code":"x","AccessDeniedDetail":{"a.b-c":"1","_":"2"}}"#,
    r#"{"ErrorMessage":" <&>\"'\r\n\t]]> "}"#,
    r#"{"SynchronizationObjects":[{"SchemaName":" ","TableIncludes":[{"TableName":"  "},{"TableName":"\n"}]}]}"#,
    r#"{"Checkpoint":"99999999999"}"#,
    r#"{"Checkpoint":"100000000000000"}"#,
    r#"{"Checkpoint":"9999-12-31T23:59:59Z"}"#,
    r#"{"ExpireTime":"2021-03-07T16:00:00.123456789+08:00"}"#,
    r#"{"ExpireTime":"2016-12-31T23:59:60Z"}"#,
    r#"{"ExpireTime":"0000-01-01T00:00:00Z"}"#,
    r#"{"Delay":"-9223372036854775"}"#,
    r#"{"DelayMillis":9223372036854775807}"#,
    r#"{"PrecheckStatus":{"Percent":"1e300"}}"#,
    r#"{"PrecheckStatus":{"Percent":"-0.30000000000000004"}}"#,
    r#"{"Performance":{"RPS":"1e-300","FLOW":"1e300MB/s"}}"#,
    r#"{"Performance":{"RPS":"0.1","FLOW":"1.1KB/s"}}"#,
];

#[test]
fn an_encoded_response_decodes_to_an_equal_one() {
    for body in BODIES {
        let decoded = decode(body.as_bytes()).unwrap_or_else(|error| panic!("{body}: {error}"));
        for format in [Format::Json, Format::Xml] {
            let encoded = encode(&decoded.response, format);
            let again = decode(&encoded).unwrap_or_else(|error| panic!("{body} in {format}: {error}"));
            assert_eq!(again.response, decoded.response, "{body} in {format}");
        }
    }
}

#[test]
fn a_long_number_without_loss_is_clean() {
    for (body, clean) in [
        (r#"{"Performance":{"FLOW":"12345678901234.50MB/s"}}"#, true),
        (r#"{"Performance":{"FLOW":"12345678901234567.00MB/s"}}"#, false),
        (r#"{"Performance":{"RPS":"0.30000000000000004"}}"#, true),
        (r#"{"Performance":{"RPS":"0.30000000000000003"}}"#, false),
    ] {
        assert_eq!(decode(body.as_bytes()).unwrap().is_clean(), clean, "{body}");
    }
}

#[test]
fn a_format_has_a_name() {
    for (format, name) in [(Format::Xml, "xml"), (Format::Json, "json")] {
        assert_eq!((format.as_str(), format.to_string().as_str()), (name, name));
        assert_eq!(format!("{format:>5}|{format:<5}"), format!("{name:>5}|{name:<5}"));
        assert_eq!(serde_json::to_value(format).unwrap(), name);
        assert_eq!(name.parse(), Ok(format));
    }
}

#[test]
fn every_reader_reads_escaped_markup_and_characters_that_xml_cannot_hold() {
    for (text, written) in [
        ("<&>", "&lt;&amp;&gt;"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\rb", "a&#13;b"),
        ("a\u{1}b\u{FFFE}c\u{0}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}"),
        ("表\u{85}\u{10FFFF}\"'", "表\u{85}\u{10FFFF}\"'"),
    ] {
        let mut job = SyncJob::default();
        job.error_message = Some(text.to_owned());
        let encoded = String::from_utf8(encode(&Response::from(job), Format::Xml)).unwrap();
        assert!(encoded.contains(&format!("<ErrorMessage>{written}</ErrorMessage>")), "{encoded}");
    }
}

#[test]
fn zero_has_no_sign() {
    let body = br#"{"Performance": {"RPS": "-0", "FLOW": "-0.0MB/s"}, "PrecheckStatus": {"Percent": "-0"}}"#;
    let response = decode(body).unwrap().response;
    let performance = response.job().unwrap().performance.as_ref().unwrap();
    assert!(performance.rps.unwrap().is_sign_positive());
    assert!(performance.flow.unwrap().mb_per_s().is_sign_positive());
    let encoded = String::from_utf8(encode(&response, Format::Json)).unwrap();
    assert!(!encoded.contains('-'), "{encoded}");
    assert!(DataRate::from_mb_per_s(-0.0).unwrap().mb_per_s().is_sign_positive());
    assert_eq!(DataRate::from_mb_per_s(-0.0).unwrap().to_string(), "0.00MB/s");
    assert_eq!(Percent::new(-0.0).unwrap().to_string(), "0");
}

#[test]
fn an_empty_id_is_written_only_where_nothing_else_shows_the_operation() {
    let name: fn(&mut SyncJob) = |job| job.job_name = Some("orders".into());
    let class: fn(&mut SyncJob) = |job| job.job_class = Some("small".into());
    let id: fn(&mut SyncJob) = |job| job.job_id = Some("dtsa".into());
    let status: fn(&mut SyncJob) = |job| job.status = Some("Migrating".into());
    for (operation, showing) in [
        (Operation::DescribeDtsJobDetail, [id, name, class]),
        (Operation::DescribeMigrationJobStatus, [status, name, class]),
    ] {
        let has_empty_text = |change: fn(&mut SyncJob)| {
            let mut job = SyncJob::default();
            job.operation = operation;
            change(&mut job);
            String::from_utf8(encode(&Response::from(job), Format::Json)).unwrap().contains("\"\"")
        };
        assert!(has_empty_text(|_| {}), "{operation}");
        assert!(!showing.into_iter().any(has_empty_text), "{operation}");
    }
}
