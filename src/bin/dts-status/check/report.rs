//! What came of one FILE, and of many: [`Report`], [`Fleet`].

use std::fmt::{self, Display};

use aliyun_dts_status::export::{HealthJson, OpenMetrics, nagios, nagios_undecodable};
use aliyun_dts_status::health::{Assessment, FleetAssessment, Policy, Scope};
use aliyun_dts_status::model::Direction;
use aliyun_dts_status::{DecodeError, Quirk};

use super::judge::Judge;
use crate::input::Source;
use crate::output::undecodable;

/// What came of one FILE and of what belongs to it. At least one of the two is there; both are where a second
/// body could not be decoded.
pub(super) struct Report {
    pub(super) file: String,
    pub(super) assessment: Option<Assessment>,
    pub(super) undecodable: Option<Undecodable>,
    /// What stands in the bodies and could not be used, so that the verdict does without.
    pub(super) lost: Vec<Lost>,
}

/// Content of a body that is not in the model, and in which body.
pub(super) struct Lost {
    pub(super) file: String,
    pub(super) quirk: Quirk,
}

/// A body that can't be decoded, and which.
pub(super) struct Undecodable {
    pub(super) file: String,
    pub(super) error: DecodeError,
}

impl Report {
    pub(super) fn of(source: &Source, assessment: Assessment) -> Self {
        Report { file: source.name(), assessment: Some(assessment), undecodable: None, lost: Vec::new() }
    }

    pub(super) fn undecodable(source: &Source, failed: Undecodable) -> Self {
        Report { file: source.name(), assessment: None, undecodable: Some(failed), lost: Vec::new() }
    }

    /// All of it together. A body that can't be decoded is a job of which nothing is known.
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
            // What can be judged all the same follows as long text, which has no performance data.
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

pub(super) fn openmetrics<'a>(reports: impl IntoIterator<Item = &'a Report>, judge: &Judge) -> OpenMetrics {
    let mut metrics = OpenMetrics::new();
    for report in reports {
        if let Some(assessment) = &report.assessment {
            metrics.add(assessment);
        }
        if let Some(failed) = &report.undecodable {
            let direction = match judge.direction {
                Direction::Reverse => Scope::Reverse,
                _ => Scope::Forward,
            };
            metrics.add_undecodable(&failed.file, direction, judge.observed_at);
        }
    }
    metrics
}

/// What came of many FILEs.
pub(super) struct Fleet {
    pub(super) reports: Vec<Report>,
    pub(super) summary: FleetAssessment,
}

impl Fleet {
    pub(super) fn new(reports: Vec<Report>) -> Self {
        let mut summary = FleetAssessment::new();
        for report in &reports {
            report.add_to(&mut summary);
        }
        Fleet { reports, summary }
    }
}

impl Display for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, undecodable(&self.error))
    }
}
