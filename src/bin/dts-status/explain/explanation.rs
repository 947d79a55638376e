//! What is known of one name: [`Explanation`].

use std::fmt::{self, Display};

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::output::style::{FAINT, STRONG};
use crate::output::{safe, wrap};

/// What is known of one name.
pub(super) struct Explanation {
    pub(super) name: String,
    /// What the name is, with an article: `a finding`.
    pub(super) kind: &'static str,
    /// A whole sentence.
    pub(super) meaning: String,
    pub(super) details: Vec<(&'static str, String)>,
}

impl Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = safe::line(&self.name);
        f.write_str(&wrap(&format!("{STRONG}{name}{STRONG:#}, {}", self.kind), "  "))?;
        f.write_str(&wrap(&self.meaning, ""))?;
        for (label, value) in &self.details {
            f.write_str(&wrap(&format!("{FAINT}{label:10}{FAINT:#}{value}"), "          "))?;
        }
        Ok(())
    }
}

/// An object with the details as members: `{"name": "LAG_HIGH", "kind": "finding", "meaning": …, "remedy": …}`.
impl Serialize for Explanation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kind = self.kind.split_once(' ').map_or(self.kind, |(_, kind)| kind);
        let kind = kind.split([':', ',']).next().unwrap_or_default();
        let mut object = Map::new();
        for (member, value) in [("name", &*self.name), ("kind", kind), ("meaning", &self.meaning)] {
            object.insert(member.to_owned(), Value::from(value));
        }
        for (label, value) in &self.details {
            object.insert(label.to_lowercase(), Value::from(value.as_str()));
        }
        object.serialize(serializer)
    }
}
