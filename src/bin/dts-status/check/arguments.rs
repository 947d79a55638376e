//! The arguments of `dts-status check`: [`Check`].

use std::path::PathBuf;

use aliyun_dts_status::health::Topology;
use aliyun_dts_status::model::Direction;
use chrono::{DateTime, TimeDelta, Utc};
use clap::builder::NonEmptyStringValueParser;
use clap::{ValueEnum, value_parser};

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

    /// The time of the judgement: RFC 3339, Unix seconds or milliseconds [default: the system's clock]
    #[arg(long, value_name = "TIME", value_parser = parse_time, allow_negative_numbers = true, help_heading = TIMES)]
    now: Option<DateTime<Utc>>,
    /// When the response was received [default: the time of the record, or of the judgement]
    ///
    /// Needed for a response that was captured earlier without a record, which says nothing about now.
    #[arg(long, value_name = "TIME", value_parser = parse_time, allow_negative_numbers = true, help_heading = TIMES)]
    pub(super) observed_at: Option<DateTime<Utc>>,
    /// When the job's current status was first seen, if known
    ///
    /// Makes the deadlines of paused, failed and retrying jobs exact. Applies to FILE, not to --reverse.
    #[arg(long, value_name = "TIME", value_parser = parse_time, allow_negative_numbers = true, help_heading = TIMES)]
    since: Option<DateTime<Utc>>,

    /// The requested job; an answer about another job says nothing about this one
    ///
    /// Names the job of a call that failed. Of an archive: of the polls whose record names no job.
    #[arg(long, value_name = "ID", value_parser = NonEmptyStringValueParser::new(), help_heading = CALL)]
    pub(super) job: Option<String>,
    /// The status of the HTTP answer; from 400 on the call failed
    #[arg(long, value_name = "N", value_parser = value_parser!(u16).range(100..600), conflicts_with = "archive",
          help_heading = CALL)]
    pub(super) http_status: Option<u16>,

    /// The requested direction [default: that of the record, or forward]
    #[arg(long, value_enum, value_name = "DIRECTION", help_heading = DIRECTIONS)]
    direction: Option<DirectionName>,
    /// The response for direction Reverse of a two-way job; FILE is the one for Forward
    #[arg(long, value_name = "FILE", conflicts_with = "previous", help_heading = DIRECTIONS)]
    pub(super) reverse: Option<PathBuf>,
    /// Expect both directions; the verdict is Unknown if one was not observed
    #[arg(long, help_heading = DIRECTIONS)]
    two_way: bool,

    /// An earlier response for the same job and direction, to find the trend
    #[arg(long, value_name = "FILE", help_heading = TREND)]
    pub(super) previous: Option<PathBuf>,
    /// When the earlier response was received [default: the time of its record]
    #[arg(long, value_name = "TIME", value_parser = parse_time, allow_negative_numbers = true,
          requires = "previous", help_heading = TREND)]
    pub(super) previous_at: Option<DateTime<Utc>>,

    /// Read archives of polls, one a line, and judge each poll with those before it
    ///
    /// A line is a body, or a record {"observed_at": TIME, "body": BODY}
    /// that may also have "job_id", "direction" and "http_status". TIME is
    /// RFC 3339, Unix seconds or milliseconds. BODY is an object, or a string
    /// that contains JSON or XML. Archives packed with gzip or zstd are
    /// unpacked; several files are read in the order of their first times.
    /// Each poll is judged at the time it was received.
    #[arg(long, visible_alias = "ndjson", conflicts_with_all = ["now", "since", "reverse", "two_way", "previous"], help_heading = ARCHIVES,
          verbatim_doc_comment)]
    pub(super) archive: bool,
    /// The time between two lines without a time of their own; --observed-at is that of the first
    ///
    /// Without it such lines are not compared with each other.
    #[arg(long, value_name = "DURATION", value_parser = parse_duration, requires = "archive",
          help_heading = ARCHIVES)]
    pub(super) every: Option<TimeDelta>,
    /// Load the state of earlier runs from this file, and save the new state there
    ///
    /// A poller that judges one poll a run keeps its memory this way. The file is created if it does not exist, and
    /// replaced in one step.
    #[arg(long, value_name = "FILE", requires = "archive", help_heading = ARCHIVES)]
    pub(super) state: Option<PathBuf>,

    #[command(flatten)]
    pub(super) thresholds: Thresholds,
}

const CALL: &str = "The call";
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
  dts-status check --job dtsexjk1alb116w --http-status 200 response.json
  dts-status check --output nagios --lag-warn 30s --lag-critical 5m body.json
  dts-status check --output json responses/ | jq .counts
  dts-status check --archive polls.ndjson.gz
  poll-it | dts-status check --archive --state dts.state

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
        let is_reverse = self.direction == Some(DirectionName::Reverse);
        let conflict = match (&self.reverse, &self.previous) {
            _ if self.archive && !matches!(self.output, ReportFormat::Text | ReportFormat::Json) => {
                "--archive supports --output text and json only"
            }
            _ if is_fleet && !self.archive && self.job.is_some() => "--job can't be used with several FILEs",
            _ if is_fleet && self.http_status.is_some() => "--http-status can't be used with several FILEs",
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

    /// The requested direction where no record names one.
    pub(super) fn direction(&self) -> Direction {
        self.direction.unwrap_or(DirectionName::Forward).into()
    }

    /// The judge of single bodies that the options describe.
    pub(super) fn file_judge(&self) -> Result<FileJudge, Failure> {
        Ok(FileJudge {
            now: self.now.unwrap_or_else(now),
            observed_at: self.observed_at,
            since: self.since,
            job_id: self.job.clone(),
            http_status: self.http_status,
            direction: self.direction.map(Direction::from),
            expected: if self.two_way { Topology::TwoWay } else { Topology::OneWay },
            policy: self.thresholds.policy()?,
            decoder: self.decode.decoder(),
        })
    }
}
