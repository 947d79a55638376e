//! `dts-status explain`: the meaning of a code, a status or an error message, and the remedy.

mod entry;
mod find;
mod message;
mod section;
mod words;

use std::fmt::Write as _;

use self::entry::Entry;
use self::find::{find, mentioning, nearest};
use crate::exit::{Exit, Failure};
use crate::output::Output;
use crate::output::cut;
use crate::output::style::STRONG;

/// Explain a code, a status or an error message, and its remedy
///
/// WORDS are a code or a name in any spelling: an error code of DTS or of its API, a finding, a verdict, a status, an
/// item of the precheck, a threshold, a kind of error, a quirk, a rule; or a whole error message, of which the cause
/// comes first; or words of a meaning. Without WORDS all codes and names are listed.
#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct Explain {
    /// A code or a name in any spelling, or an error message
    #[arg(allow_hyphen_values = true, value_name = "WORDS")]
    words: Vec<String>,
}

const AFTER: &str = "\
Examples:
  dts-status explain
  dts-status explain LAG_HIGH
  dts-status explain dts 70211
  dts-status explain foreign key
  dts-status explain Throttling.User
  dts-status explain \"DTS-1020042 Execute sql error: The table 'a' is full\"

Exit status:
  0   explained
  64  nothing of that name is known";

impl Explain {
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Failure> {
        let words = self.words.join(" ");
        let text = match words.trim() {
            "" if self.words.is_empty() => list(Entry::all()),
            words => explanation(words).ok_or_else(|| Failure::new(Exit::Usage, unknown(words)))?,
        };
        output.text(text)?;
        Ok(Exit::Done)
    }
}

/// The meaning of a name, else of an error message, else the list of what has the words in its meaning; `None` if
/// nothing is known of them.
fn explanation(words: &str) -> Option<String> {
    let entries: Vec<_> = find(words).iter().map(Entry::text).collect();
    if !entries.is_empty() {
        return Some(entries.join("\n"));
    }
    message::explain(words).or_else(|| {
        let list = list(mentioning(words));
        (!list.is_empty()).then_some(list)
    })
}

/// One row for each entry, under the headings of their tables.
fn list(entries: impl IntoIterator<Item = Entry>) -> String {
    /// Longer names push their meaning to the right.
    const WIDTH: usize = 34;
    let mut list = String::new();
    let mut table = "";
    for entry in entries {
        if entry.table() != table {
            table = entry.table();
            let gap = if list.is_empty() { "" } else { "\n" };
            let _ = writeln!(list, "{gap}{STRONG}{table}{STRONG:#}");
        }
        let _ = writeln!(list, "  {:WIDTH$}{}", format!("{}  ", entry.name()), entry.meaning_in_list());
    }
    list
}

fn unknown(words: &str) -> String {
    /// Limit of the words that are repeated, in characters.
    const LIMIT: usize = 80;
    let shown = cut(words, LIMIT);
    let near = nearest(words);
    match near.as_slice() {
        [] => format!("nothing is known of {shown:?}; `dts-status explain` lists the known codes and names"),
        [only] => format!("nothing is known of {shown:?}; did you mean {only}?"),
        several => format!("nothing is known of {shown:?}; did you mean one of {}?", several.join(", ")),
    }
}
