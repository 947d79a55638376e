//! Verdicts in the formats of monitoring systems: [`nagios()`], [`Metrics`], [`HealthJson`].
//!
//! ```
//! use aliyun_dts_status::SyncJob;
//! use aliyun_dts_status::export::{Dialect, HealthJson, metrics, nagios};
//! use aliyun_dts_status::health::{Context, Policy, assess};
//!
//! let policy = Policy::default();
//! let context = Context::at("2021-01-14T09:22:30Z".parse()?);
//! let assessment = assess(&SyncJob::sample(), &context, &policy);
//!
//! assert_eq!(
//!     nagios(&assessment, &policy),
//!     "DTS HEALTHY - dtsexjk1alb116****/Forward: Synchronizing | 'lag'=6s;60;600;0 'data_age'=6s 'rps'=0"
//! );
//! assert!(metrics([&assessment], Dialect::OpenMetrics).ends_with("# EOF\n"));
//! assert!(HealthJson::job(&assessment).to_string().starts_with(r#"{"status":"pass""#));
//! # Ok::<(), chrono::ParseError>(())
//! ```

mod health_json;
mod metrics;
mod nagios;

pub use health_json::HealthJson;
pub use metrics::{Dialect, MetricFamily, Metrics, MetricsError, MetricsOptions, OwnFamily, metrics};
pub use nagios::{nagios, nagios_fleet};

use crate::health::{Assessment, Finding, NO_JOB_ID};

/// `dtsexjk1alb116****/Forward`
fn job_and_direction(assessment: &Assessment) -> String {
    format!("{}/{}", assessment.job_id().unwrap_or(NO_JOB_ID), assessment.direction())
}

/// `LAG_HIGH: The target lags …`
fn code_and_message(finding: &Finding) -> String {
    format!("{}: {}", finding.code, finding.message)
}
