//! Decompresses streams: [`unpack`].

use std::io::{self, BufRead, BufReader, Cursor, Read};

use flate2::bufread::GzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// The decompressed stream if it starts like gzip or zstd, otherwise the stream itself.
pub(crate) fn unpack<'a>(mut raw: impl Read + Send + 'a) -> io::Result<Box<dyn Read + Send + 'a>> {
    let mut start = Vec::new();
    raw.by_ref().take(4).read_to_end(&mut start)?;
    let packing = Packing::of(&start);
    let whole = Cursor::new(start).chain(raw);
    Ok(match packing {
        Packing::None => Box::new(whole),
        Packing::Gzip => Box::new(Members::new(BufReader::with_capacity(BUFFER, whole))),
        Packing::Zstd => Box::new(Frames::new(BufReader::with_capacity(BUFFER, whole))),
    })
}

const BUFFER: usize = 64 << 10;

enum Packing {
    None,
    Gzip,
    Zstd,
}

impl Packing {
    fn of(start: &[u8]) -> Self {
        match start {
            [0x1f, 0x8b, ..] => Packing::Gzip,
            // A frame, or a skippable frame.
            [0x28, 0xb5, 0x2f, 0xfd] | [0x50..=0x5f, 0x2a, 0x4d, 0x18] => Packing::Zstd,
            _ => Packing::None,
        }
    }
}

/// The consecutive members of a gzip stream, perhaps with zeros after them, as tapes and some file systems add.
struct Members<R: BufRead> {
    /// The current member; `None` after the last.
    member: Option<GzDecoder<R>>,
}

impl<R: BufRead> Members<R> {
    fn new(source: R) -> Self {
        Members { member: Some(GzDecoder::new(source)) }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let count = member.read(buffer)?;
            if count > 0 || buffer.is_empty() {
                return Ok(count);
            }
            self.member = match self.member.take().map(GzDecoder::into_inner) {
                Some(mut source) => skip_zeros(&mut source)?.then(|| GzDecoder::new(source)),
                None => None,
            };
        }
        Ok(0)
    }
}

/// Skips zeros; returns false at the end of the stream.
fn skip_zeros(source: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let bytes = source.fill_buf()?;
        let (zeros, all) = (bytes.iter().take_while(|&&byte| byte == 0).count(), bytes.len());
        source.consume(zeros);
        if zeros < all || all == 0 {
            return Ok(all > 0);
        }
    }
}

/// The consecutive frames of a zstd stream, as `zstd` writes with several threads or `cat` joins.
struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
    is_in_frame: bool,
}

impl<R: BufRead> Frames<R> {
    fn new(source: R) -> Self {
        Frames { source, decoder: FrameDecoder::new(), is_in_frame: false }
    }

    /// Starts the next frame; returns false if there is none.
    fn start_frame(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.source) {
                Ok(()) => {
                    self.is_in_frame = true;
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let length = u64::from(length);
                    let skipped = io::copy(&mut self.source.by_ref().take(length), &mut io::sink())?;
                    if skipped < length {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => return Err(damaged(error)),
            }
        }
        Ok(false)
    }

    fn end_frame(&mut self) -> io::Result<()> {
        self.is_in_frame = false;
        let expected = self.decoder.get_checksum_from_data();
        if expected.is_some() && expected != self.decoder.get_calculated_checksum() {
            return Err(damaged("the checksum is wrong"));
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.is_in_frame && !self.start_frame()? {
                return Ok(0);
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let one = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder.decode_blocks(&mut self.source, one).map_err(damaged)?;
            }
            match self.decoder.read(buffer)? {
                0 if self.decoder.is_finished() && self.decoder.can_collect() == 0 => self.end_frame()?,
                count => return Ok(count),
            }
        }
    }
}

fn damaged(error: impl std::fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("can't be decompressed: {error}"))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    fn gzip(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(text: &str) -> Vec<u8> {
        compress_to_vec(text.as_bytes(), CompressionLevel::Fastest)
    }

    /// The decompressed text, and the error at its end if there is one.
    fn read(packed: &[u8]) -> (String, Option<String>) {
        let mut text = Vec::new();
        let read = unpack(packed).and_then(|mut stream| stream.read_to_end(&mut text));
        (String::from_utf8(text).unwrap(), read.err().map(|error| error.to_string()))
    }

    fn whole(text: &str) -> (String, Option<String>) {
        (text.to_owned(), None)
    }

    #[test]
    fn the_compression_is_detected_by_content() {
        let long: String = (0..100_000).map(|number| format!("line {number}\n")).collect();
        for text in ["", "a", "{}\n", &long] {
            assert_eq!(read(text.as_bytes()), whole(text));
            assert_eq!(read(&gzip(text)), whole(text));
            assert_eq!(read(&zstd(text)), whole(text));
        }
    }

    #[test]
    fn all_frames_of_a_stream_are_read() {
        assert_eq!(read(&[gzip("one\n"), gzip("two\n")].concat()), whole("one\ntwo\n"));
        let zeros = vec![0; 100_000];
        assert_eq!(read(&[gzip("one\n"), zeros.clone()].concat()), whole("one\n"));
        assert_eq!(read(&[gzip("one\n"), zeros, gzip("two\n"), vec![0]].concat()), whole("one\ntwo\n"));
        let skipped = b"\x50\x2a\x4d\x18\x03\0\0\0abc".to_vec();
        let joined = [skipped.clone(), zstd("one\n"), skipped.clone(), zstd("two\n"), skipped].concat();
        assert_eq!(read(&joined), whole("one\ntwo\n"));
    }

    #[test]
    fn damage_is_an_error() {
        let text: String = (0..50_000).map(|number| format!("line {}\n", number * 7919 % 50_000)).collect();
        for packed in [gzip(&text), zstd(&text)] {
            let (text_before, error) = read(&packed[..packed.len() / 2]);
            assert!(text.starts_with(&text_before));
            assert!(error.is_some());
        }
        let mut packed = gzip("one\n");
        let end = packed.len() - 6;
        packed[end] ^= 1;
        assert!(read(&packed).1.is_some(), "the checksum is wrong");
        let (text, error) = read(&[gzip("one\n"), vec![0], b"garbage".to_vec()].concat());
        assert_eq!((&*text, error.is_some()), ("one\n", true));
        let (text, error) = read(&[zstd("one\n"), b"garbage".to_vec()].concat());
        assert_eq!(text, "one\n");
        assert!(error.unwrap().starts_with("can't be decompressed: "));
    }
}
