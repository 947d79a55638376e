//! Both directions of one job as one: [`two_way`].

use chrono::{DateTime, Utc};

use super::settle;
use crate::field::Field;
use crate::health::assessment::Assessment;
use crate::health::finding::{DIRECTION, Evidence, Finding, FindingCode, Scope, Severity};
use crate::health::verdict::Verdict;

/// Which directions a job is meant to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Topology {
    /// What was observed is all there is.
    #[default]
    OneWay,
    /// Both directions are expected; one that was not observed is a finding.
    TwoWay,
}

/// Joins the two directions of one job; `None` is a direction that was not observed.
///
/// What is told once for the job (id, status, lag and so on) is Forward's, or Reverse's if that alone was
/// observed. A single direction where no more is expected stays what it is. Of nothing at all the outcome is
/// Unknown, observed at the epoch.
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
            let nothing = Assessment::bare(Scope::TwoWay, DateTime::<Utc>::UNIX_EPOCH);
            join(nothing, None, own)
        }
    }
}

/// What two directions say of each other.
fn judge_pair(forward: &Assessment, reverse: &Assessment, own: &mut Vec<Finding>) {
    if let (Some(one), Some(other)) = (forward.names.task_id(), reverse.names.task_id())
        && one == other
    {
        let evidence = vec![Evidence::of(Field::TaskId, Some(one))];
        own.push(finding(FindingCode::DirectionsAliased, evidence).at_least(Verdict::Unknown));
        // One direction was seen twice, so nothing follows from comparing the two.
        return;
    }
    let live = |side: &Assessment| matches!(side.verdict, Verdict::Healthy | Verdict::Degraded);
    let undecided = |side: &Assessment| matches!(side.verdict, Verdict::Progressing | Verdict::Unknown);
    if live(forward) != live(reverse) && !undecided(forward) && !undecided(reverse) {
        let evidence = [forward, reverse]
            .map(|side| Evidence::named(DIRECTION, format_args!("{} is {}", side.direction, side.verdict)));
        own.push(finding(FindingCode::TwoWayHalfOpen, evidence.into()).at_least(Verdict::Degraded));
    }
    if let (Some((source, destination)), Some((reverse_source, reverse_destination))) =
        (forward.names.instances(), reverse.names.instances())
        && (source != reverse_destination || destination != reverse_source)
    {
        let source_path = [Field::SourceEndpoint, Field::InstanceId];
        let destination_path = [Field::DestinationEndpoint, Field::InstanceId];
        let evidence = vec![
            Evidence::of(source_path, Some(source)),
            Evidence::of(destination_path, Some(destination)),
            Evidence::of(source_path, Some(reverse_source)),
            Evidence::of(destination_path, Some(reverse_destination)),
        ];
        own.push(finding(FindingCode::EndpointsNotMirrored, evidence));
    }
}

/// One assessment of one or two and what they say together.
fn join(first: Assessment, second: Option<Assessment>, own: Vec<Finding>) -> Assessment {
    let sides = [Some(&first), second.as_ref()];
    let given = sides.into_iter().flatten().fold(Verdict::Healthy, |worst, side| worst.join(side.verdict));
    // A side may be Degraded without a floor that says so; then its own reason stands.
    let reason_of_side = sides
        .into_iter()
        .flatten()
        .filter(|side| side.verdict == given)
        .filter_map(Assessment::cause)
        .min_by(|one, other| one.report_order(other))
        .map(|finding| finding.code);

    let mut joined = Assessment { direction: Scope::TwoWay, memory: None, ..first };
    joined.findings.extend(own);
    if let Some(second) = second {
        joined.findings.extend(second.findings);
        for deadline in second.deadlines {
            if !joined.deadlines.contains(&deadline) {
                joined.deadlines.push(deadline);
            }
        }
        if joined.names.job_id().is_none() {
            joined.names = second.names;
        }
    }
    let (verdict, reason) = settle(given, &mut joined.findings);
    Assessment { verdict, reason: reason.or(reason_of_side), ..joined }
}

fn finding(code: FindingCode, evidence: Vec<Evidence>) -> Finding {
    Finding::new(code, Severity::Warning, Scope::TwoWay, evidence)
}

fn not_observed(code: FindingCode, direction: Scope) -> Finding {
    let evidence = vec![Evidence::named(DIRECTION, direction)];
    Finding::new(code, Severity::Warning, direction, evidence).at_least(Verdict::Unknown)
}
