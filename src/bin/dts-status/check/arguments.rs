//! The arguments of `dts-status check`: [`Check`].

use std::path::PathBuf;

use aliyun_dts_status::health::Topology;
use chrono::{DateTime, TimeDelta, Utc};
use clap::ValueEnum;

use super::file_judge::FileJudge;
use crate::exit::{Exit, Failure};
use crate::input;
use crate::options::{DecodeOptions, DirectionName, Thresholds, now, parse_duration, parse_time};

/// Judge one response, a fleet of several files, or an archive of polls
///
/// Prints the verdict, its reason, and the remedy. The verdicts, from good to bad: Healthy, Ended, Idle, Progressing,
/// Suspended, Degraded, Unknown, Failed, Unrecoverable. `dts-status explain CODE` explains a finding.
#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct Check {
    /// Response bodies; none, or `-`, is standard input; a directory is every file below it
    ///
    /// Several files, or a directory, are a fleet: one job each.
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// The format of the output
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub(super) output: ReportFormat,
    #[command(flatten)]
    pub(super) decode: DecodeOptions,

    /// The time of the judgement: RFC 3339 or Unix seconds [default: the system's clock]
    #[arg(long, value_name = "TIME", value_parser = parse_time, allow_negative_numbers = true, help_heading = TIMES)]
    now: Option<DateTime<Utc>>,
    /// When the response was received [default: the time of the judgement]
    ///
    /// Needed for a response that was captured earlier, which says nothing about now.
    #[arg(long, value_name = "TIME", value_parser = parse_time, allow_negative_numbers = true, help_heading = TIMES)]
    pub(super) observed_at: Option<DateTime<Utc>>,
    /// When the job's current status was first seen, if known
    ///
    /// Makes the deadlines of paused, failed and retrying jobs exact. Applies to FILE, not to --reverse.
    #[arg(long, value_name = "TIME", value_parser = parse_time, allow_negative_numbers = true, help_heading = TIMES)]
    since: Option<DateTime<Utc>>,

    /// The requested direction
    #[arg(long, value_enum, default_value = "forward", value_name = "DIRECTION", help_heading = DIRECTIONS)]
    pub(super) direction: DirectionName,
    /// The response for direction Reverse of a two-way job; FILE is the one for Forward
    #[arg(long, value_name = "FILE", conflicts_with = "previous", help_heading = DIRECTIONS)]
    pub(super) reverse: Option<PathBuf>,
    /// Expect both directions; the verdict is Unknown if one was not observed
    #[arg(long, help_heading = DIRECTIONS)]
    two_way: bool,

    /// An earlier response for the same job and direction, to find the trend
    #[arg(long, value_name = "FILE", requires = "previous_at", help_heading = TREND)]
    pub(super) previous: Option<PathBuf>,
    /// When the earlier response was received
    #[arg(long, value_name = "TIME", value_parser = parse_time, allow_negative_numbers = true,
          requires = "previous", help_heading = TREND)]
    pub(super) previous_at: Option<DateTime<Utc>>,

    /// Read archives of polls, one a line, and judge each poll with those before it
    ///
    /// A line is a body, or a record {"observed_at": TIME, "body": BODY}
    /// that may also have "job_id" and "direction". BODY is an object, or a
    /// string that contains JSON or XML. Archives packed with gzip or zstd
    /// are unpacked. Each poll is judged at the time it was received.
    #[arg(long, conflicts_with_all = ["now", "since", "reverse", "two_way", "previous"], help_heading = ARCHIVES,
          verbatim_doc_comment)]
    pub(super) ndjson: bool,
    /// The time between two lines without a time of their own; --observed-at is that of the first
    ///
    /// Without it such lines are not compared with each other.
    #[arg(long, value_name = "DURATION", value_parser = parse_duration, requires = "ndjson",
          help_heading = ARCHIVES)]
    pub(super) every: Option<TimeDelta>,
    /// Load the state of earlier runs from this file, and save the new state there
    ///
    /// A poller that judges one poll a run keeps its memory this way. The file is created if it does not exist, and
    /// replaced in one step.
    #[arg(long, value_name = "FILE", requires = "ndjson", help_heading = ARCHIVES)]
    pub(super) state: Option<PathBuf>,

    #[command(flatten)]
    pub(super) thresholds: Thresholds,
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
  dts-status check now.json --previous before.json --previous-at 1610615550
  dts-status check --output nagios --lag-warn 30s --lag-critical 5m body.json
  dts-status check --output json responses/ | jq .counts
  dts-status check --ndjson polls.ndjson.gz
  poll-it | dts-status check --ndjson --state dts.state

A policy file sets thresholds; its keys are the names of the options. An option
overrides the file:
  lag-warn = \"30s\"
  lag-critical = \"5m\"

Exit status, as of a Nagios plugin:
  0   Healthy or Progressing, without a warning
  1   Ended, Idle, Suspended, Degraded, or a warning
  2   Failed, Unrecoverable, or a critical finding
  3   Unknown, or a body that can't be decoded
  64  wrong usage
  66  a file that can't be read
  74  output or a state that can't be written";

/// The formats of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    /// For people
    Text,
    /// For programs; stable
    Json,
    /// The line of a Nagios plugin
    Nagios,
    /// OpenMetrics text, as Prometheus reads it
    Openmetrics,
    /// health+json, draft-inadarei-api-health-check-06
    HealthJson,
}

impl Check {
    /// True for several files or a directory.
    pub(super) fn is_fleet(&self) -> bool {
        self.files.len() > 1 || self.files.iter().any(|file| input::is_directory(file))
    }

    /// Refuses options that exclude each other.
    pub(super) fn refuse_conflicts(&self) -> Result<(), Failure> {
        let is_fleet = self.is_fleet();
        let is_reverse = self.direction == DirectionName::Reverse;
        let conflict = match (&self.reverse, &self.previous) {
            _ if self.ndjson && !matches!(self.output, ReportFormat::Text | ReportFormat::Json) => {
                "--ndjson supports --output text and json only"
            }
            (Some(_), _) if is_fleet => "--reverse can't be used with several FILEs",
            (Some(_), _) if is_reverse => "--reverse can't be used with --direction reverse",
            (_, Some(_)) if is_fleet => "--previous can't be used with several FILEs",
            _ if self.two_way && is_fleet => "--two-way can't be used with several FILEs",
            _ => {
                let inputs = self.files.iter().chain(&self.reverse).chain(&self.previous);
                return input::refuse_second_standard_input(inputs, self.files.is_empty());
            }
        };
        Err(Failure::new(Exit::Usage, conflict))
    }

    /// The judge of single bodies that the options describe.
    pub(super) fn file_judge(&self) -> Result<FileJudge, Failure> {
        let now = self.now.unwrap_or_else(now);
        Ok(FileJudge {
            now,
            observed_at: self.observed_at.unwrap_or(now),
            since: self.since,
            direction: self.direction.into(),
            expected: if self.two_way { Topology::TwoWay } else { Topology::OneWay },
            policy: self.thresholds.policy()?,
            decoder: self.decode.decoder(),
        })
    }
}
