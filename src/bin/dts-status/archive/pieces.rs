//! Splits a stream into pieces of whole lines: [`Pieces`]; and a piece into [`lines()`].

use std::io::{ErrorKind, Read};

use aliyun_dts_status::Limits;

use crate::input::RECORD;

/// A part of a stream.
#[derive(Debug, PartialEq)]
pub(super) enum Piece {
    /// Whole lines; the last one may lack its line break.
    Lines(Vec<u8>),
    /// One line that is too long; its content is dropped.
    TooLong,
    /// The rest can't be read, for this reason.
    BrokenOff(String),
    /// Nothing can be read, for this reason.
    Unreadable(String),
}

/// The pieces of a stream. Memory holds one piece and at most one more line.
pub(super) struct Pieces<R> {
    reader: R,
    /// Bytes that are read and not returned yet.
    rest: Vec<u8>,
    /// Bytes of one read.
    size: usize,
    /// Limit of a line in bytes.
    limit: usize,
    end: End,
}

/// The state of the stream.
enum End {
    Open,
    /// Broken off, which is not reported yet.
    BrokenOff(String),
    Reached,
}

/// The lines of a piece, without their line breaks.
pub(super) fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = bytes.get(start..).filter(|rest| !rest.is_empty())?;
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        start += end + 1;
        Some(&rest[..end])
    })
}

impl<R: Read> Pieces<R> {
    pub(super) fn new(reader: R) -> Self {
        /// Tens of bodies, so that the cost of a piece is small compared with decoding it.
        const SIZE: usize = 128 << 10;
        Pieces::with_size(reader, SIZE)
    }

    /// Pieces of about this size in bytes.
    pub(super) fn with_size(reader: R, size: usize) -> Self {
        Pieces::with_sizes(reader, size, Limits::default().bytes + RECORD)
    }

    fn with_sizes(reader: R, size: usize, limit: usize) -> Self {
        Pieces { reader, rest: Vec::new(), size, limit, end: End::Open }
    }

    /// Reads once; returns false at the end of the stream. Lines that arrive slowly are returned as they arrive.
    fn read(&mut self, into: &mut Vec<u8>) -> bool {
        let before = into.len();
        into.resize(before + self.size, 0);
        let count = loop {
            match self.reader.read(&mut into[before..]) {
                Ok(0) => self.end = End::Reached,
                Ok(count) => break count,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => self.end = End::BrokenOff(reason(&error)),
            }
            break 0;
        };
        into.truncate(before + count);
        count > 0
    }

    /// Drops the rest of a line.
    fn drop_line(&mut self) {
        let mut bytes = Vec::new();
        while self.read(&mut bytes) {
            if let Some(end) = memchr::memchr(b'\n', &bytes) {
                self.rest = bytes.split_off(end + 1);
                return;
            }
            bytes.clear();
        }
    }
}

impl<R: Read> Iterator for Pieces<R> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let mut bytes = std::mem::take(&mut self.rest);
        let mut searched = 0;
        while matches!(self.end, End::Open) {
            self.read(&mut bytes);
            if let Some(end) = memchr::memrchr(b'\n', &bytes[searched..]) {
                self.rest = bytes.split_off(searched + end + 1);
                return Some(Piece::Lines(bytes));
            }
            searched = bytes.len();
            if searched > self.limit {
                self.drop_line();
                return Some(Piece::TooLong);
            }
        }
        match std::mem::replace(&mut self.end, End::Reached) {
            End::BrokenOff(reason) if bytes.is_empty() => Some(Piece::BrokenOff(reason)),
            // The last line may be cut off; it is returned as it is.
            end => {
                self.end = end;
                (!bytes.is_empty()).then_some(Piece::Lines(bytes))
            }
        }
    }
}

fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::UnexpectedEof => "unexpected end of the stream".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Cursor};

    use super::*;

    /// Returns its bytes, then fails.
    struct Failing(Cursor<Vec<u8>>);

    impl Read for Failing {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match self.0.read(buffer)? {
                0 => Err(io::Error::other("disk failure")),
                count => Ok(count),
            }
        }
    }

    /// Every line of a stream; other pieces in parentheses.
    fn texts(pieces: impl Iterator<Item = Piece>) -> Vec<String> {
        let mut texts = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Lines(bytes) => {
                    texts.extend(lines(&bytes).map(|line| String::from_utf8(line.to_vec()).unwrap()));
                }
                Piece::TooLong => texts.push("(too long)".to_owned()),
                Piece::BrokenOff(reason) | Piece::Unreadable(reason) => texts.push(format!("({reason})")),
            }
        }
        texts
    }

    #[test]
    fn lines_are_whole_whatever_the_pieces() {
        let text = "one\n\nthree\r\nfour is longer\nfive";
        let expected = ["one", "", "three\r", "four is longer", "five"];
        for size in 1..40 {
            assert_eq!(texts(Pieces::with_sizes(text.as_bytes(), size, 100)), expected, "{size}");
            assert_eq!(
                texts(Pieces::with_sizes(format!("{text}\n").as_bytes(), size, 100)),
                expected,
                "{size}"
            );
        }
        assert!(texts(Pieces::new(&b""[..])).is_empty());
        assert_eq!(texts(Pieces::new(&b"\n\n"[..])), ["", ""]);
    }

    #[test]
    fn a_line_that_is_too_long_is_dropped() {
        let long = "x".repeat(100);
        for size in 1..40 {
            // A line is too long when a read exceeds the limit without a line break.
            let text = format!("one\n{long}\nthree\n\n{long}\n{long}\nseven");
            let lines = texts(Pieces::with_sizes(text.as_bytes(), size, 40));
            assert_eq!(
                lines,
                ["one", "(too long)", "three", "", "(too long)", "(too long)", "seven"],
                "{size}"
            );
        }
        assert_eq!(texts(Pieces::with_sizes(long.as_bytes(), 16, 40)), ["(too long)"]);
    }

    #[test]
    fn lines_before_a_failure_are_kept() {
        for size in [1, 3, 5, 100] {
            let stream = Failing(Cursor::new(b"one\ntwo\nthr".to_vec()));
            let lines = texts(Pieces::with_sizes(stream, size, 100));
            assert_eq!(lines, ["one", "two", "thr", "(disk failure)"], "{size}");
        }
        let stream = Failing(Cursor::new("x".repeat(99).into_bytes()));
        let lines = texts(Pieces::with_sizes(stream, 10, 40));
        assert_eq!(lines, ["(too long)", "(disk failure)"]);
    }
}
