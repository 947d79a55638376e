//! The direction of a job that a response is about: [`Direction`].

use super::open::open_enum;

open_enum! {
    /// The direction of a job that a response is about: `SynchronizationDirection`. A one-way job has Forward only.
    Direction {
        Forward = "Forward", documented;
        Reverse = "Reverse", documented;
    }
}
