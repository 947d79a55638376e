//! The part of a job that a finding is about: [`Phase`].

use crate::named_enum::named_enum;

named_enum! {
    /// The part of a job that a finding is about, in the order of a report.
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum Phase as "phase" {
        /// The response as a whole.
        Envelope = "Envelope",
        /// The job as a whole.
        Job = "Job",
        /// The precheck.
        Precheck = "Precheck",
        /// The copy of the schema.
        Schema = "Schema",
        /// The copy of the existing data.
        Full = "Full",
        /// The synchronization of changes.
        Incremental = "Incremental",
        /// The subscription.
        Billing = "Billing",
        /// Changes between two polls.
        Trend = "Trend",
        /// Several directions or jobs together.
        Aggregate = "Aggregate",
    }
}
