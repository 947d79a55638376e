//! The thresholds of every rule: [`Policy`].

use chrono::TimeDelta;
use thiserror::Error;

/// Defines [`Policy`] from one list of fields with their defaults in seconds.
macro_rules! policy {
    ($($(#[doc = $about:literal])+ $field:ident = $seconds:expr;)+) => {
        /// The thresholds of the rules. All are lengths of time.
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct Policy {
            $($(#[doc = $about])+ pub $field: TimeDelta,)+
        }

        impl Default for Policy {
            fn default() -> Self {
                Policy { $($field: seconds($seconds),)+ }
            }
        }

        impl Policy {
            /// The name and the description of every threshold.
            pub const FIELDS: &'static [(&'static str, &'static str)] =
                &[$((stringify!($field), concat!($($about),+).trim_ascii()),)+];

            /// A threshold by its name (`lag_warn`).
            #[must_use]
            pub fn get(&self, name: &str) -> Option<TimeDelta> {
                match name {
                    $(stringify!($field) => Some(self.$field),)+
                    _ => None,
                }
            }

            /// Sets a threshold by its name (`lag_warn`); false if there is none of that name.
            #[must_use]
            pub fn set(&mut self, name: &str, value: TimeDelta) -> bool {
                match name {
                    $(stringify!($field) => self.$field = value,)+
                    _ => return false,
                }
                true
            }
        }
    };
}

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

policy! {
    /// A lag above this is high: 60 s, chosen by this crate (the vendor advises an alert at 10 s).
    lag_warn = 60;
    /// A lag above this is critical: 600 s, chosen by this crate after the vendor's Insight.
    lag_critical = 10 * MINUTE;
    /// Data as old as this may no longer be in the source's log: 24 h, the least time for which a binlog is kept.
    log_retention = DAY;
    /// Fields with the same meaning may differ by this much: 60 s.
    coherence_tolerance = 60;
    /// Clocks may differ by this much: 30 s.
    clock_skew = 30;
    /// A response older than this is too old to judge a job by: 300 s.
    max_observation_age = 5 * MINUTE;
    /// A job paused for this long may not start again: 6 h.
    suspend_soft = 6 * HOUR;
    /// A job paused for this long cannot be resumed: 7 d.
    suspend_hard = 7 * DAY;
    /// A job failed for this long will soon leave its recovery window: 5 d.
    recovery_warn = 5 * DAY;
    /// DTS resumes a failed job automatically for this long: 7 d.
    recovery_window = 7 * DAY;
    /// DTS retries a broken connection for this long: 12 h (720 min by default).
    retry_window = 12 * HOUR;
    /// A subscription that ends within this time is a warning: 9 d, when auto-renewal charges.
    expire_warn = 9 * DAY;
    /// A subscription that ends within this time is critical: 3 d.
    expire_critical = 3 * DAY;
    /// The instance is released this long after its subscription ended: 7 d.
    release_after = 7 * DAY;
    /// A checkpoint that does not advance for this long is stalled: 300 s.
    stall_after = 5 * MINUTE;
    /// An initialization whose progress does not grow for this long is stalled: 1800 s.
    init_stall_after = 30 * MINUTE;
    /// After an interruption the checkpoint may go back by this much: 300 s.
    regress_tolerance = 5 * MINUTE;
    /// Two polls closer than this are not compared: 30 s.
    min_interval = 30;
}

impl Policy {
    /// Checks that the thresholds are consistent. An inconsistent policy still gives verdicts, but their steps may be out
    /// of order.
    ///
    /// # Errors
    ///
    /// Names the first threshold that is negative, or the first pair whose lower threshold is above its higher one.
    pub fn check(&self) -> Result<(), PolicyError> {
        for &(name, _) in Policy::FIELDS {
            if self.get(name).is_some_and(|value| value < TimeDelta::zero()) {
                return Err(PolicyError::Negative { name });
            }
        }
        for (low, high) in ORDERED {
            if self.get(low) > self.get(high) {
                return Err(PolicyError::OutOfOrder { low, high });
            }
        }
        Ok(())
    }
}

/// Why a [`Policy`] is inconsistent.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PolicyError {
    /// A length of time is negative.
    #[error("{name} is negative")]
    #[non_exhaustive]
    Negative {
        /// The threshold.
        name: &'static str,
    },
    /// A lower threshold is above its higher one.
    #[error("{low} is greater than {high}")]
    #[non_exhaustive]
    OutOfOrder {
        /// The threshold that must not be greater.
        low: &'static str,
        /// The threshold that must not be smaller.
        high: &'static str,
    },
}

/// Pairs of thresholds of which the first must not exceed the second.
const ORDERED: [(&str, &str); 4] = [
    ("lag_warn", "lag_critical"),
    ("suspend_soft", "suspend_hard"),
    ("recovery_warn", "recovery_window"),
    ("expire_critical", "expire_warn"),
];

const fn seconds(seconds: i64) -> TimeDelta {
    match TimeDelta::try_seconds(seconds) {
        Some(value) => value,
        None => TimeDelta::zero(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_the_documented_ones() {
        let policy = Policy::default();
        let expected = [
            ("lag_warn", 60),
            ("lag_critical", 600),
            ("log_retention", 86_400),
            ("coherence_tolerance", 60),
            ("clock_skew", 30),
            ("max_observation_age", 300),
            ("suspend_soft", 21_600),
            ("suspend_hard", 604_800),
            ("recovery_warn", 432_000),
            ("recovery_window", 604_800),
            ("retry_window", 43_200),
            ("expire_warn", 777_600),
            ("expire_critical", 259_200),
            ("release_after", 604_800),
            ("stall_after", 300),
            ("init_stall_after", 1_800),
            ("regress_tolerance", 300),
            ("min_interval", 30),
        ];
        let actual: Vec<_> =
            Policy::FIELDS.iter().map(|(name, _)| (*name, policy.get(name).unwrap().num_seconds())).collect();
        assert_eq!(actual, expected);
        assert_eq!(policy.check(), Ok(()));
        for (name, about) in Policy::FIELDS {
            assert!(about.ends_with('.') && !about.starts_with(' '), "{name}: {about}");
        }
    }

    #[test]
    fn an_inconsistent_policy_is_refused_by_name() {
        let mut policy = Policy::default();
        assert!(policy.set("lag_warn", seconds(601)));
        assert_eq!(policy.check().unwrap_err().to_string(), "lag_warn is greater than lag_critical");
        assert!(policy.set("min_interval", seconds(-1)));
        assert_eq!(policy.check().unwrap_err().to_string(), "min_interval is negative");
        assert!(!policy.set("lag_wrn", seconds(1)));
        assert_eq!(policy.get("lag_wrn"), None);
        for (low, high) in ORDERED {
            let mut policy = Policy::default();
            let above = policy.get(high).unwrap() + seconds(1);
            assert!(policy.set(low, above));
            assert_eq!(policy.check(), Err(PolicyError::OutOfOrder { low, high }));
        }
    }
}
