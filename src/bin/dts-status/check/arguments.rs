//! The arguments of `dts-status check`: [`Check`].

use std::path::PathBuf;

use aliyun_dts_status::export::{Dialect, MetricsOptions};
use aliyun_dts_status::health::Topology;
use aliyun_dts_status::model::Direction;
use chrono::{DateTime, TimeDelta, Utc};
use clap::builder::NonEmptyStringValueParser;
use clap::{ValueEnum, value_parser};

use super::file_judge::FileJudge;
use super::fleet_text::FleetView;
use crate::archive::Memory;
use crate::exit::{Exit, Failure};
use crate::input;
use crate::options::{
    Below, DecodeOptions, DirectionName, ObservedAt, Thresholds, Zone, now, parse_duration,
    parse_observed_at, parse_time, parse_zone,
};

/// The options that are about one answer. With one of them clap does not ask for a required `--archive`, so each option
/// of archives refuses them too.
const OF_ONE_ANSWER: [&str; 6] = ["now", "since", "reverse", "two_way", "previous", "http_status"];

/// Judge one response, a fleet of jobs, or an archive of polls
///
/// Prints the verdict, its reason, and the remedy. The verdicts, from good to bad: Healthy, Ended, Idle, Progressing,
/// Suspended, Degraded, Unknown, Failed, Unrecoverable. `dts-status explain CODE` explains a finding.
#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct Check {
    /// Response bodies; none, or `-`, is standard input; a directory is every file below it
    ///
    /// Several files, a directory, and a page of jobs are a fleet: one row for each job.
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// The format
    #[arg(short, long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub(super) output: ReportFormat,
    /// Write to this file, in one step when all is judged, with mode 0644
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Leave out the metrics with one series for each possible state, which are most of a job's
    #[arg(long, hide_short_help = true)]
    pub(super) no_state_sets: bool,
    /// Exit with 0 whatever the verdict
    #[arg(long)]
    pub(super) exit_zero: bool,
    /// Add all evidence to the text
    #[arg(long, short)]
    pub(super) verbose: bool,
    /// The zone of the deadlines: local, utc, or an offset such as +08:00
    #[arg(long = "tz", value_name = "ZONE", value_parser = parse_zone, default_value = "utc", allow_hyphen_values = true,
          help_heading = TIMES)]
    pub(super) zone: Zone,
    #[command(flatten)]
    pub(super) view: FleetView,
    #[command(flatten)]
    pub(super) decode: DecodeOptions,
    #[command(flatten)]
    pub(super) below: Below,

    /// The time of the judgement: RFC 3339, Unix seconds or milliseconds [default: the system's clock]
    #[arg(long, value_name = "TIME", value_parser = parse_time, allow_negative_numbers = true, help_heading = TIMES)]
    now: Option<DateTime<Utc>>,
    /// When the response was received [default: the time of the record, or of the judgement]
    ///
    /// Needed for a response that was captured earlier without a record, which says nothing about now; `mtime` is the
    /// time at which its file was written.
    #[arg(long, value_name = "TIME", value_parser = parse_observed_at, allow_negative_numbers = true,
          help_heading = TIMES)]
    observed_at: Option<ObservedAt>,
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
    #[arg(long, value_name = "N", value_parser = value_parser!(u16).range(100..600), help_heading = CALL)]
    pub(super) http_status: Option<u16>,

    /// The requested direction [default: that of the record, or forward]
    ///
    /// An answer for the other direction says nothing about this one. Of an archive: of the polls whose record names no
    /// direction; without this option their answers name it.
    #[arg(long, value_enum, value_name = "DIRECTION", help_heading = DIRECTIONS)]
    direction: Option<DirectionName>,
    /// The response for direction Reverse; FILE is the one for Forward of the same two-way job
    ///
    /// The verdict is Unknown if it is about another job.
    #[arg(long, value_name = "FILE", conflicts_with = "previous", help_heading = DIRECTIONS)]
    pub(super) reverse: Option<PathBuf>,
    /// Expect both directions; the verdict is Unknown if one was not observed
    #[arg(long, help_heading = DIRECTIONS)]
    two_way: bool,

    /// An earlier response, to find the trend; for the same job and direction
    #[arg(long, value_name = "FILE", help_heading = TREND)]
    pub(super) previous: Option<PathBuf>,
    /// When the earlier response was received [default: the time of its record]
    #[arg(long, value_name = "TIME", value_parser = parse_time, allow_negative_numbers = true,
          requires = "previous", conflicts_with = "reverse", help_heading = TREND)]
    pub(super) previous_at: Option<DateTime<Utc>>,

    /// Read archives of polls, one a line, and judge each poll with those before it
    ///
    /// A line is a body, or a record {"observed_at": TIME, "body": BODY}
    /// that may also have "job_id", "direction", "http_status" and
    /// "operation". TIME is RFC 3339, Unix seconds or milliseconds. BODY is an
    /// object, or a string that contains JSON or XML. A page of jobs is a poll
    /// of each of its jobs. Archives packed with gzip or zstd are unpacked;
    /// several files are read in the order of their first times. Each poll is
    /// judged at the time it was received.
    ///
    /// Outputs text and json show each poll, and the exit status is that of
    /// all; the others show the latest of each job, and exit by that.
    #[arg(long, visible_alias = "ndjson", conflicts_with_all = OF_ONE_ANSWER, help_heading = ARCHIVES)]
    pub(super) archive: bool,
    /// The time between two lines without a time of their own; --observed-at is that of the first
    ///
    /// Without it such lines are not compared with each other.
    #[arg(long, value_name = "DURATION", value_parser = parse_duration, requires = "archive",
          conflicts_with_all = OF_ONE_ANSWER, help_heading = ARCHIVES)]
    pub(super) every: Option<TimeDelta>,
    /// Print only the polls whose verdict or reason is not that of the job's poll before in this run
    #[arg(long, requires = "archive", conflicts_with_all = OF_ONE_ANSWER, help_heading = ARCHIVES)]
    pub(super) changes: bool,
    /// Load the state of earlier runs from this file, and save the new state there
    ///
    /// A poller that judges one poll a run keeps its memory this way. The file is created if it does not exist, and
    /// replaced in one step: as polls arrive, at the end, and on SIGINT and SIGTERM. Other runs with this file wait. A
    /// file that is no state is renamed to FILE.broken-TIME. Polls without a time have that of reading.
    #[arg(long, value_name = "FILE", requires = "archive", conflicts_with_all = OF_ONE_ANSWER,
          help_heading = ARCHIVES)]
    pub(super) state: Option<PathBuf>,
    /// The longest time to wait for another run with this state
    #[arg(long, value_name = "DURATION", value_parser = parse_duration, default_value = "10s", requires = "state",
          conflicts_with_all = OF_ONE_ANSWER, help_heading = ARCHIVES, hide_short_help = true)]
    pub(super) state_wait: TimeDelta,
    /// Drop jobs from the state whose latest poll is this much older than the latest of all
    #[arg(long, value_name = "DURATION", value_parser = parse_duration, requires = "state",
          conflicts_with_all = OF_ONE_ANSWER, help_heading = ARCHIVES, hide_short_help = true)]
    pub(super) forget: Option<TimeDelta>,
    /// The number of jobs to remember; polls of further jobs are judged alone
    #[arg(long, value_name = "N", default_value_t = Memory::LIMIT, requires = "archive",
          conflicts_with_all = OF_ONE_ANSWER, help_heading = ARCHIVES, hide_short_help = true)]
    pub(super) jobs_limit: usize,

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
  dts-status check new.json --previous old.json --previous-at 1610615550
  dts-status check --job dtsexjk1alb116w --http-status 200 response.json
  dts-status check -o nagios --lag-warn 30s --lag-critical 5m body.json
  dts-status check --output json responses/ | jq .counts
  dts-status check --archive polls.ndjson.gz
  poll-it | dts-status check --archive --state dts.state --output nagios

