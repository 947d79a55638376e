//! Families of metrics that the caller adds: [`OwnFamily`].

use std::collections::BTreeSet;

use super::error::MetricsError;
use super::family::Kind;
use super::options::check_label;
use super::text::{COUNTER, Value, is_name, push_label};

/// A family of metrics of the caller's, such as the number of its failed calls, to be written next to this crate's.
///
/// ```
/// use aliyun_dts_status::export::{Metrics, MetricsOptions, OwnFamily};
///
/// let mut calls = OwnFamily::counter("dts_api_calls_total", "Calls of the API.")?;
/// calls.sample(&[("result", "ok")], 41.0)?;
/// let mut metrics = Metrics::new(&MetricsOptions::default());
/// metrics.add_family(calls)?;
/// assert!(metrics.to_string().ends_with("dts_api_calls_total{result=\"ok\"} 41\n# EOF\n"));
/// # Ok::<(), aliyun_dts_status::export::MetricsError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnFamily {
    /// The name of the samples.
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) help: String,
    series: BTreeSet<String>,
    pub(super) samples: String,
}

impl OwnFamily {
    /// A family of values that go up and down.
    ///
    /// # Errors
    ///
    /// Refuses what is no name of a metric.
    pub fn gauge(name: &str, help: &str) -> Result<Self, MetricsError> {
        OwnFamily::new(name.to_owned(), Kind::Gauge, help)
    }

    /// A family of values that only go up. Its samples end with `_total`, which is added where the name has none.
    ///
    /// # Errors
    ///
    /// Refuses what is no name of a metric.
    pub fn counter(name: &str, help: &str) -> Result<Self, MetricsError> {
        let name = name.strip_suffix(COUNTER).unwrap_or(name);
        OwnFamily::new(format!("{name}{COUNTER}"), Kind::Counter, help)
    }

    fn new(name: String, kind: Kind, help: &str) -> Result<Self, MetricsError> {
        if !is_name(&name) || name == COUNTER {
            return Err(MetricsError::MetricName(name));
        }
        let help = help.to_owned();
        Ok(OwnFamily { name, kind, help, series: BTreeSet::new(), samples: String::new() })
    }

    /// The name of the family in OpenMetrics.
    pub(super) fn family(&self) -> &str {
        self.name.strip_suffix(COUNTER).unwrap_or(&self.name)
    }

    /// Adds a value with its labels.
    ///
    /// # Errors
    ///
    /// Refuses what is no name of a label, a label given twice, and labels that another sample has.
    pub fn sample(&mut self, labels: &[(&str, &str)], value: f64) -> Result<(), MetricsError> {
        let mut sorted = labels.to_vec();
        sorted.sort_unstable();
        let mut text = String::new();
        let mut last = None;
        for (name, value) in sorted {
            check_label(name)?;
            if last.replace(name) == Some(name) {
                return Err(MetricsError::LabelTaken(name.to_owned()));
            }
            push_label(&mut text, name, value);
        }
        let series = if text.is_empty() { self.name.clone() } else { format!("{}{{{text}}}", self.name) };
        if self.series.contains(&series) {
            return Err(MetricsError::SampleRepeated(series));
        }
        self.samples.push_str(&format!("{series} {}\n", Value(value)));
        self.series.insert(series);
        Ok(())
    }
}
