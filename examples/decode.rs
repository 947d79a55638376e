//! Decodes a body: the job, every quirk, every violation of the documented contract, and strict use.
//!
//!     cargo run --example decode -- testdata/docs-en.json
//!     cargo run --example decode -- --strict testdata/docs-en.json      # ends with 1: the body has a quirk

use std::error::Error;
use std::process::ExitCode;

use aliyun_dts_status::model::JobStatus;
use aliyun_dts_status::{Response, decode, validate};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let strict = arguments.first().is_some_and(|argument| argument == "--strict");
    if strict {
        arguments.remove(0);
    }
    let [file] = arguments.as_slice() else { return Err("usage: decode [--strict] FILE".into()) };

    // A `DecodeError` has a kind, a position and a short excerpt. Its text names the position.
    let decoded = match decode(&std::fs::read(file)?) {
        Ok(decoded) => decoded,
        Err(error) => {
            eprintln!("{file}: {error}");
            return Ok(ExitCode::from(2));
        }
    };

    match &decoded.response {
        Response::Job(job) => {
            let or_none = |text: Option<&str>| text.unwrap_or("none").to_owned();
            println!("job id      {}", or_none(job.job_id.as_deref()));
            println!("status      {}", or_none(job.status.as_ref().map(JobStatus::as_str)));
            // Times and delays have types of their own; a missing one is `None`, never 0.
            println!("checkpoint  {:?}", job.checkpoint);
            println!("delay       {:?}", job.delay.map(|delay| delay.num_seconds()));
            for violation in validate(job) {
                println!("violation   {violation}");
            }
        }
        Response::Fault(fault) => {
            println!("fault       {:?}: {:?}", fault.code, fault.message);
        }
        _ => println!("a kind of response that this program does not know"),
    }
    for quirk in &decoded.quirks {
        let effect = if quirk.kind.loses_value() { "content lost" } else { "content kept" };
        println!("quirk       {quirk} ({effect})");
    }

    // Strict use: one call that refuses a body with any quirk.
    if strict && let Err(error) = decoded.into_strict() {
        eprintln!("{file}: {error}");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}
