//! Several assessments as one: `two_way` and [`fleet`].

mod fleet;

pub use fleet::{Cause, FleetAssessment, fleet};
