//! The thresholds of a verdict, from options and a file: [`Thresholds`].

use std::fs;
use std::path::{Path, PathBuf};

use aliyun_dts_status::health::Policy;
use chrono::TimeDelta;
use clap::{Arg, ArgMatches, Command, FromArgMatches, value_parser};

use crate::exit::{Exit, Failure};

/// What the command line says of the thresholds: `--policy`, and one option for each.
#[derive(Debug, Clone, Default)]
pub(crate) struct Thresholds {
    file: Option<PathBuf>,
    options: Vec<(&'static str, TimeDelta)>,
}

impl Thresholds {
    /// The defaults, changed by the file, changed by the options.
    pub(crate) fn policy(&self) -> Result<Policy, Failure> {
        let mut policy = Policy::default();
        if let Some(file) = &self.file {
            read(file, &mut policy)?;
        }
        for (name, value) in &self.options {
            // The options are made from the names of the policy, so none is unknown.
            let _ = policy.set(name, *value);
        }
        policy.check().map_err(|error| wrong(error.to_string().replace('_', "-")))?;
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
            .help("A TOML file with thresholds under the names of these options");
        let thresholds = Policy::FIELDS.iter().map(|(name, about)| {
            Arg::new(*name)
                .long(kebab(name))
                .value_name("DURATION")
                .value_parser(duration)
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
        .map_err(|error: toml::de::Error| wrong(format!("{name}: {}", error.to_string().trim_end())))?;
    for (key, value) in &table {
        let Some((field, _)) = Policy::FIELDS.iter().find(|(field, _)| kebab(field) == *key) else {
            let known: Vec<_> = Policy::FIELDS.iter().map(|(field, _)| kebab(field)).collect();
            return Err(wrong(format!(
                "{name}: no threshold is called {key:?}; there are {}",
                known.join(", ")
            )));
        };
        let length = value.as_str().ok_or_else(|| WANTED.to_owned()).and_then(duration);
        let length = length.map_err(|reason| wrong(format!("{name}: {key}: {reason}")))?;
        let _ = policy.set(field, length);
    }
    Ok(())
}

/// What a length of time looks like.
const WANTED: &str = "expected a length of time in quotes, such as \"60s\", \"10m\", \"6h\" or \"7d\"";

/// Reads `60s`, `10m`, `6h`, `7d`, `1h 30m`.
pub(crate) fn duration(text: &str) -> Result<TimeDelta, String> {
    let length = humantime::parse_duration(text)
        .map_err(|error| format!("expected a length of time such as 60s, 10m, 6h or 7d: {error}"))?;
    TimeDelta::from_std(length).map_err(|_| "too long a time".to_owned())
}

fn kebab(name: &str) -> String {
    name.replace('_', "-")
}

fn wrong(message: String) -> Failure {
    Failure::new(Exit::Usage, message)
}
