//! The thresholds of the health rules, as options and in a file: [`Thresholds`].

use std::fmt::Display;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use aliyun_dts_status::health::{Policy, PolicyBuilder, PolicyField, PolicyUnit, PolicyValue};
use clap::{Arg, ArgMatches, Command, FromArgMatches, value_parser};
use serde::de::DeserializeSeed;

use super::parse_time;
use crate::exit::{Exit, Failure};

/// The thresholds of the command line: `--policy`, and one option for each threshold.
#[derive(Debug, Clone, Default)]
pub(crate) struct Thresholds {
    file: Option<PathBuf>,
    options: Vec<(&'static str, PolicyValue)>,
}

impl Thresholds {
    /// The defaults, overridden by the file, overridden by the options.
    pub(crate) fn policy(&self) -> Result<Policy, Failure> {
        let mut policy = Policy::default();
        if let Some(file) = &self.file {
            read(file, &mut policy)?;
        }
        let set =
            |builder: PolicyBuilder, (name, value): &(&str, PolicyValue)| builder.set_value(name, *value);
        self.options.iter().fold(PolicyBuilder::from(policy), set).build().map_err(wrong_usage)
    }
}

const FILE: &str = "policy";
const HEADING: &str = "Thresholds";

impl clap::Args for Thresholds {
    fn augment_args(command: Command) -> Command {
        let file = Arg::new(FILE)
            .long(FILE)
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .help_heading(HEADING)
            .help("A TOML file of thresholds; its keys are the names of these options");
        command.arg(file).args(Policy::FIELDS.iter().map(option))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Thresholds {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = |name: &'static str| Some((name, *matches.get_one::<PolicyValue>(name)?));
        Ok(Thresholds {
            file: matches.get_one(FILE).cloned(),
            options: Policy::FIELDS.iter().filter_map(|field| given(field.name)).collect(),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn option(field: &'static PolicyField) -> Arg {
    let parse = move |text: &str| {
        // Times as in the other options.
        let time = || parse_time(text).ok().filter(|_| field.unit == PolicyUnit::Time);
        let value = field.parse(text).or_else(|| time().map(|at| PolicyValue::Time(Some(at))));
        value.ok_or_else(|| format!("expected {}", field.expected()))
    };
    let option = Arg::new(field.name)
        .long(field.key())
        .value_parser(parse)
        .hide_short_help(true)
        .help_heading(HEADING)
        .help(format!("{} [default: {}]", field.sentence.trim_end_matches('.'), field.default));
    let option = match field.name {
        "lag_warn" => option.short('w'),
        "lag_critical" => option.short('c'),
        _ => option,
    };
    match field.unit {
        PolicyUnit::Length => option.value_name("DURATION"),
        PolicyUnit::Percent => option.value_name("PERCENT"),
        PolicyUnit::Switch => {
            option.value_name("BOOL").num_args(0..=1).require_equals(true).default_missing_value("true")
        }
        PolicyUnit::Time => option.value_name("TIME"),
        _ => option.value_name("NUMBER"),
    }
}

fn read(file: &Path, policy: &mut Policy) -> Result<(), Failure> {
    let name = file.display();
    let text =
        read_text(file).map_err(|error| Failure::new(Exit::NoInput, format_args!("{name}: {error}")))?;
    let table: toml::Table = text
        .parse()
        .map_err(|error: toml::de::Error| wrong_usage(format!("{name}: {}", error.to_string().trim_end())))?;
    policy.deserialize(table).map_err(|error| wrong_usage(format!("{name}: {}", error.message())))
}

/// Limit of a policy file, in bytes: 1 MiB.
const FILE_LIMIT: u64 = 1 << 20;

fn read_text(file: &Path) -> io::Result<String> {
    let mut text = String::new();
    let mut rest = File::open(file)?.take(FILE_LIMIT);
    rest.read_to_string(&mut text)?;
    // One byte more is enough to know that the file is longer.
    if rest.into_inner().read(&mut [0])? > 0 {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "longer than 1 MiB"));
    }
    Ok(text)
}

fn wrong_usage(message: impl Display) -> Failure {
    Failure::new(Exit::Usage, message)
}
