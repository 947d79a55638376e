//! `dts-status`: what Alibaba Cloud DTS answers to `DescribeSynchronizationJobStatus`, decoded and judged.
//!
//! A shell over the library: it reads bodies, calls, and prints; it has no rule of its own.

mod archive;
mod args;
mod check;
mod completions;
mod decode;
mod encode;
mod exit;
mod explain;
mod input;
mod output;
mod timeline;

use std::process::ExitCode;

use self::args::Command;
use self::exit::{Exit, Failure, complain};
use self::output::Output;

fn main() -> ExitCode {
    match run() {
        Ok(exit) => exit.into(),
        Err(failure) => {
            complain(&failure.message);
            failure.exit.into()
        }
    }
}

fn run() -> Result<Exit, Failure> {
    let Some(args) = args::parse()? else { return Ok(Exit::Done) };
    let mut output = Output::new(args.color);
    match args.command {
        Command::Check(command) => command.run(&mut output),
        Command::Decode(command) => command.run(&mut output),
        Command::Encode(command) => command.run(&mut output),
        Command::Timeline(command) => command.run(&mut output),
        Command::Explain(command) => command.run(&mut output),
        Command::Completions(command) => command.run(&mut output),
    }
}
