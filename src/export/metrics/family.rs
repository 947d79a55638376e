//! The families of metrics that describe jobs, in one table: [`MetricFamily`].

use crate::named_enum::named_enum;

/// The kinds of metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Gauge,
    Counter,
    StateSet,
    Info,
}

/// Defines [`MetricFamily`] from one table: name after the prefix, kind, help.
macro_rules! families {
    ($($family:ident = $name:literal, $kind:ident, $help:literal;)+) => {
        named_enum! {
            /// A family of metrics that describes jobs. Its text is its name without the prefix.
            #[derive(PartialOrd, Ord)]
            #[non_exhaustive]
            pub enum MetricFamily as "family of metrics" {
                $(#[doc = $help] $family = $name,)+
            }
        }

        impl MetricFamily {
            /// The help text.
            #[must_use]
            pub const fn help(self) -> &'static str {
                match self {
                    $(MetricFamily::$family => $help,)+
                }
            }

            pub(super) const fn kind(self) -> Kind {
                match self {
                    $(MetricFamily::$family => Kind::$kind,)+
                }
            }
        }
    };
}

families! {
    Info = "info", Info, "The names of the job.";
    Verdict = "verdict", StateSet, "The verdict on the job.";
    VerdictRank = "verdict_rank", Gauge, "The verdict on the job as a number, from 0 for Healthy to 8 for Unrecoverable.";
    Status = "status", StateSet, "The Status that DTS reports for the job.";
    Lag = "lag_seconds", Gauge, "The lag of the target behind the source; absent if unknown.";
    LagKnown = "lag_known", Gauge, "1 if the lag is known, otherwise 0.";
    DataAge = "data_age_seconds", Gauge, "The age of the checkpoint when the response was received.";
    Rps = "rps", Gauge, "SQL statements per second, including BEGIN and COMMIT.";
    Flow = "flow_bytes_per_second", Gauge, "Data per second.";
    StageProgress = "stage_progress_ratio", Gauge, "The part of a stage that is done, from 0 to 1.";
    StageRecords = "stage_records", Gauge, "What a stage has done: tables of the schema stage, rows of the data stage.";
    Checkpoint = "checkpoint_timestamp_seconds", Gauge, "The time of the latest synchronized record.";
    Observed = "observed_timestamp_seconds", Gauge, "The time at which the response was received.";
    Deadline = "deadline_timestamp_seconds", Gauge, "The time of a deadline of the job.";
    Finding = "finding", Gauge, "The number of findings with these labels.";
    Undecodable = "undecodable", Gauge, "1 for a body of no known job that can't be decoded.";
}

impl MetricFamily {
    /// Returns true for a family with one series for each possible state.
    #[must_use]
    pub const fn is_state_set(self) -> bool {
        matches!(self.kind(), Kind::StateSet)
    }
}
