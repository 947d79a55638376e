//! Reads archives on all cores: [`read`].

use std::io::Read;

use aliyun_dts_status::Decoder;

use super::pieces::{Piece, Pieces, lines};
use super::poll::{Line, Poll};
use super::problem::LineProblem;
use super::progress::Progress;
use super::start::Start;
use super::{threads, transcode};
use crate::exit::Failure;
use crate::input::{Source, unpack};
use crate::output::BodyError;

/// Reads every source on all cores, and hands over its lines in their order, many at a time, for as long as `each`
/// returns true. Returns the start of the first source. One body over several lines is refused with the exit status 65.
///
/// Memory does not depend on the size of the sources.
pub(crate) fn read(
    sources: &[Source],
    decoder: &Decoder,
    progress: &Progress,
    mut each: impl FnMut(Vec<Line>) -> Result<bool, Failure> + Send,
) -> Result<Start, Failure> {
    if let [only] = sources {
        only.check()?;
    }
    let start = Start::default();
    let mut starts_with_response = None;
    let pieces = sources.iter().enumerate().flat_map(|(index, source)| {
        let start = (index == 0).then_some(&start);
        pieces(source, progress, start).map(move |piece| (index, piece))
    });
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
            if let (None, Some((_, first))) = (starts_with_response, numbered.lines.first()) {
                starts_with_response = Some(first.failure.is_none());
                if first.failure.is_some() {
                    start.refuse_one_body(sources, decoder)?;
                }
            }
            let line = |(relative, poll)| Line { source, number: before + relative, poll };
            each(numbered.lines.into_iter().map(line).collect())
        },
    )?;
    // A pipe is known at its end only.
    if starts_with_response == Some(false) {
        start.refuse_one_body(sources, decoder)?;
    }
    Ok(start)
}

/// The text of a stream: decompressed, in UTF-8.
pub(super) fn open<'a>(raw: impl Read + Send + 'a) -> std::io::Result<Box<dyn Read + Send + 'a>> {
    unpack(raw).and_then(transcode::transcode)
}

/// The pieces of a source.
fn pieces<'a>(
    source: &Source,
    progress: &'a Progress,
    start: Option<&'a Start>,
) -> Box<dyn Iterator<Item = Piece> + Send + 'a> {
    let raw = match source.open() {
        Ok(raw) => raw,
        Err(error) => return Box::new(std::iter::once(Piece::Unreadable(error.to_string()))),
    };
    match (open(progress.watch(raw)), start) {
        (Ok(reader), Some(start)) => Box::new(Pieces::new(start.watch(reader))),
        (Ok(reader), None) => Box::new(Pieces::new(reader)),
        (Err(error), _) => Box::new(std::iter::once(Piece::BrokenOff(error.to_string()))),
    }
}

/// Lines with their numbers within a piece, and the number of all its lines, blank ones included.
struct Numbered {
    lines: Vec<(u64, Poll)>,
    count: u64,
}

fn decode(decoder: &Decoder, piece: Piece) -> Numbered {
    let failed = |reason| Numbered { lines: vec![(1, Poll::failed(reason))], count: 1 };
    match piece {
        Piece::Lines(bytes) => {
            let mut numbered = Numbered { lines: Vec::new(), count: 0 };
            for line in lines(&bytes) {
                numbered.count += 1;
                if !line.trim_ascii().is_empty() && line != b"\0" {
                    numbered.lines.push((numbered.count, Poll::of(line, decoder)));
                }
            }
            numbered
        }
        Piece::TooLong => failed(LineProblem::TooLong),
        Piece::BrokenOff(error) => failed(LineProblem::BrokenOff(error)),
        Piece::Unreadable(error) => failed(LineProblem::NoBody(BodyError::Unreadable(error))),
    }
}
