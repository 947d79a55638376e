//! A file or line, decoded with what its record says: [`Capture`].

use aliyun_dts_status::model::{Failure, Outcome};
use aliyun_dts_status::{Decoded, Decoder, ErrorKind, Page};

use super::{Noted, Record};
use crate::exit::warn;
use crate::input::Source;
use crate::output::BodyError;
use crate::utf16;

/// A file or line, decoded with what its record says.
pub(crate) struct Capture {
    pub(crate) noted: Noted,
    pub(crate) decoded: Result<Decoded, BodyError>,
}

impl Capture {
    /// Decodes a body, or the body of a record.
    pub(crate) fn of(content: &[u8], decoder: &Decoder) -> Self {
        let capture = Capture::of_record(Record::parse_around_body(content), decoder);
        if capture.decoded.is_ok() {
            return capture;
        }
        Capture::of_record(Record::parse(content), decoder)
    }

    pub(super) fn of_record(record: Record<'_>, decoder: &Decoder) -> Self {
        let Record { noted, operation, body } = record;
        // A record says more about its body than an option for all of them.
        let decode = |body: &[u8]| match operation {
            Some(operation) => decoder.clone().operation(operation).decode(body),
            None => decoder.decode(body),
        };
        let decoded = match body {
            Ok(body) => decode(&body).map_err(|error| BodyError::Undecodable(error, None)),
            Err(failure) => Err(BodyError::NoRecord(failure)),
        };
        Capture { noted, decoded }
    }

    /// Reads and decodes a file, and warns of members of its record that are not known.
    pub(crate) fn read(source: &Source, decoder: &Decoder) -> Self {
        Capture::read_with_content(source, decoder).0
    }

    /// Like `read`, with the content of the file.
    pub(crate) fn read_with_content(source: &Source, decoder: &Decoder) -> (Self, Vec<u8>) {
        let content = match source.read() {
            Ok(content) => content,
            Err(error) => {
                return (Capture::failed(BodyError::Unreadable(error.to_string())), Vec::new());
            }
        };
        let mut capture = Capture::of(&content, decoder);
        if capture.decoded.is_err()
            && let Some(lines) = lines_of_archive(&content, decoder)
        {
            capture = Capture::failed(BodyError::NoRecord(Failure::new(
                ErrorKind::Syntax,
                format!(
                    "{lines} lines, one poll each: this is an archive; read it with `dts-status check --archive` or \
                     `dts-status timeline`"
                ),
            )));
        }
        for name in &capture.noted.unknown {
            warn(format_args!("{}: {}", source.name(), unknown_member(name)));
        }
        capture.decoded = capture.decoded.map_err(|error| error.in_body(&super::body_of(&content)));
        (capture, content)
    }

    fn failed(error: BodyError) -> Self {
        Capture { noted: Noted::default(), decoded: Err(error) }
    }

    /// The page, if the body is one.
    pub(crate) fn page(&self) -> Option<&Page> {
        self.decoded.as_ref().ok()?.response.page()
    }

    /// What judging needs of it.
    pub(crate) fn outcome(&self) -> Outcome<'_> {
        match &self.decoded {
            Ok(decoded) => decoded.into(),
            Err(error) => error.outcome(),
        }
    }
}

/// The warning of a member of a record that is not known.
pub(crate) fn unknown_member(name: &str) -> String {
    format!("the record has an unknown member {name:?}")
}

/// The number of lines of an archive; `None` for any other content.
fn lines_of_archive(content: &[u8], decoder: &Decoder) -> Option<usize> {
    let text = utf16::to_text(content).map(String::into_bytes);
    let content = text.as_deref().unwrap_or(content);
    let mut lines = content.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let (first, second) = (lines.next()?, lines.next()?);
    let is_poll = |line: &[u8]| {
        let capture = Capture::of(line, decoder);
        capture.decoded.is_ok() || capture.noted.observed_at.is_some()
    };
    (is_poll(first) && is_poll(second)).then(|| lines.count() + 2)
}
