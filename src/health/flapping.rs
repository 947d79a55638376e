//! Detection of an exit status that keeps changing: [`Flapping`].

use super::exact::save_as_list;
use super::policy::Policy;

/// The exit statuses of the last polls, and whether they change too often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Flapping {
    /// Two bits for each poll, the latest lowest.
    pub(super) exits: u64,
    /// The number of polls among them.
    pub(super) polls: u8,
    pub(super) on: bool,
}

save_as_list!(Flapping { exits, polls, on });

/// The number of polls that are kept.
const MOST: u8 = 32;

impl Flapping {
    /// Adds the exit status of one poll.
    pub(super) fn add(&mut self, exit_code: u8, policy: &Policy) {
        self.exits = self.exits << 2 | u64::from(exit_code & 0b11);
        self.polls = self.polls.saturating_add(1).min(MOST);
        let changes = self.changes(policy);
        self.on = if self.on { changes > policy.flap_off } else { changes >= policy.flap_on };
    }

    /// The number of polls among the last ones whose exit status differs from the one before.
    pub(super) fn changes(self, policy: &Policy) -> u32 {
        let pairs = u32::from(self.polls.saturating_sub(1)).min(policy.flap_polls);
        (0..pairs).fold(0, |changes: u32, poll| {
            let differs = self.exit(poll) != self.exit(poll.saturating_add(1));
            changes.saturating_add(u32::from(differs))
        })
    }

    /// The exit statuses of the last polls, each once, in rising order.
    pub(super) fn exits_seen(self, policy: &Policy) -> Vec<u8> {
        let polls = u32::from(self.polls).min(policy.flap_polls.saturating_add(1));
        (0..=3_u8).filter(|code| (0..polls).any(|poll| self.exit(poll) == u64::from(*code))).collect()
    }

    fn exit(self, poll: u32) -> u64 {
        self.exits.wrapping_shr(poll.wrapping_mul(2)) & 0b11
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_starts_at_five_changes_and_ends_at_one() {
        let policy = Policy::default();
        let mut flapping = Flapping::default();
        for exit_code in [0, 1, 0, 1, 0] {
            flapping.add(exit_code, &policy);
        }
        assert!(!flapping.on, "4 changes");
        flapping.add(2, &policy);
        assert!(flapping.on, "5 changes");
        assert_eq!((flapping.changes(&policy), flapping.exits_seen(&policy)), (5, vec![0, 1, 2]));
        let mut calm = 0;
        while flapping.on {
            flapping.add(2, &policy);
            calm += 1;
        }
        assert_eq!(calm, 20, "the last change is the only one of the last 21 polls");
    }

    #[test]
    fn old_changes_are_forgotten() {
        let policy = Policy::default();
        let mut flapping = Flapping::default();
        for poll in 0..1_000_u32 {
            flapping.add(u8::from(poll % 12 < 6), &policy);
            assert!(!flapping.on, "at most 4 of 21");
        }
    }
}
