//! Judges the bodies of files: [`FileJudge`].

use aliyun_dts_status::health::{
    Assessment, Context, Policy, Scope, Topology, assess_each, assess_outcome, compare, join_directions,
    two_way,
};
use aliyun_dts_status::model::Direction;
use aliyun_dts_status::{Decoded, Decoder};
use chrono::{DateTime, Utc};

use super::report::FileReport;
use crate::exit::{Exit, Failure};
use crate::input::Source;
use crate::options::{ObservedAt, whole_seconds};
use crate::output::BodyError;
use crate::page::{JobFacts, OtherPages, asked_directions};
use crate::record::Capture;

/// The settings for judging bodies. An option wins over a record.
pub(super) struct FileJudge {
    pub(super) now: DateTime<Utc>,
    pub(super) is_now_given: bool,
    pub(super) observed_at: Option<ObservedAt>,
    pub(super) since: Option<DateTime<Utc>>,
    pub(super) job_id: Option<String>,
    pub(super) http_status: Option<u16>,
    pub(super) direction: Option<Direction>,
    pub(super) expected: Topology,
    pub(super) policy: Policy,
    pub(super) decoder: Decoder,
}

/// The result of one FILE.
pub(super) enum Judged {
    Job(Box<FileReport>),
    Fleet(Vec<FileReport>),
}

impl FileJudge {
    /// Judges a body alone. A page is a fleet, unless one of its jobs was asked for.
    pub(super) fn alone(&self, source: &Source, pages: &mut OtherPages) -> Result<Judged, Failure> {
        let capture = self.read(source)?;
        if let Some(decoded) = self.fleet(&capture, pages) {
            return Ok(Judged::Fleet(self.jobs(source, decoded, &capture)));
        }
        Ok(Judged::Job(Box::new(self.report(source, capture))))
    }

    /// Judges the body of one of many files: a file that cannot be read is a job of which nothing is known.
    pub(super) fn members(&self, source: &Source, pages: &mut OtherPages) -> Vec<FileReport> {
        let capture = self.capture(source);
        if let Some(decoded) = self.fleet(&capture, pages) {
            return self.jobs(source, decoded, &capture);
        }
        vec![self.report(source, capture)]
    }

    /// Judges the jobs of a page, both directions of a job together.
    fn jobs(&self, source: &Source, decoded: &Decoded, capture: &Capture) -> Vec<FileReport> {
        let mut each = assess_each(&decoded.into(), &self.context(capture), &self.policy);
        if let Some(direction) = &self.direction {
            each.retain(|job| job.direction() == Scope::from(direction));
        }
        let mut facts = JobFacts::of(&decoded.response, decoded.losses());
        let report = |assessment: Assessment| {
            let report = FileReport::new(source, assessment).with_facts(source, &mut facts);
            let assessment = self.require_expected(report.assessment);
            let has_old_checkpoint = self.has_old_checkpoint(capture, &assessment);
            FileReport { assessment, has_old_checkpoint, is_of_page: true, ..report }
        };
        join_directions(each).into_iter().map(report).collect()
    }

