//! Repeated names: every field with every other value, in both formats.

#[path = "support/fields.rs"]
mod fields;
mod support;

use std::collections::BTreeSet;

use aliyun_dts_status::{Decoded, Field, QuirkKind, decode};

use self::fields::{Kind, Row, rows};
use self::support::{decoded, kinds_and_paths, model};

/// The values that count as absent where a name is repeated.
const ABSENT: [&str; 4] = ["null", "\"\"", "[]", "{}"];

fn kinds(decoded: &Decoded, kind: QuirkKind) -> Vec<String> {
    decoded.quirks.iter().filter(|quirk| quirk.kind == kind).map(|quirk| quirk.path.to_string()).collect()
}

#[test]
fn the_table_has_every_field_of_a_job() {
    let listed: BTreeSet<_> = rows().iter().map(|row| row.field).collect();
    let others =
        [Field::TableName, Field::Message, Field::HostId, Field::Recommend, Field::AccessDeniedDetail];
    for field in Field::ALL {
        // Those after it are fields of sister operations.
        let is_own = *field <= Field::AccessDeniedDetail;
        assert!(!is_own || listed.contains(field) != others.contains(field), "{field}");
        assert!(is_own || !listed.contains(field), "{field}");
        assert_eq!(field.as_str().parse(), Ok(*field));
    }
}

#[test]
fn a_repeated_name_with_one_absent_value_loses_nothing() {
    for row in rows() {
        let name = row.field.as_str();
        let mut bodies = Vec::new();
        for absent in ABSENT {
            bodies.push(row.json_body(&[(name, absent), (name, &row.json[0])]));
            bodies.push(row.json_body(&[(name, &row.json[0]), (name, absent)]));
        }
        // In XML repeated elements are how a list is written.
        if row.kind != Kind::List {
            bodies.push(row.xml_body(&[(name, ""), (name, &row.xml[0])]));
            bodies.push(row.xml_body(&[(name, &row.xml[0]), (name, "")]));
        }
        let expected = decoded(row.json_body(&[(name, &row.json[0])]));
        assert!(expected.is_clean(), "{}", row.path());
        for body in bodies {
            let decoded = decoded(&body);
            assert_eq!(decoded.response, expected.response, "{body}");
            assert_eq!(kinds(&decoded, QuirkKind::RepeatedName), [row.path()], "{body}");
            assert!(!decoded.loses_value() && decoded.losses().is_empty(), "{body}: {:?}", decoded.quirks);
        }
    }
}

#[test]
fn a_second_value_is_a_loss_unless_it_is_the_same() {
    for row in rows() {
        let name = row.field.as_str();
        let mut bodies = vec![
            (row.json_body(&[(name, &row.json[0]), (name, &row.json[1])]), true, &row.json[1]),
            (row.json_body(&[(name, &row.json[0]), (name, &row.json[0])]), false, &row.json[0]),
        ];
        if row.kind != Kind::List {
            bodies.push((row.xml_body(&[(name, &row.xml[0]), (name, &row.xml[1])]), true, &row.xml[1]));
            bodies.push((row.xml_body(&[(name, &row.xml[0]), (name, &row.xml[0])]), false, &row.xml[0]));
        }
        let expected = decoded(row.json_body(&[(name, &row.json[0])]));
        for (body, is_loss, second) in bodies {
            let decoded = decoded(&body);
            assert_eq!(model(&decoded.response), model(&expected.response), "{body}");
            assert_eq!(kinds(&decoded, QuirkKind::DuplicateField), [row.path()], "{body}");
            let losses = decoded.losses();
            assert_eq!(losses.len(), usize::from(is_loss), "{body}: {losses:?}");
            for loss in losses {
                assert_eq!(loss.path.to_string(), row.path(), "{body}");
                assert_eq!(loss.lost, second.trim_matches('"'), "{body}");
                let kept = if row.kind == Kind::Plain { &row.xml[0] } else { &row.json[0] };
                assert_eq!(loss.kept.as_ref(), Some(kept), "{body}");
            }
        }
    }
}

/// A second value that says the same in another spelling is no loss.
#[test]
fn the_same_value_in_another_spelling_is_no_loss() {
    for body in [
        r#"{"Status": "Failed", "Status": "failed"}"#,
        r#"{"Success": true, "Success": "True", "Status": "Failed"}"#,
        r#"{"Delay": "5", "Delay": " 5.0"}"#,
        r#"{"Checkpoint": "1610616144", "Checkpoint": "2021-01-14T09:22:24Z"}"#,
        r#"{"TaskId": "a", "task_id": "a "}"#,
        r#"{"PayType": "PrePaid", "PayType": "PREPAY"}"#,
        r#"{"DataSynchronizationStatus": {"Status": "Failed"}, "DataSynchronizationStatus": {"status": "failed"}}"#,
        r#"{"SynchronizationObjects": [{"SchemaName": "a"}], "SynchronizationObjects": {"SchemaName": "a"}}"#,
        "<Status>Failed</Status><Status>FAILED</Status>",
        "<Performance><RPS>1</RPS></Performance><Performance><Rps>1.0</Rps></Performance>",
    ] {
        let decoded = decoded(body);
        assert!(decoded.losses().is_empty(), "{body}: {:?}", decoded.losses());
        assert!(decoded.loses_value(), "{body}");
    }
}

