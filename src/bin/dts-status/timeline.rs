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

use aliyun_dts_status::health::{Policy, Scope, Trackers};
use aliyun_dts_status::model::Direction;
use chrono::{DateTime, TimeDelta, Utc};

use self::history::History;
use self::observation::Observation;
use self::picture::Scale;
use self::track::Track;
use crate::archive::{self, Clock, JudgedPoll, Line, LineProblem, Memory, PollJudge, ProblemLines, Progress};
use crate::exit::{self, Exit, Failure};
use crate::input;
use crate::options::{
    Below, DecodeOptions, DirectionName, OutputFormat, Thresholds, Zone, parse_duration, parse_time,
    parse_zone,
};
use crate::output::{Output, count};

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
    /// A line is a record {"observed_at": TIME, "body": BODY}, or a body, as for `check --archive`. Archives packed
    /// with gzip or zstd are unpacked.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The format of the output
    #[arg(long, short, value_enum, default_value = "text", value_name = "FORMAT")]
    output: OutputFormat,
    /// Draw lag and verdicts to this SVG file; `-` is standard output, in place of the text
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
    /// Show this job only
    #[arg(long, value_name = "ID", help_heading = FILTERS)]
    job: Option<String>,
    /// Show this direction only; a poll that names none is Forward, or of this direction
    #[arg(long, value_enum, value_name = "DIRECTION", help_heading = FILTERS)]
    direction: Option<DirectionName>,
    /// Show polls from this time on; earlier ones are judged, but not shown
    #[arg(long, value_name = "TIME", value_parser = parse_time, allow_negative_numbers = true, help_heading = FILTERS)]
    from: Option<DateTime<Utc>>,
    /// Show polls up to this time
    #[arg(long, value_name = "TIME", value_parser = parse_time, allow_negative_numbers = true, help_heading = FILTERS)]
    to: Option<DateTime<Utc>>,
    /// Show only jobs and directions with an incident
    #[arg(long, help_heading = FILTERS)]
    only_incidents: bool,
    /// The zone of the times: local, utc, or an offset such as +08:00
    #[arg(long = "tz", value_name = "ZONE", value_parser = parse_zone, default_value = "utc", allow_hyphen_values = true)]
    zone: Zone,
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

const FILTERS: &str = "Filters";

/// The polls of each job and direction.
type Tracks = BTreeMap<(String, Scope), Track>;

const AFTER: &str = "\
Examples:
  dts-status timeline polls.ndjson
  dts-status timeline polls.ndjson.gz --svg lag.svg
  dts-status timeline --only-incidents --from 1610604000 archive/
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
            if file.as_os_str() == "-" {
                output.bytes(picture.into())?;
                return Ok(exit(&history));
            }
            fs::write(file, picture)
                .map_err(|error| Failure::new(Exit::NoOutput, format_args!("{}: {error}", file.display())))?;
        }
        match self.output {
            OutputFormat::Text => output.text(text::HistoryText(&history))?,
            OutputFormat::Json => output.json(&json::HistoryJson::from(&history))?,
        }
        Ok(exit(&history))
    }

    fn read(&self) -> Result<History, Failure> {
        let sources = archive::by_first_time(self.below.sources(&self.files));
        let policy = self.thresholds.policy()?;
        let mut judge = PollJudge {
            memory: Memory::new(Trackers::new(), Memory::LIMIT),
            policy: policy.clone(),
            job_id: None,
            direction: None,
            unnamed_direction: self.direction.map_or(Direction::Forward, Direction::from),
            clock: Clock { next: self.observed_at, every: self.every, is_live: false },
            compares_all: false,
            pages: Default::default(),
        };
        let mut tracks = Tracks::new();
        let mut problems = ProblemLines::of(&sources);
        let progress = Progress::over(&sources);
        let decoder = self.decode.decoder();
        let mut filtered_out = 0;
        let add = |lines: Vec<Line>| {
            for Line { source, number, poll } in lines {
                problems.warn_of_unknown(source, number, &poll.noted.unknown);
                let judged = match judge.judge(poll) {
                    Ok(judged) => judged,
                    Err(reason) => {
                        problems.add(source, number, &reason);
                        continue;
                    }
                };
                let shown = judged.iter().filter(|judged| self.shows(judged));
                filtered_out += judged.len() - shown.clone().count();
                let late: Vec<_> = shown
                    .filter(|judged| !self.add(judged, &policy, &mut tracks))
                    .filter(|judged| judged.problems().next().is_none())
                    .map(|_| &LineProblem::OutOfOrder)
                    .collect();
                let reasons = judged.iter().flat_map(JudgedPoll::problems).chain(late);
                problems.add_all(source, number, reasons);
            }
            Ok(true)
        };
        let start =
            archive::until_signal(|| progress.end(), || archive::read(&sources, &decoder, &progress, add))?;
        progress.end();
        judge.pages.warn();
        if tracks.is_empty() {
            start.refuse_one_body(&sources, &decoder)?;
            if filtered_out > 0 {
                let polls = count(filtered_out, "poll");
                exit::warn(format_args!("{polls}, but none that passes --job, --direction, --from and --to"));
            }
        }
        let tracks = tracks.into_iter().map(|((job_id, direction), track)| track.end(job_id, direction));
        let mut tracks: Vec<_> = tracks.collect();
        let is_empty = tracks.is_empty();
        tracks.retain(|track| !self.only_incidents || !track.incidents.is_empty());
        let mut history = History { is_empty, tracks, problems, policy, zone: self.zone.clone() };
        history.number_incidents();
        Ok(history)
    }

    /// Adds a poll to the track of its job; returns false for one without a place there.
    fn add(&self, judged: &JudgedPoll, policy: &Policy, tracks: &mut Tracks) -> bool {
        if !judged.has_time() {
            return false;
        }
        let key = (judged.job_id.clone(), judged.assessment.direction());
        let track = tracks.entry(key).or_insert_with(|| Track::new(self.gap, policy.max_observation_age));
        let name = judged.assessment.job_name().filter(|name| !name.is_empty());
        if name.is_some() && name != track.job_name.as_deref() {
            track.job_name = name.map(str::to_owned);
        }
        track.add(Observation::from(&judged.assessment))
    }

    /// Returns true for a poll that passes the filters.
    fn shows(&self, JudgedPoll { job_id, assessment, .. }: &JudgedPoll) -> bool {
        let wanted = self.direction.map(|direction| Scope::from(&Direction::from(direction)));
        let at = assessment.observed_at();
        self.job.as_ref().is_none_or(|job| job == job_id)
            && wanted.is_none_or(|wanted| wanted == assessment.direction())
            && self.from.is_none_or(|from| at >= from)
            && self.to.is_none_or(|to| at <= to)
    }
}

fn exit(history: &History) -> Exit {
    match history.problems.has_unreadable() {
        true if !history.tracks.is_empty() => Exit::NoInput,
        _ if history.is_empty => Exit::BadBody,
        _ => Exit::Done,
    }
}
