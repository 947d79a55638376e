//! Assessments as metrics, in two text formats: [`Metrics`].

mod dialect;
mod error;
mod family;
mod options;
mod own;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display, Write as _};
use std::io;

use chrono::{DateTime, Utc};

pub use self::dialect::Dialect;
pub use self::error::MetricsError;
pub use self::family::MetricFamily;
pub use self::options::MetricsOptions;
pub use self::own::OwnFamily;

use self::text::{Head, VALUE_LIMIT, Value, cut, push_label};
use crate::health::{Assessment, FindingCode, NO_JOB_ID, Scope, Verdict};
use crate::model::JobStatus;
use crate::model::spelling::seconds;

/// Several jobs as the text of metrics, in a dialect.
///
/// ```
/// use aliyun_dts_status::SyncJob;
/// use aliyun_dts_status::export::{Dialect, metrics};
/// use aliyun_dts_status::health::{Context, Policy, assess};
///
/// let context = Context::at("2021-01-14T09:22:30Z".parse()?);
/// let assessment = assess(&SyncJob::sample(), &context, &Policy::default());
/// let text = metrics([&assessment], Dialect::Prometheus);
/// assert!(text.contains("\ndts_sync_lag_seconds{job_id=\"dtsexjk1alb116****\",direction=\"Forward\"} 6\n"));
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn metrics<'a>(assessments: impl IntoIterator<Item = &'a Assessment>, dialect: Dialect) -> String {
    let mut metrics = Metrics::new(&MetricsOptions::new(dialect));
    for assessment in assessments {
        metrics.add(assessment);
    }
    metrics.to_string()
}

/// The metrics of many jobs, to which jobs are added one by one. Display writes the text; so does
/// [`write_to`](Self::write_to), to any writer. Serve it as [`content_type`](Self::content_type).
///
/// The labels of a job are its id and its direction; its name is on the family [`MetricFamily::Info`] alone. Without an
/// id it has the name it was added under, else `unknown`. If two jobs have the same labels, a number follows the later
/// id: `dtsx#2`. No label has a message text, and a label's value is cut at 128 characters.
///
/// ```
/// use aliyun_dts_status::SyncJob;
/// use aliyun_dts_status::export::{Metrics, MetricsOptions};
/// use aliyun_dts_status::health::{Context, Policy, assess};
///
/// let context = Context::at("2021-01-14T09:22:30Z".parse()?);
/// let mut metrics = Metrics::new(&MetricsOptions::default());
/// metrics.add(&assess(&SyncJob::sample(), &context, &Policy::default()));
/// let mut answer = Vec::new();
/// metrics.write_to(&mut answer)?;
/// assert!(answer.ends_with(b"# EOF\n"));
/// assert!(metrics.content_type().starts_with("application/openmetrics-text; version=1.0.0"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Metrics {
    options: MetricsOptions,
    /// The samples of each family, as text.
    samples: BTreeMap<MetricFamily, Samples>,
    own: Vec<OwnFamily>,
    /// The names in use, each with the number for the next job of that name.
    next_number: BTreeMap<(String, Scope), usize>,
}

/// One family with the samples of all jobs.
#[derive(Debug, Clone)]
struct Samples {
    /// The full name of the family.
    name: String,
    text: String,
}

impl Metrics {
    /// Metrics of no job.
    #[must_use]
    pub fn new(options: &MetricsOptions) -> Self {
        let families = MetricFamily::ALL.iter().copied().filter(|family| options.has(*family));
        let samples =
            families.map(|family| (family, Samples { name: options.name(family), text: String::new() }));
        Metrics {
            samples: samples.collect(),
            options: options.clone(),
            own: Vec::new(),
            next_number: BTreeMap::new(),
        }
    }

