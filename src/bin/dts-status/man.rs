//! `dts-status man`: the man pages.

use crate::exit::{Exit, Failure};
use crate::output::{Output, unwritable};

/// Print the man page, or that of one command
#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct Man {
    /// A command; none is the page of dts-status
    command: Option<String>,
}

const AFTER: &str = "\
Examples:
  dts-status man | man -l -
  dts-status man check > ~/.local/share/man/man1/dts-status-check.1";

impl Man {
    pub(crate) fn run(&self, mut root: clap::Command, output: &mut Output) -> Result<Exit, Failure> {
        // Usage lines are complete only then.
        root.build();
        let page = match &self.command {
            None => root,
            Some(name) => match root.find_subcommand(name) {
                Some(command) => command.clone().version(env!("CARGO_PKG_VERSION")),
                None => return Err(Failure::new(Exit::Usage, format_args!("there is no command {name:?}"))),
            },
        };
        let mut text = Vec::new();
        clap_mangen::Man::new(page).render(&mut text).map_err(unwritable)?;
        output.bytes(text)?;
        Ok(Exit::Done)
    }
}
