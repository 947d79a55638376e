//! How much a finding matters: [`Severity`].

use crate::named_enum::named_enum;

named_enum! {
    /// How much a finding matters. A total order: worse is greater.
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum Severity as "severity" {
        /// For information.
        Info = "Info",
        /// Look at it some time.
        Notice = "Notice",
        /// Look at it soon; no job with a Warning is healthy.
        Warning = "Warning",
        /// Look at it now.
        Critical = "Critical",
    }
}
