//! The objects of `check --output json`, whose shape is stable: [`JobJson`], [`FleetJson`].

use aliyun_dts_status::DecodeError;
use aliyun_dts_status::health::{Assessment, FleetAssessment, Verdict};
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::report::{FileReport, FleetReport};

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
            #[serde(flatten)]
            assessment: &'a Assessment,
        }
        #[derive(Serialize)]
        struct Failed<'a> {
            #[serde(skip_serializing_if = "Option::is_none")]
            file: Option<&'a str>,
            error: &'a DecodeError,
            verdict: Verdict,
            exit_code: u8,
        }
        let JobJson { file, report } = *self;
        let summary = report.summary();
        let (verdict, exit_code) = (summary.verdict(), summary.exit_code());
        match (&report.assessment, &report.undecodable) {
            (Some(assessment), None) => Judged { file, assessment }.serialize(serializer),
            (None, Some(failed)) => {
                Failed { file, error: &failed.error, verdict, exit_code }.serialize(serializer)
            }
            (Some(assessment), Some(failed)) => {
                // The verdict is at best Unknown: one body can't be decoded.
                let mut object = to_value::<S>(&Judged { file, assessment })?;
                object["error"] = to_value::<S>(&failed.error)?;
                object["verdict"] = to_value::<S>(&verdict)?;
                object["exit_code"] = exit_code.into();
                object.serialize(serializer)
            }
            (None, None) => serializer.serialize_none(),
        }
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
