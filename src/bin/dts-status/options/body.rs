//! How bodies are decoded: [`DecodeOptions`], [`FormatName`].

use aliyun_dts_status::{Decoder, Format};
use clap::ValueEnum;

/// How bodies are decoded.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct DecodeOptions {
    /// The format of every body [default: detected]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<FormatName>,
}

impl DecodeOptions {
    pub(crate) fn decoder(&self) -> Decoder {
        match self.format {
            Some(format) => Decoder::new().format(format.into()),
            None => Decoder::new(),
        }
    }
}

/// A [`Format`] as an argument.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum FormatName {
    Json,
    Xml,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Json => Format::Json,
            FormatName::Xml => Format::Xml,
        }
    }
}
