//! `dts-status`: decodes and judges what Alibaba Cloud DTS says of its jobs.
//!
//! A thin shell over the library: it reads bodies, calls the library, and prints. It has no rule of its own.
//!
//! Floors, from top to bottom. A file imports only from floors below its own; within a directory, files import each
//! other in one direction only. The door of a directory (`check.rs` for `check/`) is above its files, which do not
//! import it.
//!
//! 1. `main`
//! 2. `args`: the clap tree
//! 3. the commands, which do not import each other: `check`, `decode`, `encode`, `timeline`, `explain`, `completions`, `man`
//! 4. `archive`: reads and judges archives of polls; `strict`: refuses bodies that are not as documented
//! 5. `record`: a body with what was noted when it was received; `page`: the jobs of a page
//! 6. `options`: arguments of several commands
//! 7. `input`: files and standard input; `output`: tables, words, standard output
//! 8. `exit`: exit statuses, failures, warnings
//! 9. `output::safe`: makes text safe to print; `replace`: replaces files in one step; `utf16`: reads UTF-16

mod archive;
mod args;
mod check;
mod completions;
mod decode;
mod encode;
mod exit;
mod explain;
mod input;
mod man;
mod options;
mod output;
mod page;
mod record;
mod replace;
mod strict;
mod timeline;
mod utf16;

use std::process::ExitCode;

use self::args::Command;
use self::exit::{Exit, Failure, warn};
use self::output::Output;

fn main() -> ExitCode {
    match run() {
        Ok(exit) => exit.into(),
        Err(failure) => {
            warn(&failure.message);
            if args::wants_plugin(std::env::args_os()) {
                return exit::unknown_to_plugins(&failure.message).into();
            }
            failure.exit.into()
        }
    }
}

fn run() -> Result<Exit, Failure> {
    let Some((args, command)) = args::parse()? else { return Ok(Exit::Done) };
    let mut output = Output::new(args.color, args.quiet);
    let exit = match command {
        Command::Check(command) => command.run(&mut output),
        Command::Decode(command) => command.run(&mut output),
        Command::Encode(command) => command.run(&mut output),
        Command::Timeline(command) => command.run(&mut output),
        Command::Explain(command) => command.run(&mut output),
        Command::Completions(command) => command.run(args::command(), &mut output),
        Command::Man(command) => command.run(args::command(), &mut output),
    }?;
    output.commit()?;
    Ok(exit)
}
