//! `dts-status explain`: the meaning of a code, a status or an error message, and the remedy.

mod entry;
mod explanation;
mod find;
mod message;
mod section;
mod weight;
mod words;

use std::fmt::{self, Display};

use serde_json::json;

use self::entry::Entry;
use self::explanation::Explanation;
use self::find::{find, mentioning, nearest, without_punctuation};
use crate::exit::{Exit, Failure};
use crate::options::OutputFormat;
use crate::output::style::STRONG;
use crate::output::{Output, cut, safe, wrap};

/// Explain a code, a status or an error message, and its remedy
///
/// WORDS are a code or a name in any spelling: an error code of DTS or of its API, a finding, a verdict, a status, an
/// item of the precheck, a threshold, a kind of error, a quirk, a rule; or a whole error message, of which the cause
/// comes first; or words of a meaning. Without WORDS all codes and names are listed.
#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct Explain {
    /// A code or a name in any spelling, or an error message
    #[arg(allow_negative_numbers = true, value_name = "WORDS")]
    words: Vec<String>,
    /// The format of the output
    #[arg(long, short, value_enum, default_value = "text", value_name = "FORMAT")]
    output: OutputFormat,
}

const AFTER: &str = "\
Examples:
  dts-status explain
  dts-status explain LAG_HIGH
  dts-status explain dts 70211
  dts-status explain foreign key
  dts-status explain Throttling.User
  dts-status explain \"DTS-1020042 Execute sql error: table 'a' is full\"

Exit status:
  0   explained
  64  nothing of that name is known";

impl Explain {
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Failure> {
        let words = self.words.join(" ");
        let found = match words.trim() {
            "" if self.words.is_empty() => Found::List(Entry::all().collect()),
            words => Found::of(words).ok_or_else(|| Failure::new(Exit::Usage, unknown(words)))?,
        };
        match self.output {
            OutputFormat::Text => output.text(found)?,
            OutputFormat::Json => output.json(&json!({ "entries": found.into_explanations() }))?,
        }
        Ok(Exit::Done)
    }
}

/// What is known of the words.
enum Found {
    /// All that is known of a name or a message.
    Whole(Vec<Explanation>),
    /// One row each.
    List(Vec<Entry>),
}

impl Found {
    /// The meaning of a name, else of an error message, else the list of what has the words in its meaning, else the
    /// meaning of those words that are names; `None` if nothing is known of them.
    fn of(words: &str) -> Option<Self> {
        let named: Vec<_> = find(words).iter().map(Entry::explanation).collect();
        let known = if named.is_empty() { message::explain(words) } else { named };
        if !known.is_empty() {
            return Some(Found::Whole(known));
        }
        let listed = mentioning(words);
        if !listed.is_empty() {
            return Some(Found::List(listed));
        }
        // Names such as Unknown are ordinary words too, in lower case.
        let named = words.split_whitespace().flat_map(|word| {
            find(word).into_iter().filter(move |entry| entry.name() == without_punctuation(word))
        });
        let named: Vec<_> = named.map(|entry| entry.explanation()).collect();
        (!named.is_empty()).then_some(Found::Whole(named))
    }

    fn into_explanations(self) -> Vec<Explanation> {
        match self {
            Found::Whole(known) => known,
            Found::List(entries) => entries.iter().map(Entry::explanation).collect(),
        }
    }
}

impl Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Found::Whole(known) => {
                for (index, explanation) in known.iter().enumerate() {
                    write!(f, "{}{explanation}", if index > 0 { "\n" } else { "" })?;
                }
                Ok(())
            }
            Found::List(entries) => write_list(f, entries),
        }
    }
}

/// One row for each entry, under the headings of their tables.
fn write_list(f: &mut fmt::Formatter<'_>, entries: &[Entry]) -> fmt::Result {
    /// Longer names push their meaning to the right.
    const WIDTH: usize = 30;
    const INDENT: &str = "                                ";
    let mut table = "";
    for (index, entry) in entries.iter().enumerate() {
        if entry.table() != table {
            table = entry.table();
            writeln!(f, "{}{STRONG}{table}{STRONG:#}", if index > 0 { "\n" } else { "" })?;
        }
        let row = format!("  {:WIDTH$}{}", format!("{}  ", entry.name()), entry.meaning_in_list());
        f.write_str(&wrap(&row, INDENT))?;
    }
    Ok(())
}

fn unknown(words: &str) -> String {
    /// Limit of the words that are repeated, in characters.
    const LIMIT: usize = 80;
    let shown = safe::quoted(&cut(words, LIMIT));
    let unknown = match words.contains(char::is_whitespace) {
        true => format!("unknown text {shown}: no code, name or error text in it is documented"),
        false => format!("unknown code {shown}"),
    };
    match nearest(words).as_slice() {
        [] => format!("{unknown}; `dts-status explain` lists the known codes and names"),
        [only] => format!("{unknown}; did you mean {only}?"),
        several => format!("{unknown}; did you mean one of {}?", several.join(", ")),
    }
}
