//! Bodies to decode: the documented samples, and generated ones of any size.

use std::fmt::Write as _;

/// The two formats of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Syntax {
    Json,
    Xml,
}

impl Syntax {
    pub(crate) const BOTH: [Syntax; 2] = [Syntax::Json, Syntax::Xml];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Syntax::Json => "JSON",
            Syntax::Xml => "XML",
        }
    }
}

/// The name of the body that has its own goal and no other.
pub(crate) const QUIRKY: &str = "1,000 items, each with a quirk";

/// Returns a body of each compared kind by name; the last has this many megabytes.
pub(crate) fn all(syntax: Syntax, most: usize) -> [(&'static str, String); 8] {
    [
        ("documented", documented(syntax).to_owned()),
        ("minified", minified(syntax)),
        ("1,000 items", items(syntax, 1_000)),
        (QUIRKY, quirky_items(syntax, 1_000)),
        ("20,000 items", items(syntax, 20_000)),
        ("1,000 tables", objects(syntax, 100)),
        ("20,000 tables", objects(syntax, 2_000)),
        ("the longest", megabytes(most, syntax)),
    ]
}

/// Returns a body of this many megabytes.
pub(crate) fn megabytes(count: usize, syntax: Syntax) -> String {
    of_size(count * 1_000_000, syntax, items)
}

/// Returns the documented sample, as the vendor's API page prints it.
pub(crate) fn documented(syntax: Syntax) -> &'static str {
    match syntax {
        Syntax::Json => include_str!("../../testdata/docs-en.json"),
        Syntax::Xml => include_str!("../../testdata/docs-en.xml"),
    }
}

/// Returns the documented sample without indentation, as a gateway sends it.
pub(crate) fn minified(syntax: Syntax) -> String {
    let lines: String = documented(syntax).lines().map(str::trim).collect();
    // No value of the sample holds `": "`, so every match is between a key and its value.
    if syntax == Syntax::Json { lines.replace("\": ", "\":") } else { lines }
}

/// Returns a job with this many precheck items; one in sixteen failed and has a message.
pub(crate) fn items(syntax: Syntax, count: usize) -> String {
    job(syntax, |body| precheck(body, count, |body, index| item(body, index, "Success")))
}

/// Like [`items`], but the status of every item is in lower case: one quirk each.
pub(crate) fn quirky_items(syntax: Syntax, count: usize) -> String {
    job(syntax, |body| precheck(body, count, |body, index| item(body, index, "success")))
}

/// Returns a job with this many objects, each with ten tables.
pub(crate) fn objects(syntax: Syntax, count: usize) -> String {
    job(syntax, |body| {
        body.list("SynchronizationObjects", count, |body, index| {
            body.text("SchemaName", &format!("orders_{index}"));
            body.text("NewSchemaName", &format!("orders_copy_{index}"));
            body.list("TableIncludes", 10, |body, table| {
                body.text("TableName", &format!("table_{index}_{table}"));
            });
        });
    })
}

