//! The results of one FILE and of many: [`FileReport`], [`FleetReport`].

use std::fmt::{self, Display};

use aliyun_dts_status::export::{HealthJson, OpenMetrics, nagios, nagios_undecodable};
use aliyun_dts_status::health::{Assessment, FleetAssessment, Policy, Scope};
use aliyun_dts_status::model::Direction;
use aliyun_dts_status::{DecodeError, Quirk};
use chrono::{DateTime, Utc};

use crate::input::Source;
use crate::output::undecodable;

/// The result of one FILE, together with its reverse or previous one. It has an assessment, an undecodable body, or
/// both, where only the other body could be decoded.
pub(super) struct FileReport {
    pub(super) file: String,
    pub(super) assessment: Option<Assessment>,
    pub(super) undecodable: Option<Undecodable>,
    /// Values of the bodies that could not be used.
    pub(super) lost: Vec<Lost>,
}

/// A value that is in the body of a file but not in the model.
pub(super) struct Lost {
    pub(super) file: String,
    pub(super) quirk: Quirk,
}

/// A file whose body can't be decoded.
pub(super) struct Undecodable {
    pub(super) file: String,
    pub(super) error: DecodeError,
}

impl FileReport {
    pub(super) fn of(source: &Source, assessment: Assessment) -> Self {
        FileReport { file: source.name(), assessment: Some(assessment), undecodable: None, lost: Vec::new() }
    }

    pub(super) fn undecodable(source: &Source, undecodable: Undecodable) -> Self {
        FileReport { file: source.name(), assessment: None, undecodable: Some(undecodable), lost: Vec::new() }
    }

    /// The result as a fleet: an undecodable body is a job whose health is unknown.
    pub(super) fn summary(&self) -> FleetAssessment {
        let mut summary = FleetAssessment::new();
        self.add_to(&mut summary);
        summary
    }

    fn add_to(&self, summary: &mut FleetAssessment) {
        if let Some(assessment) = &self.assessment {
            summary.add(assessment);
        }
        if let Some(Undecodable { file, error }) = &self.undecodable {
            summary.add_undecodable(file, &error.to_string());
        }
    }

    pub(super) fn nagios(&self, policy: &Policy) -> String {
        let judged = self.assessment.as_ref().map(|assessment| nagios(assessment, policy));
        let failed =
            self.undecodable.as_ref().map(|failed| nagios_undecodable(&failed.file, &failed.error, policy));
        match (failed, judged) {
            // The assessment of the other body follows as long text, which has no performance data.
            (Some(failed), Some(judged)) => {
                let text = judged.split_once(" | ").map_or(&*judged, |(text, _)| text);
                format!("{failed}\n{text}\n")
            }
            (Some(line), None) | (None, Some(line)) => format!("{line}\n"),
            (None, None) => String::new(),
        }
    }

    pub(super) fn health_json(&self) -> HealthJson {
        match (&self.assessment, &self.undecodable) {
            (Some(assessment), None) => HealthJson::job(assessment),
            _ => HealthJson::fleet(&self.summary()),
        }
    }
}

/// The results of many FILEs.
pub(super) struct FleetReport {
    pub(super) files: Vec<FileReport>,
    pub(super) summary: FleetAssessment,
}

impl FleetReport {
    pub(super) fn new(files: Vec<FileReport>) -> Self {
        let mut summary = FleetAssessment::new();
        for file in &files {
            file.add_to(&mut summary);
        }
        FleetReport { files, summary }
    }
}

/// The metrics of these results, all of one requested direction and one time.
pub(super) fn openmetrics<'a>(
    reports: impl IntoIterator<Item = &'a FileReport>,
    direction: &Direction,
    observed_at: DateTime<Utc>,
) -> OpenMetrics {
    let mut metrics = OpenMetrics::new();
    for report in reports {
        if let Some(assessment) = &report.assessment {
            metrics.add(assessment);
        }
        if let Some(failed) = &report.undecodable {
            metrics.add_undecodable(&failed.file, Scope::from(direction), observed_at);
        }
    }
    metrics
}

impl Display for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, undecodable(&self.error))
    }
}
