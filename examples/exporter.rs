//! Judges many jobs, and prints one text of metrics for Prometheus and a summary for people.
//!
//!     cargo run --example exporter -- 2021-01-14T09:22:30Z testdata/docs-en.json \
//!         testdata/operations/DescribeDtsJobs-page-of-ten.json
//!
//! Each file holds the last answer for one job, or a page of jobs. A server would write the text for each request, with
//! its content type.

use std::error::Error;
use std::io::stdout;
use std::process::ExitCode;
use std::time::Duration;

use aliyun_dts_status::Decoder;
use aliyun_dts_status::chrono::{DateTime, Utc};
use aliyun_dts_status::export::{Dialect, Metrics, MetricsOptions, OwnFamily, nagios_fleet};
use aliyun_dts_status::health::{Context, FleetAssessment, Policy, assess_each, join_directions};
use aliyun_dts_status::model::Outcome;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let now: DateTime<Utc> = arguments.next().ok_or("usage: exporter NOW FILE...")?.parse()?;

    // Thresholds of your own; all others keep their defaults.
    let policy = Policy::builder().lag_warn(Duration::from_secs(30)).build()?;
    // A scraper that accepts OpenMetrics gets that, any other one `Dialect::Prometheus`.
    let options = MetricsOptions::new(Dialect::OpenMetrics).label("region", "cn-hangzhou")?;

    let decoder = Decoder::new().detect_operation();
    let mut metrics = Metrics::new(&options);
    let mut fleet = FleetAssessment::new();
    let mut read: u32 = 0;
    for file in arguments {
        // A body that cannot be decoded is a job of unknown health, not a job without metrics.
        let outcome = match decoder.decode(&std::fs::read(&file)?) {
            Ok(decoded) => Outcome::from(decoded),
            Err(error) => Outcome::from(&error),
        };
        // One assessment for each job of a page, with both directions together; one for any other answer.
        for assessment in join_directions(assess_each(&outcome, &Context::at(now), &policy)) {
            metrics.add_named(&assessment, &file);
            fleet.add_named(&assessment, &file);
        }
        read += 1;
    }
    let mut answers = OwnFamily::counter("dts_exporter_answers", "Answers read by this exporter.")?;
    answers.sample(&[], read.into())?;
    metrics.add_family(answers)?;

    eprintln!("content-type: {}\n{}", metrics.content_type(), nagios_fleet(&fleet));
    metrics.write_to(stdout().lock())?;
    Ok(ExitCode::from(fleet.exit_code()))
}
