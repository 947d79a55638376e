//! The rules by which one response is judged, one file for each section of the definition.
//!
//! A rule adds findings, each with the least verdict it allows, and takes none back; so their order does not
//! matter. What they judge is a [`Case`].

mod billing;
pub(super) mod case;
pub(super) mod envelope;
pub(super) mod lag;
mod messages;
mod precheck;
mod stages;
mod status;
mod windows;

use super::assessment::Deadline;
use super::finding::Finding;
use case::Case;
use lag::Measured;

/// Applies every rule that comes after the envelope.
pub(super) fn judge(
    case: &Case<'_>,
    lag: &Measured,
    findings: &mut Vec<Finding>,
    deadlines: &mut Vec<Deadline>,
) {
    status::judge(case, findings);
    stages::judge(case, findings);
    precheck::judge(case, findings);
    lag::judge(case, lag, findings);
    messages::judge(case, findings);
    windows::judge(case, lag, findings, deadlines);
    billing::judge(case, lag, findings, deadlines);
}
