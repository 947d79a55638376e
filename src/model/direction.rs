//! Which half of a job a response is about: [`Direction`].

use super::open::open_enum;

open_enum! {
    /// Which half of a job a response is about: `SynchronizationDirection`. A one-way job is Forward.
    Direction {
        Forward = "Forward", documented;
        Reverse = "Reverse", documented;
    }
}
