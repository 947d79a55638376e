//! Judges the bodies of files: [`FileJudge`].

use aliyun_dts_status::Decoder;
use aliyun_dts_status::health::{
    Assessment, Context, Policy, Scope, Topology, assess_outcome, compare, two_way,
};
use aliyun_dts_status::model::Direction;
use chrono::{DateTime, Utc};

use super::report::FileReport;
use crate::exit::{Exit, Failure};
use crate::input::Source;
use crate::output::BodyError;
use crate::record::Capture;

/// The settings for judging bodies. An option wins over a record.
pub(super) struct FileJudge {
    pub(super) now: DateTime<Utc>,
    pub(super) observed_at: Option<DateTime<Utc>>,
    pub(super) since: Option<DateTime<Utc>>,
    pub(super) job_id: Option<String>,
    pub(super) http_status: Option<u16>,
    pub(super) direction: Option<Direction>,
    pub(super) expected: Topology,
    pub(super) policy: Policy,
    pub(super) decoder: Decoder,
}

impl FileJudge {
    /// Judges a body alone.
    pub(super) fn alone(&self, source: &Source) -> Result<FileReport, Failure> {
        Ok(self.report(source, self.read(source)?))
    }

    /// Judges the body of one of many files: a file that cannot be read is a job of which nothing is known.
    pub(super) fn member(&self, source: &Source) -> FileReport {
        self.report(source, Capture::read(source, &self.decoder))
    }

    /// Judges two bodies as the two directions of one job.
    pub(super) fn with_reverse(&self, source: &Source, reverse: &Source) -> Result<FileReport, Failure> {
        let (forward, backward) = (self.read(source)?, self.read(reverse)?);
        let context = self.context(&forward).direction(Direction::Forward);
        let one = assess_outcome(&forward.outcome(), &context, &self.policy);
        let context = self.call(&backward, self.received(&backward)).direction(Direction::Reverse);
        let other = assess_outcome(&backward.outcome(), &context, &self.policy);
        let joined = two_way(Some(one), Some(other), Topology::TwoWay);
        Ok(FileReport::new(source, joined).with(source, forward).with(reverse, backward))
    }

    /// Judges a body with an earlier one of the same job and direction.
    pub(super) fn with_previous(
        &self,
        source: &Source,
        previous: &Source,
        at: Option<DateTime<Utc>>,
    ) -> Result<FileReport, Failure> {
        let (current, earlier) = (self.read(source)?, self.read(previous)?);
        let Some(at) = at.or(earlier.observed_at) else {
            let reason =
                "--previous needs --previous-at, unless the earlier response is a record with a time";
            return Err(Failure::new(Exit::Usage, reason));
        };
        let before = assess_outcome(&earlier.outcome(), &self.call(&earlier, Context::at(at)), &self.policy);
        let compared = compare(&before, self.assess(&current), &self.policy);
        let mut report = FileReport::new(source, self.require_expected(compared)).with(source, current);
        // Without it the trend is not known.
        report.earlier = earlier.decoded.is_err().then_some(before);
        Ok(report.with(previous, earlier))
    }

    fn report(&self, source: &Source, capture: Capture) -> FileReport {
        let assessment = self.require_expected(self.assess(&capture));
        FileReport::new(source, assessment).with(source, capture)
    }

    /// Reads a file without which there is nothing to judge.
    fn read(&self, source: &Source) -> Result<Capture, Failure> {
        let capture = Capture::read(source, &self.decoder);
        match &capture.decoded {
            Err(BodyError::Unreadable(reason)) => Err(source.unreadable(reason)),
            _ => Ok(capture),
        }
    }

    fn assess(&self, capture: &Capture) -> Assessment {
        assess_outcome(&capture.outcome(), &self.context(capture), &self.policy)
    }

    /// The circumstances of FILE.
    fn context(&self, capture: &Capture) -> Context {
        let status = self.http_status.or(capture.http_status);
        self.call(capture, self.received(capture)).since(self.since).http_status(status)
    }

    /// The times of a body.
    fn received(&self, capture: &Capture) -> Context {
        Context::at(self.now).observed_at(self.observed_at.or(capture.observed_at).unwrap_or(self.now))
    }

    /// Adds the call that was answered.
    fn call(&self, capture: &Capture, context: Context) -> Context {
        let direction = self.direction.clone().or_else(|| capture.direction.clone());
        context
            .direction(direction.unwrap_or(Direction::Forward))
            .job_id(self.job_id.clone().or_else(|| capture.job_id.clone()))
            .http_status(capture.http_status)
    }

    /// Adds a finding if both directions are expected.
    fn require_expected(&self, only: Assessment) -> Assessment {
        match only.direction() {
            Scope::Reverse => two_way(None, Some(only), self.expected),
            _ => two_way(Some(only), None, self.expected),
        }
    }
}
