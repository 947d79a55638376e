//! The output line of a Nagios plugin: [`nagios`], [`nagios_fleet`].

use chrono::TimeDelta;

use super::{code_and_message, job_and_direction};
use crate::excerpt::floor_boundary;
use crate::health::{Assessment, Finding, FindingCode, FleetAssessment, Policy, Scope, Verdict};
use crate::model::spelling::{self, seconds};

/// One job as the output of a Nagios plugin: the verdict and its reason, then performance data.
///
/// Exit with [`Assessment::exit_code`]. Pass the policy of the assessment: its lag thresholds are part of the
/// performance data. An unknown value is `U`. The text does not end with a line break.
///
/// ```text
/// DTS DEGRADED - dtsexjk1alb116****/Forward: LAG_HIGH: … | 'lag'=61s;60;600;0 'data_age'=61s 'rps'=40
/// ```
#[must_use]
pub fn nagios(assessment: &Assessment, policy: &Policy) -> String {
    let text = format!("{}: {}", job_and_direction(assessment), reason(assessment));
    line(assessment.verdict(), &text, &measurements(assessment, policy))
}

/// A fleet as the output of a Nagios plugin: the worst verdict, the number of jobs of each verdict, and the causes.
///
/// Exit with [`FleetAssessment::exit_code`]. The text does not end with a line break.
#[must_use]
pub fn nagios_fleet(fleet: &FleetAssessment) -> String {
    let count = |verdict: &Verdict| fleet.counts().get(verdict).copied().unwrap_or_default();
    let mut data = vec![format!("'jobs'={}", fleet.job_count())];
    data.extend(Verdict::ALL.iter().map(|verdict| {
        let label = verdict.as_str().to_lowercase();
        format!("'{label}'={}", count(verdict))
    }));
    let mut parts = vec![fleet.summary()];
    parts.retain(|summary| !summary.is_empty());
    parts.extend(fleet.causes().iter().map(ToString::to_string));
    if fleet.more() > 0 {
        parts.push(format!("and {} more", fleet.more()));
    }
    line(fleet.verdict(), &parts.join("; "), &data.join(" "))
}

/// Nagios reads 8 kB of a line. The text is cut to that, the performance data is not.
fn line(verdict: Verdict, text: &str, data: &str) -> String {
    const LONGEST: usize = 8_192;
    let verdict = verdict.as_str().to_uppercase();
    let mut text = plain(text);
    let taken: usize = ["DTS  -  | …", &verdict, data].iter().map(|part| part.len()).sum();
    let room = LONGEST.saturating_sub(taken);
    if text.len() > room {
        text.truncate(floor_boundary(&text, room));
        text.push('…');
    }
    format!("DTS {verdict} - {text} | {data}")
}

/// The performance data of one job. The labels are always the same for the same directions.
fn measurements(assessment: &Assessment, policy: &Policy) -> String {
    let (warn, critical) = (seconds(policy.lag_warn), seconds(policy.lag_critical));
    let lag = measured(assessment.lag());
    // A two-way job has the lag of Reverse too.
    let mut of_reverse = assessment.lags();
    of_reverse.retain(|(side, _)| *side == Scope::Reverse && *side != assessment.direction());
    let of_reverse = of_reverse.first().map(|(_, lag)| measured(*lag));
    let of_reverse = of_reverse.map(|lag| format!(" 'lag_reverse'={lag};{warn};{critical};0"));
    let of_reverse = of_reverse.unwrap_or_default();
    let age = measured(assessment.data_age());
    let rps = assessment.rps().map_or_else(unknown, |rps| rps.to_string());
    format!("'lag'={lag};{warn};{critical};0{of_reverse} 'data_age'={age} 'rps'={rps}")
}

/// The finding that gave the verdict; the worst finding if that is more severe and raises the exit status; what decoding
/// could not use; and a lag that does not count yet.
fn reason(assessment: &Assessment) -> String {
    let cause = assessment.cause();
    let lost = [FindingCode::DecidingValueLost, FindingCode::ValuesLost];
    let lost = lost.map(|code| assessment.findings().iter().find(|finding| finding.code == code));
    let mut shown: Vec<&Finding> = Vec::new();
    for finding in [cause, assessment.worse_finding()].into_iter().chain(lost).flatten() {
        if shown.iter().all(|other| other.code != finding.code) {
            shown.push(finding);
        }
    }
    let mut parts: Vec<_> = shown.into_iter().map(code_and_message).collect();
    parts.extend(assessment.pending().map(|pending| {
        format!("{} pending: counts from {}.", pending.code, spelling::time(&pending.counts_at))
    }));
    if cause.is_none() {
        let first = match (assessment.reason(), assessment.held_message(), assessment.status()) {
            (Some(code), Some(held), _) => format!("{code}: {held}"),
            (None, Some(held), _) => held,
            // A status has no full stop.
            (_, None, status) => {
                let status = status.map_or_else(|| "no status".to_owned(), ToString::to_string);
                if parts.is_empty() { status } else { format!("{status}.") }
            }
        };
        parts.insert(0, first);
    }
    parts.join(" And ")
}

fn measured(value: Option<TimeDelta>) -> String {
    value.map_or_else(unknown, |value| format!("{}s", seconds(value)))
}

fn unknown() -> String {
    "U".to_owned()
}

/// The text on one line, without the `|` that separates the performance data.
fn plain(text: &str) -> String {
    let one_line = |character: char| match character {
        '|' => '¦',
        control if control.is_control() => ' ',
        other => other,
    };
    text.chars().map(one_line).collect()
}
