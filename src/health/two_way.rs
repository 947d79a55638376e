//! Both directions of one job joined: [`two_way`].

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::assessment::{Assessment, exit_code_of};
use super::facts::snapshot::{Signs, Snapshot};
use super::finding::{Fact, Finding, FindingCode, Phase, Severity};
use super::identity::Identity;
use super::report::Report;
use super::scope::Scope;
use super::verdict::{Verdict, worse_exit_code};
use crate::field::Field;
use crate::model::JobStatus;
use crate::model::spelling::unmasked;
use crate::named_enum::named_enum;

named_enum! {
    /// The directions that a job is expected to have.
    #[derive(Default)]
    #[non_exhaustive]
    pub enum Topology as "topology" {
        /// No more than the observed ones.
        #[default]
        OneWay = "OneWay",
        /// Both; a direction that was not observed is a finding.
        TwoWay = "TwoWay",
    }
}

/// Joins the two directions of one job; `None` is a direction that was not observed.
///
/// Values that a job has once (id, status, lag and so on) are Forward's, or Reverse's if only that was observed. A
/// single direction is returned unchanged if no other is expected. Without any direction the result is Unknown,
/// observed at the Unix epoch.
///
/// ```
/// use aliyun_dts_status::SyncJob;
/// use aliyun_dts_status::health::{Context, Policy, Topology, Verdict, assess, two_way};
/// use chrono::{DateTime, Utc};
///
/// let now = "2021-01-14T09:22:30Z".parse::<DateTime<Utc>>()?;
/// let forward = assess(&SyncJob::sample(), &Context::at(now), &Policy::default());
/// let joined = two_way(Some(forward), None, Topology::TwoWay);
/// assert_eq!(joined.verdict(), Verdict::Unknown);
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn two_way(forward: Option<Assessment>, reverse: Option<Assessment>, expected: Topology) -> Assessment {
    let mut own = Vec::new();
    match (&forward, &reverse) {
        (Some(forward), Some(reverse)) => judge_pair(forward, reverse, &mut own),
        (None, None) => own.extend([
            not_observed(FindingCode::ForwardNotObserved, Scope::Forward),
            not_observed(FindingCode::ReverseNotObserved, Scope::Reverse),
        ]),
        (Some(_), None) if expected == Topology::TwoWay => {
            own.push(not_observed(FindingCode::ReverseNotObserved, Scope::Reverse));
        }
        (None, Some(_)) if expected == Topology::TwoWay => {
            own.push(not_observed(FindingCode::ForwardNotObserved, Scope::Forward));
        }
        (Some(_), None) | (None, Some(_)) => {}
    }
    match (forward, reverse) {
        (Some(forward), Some(reverse)) => join(forward, Some(reverse), own),
        (Some(only), None) | (None, Some(only)) if own.is_empty() => only,
        (Some(only), None) | (None, Some(only)) => join(only, None, own),
        (None, None) => {
            let read = (Snapshot::empty(DateTime::<Utc>::UNIX_EPOCH), Signs::default());
            let nothing = Assessment::new(
                Report::default(),
                Scope::TwoWay,
                Identity::default(),
                read,
                false,
                DateTime::<Utc>::UNIX_EPOCH,
            );
            join(nothing, None, own)
        }
    }
}

/// Joins the assessments of one direction and of the other one that are of one job, by [`two_way`]. All others stay as
/// they are. The order is that of the first direction of each job.
///
/// For the jobs of a page, which [`assess_each`](super::assess_each()) judges one by one. Both directions are of one job
/// if they have the same job id; a masked id says so only where one direction follows the other.
#[must_use]
pub fn join_directions(assessments: impl IntoIterator<Item = Assessment>) -> Vec<Assessment> {
    let mut joined: Vec<Option<Assessment>> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for next in assessments {
        let unmasked_id = unmasked(next.job_id()).map(str::to_owned);
        let place = match &unmasked_id {
            Some(id) => places.get(id).copied(),
            None => joined.len().checked_sub(1),
        };
        let slot = place.and_then(|place| joined.get_mut(place));
        let slot = slot.filter(|slot| slot.as_ref().is_some_and(|other| are_directions(other, &next)));
        match slot {
            Some(slot) => {
                let other = slot.take();
                let (forward, reverse) = match next.direction {
                    Scope::Reverse => (other, Some(next)),
                    _ => (Some(next), other),
                };
                *slot = Some(two_way(forward, reverse, Topology::TwoWay));
            }
            None => {
                if let Some(id) = unmasked_id {
                    places.insert(id, joined.len());
                }
                joined.push(Some(next));
            }
        }
    }
    joined.into_iter().flatten().collect()
}

/// Returns true for one direction and the other one of a job.
fn are_directions(one: &Assessment, other: &Assessment) -> bool {
    let scopes = [one.direction, other.direction];
    one.job_id() == other.job_id()
        && (scopes == [Scope::Forward, Scope::Reverse] || scopes == [Scope::Reverse, Scope::Forward])
}

