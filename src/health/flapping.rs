//! Detection of a verdict that keeps changing: [`Flapping`].

use serde::{Deserialize, Serialize};

/// The changes of verdict within the last [`POLLS`] polls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Flapping {
    /// One bit for each poll, the latest lowest: set if its verdict differs from the one before.
    pub(super) changed: u32,
    pub(super) on: bool,
}

/// The number of polls in the window.
pub(super) const POLLS: u32 = 21;

/// The number of neighbouring pairs among them.
const PAIRS: u32 = POLLS - 1;
/// Flapping starts above this share of changes, in percent.
const ON_ABOVE: u32 = 20;
/// Flapping ends below this share, in percent.
const OFF_BELOW: u32 = 5;

impl Flapping {
    /// Adds one poll.
    pub(super) fn add(&mut self, changed: bool) {
        self.changed = (self.changed << 1 | u32::from(changed)) & ((1 << PAIRS) - 1);
        // At most twenty, so nothing overflows.
        let share = self.changes().saturating_mul(100) / PAIRS;
        self.on = if self.on { share >= OFF_BELOW } else { share > ON_ABOVE };
    }

    /// The number of changes.
    pub(super) fn changes(self) -> u32 {
        self.changed.count_ones()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_starts_above_a_fifth_and_ends_below_a_twentieth() {
        let mut flapping = Flapping::default();
        for _ in 0..4 {
            flapping.add(true);
            flapping.add(false);
        }
        assert!(!flapping.on, "4 of 20 is a fifth");
        flapping.add(true);
        assert!(flapping.on, "5 of 20 is more");
        for calm in 1..=PAIRS {
            assert!(flapping.on, "a twentieth is left at {calm}");
            flapping.add(false);
        }
        assert!(!flapping.on);
        flapping.add(true);
        assert!(!flapping.on);
    }

    #[test]
    fn old_changes_are_forgotten() {
        let mut flapping = Flapping::default();
        for poll in 0..1_000 {
            flapping.add(poll % 5 == 0);
            assert!(!flapping.on, "always 4 of 20");
        }
    }
}
