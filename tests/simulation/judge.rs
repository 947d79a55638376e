//! What judges polls: the crate or the reference.

use std::fmt;

use aliyun_dts_status::health::{Assessment, FindingCode, Policy, Trackers, Verdict};
use chrono::TimeDelta;

use crate::poller::Poll;
use crate::reference::References;

/// What is compared of a judgement.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Judged {
    pub(crate) verdict: Verdict,
    pub(crate) reason: Option<String>,
    pub(crate) exit: u8,
    /// True if the verdict of an earlier poll is held, where that is known.
    pub(crate) held: Option<bool>,
    /// True if a lag is waiting to count, where that is known.
    pub(crate) pending: Option<bool>,
}

impl From<&Assessment> for Judged {
    fn from(assessment: &Assessment) -> Self {
        Judged {
            verdict: assessment.verdict(),
            reason: assessment.reason().map(|code: FindingCode| code.as_str().to_owned()),
            exit: assessment.exit_code(),
            held: Some(assessment.held_since().is_some()),
            pending: Some(assessment.pending().is_some()),
        }
    }
}

impl Judged {
    /// Returns true if anything is said differently.
    pub(crate) fn differs(&self, other: &Judged) -> bool {
        let differs =
            |one: Option<bool>, other: Option<bool>| one.zip(other).is_some_and(|(one, other)| one != other);
        self.verdict != other.verdict
            || self.reason != other.reason
            || self.exit != other.exit
            || differs(self.held, other.held)
            || differs(self.pending, other.pending)
    }
}

impl fmt::Display for Judged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = self.reason.as_deref().unwrap_or("no reason");
        write!(f, "{} by {reason}, exit {}", self.verdict.as_str(), self.exit)?;
        match (self.held, self.pending) {
            (Some(true), _) => f.write_str(", held"),
            (_, Some(true)) => f.write_str(", pending"),
            _ => Ok(()),
        }
    }
}

pub(crate) trait Judge {
    fn judge(&mut self, poll: &Poll) -> Judged;

    /// Saves the state and loads it, as a poller that is restarted does.
    fn restart(&mut self) {}
}

impl Judge for References {
    fn judge(&mut self, poll: &Poll) -> Judged {
        self.observe(poll)
    }
}

impl Judge for Trackers {
    fn judge(&mut self, poll: &Poll) -> Judged {
        Judged::from(&self.observe_outcome(&poll.outcome, &poll.context, &Policy::default()))
    }

    fn restart(&mut self) {
        let saved = serde_json::to_string(self).unwrap();
        *self = serde_json::from_str(&saved).unwrap();
    }
}

pub(crate) fn secs(seconds: i64) -> TimeDelta {
    TimeDelta::try_seconds(seconds).unwrap()
}
