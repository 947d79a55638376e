//! How metrics are written: [`MetricsOptions`].

use std::collections::BTreeSet;

use super::dialect::Dialect;
use super::error::MetricsError;
use super::family::MetricFamily;
use super::text::{is_name, push_label};

/// How metrics are written: the dialect, the prefix of their names, labels of the caller's, and which families are left
/// out. Made once, and used for every [`Metrics`](super::Metrics).
///
/// ```
/// use aliyun_dts_status::export::{Dialect, Metrics, MetricsOptions};
/// use aliyun_dts_status::health::{Context, Policy, assess};
/// use aliyun_dts_status::SyncJob;
///
/// let options = MetricsOptions::new(Dialect::Prometheus)
///     .prefix("dts")?
///     .label("region", "cn-hangzhou")?
///     .without_state_sets();
/// let context = Context::at("2021-01-14T09:22:30Z".parse()?);
/// let mut metrics = Metrics::new(&options);
/// metrics.add(&assess(&SyncJob::sample(), &context, &Policy::default()));
/// let line = r#"dts_lag_seconds{region="cn-hangzhou",job_id="dtsexjk1alb116****",direction="Forward"} 6"#;
/// assert!(metrics.to_string().contains(line));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricsOptions {
    pub(super) dialect: Dialect,
    prefix: String,
    label_names: BTreeSet<String>,
    /// The labels of the caller's as they are written.
    pub(super) labels: String,
    left_out: BTreeSet<MetricFamily>,
}

/// The labels of this crate, and those that Prometheus sets itself.
const TAKEN: [&str; 11] = [
    "job_id",
    "direction",
    "job_name",
    "stage",
    "kind",
    "code",
    "severity",
    "phase",
    "file",
    "job",
    "instance",
];

impl MetricsOptions {
    /// All families, with the prefix `dts_sync` and no further labels.
    #[must_use]
    pub fn new(dialect: Dialect) -> Self {
        MetricsOptions {
            dialect,
            prefix: "dts_sync".to_owned(),
            label_names: BTreeSet::new(),
            labels: String::new(),
            left_out: BTreeSet::new(),
        }
    }

    /// Sets what the names of this crate's families begin with, in place of `dts_sync`.
    ///
    /// # Errors
    ///
    /// Refuses what is no name of a metric.
    pub fn prefix(mut self, prefix: &str) -> Result<Self, MetricsError> {
        if !is_name(prefix) {
            return Err(MetricsError::MetricName(prefix.to_owned()));
        }
        prefix.clone_into(&mut self.prefix);
        match self.label_names.iter().find(|name| self.is_family(name)) {
            Some(taken) => Err(MetricsError::LabelTaken(taken.clone())),
            None => Ok(self),
        }
    }

    /// Adds a label to every sample of this crate's families, such as a region or an account.
    ///
    /// # Errors
    ///
    /// Refuses what is no name of a label, and one that is taken.
    pub fn label(mut self, name: &str, value: &str) -> Result<Self, MetricsError> {
        check_label(name)?;
        if TAKEN.contains(&name) || self.is_family(name) || !self.label_names.insert(name.to_owned()) {
            return Err(MetricsError::LabelTaken(name.to_owned()));
        }
        push_label(&mut self.labels, name, value);
        Ok(self)
    }

    /// Leaves out a family.
    #[must_use]
    pub fn without(mut self, family: MetricFamily) -> Self {
        self.left_out.insert(family);
        self
    }

    /// Leaves out the families with one series for each possible state: most of the series of a job.
    /// [`MetricFamily::VerdictRank`] stays.
    #[must_use]
    pub fn without_state_sets(mut self) -> Self {
        self.left_out.extend(MetricFamily::ALL.iter().filter(|family| family.is_state_set()));
        self
    }

    /// The dialect.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The full name of a family.
    #[must_use]
    pub fn name(&self, family: MetricFamily) -> String {
        format!("{}_{family}", self.prefix)
    }

    pub(super) fn has(&self, family: MetricFamily) -> bool {
        !self.left_out.contains(&family)
    }

    /// Returns true for the name of a family of this crate. The name of the info family in OpenMetrics is the prefix.
    pub(super) fn is_family(&self, name: &str) -> bool {
        let family = name.strip_prefix(&self.prefix).map(|rest| rest.strip_prefix('_').unwrap_or(rest));
        family.is_some_and(|family| {
            family.is_empty() || MetricFamily::ALL.iter().any(|known| known.as_str() == family)
        })
    }
}

impl Default for MetricsOptions {
    fn default() -> Self {
        MetricsOptions::new(Dialect::default())
    }
}

/// Refuses what is no name of a label.
pub(super) fn check_label(name: &str) -> Result<(), MetricsError> {
    if is_name(name) && !name.starts_with("__") {
        Ok(())
    } else {
        Err(MetricsError::LabelName(name.to_owned()))
    }
}
