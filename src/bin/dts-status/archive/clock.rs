//! When polls were received: [`Clock`].

use chrono::{DateTime, TimeDelta, Utc};

use crate::options::now;

/// The time of each poll: that of its record, or else one derived from the options.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    /// The time of the next poll without a time of its own.
    pub(crate) next: Option<DateTime<Utc>>,
    /// The time from one such poll to the next; `None` if all have the same time.
    pub(crate) every: Option<TimeDelta>,
    /// True if a poll without any time has that of reading.
    pub(crate) is_live: bool,
}

/// The time of a poll.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PollTime {
    /// A time of its own.
    Own(DateTime<Utc>),
    /// A time that other polls may have too.
    Shared(DateTime<Utc>),
    Unknown,
}

impl Clock {
    /// The time of something that is no poll.
    pub(super) fn now(&self) -> PollTime {
        let reading = self.is_live.then(now);
        self.next.or(reading).map_or(PollTime::Unknown, PollTime::Shared)
    }

    /// The time of the next poll, whose record may have one.
    pub(super) fn next(&mut self, recorded: Option<DateTime<Utc>>) -> PollTime {
        match (recorded, self.next, self.every) {
            (Some(at), ..) => PollTime::Own(at),
            (None, Some(at), Some(every)) => {
                self.next = at.checked_add_signed(every).or(Some(at));
                PollTime::Own(at)
            }
            (None, ..) => self.now(),
        }
    }
}
