//! Each field in turn holds a value of another type. Only that field differs in the model, and a quirk at its path has
//! the value.

use std::fmt::Write as _;

use aliyun_dts_status::{Decoded, Format, QuirkKind, decode, encode};
use serde_json::{Map, Value, json};

/// A response with every field, in documented form.
fn full() -> Value {
    let stage = json!({"Status": "Migrating", "Percent": "50", "Progress": "7", "ErrorMessage": "e"});
    let endpoint = json!({"InstanceId": "i", "InstanceType": "RDS", "EngineName": "MySQL", "IP": "10.0.0.1", "Port": "3306", "UserName": "u"});
    json!({
        "RequestId": "r", "Success": true, "ErrCode": "c", "ErrMessage": "m", "DynamicCode": "d", "DynamicMessage": "n",
        "HttpStatusCode": 200, "TaskId": "t", "SynchronizationJobId": "j", "SynchronizationJobName": "n",
        "SynchronizationJobClass": "large", "SynchronizationDirection": "Forward", "PayType": "PrePaid",
        "ExpireTime": "2021-03-07T16:00:00Z", "Status": "Synchronizing", "ErrorMessage": "e", "DataInitialization": true,
        "StructureInitialization": false, "Delay": "3", "DelayMillis": 3100, "Checkpoint": "1610616144",
        "SourceEndpoint": endpoint, "DestinationEndpoint": endpoint,
        "PrecheckStatus": {"Status": "Failed", "Percent": "60", "Detail": [
            {"ItemName": "CHECK_CONN_SRC", "CheckStatus": "Failed", "ErrorMessage": "e", "RepairMethod": "r"},
        ]},
        "StructureInitializationStatus": stage, "DataInitializationStatus": stage,
        "DataSynchronizationStatus": {
            "Status": "Migrating", "Percent": "95", "Delay": "3", "DelayMillis": 3100, "Checkpoint": "1610616144",
            "ErrorMessage": "e",
        },
        "Performance": {"RPS": "2", "FLOW": "0.50MB/s"},
        "SynchronizationObjects": [{
            "SchemaName": "s", "NewSchemaName": "n", "TableIncludes": [{"TableName": "a"}],
            "TableExcludes": [{"TableName": "b"}],
        }],
    })
}

/// Returns the values put into a field, in JSON and in XML, which has no types.
fn intruders() -> Vec<(&'static str, Value, String)> {
    let long = "x".repeat(1_000_000);
    let mut intruders = vec![
        ("null", Value::Null, String::new()),
        ("empty text", json!(""), String::new()),
        (LONG, json!(long), long),
        ("an empty list", json!([]), String::new()),
        ("an empty object", json!({}), EMPTY.to_owned()),
        ("a list of lists", json!([[["deep"]]]), "<a><b><c>deep</c></b></a>".to_owned()),
        ("a list", json!(["one", 2]), "<a>one</a><a>2</a>".to_owned()),
        ("an object", json!({"Unheard": {"of": 1}}), "<Unheard><of>1</of></Unheard>".to_owned()),
        ("text and an object", json!([{"Unheard": 1}, "of"]), "<Unheard>1</Unheard>of".to_owned()),
    ];
    for (name, value) in [
        ("text", json!("some text")),
        ("blanks", json!(" \n ")),
        ("zero", json!(0)),
        ("a negative number", json!(-1)),
        ("a fraction", json!(0.1)),
        ("a large number", json!(1e300)),
        ("the largest integer", json!(u64::MAX)),
        ("a truth", json!(true)),
        ("a number as text", json!("-0012.50")),
        ("a time", json!("9999-12-31T23:59:60+23:59")),
        ("other units", json!("12GB")),
        ("markup", json!("<a href='b'>&amp;</a>")),
    ] {
        let text = value.as_str().map_or_else(|| value.to_string(), escaped);
        intruders.push((name, value, text));
    }
    intruders
}

/// The location of a field: names, and indices of lists.
type Steps = Vec<Step>;

#[derive(Debug, Clone, PartialEq)]
enum Step {
    Name(String),
    Index(usize),
}

/// Returns the locations of all fields, records and lists.
fn places(value: &Value, here: &Steps, found: &mut Vec<Steps>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let place = [here.as_slice(), &[Step::Name(name.clone())]].concat();
                found.push(place.clone());
                places(value, &place, found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &[here.as_slice(), &[Step::Index(index)]].concat(), found);
            }
        }
        _ => {}
    }
}

fn at<'v>(value: &'v mut Value, place: &[Step]) -> &'v mut Value {
    place.iter().fold(value, |value, step| match step {
        Step::Name(name) => &mut value[name.as_str()],
        Step::Index(index) => &mut value[*index],
    })
}

/// Returns a location in the form of a path.
fn shown(place: &[Step]) -> String {
    place.iter().fold(String::new(), |mut path, step| {
        match step {
            Step::Name(name) if path.is_empty() => path.push_str(name),
            Step::Name(name) => write!(path, ".{name}").unwrap(),
            Step::Index(index) => write!(path, "[{index}]").unwrap(),
        }
        path
    })
}

/// Writes the response as documented XML. A marked member holds content that is written without escapes.
fn xml(members: &Map<String, Value>) -> String {
    members.iter().fold(String::new(), |body, (name, value)| body + &elements(name, value))
}

