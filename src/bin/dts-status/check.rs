//! `dts-status check`: how a job is, or a fleet of them.

mod json;
mod judge;
pub(crate) mod moment;
mod polls;
mod report;
pub(crate) mod text;
pub(crate) mod thresholds;

use std::path::PathBuf;

use aliyun_dts_status::export::{HealthJson, nagios_fleet};
use aliyun_dts_status::health::Topology;
use aliyun_dts_status::model::Direction;
use chrono::{DateTime, TimeDelta, Utc};
use clap::ValueEnum;

use self::judge::Judge;
use self::report::{Fleet, Report};
use self::thresholds::Thresholds;
use crate::args::Reading;
use crate::exit::{Exit, Failure, complain};
use crate::input::{self, Source};
use crate::output::Output;

/// Judge one response, or a fleet of several files
///
/// Says how the job is, why, and what to do about it. The verdicts, from good to bad: Healthy, Ended, Idle,
/// Progressing, Suspended, Degraded, Unknown, Failed, Unrecoverable. `dts-status explain CODE` tells more of a
/// finding.
#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct Check {
    /// Response bodies; none, or `-`, is standard input; a directory is every file below it
    ///
    /// Several files, or a directory, are a fleet: one job each.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What to print
    #[arg(long, value_enum, default_value = "text", value_name = "FORM")]
    output: Form,
    #[command(flatten)]
    reading: Reading,

    /// The time of judgement: RFC 3339 or Unix seconds [default: the system's clock]
    #[arg(long, value_name = "TIME", value_parser = moment::parse, allow_negative_numbers = true, help_heading = TIMES)]
    now: Option<DateTime<Utc>>,
    /// When the response was received [default: the time of judgement]
    ///
    /// An old response tells nothing of now, so say when it is from.
    #[arg(long, value_name = "TIME", value_parser = moment::parse, allow_negative_numbers = true, help_heading = TIMES)]
    observed_at: Option<DateTime<Utc>>,
    /// When the job's current status was first seen, if that is known
    ///
    /// Makes the windows of paused, failed and retrying jobs exact. It is said of FILE, not of --reverse.
    #[arg(long, value_name = "TIME", value_parser = moment::parse, allow_negative_numbers = true, help_heading = TIMES)]
    since: Option<DateTime<Utc>>,

    /// The direction that was asked for
    #[arg(long, value_enum, default_value = "forward", value_name = "DIRECTION", help_heading = DIRECTIONS)]
    direction: DirectionName,
    /// The response about the other direction of a two-way job; FILE is Forward then
    #[arg(long, value_name = "FILE", conflicts_with = "previous", help_heading = DIRECTIONS)]
    reverse: Option<PathBuf>,
    /// Expect both directions; one that was not observed makes the verdict Unknown
    #[arg(long, help_heading = DIRECTIONS)]
    two_way: bool,

    /// An earlier response about the same job and direction, to tell the trend
    #[arg(long, value_name = "FILE", requires = "previous_at", help_heading = TREND)]
    previous: Option<PathBuf>,
    /// When the earlier response was received
    #[arg(long, value_name = "TIME", value_parser = moment::parse, allow_negative_numbers = true,
          requires = "previous", help_heading = TREND)]
    previous_at: Option<DateTime<Utc>>,

    /// Take the input as an archive of polls, one a line, and judge each by those before it
    ///
    /// A line is a body, or a record {"observed_at": TIME, "body": BODY} around one, perhaps with "job_id" and
    /// "direction"; BODY is an object, or a string that holds JSON or XML. What gzip or zstd packed is unpacked.
    /// Each poll is judged at the time it was received.
    #[arg(long, conflicts_with_all = ["now", "since", "reverse", "two_way", "previous"], help_heading = ARCHIVES,
          verbatim_doc_comment)]
    ndjson: bool,
    /// The time from line to line where they don't tell it themselves; --observed-at is that of the first
    ///
    /// Without it such lines are judged each by itself.
    #[arg(long, value_name = "DURATION", value_parser = thresholds::duration, requires = "ndjson",
          help_heading = ARCHIVES)]
    every: Option<TimeDelta>,
    /// Go on from the state in this file, and leave the new state there
    ///
    /// So a poller that judges one poll at a time judges each by those before it. The file is made if there is
    /// none, and replaced in one step.
    #[arg(long, value_name = "FILE", requires = "ndjson", help_heading = ARCHIVES)]
    state: Option<PathBuf>,

    #[command(flatten)]
    thresholds: Thresholds,
}

const TIMES: &str = "Times";
const DIRECTIONS: &str = "Directions";
const TREND: &str = "Trend";
const ARCHIVES: &str = "Archives";

const AFTER: &str = "\
Examples:
  dts-status check response.json
  dts-status check captured.json --now 2021-01-14T09:22:30Z
  dts-status check forward.json --reverse reverse.json
  dts-status check now.json --previous before.json --previous-at 2021-01-14T09:12:30Z
  dts-status check --output nagios --lag-warn 30s --lag-critical 5m response.json
  dts-status check --output json responses/ | jq .counts
  dts-status check --ndjson polls.ndjson.gz
  poll-it | dts-status check --ndjson --state dts.state

