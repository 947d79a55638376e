//! `dts-status timeline`: an archive of polls as incidents, and as a picture.

mod curve;
mod history;
mod incident;
mod json;
mod observation;
mod picture;
mod text;
mod track;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use aliyun_dts_status::health::{Scope, Trackers};
use chrono::{DateTime, TimeDelta, Utc};

use self::history::History;
use self::observation::Observation;
use self::picture::Scale;
use self::track::Track;
use crate::archive::{self, Clock, Line, LineProblem, Memory, PollJudge, ProblemLines, Progress};
use crate::exit::{Exit, Failure};
use crate::input;
use crate::options::{
    Below, DecodeOptions, DirectionName, OutputFormat, Thresholds, parse_duration, parse_time,
};
use crate::output::Output;

/// Show an archive of polls as incidents, and draw it
///
/// An incident is a stretch of time in which a job was Suspended, Degraded, Unknown, Failed or Unrecoverable: from
/// the first such poll to the first better one. Each poll is judged with those before it, as by `check --archive`. Its
/// verdict holds until the next poll; if that is too far away, the time between is a gap.
#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct Timeline {
    /// Archives of polls, one a line; none, or `-`, is standard input; a directory is every file below it
    ///
    /// A line is a record {"observed_at": TIME, "body": BODY} that may also have "job_id" and "direction", as for
    /// `check --archive`. Archives packed with gzip or zstd are unpacked.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The format of the output
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    output: OutputFormat,
    /// Draw the lag and the verdicts over time to this SVG file
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// The axis of the lag in the picture
    #[arg(long, value_enum, default_value = "log", value_name = "SCALE", requires = "svg")]
    scale: Scale,
    #[command(flatten)]
    decode: DecodeOptions,
    #[command(flatten)]
    below: Below,

    /// The longest time between two polls that is not a gap
    ///
    /// [default: three times the usual interval of the archive, at least --max-observation-age]
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    gap: Option<TimeDelta>,
    /// The requested direction of polls that do not name one
    #[arg(long, value_enum, default_value = "forward", value_name = "DIRECTION")]
    direction: DirectionName,
    /// The time of the first line without a time of its own: RFC 3339, Unix seconds or milliseconds
    #[arg(long, value_name = "TIME", value_parser = parse_time, allow_negative_numbers = true,
          requires = "every")]
    observed_at: Option<DateTime<Utc>>,
    /// The time between two such lines
    #[arg(long, value_name = "DURATION", value_parser = parse_duration, requires = "observed_at")]
    every: Option<TimeDelta>,
    #[command(flatten)]
    thresholds: Thresholds,
}

const AFTER: &str = "\
Examples:
  dts-status timeline polls.ndjson
  dts-status timeline polls.ndjson.gz --svg lag.svg
  dts-status timeline --output json archive/ | jq '.jobs[].incidents[]'
  dts-status timeline bodies.ndjson --observed-at 1610604000 --every 60s

Exit status:
  0   done
  64  wrong usage
  65  an archive without a poll
  66  a file that can't be read
  74  output that can't be written";

impl Timeline {
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Failure> {
        input::refuse_second_standard_input(&self.files, self.files.is_empty())?;
        let history = self.read()?;
        if let Some(file) = &self.svg {
            let picture = picture::draw(&history, self.scale);
            fs::write(file, picture)
                .map_err(|error| Failure::new(Exit::NoOutput, format_args!("{}: {error}", file.display())))?;
        }
        match self.output {
            OutputFormat::Text => output.text(text::HistoryText(&history))?,
            OutputFormat::Json => output.json(&json::HistoryJson::from(&history))?,
        }
        Ok(match history.tracks.is_empty() {
            true => Exit::BadBody,
            false if history.problems.has_unreadable() => Exit::NoInput,
            false => Exit::Done,
        })
    }

    fn read(&self) -> Result<History, Failure> {
        let sources = archive::by_first_time(self.below.sources(&self.files));
        let policy = self.thresholds.policy()?;
        let mut judge = PollJudge {
            memory: Memory::new(Trackers::new(), Memory::LIMIT),
            policy: policy.clone(),
            job_id: None,
            direction: self.direction.into(),
            clock: Clock { next: self.observed_at, every: self.every, is_live: false },
            compares_all: false,
        };
        let mut tracks: BTreeMap<(String, Scope), Track> = BTreeMap::new();
        let mut problems = ProblemLines::of(&sources);
        let progress = Progress::over(&sources);
        let decoder = self.decode.decoder();
        let add = |lines: Vec<Line>| {
            for Line { source, number, poll } in lines {
                problems.warn_of_unknown(source, number, &poll.unknown);
                let judged = match judge.judge(poll) {
                    Ok(judged) => judged,
                    Err(reason) => {
                        problems.add(source, number, &reason);
                        continue;
                    }
                };
                let observation = Observation::from(&judged.assessment);
                let key = (judged.job_id.clone(), judged.assessment.direction());
                let new = || Track::new(self.gap, policy.max_observation_age);
                let is_added = judged.has_time() && tracks.entry(key).or_insert_with(new).add(observation);
                for reason in judged.problems() {
                    problems.add(source, number, reason);
                }
                if !is_added && judged.problems().next().is_none() {
                    problems.add(source, number, &LineProblem::OutOfOrder);
                }
            }
            Ok(true)
        };
        let start =
            archive::until_signal(|| progress.end(), || archive::read(&sources, &decoder, &progress, add))?;
        progress.end();
        if tracks.is_empty() {
            start.refuse_one_body(&sources, &decoder)?;
        }
        let tracks = tracks.into_iter().map(|((job_id, direction), track)| track.end(job_id, direction));
        Ok(History { tracks: tracks.collect(), problems, policy })
    }
}
