//! Random trees of names and values that can be written in both formats, without a model.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

#[derive(Debug, Clone)]
pub(crate) enum Tree {
    Text(String),
    Record(Vec<(String, Tree)>),
    /// A list in JSON, repeated elements in XML.
    List(Vec<Tree>),
}

/// Any names in any place; each text is different.
pub(crate) fn any_tree() -> BoxedStrategy<Tree> {
    let tops = [
        "Status",
        "TaskId",
        "Success",
        "PrecheckStatus",
        "SynchronizationObjects",
        "Performance",
        "Code",
        "AccessDeniedDetail",
        "body",
    ];
    let inner = [
        "Detail",
        "CheckItem",
        "ItemName",
        "item",
        "SchemaName",
        "TableIncludes",
        "TableInclude",
        "TableName",
        "RPS",
        "rps",
        "Etl",
    ];
    let names = [&tops[..], &inner].concat();
    // Small, so that quirks rarely cut it.
    let tree = Just(Tree::Text(String::new())).prop_recursive(5, 24, 4, move |inner| {
        let member = (select(names.clone()).prop_map(str::to_owned), inner.clone());
        prop_oneof![4 => vec(member, 0..5).prop_map(Tree::Record), 1 => vec(inner, 0..4).prop_map(Tree::List)]
    });
    (vec((select(tops.to_vec()).prop_map(str::to_owned), tree), 1..5))
        .prop_map(|members| {
            let mut tree = Tree::Record(members);
            tree.number(&mut 0);
            tree
        })
        .boxed()
}

const SCALARS: &[&str] = &[
    "RequestId",
    "Success",
    "ErrCode",
    "ErrMessage",
    "HttpStatusCode",
    "PayType",
    "ExpireTime",
    "Status",
    "ErrorMessage",
    "DataInitialization",
    "Delay",
    "DelayMillis",
    "Checkpoint",
    "Etl",
];

/// Texts that are right for some field.
const TEXTS: &[&str] = &[
    "true",
    "TRUE",
    "0",
    "1",
    " 5",
    "+5",
    "1.0",
    "1e3",
    "5.9ms",
    "100%",
    "12.5",
    "1,234",
    "2021-03-07T16:00Z",
    "2021-03-07T16:00:00Z",
    "1610616144",
    "1610616144123",
    "512KB/s",
    "0.00MB/s",
    "Failed",
    "failed",
    "Initializating",
    "PrePaid",
    "CHECK_SRC",
    "x",
    "同步",
    " padded\n",
    "a <b> & \"c\"",
    "-1",
    "99999999999999999999",
];

/// Fields in their right places, with right and wrong values.
pub(crate) fn documented_tree() -> BoxedStrategy<Tree> {
    let names = record(&["TableName"], vec![], true);
    let objects = record(
        &["SchemaName", "NewSchemaName", "Etl"],
        vec![
            ("TableIncludes", list("TableInclude", names.clone())),
            ("TableExcludes", list("TableExclude", names)),
        ],
        true,
    );
    let items = record(
        &["ItemName", "CheckStatus", "CheckResult", "ErrorMessage", "RepairMethod", "Etl"],
        vec![],
        // The text of one wrapped item in XML is the name of an item; a list of one text in JSON is not.
        false,
    );
    let precheck = record(&["Status", "Percent", "Etl"], vec![("Detail", list("CheckItem", items))], true);
    let endpoint = record(&["InstanceId", "InstanceType", "IP", "Port", "UserName"], vec![], true);
    let stage =
        record(&["Status", "Percent", "Progress", "ErrorMessage", "Delay", "Checkpoint"], vec![], true);
    let performance = record(&["RPS", "FLOW"], vec![], true);
    let parts = vec![
        ("SourceEndpoint", endpoint),
        ("PrecheckStatus", precheck),
        ("DataInitializationStatus", stage.clone()),
        ("DataSynchronizationStatus", stage),
        ("Performance", performance),
        ("SynchronizationObjects", list("SynchronizationObject", objects)),
    ];
    (record(SCALARS, parts, false), text())
        .prop_map(|(tree, text)| {
            // A field must show that it is a job.
            let Tree::Record(mut members) = tree else { unreachable!() };
            members.push(("TaskId".to_owned(), text));
            Tree::Record(members)
        })
        .boxed()
}

fn text() -> BoxedStrategy<Tree> {
    select(TEXTS).prop_map(|text| Tree::Text(text.to_owned())).boxed()
}

