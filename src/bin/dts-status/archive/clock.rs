//! When polls were received: [`Clock`].

use chrono::{DateTime, TimeDelta, Utc};

/// Tells when each poll was received: by the line itself, or else by what the caller knows of all lines.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    /// When the next line was received that does not tell it itself.
    pub(crate) next: Option<DateTime<Utc>>,
    /// The time from one such line to the next; `None` if they are of no order.
    pub(crate) every: Option<TimeDelta>,
}

/// When a poll was received, as far as that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pace {
    /// At this time, which is the poll's own.
    Own(DateTime<Utc>),
    /// At this time like all others, so it comes before and after none.
    Shared(DateTime<Utc>),
    Unknown,
}

impl Clock {
    pub(crate) fn tell(&mut self, told: Option<DateTime<Utc>>) -> Pace {
        match (told, self.next, self.every) {
            (Some(at), ..) => Pace::Own(at),
            (None, Some(at), Some(every)) => {
                self.next = at.checked_add_signed(every);
                Pace::Own(at)
            }
            (None, Some(at), None) => Pace::Shared(at),
            (None, None, _) => Pace::Unknown,
        }
    }
}
