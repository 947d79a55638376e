//! All that the rules read of one answer.

pub(super) mod answers;
pub(super) mod case;
pub(super) mod course;
pub(super) mod lag;
pub(super) mod losses;
pub(super) mod page;
pub(super) mod phases;
pub(super) mod snapshot;
pub(super) mod stage;
pub(super) mod stalls;
