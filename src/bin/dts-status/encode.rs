//! `dts-status encode`: the same response as a clean, documented body.

mod pretty;

use std::path::PathBuf;

use aliyun_dts_status::{Response, encode};

use crate::exit::{Exit, Failure, warn};
use crate::input::{self, Source};
use crate::options::{DecodeOptions, FormatName};
use crate::output::{BodyError, Output, safe};
use crate::page::{OtherPages, violations_of};
use crate::record::Capture;
use crate::strict;

/// Write the same response as a clean, documented body
#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct Encode {
    /// A response body; none, or `-`, is standard input
    file: Option<PathBuf>,
    /// The format to write
    #[arg(long, value_enum, value_name = "FORMAT")]
    to: FormatName,
    /// Break the body into indented lines
    #[arg(long)]
    pretty: bool,
    /// Exit with 65 and write nothing if the body has a quirk or a violation
    #[arg(long)]
    strict: bool,
    /// Write to this file, in one step, with mode 0644
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    decode: DecodeOptions,
}

const AFTER: &str = "\
Examples:
  dts-status encode --to json body.xml
  dts-status encode --to xml --pretty < response.json

A page is written as the operation that it came from.

Fields that the decoder does not know are left out; `dts-status decode`
lists them. Characters that XML can't hold become U+FFFD in XML.

Exit status:
  0   written
  64  wrong usage
  65  a body that can't be decoded; with --strict also one with a quirk
      or a violation
  66  a file that can't be read
  74  output that can't be written";

impl Encode {
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Failure> {
        output.write_to(self.out.as_deref());
        let source = match self.file.as_deref() {
            None => Source::StandardInput,
            Some(directory) if input::is_directory(directory) => {
                let name = directory.display();
                return Err(Failure::new(
                    Exit::Usage,
                    format_args!("{name}: is a directory; encode takes one body"),
                ));
            }
            Some(file) => Source::from(file),
        };
        let decoded = match Capture::read(&source, &self.decode.decoder()).decoded {
            Ok(decoded) => decoded,
            Err(BodyError::Unreadable(reason)) => return Err(source.unreadable(reason)),
            Err(error) => {
                warn(format_args!("{}: {error}", safe::line(&source.name())));
                return Ok(Exit::BadBody);
            }
        };
        if self.strict {
            let violations = violations_of(&decoded.response);
            let exit = strict::check(&source, &decoded, &violations);
            if exit != Exit::Done {
                return Ok(exit);
            }
        }
        if let Some(page) = decoded.response.page() {
            let mut pages = OtherPages::default();
            pages.add(page);
            pages.warn();
        }
        output.bytes(self.body(&decoded.response))?;
        Ok(Exit::Done)
    }

    fn body(&self, response: &Response) -> Vec<u8> {
        let body = encode(response, self.to.into());
        let body = match self.to {
            FormatName::Json => safe::json(body),
            FormatName::Xml => safe::xml(body),
        };
        if !self.pretty {
            return body;
        }
        let text = String::from_utf8_lossy(&body);
        match self.to {
            FormatName::Json => pretty::json(&text).into(),
            FormatName::Xml => pretty::xml(&text).into(),
        }
    }
}
