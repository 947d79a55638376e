//! Follows all synchronization jobs of a region: asks for page after page, and judges each job by the rounds before.
//!
//!     cargo run --example pages -- target/pages.json 2021-01-14T09:22:30Z \
//!         testdata/operations/DescribeDtsJobs-page-of-ten.json
//!
//! Each file is the answer for the next page. The state file keeps what is known of each job between two rounds.

use std::error::Error;
use std::fs;
use std::io::ErrorKind;

use aliyun_dts_status::chrono::{DateTime, Utc};
use aliyun_dts_status::health::{Context, Policy, Trackers, join_directions};
use aliyun_dts_status::model::{JobKind, Outcome};
use aliyun_dts_status::request::Request;
use aliyun_dts_status::{Decoder, Operation, Response};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let usage = "usage: pages STATE_FILE NOW FILE...";
    let file = arguments.next().ok_or(usage)?;
    let now: DateTime<Utc> = arguments.next().ok_or(usage)?.parse()?;
    let mut trackers: Trackers = match fs::read_to_string(&file) {
        Ok(text) => serde_json::from_str(&text)?,
        Err(error) if error.kind() == ErrorKind::NotFound => Trackers::new(),
        Err(error) => return Err(error.into()),
    };

    let policy = Policy::default();
    // A real client signs this query and sends it.
    let mut request =
        Some(Request::new(Operation::DescribeDtsJobs).kind(JobKind::Synchronization).page(1, 50));
    let decoder = Decoder::new().operation(Operation::DescribeDtsJobs).kind(JobKind::Synchronization);
    while let Some(asked) = request.take() {
        println!("{}", asked.query());
        let outcome = match arguments.next().map(fs::read).transpose()? {
            Some(body) => decoder.decode(&body).map_or_else(|error| Outcome::from(&error), Outcome::from),
            None => Outcome::no_answer(),
        };
        // All pages of a round have one time, so that a page that fails holds the verdicts of its own jobs only.
        let assessments = trackers.observe_each(&outcome, &Context::at(now), &policy);
        join_directions(assessments).iter().for_each(|assessment| println!("    {assessment}"));
        request = outcome.response.as_deref().and_then(Response::page).and_then(|page| asked.next_page(page));
    }
    // A job of which no round has said anything for a month is gone.
    trackers.forget_before(now - std::time::Duration::from_secs(30 * 24 * 3600));
    fs::write(&file, serde_json::to_string(&trackers)?)?;
    Ok(())
}
