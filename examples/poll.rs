//! Polls a job with an asynchronous client, and keeps what it knows of it in a JSON file between two runs.
//!
//!     cargo run --example poll -- target/poll.json < testdata/archive/story.ndjson
//!
//! The client here reads standard input, one poll a line: `{"observed_at": UNIX_SECONDS, "body": {…}}`. A real one sends
//! the query of the request. No runtime is needed for that: any of them runs `follow`. The program prints each change of
//! a verdict. A second run with the same input prints none: the state file says that these polls are old.

use std::error::Error;
use std::io::{ErrorKind, stdin};
use std::pin::pin;
use std::task::{self, Poll, Waker};
use std::{fs, future};

use aliyun_dts_status::chrono::{DateTime, Utc};
use aliyun_dts_status::decode;
use aliyun_dts_status::health::{Context, Policy, Scope, Trackers};
use aliyun_dts_status::model::Outcome;

type Answer = (DateTime<Utc>, Vec<u8>);

/// The next answer of the API with its time; `None` where there is no more.
async fn call() -> Result<Option<Answer>, Box<dyn Error>> {
    let Some(line) = stdin().lines().next() else { return Ok(None) };
    let poll: serde_json::Value = serde_json::from_str(&line?)?;
    let at = poll["observed_at"].as_i64().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    future::ready(Ok(Some((at.ok_or("no observed_at")?, poll["body"].to_string().into_bytes())))).await
}

/// Judges each answer by those before it.
async fn follow(trackers: &mut Trackers, policy: &Policy) -> Result<(), Box<dyn Error>> {
    let mut last = None;
    while let Some((at, body)) = call().await? {
        // The crate reads no clock: the caller says when the answer came. A body that cannot be decoded is an outcome too.
        let context = Context::at(at).job_id("dtsexjk1alb116wxyz");
        if trackers.get("dtsexjk1alb116wxyz", Scope::Forward).is_some_and(|tracker| tracker.is_past(at)) {
            continue;
        }
        let outcome = match decode(&body) {
            Ok(decoded) => Outcome::from(decoded),
            Err(error) => Outcome::from(&error),
        };
        let assessment = trackers.observe_outcome(&outcome, &context, policy);
        if last.replace(assessment.verdict()) != Some(assessment.verdict()) {
            println!("{at}  {assessment}");
            assessment.deadlines().iter().for_each(|deadline| println!("    {deadline}"));
        }
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("usage: poll STATE_FILE < ARCHIVE")?;
    let mut trackers: Trackers = match fs::read_to_string(&file) {
        Ok(text) => serde_json::from_str(&text)?,
        Err(error) if error.kind() == ErrorKind::NotFound => Trackers::new(),
        Err(error) => return Err(error.into()),
    };
    block_on(follow(&mut trackers, &Policy::default()))?;
    // A real program writes a new file and renames it, so that a crash leaves no half file.
    fs::write(&file, serde_json::to_string(&trackers)?)?;
    Ok(())
}

/// The least runtime: nothing here waits.
fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut task::Context::from_waker(Waker::noop())) {
            return output;
        }
    }
}
