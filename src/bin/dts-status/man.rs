//! `dts-status man`: the man pages.

use std::io;

use clap_mangen::roff::{Roff, roman};

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
        root = root.disable_help_subcommand(true);
        // Usage lines are complete only then.
        root.build();
        let page = match &self.command {
            None => root,
            Some(name) => match root.find_subcommand(name) {
                Some(command) => command.clone(),
                None => return Err(Failure::new(Exit::Usage, format_args!("there is no command {name:?}"))),
            },
        };
        output.bytes(render(page).map_err(unwritable)?)?;
        Ok(Exit::Done)
    }
}

const SOURCE: &str = concat!("dts-status ", env!("CARGO_PKG_VERSION"));

/// The man page of a command, with the help of every option.
fn render(command: clap::Command) -> io::Result<Vec<u8>> {
    let end = command.get_after_long_help().map(ToString::to_string).unwrap_or_default();
    // clap_mangen leaves out the help of options that `-h` does not show.
    let command = command.mut_args(|argument| argument.hide_short_help(false));
    let page = clap_mangen::Man::new(command.after_long_help(None).version(None)).source(SOURCE);
    let mut text = Vec::new();
    page.render(&mut text)?;
    sections(&end).to_writer(&mut text)?;
    Ok(text)
}

/// The examples and exit statuses as sections. Their lines stay as they are.
fn sections(end: &str) -> Roff {
    let mut roff = Roff::new();
    for block in end.split("\n\n") {
        let (first, rest) = block.split_once('\n').unwrap_or((block, ""));
        let heading = first.strip_suffix(':');
        match heading {
            Some(heading) => roff.control("SH", [&*heading.to_uppercase()]),
            None => roff.control("PP", []),
        };
        roff.control("nf", []);
        for line in if heading.is_some() { rest } else { block }.lines() {
            roff.text([roman(line)]);
        }
        roff.control("fi", []);
    }
    roff
}