A policy file sets thresholds; its keys are the names of the options. An
option overrides the file:
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
    /// OpenMetrics 1.0, as Prometheus scrapes it
    Openmetrics,
    /// Prometheus text 0.0.4, as node_exporter's textfile collector reads it
    Prometheus,
    /// health+json, draft-inadarei-api-health-check-06
    HealthJson,
}

impl ReportFormat {
    /// The dialect of metrics; `None` for any other format.
    fn dialect(self) -> Option<Dialect> {
        match self {
            ReportFormat::Openmetrics => Some(Dialect::OpenMetrics),
            ReportFormat::Prometheus => Some(Dialect::Prometheus),
            ReportFormat::Text | ReportFormat::Json | ReportFormat::Nagios | ReportFormat::HealthJson => None,
        }
    }
}

impl Check {
    /// How metrics are written.
    pub(super) fn metrics_options(&self) -> MetricsOptions {
        let options = MetricsOptions::new(self.output.dialect().unwrap_or_default());
        if self.no_state_sets { options.without_state_sets() } else { options }
    }

    /// Returns true for several files or a directory.
    pub(super) fn is_fleet(&self) -> bool {
        self.files.len() > 1 || self.files.iter().any(|file| input::is_directory(file))
    }

    fn reads_standard_input(&self) -> bool {
        let mut inputs = self.files.iter().chain(&self.reverse);
        self.files.is_empty() || inputs.any(|file| file.as_os_str() == "-")
    }

    /// Refuses options that exclude each other.
    pub(super) fn refuse_conflicts(&self) -> Result<(), Failure> {
        let is_fleet = self.is_fleet();
        let is_reverse = self.direction == Some(DirectionName::Reverse);
        let conflict = match (&self.reverse, &self.previous) {
            _ if self.changes && !matches!(self.output, ReportFormat::Text | ReportFormat::Json) => {
                "--changes can be used with --output text and json only"
            }
            _ if self.no_state_sets && self.output.dialect().is_none() => {
                "--no-state-sets can be used with --output openmetrics and prometheus only"
            }
            _ if self.archive && self.observed_at == Some(ObservedAt::Mtime) => {
                "--observed-at mtime can't be used with --archive: its polls have times of their own"
            }
            _ if self.observed_at == Some(ObservedAt::Mtime) && self.reads_standard_input() => {
                "--observed-at mtime needs a FILE: standard input has no time"
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

    /// The requested direction, if the options name one.
    pub(super) fn asked_direction(&self) -> Option<Direction> {
        self.direction.map(Direction::from)
    }

    /// The time of the first poll of an archive without a time of its own.
    pub(super) fn first_observed_at(&self) -> Option<DateTime<Utc>> {
        match self.observed_at {
            Some(ObservedAt::At(at)) => Some(at),
            Some(ObservedAt::Mtime) | None => None,
        }
    }

    /// The judge of single bodies that the options describe.
    pub(super) fn file_judge(&self) -> Result<FileJudge, Failure> {
        Ok(FileJudge {
            now: self.now.unwrap_or_else(now),
            is_now_given: self.now.is_some(),
            observed_at: self.observed_at,
            since: self.since,
            job_id: self.job.clone(),
            http_status: self.http_status,
            direction: self.asked_direction(),
            expected: if self.two_way { Topology::TwoWay } else { Topology::OneWay },
            policy: self.thresholds.policy()?,
            decoder: self.decode.decoder(),
        })
    }
}