    /// The page, if the body is one and none of its jobs was asked for.
    fn fleet<'a>(&self, capture: &'a Capture, pages: &mut OtherPages) -> Option<&'a Decoded> {
        let decoded = capture.decoded.as_ref().ok()?;
        pages.add(decoded.response.page().filter(|_| self.asked(capture).is_none())?);
        Some(decoded)
    }

    /// The job that was asked for.
    fn asked(&self, capture: &Capture) -> Option<String> {
        self.job_id.clone().or_else(|| capture.noted.job_id.clone())
    }

    /// Judges two bodies as the two directions of one job.
    pub(super) fn with_reverse(&self, source: &Source, reverse: &Source) -> Result<FileReport, Failure> {
        let (forward, backward) = (self.read(source)?, self.read(reverse)?);
        let context = self.context(&forward).direction(Direction::Forward);
        let one = assess_outcome(&forward.outcome(), &context, &self.policy);
        // The reverse direction is of the same job.
        let asked = self.asked(&backward).or_else(|| one.job_id().map(str::to_owned));
        let context =
            self.call(&backward, self.received(&backward)).direction(Direction::Reverse).job_id(asked);
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
        let (current, earlier) =
            (self.read(source)?, readable(previous, Capture::read(previous, &self.decoder))?);
        let Some(at) = at.or(earlier.noted.observed_at) else {
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
        let has_old_checkpoint = self.has_old_checkpoint(&capture, &assessment);
        FileReport { has_old_checkpoint, ..FileReport::new(source, assessment).with(source, capture) }
    }

    /// Reads a file without which there is nothing to judge.
    fn read(&self, source: &Source) -> Result<Capture, Failure> {
        readable(source, self.capture(source))
    }

    /// Reads a file, and the time at which it was received.
    fn capture(&self, source: &Source) -> Capture {
        let mut capture = Capture::read(source, &self.decoder);
        match self.observed_at {
            Some(ObservedAt::At(at)) => capture.noted.observed_at = Some(at),
            Some(ObservedAt::Mtime) => capture.noted.observed_at = source.mtime().map(whole_seconds),
            None => {}
        }
        capture
    }

    /// Returns true if nothing says when a body was received, and its Checkpoint is old: it may be an earlier answer.
    fn has_old_checkpoint(&self, capture: &Capture, assessment: &Assessment) -> bool {
        let is_old = |at| self.now.signed_duration_since(at) > self.policy.max_observation_age;
        capture.noted.observed_at.is_none()
            && !self.is_now_given
            && assessment.checkpoint().is_some_and(is_old)
    }

    /// Judges one job, which may be one of a page, in both directions if the page has both and none was asked for.
    fn assess(&self, capture: &Capture) -> Assessment {
        let (outcome, context) = (capture.outcome(), self.context(capture));
        let given = self.direction.as_ref().or(capture.noted.direction.as_ref());
        let directions = match (capture.page(), self.asked(capture)) {
            (Some(page), Some(asked)) if given.is_none() => asked_directions(page, &asked),
            _ => vec![context.requested_direction.clone()],
        };
        let assess =
            |direction| assess_outcome(&outcome, &context.clone().direction(direction), &self.policy);
        let mut each = directions.into_iter().map(assess);
        match (each.next(), each.next()) {
            (Some(only), None) => only,
            (forward, reverse) => two_way(forward, reverse, Topology::TwoWay),
        }
    }

    /// The circumstances of FILE.
    fn context(&self, capture: &Capture) -> Context {
        let status = self.http_status.or(capture.noted.http_status);
        self.call(capture, self.received(capture)).since(self.since).http_status(status)
    }

    /// The times of a body.
    fn received(&self, capture: &Capture) -> Context {
        Context::at(self.now).observed_at(capture.noted.observed_at.unwrap_or(self.now))
    }

    /// Adds the call that was answered.
    fn call(&self, capture: &Capture, context: Context) -> Context {
        let direction = self.direction.clone().or_else(|| capture.noted.direction.clone());
        context
            .direction(direction.unwrap_or(Direction::Forward))
            .job_id(self.asked(capture))
            .http_status(capture.noted.http_status)
    }

    /// Adds a finding if both directions are expected.
    fn require_expected(&self, only: Assessment) -> Assessment {
        match only.direction() {
            Scope::TwoWay => only,
            Scope::Reverse => two_way(None, Some(only), self.expected),
            _ => two_way(Some(only), None, self.expected),
        }
    }
}

/// The failure of a file that cannot be read.
fn readable(source: &Source, capture: Capture) -> Result<Capture, Failure> {
    match &capture.decoded {
        Err(BodyError::Unreadable(reason)) => Err(source.unreadable(reason)),
        _ => Ok(capture),
    }
}