    /// The content type to serve the text as.
    #[must_use]
    pub fn content_type(&self) -> &'static str {
        self.options.dialect.content_type()
    }

    /// Adds a job.
    pub fn add(&mut self, assessment: &Assessment) {
        self.add_named(assessment, NO_JOB_ID);
    }

    /// Adds a job under a name of the caller's, such as its file, which takes the place of an unknown id: a name that
    /// stays the same from one text to the next.
    pub fn add_named(&mut self, assessment: &Assessment, name: &str) {
        use MetricFamily as Family;
        let (direction, lags) = (assessment.direction(), assessment.lags());
        let directions: BTreeSet<_> = lags.iter().map(|(side, _)| *side).chain([direction]).collect();
        let job = self.name(assessment.job_id().unwrap_or(name), &directions);
        let is_undecodable =
            assessment.findings().iter().any(|finding| finding.code == FindingCode::BodyUndecodable);
        if assessment.job_id().is_none() && is_undecodable {
            let mut file = self.options.labels.clone();
            push_label(&mut file, "file", &job);
            self.sample(Family::Undecodable, &file, &[], 1.0);
        }
        let labels = self.labels(&job, direction);

        let job_name = assessment.job_name().map(|name| ("job_name", name));
        self.sample(Family::Info, &labels, job_name.as_slice(), 1.0);
        self.state_set(Family::Verdict, &labels, verdicts(), assessment.verdict().as_str());
        self.sample(Family::VerdictRank, &labels, &[], rank(assessment.verdict()));
        self.state_set(Family::Status, &labels, states(), state(assessment.status()));
        for (direction, lag) in lags {
            let labels = self.labels(&job, direction);
            self.sample_if_known(Family::Lag, &labels, &[], lag.map(seconds));
            self.sample(Family::LagKnown, &labels, &[], flag(lag.is_some()));
        }
        self.sample_if_known(Family::DataAge, &labels, &[], assessment.data_age().map(seconds));
        self.sample_if_known(Family::Rps, &labels, &[], assessment.rps());
        let flow = assessment.flow().map(|flow| flow.mb_per_s() * BYTES_PER_MB);
        self.sample_if_known(Family::Flow, &labels, &[], flow);
        for (stage, percent, records) in assessment.progress() {
            let label = [("stage", stage.as_str())];
            let ratio = percent.map(|percent| percent.get() / 100.0);
            self.sample_if_known(Family::StageProgress, &labels, &label, ratio);
            self.sample_if_known(Family::StageRecords, &labels, &label, records.map(count));
        }
        self.sample_if_known(Family::Checkpoint, &labels, &[], assessment.checkpoint().map(unix));
        self.sample(Family::Observed, &labels, &[], unix(assessment.observed_at()));
        self.add_deadlines(assessment, &labels);
        self.add_findings(assessment, &labels);
    }

    /// Adds a family of the caller's, which is written after this crate's.
    ///
    /// # Errors
    ///
    /// Refuses a family whose name is taken.
    pub fn add_family(&mut self, family: OwnFamily) -> Result<(), MetricsError> {
        let is_same = |own: &OwnFamily| own.family() == family.family();
        if self.options.is_family(&family.name) || self.own.iter().any(is_same) {
            return Err(MetricsError::FamilyTaken(family.name));
        }
        self.own.push(family);
        Ok(())
    }

    /// Writes the text.
    ///
    /// # Errors
    ///
    /// Passes on the error of the writer.
    pub fn write_to(&self, mut writer: impl io::Write) -> io::Result<()> {
        write!(writer, "{self}")
    }

    /// Both directions of a job may have a deadline of the same kind; the earlier one counts.
    fn add_deadlines(&mut self, assessment: &Assessment, labels: &str) {
        let mut deadlines = BTreeMap::new();
        for deadline in assessment.deadlines() {
            let at = deadlines.entry(deadline.kind).or_insert(deadline.at);
            *at = deadline.at.min(*at);
        }
        for (kind, at) in deadlines {
            self.sample(MetricFamily::Deadline, labels, &[("kind", kind.as_str())], unix(at));
        }
    }

    fn add_findings(&mut self, assessment: &Assessment, labels: &str) {
        let mut findings = BTreeMap::<_, i64>::new();
        for finding in assessment.findings() {
            let count = findings.entry((finding.code, finding.severity, finding.phase)).or_default();
            *count = count.saturating_add(1);
        }
        for ((code, severity, phase), number) in findings {
            let (code, severity, phase) =
                (("code", code.as_str()), ("severity", severity.as_str()), ("phase", phase.as_str()));
            self.sample(MetricFamily::Finding, labels, &[code, severity, phase], count(number));
        }
    }

    /// The labels of a job as they are written.
    fn labels(&self, job: &str, direction: Scope) -> String {
        let mut labels = self.options.labels.clone();
        push_label(&mut labels, "job_id", job);
        push_label(&mut labels, "direction", direction.as_str());
        labels
    }

    /// A unique name for a job: its id, followed by a number if the id is in use in one of these directions.
    fn name(&mut self, id: &str, directions: &BTreeSet<Scope>) -> String {
        let id = cut(id, VALUE_LIMIT);
        let used = |name: &str| {
            let numbers = directions.iter().map(|side| self.next_number.get(&(name.to_owned(), *side)));
            numbers.flatten().copied().max()
        };
        let mut number = used(&id).unwrap_or(2);
        let mut name = id.clone();
        while used(&name).is_some() {
            let suffix = format!("#{number}");
            name = cut(&id, VALUE_LIMIT.saturating_sub(suffix.len())) + &suffix;
            number = number.saturating_add(1);
        }
        for direction in directions {
            self.next_number.insert((name.clone(), *direction), 2);
            self.next_number.insert((id.clone(), *direction), number);
        }
        name
    }

    /// Adds one sample for each state; the current one is 1. The label of the state has the family's name.
    fn state_set<'a>(
        &mut self,
        family: MetricFamily,
        labels: &str,
        states: impl Iterator<Item = &'a str>,
        current: &str,
    ) {
        let Some(name) = self.samples.get(&family).map(|samples| samples.name.clone()) else { return };
        for state in states {
            self.sample(family, labels, &[(&name, state)], flag(state == current));
        }
    }

    fn sample_if_known(
        &mut self,
        family: MetricFamily,
        labels: &str,
        more: &[(&str, &str)],
        value: Option<f64>,
    ) {
        if let Some(value) = value {
            self.sample(family, labels, more, value);
        }
    }

    fn sample(&mut self, family: MetricFamily, labels: &str, more: &[(&str, &str)], value: f64) {
        let Some(Samples { name, text }) = self.samples.get_mut(&family) else { return };
        text.push_str(name);
        text.push('{');
        text.push_str(labels);
        for (name, value) in more {
            push_label(text, name, value);
        }
        // Writing to a string can't fail.
        let _ = writeln!(text, "}} {}", Value(value));
    }
}

impl Display for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dialect = self.options.dialect;
        for (family, Samples { name, text }) in &self.samples {
            Head { dialect, name, kind: family.kind(), help: family.help() }.fmt(f)?;
            f.write_str(text)?;
        }
        for OwnFamily { name, kind, help, samples, .. } in &self.own {
            Head { dialect, name, kind: *kind, help }.fmt(f)?;
            f.write_str(samples)?;
        }
        f.write_str(dialect.end())
    }
}

/// The number of bytes in 1 MB of the wire.
const BYTES_PER_MB: f64 = 1_048_576.0;

fn verdicts() -> impl Iterator<Item = &'static str> {
    Verdict::ALL.iter().map(|verdict| verdict.as_str())
}

fn rank(verdict: Verdict) -> f64 {
    let rank = Verdict::ALL.iter().filter(|other| **other < verdict).count();
    u32::try_from(rank).map_or(f64::NAN, f64::from)
}

fn flag(is_set: bool) -> f64 {
    if is_set { 1.0 } else { 0.0 }
}

#[allow(clippy::cast_precision_loss, reason = "readers of metrics have nothing but doubles")]
fn count(number: i64) -> f64 {
    number as f64
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
