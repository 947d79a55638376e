//! The cause that an error message names: [`cause()`].

use std::borrow::Cow;
use std::fmt;

use super::class::{COPY_FAILED, SQL_FAILED, TEXT_UNKNOWN};
use super::codes::{ErrorGuide, error_guide};
use super::database_text::last_text;
use super::error_code::occurrences;

/// What an error message says, in plain words, and the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnosis<'a> {
    /// The code as the message spells it, or the pattern of the database's own text.
    pub spelling: &'a str,
    /// The meaning: part of a sentence.
    pub meaning: Cow<'static, str>,
    /// The remedy: whole sentences.
    pub remedy: &'static str,
}

impl fmt::Display for Diagnosis<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}. {}", self.spelling, self.meaning, self.remedy)
    }
}

/// The cause that a message of DTS names: of the known error codes that are no wrapper the innermost, else the last
/// text of a database, else the innermost wrapper.
///
/// A code that says no more than "read the nested text" takes the remedy of that text where it is known.
/// Only the last 1,000 codes of a message are looked at.
///
/// ```
/// use aliyun_dts_status::health::catalog::cause;
///
/// let message = "DTS-100047: retry 120 times cause: DTS-70019: column is missing";
/// assert_eq!(cause(message).map(|cause| cause.spelling), Some("DTS-70019"));
///
/// let message = "DTS-1020042 Execute sql error: The table 'orders' is full";
/// let meaning = cause(message).map(|cause| cause.meaning.into_owned());
/// assert!(meaning.is_some_and(|meaning| meaning.ends_with("the message says that the target is full")));
/// assert_eq!(cause("all is well"), None);
/// ```
#[must_use]
pub fn cause(message: &str) -> Option<Diagnosis<'_>> {
    let code = innermost_code(message);
    let inside = code.is_none_or(|(_, guide)| guide.class.is_wrapper || only_points_inside(guide));
    match (code, if inside { last_text(message) } else { None }) {
        (Some((spelling, guide)), Some(text)) if !guide.class.is_wrapper => {
            let meaning = format!("{}; the message says that {}", guide.meaning(), text.class.meaning);
            Some(Diagnosis { spelling, meaning: meaning.into(), remedy: text.class.remedy })
        }
        (_, Some(text)) => Some(Diagnosis {
            spelling: text.pattern,
            meaning: text.class.meaning.into(),
            remedy: text.class.remedy,
        }),
        (code, None) => code.map(of_code),
    }
}

/// The cause that a message names by an error code of DTS alone: for messages that are not about a database.
#[must_use]
pub(in crate::health) fn cause_by_code(message: &str) -> Option<Diagnosis<'_>> {
    innermost_code(message).map(of_code)
}

/// The innermost known code that is no wrapper, else the innermost known code.
fn innermost_code(message: &str) -> Option<(&str, &'static ErrorGuide)> {
    const MOST: usize = 1000;
    let codes: Vec<_> = occurrences(message).collect();
    let mut wrapper = None;
    for code in codes.into_iter().rev().take(MOST) {
        match error_guide(code) {
            Some(guide) if !guide.class.is_wrapper => return Some((code, guide)),
            Some(guide) => wrapper = wrapper.or(Some((code, guide))),
            None => {}
        }
    }
    wrapper
}

/// Returns true if the code says no more than that the rest of the message names the cause.
fn only_points_inside(guide: &ErrorGuide) -> bool {
    [&SQL_FAILED, &COPY_FAILED, &TEXT_UNKNOWN].contains(&guide.class)
}

