//! From bodies to verdicts: [`Judge`].

use aliyun_dts_status::health::{Assessment, Context, Policy, Topology, assess_response, compare, two_way};
use aliyun_dts_status::model::Direction;
use aliyun_dts_status::{Decoder, QuirkKind};
use chrono::{DateTime, Utc};

use super::report::{Lost, Report, Undecodable};
use crate::exit::{Failure, complain};
use crate::input::Source;

/// What bodies are judged by.
pub(super) struct Judge {
    pub(super) now: DateTime<Utc>,
    pub(super) observed_at: DateTime<Utc>,
    pub(super) since: Option<DateTime<Utc>>,
    pub(super) direction: Direction,
    pub(super) expected: Topology,
    pub(super) policy: Policy,
    pub(super) decoder: Decoder,
}

/// What came of a body.
type Judged = Result<Assessment, Undecodable>;

impl Judge {
    /// Judges a body by itself.
    pub(super) fn alone(&self, source: &Source) -> Result<Report, Failure> {
        let mut lost = Vec::new();
        Ok(match self.current(source, &mut lost)? {
            Ok(assessment) => Report { lost, ..Report::of(source, self.both_expected(assessment)) },
            Err(failed) => Report::undecodable(source, failed),
        })
    }

    /// Judges two bodies as the two directions of one job.
    pub(super) fn with_reverse(&self, source: &Source, reverse: &Source) -> Result<Report, Failure> {
        let mut lost = Vec::new();
        let forward = self.current(source, &mut lost)?;
        let context = Context::at(self.now).observed_at(self.observed_at).direction(Direction::Reverse);
        Ok(match (forward, self.assess(reverse, &context, &mut lost)?) {
            (Err(failed), Err(also)) => {
                complain(also);
                Report::undecodable(source, failed)
            }
            (forward, reverse) => {
                let (forward, failed) = split(forward);
                let (reverse, also) = split(reverse);
                let joined = two_way(forward, reverse, Topology::TwoWay);
                Report { undecodable: failed.or(also), lost, ..Report::of(source, joined) }
            }
        })
    }

    /// Judges a body after an earlier one about the same job and direction.
    pub(super) fn with_previous(
        &self,
        source: &Source,
        previous: &Source,
        at: DateTime<Utc>,
    ) -> Result<Report, Failure> {
        let mut lost = Vec::new();
        let current = self.current(source, &mut lost)?;
        let context = Context::at(at).direction(self.direction.clone());
        Ok(match (current, self.assess(previous, &context, &mut lost)?) {
            (Ok(current), Ok(earlier)) => {
                let compared = compare(&earlier, current, &self.policy);
                Report { lost, ..Report::of(source, self.both_expected(compared)) }
            }
            (Ok(current), Err(failed)) => {
                let report = Report::of(source, self.both_expected(current));
                Report { undecodable: Some(failed), lost, ..report }
            }
            // What was says nothing of what is.
            (Err(failed), earlier) => {
                earlier.err().iter().for_each(complain);
                Report::undecodable(source, failed)
            }
        })
    }

    fn current(&self, source: &Source, lost: &mut Vec<Lost>) -> Result<Judged, Failure> {
        let context = Context::at(self.now).observed_at(self.observed_at).since(self.since);
        self.assess(source, &context.direction(self.direction.clone()), lost)
    }

    fn assess(&self, source: &Source, context: &Context, lost: &mut Vec<Lost>) -> Result<Judged, Failure> {
        let body = source.read()?;
        Ok(match self.decoder.decode(&body) {
            Ok(decoded) => {
                let quirks = decoded.quirks.into_iter().filter(|quirk| may_mislead(quirk.kind));
                lost.extend(quirks.map(|quirk| Lost { file: source.name(), quirk }));
                Ok(assess_response(&decoded.response, context, &self.policy))
            }
            Err(error) => Err(Undecodable { file: source.name(), error }),
        })
    }

    /// Tells what is missing where both directions are expected.
    fn both_expected(&self, only: Assessment) -> Assessment {
        match self.direction {
            Direction::Reverse => two_way(None, Some(only), self.expected),
            _ => two_way(Some(only), None, self.expected),
        }
    }
}

/// Whether a verdict may rest on the absence of what the body does hold. What this crate does not know decides none.
fn may_mislead(kind: QuirkKind) -> bool {
    kind.loses_value() && !matches!(kind, QuirkKind::UnknownField | QuirkKind::Attribute)
}

fn split(judged: Judged) -> (Option<Assessment>, Option<Undecodable>) {
    match judged {
        Ok(assessment) => (Some(assessment), None),
        Err(failed) => (None, Some(failed)),
    }
}
