//! Reads archives on all cores: [`read`].

use aliyun_dts_status::{Decoder, Response};

use super::pieces::{Piece, Pieces, lines};
use super::poll::{Line, Poll};
use super::progress::Progress;
use super::skip::SkipReason;
use super::{record, threads, unpack};
use crate::exit::Failure;
use crate::input::Source;

/// Reads every source on all cores, and hands over its lines in their order, many at a time, for as long as `each`
/// returns true.
///
/// Memory does not depend on the size of the sources.
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
    // The number of the latest line, and the index of its source.
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

/// The pieces of a source.
fn pieces<'a>(source: &Source, progress: &'a Progress) -> Box<dyn Iterator<Item = Piece> + Send + 'a> {
    match source.open().and_then(|raw| unpack::unpack(progress.watch(raw))) {
        Ok(reader) => Box::new(Pieces::new(reader)),
        Err(error) => Box::new(std::iter::once(Piece::BrokenOff(error.to_string()))),
    }
}

/// Lines with their numbers within a piece, and the number of all its lines, blank ones included.
struct Numbered {
    lines: Vec<(u64, Result<Poll, SkipReason>)>,
    count: u64,
}

fn decode(decoder: &Decoder, piece: Piece) -> Numbered {
    let skipped = |reason| Numbered { lines: vec![(1, Err(reason))], count: 1 };
    match piece {
        Piece::Lines(bytes) => {
            let mut numbered = Numbered { lines: Vec::new(), count: 0 };
            for line in lines(&bytes) {
                numbered.count += 1;
                if !line.trim_ascii().is_empty() {
                    numbered.lines.push((numbered.count, poll(decoder, line)));
                }
            }
            numbered
        }
        Piece::TooLong => skipped(SkipReason::TooLong),
        Piece::BrokenOff(error) => skipped(SkipReason::BrokenOff(error)),
    }
}

fn poll(decoder: &Decoder, line: &[u8]) -> Result<Poll, SkipReason> {
    let record = record::parse(line).map_err(SkipReason::NoRecord)?;
    let mut decoded = decoder.decode(&record.body).map_err(SkipReason::Undecodable)?;
    if let Response::Job(job) = &mut decoded.response {
        // They do not affect a verdict and may be most of a body; memory that is freed at once is cheap.
        job.objects = Vec::new();
    }
    Ok(Poll {
        observed_at: record.observed_at,
        job_id: record.job_id,
        direction: record.direction,
        response: decoded.response,
    })
}
