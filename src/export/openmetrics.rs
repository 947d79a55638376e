//! The OpenMetrics text format: [`OpenMetrics`].

use std::collections::BTreeMap;
use std::fmt::{self, Display, Write};

use chrono::{DateTime, Utc};

use super::NO_JOB_ID;
use crate::health::{Assessment, FindingCode, Scope, Verdict};
use crate::model::JobStatus;
use crate::model::spelling::seconds;

/// Several jobs as one exposition.
#[must_use]
pub fn openmetrics<'a>(assessments: impl IntoIterator<Item = &'a Assessment>) -> String {
    let mut metrics = OpenMetrics::new();
    for assessment in assessments {
        metrics.add(assessment);
    }
    metrics.to_string()
}

/// An exposition in the [OpenMetrics] text format, to which jobs are added one by one. Display writes the text.
///
/// Serve it as `application/openmetrics-text; version=1.0.0; charset=utf-8`. It contains no message texts.
///
/// The labels of a job are its id and its direction. Without an id it has the name it was added under, else `unknown`.
/// If two jobs have the same labels, a number follows the later id: `dtsx#2`.
///
/// [OpenMetrics]: https://prometheus.io/docs/specs/om/open_metrics_spec/
#[derive(Debug, Clone)]
pub struct OpenMetrics {
    verdict: Family,
    status: Family,
    lag: Family,
    lag_known: Family,
    checkpoint: Family,
    observed: Family,
    deadline: Family,
    finding: Family,
    undecodable: Family,
    /// The names in use, each with the number for the next job of that name.
    next_number: BTreeMap<(String, Scope), usize>,
}

impl OpenMetrics {
    /// An exposition without jobs.
    #[must_use]
    pub fn new() -> Self {
        OpenMetrics {
            verdict: Family::states("dts_sync_verdict", "The verdict on the job."),
            status: Family::states("dts_sync_status", "The Status that DTS reports for the job."),
            lag: Family::gauge(
                "dts_sync_lag_seconds",
                "The lag of the target behind the source; absent if unknown.",
            ),
            lag_known: Family::gauge("dts_sync_lag_known", "1 if the lag is known, otherwise 0."),
            checkpoint: Family::gauge(
                "dts_sync_checkpoint_timestamp_seconds",
                "The time of the latest synchronized record.",
            ),
            observed: Family::gauge(
                "dts_sync_observed_timestamp_seconds",
                "The time at which the response was received.",
            ),
            deadline: Family::gauge(
                "dts_sync_deadline_timestamp_seconds",
                "The time of a deadline of the job.",
            ),
            finding: Family::gauge("dts_sync_finding", "The number of findings with these labels."),
            undecodable: Family::gauge(
                "dts_sync_undecodable",
                "1 for a body of no known job that can't be decoded.",
            ),
            next_number: BTreeMap::new(),
        }
    }

    /// Adds a job.
    pub fn add(&mut self, assessment: &Assessment) {
        self.add_named(assessment, NO_JOB_ID);
    }

    /// Adds a job under a name of the caller's, such as its file, which takes the place of an unknown id: a name that
    /// stays the same from one exposition to the next.
    pub fn add_named(&mut self, assessment: &Assessment, name: &str) {
        let direction = assessment.direction();
        let job = self.name(assessment.job_id().unwrap_or(name), direction);
        let is_undecodable =
            assessment.findings().iter().any(|finding| finding.code == FindingCode::BodyUndecodable);
        if assessment.job_id().is_none() && is_undecodable {
            self.undecodable.sample(&[("file", &job)], 1);
        }
        let labels = [("job", job.as_str()), ("direction", direction.as_str())];

        self.verdict.state_set(labels, verdicts(), assessment.verdict().as_str());
        self.status.state_set(labels, states(), state(assessment.status()));
        if let Some(lag) = assessment.lag() {
            self.lag.sample(&labels, seconds(lag));
        }
        self.lag_known.sample(&labels, u8::from(assessment.lag().is_some()));
        if let Some(checkpoint) = assessment.checkpoint() {
            self.checkpoint.sample(&labels, unix(checkpoint));
        }
        self.observed.sample(&labels, unix(assessment.observed_at()));

        // Both directions of a job may have a deadline of the same kind; the earlier one counts.
        let mut deadlines = BTreeMap::new();
        for deadline in assessment.deadlines() {
            let at = deadlines.entry(deadline.kind).or_insert(deadline.at);
            *at = deadline.at.min(*at);
        }
        for (kind, at) in deadlines {
            let [job, direction] = labels;
            self.deadline.sample(&[job, direction, ("kind", kind.as_str())], unix(at));
        }

        let mut findings = BTreeMap::<_, usize>::new();
        for finding in assessment.findings() {
            let count = findings.entry((finding.code, finding.severity, finding.phase)).or_default();
            *count = count.saturating_add(1);
        }
        for ((code, severity, phase), count) in findings {
            let [job, direction] = labels;
            let (code, severity, phase) =
                (("code", code.as_str()), ("severity", severity.as_str()), ("phase", phase.as_str()));
            self.finding.sample(&[job, direction, code, severity, phase], count);
        }
    }

