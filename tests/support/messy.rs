//! Writers of messy bodies: one response in all forms that a decoder must accept.
//!
//! They do not use the crate's encoder. Every departure is a choice; without choices a body is plain.

use aliyun_dts_status::model::{
    Endpoint, InitializationStage, Precheck, PrecheckItem, SyncObject, SynchronizationStage,
};
use aliyun_dts_status::{Fault, SyncJob};
use chrono::{DateTime, Datelike, FixedOffset, SecondsFormat, TimeDelta, Timelike, Utc};
use serde_json::json;

use crate::choices::Choices;

/// A response as fields, without a format.
pub(crate) struct Member {
    name: String,
    value: Node,
}

enum Node {
    /// A field without a value: left out, or empty in the form of its type.
    Absent(Absent),
    Scalar(Scalar),
    Record(Vec<Member>),
    /// Records, and a name that may wrap each of them.
    List(&'static str, Vec<Vec<Member>>),
    /// Records of one text, and a name that may wrap each of them.
    Names(&'static str, Vec<String>),
    /// Texts with free names.
    Texts(Vec<(String, String)>),
}

#[derive(Clone, Copy)]
enum Absent {
    Scalar,
    Record,
    List,
}

enum Scalar {
    Text(String),
    Identifier(String),
    /// A value of an open set; true if it is a known one, in any letter case.
    Word(String, bool),
    Bool(bool),
    Integer(i64),
    Percent(f64),
    Rate(f64),
    Flow(f64),
    Checkpoint(DateTime<Utc>),
    Time(DateTime<Utc>),
}

fn scalar(name: &str, value: Option<Scalar>) -> Member {
    Member { name: name.to_owned(), value: value.map_or(Node::Absent(Absent::Scalar), Node::Scalar) }
}

fn text(name: &str, value: &Option<impl AsRef<str>>) -> Member {
    scalar(name, value.as_ref().map(|text| Scalar::Text(text.as_ref().to_owned())))
}

fn identifier(name: &str, value: &Option<String>) -> Member {
    scalar(name, value.clone().map(Scalar::Identifier))
}

fn record<R>(name: &str, record: &Option<R>, members: fn(&R) -> Vec<Member>) -> Member {
    let value = record.as_ref().map_or(Node::Absent(Absent::Record), |record| Node::Record(members(record)));
    Member { name: name.to_owned(), value }
}

fn list(name: &str, is_empty: bool, value: Node) -> Member {
    Member { name: name.to_owned(), value: if is_empty { Node::Absent(Absent::List) } else { value } }
}

/// A value of an open set.
macro_rules! word {
    ($name:literal, $value:expr) => {
        scalar($name, $value.as_ref().map(|value| Scalar::Word(value.as_str().to_owned(), value.is_known())))
    };
}

pub(crate) fn job(job: &SyncJob) -> Vec<Member> {
    vec![
        identifier("RequestId", &job.request_id),
        scalar("Success", job.success.map(Scalar::Bool)),
        identifier("ErrCode", &job.err_code),
        text("ErrMessage", &job.err_message),
        identifier("Code", &job.code),
        identifier("DynamicCode", &job.dynamic_code),
        text("DynamicMessage", &job.dynamic_message),
        scalar("HttpStatusCode", job.http_status_code.map(Scalar::Integer)),
        identifier("TaskId", &job.task_id),
        identifier("SynchronizationJobId", &job.job_id),
        text("SynchronizationJobName", &job.job_name),
        identifier("SynchronizationJobClass", &job.job_class),
        word!("SynchronizationDirection", job.direction),
        word!("PayType", job.pay_type),
        scalar("ExpireTime", job.expire_time.map(Scalar::Time)),
        word!("Status", job.status),
        text("ErrorMessage", &job.error_message),
        scalar("DataInitialization", job.data_initialization.map(Scalar::Bool)),
        scalar("StructureInitialization", job.structure_initialization.map(Scalar::Bool)),
        scalar("Delay", job.delay.map(seconds)),
        scalar("DelayMillis", job.delay_millis.map(millis)),
        scalar("Checkpoint", job.checkpoint.map(Scalar::Checkpoint)),
        record("SourceEndpoint", &job.source, endpoint),
        record("DestinationEndpoint", &job.destination, endpoint),
        record("PrecheckStatus", &job.precheck, precheck),
        record("StructureInitializationStatus", &job.structure_stage, initialization),
        record("DataInitializationStatus", &job.data_stage, initialization),
        record("DataSynchronizationStatus", &job.synchronization_stage, synchronization),
        record("Performance", &job.performance, |performance| {
            vec![
                scalar("RPS", performance.rps.map(Scalar::Rate)),
                scalar("FLOW", performance.flow.map(|flow| Scalar::Flow(flow.mb_per_s()))),
            ]
        }),
        list(
            "SynchronizationObjects",
            job.objects.is_empty(),
            Node::List("SynchronizationObject", job.objects.iter().map(object).collect()),
        ),
    ]
}

pub(crate) fn fault(fault: &Fault) -> Vec<Member> {
    let detail = &fault.access_denied_detail;
    vec![
        identifier("Code", &fault.code),
        text("Message", &fault.message),
        identifier("RequestId", &fault.request_id),
        identifier("HostId", &fault.host_id),
        identifier("Recommend", &fault.recommend),
        text("Description", &fault.description),
        Member {
            name: "AccessDeniedDetail".to_owned(),
            value: match detail.is_empty() {
                true => Node::Absent(Absent::Record),
                false => Node::Texts(detail.clone().into_iter().collect()),
            },
        },
    ]
}

fn seconds(delay: TimeDelta) -> Scalar {
    Scalar::Integer(delay.num_seconds())
}

fn millis(delay: TimeDelta) -> Scalar {
    Scalar::Integer(delay.num_milliseconds())
}

fn endpoint(endpoint: &Endpoint) -> Vec<Member> {
    vec![
        identifier("InstanceId", &endpoint.instance_id),
        identifier("InstanceType", &endpoint.instance_type),
        identifier("EngineName", &endpoint.engine_name),
        identifier("IP", &endpoint.ip),
        scalar("Port", endpoint.port.map(Scalar::Integer)),
        text("UserName", &endpoint.user_name),
    ]
}

fn precheck(precheck: &Precheck) -> Vec<Member> {
    vec![
        word!("Status", precheck.status),
        scalar("Percent", precheck.percent.map(|percent| Scalar::Percent(percent.get()))),
        list(
            "Detail",
            precheck.items.is_empty(),
            Node::List("CheckItem", precheck.items.iter().map(item).collect()),
        ),
    ]
}

fn item(item: &PrecheckItem) -> Vec<Member> {
    vec![
        word!("ItemName", item.name),
        text("CheckItemDescription", &item.description),
        word!("CheckStatus", item.status),
        text("ErrorMessage", &item.error_message),
        text("RepairMethod", &item.repair_method),
    ]
}

fn initialization(stage: &InitializationStage) -> Vec<Member> {
    vec![
        word!("Status", stage.status),
        scalar("Percent", stage.percent.map(|percent| Scalar::Percent(percent.get()))),
        scalar("Progress", stage.progress.map(Scalar::Integer)),
        text("ErrorMessage", &stage.error_message),
    ]
}

fn synchronization(stage: &SynchronizationStage) -> Vec<Member> {
    vec![
        word!("Status", stage.status),
        scalar("Percent", stage.percent.map(|percent| Scalar::Percent(percent.get()))),
        scalar("Delay", stage.delay.map(seconds)),
        scalar("DelayMillis", stage.delay_millis.map(millis)),
        scalar("Checkpoint", stage.checkpoint.map(Scalar::Checkpoint)),
        text("ErrorMessage", &stage.error_message),
    ]
}

fn object(object: &SyncObject) -> Vec<Member> {
    let names =
        |name, inner, names: &[String]| list(name, names.is_empty(), Node::Names(inner, names.to_vec()));
    vec![
        text("SchemaName", &object.schema_name),
        text("NewSchemaName", &object.new_schema_name),
        names("TableIncludes", "TableInclude", &object.table_includes),
        names("TableExcludes", "TableExclude", &object.table_excludes),
    ]
}

/// Returns a plain value as text, and true if that text is a JSON value without quotes.
fn spell(scalar: &Scalar, choices: &mut Choices<'_>) -> (String, bool) {
    let (spelling, native) = match scalar {
        Scalar::Text(text) => return (text.clone(), false),
        Scalar::Identifier(text) => (text.clone(), false),
        Scalar::Word(text, true) => (in_any_case(text, choices), false),
        Scalar::Word(text, false) => (text.clone(), false),
        Scalar::Bool(value) => match choices.pick(4) {
            0 | 1 => (value.to_string(), true),
            2 => (in_any_case(&value.to_string(), choices), false),
            _ => (u8::from(*value).to_string(), true),
        },
        Scalar::Integer(value) => integer(*value, choices),
        Scalar::Percent(value) => match choices.pick(4) {
            0 | 1 => number(*value, choices),
            2 => (format!("{value}%"), false),
            _ => (format!("{value} %"), false),
        },
        Scalar::Rate(value) => number(*value, choices),
        Scalar::Flow(value) => match choices.pick(5) {
            0 | 1 => (format!("{value}MB/s"), false),
            2 => number(*value, choices),
            3 => (format!("{value} MB/s"), false),
            // A shift by 10 bits is exact if the number has room for it.
            _ if (value * 1024.0).is_finite() => (format!("{}KB/s", value * 1024.0), false),
            _ => (format!("{value}MB/s"), false),
        },
        Scalar::Checkpoint(time) => checkpoint(time, choices),
        Scalar::Time(time) => (in_any_time_form(time, choices), false),
    };
    match choices.seldom(6) {
        true => (
            choices.any(&[" ", "\n", "\t \r\n"]).to_owned() + &spelling + choices.any(&["", " ", "\n"]),
            false,
        ),
        false => (spelling, native),
    }
}

fn integer(value: i64, choices: &mut Choices<'_>) -> (String, bool) {
    let (sign, digits) = if value < 0 { ("-", value.unsigned_abs()) } else { ("", value.unsigned_abs()) };
    match choices.pick(8) {
        4 if value >= 0 => (format!("+{value}"), false),
        5 => (format!("{sign}00{digits}"), false),
        6 => (format!("{value}.0"), true),
        7 if value % 10 == 0 => (format!("{}e1", value / 10), true),
        _ => (value.to_string(), true),
    }
}

fn number(value: f64, choices: &mut Choices<'_>) -> (String, bool) {
    match choices.pick(5) {
        3 => (format!("{value:e}"), true),
        4 if value >= 0.0 => (format!("+0{value}"), false),
        _ => (value.to_string(), true),
    }
}

fn checkpoint(time: &DateTime<Utc>, choices: &mut Choices<'_>) -> (String, bool) {
    const MILLIS: i64 = 100_000_000_000;
    let seconds = time.timestamp();
    let in_years = time.year() <= 9999;
    match choices.pick(5) {
        3 if seconds * 1000 >= MILLIS => ((seconds * 1000 + 999).to_string(), true),
        4 if in_years => (in_any_time_form(time, choices), false),
        _ if seconds < MILLIS => (seconds.to_string(), true),
        _ => ((seconds * 1000).to_string(), true),
    }
}

fn in_any_time_form(time: &DateTime<Utc>, choices: &mut Choices<'_>) -> String {
    let plain = time.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    match choices.pick(6) {
        2 if time.second() == 0 && time.nanosecond() == 0 => plain.replace(":00Z", "Z"),
        3 => plain.replace('T', "T "),
        4 if (1..=9998).contains(&time.year()) => {
            let zone = FixedOffset::east_opt(8 * 3600).unwrap();
            time.with_timezone(&zone).to_rfc3339_opts(SecondsFormat::AutoSi, false)
        }
        5 => plain.to_lowercase(),
        _ => plain,
    }
}

fn in_any_case(text: &str, choices: &mut Choices<'_>) -> String {
    match choices.pick(8) {
        5 => text.to_ascii_lowercase(),
        8 => text
            .chars()
            .map(|c| if c.is_ascii_uppercase() { format!("_{c}") } else { c.to_string() })
            .collect(),
        6 => text.to_ascii_uppercase(),
        7 => {
            let swap = |c: char| {
                if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() }
            };
            text.chars().map(swap).collect()
        }
        _ => text.to_owned(),
    }
}

/// A name in any letter case, or in words.
fn in_any_form(name: &str, choices: &mut Choices<'_>) -> String {
    if !choices.seldom(9) {
        return in_any_case(name, choices);
    }
    let mut words = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !words.is_empty() {
            words.push('_');
        }
        words.push(c.to_ascii_lowercase());
    }
    words
}

