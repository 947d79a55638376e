//! The facts that a finding rests on: [`Evidence`] as data, and `Fact`, which also knows its words in a message.

use std::fmt::{self, Display};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::excerpt::line;
use crate::field::Field;
use crate::health::scope::Scope;
use crate::health::span::Span;
use crate::health::verdict::Verdict;
use crate::model::{Direction, Operation, on_wire, spelling};
use crate::path::{Path, Segment};

/// A fact that a finding rests on: a place in the response and the value there.
///
/// A fact that is no field has a name in brackets: `(observed_at)`, `(direction)`, `(previous)` for what was known
/// from before, `(job)` for the one that was asked for, and `(jobs)` and `(values)` for their number.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Evidence {
    /// The place, in the notation of the wire.
    pub path: Path,
    /// The value in its canonical spelling on the wire; `None` where its absence is the evidence.
    pub value: Option<String>,
}

impl Evidence {
    /// A value at a place.
    #[must_use]
    pub fn new(path: impl Into<Path>, value: Option<String>) -> Self {
        Evidence { path: path.into(), value }
    }

    /// The field of the place, if it is one.
    fn field(&self) -> Option<Field> {
        match self.path.segments().last()? {
            Segment::Field(field) => Some(*field),
            Segment::Index(_) | Segment::Name(_) => None,
        }
    }

    /// The value, if it is an error message of the answer, in which DTS error codes may be.
    #[must_use]
    pub fn error_text(&self) -> Option<&str> {
        let free = [
            Field::ErrorMessage,
            Field::ErrMessage,
            Field::DynamicMessage,
            Field::Message,
            Field::FailedReason,
        ];
        self.field().filter(|field| free.contains(field)).and(self.value.as_deref())
    }
}

/// `Delay is 61`, on one line.
impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Some(value) => write!(f, "{} is {}", self.path, line(value)),
            None => write!(f, "{} is absent", self.path),
        }
    }
}

/// Names of evidence that is no field.
const OBSERVED_AT: &str = "(observed_at)";
const DIRECTION: &str = "(direction)";
const PREVIOUS: &str = "(previous)";
const JOBS: &str = "(jobs)";
const JOB: &str = "(job)";
const VALUES: &str = "(values)";

/// Evidence with its words in the message of a finding.
pub(in crate::health) struct Fact {
    pub(super) evidence: Evidence,
    pub(super) words: String,
}

impl Fact {
    /// The value of a field, spelled by its `Display`; `None` where its absence is the evidence.
    pub(in crate::health) fn field(path: impl Into<Path>, value: Option<impl Display>) -> Self {
        let evidence = Evidence::new(path, value.map(|value| value.to_string()));
        let path = &evidence.path;
        let words = match (evidence.error_text(), &evidence.value) {
            (Some(text), _) => format!("{path} is \"{}\"", line(text)),
            (None, Some(value)) => format!("{path} is {}", line(value)),
            (None, None) => format!("{path} is absent"),
        };
        Fact { evidence, words }
    }

    /// A delay, with its number on the wire: of seconds or of milliseconds.
    pub(in crate::health) fn delay(path: Path, delay: TimeDelta, number: i64) -> Self {
        let words = format!("{path} is {}", Span(delay));
        Fact { evidence: Evidence::new(path, Some(number.to_string())), words }
    }

    /// A checkpoint.
    pub(in crate::health) fn checkpoint(path: Path, at: DateTime<Utc>) -> Self {
        let words = format!("{path} is {}", spelling::time(&at));
        Fact { evidence: Evidence::new(path, Some(spelling::checkpoint(&at))), words }
    }

    /// The time at which the response was received.
    pub(in crate::health) fn observed_at(at: DateTime<Utc>) -> Self {
        let at = spelling::time(&at);
        Fact::named(OBSERVED_AT, &at, format!("observed at {at}"))
    }

    /// The same, with the age of a checkpoint by then.
    pub(in crate::health) fn observed_after(at: DateTime<Utc>, checkpoint: DateTime<Utc>) -> Self {
        let age = at.signed_duration_since(checkpoint);
        let mut fact = Fact::observed_at(at);
        if age >= TimeDelta::zero() {
            fact.words = format!("{}, {} later", fact.words, Span(age));
        }
        fact
    }

    /// The direction that was asked for.
    pub(in crate::health) fn requested(direction: &Direction) -> Self {
        Fact::named(DIRECTION, direction, format!("asked for {}", line(direction.as_str())))
    }

    /// A value of the reverse direction.
    pub(in crate::health) fn of_reverse(mut self) -> Self {
        self.words = format!("in Reverse {}", self.words);
        self
    }

    /// A direction that was not observed.
    pub(in crate::health) fn missing(direction: Scope) -> Self {
        Fact::named(DIRECTION, direction, format!("{direction} is missing"))
    }

    /// The verdict on one direction.
    pub(in crate::health) fn side(direction: Scope, verdict: Verdict) -> Self {
        let words = format!("{direction} is {verdict}");
        Fact::named(DIRECTION, words.clone(), words)
    }

