//! The order of the files of an archive: [`by_first_time`].

use chrono::{DateTime, Utc};

use super::pieces::{Piece, Pieces, lines};
use super::reader::open;
use crate::input::Source;
use crate::record::Record;

/// The sources in the order of the first time in each, so that rotated files are read in the order of their polls,
/// whatever their names. A source without a time stays after the one before it.
pub(crate) fn by_first_time(mut sources: Vec<Source>) -> Vec<Source> {
    if sources.len() > 1 {
        let mut latest = DateTime::<Utc>::MIN_UTC;
        sources.sort_by_cached_key(|source| {
            latest = first_time(source).unwrap_or(latest);
            latest
        });
    }
    sources
}

/// The first time in a source. Only a regular file can be read twice.
fn first_time(source: &Source) -> Option<DateTime<Utc>> {
    /// Limit of the pieces that are searched, so that a long file without times costs little.
    const SEARCHED: usize = 4;
    source.size()?;
    /// Most lines are shorter.
    const SIZE: usize = 16 << 10;
    let reader = open(source.open().ok()?).ok()?;
    let pieces = Pieces::with_size(reader, SIZE).take(SEARCHED);
    pieces
        .filter_map(|piece| match piece {
            Piece::Lines(bytes) => lines(&bytes).find_map(|line| Record::parse(line).noted.observed_at),
            _ => None,
        })
        .next()
}