/// Mixes sequences, and keeps the order within each.
fn mixed(mut sequences: Vec<Vec<String>>, choices: &mut Choices<'_>) -> Vec<String> {
    let mut all = Vec::new();
    for sequence in &mut sequences {
        sequence.reverse();
    }
    while {
        sequences.retain(|sequence| !sequence.is_empty());
        !sequences.is_empty()
    } {
        let at = if choices.seldom(3) { choices.pick(sequences.len()) } else { 0 };
        all.extend(sequences[at].pop());
    }
    all
}

/// A body in JSON.
pub(crate) fn json(members: &[Member], choices: &mut Choices<'_>) -> Vec<u8> {
    // The envelope is chosen first, since a long body uses up all choices.
    let encoding = choices.pick(9);
    let envelope = in_any_form("DescribeSynchronizationJobStatusResponse", choices);
    let shape = choices.pick(6);
    let object = json_object(members, true, choices);
    let object = match shape {
        3 => format!(r#"{{"{envelope}":{object}}}"#),
        4 => format!(r#"{{"headers":{{"a":["b"]}},"statusCode":200,"body":{object}}}"#),
        5 => format!(r#"{{"body":{{"{envelope}":{object}}},"x":null}}"#),
        _ => object,
    };
    encoded(&format!("{}{object}{}", blanks(choices), blanks(choices)), encoding)
}

fn blanks(choices: &mut Choices<'_>) -> &'static str {
    choices.any(&["", "", "", " ", "\n", "\r\n\t "])
}

fn json_object(members: &[Member], may_add: bool, choices: &mut Choices<'_>) -> String {
    let others = [r#""Etl":{"Status":[1,"}"]}"#, r#""": null"#, r#""\u65b0\"": -1.5e3"#];
    let other = (may_add && choices.seldom(6)).then(|| vec![choices.any(&others).to_owned()]);
    let sequences = members.iter().map(|member| json_members(member, choices)).collect::<Vec<_>>();
    let sequences = other.into_iter().chain(sequences).collect();
    let members: Vec<_> = mixed(sequences, choices)
        .into_iter()
        .map(|member| format!("{}{member}{}", blanks(choices), blanks(choices)))
        .collect();
    format!("{{{}}}", members.join(","))
}

/// Writes a member, and maybe repetitions of its name, which have no effect.
fn json_members(member: &Member, choices: &mut Choices<'_>) -> Vec<String> {
    let name = |choices: &mut Choices<'_>| json_string(&in_any_form(&member.name, choices), choices);
    let value = match &member.value {
        Node::Absent(absent) => {
            let ways: &[&str] = match absent {
                Absent::Scalar => &["", "", "null", r#""""#],
                Absent::Record => &["", "", "null", r#""""#, "{}", "[]", "[{}]", "[null]", r#"" ""#],
                Absent::List => &["", "", "null", r#""""#, "{}", "[]", r#"{"item":[]}"#, "[null, {}]"],
            };
            match choices.any(ways) {
                "" => return Vec::new(),
                value => return vec![format!("{}:{value}", name(choices))],
            }
        }
        Node::Scalar(scalar) => match spell(scalar, choices) {
            (spelling, true) if choices.pick(2) == 1 => spelling,
            (spelling, _) => json_string(&spelling, choices),
        },
        Node::Record(members) => {
            let object = json_object(members, true, choices);
            if choices.seldom(5) { format!("[{object}]") } else { object }
        }
        Node::List(inner, items) => {
            let items: Vec<_> = items.iter().map(|item| json_object(item, true, choices)).collect();
            json_list(&member.name, inner, &items, choices)
        }
        Node::Names(inner, names) => {
            let items = names.iter().map(|name| {
                let text = json_string(name, choices);
                // Blanks in place of a list are an empty list.
                match !name.trim().is_empty() && choices.seldom(3) {
                    true => text,
                    false => format!(r#"{{"{}":{text}}}"#, in_any_form("TableName", choices)),
                }
            });
            json_list(&member.name, inner, &items.collect::<Vec<_>>(), choices)
        }
        Node::Texts(texts) => {
            let members: Vec<_> = texts
                .iter()
                .map(|(name, text)| format!("{}:{}", json_string(name, choices), json_string(text, choices)))
                .collect();
            let object = format!("{{{}}}", members.join(","));
            if choices.seldom(5) { format!("[{object}]") } else { object }
        }
    };
    let mut members = vec![format!("{}{}:{}{value}", name(choices), blanks(choices), blanks(choices))];
    if choices.seldom(12) {
        let value = choices.any(&["null", "0", r#""other""#, "[{}]", r#"{"Status":"Failed"}"#]);
        members.push(format!("{}:{value}", name(choices)));
    }
    members
}

fn json_list(name: &str, inner: &str, items: &[String], choices: &mut Choices<'_>) -> String {
    let inner = [inner, inner, name, "item", "element", "member"][choices.pick(6)];
    let inner = in_any_form(inner, choices);
    let flat = format!("[{}]", items.join(","));
    match (choices.pick(7), items) {
        (3, _) => format!(r#"{{"{inner}":{flat}}}"#),
        (4, _) => format!(r#"[{{"{inner}":{flat}}}]"#),
        (5, [one]) => one.clone(),
        (6, [one]) => format!(r#"{{"{inner}":{one}}}"#),
        (5, [first, rest @ ..]) => {
            format!(r#"[{{"{inner}":{first}}},{{"{inner}":[{}]}}]"#, rest.join(","))
        }
        _ => flat,
    }
}

fn json_string(text: &str, choices: &mut Choices<'_>) -> String {
    if !choices.seldom(4) {
        return json!(text).to_string();
    }
    let mut written = String::from('"');
    for c in text.chars() {
        match c {
            '/' => written.push_str(choices.any(&["/", "\\/"])),
            _ if choices.seldom(4) => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    written.push_str(&format!("\\u{unit:04x}"));
                }
            }
            c => {
                let quoted = json!(c.to_string()).to_string();
                written.push_str(&quoted[1..quoted.len() - 1]);
            }
        }
    }
    written.push('"');
    written
}

/// A body in XML, with one of these names for its root, or without a root.
pub(crate) fn xml(members: &[Member], roots: &[&str], choices: &mut Choices<'_>) -> Vec<u8> {
    let encoding = choices.pick(9);
    let rootless = choices.seldom(5);
    let root = in_any_form(roots[choices.pick(roots.len())], choices);
    let declaration = choices.any(&[
        "",
        "",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>",
    ]);
    let doctype = choices.any(&["", "", "", "<!DOCTYPE x SYSTEM \"y.dtd\" >"]);
    let prolog = format!("{declaration}{}{doctype}{}", misc(choices), misc(choices));
    let mut elements = xml_elements(members, !rootless, choices);
    let content = match rootless && !elements.is_empty() {
        true => elements.join(blanks(choices)),
        false => {
            elements.push(String::new());
            element(&root, &elements.join(blanks(choices)), choices)
        }
    };
    encoded(&format!("{prolog}{content}{}", misc(choices)), encoding)
}

fn misc(choices: &mut Choices<'_>) -> &'static str {
    choices.any(&["", "", "", "\n", "<!-- <a> & b -->", "<?p a=\"?>", "\r\n<!---->\t"])
}

fn element(name: &str, content: &str, choices: &mut Choices<'_>) -> String {
    let prefix = choices.any(&["", "", "", "", "", "dts:"]);
    let attributes = choices.any(&["", "", "", "", "", " ", " a='>' b = \"&lt;'\"\n"]);
    match content {
        "" if choices.pick(2) == 1 => format!("<{prefix}{name}{attributes}/>"),
        _ => format!(
            "<{prefix}{name}{attributes}>{content}</{prefix}{name}{}>",
            choices.any(&["", "", "", " "])
        ),
    }
}

fn xml_elements(members: &[Member], may_add: bool, choices: &mut Choices<'_>) -> Vec<String> {
    let others = ["<Etl><Status a='1'>x</Status>y</Etl>", "<新/>", "loose text"];
    let other = (may_add && choices.seldom(6)).then(|| vec![choices.any(&others).to_owned()]);
    let sequences = members.iter().map(|member| xml_members(member, choices)).collect::<Vec<_>>();
    let sequences = other.into_iter().chain(sequences).collect();
    mixed(sequences, choices)
}

/// Returns the elements of a member: several for a list, or with repetitions that have no effect.
#[allow(clippy::too_many_lines, reason = "one arm a kind of value")]
fn xml_members(member: &Member, choices: &mut Choices<'_>) -> Vec<String> {
    let name = |choices: &mut Choices<'_>| in_any_form(&member.name, choices);
    let content = match &member.value {
        Node::Absent(absent) => {
            let ways: &[&str] = match absent {
                Absent::Scalar => &["-", "-", ""],
                Absent::Record => &["-", "-", "", " ", "<!-- -->\n"],
                Absent::List => &["-", "-", "", "\n", "<item/>"],
            };
            match choices.any(ways) {
                "-" => return Vec::new(),
                content => return vec![element(&name(choices), content, choices)],
            }
        }
        Node::Scalar(scalar) => {
            let (spelling, _) = spell(scalar, choices);
            xml_text(&spelling, choices)
        }
        Node::Record(members) => {
            let mut elements = xml_elements(members, true, choices);
            elements.push(String::new());
            elements.join(blanks(choices))
        }
        Node::List(inner, items) => {
            let items = items.iter().map(|item| {
                let mut elements = xml_elements(item, true, choices);
                elements.push(String::new());
                elements.join(misc(choices))
            });
            return xml_list(&member.name, inner, &items.collect::<Vec<_>>(), choices);
        }
        Node::Names(inner, names) => {
            let all_bare = choices.seldom(4);
            let names = names.iter().map(|name| {
                let text = xml_text(name, choices);
                match !name.trim().is_empty() && (all_bare || choices.seldom(4)) {
                    true => text,
                    false => element(&in_any_form("TableName", choices), &text, choices),
                }
            });
            let names: Vec<_> = names.collect();
            if choices.seldom(5)
                && names.len() > 1
                && names.iter().all(|name| name.starts_with("<") && name.to_lowercase().contains("tablename"))
            {
                return vec![element(&name(choices), &names.concat(), choices)];
            }
            return xml_list(&member.name, inner, &names, choices);
        }
        Node::Texts(texts) => {
            let elements = texts.iter().map(|(name, text)| {
                let text = xml_text(text, choices);
                element(name, &text, choices)
            });
            elements.collect::<Vec<_>>().join(blanks(choices))
        }
    };
    let mut elements = vec![element(&name(choices), &content, choices)];
    if choices.seldom(12) {
        let content = choices.any(&["", "0", "other", "<Status>Failed</Status>"]);
        elements.push(element(&name(choices), content, choices));
    }
    elements
}

/// Returns repeated elements, or elements that wrap them.
fn xml_list(name: &str, inner: &str, items: &[String], choices: &mut Choices<'_>) -> Vec<String> {
    let inner = [inner, inner, name, "item", "element", "member"][choices.pick(6)];
    let cut = match choices.pick(6) {
        4 => items.len(),
        5 => 1,
        _ => {
            return items
                .iter()
                .map(|item| {
                    let name = in_any_form(name, choices);
                    element(&name, item, choices)
                })
                .collect();
        }
    };
    let (first, rest) = items.split_at(cut);
    [first, rest]
        .into_iter()
        .filter(|items| !items.is_empty())
        .map(|items| {
            let mut wrapped: Vec<_> = items
                .iter()
                .map(|item| {
                    let inner = in_any_form(inner, choices);
                    element(&inner, item, choices)
                })
                .collect();
            wrapped.push(String::new());
            let name = in_any_form(name, choices);
            let content = wrapped.join(blanks(choices));
            element(&name, &content, choices)
        })
        .collect()
}

/// Writes text in pieces: plain, references, CDATA sections, with comments and instructions between them.
fn xml_text(text: &str, choices: &mut Choices<'_>) -> String {
    let mut written = String::new();
    for c in text.chars() {
        written.push_str(choices.any(&[
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "<!-- & < -->",
            "<?p?>",
            "<![CDATA[]]>",
        ]));
        match (choices.pick(8), c) {
            (5, _) => written.push_str(&format!("&#{};", u32::from(c))),
            (6, _) => written.push_str(&format!("&#x{:X};", u32::from(c))),
            (7, '>') => written.push_str("<![CDATA[>]]>"),
            // A carriage return survives only as a reference.
            (7, '\r') => written.push_str("&#13;"),
            (7, _) => written.push_str(&format!("<![CDATA[{c}]]>")),
            (_, '<') => written.push_str("&lt;"),
            (_, '>') => written.push_str("&gt;"),
            (_, '&') => written.push_str("&amp;"),
            (_, '\r') => written.push_str(choices.any(&["&#13;", "&#xD;"])),
            (_, '"') => written.push_str(choices.any(&["\"", "&quot;"])),
            (_, '\'') => written.push_str(choices.any(&["'", "&apos;"])),
            _ => written.push(c),
        }
    }
    written
}

/// Returns the bytes of a body: in UTF-8, in UTF-8 with a mark, in UTF-16, or after an HTTP head.
fn encoded(body: &str, encoding: usize) -> Vec<u8> {
    let utf16 = |unit: fn(u16) -> [u8; 2]| {
        // The declaration of UTF-16 is right or absent.
        let body = body.replacen("encoding=\"UTF-8\"", "encoding=\"UTF-16\"", 1);
        format!("\u{FEFF}{body}").encode_utf16().flat_map(unit).collect()
    };
    match encoding {
        5 => format!("\u{FEFF}{body}").into_bytes(),
        6 => utf16(u16::to_le_bytes),
        7 => utf16(u16::to_be_bytes),
        8 => format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{body}").into_bytes(),
        _ => body.as_bytes().to_vec(),
    }
}