fn elements(name: &str, value: &Value) -> String {
    match value {
        Value::Array(items) => items.iter().map(|item| elements(name, item)).collect(),
        Value::Object(members) => format!("<{name}>{}</{name}>", xml(members)),
        Value::String(text) if text.starts_with(RAW) => format!("<{name}>{}</{name}>", &text[RAW.len()..]),
        Value::String(text) => format!("<{name}>{}</{name}>", escaped(text)),
        other => format!("<{name}>{other}</{name}>"),
    }
}

const RAW: &str = "raw:";

/// The value that a time field accepts.
const LONG: &str = "a megabyte of text";

/// Content that counts as absent.
const EMPTY: &str = "<!-- -->";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Returns the fields of the job as the command prints it.
fn job(decoded: &Decoded) -> Vec<(String, Value)> {
    let mut flat = Vec::new();
    flatten(&serde_json::to_value(decoded.job().expect("it is a job")).unwrap(), "", &mut flat);
    flat
}

fn flatten(value: &Value, path: &str, flat: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| flatten(value, &format!("{path}.{name}"), flat));
        }
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, value)| flatten(value, &format!("{path}[{index}]"), flat)),
        leaf => flat.push((path.to_owned(), leaf.clone())),
    }
}

/// Returns the fields that differ.
fn difference<'f>(one: &'f [(String, Value)], other: &[(String, Value)]) -> Vec<&'f str> {
    one.iter().filter(|field| !other.contains(field)).map(|(path, _)| path.as_str()).collect()
}

fn check(
    format: Format,
    body: impl Fn(&Value) -> String,
    intrude: impl Fn(usize) -> Option<(&'static str, Value, String)>,
) {
    let whole = decode(body(&full()).as_bytes()).unwrap();
    assert_eq!(whole.format, format);
    assert!(whole.is_clean(), "{:?}", whole.quirks);
    let fields = job(&whole);
    let mut all = Vec::new();
    places(&full(), &Vec::new(), &mut all);
    assert_eq!(all.len(), 70, "every field of the table");

    for place in &all {
        let path = shown(place);
        // The part of the model that is missing without the field belongs to it.
        let mut without = full();
        let (Some(Step::Name(name)), before) = (place.last(), &place[..place.len() - 1]) else { continue };
        at(&mut without, before).as_object_mut().unwrap().remove(name);
        let without = job(&decode(body(&without).as_bytes()).unwrap());
        let own = difference(&fields, &without);
        assert!(!own.is_empty(), "{path}");

        // An item without any other field has the quirk itself, or there may be more than one.
        let scope = if name == "TableName" { shown(&before[..before.len() - 1]) } else { path.clone() };

        for (what, value, raw) in (0..).map_while(&intrude) {
            let mut changed = full();
            *at(&mut changed, place) = value.clone();
            let decoded =
                decode(body(&changed).as_bytes()).unwrap_or_else(|error| panic!("{path}, {what}: {error}"));
            let now = job(&decoded);
            for lost in difference(&fields, &now) {
                assert!(own.contains(&lost), "{path}, {what}: {lost} differs");
            }
            for gained in difference(&now, &fields) {
                let parent = own[0]
                    .split_inclusive(['.', '['])
                    .take(own[0].matches(['.', '[']).count())
                    .collect::<String>();
                assert!(gained.starts_with(&parent), "{path}, {what}: {gained} appears");
            }
            for quirk in &decoded.quirks {
                assert!(quirk.path.to_string().starts_with(&scope), "{path}, {what}: {quirk}");
            }
            let says_nothing =
                [Value::Null, json!([]), json!({})].contains(&value) || raw.trim().is_empty() || raw == EMPTY;
            let is_taken = now.iter().any(|field| !without.contains(field));
            if !says_nothing && !is_taken {
                let texts = [value.to_string(), raw.clone()];
                check_loss(&decoded, &texts, what == "a list of lists", &format!("{path}, {what}"));
            }
            // The decoded response is a response like any other.
            for format in [Format::Json, Format::Xml].into_iter().filter(|_| what != LONG) {
                let again = decode(&encode(&decoded.response, format)).unwrap().response;
                assert_eq!(again, decoded.response, "{path}, {what}");
            }
        }
    }
}

/// Checks that a value which is not in its field is in a quirk.
fn check_loss(decoded: &Decoded, texts: &[String], may_be_cut: bool, case: &str) {
    // A Checkpoint of 0 means that there is none yet, so it is absent.
    let is_gone = |kind: QuirkKind| kind.loses_value() || kind == QuirkKind::EmptyValue;
    let lost = decoded.quirks.iter().find(|quirk| is_gone(quirk.kind));
    let lost = lost.unwrap_or_else(|| panic!("{case}: no quirk reports the loss"));
    assert!(!lost.found.is_empty() && lost.found.len() <= 128, "{case}: {lost}");
    let found = [lost.found.clone(), lost.found.replace('&', "&amp;").replace('<', "&lt;")];
    let is_of_it = texts.iter().any(|text| found.iter().any(|found| text.contains(found)));
    assert!(is_of_it || may_be_cut, "{case}: {lost}");
}

#[test]
fn in_json() {
    let intruders = intruders();
    check(Format::Json, Value::to_string, |index| intruders.get(index).cloned());
}

#[test]
fn in_xml() {
    let intruders = intruders();
    let body = |value: &Value| {
        let root = "DescribeSynchronizationJobStatusResponse";
        format!("<{root}>{}</{root}>", xml(value.as_object().unwrap()))
    };
    check(Format::Xml, body, |index| {
        let (what, _, raw) = intruders.get(index)?;
        Some((*what, json!(format!("{RAW}{raw}")), raw.clone()))
    });
}
