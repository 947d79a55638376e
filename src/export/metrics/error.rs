//! Why a name or a sample cannot be part of metrics: [`MetricsError`].

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::excerpt;

/// A name or a sample that would make the text of metrics unreadable.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[non_exhaustive]
pub enum MetricsError {
    /// No name of a metric: a letter or `_`, then letters, digits and `_`, all of them ASCII.
    #[error("\"{}\" is no name of a metric: expected ASCII letters, digits and _", excerpt::shown(.0))]
    MetricName(String),
    /// No name of a label: as of a metric, and not beginning with `__`.
    #[error("\"{}\" is no name of a label: expected ASCII letters, digits and _", excerpt::shown(.0))]
    LabelName(String),
    /// A label that has another meaning: one of this crate's, `job` or `instance`, which Prometheus sets, or one that is
    /// given twice.
    #[error("the label {} is taken", excerpt::shown(.0))]
    LabelTaken(String),
    /// A family that is there already.
    #[error("the family {} is taken", excerpt::shown(.0))]
    FamilyTaken(String),
    /// A sample with the labels of another one of its family.
    #[error("the sample {} is given twice", excerpt::shown(.0))]
    SampleRepeated(String),
}