/// A record with some of its fields, each once, in any order and letter case; or a text, where that is allowed.
fn record(
    scalars: &'static [&'static str],
    parts: Vec<(&'static str, BoxedStrategy<Tree>)>,
    may_be_text: bool,
) -> BoxedStrategy<Tree> {
    let wrong = Just(Tree::Record(vec![("x".to_owned(), Tree::Text("y".to_owned()))]));
    let value = prop_oneof![9 => text(), 1 => wrong].boxed();
    let lists = ["Detail", "SynchronizationObjects", "TableIncludes", "TableExcludes"];
    let scalars = scalars.iter().map(|name| (*name, value.clone()));
    let members: Vec<_> = scalars
        .chain(parts)
        .map(|(name, value)| {
            let spellings = match lists.contains(&name) {
                // In XML each element of a list has its own name, so its quirks differ.
                true => vec![name.to_owned()],
                false => vec![name.to_owned(), name.to_owned(), name.to_uppercase(), name.to_lowercase()],
            };
            let spelling = select(spellings);
            (spelling, prop::option::of(value)).boxed()
        })
        .collect();
    let record = members
        .prop_shuffle()
        .prop_map(|members| {
            let given = members.into_iter().filter_map(|(name, value)| Some((name, value?)));
            Tree::Record(given.collect())
        })
        .prop_map(|tree| match tree {
            // In XML an empty record and an empty text look the same.
            Tree::Record(members) if members.is_empty() => {
                Tree::Record(vec![("Etl".to_owned(), Tree::Text("x".to_owned()))])
            }
            tree => tree,
        });
    match may_be_text {
        true => prop_oneof![12 => record, 1 => text()].boxed(),
        false => record.boxed(),
    }
}

/// A list, flat or wrapped.
fn list(inner: &'static str, item: BoxedStrategy<Tree>) -> BoxedStrategy<Tree> {
    let flat = vec(item.clone(), 1..4).boxed();
    let wrapped =
        vec(item, 1..3).prop_map(move |items| Tree::Record(vec![(inner.to_owned(), Tree::List(items))]));
    prop_oneof![2 => flat, 1 => vec(wrapped, 1..3)].prop_map(Tree::List).boxed()
}

impl Tree {
    fn number(&mut self, count: &mut usize) {
        match self {
            Tree::Text(text) => {
                *count += 1;
                *text = format!("w{count}w");
            }
            Tree::Record(members) => members.iter_mut().for_each(|(_, tree)| tree.number(count)),
            Tree::List(items) => items.iter_mut().for_each(|tree| tree.number(count)),
        }
    }

    /// The tree with one of its plain members or records repeated, before or after the others: with another's text, or
    /// with the same value.
    pub(crate) fn with_repeated(self, index: prop::sample::Index, is_first: bool) -> Tree {
        let Tree::Record(mut members) = self else { return self };
        let (name, value) = members[index.index(members.len())].clone();
        let other = members[index.index(members.len() * 7) % members.len()].1.clone();
        if matches!(value, Tree::List(_)) {
            return Tree::Record(members);
        }
        let other = if matches!(other, Tree::Text(_)) { other } else { value };
        let at = if is_first { 0 } else { members.len() };
        members.insert(at, (name, other));
        Tree::Record(members)
    }

    /// All texts.
    pub(crate) fn words(&self) -> Vec<String> {
        match self {
            Tree::Text(text) => vec![text.clone()],
            Tree::Record(members) => members.iter().flat_map(|(_, tree)| tree.words()).collect(),
            Tree::List(items) => items.iter().flat_map(Tree::words).collect(),
        }
    }

    pub(crate) fn to_json(&self) -> String {
        match self {
            Tree::Text(text) => json!(text).to_string(),
            Tree::Record(members) => {
                let members: Vec<_> = members
                    .iter()
                    .map(|(name, tree)| format!("{}:{}", json!(name), tree.to_json()))
                    .collect();
                format!("{{{}}}", members.join(","))
            }
            Tree::List(items) => {
                format!("[{}]", items.iter().map(Tree::to_json).collect::<Vec<_>>().join(","))
            }
        }
    }

    pub(crate) fn to_xml(&self) -> String {
        crate::support::document(&self.content())
    }

    fn content(&self) -> String {
        match self {
            Tree::Text(text) => text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
            Tree::Record(members) => members.iter().map(|(name, tree)| tree.elements(name)).collect(),
            Tree::List(items) => items.iter().map(|item| item.elements("item")).collect(),
        }
    }

    fn elements(&self, name: &str) -> String {
        match self {
            Tree::List(items) => items.iter().map(|item| item.elements(name)).collect(),
            _ => format!("<{name}>{}</{name}>", self.content()),
        }
    }
}