A policy file holds the thresholds under the names of their options; an option given as well counts more:
  lag-warn = \"30s\"
  lag-critical = \"5m\"

Exit status, that of a Nagios plugin:
  0   Healthy or Progressing, nothing to warn of
  1   Ended, Idle, Suspended, Degraded, or a warning
  2   Failed, Unrecoverable, or something critical
  3   Unknown; also a body that can't be decoded
  64  wrong usage
  66  a file that can't be read";

/// The forms to print in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people
    Text,
    /// For programs; the shape is stable
    Json,
    /// The line of a Nagios plugin
    Nagios,
    /// OpenMetrics text, as Prometheus reads it
    Openmetrics,
    /// The health+json format, draft-inadarei-api-health-check-06
    HealthJson,
}

/// A [`Direction`] as an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DirectionName {
    Forward,
    Reverse,
}

impl From<DirectionName> for Direction {
    fn from(name: DirectionName) -> Self {
        match name {
            DirectionName::Forward => Direction::Forward,
            DirectionName::Reverse => Direction::Reverse,
        }
    }
}

impl Check {
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Failure> {
        let is_fleet = self.files.len() > 1 || self.files.iter().any(|file| input::is_directory(file));
        self.refuse_what_makes_no_sense(is_fleet)?;
        let sources = input::sources(&self.files)?;
        if self.ndjson {
            return polls::run(self, &sources, output);
        }
        let judge = self.judge()?;
        if is_fleet {
            let reports = sources.iter().map(|source| judge.alone(source)).collect::<Result<_, _>>()?;
            return self.print_fleet(&judge, &Fleet::new(reports), output);
        }
        let [source] = sources.as_slice() else {
            return Err(Failure::new(Exit::Usage, "one FILE is wanted"));
        };
        let report = match (&self.reverse, &self.previous, self.previous_at) {
            (Some(reverse), ..) => judge.with_reverse(source, &Source::from(&**reverse))?,
            (_, Some(previous), Some(at)) => judge.with_previous(source, &Source::from(&**previous), at)?,
            _ => judge.alone(source)?,
        };
        self.print(&judge, &report, output)
    }

    fn refuse_what_makes_no_sense(&self, is_fleet: bool) -> Result<(), Failure> {
        let is_reverse = self.direction == DirectionName::Reverse;
        let standard_inputs = self.files.iter().chain(&self.reverse).chain(&self.previous);
        let clash = match (&self.reverse, &self.previous) {
            _ if self.ndjson && !matches!(self.output, Form::Text | Form::Json) => {
                "--ndjson can be printed as text or json only"
            }
            (Some(_), _) if is_fleet => "--reverse can't be used with several FILEs",
            (Some(_), _) if is_reverse => "--reverse can't be used with --direction reverse",
            (_, Some(_)) if is_fleet => "--previous can't be used with several FILEs",
            _ if self.two_way && is_fleet => "--two-way can't be used with several FILEs",
            _ => return input::once_from_standard_input(standard_inputs, self.files.is_empty()),
        };
        Err(Failure::new(Exit::Usage, clash))
    }

    fn judge(&self) -> Result<Judge, Failure> {
        let now = self.now.unwrap_or_else(moment::now);
        Ok(Judge {
            now,
            observed_at: self.observed_at.unwrap_or(now),
            since: self.since,
            direction: self.direction.into(),
            expected: if self.two_way { Topology::TwoWay } else { Topology::OneWay },
            policy: self.thresholds.policy()?,
            decoder: self.reading.decoder(),
        })
    }

    fn print(&self, judge: &Judge, report: &Report, output: &mut Output) -> Result<Exit, Failure> {
        // Text tells it where a person looks; the other forms have no room for all of it.
        if self.output != Form::Text || report.assessment.is_some() {
            report.undecodable.iter().for_each(complain);
        }
        match self.output {
            Form::Text => output.text(text::Single { report, now: judge.now })?,
            Form::Json => output.json(&json::Single { report, file: None })?,
            Form::Nagios => output.text(report.nagios(&judge.policy))?,
            Form::Openmetrics => output.text(report::openmetrics([report], judge))?,
            Form::HealthJson => output.text(format_args!("{:#}\n", report.health_json()))?,
        }
        Ok(Exit::Verdict(report.summary().exit_code()))
    }

    fn print_fleet(&self, judge: &Judge, fleet: &Fleet, output: &mut Output) -> Result<Exit, Failure> {
        if self.output != Form::Text {
            fleet.reports.iter().filter_map(|report| report.undecodable.as_ref()).for_each(complain);
        }
        match self.output {
            Form::Text => output.text(text::Many { fleet })?,
            Form::Json => output.json(&json::Many::from(fleet))?,
            Form::Nagios => output.text(format_args!("{}\n", nagios_fleet(&fleet.summary)))?,
            Form::Openmetrics => output.text(report::openmetrics(&fleet.reports, judge))?,
            Form::HealthJson => output.text(format_args!("{:#}\n", HealthJson::fleet(&fleet.summary)))?,
        }
        Ok(Exit::Verdict(fleet.summary.exit_code()))
    }
}
