//! The objects of `check --output json`, whose shape is stable: [`JobJson`], [`FleetJson`].

use aliyun_dts_status::health::{Assessment, FleetAssessment};
use aliyun_dts_status::model::Loss;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::report::{FileReport, FleetReport};
use crate::output::BodyError;

/// One job.
pub(super) struct JobJson<'a> {
    pub(super) report: &'a FileReport,
    /// The name of the file; `None` outside a fleet.
    pub(super) file: Option<&'a str>,
}

impl Serialize for JobJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Judged<'a> {
            #[serde(skip_serializing_if = "Option::is_none")]
            file: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            error: Option<&'a BodyError>,
            #[serde(flatten)]
            assessment: &'a Assessment,
            #[serde(skip_serializing_if = "Vec::is_empty")]
            lost: Vec<&'a Loss>,
        }
        let FileReport { assessment, earlier, errors, lost, .. } = self.report;
        let judged = Judged {
            file: self.file,
            error: errors.first().map(|failed| &failed.error),
            assessment,
            lost: lost.iter().map(|(_, loss)| loss).collect(),
        };
        if earlier.is_none() {
            return judged.serialize(serializer);
        }
        // The verdict is at best Unknown: the earlier body can't be decoded.
        let summary = self.report.summary();
        let mut object = to_value::<S>(&judged)?;
        object["verdict"] = to_value::<S>(&summary.verdict())?;
        object["exit_code"] = summary.exit_code().into();
        object.serialize(serializer)
    }
}

fn to_value<S: Serializer>(value: &impl Serialize) -> Result<Value, S::Error> {
    serde_json::to_value(value).map_err(serde::ser::Error::custom)
}

/// A fleet.
#[derive(Serialize)]
pub(super) struct FleetJson<'a> {
    #[serde(flatten)]
    summary: &'a FleetAssessment,
    jobs: Vec<JobJson<'a>>,
}

impl<'a> From<&'a FleetReport> for FleetJson<'a> {
    fn from(fleet: &'a FleetReport) -> Self {
        let jobs = fleet.files.iter().map(|report| JobJson { report, file: Some(&report.file) }).collect();
        FleetJson { summary: &fleet.summary, jobs }
    }
}
