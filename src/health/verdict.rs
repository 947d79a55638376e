//! The health of a job in one word: [`Verdict`].

use crate::named_enum::named_enum;

named_enum! {
    /// The health of a job in one word. A total order: worse is greater.
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum Verdict as "verdict" {
        /// It runs without a problem.
        Healthy = "Healthy",
        /// It has ended and will not continue.
        Ended = "Ended",
        /// It is not started.
        Idle = "Idle",
        /// It is starting or changing, and will run.
        Progressing = "Progressing",
        /// It is paused.
        Suspended = "Suspended",
        /// It runs with a problem.
        Degraded = "Degraded",
        /// Its state is not known, which is never the same as healthy.
        Unknown = "Unknown",
        /// It does not run.
        Failed = "Failed",
        /// It does not run and cannot be recovered.
        Unrecoverable = "Unrecoverable",
    }
}

impl Verdict {
    /// The exit status of a Nagios plugin for the verdict alone: 0, 1, 2 or 3.
    #[must_use]
    pub const fn exit_code(self) -> u8 {
        match self {
            Verdict::Healthy | Verdict::Progressing => 0,
            Verdict::Ended | Verdict::Idle | Verdict::Suspended | Verdict::Degraded => 1,
            Verdict::Failed | Verdict::Unrecoverable => 2,
            Verdict::Unknown => 3,
        }
    }
}

/// The worse of two exit statuses: 2 over 3 over 1 over 0.
pub(super) fn worse_exit_code(one: u8, other: u8) -> u8 {
    const RANK: [u8; 4] = [2, 3, 1, 0];
    RANK.into_iter().find(|code| [one, other].contains(code)).unwrap_or(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn critical_outranks_unknown_and_warning() {
        for (one, other, worse) in [(0, 0, 0), (0, 1, 1), (1, 3, 3), (3, 2, 2), (0, 3, 3), (2, 1, 2)] {
            assert_eq!(worse_exit_code(one, other), worse);
            assert_eq!(worse_exit_code(other, one), worse);
        }
    }
}
