//! Archives of polls, one a line: [`read`] them on all cores, [`Line`] by line in their order.

mod clock;
mod judge;
mod lines;
mod progress;
mod record;
mod skips;
mod state;
mod threads;
mod unpack;

use aliyun_dts_status::model::Direction;
use aliyun_dts_status::{DecodeError, Decoder, Response};
use chrono::{DateTime, Utc};

use self::lines::{Lines, Piece};
use crate::exit::Failure;
use crate::input::Source;

pub(crate) use self::clock::{Clock, Pace};
pub(crate) use self::judge::{Judge, Judged};
pub(crate) use self::progress::Progress;
pub(crate) use self::skips::Skips;
pub(crate) use self::state::State;

/// One line of an archive.
pub(crate) struct Line {
    /// Which of the sources it is in.
    pub(crate) source: usize,
    /// Counted from 1.
    pub(crate) number: u64,
    pub(crate) content: Result<Poll, Skip>,
}

/// What one poll brought.
pub(crate) struct Poll {
    /// When it was received, if the line tells.
    pub(crate) observed_at: Option<DateTime<Utc>>,
    /// The job that was asked for, if the line tells that beside the body.
    pub(crate) job_id: Option<String>,
    /// The direction that was asked for, if the line tells that beside the body.
    pub(crate) direction: Option<Direction>,
    pub(crate) response: Response,
}

/// Why a line is no part of the story.
pub(crate) enum Skip {
    /// The body can't be decoded.
    Undecodable(DecodeError),
    /// A record that is not as it should be, and what is wrong with it.
    NoRecord(String),
    /// It is longer than any body may be.
    TooLong,
    /// It is not later than the poll before.
    OutOfOrder,
    /// It does not tell when it was received.
    NoTime,
    /// From here on the source can't be read, and why.
    Broken(String),
}

/// Reads every source on all cores, and hands on its lines in their order, many at a time, for as long as `each`
/// wants more.
///
/// What is held at a time does not depend on how much there is.
pub(crate) fn read(
    sources: &[Source],
    decoder: &Decoder,
    progress: &Progress,
    mut each: impl FnMut(Vec<Line>) -> Result<bool, Failure> + Send,
) -> Result<(), Failure> {
    for source in sources {
        source.check()?;
    }
    let pieces = sources
        .iter()
        .enumerate()
        .flat_map(|(index, source)| pieces(source, progress).map(move |piece| (index, piece)));
    // The number of the latest line, and of which source.
    let (mut number, mut current) = (0, 0);
    threads::in_order(
        pieces,
        |(source, piece)| (source, decode(decoder, piece)),
        |(source, numbered)| {
            if source != current {
                (number, current) = (0, source);
            }
            let before = number;
            number += numbered.count;
            progress.lines(numbered.count);
            let line = |(relative, content)| Line { source, number: before + relative, content };
            each(numbered.lines.into_iter().map(line).collect())
        },
    )
}

/// A source in pieces.
fn pieces<'a>(source: &Source, progress: &'a Progress) -> Box<dyn Iterator<Item = Piece> + Send + 'a> {
    match source.open().and_then(|raw| unpack::unpack(progress.watch(raw))) {
        Ok(reader) => Box::new(Lines::new(reader)),
        Err(error) => Box::new(std::iter::once(Piece::Broken(error.to_string()))),
    }
}

/// Lines with their numbers within a piece, and how many there are, the blank ones included.
struct Numbered {
    lines: Vec<(u64, Result<Poll, Skip>)>,
    count: u64,
}

fn decode(decoder: &Decoder, piece: Piece) -> Numbered {
    match piece {
        Piece::Lines(bytes) => {
            let mut lines = Vec::new();
            let mut count = 0;
            for line in lines::split(&bytes) {
                count += 1;
                if !line.trim_ascii().is_empty() {
                    lines.push((count, poll(decoder, line)));
                }
            }
            Numbered { lines, count }
        }
        Piece::TooLong => Numbered { lines: vec![(1, Err(Skip::TooLong))], count: 1 },
        Piece::Broken(error) => Numbered { lines: vec![(1, Err(Skip::Broken(error)))], count: 1 },
    }
}

fn poll(decoder: &Decoder, line: &[u8]) -> Result<Poll, Skip> {
    let record = record::read(line).map_err(Skip::NoRecord)?;
    let mut decoded = decoder.decode(&record.body).map_err(Skip::Undecodable)?;
    if let Response::Job(job) = &mut decoded.response {
        // Nothing is judged by them, and they may be most of a body: what is freed at once is cheap.
        job.objects = Vec::new();
    }
    Ok(Poll {
        observed_at: record.observed_at,
        job_id: record.job_id,
        direction: record.direction,
        response: decoded.response,
    })
}
