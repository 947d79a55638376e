//! Streams in UTF-16: [`transcode`].

use std::io::{self, Cursor, Read};

use crate::utf16::ByteOrder;

/// The stream in UTF-8 if it starts with a mark of UTF-16, otherwise the stream itself.
pub(super) fn transcode<'a>(mut raw: impl Read + Send + 'a) -> io::Result<Box<dyn Read + Send + 'a>> {
    let mut start = Vec::new();
    raw.by_ref().take(4).read_to_end(&mut start)?;
    let order = ByteOrder::of(&start);
    let whole = Cursor::new(start).chain(raw);
    Ok(match order {
        None => Box::new(whole),
        Some(order) => {
            Box::new(Transcoded { reader: whole, order, bytes: Vec::new(), text: Cursor::default() })
        }
    })
}

/// A stream in UTF-16, read as UTF-8 without the mark. What is not UTF-16 becomes a byte that UTF-8 never has, so
/// that the decoder refuses the line.
struct Transcoded<R> {
    reader: R,
    order: ByteOrder,
    /// Bytes of half a character.
    bytes: Vec<u8>,
    text: Cursor<Vec<u8>>,
}

impl<R: Read> Transcoded<R> {
    /// Reads once; returns false at the end of the stream.
    fn fill(&mut self) -> io::Result<bool> {
        const SIZE: usize = 64 << 10;
        let before = self.bytes.len();
        self.bytes.resize(before + SIZE, 0);
        let read = self.reader.read(&mut self.bytes[before..]);
        self.bytes.truncate(before + read.as_ref().copied().unwrap_or_default());
        let is_end = read? == 0;
        let mut whole = self.bytes.len() / 2 * 2;
        let last = self.order.units(&self.bytes[..whole]).last();
        if !is_end && last.is_some_and(|unit| (0xd800..0xdc00).contains(&unit)) {
            whole -= 2;
        }
        let mut text = Vec::with_capacity(whole);
        for character in char::decode_utf16(self.order.units(&self.bytes[..whole])) {
            match character {
                Ok('\u{feff}') => {}
                Ok(character) => text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
                Err(_) => text.push(NEVER_IN_UTF_8),
            }
        }
        self.bytes.drain(..whole);
        if is_end && !self.bytes.is_empty() {
            self.bytes.clear();
            text.push(NEVER_IN_UTF_8);
        }
        self.text = Cursor::new(text);
        Ok(!is_end || !self.text.get_ref().is_empty())
    }
}

const NEVER_IN_UTF_8: u8 = 0xff;

impl<R: Read> Read for Transcoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.text.read(buffer)? {
                0 if !buffer.is_empty() && self.fill()? => {}
                count => return Ok(count),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a few bytes at a time.
    struct Slow<'a>(&'a [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(buffer.len());
            self.0.read(&mut buffer[..count])
        }
    }

    fn read(bytes: &[u8], size: usize) -> Vec<u8> {
        let mut text = Vec::new();
        transcode(Slow(bytes, size)).unwrap().read_to_end(&mut text).unwrap();
        text
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect()
    }

    #[test]
    fn utf_16_with_a_mark_becomes_utf_8() {
        let text = "{\"a\": \"同步 😀\u{10a}\"}\n{}\n".repeat(3);
        for size in [1, 2, 3, 5, 1000] {
            assert_eq!(read(&utf16(&text, u16::to_le_bytes), size), text.as_bytes(), "{size}");
            assert_eq!(read(&utf16(&text, u16::to_be_bytes), size), text.as_bytes(), "{size}");
            assert_eq!(read(text.as_bytes(), size), text.as_bytes(), "{size}");
        }
        assert_eq!(read(b"", 1), b"");
        assert_eq!(read(b"\xff\xfe", 1), b"");
    }

    #[test]
    fn what_is_not_utf_16_is_marked() {
        for size in [1, 2, 3, 1000] {
            assert_eq!(read(b"\xff\xfea\0\0\xd8b\0", size), b"a\xffb", "{size}");
            assert_eq!(read(b"\xff\xfea\0\0\xd8", size), b"a\xff", "{size}");
            assert_eq!(read(b"\xff\xfea\0b", size), b"a\xff", "{size}");
        }
    }
}
