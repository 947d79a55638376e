//! How bodies are decoded: [`DecodeOptions`], [`FormatName`].

use aliyun_dts_status::model::JobKind;
use aliyun_dts_status::{Decoder, Format, Operation};
use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};

/// How bodies are decoded.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct DecodeOptions {
    /// The format of every body [default: detected]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<FormatName>,
    /// The operation of the API that was called [default: that of the record, or detected]
    ///
    /// Without it the operation is the one that the body shows beyond doubt, else DescribeSynchronizationJobStatus. A
    /// body that shows another one is refused.
    #[arg(long, value_name = "NAME", value_parser = operation_parser(), ignore_case = true)]
    operation: Option<Operation>,
    /// The kind of the jobs, where a body does not say it; the unit of a delay may depend on it
    #[arg(long, value_name = "KIND", value_parser = kind_parser(), hide_short_help = true)]
    kind: Option<JobKind>,
}

impl DecodeOptions {
    pub(crate) fn decoder(&self) -> Decoder {
        let mut decoder = match self.operation {
            Some(operation) => Decoder::new().operation(operation),
            None => Decoder::new().detect_operation(),
        };
        if let Some(format) = self.format {
            decoder = decoder.format(format.into());
        }
        match self.kind {
            Some(kind) => decoder.kind(kind),
            None => decoder,
        }
    }
}

/// The operation of a name, in any letter case.
pub(crate) fn operation_of(name: &str) -> Option<Operation> {
    name.trim().parse().ok()
}

fn operation_parser() -> impl TypedValueParser<Value = Operation> {
    let names = Operation::ALL.iter().map(|operation| operation.as_str());
    PossibleValuesParser::new(names).try_map(|name| name.parse::<Operation>())
}

fn kind_parser() -> impl TypedValueParser<Value = JobKind> {
    let names = JobKind::ALL.iter().map(|kind| kind.as_str());
    PossibleValuesParser::new(names).try_map(|name| name.parse::<JobKind>())
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
