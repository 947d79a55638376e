//! The latest poll of each job: [`Latest`].

use std::collections::BTreeMap;

use aliyun_dts_status::export::{HealthJson, Metrics, MetricsOptions, nagios, nagios_fleet};
use aliyun_dts_status::health::{Assessment, FleetAssessment, Policy, Scope};
use chrono::{DateTime, Utc};

use super::super::arguments::ReportFormat;
use crate::archive::{JudgedPoll, LineProblem};
use crate::exit::Failure;
use crate::output::Output;

/// The latest poll of each job and direction, for the outputs that show the present.
pub(super) struct Latest {
    polls: BTreeMap<(String, Scope, usize), Poll>,
    /// Limit of the jobs that are kept.
    limit: usize,
    /// The polls of further jobs.
    further: FleetAssessment,
    /// How metrics are written.
    metrics: MetricsOptions,
}

struct Poll {
    assessment: Assessment,
    /// True for a poll that is not later than the one before it. One of the future is a finding, and is shown.
    is_late: bool,
}

impl Latest {
    pub(super) fn new(limit: usize, metrics: MetricsOptions) -> Self {
        Latest { polls: BTreeMap::new(), limit, further: FleetAssessment::new(), metrics }
    }

    pub(super) fn add(&mut self, judged: JudgedPoll) {
        let key = judged.key();
        let is_late = matches!(judged.misdated, Some(LineProblem::OutOfOrder));
        let poll = Poll { assessment: judged.assessment, is_late };
        let is_full = self.polls.len() >= self.limit;
        match self.polls.get_mut(&key) {
            // A late poll says nothing of the present.
            Some(before) if poll.is_late && !before.is_late => {}
            Some(before) => *before = poll,
            None if is_full => self.further.add(&poll.assessment),
            None => _ = self.polls.insert(key, poll),
        }
    }

    /// Prints the polls, and returns the exit status.
    pub(super) fn print(
        &self,
        format: ReportFormat,
        policy: &Policy,
        output: &mut Output,
    ) -> Result<u8, Failure> {
        let only = match self.assessments().collect::<Vec<_>>().as_slice() {
            [only] if self.further.job_count() == 0 => Some(*only),
            _ => None,
        };
        let fleet = self.fleet();
        match (format, only) {
            (ReportFormat::Nagios, Some(only)) => output.text(format_args!("{}\n", nagios(only, policy)))?,
            (ReportFormat::Nagios, None) => output.text(format_args!("{}\n", nagios_fleet(&fleet)))?,
            (ReportFormat::HealthJson, only) => {
                let json = only.map_or_else(|| HealthJson::fleet(&fleet), HealthJson::job);
                output.json_text(format!("{json:#}").into())?;
            }
            (ReportFormat::Openmetrics | ReportFormat::Prometheus, _) => {
                let mut metrics = Metrics::new(&self.metrics);
                self.assessments().for_each(|assessment| metrics.add(assessment));
                output.metrics(metrics)?;
            }
            (ReportFormat::Text | ReportFormat::Json, _) => {}
        }
        Ok(fleet.exit_code())
    }

    /// The time of the latest poll of all.
    pub(super) fn observed_at(&self) -> Option<DateTime<Utc>> {
        self.assessments().map(Assessment::observed_at).max()
    }

    fn assessments(&self) -> impl Iterator<Item = &Assessment> {
        self.polls.values().map(|poll| &poll.assessment)
    }

    fn fleet(&self) -> FleetAssessment {
        let mut fleet = self.further.clone();
        self.assessments().for_each(|assessment| fleet.add(assessment));
        fleet
    }
}
