//! A stream cut into pieces of whole lines: [`Lines`].

use std::io::{ErrorKind, Read};

use aliyun_dts_status::Limits;

/// Some part of a stream.
#[derive(Debug, PartialEq)]
pub(super) enum Piece {
    /// Whole lines, the last one perhaps without its end.
    Lines(Vec<u8>),
    /// One line that is too long, left out.
    TooLong,
    /// There is no more, for this reason.
    Broken(String),
}

/// The pieces of a stream. At most one line is in memory beyond what is asked for at a time.
pub(super) struct Lines<R> {
    reader: R,
    /// What was read and is not handed on yet.
    rest: Vec<u8>,
    /// So many bytes are read at a time.
    size: usize,
    /// The longest line that is kept.
    longest: usize,
    end: End,
}

/// Whether there is more.
enum End {
    Open,
    /// Only that it broke off is still to be said.
    Broken(String),
    Reached,
}

/// The lines of a piece, without their ends.
pub(super) fn split(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = bytes.get(start..).filter(|rest| !rest.is_empty())?;
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        start += end + 1;
        Some(&rest[..end])
    })
}

impl<R: Read> Lines<R> {
    pub(super) fn new(reader: R) -> Self {
        /// Enough for tens of bodies, so that handing it from thread to thread costs nothing beside decoding.
        const SIZE: usize = 128 << 10;
        /// A record is not much longer than its body.
        const AROUND: usize = 64 << 10;
        Lines::with_sizes(reader, SIZE, Limits::default().bytes + AROUND)
    }

    fn with_sizes(reader: R, size: usize, longest: usize) -> Self {
        Lines { reader, rest: Vec::new(), size, longest, end: End::Open }
    }

    /// Reads what there is, at least a byte unless it ended; whether there was more. So lines that come in slowly
    /// are handed on as they come.
    fn read(&mut self, into: &mut Vec<u8>) -> bool {
        let before = into.len();
        into.resize(before + self.size, 0);
        let count = loop {
            match self.reader.read(&mut into[before..]) {
                Ok(0) => self.end = End::Reached,
                Ok(count) => break count,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => self.end = End::Broken(reason(&error)),
            }
            break 0;
        };
        into.truncate(before + count);
        count > 0
    }

    /// Passes over the rest of a line.
    fn pass_over(&mut self) {
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

impl<R: Read> Iterator for Lines<R> {
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
            if searched > self.longest {
                self.pass_over();
                return Some(Piece::TooLong);
            }
        }
        match std::mem::replace(&mut self.end, End::Reached) {
            End::Broken(reason) if bytes.is_empty() => Some(Piece::Broken(reason)),
            // Lines that are whole, and one that was cut, which is read for what it is.
            end => {
                self.end = end;
                (!bytes.is_empty()).then_some(Piece::Lines(bytes))
            }
        }
    }
}

fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::UnexpectedEof => "it ends too early".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Cursor};

    use super::*;

    /// Gives its bytes one read at a time, then breaks off.
    struct Breaking(Cursor<Vec<u8>>);

    impl Read for Breaking {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match self.0.read(buffer)? {
                0 => Err(io::Error::other("the disk is on fire")),
                count => Ok(count),
            }
        }
    }

    /// Every line of a stream, and what else there is in it.
    fn told(pieces: impl Iterator<Item = Piece>) -> Vec<String> {
        let mut told = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Lines(bytes) => {
                    told.extend(split(&bytes).map(|line| String::from_utf8(line.to_vec()).unwrap()));
                }
                Piece::TooLong => told.push("(too long)".to_owned()),
                Piece::Broken(reason) => told.push(format!("({reason})")),
            }
        }
        told
    }

    #[test]
    fn lines_are_whole_whatever_the_pieces() {
        let text = "one\n\nthree\r\nfour is longer\nfive";
        let expected = ["one", "", "three\r", "four is longer", "five"];
        for size in 1..40 {
            assert_eq!(told(Lines::with_sizes(text.as_bytes(), size, 100)), expected, "{size}");
            assert_eq!(
                told(Lines::with_sizes(format!("{text}\n").as_bytes(), size, 100)),
                expected,
                "{size}"
            );
        }
        assert!(told(Lines::new(&b""[..])).is_empty());
        assert_eq!(told(Lines::new(&b"\n\n"[..])), ["", ""]);
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over() {
        let long = "x".repeat(100);
        for size in 1..40 {
            // A line is too long from the second read on that brings no end of it.
            let text = format!("one\n{long}\nthree\n\n{long}\n{long}\nseven");
            let lines = told(Lines::with_sizes(text.as_bytes(), size, 40));
            assert_eq!(
                lines,
                ["one", "(too long)", "three", "", "(too long)", "(too long)", "seven"],
                "{size}"
            );
        }
        assert_eq!(told(Lines::with_sizes(long.as_bytes(), 16, 40)), ["(too long)"]);
    }

    #[test]
    fn what_came_before_a_break_is_kept() {
        for size in [1, 3, 5, 100] {
            let stream = Breaking(Cursor::new(b"one\ntwo\nthr".to_vec()));
            let lines = told(Lines::with_sizes(stream, size, 100));
            assert_eq!(lines, ["one", "two", "thr", "(the disk is on fire)"], "{size}");
        }
        let stream = Breaking(Cursor::new("x".repeat(99).into_bytes()));
        let lines = told(Lines::with_sizes(stream, 10, 40));
        assert_eq!(lines, ["(too long)", "(the disk is on fire)"]);
    }
}
