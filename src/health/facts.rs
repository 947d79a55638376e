//! All that the rules read of one answer.

pub(super) mod case;
pub(super) mod lag;
pub(super) mod losses;
pub(super) mod phases;
pub(super) mod snapshot;
pub(super) mod stalls;
