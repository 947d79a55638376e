//! `dts-status completions`: what a shell needs to complete the command line.

use clap::CommandFactory;
use clap_complete::{Shell, generate};

use crate::args::Args;
use crate::exit::{Exit, Failure};
use crate::output::Output;

/// Write what a shell needs to complete the command line
#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

const AFTER: &str = "\
Examples:
  dts-status completions bash > ~/.local/share/bash-completion/completions/dts-status
  dts-status completions zsh > ~/.zfunc/_dts-status
  dts-status completions fish > ~/.config/fish/completions/dts-status.fish";

impl Completions {
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Failure> {
        let mut command = Args::command();
        let name = command.get_name().to_owned();
        // Into memory first: `generate` panics where it can't write, and a closed pipe is no error.
        let mut script = Vec::new();
        generate(self.shell, &mut command, name, &mut script);
        output.bytes(script)?;
        Ok(Exit::Done)
    }
}
