//! Whether a verdict changes to and fro: [`Flaps`].

/// The changes of verdict within the last polls, and whether they are too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Flaps {
    /// One bit for each poll and the one before, the latest lowest: whether the verdict changed.
    pub(super) changed: u32,
    pub(super) on: bool,
}

/// So many polls are looked at.
pub(super) const POLLS: u32 = 21;

/// So many pairs of neighbours are among them.
const PAIRS: u32 = POLLS - 1;
/// Above this share of changes it is flapping, in percent.
const ON_ABOVE: u32 = 20;
/// Below this share it no longer is, in percent.
const OFF_BELOW: u32 = 5;

impl Flaps {
    /// Takes in one more poll.
    pub(super) fn add(&mut self, changed: bool) {
        self.changed = (self.changed << 1 | u32::from(changed)) & ((1 << PAIRS) - 1);
        // At most twenty, so nothing overflows.
        let share = self.changes().saturating_mul(100) / PAIRS;
        self.on = if self.on { share >= OFF_BELOW } else { share > ON_ABOVE };
    }

    /// How often the verdict changed.
    pub(super) fn changes(self) -> u32 {
        self.changed.count_ones()
    }

    pub(super) fn is_on(self) -> bool {
        self.on
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_begins_above_a_fifth_and_ends_below_a_twentieth() {
        let mut flaps = Flaps::default();
        for _ in 0..4 {
            flaps.add(true);
            flaps.add(false);
        }
        assert!(!flaps.is_on(), "4 of 20 is a fifth");
        flaps.add(true);
        assert!(flaps.is_on(), "5 of 20 is more");
        for calm in 1..=PAIRS {
            assert!(flaps.is_on(), "a twentieth is left at {calm}");
            flaps.add(false);
        }
        assert!(!flaps.is_on());
        flaps.add(true);
        assert!(!flaps.is_on());
    }

    #[test]
    fn old_changes_are_forgotten() {
        let mut flaps = Flaps::default();
        for poll in 0..1_000 {
            flaps.add(poll % 5 == 0);
            assert!(!flaps.is_on(), "always 4 of 20");
        }
    }
}
