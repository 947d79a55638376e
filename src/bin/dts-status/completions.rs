//! `dts-status completions`: shell completions.

use clap_complete::{Shell, generate};

use crate::exit::{Exit, Failure};
use crate::output::Output;

/// Print the completions of the command line for a shell
#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

const AFTER: &str = "\
Examples:
  dts-status completions bash > /etc/bash_completion.d/dts-status
  source <(dts-status completions bash)
  dts-status completions zsh > ~/.zfunc/_dts-status
  dts-status completions fish | source";

impl Completions {
    pub(crate) fn run(&self, mut command: clap::Command, output: &mut Output) -> Result<Exit, Failure> {
        let name = command.get_name().to_owned();
        // Into memory first: `generate` panics where it can't write, and a closed pipe is no error.
        let mut script = Vec::new();
        generate(self.shell, &mut command, name, &mut script);
        if self.shell == Shell::Bash {
            script = repaired(&script);
        }
        output.bytes(script)?;
        Ok(Exit::Done)
    }
}

/// The script for bash with one name for a subcommand: clap_complete names those of a command with a hyphen in two ways,
/// so that nothing after the subcommand is completed.
fn repaired(script: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(script).replace("dts__subcmd__status", "dts__status").into_bytes()
}
