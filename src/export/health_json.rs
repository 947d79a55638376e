//! The `health+json` format: [`HealthJson`].

use std::collections::BTreeMap;
use std::fmt;

use serde::{Serialize, Serializer};

use super::{code_and_message, job_and_direction};
use crate::health::{Assessment, Finding, FleetAssessment, FleetCause, Severity, Verdict};
use crate::model::spelling;

/// A verdict in the format of [draft-inadarei-api-health-check-06]. Serve it as `application/health+json`.
///
/// Display writes the JSON on one line; with `{:#}` it writes several lines.
///
/// [draft-inadarei-api-health-check-06]: https://datatracker.ietf.org/doc/html/draft-inadarei-api-health-check-06
///
/// ```
/// use aliyun_dts_status::SyncJob;
/// use aliyun_dts_status::export::HealthJson;
/// use aliyun_dts_status::health::{Context, Policy, assess};
///
/// let context = Context::at("2021-01-14T09:22:30Z".parse()?);
/// let assessment = assess(&SyncJob::lagging_sample(), &context, &Policy::default());
/// assert!(HealthJson::job(&assessment).to_string().starts_with(r#"{"status":"warn","serviceId":"#));
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HealthJson {
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    service_id: Option<String>,
    description: String,
    /// Absent if the status is `pass`.
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    /// The keys are `component:measurement`.
    checks: BTreeMap<String, Vec<Check>>,
}

impl HealthJson {
    /// One job: its measurements, deadlines and findings. Findings below a warning become notes.
    #[must_use]
    pub fn job(assessment: &Assessment) -> Self {
        let mut json =
            HealthJson::new(assessment.verdict(), format!("DTS job {}", job_and_direction(assessment)));
        json.service_id = assessment.job_id().map(str::to_owned);
        if json.status != Status::Pass {
            let reason = assessment.reason().zip(assessment.reason_message());
            json.output = reason.map(|(code, message)| format!("{code}: {message}"));
        }
        let measured = Check {
            component_id: assessment.job_id().map(str::to_owned),
            time: Some(spelling::time(&assessment.observed_at())),
            ..Check::default()
        };
        let verdict = Observed::Text(assessment.verdict().to_string());
        json.check("job:verdict", Check { status: Some(json.status), ..measured.with(verdict) });
        if let Some(status) = assessment.status() {
            json.check("job:status", measured.with(Observed::Text(status.to_string())));
        }
        let seconds = |value| (Observed::Number(spelling::seconds(value)), Some("s"));
        for (name, value) in [
            ("replication:lag", assessment.lag().map(seconds)),
            ("replication:dataAge", assessment.data_age().map(seconds)),
            ("replication:rps", assessment.rps().map(|rps| (Observed::Number(rps), None))),
            (
                "replication:checkpoint",
                assessment.checkpoint().map(|at| (Observed::Text(spelling::time(&at)), None)),
            ),
        ] {
            if let Some((value, observed_unit)) = value {
                json.check(name, Check { observed_unit, ..measured.with(value) });
            }
        }
        for deadline in assessment.deadlines() {
            let at = Observed::Text(spelling::time(&deadline.at));
            json.check(&format!("deadline:{}", deadline.kind), measured.with(at));
        }
        for finding in assessment.findings() {
            json.finding(finding, &measured);
        }
        json
    }

    /// Many jobs: the number of jobs of each verdict, and the causes of the worst.
    #[must_use]
    pub fn fleet(fleet: &FleetAssessment) -> Self {
        let description = format!("DTS jobs: {}", fleet.job_count());
        let mut json = HealthJson::new(fleet.verdict(), description);
        if json.status != Status::Pass {
            let causes: Vec<_> = fleet.causes().iter().map(ToString::to_string).collect();
            json.output = Some(causes.join("; "));
        }
        if fleet.more() > 0 {
            json.notes.push(format!("and {} more", fleet.more()));
        }
        for (verdict, count) in fleet.counts() {
            let check = Check {
                observed_value: Some(Observed::Count(*count)),
                observed_unit: Some("jobs"),
                status: Some(Status::of(*verdict)),
                ..Check::default()
            };
            json.check(&format!("jobs:{verdict}"), check);
        }
        for cause in fleet.causes() {
            json.cause(cause);
        }
        json
    }

    fn new(verdict: Verdict, description: String) -> Self {
        HealthJson {
            status: Status::of(verdict),
            service_id: None,
            description,
            output: None,
            notes: Vec::new(),
            checks: BTreeMap::new(),
        }
    }

    fn check(&mut self, name: &str, check: Check) {
        self.checks.entry(name.to_owned()).or_default().push(check);
    }

    fn finding(&mut self, finding: &Finding, measured: &Check) {
        let status = match finding.severity {
            Severity::Info | Severity::Notice => return self.notes.push(code_and_message(finding)),
            Severity::Warning => Status::Warn,
            Severity::Critical => Status::Fail,
        };
        let check = Check {
            component_id: finding.subject.clone().or_else(|| measured.component_id.clone()),
            status: Some(status),
            output: Some(format!("{} {}", finding.message, finding.remedy)),
            ..measured.clone()
        };
        self.check(&format!("finding:{}", finding.code), check);
    }

    fn cause(&mut self, cause: &FleetCause) {
        let check = Check {
            component_id: cause.job_id.clone(),
            observed_value: Some(Observed::Text(cause.verdict.to_string())),
            status: Some(Status::of(cause.verdict)),
            output: (Status::of(cause.verdict) != Status::Pass).then(|| cause.message.clone()),
            ..Check::default()
        };
        let code = cause.code.map_or("UNKNOWN", |code| code.as_str());
        self.check(&format!("finding:{code}"), check);
    }
}

impl fmt::Display for HealthJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text =
            if f.alternate() { serde_json::to_string_pretty(self) } else { serde_json::to_string(self) };
        f.write_str(&text.map_err(|_| fmt::Error)?)
    }
}

/// The states that the format knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Pass,
    Warn,
    Fail,
}

impl Status {
    fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Healthy | Verdict::Progressing | Verdict::Ended => Status::Pass,
            Verdict::Idle | Verdict::Suspended | Verdict::Degraded => Status::Warn,
            Verdict::Unknown | Verdict::Failed | Verdict::Unrecoverable => Status::Fail,
        }
    }
}

/// One measurement, deadline or finding.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Check {
    #[serde(skip_serializing_if = "Option::is_none")]
    component_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    observed_value: Option<Observed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    observed_unit: Option<&'static str>,
    /// Absent for a measurement without a judgement.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<String>,
}

impl Check {
    fn with(&self, value: Observed) -> Self {
        Check { observed_value: Some(value), ..self.clone() }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
enum Observed {
    Count(usize),
    #[serde(serialize_with = "number")]
    Number(f64),
    Text(String),
}

fn number<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    spelling::serialize_number(*value, serializer)
}