    /// A unique name for a job: its id, followed by a number if the id is in use.
    fn name(&mut self, id: &str, direction: Scope) -> String {
        let mut number = self.next_number.get(&(id.to_owned(), direction)).copied().unwrap_or(2);
        let mut name = id.to_owned();
        while self.next_number.contains_key(&(name.clone(), direction)) {
            name = format!("{id}#{number}");
            number = number.saturating_add(1);
        }
        self.next_number.insert((name.clone(), direction), 2);
        self.next_number.insert((id.to_owned(), direction), number);
        name
    }
}

impl Default for OpenMetrics {
    fn default() -> Self {
        OpenMetrics::new()
    }
}

impl Display for OpenMetrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for family in [
            &self.verdict,
            &self.status,
            &self.lag,
            &self.lag_known,
            &self.checkpoint,
            &self.observed,
            &self.deadline,
            &self.finding,
            &self.undecodable,
        ] {
            family.fmt(f)?;
        }
        f.write_str("# EOF\n")
    }
}

/// One metric with the samples of all jobs. An exposition must not repeat a family.
#[derive(Debug, Clone)]
struct Family {
    name: &'static str,
    kind: &'static str,
    help: &'static str,
    samples: String,
}

impl Family {
    const fn gauge(name: &'static str, help: &'static str) -> Self {
        Family { name, kind: "gauge", help, samples: String::new() }
    }

    const fn states(name: &'static str, help: &'static str) -> Self {
        Family { name, kind: "stateset", help, samples: String::new() }
    }

    /// Adds one sample per state; the current one is 1. The label of the state has the family's name.
    fn state_set<'a>(
        &mut self,
        [job, direction]: [(&str, &str); 2],
        states: impl Iterator<Item = &'a str>,
        current: &str,
    ) {
        for state in states {
            self.sample(&[job, direction, (self.name, state)], u8::from(state == current));
        }
    }

    fn sample(&mut self, labels: &[(&str, &str)], value: impl Display) {
        self.samples.push_str(self.name);
        let mut opening = '{';
        for (name, value) in labels {
            self.samples.push(opening);
            self.samples.push_str(name);
            self.samples.push_str("=\"");
            for character in value.chars() {
                match character {
                    '\\' => self.samples.push_str("\\\\"),
                    '"' => self.samples.push_str("\\\""),
                    '\n' => self.samples.push_str("\\n"),
                    // Legal, but many readers split lines there.
                    other if other.is_control() => self.samples.push(' '),
                    other => self.samples.push(other),
                }
            }
            self.samples.push('"');
            opening = ',';
        }
        // Writing to a string can't fail.
        let _ = writeln!(self.samples, "}} {value}");
    }
}

impl Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Family { name, kind, help, samples } = self;
        writeln!(f, "# HELP {name} {help}")?;
        writeln!(f, "# TYPE {name} {kind}")?;
        if name.ends_with("_seconds") {
            writeln!(f, "# UNIT {name} seconds")?;
        }
        f.write_str(samples)
    }
}

fn verdicts() -> impl Iterator<Item = &'static str> {
    Verdict::ALL.iter().map(|verdict| verdict.as_str())
}

/// The state of a job with an unknown `Status`. The text itself is no state, because the set of states is fixed.
const UNRECOGNIZED: &str = "Unrecognized";

/// The state of a job whose `Status` is absent.
const MISSING: &str = "Missing";

fn states() -> impl Iterator<Item = &'static str> {
    JobStatus::KNOWN.iter().map(JobStatus::as_str).chain([UNRECOGNIZED, MISSING])
}

fn state(status: Option<&JobStatus>) -> &str {
    match status {
        Some(status) if status.is_known() => status.as_str(),
        Some(_) => UNRECOGNIZED,
        None => MISSING,
    }
}

/// A time in Unix seconds.
fn unix(at: DateTime<Utc>) -> f64 {
    seconds(at.signed_duration_since(DateTime::UNIX_EPOCH))
}
