//! Judges many jobs, and prints one metrics page for Prometheus and a summary for people.
//!
//!     cargo run --example exporter -- 2021-01-14T09:22:30Z testdata/docs-en.json testdata/samples/chinese-job.json
//!
//! Each file holds the last answer for one job. A server would print the page for each request with the type
//! `application/openmetrics-text; version=1.0.0; charset=utf-8`.

use std::error::Error;
use std::process::ExitCode;

use aliyun_dts_status::decode;
use aliyun_dts_status::export::{Metrics, MetricsOptions, nagios_fleet};
use aliyun_dts_status::health::{Context, FleetAssessment, Policy, assess_outcome};
use aliyun_dts_status::model::Outcome;
use chrono::{DateTime, TimeDelta, Utc};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let now: DateTime<Utc> = arguments.next().ok_or("usage: exporter NOW FILE...")?.parse()?;

    // Thresholds of your own; all others keep their defaults.
    let mut policy = Policy::default();
    policy.lag_warn = TimeDelta::try_seconds(30).ok_or("out of range")?;

    let mut page = Metrics::new(&MetricsOptions::default());
    let mut fleet = FleetAssessment::new();
    for file in arguments {
        // A body that cannot be decoded is a job of unknown health, not a job that is missing from the page.
        let outcome = match decode(&std::fs::read(&file)?) {
            Ok(decoded) => Outcome::from(decoded),
            Err(error) => Outcome::from(&error),
        };
        let assessment = assess_outcome(&outcome, &Context::at(now), &policy);
        page.add(&assessment);
        fleet.add_named(&assessment, &file);
    }
    print!("{page}");
    eprintln!("{}", nagios_fleet(&fleet));
    Ok(ExitCode::from(fleet.exit_code()))
}
