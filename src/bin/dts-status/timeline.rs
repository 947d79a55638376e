//! `dts-status timeline`: an archive of polls as incidents, and as a picture.

mod curve;
mod incident;
mod json;
mod picture;
mod text;
mod track;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use aliyun_dts_status::health::{Policy, Scope, Trackers};
use chrono::{DateTime, TimeDelta, Utc};
use clap::ValueEnum;

use self::track::{Seen, Track};
use crate::archive::{self, Clock, Judge, Progress, Skip, Skips};
use crate::args::Reading;
use crate::check::thresholds::{self, Thresholds};
use crate::check::{DirectionName, moment};
use crate::exit::{Exit, Failure};
use crate::input;
use crate::output::{Form, Output};

/// Tell an archive of polls as incidents, and draw it
///
/// An incident is a stretch of time in which a job was Suspended, Degraded, Unknown, Failed or Unrecoverable, from
/// the first such poll to the first that was better. Each poll is judged by those before it, as `check --ndjson`
/// does, and its verdict holds until the next poll, unless that is so far away that the time between is a gap.
#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct Timeline {
    /// Archives of polls, one a line; none, or `-`, is standard input; a directory is every file below it
    ///
    /// A line is a record {"observed_at": TIME, "body": BODY}, perhaps with "job_id" and "direction", as
    /// `check --ndjson` reads it. What gzip or zstd packed is unpacked.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What to print
    #[arg(long, value_enum, default_value = "text", value_name = "FORM")]
    output: Form,
    /// Draw the lag and the verdicts over time into this file, as SVG
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// The axis of the lag in the picture
    #[arg(long, value_enum, default_value = "log", value_name = "SCALE", requires = "svg")]
    scale: Scale,
    #[command(flatten)]
    reading: Reading,

    /// The longest time from poll to poll that is no gap
    ///
    /// [default: three times what is usual in the archive, at least --max-observation-age]
    #[arg(long, value_name = "DURATION", value_parser = thresholds::duration)]
    gap: Option<TimeDelta>,
    /// The direction that was asked for, where a poll does not tell it
    #[arg(long, value_enum, default_value = "forward", value_name = "DIRECTION")]
    direction: DirectionName,
    /// When the first line was received, where lines don't tell it themselves: RFC 3339 or Unix seconds
    #[arg(long, value_name = "TIME", value_parser = moment::parse, allow_negative_numbers = true,
          requires = "every")]
    observed_at: Option<DateTime<Utc>>,
    /// The time from one such line to the next
    #[arg(long, value_name = "DURATION", value_parser = thresholds::duration, requires = "observed_at")]
    every: Option<TimeDelta>,
    #[command(flatten)]
    thresholds: Thresholds,
}

const AFTER: &str = "\
Examples:
  dts-status timeline polls.ndjson
  dts-status timeline polls.ndjson.gz --svg lag.svg
  dts-status timeline --output json archive/ | jq '.jobs[].incidents[]'
  dts-status timeline bodies.ndjson --observed-at 2021-01-14T06:00:00Z --every 60s

Exit status:
  0   told
  64  wrong usage
  65  there was not one poll
  66  a file that can't be read";

/// How a lag is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Scale {
    /// Each step ten times the one before
    Log,
    /// Each step as long as the one before
    Linear,
}

/// All that an archive tells.
struct Story {
    tracks: Vec<Track>,
    skipped: Skips,
    policy: Policy,
}

impl Timeline {
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Failure> {
        input::once_from_standard_input(&self.files, self.files.is_empty())?;
        let story = self.read()?;
        if let Some(file) = &self.svg {
            let picture = picture::draw(&story, self.scale);
            fs::write(file, picture)
                .map_err(|error| Failure::new(Exit::NoOutput, format_args!("{}: {error}", file.display())))?;
        }
        match self.output {
            Form::Text => output.text(text::Told(&story))?,
            Form::Json => output.json(&json::Told::from(&story))?,
        }
        Ok(if story.tracks.is_empty() { Exit::BadBody } else { Exit::Done })
    }

    fn read(&self) -> Result<Story, Failure> {
        let sources = input::sources(&self.files)?;
        let policy = self.thresholds.policy()?;
        let mut judge = Judge {
            trackers: Trackers::new(),
            policy: policy.clone(),
            direction: self.direction.into(),
            clock: Clock { next: self.observed_at, every: self.every },
        };
        let mut tracks: BTreeMap<(String, Scope), Track> = BTreeMap::new();
        let mut skipped = Skips::of(&sources);
        let progress = Progress::over(&sources);
        archive::read(&sources, &self.reading.decoder(), &progress, |lines| {
            for line in lines {
                match line.content.and_then(|poll| judge.judge(poll)) {
                    Ok(judged) if judged.is_late => skipped.add(line.source, line.number, &Skip::OutOfOrder),
                    Ok(judged) => {
                        let seen = Seen::from(&judged.assessment);
                        let key = (judged.job_id, judged.assessment.direction());
                        let new = || Track::new(self.gap, policy.max_observation_age);
                        tracks.entry(key).or_insert_with(new).add(seen);
                    }
                    Err(skip) => skipped.add(line.source, line.number, &skip),
                }
            }
            Ok(true)
        })?;
        progress.end();
        let tracks = tracks.into_iter().map(|((job_id, direction), track)| track.end(job_id, direction));
        Ok(Story { tracks: tracks.collect(), skipped, policy })
    }
}
