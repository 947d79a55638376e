//! Follows one job over many polls with a `Tracker`, and keeps what it knows in a JSON file between two runs.
//!
//!     cargo run --example poll -- target/poll.json < testdata/archive/story.ndjson
//!
//! Each line of standard input is one poll: `{"observed_at": UNIX_SECONDS, "body": {…}}`. The program prints each
//! change of the verdict. A second run with the same input prints none: the state file says that these polls are old.

use std::error::Error;
use std::fs;
use std::io::{ErrorKind, stdin};

use aliyun_dts_status::decode;
use aliyun_dts_status::health::{Context, Policy, Tracker, Verdict};
use aliyun_dts_status::model::Outcome;
use chrono::DateTime;
use serde::Deserialize;

#[derive(Deserialize)]
struct Poll {
    observed_at: i64,
    body: serde_json::Value,
}

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("usage: poll STATE_FILE < ARCHIVE")?;
    let mut tracker = restore(&file)?;
    let policy = Policy::default();
    let mut last: Option<Verdict> = None;

    for line in stdin().lines() {
        let poll: Poll = serde_json::from_str(&line?)?;
        let at = DateTime::from_timestamp(poll.observed_at, 0).ok_or("observed_at is out of range")?;
        if tracker.is_past(at) {
            continue;
        }
        // The library has no clock. The caller says when the answer came.
        let context = Context::at(at);
        // A body that cannot be decoded is an outcome too.
        let outcome = match decode(poll.body.to_string().as_bytes()) {
            Ok(decoded) => Outcome::from(decoded),
            Err(error) => Outcome::from(&error),
        };
        let assessment = tracker.observe_outcome(&outcome, &context, &policy);
        let verdict = assessment.verdict();
        if last.replace(verdict) != Some(verdict) {
            let cause = assessment.cause().map_or("", |finding| finding.message.as_str());
            println!("{at}  {verdict}  {cause}");
            for deadline in assessment.deadlines() {
                println!("    {} at {}", deadline.kind, deadline.at);
            }
        }
        // Saved after each poll, so that a stop at any time loses nothing. A real program writes a new file and
        // renames it, so that a crash leaves no half file.
        fs::write(&file, serde_json::to_string(&tracker)?)?;
    }
    Ok(())
}

/// Returns the tracker of the last run, or a new one in the first run.
fn restore(file: &str) -> Result<Tracker, Box<dyn Error>> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(serde_json::from_str(&text)?),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Tracker::new()),
        Err(error) => Err(error.into()),
    }
}