    /// A text of the body that decoding could not use.
    pub(in crate::health) fn lost(path: Path, text: &str) -> Self {
        let words = format!("the body has \"{}\"", line(text));
        Fact { evidence: Evidence::new(path, Some(text.to_owned())), words }
    }

    /// A field of which the body has a text, but no value that can be used.
    pub(in crate::health) fn unreadable(path: Path) -> Self {
        let words = format!("{path} cannot be read");
        Fact { evidence: Evidence::new(path, None), words }
    }

    /// A number of values, the first at a place; without one, of further values.
    pub(in crate::health) fn values(first: Option<&Path>, count: usize) -> Self {
        let values = if count == 1 { "value" } else { "values" };
        let words = match first {
            Some(path) => format!("{count} {values}, the first at {path}"),
            None => format!("{count} more {values}"),
        };
        Fact::named(VALUES, count, words)
    }

    /// A whole answer, in the words of what is wrong with it.
    pub(in crate::health) fn answer(words: &str) -> Self {
        Fact {
            evidence: Evidence::new(Path::root(), Some(words.to_owned())),
            words: line(words).into_owned(),
        }
    }

    /// The job that was asked for.
    pub(in crate::health) fn requested_job(job_id: &str) -> Self {
        Fact::named(JOB, job_id, format!("asked for {}", line(job_id)))
    }

    /// A number of jobs.
    pub(in crate::health) fn jobs(count: usize) -> Self {
        Fact::named(JOBS, count, format!("{count} jobs"))
    }

    /// The time at which the current status began.
    pub(in crate::health) fn since(at: DateTime<Utc>) -> Self {
        let at = spelling::time(&at);
        Fact::named(PREVIOUS, &at, format!("since {at}"))
    }

    /// The time from which on a value has not changed.
    pub(in crate::health) fn unchanged_since(at: DateTime<Utc>) -> Self {
        let at = spelling::time(&at);
        Fact::named(PREVIOUS, &at, format!("unchanged since {at}"))
    }

    /// The time of an earlier poll.
    pub(in crate::health) fn previous_poll(at: DateTime<Utc>) -> Self {
        let at = spelling::time(&at);
        Fact::named(PREVIOUS, &at, format!("the previous one at {at}"))
    }

    /// An earlier value.
    pub(in crate::health) fn previous(value: impl Display) -> Self {
        let value = value.to_string();
        Fact::named(PREVIOUS, &value, format!("was {} before", line(&value)))
    }

    /// An earlier checkpoint.
    pub(in crate::health) fn previous_checkpoint(at: DateTime<Utc>) -> Self {
        let words = format!("was {} before", spelling::time(&at));
        Fact::named(PREVIOUS, spelling::checkpoint(&at), words)
    }

    /// An earlier lag.
    pub(in crate::health) fn previous_lag(lag: TimeDelta) -> Self {
        Fact::named(PREVIOUS, spelling::seconds(lag), format!("the lag was {} before", Span(lag)))
    }

    /// The time until the lag is gone, in whole seconds.
    pub(in crate::health) fn caught_up_in(seconds: f64) -> Self {
        let seconds = format!("{seconds:.0}");
        let length = seconds.parse().ok().and_then(TimeDelta::try_seconds);
        let words = length.map_or_else(|| format!("{seconds} s"), |length| Span(length).to_string());
        Fact::named(PREVIOUS, seconds, format!("caught up in {words}"))
    }

    /// The end of the maintenance.
    pub(in crate::health) fn until(at: DateTime<Utc>) -> Self {
        let at = spelling::time(&at);
        Fact::named(PREVIOUS, &at, format!("until {at}"))
    }

    /// A time left, in whole seconds, after words that say for what.
    pub(in crate::health) fn left(left: TimeDelta, words: &str) -> Self {
        Fact::named(PREVIOUS, left.num_seconds(), format!("{words} {}", Span(left)))
    }

    /// A threshold that a value was over, in seconds.
    pub(in crate::health) fn threshold(threshold: TimeDelta) -> Self {
        let words = format!("it was above {} before", Span(threshold));
        Fact::named(PREVIOUS, spelling::seconds(threshold), words)
    }

    /// The number of changes of the exit status within the last polls, and the exit statuses among them.
    pub(in crate::health) fn changes(count: u32, polls: u32, exits: &[u8]) -> Self {
        let exits: Vec<_> = exits.iter().map(ToString::to_string).collect();
        let words =
            format!("the exit status changed {count} times within {polls} polls, among {}", exits.join(", "));
        Fact::named(PREVIOUS, count, words)
    }

    /// The same fact with the names that an operation has for the fields of its place.
    pub(in crate::health) fn of_operation(mut self, operation: Operation) -> Self {
        if operation != Operation::default() {
            let path = on_wire(&self.evidence.path, operation);
            if path != self.evidence.path {
                self.words = self.words.replacen(&self.evidence.path.to_string(), &path.to_string(), 1);
                self.evidence.path = path;
            }
        }
        self
    }

    fn named(name: &str, value: impl Display, words: String) -> Self {
        Fact { evidence: Evidence::new(Path::root().then(name), Some(value.to_string())), words }
    }
}
