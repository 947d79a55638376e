//! The one line of a Nagios plugin: [`nagios`], [`nagios_fleet`], [`nagios_undecodable`].

use chrono::TimeDelta;

use super::{cause_in_words, code_and_message, job_and_direction};
use crate::health::{Assessment, FleetAssessment, Policy, Severity, Verdict, seconds};
use crate::wire::DecodeError;

/// One job as the output of a Nagios plugin: the verdict and its reason, then performance data.
///
/// The exit status that belongs to it is [`Assessment::exit_code`]. The policy is the one of the assessment; its
/// lag thresholds go with the lag. A value that is not known is `U`. There is no line break at the end.
///
/// ```text
/// DTS DEGRADED - dtsexjk1alb116****/Forward: LAG_HIGH: … | 'lag'=61s;60;600;0 'data_age'=61s 'rps'=40
/// ```
#[must_use]
pub fn nagios(assessment: &Assessment, policy: &Policy) -> String {
    let text = format!("{}: {}", job_and_direction(assessment), reason(assessment));
    line(assessment.verdict(), &text, &measurements(Some(assessment), policy))
}

/// A body that could not be decoded, under a name, as the output of a Nagios plugin.
///
/// The exit status that belongs to it is that of Unknown: 3.
#[must_use]
pub fn nagios_undecodable(name: &str, error: &DecodeError, policy: &Policy) -> String {
    line(Verdict::Unknown, &format!("{name}: {error}"), &measurements(None, policy))
}

/// A fleet as the output of a Nagios plugin: the worst verdict, how many jobs there are of each, and the causes.
///
/// The exit status that belongs to it is [`FleetAssessment::exit_code`]. There is no line break at the end.
#[must_use]
pub fn nagios_fleet(fleet: &FleetAssessment) -> String {
    let count = |verdict: &Verdict| fleet.counts().get(verdict).copied().unwrap_or_default();
    let (mut told, mut data) = (Vec::new(), vec![format!("'jobs'={}", fleet.jobs())]);
    for verdict in Verdict::ALL {
        data.push(format!("'{}'={}", verdict.as_str().to_lowercase(), count(verdict)));
    }
    for (verdict, count) in fleet.counts().iter().rev() {
        told.push(format!("{count} {verdict}"));
    }
    let mut parts = if told.is_empty() { Vec::new() } else { vec![told.join(", ")] };
    parts.extend(fleet.causes().iter().map(cause_in_words));
    if fleet.more() > 0 {
        parts.push(format!("and {} more", fleet.more()));
    }
    line(fleet.verdict(), &parts.join("; "), &data.join(" "))
}

fn line(verdict: Verdict, text: &str, data: &str) -> String {
    format!("DTS {} - {} | {data}", verdict.as_str().to_uppercase(), plain(text))
}

/// The performance data of one job, the same labels whatever is known.
fn measurements(assessment: Option<&Assessment>, policy: &Policy) -> String {
    let lag = measured(assessment.and_then(Assessment::lag));
    let (warn, critical) = (seconds(policy.lag_warn), seconds(policy.lag_critical));
    let age = measured(assessment.and_then(Assessment::data_age));
    let rps = assessment.and_then(Assessment::rps).map_or_else(unknown, |rps| rps.to_string());
    format!("'lag'={lag};{warn};{critical};0 'data_age'={age} 'rps'={rps}")
}

/// The finding that gave the verdict, and the worst one if that is another and raises the exit status.
fn reason(assessment: &Assessment) -> String {
    let Some(cause) = assessment.cause() else {
        return assessment.status().map_or_else(|| "no status".to_owned(), ToString::to_string);
    };
    let mut reason = code_and_message(cause);
    if let Some(worst) = assessment.findings().first()
        && worst.severity >= Severity::Warning
        && worst.severity > cause.severity
    {
        reason.push_str(" And ");
        reason.push_str(&code_and_message(worst));
    }
    reason
}

fn measured(value: Option<TimeDelta>) -> String {
    value.map_or_else(unknown, |value| format!("{}s", seconds(value)))
}

fn unknown() -> String {
    "U".to_owned()
}

/// A text that can stand before the performance data: on one line, without the bar that begins them.
fn plain(text: &str) -> String {
    let one_line = |character: char| match character {
        '|' => '¦',
        control if control.is_control() => ' ',
        other => other,
    };
    text.chars().map(one_line).collect()
}