/// A kind of body that may cost a decoder quadratic time: its name, and a function that returns a body with this many
/// units, or an empty one where the format has no such kind.
pub(crate) type Kind = (&'static str, fn(Syntax, usize) -> String);

/// Kinds that must cost the same per byte at any size.
pub(crate) const KINDS: [Kind; 9] = [
    ("siblings", |syntax, count| {
        job(syntax, |body| {
            for index in 0..count {
                body.text(&format!("Sibling{index}"), "");
            }
        })
    }),
    ("items", items),
    ("attributes", |syntax, count| match syntax {
        Syntax::Json => String::new(),
        Syntax::Xml => job(syntax, |body| {
            let attributes: String =
                (0..100).fold(String::new(), |text, index| text + &format!(" a{index}=''"));
            for _ in 0..count {
                write!(body.text, "<Detail{attributes}/>").expect("a String takes it");
            }
        }),
    }),
    ("references", |syntax, count| {
        let unit = if syntax == Syntax::Json { "\\u4e2d\\n\\\"" } else { "&#20013;&lt;&quot;" };
        job(syntax, |body| body.text("ErrorMessage", &unit.repeat(count)))
    }),
    ("cdata", |syntax, count| match syntax {
        Syntax::Json => String::new(),
        Syntax::Xml => job(syntax, |body| body.text("ErrorMessage", &"<![CDATA[a<b]]>".repeat(count))),
    }),
    ("duplicates", |syntax, count| {
        job(syntax, |body| {
            for _ in 0..count {
                body.text("TaskId", "exjk1alb116****");
            }
        })
    }),
    ("unknown", |syntax, count| {
        job(syntax, |body| {
            precheck(body, count, |body, index| {
                item(body, index, "Success");
                body.text("CheckedBy", "an unknown field");
            });
        })
    }),
    ("tables", objects),
    ("quirks", quirky_items),
];

/// Returns a body of about this many bytes.
pub(crate) fn of_size(bytes: usize, syntax: Syntax, body: fn(Syntax, usize) -> String) -> String {
    let [hundred, thousand] = [100, 1_000].map(|count| body(syntax, count).len());
    body(syntax, (bytes * 900).saturating_sub(hundred) / (thousand - hundred).max(1))
}

/// Names of the documented sample's items.
const ITEM_NAMES: [&str; 16] = [
    "CHECK_CONN_SRC",
    "CHECK_AUTH_SRC",
    "CHECK_CONN_DEST",
    "CHECK_AUTH_DEST",
    "CHECK_BINLOG_ON",
    "CHECK_BINLOG_MODE",
    "CHECK_BINLOG_ROW_IMAGE",
    "CHECK_SERVER_ID",
    "CHECK_BINLOG_EXIST",
    "CHECK_ENGINE",
    "CHECK_MYSQL_PASSOWRD_FORMAT",
    "CHECK_SRC",
    "CHECK_SAME_OBJ",
    "CHECK_SQL_MODE",
    "CHECK_SAME_USER",
    "CHECK_TOPOLOGY",
];

/// Returns a job with a few fields, and those that the caller adds.
fn job(syntax: Syntax, fill: impl FnOnce(&mut Body)) -> String {
    let mut body = Body { syntax, text: String::new() };
    let head = |body: &mut Body| {
        body.text("RequestId", "DACDF659-AFC6-4DC8-ADB8-4569419A****");
        body.literal("Success", "true");
        body.text("SynchronizationJobId", "dtsexjk1alb116****");
        body.text("Status", "Synchronizing");
        body.text("Delay", "0");
        body.literal("DelayMillis", "0");
        body.text("Checkpoint", "1610616144");
        fill(body);
    };
    match syntax {
        Syntax::Json => body.braces(head),
        Syntax::Xml => body.record("DescribeSynchronizationJobStatusResponse", head),
    }
    body.text
}

fn precheck(body: &mut Body, count: usize, item: impl FnMut(&mut Body, usize)) {
    body.record("PrecheckStatus", |body| {
        body.text("Status", "Finished");
        body.text("Percent", "100");
        body.list("Detail", count, item);
    });
}

fn item(body: &mut Body, index: usize, passed: &str) {
    body.text("ItemName", ITEM_NAMES[index % ITEM_NAMES.len()]);
    if index % 16 != 15 {
        return body.text("CheckStatus", passed);
    }
    body.text("CheckStatus", if passed == "Success" { "Failed" } else { "failed" });
    body.text("ErrorMessage", "DTS-1020042 target rejects the account; grant ALL on *.* and retry");
    body.text("RepairMethod", "CHECK_ERROR_DEST_CONN_REPAIR2");
}

/// A writer of bodies; the same calls write either format.
struct Body {
    syntax: Syntax,
    text: String,
}

impl Body {
    /// Adds a field of text that is already escaped.
    fn text(&mut self, name: &str, escaped: &str) {
        match self.syntax {
            Syntax::Json => self.literal(name, &format!("\"{escaped}\"")),
            Syntax::Xml => self.literal(name, escaped),
        }
    }

    /// Adds a number or boolean.
    fn literal(&mut self, name: &str, value: &str) {
        match self.syntax {
            Syntax::Json => {
                self.key(name);
                self.text.push_str(value);
            }
            Syntax::Xml => write!(self.text, "<{name}>{value}</{name}>").expect("a String takes it"),
        }
    }

    fn record(&mut self, name: &str, fill: impl FnOnce(&mut Self)) {
        match self.syntax {
            Syntax::Json => {
                self.key(name);
                self.braces(fill);
            }
            Syntax::Xml => {
                write!(self.text, "<{name}>").expect("a String takes it");
                fill(self);
                write!(self.text, "</{name}>").expect("a String takes it");
            }
        }
    }

    /// Adds an array in JSON, or repeated elements in XML: the shapes of the documented samples.
    fn list(&mut self, name: &str, count: usize, mut item: impl FnMut(&mut Self, usize)) {
        match self.syntax {
            Syntax::Json => {
                self.key(name);
                self.text.push('[');
                for index in 0..count {
                    self.comma();
                    self.braces(|body| item(body, index));
                }
                self.text.push(']');
            }
            Syntax::Xml => (0..count).for_each(|index| self.record(name, |body| item(body, index))),
        }
    }

    fn braces(&mut self, fill: impl FnOnce(&mut Self)) {
        self.text.push('{');
        fill(self);
        self.text.push('}');
    }

    fn key(&mut self, name: &str) {
        self.comma();
        write!(self.text, "\"{name}\":").expect("a String takes it");
    }

    fn comma(&mut self) {
        if !self.text.ends_with(['{', '[']) {
            self.text.push(',');
        }
    }
}
