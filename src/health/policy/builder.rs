//! A policy made step by step, and checked at the end: [`PolicyBuilder`].

use super::error::{PolicyError, ThresholdError};
use super::{Policy, PolicyValue};

/// A policy that is made step by step. What is wrong is kept until [`build`](Self::build), which returns all of it at
/// once.
///
/// ```
/// use std::time::Duration;
///
/// use aliyun_dts_status::health::Policy;
///
/// let policy = Policy::builder()
///     .lag_warn(Duration::from_secs(90))
///     .clear_at(75)
///     .set("lag-critical", "1h30m")
///     .build()?;
/// assert_eq!(policy.lag_critical.num_minutes(), 90);
///
/// let error = Policy::builder().lag_warn(Duration::from_secs(3600)).set("flap-on", "many").build().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "flap-on: expected a whole number from 1 to 30, found \"many\"; lag-warn is greater than lag-critical"
/// );
/// # Ok::<(), aliyun_dts_status::health::PolicyError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct PolicyBuilder {
    pub(super) policy: Policy,
    defects: Vec<ThresholdError>,
}

impl PolicyBuilder {
    /// Sets a threshold by its name (`lag_warn` or `lag-warn`) from a text, as [`Policy::set`] does.
    pub fn set(mut self, name: &str, text: &str) -> Self {
        let defect = self.policy.set(name, text).err();
        self.defects.extend(defect);
        self
    }

    /// Sets a threshold by its name from a value.
    pub fn set_value(mut self, name: &str, value: PolicyValue) -> Self {
        if !self.policy.set_value(name, value) {
            self.defects.push(match Policy::field(name) {
                Some(field) => ThresholdError::BadValue { field, text: value.to_string().into() },
                None => ThresholdError::Unknown { name: name.into(), known: Policy::FIELDS },
            });
        }
        self
    }

    /// The policy.
    ///
    /// # Errors
    ///
    /// Lists every name that is unknown, every value that cannot be read or is out of its bounds, and every pair of
    /// thresholds that is out of order.
    pub fn build(self) -> Result<Policy, PolicyError> {
        PolicyError::of(self.policy.defects_with(self.defects))?;
        Ok(self.policy)
    }
}

impl From<Policy> for PolicyBuilder {
    fn from(policy: Policy) -> Self {
        PolicyBuilder { policy, defects: Vec::new() }
    }
}
