//! The results of one FILE and of many: [`FileReport`], [`FleetReport`].

use std::fmt::{self, Display};

use aliyun_dts_status::export::{HealthJson, Metrics, MetricsOptions, nagios};
use aliyun_dts_status::health::{Assessment, FleetAssessment, Policy};
use aliyun_dts_status::model::Loss;

use crate::input::Source;
use crate::output::{BodyError, safe};
use crate::page::JobFacts;
use crate::record::Capture;

/// The result of one FILE, together with its reverse or previous one.
pub(super) struct FileReport {
    pub(super) file: String,
    pub(super) assessment: Assessment,
    /// The job's name and task, if a body has them.
    pub(super) name: Option<String>,
    pub(super) task_id: Option<String>,
    /// The assessment of an earlier body that could not be decoded.
    pub(super) earlier: Option<Assessment>,
    /// Why files have no response.
    pub(super) errors: Vec<FileError>,
    /// Values of the bodies that could not be used, with their file.
    pub(super) lost: Vec<(String, Loss)>,
    /// True if the body may be of an earlier time than that of the judgement.
    pub(super) has_old_checkpoint: bool,
    /// True for one job of a page.
    pub(super) is_of_page: bool,
}

/// Why a file has no response.
pub(super) struct FileError {
    pub(super) file: String,
    pub(super) error: BodyError,
}

impl FileReport {
    pub(super) fn new(source: &Source, assessment: Assessment) -> Self {
        FileReport {
            file: source.name(),
            assessment,
            name: None,
            task_id: None,
            earlier: None,
            errors: Vec::new(),
            lost: Vec::new(),
            has_old_checkpoint: false,
            is_of_page: false,
        }
    }

    /// Adds what is to be said of a file that was judged.
    pub(super) fn with(mut self, source: &Source, capture: Capture) -> Self {
        match capture.decoded {
            Ok(decoded) => self.with_facts(source, &mut JobFacts::of(&decoded.response, decoded.losses())),
            Err(error) => {
                self.errors.push(FileError { file: source.name(), error });
                self
            }
        }
    }

    /// Adds the name, the task and the losses of the job.
    pub(super) fn with_facts(mut self, source: &Source, facts: &mut JobFacts<'_>) -> Self {
        let (job, losses) = facts.take(&self.assessment);
        if let Some(job) = job {
            let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
            self.name = self.name.or_else(|| given(&job.job_name));
            self.task_id = self.task_id.or_else(|| given(&job.task_id));
        }
        self.lost.extend(losses.into_iter().map(|loss| (source.name(), loss)));
        self
    }

    /// The result as a fleet: an earlier body that could not be decoded is one more job whose health is unknown.
    pub(super) fn summary(&self) -> FleetAssessment {
        let mut summary = FleetAssessment::new();
        self.add_to(&mut summary);
        summary
    }

    fn add_to(&self, summary: &mut FleetAssessment) {
        for assessment in self.assessments() {
            summary.add_named(assessment, &self.file);
        }
    }

    fn assessments(&self) -> impl Iterator<Item = &Assessment> {
        std::iter::once(&self.assessment).chain(&self.earlier)
    }

    pub(super) fn nagios(&self, policy: &Policy) -> String {
        let line = nagios(&self.assessment, policy);
        match &self.earlier {
            // The assessment of the current body follows as long text, which has no performance data.
            Some(earlier) => {
                let text = line.split_once(" | ").map_or(&*line, |(text, _)| text);
                format!("{}\n{text}\n", nagios(earlier, policy))
            }
            None => format!("{line}\n"),
        }
    }

    pub(super) fn health_json(&self) -> HealthJson {
        match &self.earlier {
            None => HealthJson::job(&self.assessment),
            Some(_) => HealthJson::fleet(&self.summary()),
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

    /// The only report, if it is of a page whose call failed: it says nothing of any job.
    pub(super) fn of_failed_call(&self) -> Option<&FileReport> {
        let [only] = self.files.as_slice() else { return None };
        (only.is_of_page && only.assessment.job_id().is_none()).then_some(only)
    }
}

/// The metrics of these results.
pub(super) fn metrics<'a>(
    reports: impl IntoIterator<Item = &'a FileReport>,
    options: &MetricsOptions,
) -> Metrics {
    let mut metrics = Metrics::new(options);
    for report in reports {
        for assessment in report.assessments() {
            metrics.add_named(assessment, &report.file);
        }
    }
    metrics
}

impl Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", safe::line(&self.file), self.error)
    }
}
