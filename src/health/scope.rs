//! The directions that an assessment or a finding is about: [`Scope`].

use crate::model::Direction;
use crate::named_enum::named_enum;

named_enum! {
    /// The directions of a job that an assessment or a finding is about.
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum Scope as "direction" {
        /// From source to destination; the only direction of a one-way job.
        Forward = "Forward",
        /// From destination to source.
        Reverse = "Reverse",
        /// Both together.
        TwoWay = "TwoWay",
    }
}

impl From<&Direction> for Scope {
    /// An unknown direction counts as Forward, as in the API.
    fn from(direction: &Direction) -> Self {
        match direction {
            Direction::Reverse => Scope::Reverse,
            Direction::Forward | Direction::Unknown(_) => Scope::Forward,
        }
    }
}