/// A value that says less than nothing is no answer, but "none yet" is one.
#[test]
fn a_second_value_that_is_unreadable_or_zero_is_a_loss() {
    for (body, lost) in [
        (r#"{"Delay": "5", "Delay": "2 h"}"#, "2 h"),
        (r#"{"Checkpoint": "1610616144", "Checkpoint": "0"}"#, "0"),
        (r#"{"Status": "Failed", "Status": ["x"]}"#, r#"["x"]"#),
        (
            r#"{"DataSynchronizationStatus": {"Status": "Migrating"}, "DataSynchronizationStatus": "Failed"}"#,
            "Failed",
        ),
        ("<Status>Failed</Status><Status><x/></Status>", "<x/>"),
    ] {
        let losses = decoded(body).losses();
        assert_eq!(losses.len(), 1, "{body}: {losses:?}");
        assert_eq!(losses[0].lost, lost, "{body}");
        assert!(losses[0].kept.is_some(), "{body}");
    }
}

#[test]
fn fields_of_an_error_document_are_repeated_alike() {
    for name in ["Code", "Message", "RequestId", "HostId", "Recommend", "Description"] {
        for absent in ABSENT {
            for members in
                [format!(r#""{name}":{absent},"{name}":"a""#), format!(r#""{name}":"a","{name}":{absent}"#)]
            {
                let body = format!(r#"{{"Code":"c","Message":"m",{members}}}"#);
                let decoded = decoded(&body);
                assert!(decoded.response.fault().is_some(), "{body}");
                assert!(!kinds(&decoded, QuirkKind::RepeatedName).is_empty(), "{body}");
            }
        }
    }
    let body = br#"{"Code":"c","AccessDeniedDetail":{"A":null,"A":"x","B":"y","B":"","C":"z","C":"w"}}"#;
    let decoded = decode(body).unwrap();
    let expected = [
        "repeated_name AccessDeniedDetail.A",
        "repeated_name AccessDeniedDetail.B",
        "duplicate_field AccessDeniedDetail.C",
    ];
    assert_eq!(kinds_and_paths(&decoded.quirks), expected);
    assert_eq!(decoded.losses()[0].kept.as_deref(), Some("z"));
}

/// Every name in every other spelling is the same field.
#[test]
fn every_name_is_known_in_any_case_and_with_separators() {
    let words = |name: &str| {
        let mut words = String::new();
        for c in name.chars() {
            if c.is_ascii_uppercase() && !words.is_empty() {
                words.push('_');
            }
            words.push(c.to_ascii_lowercase());
        }
        words
    };
    for row in rows() {
        let name = row.field.as_str();
        let expected = decoded(row.json_body(&[(name, &row.json[0])]));
        for spelling in [
            name.to_lowercase(),
            name.to_uppercase(),
            words(name),
            words(name).replace('_', "-"),
            format!("_{name}_"),
            format!("_{}-{}", &name[..1], &name[1..]),
        ] {
            // `IP` is in capitals itself.
            if spelling == name {
                continue;
            }
            for body in
                [row.json_body(&[(&spelling, &row.json[0])]), row.xml_body(&[(&spelling, &row.xml[0])])]
            {
                let decoded = decoded(&body);
                assert_eq!(decoded.response, expected.response, "{body}");
                let [quirk] = decoded.quirks.as_slice() else { panic!("{body}: {:?}", decoded.quirks) };
                let kind = if spelling == "status" { QuirkKind::FieldAlias } else { QuirkKind::FieldCase };
                assert_eq!((quirk.kind, quirk.found.as_str()), (kind, spelling.as_str()), "{body}");
                assert!(quirk.path.to_string().ends_with(name), "{body}: {}", quirk.path);
            }
        }
    }
}

/// The rows are of use only if each body is what it says.
#[test]
fn every_row_is_clean_in_both_formats() {
    for row in rows() {
        let Row { field, .. } = row;
        for (json, xml) in row.json.iter().zip(&row.xml) {
            let json = decoded(row.json_body(&[(field.as_str(), json)]));
            let xml = decoded(row.xml_body(&[(field.as_str(), xml)]));
            assert!(json.is_clean() && xml.is_clean(), "{}: {:?}", row.path(), json.quirks);
            assert_eq!(json.response, xml.response, "{}", row.path());
        }
    }
}
