//! Judges the bodies of files: [`FileJudge`].

use aliyun_dts_status::health::{Assessment, Context, Policy, Topology, assess_outcome, compare, two_way};
use aliyun_dts_status::model::Direction;
use aliyun_dts_status::model::Outcome;
use aliyun_dts_status::{Decoder, QuirkKind};
use chrono::{DateTime, Utc};

use super::report::{FileReport, Lost, Undecodable};
use crate::exit::{Failure, warn};
use crate::input::Source;

/// The settings for judging bodies.
pub(super) struct FileJudge {
    pub(super) now: DateTime<Utc>,
    pub(super) observed_at: DateTime<Utc>,
    pub(super) since: Option<DateTime<Utc>>,
    pub(super) direction: Direction,
    pub(super) expected: Topology,
    pub(super) policy: Policy,
    pub(super) decoder: Decoder,
}

/// The assessment of a body, or why it can't be decoded.
type BodyResult = Result<Assessment, Undecodable>;

impl FileJudge {
    /// Judges a body alone.
    pub(super) fn alone(&self, source: &Source) -> Result<FileReport, Failure> {
        let mut lost = Vec::new();
        Ok(match self.current(source, &mut lost)? {
            Ok(assessment) => {
                FileReport { lost, ..FileReport::of(source, self.require_expected(assessment)) }
            }
            Err(failed) => FileReport::undecodable(source, failed),
        })
    }

    /// Judges two bodies as the two directions of one job.
    pub(super) fn with_reverse(&self, source: &Source, reverse: &Source) -> Result<FileReport, Failure> {
        let mut lost = Vec::new();
        let forward = self.current(source, &mut lost)?;
        let context = Context::at(self.now).observed_at(self.observed_at).direction(Direction::Reverse);
        Ok(match (forward, self.assess(reverse, &context, &mut lost)?) {
            (Err(failed), Err(also)) => {
                warn(also);
                FileReport::undecodable(source, failed)
            }
            (forward, reverse) => {
                let (forward, failed) = split(forward);
                let (reverse, also) = split(reverse);
                let joined = two_way(forward, reverse, Topology::TwoWay);
                FileReport { undecodable: failed.or(also), lost, ..FileReport::of(source, joined) }
            }
        })
    }

    /// Judges a body with an earlier one of the same job and direction.
    pub(super) fn with_previous(
        &self,
        source: &Source,
        previous: &Source,
        at: DateTime<Utc>,
    ) -> Result<FileReport, Failure> {
        let mut lost = Vec::new();
        let current = self.current(source, &mut lost)?;
        let context = Context::at(at).direction(self.direction.clone());
        Ok(match (current, self.assess(previous, &context, &mut lost)?) {
            (Ok(current), Ok(earlier)) => {
                let compared = compare(&earlier, current, &self.policy);
                FileReport { lost, ..FileReport::of(source, self.require_expected(compared)) }
            }
            (Ok(current), Err(failed)) => {
                let report = FileReport::of(source, self.require_expected(current));
                FileReport { undecodable: Some(failed), lost, ..report }
            }
            // The earlier body says nothing about the present.
            (Err(failed), earlier) => {
                earlier.err().iter().for_each(warn);
                FileReport::undecodable(source, failed)
            }
        })
    }

    fn current(&self, source: &Source, lost: &mut Vec<Lost>) -> Result<BodyResult, Failure> {
        let context = Context::at(self.now).observed_at(self.observed_at).since(self.since);
        self.assess(source, &context.direction(self.direction.clone()), lost)
    }

    fn assess(
        &self,
        source: &Source,
        context: &Context,
        lost: &mut Vec<Lost>,
    ) -> Result<BodyResult, Failure> {
        let body = source.read()?;
        Ok(match self.decoder.decode(&body) {
            Ok(decoded) => {
                let assessment = assess_outcome(&Outcome::from(&decoded), context, &self.policy);
                let quirks = decoded.quirks.into_iter().filter(|quirk| could_change_verdict(quirk.kind));
                lost.extend(quirks.map(|quirk| Lost { file: source.name(), quirk }));
                Ok(assessment)
            }
            Err(error) => Err(Undecodable { file: source.name(), error }),
        })
    }

    /// Adds a finding if both directions are expected.
    fn require_expected(&self, only: Assessment) -> Assessment {
        match self.direction {
            Direction::Reverse => two_way(None, Some(only), self.expected),
            _ => two_way(Some(only), None, self.expected),
        }
    }
}

/// True for quirks whose lost value could have changed the verdict. Fields that this crate does not know never do.
fn could_change_verdict(kind: QuirkKind) -> bool {
    kind.loses_value() && !matches!(kind, QuirkKind::UnknownField | QuirkKind::Attribute)
}

fn split(judged: BodyResult) -> (Option<Assessment>, Option<Undecodable>) {
    match judged {
        Ok(assessment) => (Some(assessment), None),
        Err(failed) => (None, Some(failed)),
    }
}
