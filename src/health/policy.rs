//! The thresholds of every rule: [`Policy`], defined by one table.

mod builder;
mod error;
mod field;
mod length;
mod text;
mod value;

use chrono::{DateTime, TimeDelta, Utc};

pub use builder::PolicyBuilder;
pub use error::{PolicyError, ThresholdError};
pub use field::PolicyField;
pub use length::parse_length;
pub use value::{PolicyUnit, PolicyValue};

use super::clock::{IntoLength, IntoTime};
use field::{LENGTH, SWITCH, TIME};
use length::{days, hours, minutes, seconds};

/// Defines [`Policy`] from one table: sentence, name, type, unit, default, bounds.
macro_rules! policy {
    ($(
        $(#[doc = $sentence:literal])+
        $name:ident: $type:ty = $unit:ident($default:expr), $bounds:expr;
    )+) => {
        /// The thresholds of the rules.
        ///
        /// [`FIELDS`](Policy::FIELDS) lists them. Each is set as a field, or by its name from a text.
        ///
        /// With serde a policy is a map. Its keys are in kebab-case, and each may be left out. A value is a text or a
        /// number: of seconds, percent, or a count. Reading refuses what [`check`](Policy::check) refuses.
        /// `&mut Policy` is a `DeserializeSeed` that sets the thresholds of such a map and keeps the others; it checks
        /// each value, but not their order.
        ///
        /// ```
        /// use aliyun_dts_status::health::Policy;
        ///
        /// let mut policy: Policy = serde_json::from_str(r#"{"lag-warn": "90s", "clear-at": 75}"#)?;
        /// policy.set("lag-critical", "1h30m")?;
        /// assert_eq!(policy.lag_critical.num_minutes(), 90);
        /// let error = policy.set("flap-polls", "many").unwrap_err();
        /// assert_eq!(error.to_string(), "flap-polls: expected a whole number from 2 to 31, found \"many\"");
        /// # Ok::<(), Box<dyn std::error::Error>>(())
        /// ```
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct Policy {
            $(
                $(#[doc = $sentence])+
                #[doc = concat!("Default: `", stringify!($default), "`.")]
                pub $name: $type,
            )+
        }

        impl Default for Policy {
            fn default() -> Self {
                Policy { $($name: $default,)+ }
            }
        }

        impl Policy {
            /// The table of all thresholds, in the order of the fields.
            pub const FIELDS: &'static [PolicyField] = &[$(PolicyField {
                name: stringify!($name),
                sentence: concat!($($sentence),+).trim_ascii(),
                unit: PolicyUnit::$unit,
                default: PolicyValue::$unit($default),
                least: PolicyValue::$unit($bounds.0),
                most: PolicyValue::$unit($bounds.1),
            },)+];

            /// The value of a threshold by its name (`lag_warn` or `lag-warn`); `None` if there is none of that name.
            #[must_use]
            pub fn get(&self, name: &str) -> Option<PolicyValue> {
                match Policy::field(name)?.name {
                    $(stringify!($name) => Some(PolicyValue::$unit(self.$name)),)+
                    _ => None,
                }
            }

            /// Sets a threshold by its name, without a check of its bounds. False if there is none of that name, or if
            /// its unit is another one.
            #[must_use]
            pub fn set_value(&mut self, name: &str, value: PolicyValue) -> bool {
                match (Policy::field(name).map(|field| field.name), value) {
                    $((Some(stringify!($name)), PolicyValue::$unit(value)) => self.$name = value,)+
                    _ => return false,
                }
                true
            }
        }

        impl PolicyBuilder {
            $(setter!($(#[doc = $sentence])+ $unit $name);)+
        }
    };
}

/// Defines the setter of one threshold, by its unit.
macro_rules! setter {
    ($(#[$meta:meta])+ Length $name:ident) => {
        setter!($(#[$meta])+ $name, impl IntoLength, |value| value.into_length());
    };
    ($(#[$meta:meta])+ Time $name:ident) => {
        setter!($(#[$meta])+ $name, impl IntoTime, |value| value.into_time());
    };
    ($(#[$meta:meta])+ Switch $name:ident) => {
        setter!($(#[$meta])+ $name, bool, |value| value);
    };
    ($(#[$meta:meta])+ $number:ident $name:ident) => {
        setter!($(#[$meta])+ $name, u32, |value| value);
    };
    ($(#[$meta:meta])+ $name:ident, $type:ty, |$value:ident| $converted:expr) => {
        $(#[$meta])+
        pub fn $name(mut self, $value: $type) -> Self {
            self.policy.$name = $converted;
            self
        }
    };
}

policy! {
    /// A lag above this is high. Chosen by this crate; the vendor advises an alert at 10 s.
    lag_warn: TimeDelta = Length(seconds(60)), LENGTH;
    /// A lag above this is critical. Chosen by this crate after the vendor's Insight.
    lag_critical: TimeDelta = Length(minutes(10)), LENGTH;
    /// Data as old as this may no longer be in the source's log: a binlog is kept for 24 h at least.
    log_retention: TimeDelta = Length(hours(24)), LENGTH;
    /// Fields with the same meaning may differ by this much.
    coherence_tolerance: TimeDelta = Length(seconds(60)), LENGTH;
    /// Clocks may differ by this much.
    clock_skew: TimeDelta = Length(seconds(30)), LENGTH;
    /// A response older than this is too old to judge a job by.
    max_observation_age: TimeDelta = Length(minutes(5)), LENGTH;
    /// A job paused for this long may not start again.
    suspend_soft: TimeDelta = Length(hours(6)), LENGTH;
    /// A job paused for this long is critical: it must be resumed while that is possible.
    suspend_critical: TimeDelta = Length(hours(24)), LENGTH;
    /// A job paused for this long cannot be resumed.
    suspend_hard: TimeDelta = Length(days(7)), LENGTH;
    /// A job failed for this long will soon leave its recovery window.
    recovery_warn: TimeDelta = Length(days(5)), LENGTH;
    /// DTS resumes a failed job automatically for this long.
    recovery_window: TimeDelta = Length(days(7)), LENGTH;
    /// DTS retries a broken connection for this long.
    retry_window: TimeDelta = Length(hours(12)), LENGTH;
    /// An initialization that takes this long is overdue.
    init_overdue: TimeDelta = Length(hours(24)), LENGTH;
    /// A change of a job that takes this long is overdue.
    modify_overdue: TimeDelta = Length(hours(24)), LENGTH;
    /// An upgrade or downgrade that takes this long is overdue.
    resize_overdue: TimeDelta = Length(hours(2)), LENGTH;
    /// A precheck that takes this long is overdue.
    precheck_overdue: TimeDelta = Length(hours(1)), LENGTH;
    /// A subscription that ends within this time is a warning: auto-renewal charges 9 d before the end.
    expire_warn: TimeDelta = Length(days(9)), LENGTH;
    /// A subscription that ends within this time is critical.
    expire_critical: TimeDelta = Length(days(3)), LENGTH;
    /// The instance is released this long after its subscription ended.
    release_after: TimeDelta = Length(days(7)), LENGTH;
    /// A checkpoint that does not advance for this long is stalled.
    stall_after: TimeDelta = Length(minutes(5)), LENGTH;
    /// An initialization whose progress does not grow for this long is stalled.
    init_stall_after: TimeDelta = Length(minutes(30)), LENGTH;
    /// After an interruption the checkpoint may go back by this much.
    regress_tolerance: TimeDelta = Length(minutes(5)), LENGTH;
    /// Two polls closer than this are not compared.
    min_interval: TimeDelta = Length(seconds(30)), LENGTH;
    /// A lag counts once it has lasted for this long.
    lag_for: TimeDelta = Length(minutes(2)), LENGTH;
    /// A lag is over once it was low for this long.
    calm_for: TimeDelta = Length(minutes(1)), LENGTH;
    /// A lag that counts must fall to this part of the threshold it was over before it stops counting.
    clear_at: u32 = Percent(80), (1, 100);
    /// Polls that say nothing about the job keep its last verdict for this long.
    hold_last: TimeDelta = Length(minutes(5)), LENGTH;
    /// A source with a lag above this is not taken for idle.
    idle_critical: TimeDelta = Length(hours(24)), LENGTH;
    /// A quiet source is doubted at a lag above this many times the largest that its quiet spells had before.
    idle_factor: u32 = Count(3), (1, 1000);
    /// A source known to be busy for this long before it became quiet is doubted at a critical lag.
    idle_busy: TimeDelta = Length(hours(1)), LENGTH;
    /// A quiet source of which no quiet spell is known yet is doubted at a lag above this.
    idle_unlearnt: TimeDelta = Length(hours(1)), LENGTH;
    /// A direction is missing after this many times the time between its last two polls.
    vanish_after: u32 = Count(3), (1, 1000);
    /// After this many polls in a row that are dated before the latest one, a job is followed from them on.
    restart_after: u32 = Count(5), (1, 1000);
    /// Changes of the exit status are counted in this many polls.
    flap_polls: u32 = Count(21), (2, 31);
    /// A job is flapping from this many changes of the exit status on.
    flap_on: u32 = Count(5), (1, 30);
    /// A job stops flapping at this many changes of the exit status.
    flap_off: u32 = Count(1), (0, 29);
    /// A job that has ended exits 0.
    ended_is_ok: bool = Switch(false), SWITCH;
    /// Until this time everything that can be recovered exits at most 1.
    maintenance_until: Option<DateTime<Utc>> = Time(None), TIME;
}

impl Policy {
    /// A builder that begins with the defaults.
    pub fn builder() -> PolicyBuilder {
        PolicyBuilder::from(Policy::default())
    }

    /// The row of a threshold by its name (`lag_warn` or `lag-warn`); `None` if there is none of that name.
    #[must_use]
    pub fn field(name: &str) -> Option<&'static PolicyField> {
        let name = name.replace('-', "_");
        Policy::FIELDS.iter().find(|field| field.name == name)
    }

    /// Sets a threshold by its name (`lag_warn` or `lag-warn`) from a text: `60`, `60s`, `10m` or `1h30m` for a length
    /// of time, `80` or `80%`, `5`, `true`, `2021-01-14T09:22:30Z` or `none`.
    ///
    /// # Errors
    ///
    /// Refuses an unknown name, and a value that cannot be read or is out of its bounds. The policy stays as it was.
    pub fn set(&mut self, name: &str, text: &str) -> Result<(), ThresholdError> {
        let field = Policy::field(name)
            .ok_or_else(|| ThresholdError::Unknown { name: name.into(), known: Policy::FIELDS })?;
        let value = field.parse(text).ok_or_else(|| ThresholdError::BadValue { field, text: text.into() })?;
        // The value has the unit of its field.
        let _ = self.set_value(field.name, value);
        Ok(())
    }

    /// Checks that every threshold is within its bounds, and that the thresholds are in order. An inconsistent policy
    /// still gives verdicts, but their steps may be out of order.
    ///
    /// # Errors
    ///
    /// Lists every threshold that is out of its bounds, and every pair that is out of order.
    pub fn check(&self) -> Result<(), PolicyError> {
        PolicyError::of(self.defects_with(Vec::new()))
    }

    /// All defects, after those of values that could not be set. Where a value could not be set, the one in its place says
    /// nothing of the order.
    fn defects_with(&self, mut defects: Vec<ThresholdError>) -> Vec<ThresholdError> {
        let bad: Vec<_> = defects.iter().flat_map(ThresholdError::names).collect();
        let own = self.defects().into_iter();
        defects.extend(own.filter(|defect| defect.names().iter().all(|name| !bad.contains(name))));
        defects
    }

    fn defects(&self) -> Vec<ThresholdError> {
        let values = Policy::FIELDS.iter().filter_map(|field| Some((field, self.get(field.name)?)));
        let beyond = values.filter(|(field, value)| !field.allows(*value));
        let beyond =
            beyond.map(|(field, value)| ThresholdError::BadValue { field, text: value.to_string().into() });
        let order = ORDERED.iter().filter(|(low, high)| self.get(low) > self.get(high));
        let order = order.map(|&(low, high)| ThresholdError::Greater { low, high });
        let strict = STRICTLY_ORDERED.iter().filter(|(low, high)| self.get(low) >= self.get(high));
        let strict = strict.map(|&(low, high)| ThresholdError::NotLess { low, high });
        beyond.chain(order).chain(strict).collect()
    }
}

/// Pairs of thresholds of which the first must not exceed the second.
const ORDERED: [(&str, &str); 5] = [
    ("lag_warn", "lag_critical"),
    ("suspend_soft", "suspend_critical"),
    ("suspend_critical", "suspend_hard"),
    ("recovery_warn", "recovery_window"),
    ("expire_critical", "expire_warn"),
];

/// Pairs of thresholds of which the first must be less than the second.
const STRICTLY_ORDERED: [(&str, &str); 2] = [("flap_off", "flap_on"), ("flap_on", "flap_polls")];
