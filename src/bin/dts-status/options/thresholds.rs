//! The thresholds of the health rules, as options and in a file: [`Thresholds`].

use std::fs;
use std::path::{Path, PathBuf};

use aliyun_dts_status::health::Policy;
use chrono::TimeDelta;
use clap::{Arg, ArgMatches, Command, FromArgMatches, value_parser};

use super::time::parse_duration;
use crate::exit::{Exit, Failure};

/// The thresholds of the command line: `--policy`, and one option for each threshold.
#[derive(Debug, Clone, Default)]
pub(crate) struct Thresholds {
    file: Option<PathBuf>,
    options: Vec<(&'static str, TimeDelta)>,
}

impl Thresholds {
    /// The defaults, overridden by the file, overridden by the options.
    pub(crate) fn policy(&self) -> Result<Policy, Failure> {
        let mut policy = Policy::default();
        if let Some(file) = &self.file {
            read(file, &mut policy)?;
        }
        for (name, value) in &self.options {
            // Options and policy have the same names, so none is unknown.
            let _ = policy.set(name, *value);
        }
        policy.check().map_err(|error| wrong_usage(error.to_string().replace('_', "-")))?;
        Ok(policy)
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
        let thresholds = Policy::FIELDS.iter().map(|(name, about)| {
            Arg::new(*name)
                .long(kebab(name))
                .value_name("DURATION")
                .value_parser(parse_duration)
                .help_heading(HEADING)
                .help(about.trim_end_matches('.'))
        });
        command.arg(file).args(thresholds)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Thresholds {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = |name: &'static str| Some((name, *matches.get_one::<TimeDelta>(name)?));
        Ok(Thresholds {
            file: matches.get_one(FILE).cloned(),
            options: Policy::FIELDS.iter().filter_map(|(name, _)| given(name)).collect(),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn read(file: &Path, policy: &mut Policy) -> Result<(), Failure> {
    let name = file.display();
    let text = fs::read_to_string(file)
        .map_err(|error| Failure::new(Exit::NoInput, format_args!("{name}: {error}")))?;
    let table: toml::Table = text
        .parse()
        .map_err(|error: toml::de::Error| wrong_usage(format!("{name}: {}", error.to_string().trim_end())))?;
    for (key, value) in &table {
        let Some((field, _)) = Policy::FIELDS.iter().find(|(field, _)| kebab(field) == *key) else {
            let known: Vec<_> = Policy::FIELDS.iter().map(|(field, _)| kebab(field)).collect();
            return Err(wrong_usage(format!(
                "{name}: unknown threshold {key:?}, expected one of {}",
                known.join(", ")
            )));
        };
        let length = value.as_str().ok_or_else(|| EXPECTED.to_owned()).and_then(parse_duration);
        let length = length.map_err(|reason| wrong_usage(format!("{name}: {key}: {reason}")))?;
        let _ = policy.set(field, length);
    }
    Ok(())
}

/// Why a value that is not a text is refused.
const EXPECTED: &str = "expected a length of time in quotes, such as \"60s\", \"10m\", \"6h\" or \"7d\"";

fn kebab(name: &str) -> String {
    name.replace('_', "-")
}

fn wrong_usage(message: String) -> Failure {
    Failure::new(Exit::Usage, message)
}