/// The findings from comparing the two directions.
fn judge_pair(forward: &Assessment, reverse: &Assessment, own: &mut Vec<Finding>) {
    // An answer that has both directions did not ask for one of them twice.
    let are_distinct = forward.signs.has_other_direction && reverse.signs.has_other_direction;
    if !are_distinct
        && let (Some(one), Some(other)) =
            (unmasked(forward.identity.task_id()), unmasked(reverse.identity.task_id()))
        && one == other
    {
        let facts = vec![Fact::field(Field::TaskId, Some(one)).of_operation(forward.signs.operation)];
        own.push(finding(FindingCode::DirectionsAliased, facts).at_least(Verdict::Unknown));
        // One direction was observed twice, so there is nothing to compare.
        return;
    }
    let live = |side: &Assessment| matches!(side.verdict, Verdict::Healthy | Verdict::Degraded);
    let undecided = |side: &Assessment| matches!(side.verdict, Verdict::Progressing | Verdict::Unknown);
    if live(forward) != live(reverse) && !undecided(forward) && !undecided(reverse) {
        let facts = [forward, reverse].map(|side| Fact::side(side.direction, side.verdict));
        own.push(finding(FindingCode::TwoWayHalfOpen, facts.into()).at_least(Verdict::Degraded));
    }
    if let (Some((source, destination)), Some((reverse_source, reverse_destination))) =
        (forward.identity.instances(), reverse.identity.instances())
        && (source != reverse_destination || destination != reverse_source)
    {
        let source_path = [Field::SourceEndpoint, Field::InstanceId];
        let destination_path = [Field::DestinationEndpoint, Field::InstanceId];
        let operation = forward.signs.operation;
        let fact = |path, value| Fact::field(path, Some(value)).of_operation(operation);
        let facts = vec![
            fact(source_path, source),
            fact(destination_path, destination),
            fact(source_path, reverse_source).of_reverse(),
            fact(destination_path, reverse_destination).of_reverse(),
        ];
        own.push(finding(FindingCode::EndpointsNotMirrored, facts));
    }
}

/// One assessment of one or two directions and their own findings.
fn join(first: Assessment, second: Option<Assessment>, own: Vec<Finding>) -> Assessment {
    // A side whose call failed knows less than the other one.
    let (first, second) = match second {
        Some(second) if !first.comparable && second.comparable => (second, Some(first)),
        second => (first, second),
    };
    let sides: Vec<&Assessment> = [Some(&first), second.as_ref()].into_iter().flatten().collect();
    let given = sides.iter().fold(Verdict::Healthy, |worst, side| worst.max(side.verdict));
    // A side may be Degraded without a floor; then its own reason is kept.
    let worst = sides.iter().filter(|side| side.verdict == given);
    let reason_of_side = worst
        .filter_map(|side| Some((side.cause()?, side.reason?)))
        .min_by(|one, other| one.0.report_order(other.0))
        .map(|(_, reason)| reason)
        .or_else(|| sides.iter().filter(|side| side.verdict == given).find_map(|side| side.reason));
    let exit_of_sides = sides.iter().fold(0, |worst, side| {
        let code = if waits(side, &sides) { 0 } else { side.exit_code };
        worse_exit_code(worst, code)
    });
    let own_severity = exit_code_of(own.iter().map(|finding| finding.severity).max());
    let own_floor = own.iter().filter_map(Finding::floor).fold(Verdict::Healthy, Verdict::max);
    let own_exit = worse_exit_code(own_severity, own_floor.exit_code());
    let exit_code = worse_exit_code(exit_of_sides, own_exit);
    let maintenance_until = sides.iter().find_map(|side| side.maintenance_until);

    let mut lags: Vec<_> = sides.iter().flat_map(|side| side.lags()).collect();
    lags.sort_by_key(|(direction, _)| *direction);
    lags.dedup_by_key(|(direction, _)| *direction);
    let mut joined = Assessment { direction: Scope::TwoWay, comparable: false, sides: lags, ..first };
    joined.findings.extend(own);
    joined.judged = joined.judged.with(Phase::Aggregate);
    if let Some(second) = second {
        joined.judged = joined.judged.and(second.judged);
        joined.findings.extend(second.findings);
        for deadline in second.deadlines {
            if !joined.deadlines.contains(&deadline) {
                joined.deadlines.push(deadline);
            }
        }
        if joined.identity.job_id().is_none() {
            joined.identity = second.identity;
        }
        joined.pending = joined.pending.or(second.pending);
        joined.held = joined.held.or(second.held);
    }
    joined.settle_from(given);
    joined.reason = joined.reason.or(reason_of_side);
    joined.set_exit_code(exit_code, maintenance_until);
    joined
}

/// Returns true for a side that is not started and waits for the other one, which is on its way.
fn waits(side: &Assessment, sides: &[&Assessment]) -> bool {
    let by_status = side.verdict == Verdict::Idle && side.severity() < Some(Severity::Warning);
    by_status
        && matches!(side.status(), Some(JobStatus::NotStarted | JobStatus::PreCheckPass))
        && sides.iter().any(|other| other.verdict == Verdict::Progressing)
}

fn finding(code: FindingCode, facts: Vec<Fact>) -> Finding {
    Finding::new(code, Severity::Warning, Scope::TwoWay, facts)
}

fn not_observed(code: FindingCode, direction: Scope) -> Finding {
    let facts = vec![Fact::missing(direction)];
    Finding::new(code, Severity::Warning, direction, facts).at_least(Verdict::Unknown)
}