fn of_code<'a>((spelling, guide): (&'a str, &'static ErrorGuide)) -> Diagnosis<'a> {
    Diagnosis { spelling, meaning: guide.meaning().into(), remedy: guide.class.remedy }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use cpu_time::ThreadTime;

    use super::*;
    use crate::health::catalog::error_guides;

    #[test]
    fn the_innermost_cause_is_found() {
        for (message, spelling, remedy) in [
            ("DTS-070211: Connect Source DB failed", "DTS-070211", "Check that the source runs"),
            ("DTS-070211: cause: Communications link failure", "DTS-070211", "Check that the source runs"),
            (
                "DTS-100047: cause: DTS-31009: cause: dts.retry.err.0046",
                "dts.retry.err.0046",
                "Repair the rows",
            ),
            ("DTS-70019: cause: DTS-100047: DTS-99", "DTS-70019", "Add the column"),
            ("DTS-10046 then DTS-2004, DTS-10046, DTS-2004", "DTS-2004", "Check the account"),
            ("DTS-31009: Disk full, then Deadlock found", "deadlock found", "Find the transaction"),
            ("DTS-99: Disk full", "disk full", "Free space"),
            ("Disk full", "disk full", "Free space"),
            ("DTS-1020042 Execute sql error: Disk full", "DTS-1020042", "Free space"),
            ("DTS-1020042 Execute sql error: syntax", "DTS-1020042", "Read the database's own"),
            ("DTS-RETRY-ERR-0437: Deadlock found", "DTS-RETRY-ERR-0437", "Find the transaction"),
            ("DTS-RETRY-ERR-0437", "DTS-RETRY-ERR-0437", "Read the message"),
            (
                "DTS-100047: cause: DTS-31009: In process",
                "DTS-31009",
                "Fix the cause if the message names one",
            ),
            ("DTS-100047: cause: none", "DTS-100047", "Fix the cause that the message names after"),
        ] {
            let found = cause(message).unwrap_or_else(|| panic!("{message}"));
            assert_eq!(found.spelling, spelling, "{message}");
            assert!(found.remedy.starts_with(remedy), "{message}: {}", found.remedy);
        }
        for message in ["", "DTS-99", "all is well", "任务失败"] {
            assert_eq!(cause(message), None, "{message}");
        }
    }

    #[test]
    fn a_diagnosis_is_one_line_of_plain_words() {
        let text = cause("x DTS-1050002 y").unwrap().to_string();
        assert!(
            text.starts_with("DTS-1050002: the source has lost the log that the job needs (a binlog"),
            "{text}"
        );
        let text = cause("Unknown database 'a'").unwrap().to_string();
        assert!(
            text.starts_with("unknown database: a table, a database or another object is missing. "),
            "{text}"
        );
        for guide in error_guides() {
            let text = cause_by_code(guide.code).unwrap().to_string();
            assert!(
                text.starts_with(guide.code) && text.contains(guide.fact) && text.ends_with('.'),
                "{text}"
            );
        }
    }

    #[test]
    fn texts_of_databases_do_not_count_where_codes_alone_do() {
        assert_eq!(cause_by_code("The instance does not exist"), None);
        assert_eq!(cause_by_code("DTS-10046: Disk full").unwrap().remedy, SQL_FAILED.remedy);
    }

    #[test]
    fn a_hostile_message_is_read_in_linear_time() {
        const BYTES: usize = 100_000;
        // Codes that are in no table take longer.
        const FEWER: usize = 5_000;
        const TIMES: usize = 4;
        // Linear work takes 4 times as long for 4 times the length, quadratic work 16 times.
        const MOST: u32 = 10;
        // Short times differ by chance.
        const SLACK: Duration = Duration::from_millis(5);
        let numbers = |bytes| (0..bytes / 10).map(|number| format!("DTS-9{number} ")).collect();
        let zeros = |bytes| format!("DTS-{}", "0".repeat(bytes));
        let makers: [&dyn Fn(usize) -> String; 2] = [&numbers, &zeros];
        let repeated =
            HOSTILE.iter().map(|piece| [1, TIMES].map(|times| piece.repeat(times * BYTES / piece.len())));
        let made = makers.iter().map(|make| [1, TIMES].map(|times| make(times * FEWER)));
        for [short, long] in repeated.chain(made) {
            let found = cause(&long).map(|cause| cause.spelling);
            let expected = match long.get(..9).unwrap() {
                "DTS-10004" => Some("DTS-100047"),
                "is full t" => Some("table * is full"),
                _ => None,
            };
            assert_eq!(found, expected);
            let (one, four) = (least_time(&short), least_time(&long));
            assert!(four < one * MOST + SLACK, "{:?}: {one:?}, {four:?}", long.get(..30).unwrap());
        }
        let long = format!("Disk full{}", "DTS-".repeat(BYTES));
        assert_eq!(cause(&long).unwrap().spelling, "disk full");
    }

    const HOSTILE: [&str; 13] = [
        "DTS-100047: ",
        "DTS-RETRY-ERR-",
        "DTS.Msg.",
        "DTS.Msg.a.",
        "DTS-0",
        "DTS--",
        "0",
        "table ",
        "packet log ",
        "is full table ",
        "foreign key constrain",
        "Communications link failur",
        "失",
    ];

    /// The time of this thread that a message takes: the least of some, since other work may disturb each.
    fn least_time(message: &str) -> Duration {
        let time = || {
            let start = ThreadTime::now();
            let _ = cause(message);
            start.elapsed()
        };
        (0..3).map(|_| time()).min().unwrap()
    }
}
