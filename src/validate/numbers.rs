//! Rules on the ranges of numbers.

use chrono::TimeDelta;

use super::Places;
use crate::field::Field;
use crate::model::SyncJob;
use crate::path::Path;

pub(super) fn percent_out_of_range(job: &SyncJob) -> Places {
    let precheck = job.precheck.as_ref().and_then(|precheck| precheck.percent);
    let stages = job.stages().map(|stage| (stage.kind.record(), stage.percent));
    std::iter::once((Field::PrecheckStatus, precheck))
        .chain(stages)
        .filter_map(|(record, percent)| {
            let percent = percent.filter(|percent| !percent.is_in_range())?;
            Some(([record, Field::Percent].into(), format!("expected 0 to 100, found {percent}")))
        })
        .collect()
}

pub(super) fn negative_value(job: &SyncJob) -> Places {
    let seconds = |delay: Option<TimeDelta>| negative(delay.map(|delay| delay.num_seconds()));
    let millis = |delay: Option<TimeDelta>| negative(delay.map(|delay| delay.num_milliseconds()));
    let stage = job.synchronization_stage.as_ref();
    let in_stage = |field| Path::from([Field::DataSynchronizationStatus, field]);
    let performance = job.performance.as_ref();
    let in_performance = |field| Path::from([Field::Performance, field]);

    let of_job =
        [(Field::Delay.into(), seconds(job.delay)), (Field::DelayMillis.into(), millis(job.delay_millis))];
    let progress =
        job.stages().map(|stage| ([stage.kind.record(), Field::Progress].into(), negative(stage.progress)));
    let retry = job.retry.as_ref();
    let in_retry = |field| Path::from([Field::RetryState, field]);
    let others = [
        (in_stage(Field::Delay), seconds(stage.and_then(|stage| stage.delay))),
        (in_stage(Field::DelayMillis), millis(stage.and_then(|stage| stage.delay_millis))),
        (in_performance(Field::Rps), negative(performance.and_then(|performance| performance.rps))),
        (in_performance(Field::Flow), negative(performance.and_then(|performance| performance.flow))),
        (in_retry(Field::RetryCount), negative(retry.and_then(|retry| retry.count))),
        (in_retry(Field::RetryTime), seconds(retry.and_then(|retry| retry.elapsed))),
        (in_retry(Field::MaxRetryTime), seconds(retry.and_then(|retry| retry.limit))),
    ];
    of_job
        .into_iter()
        .chain(progress)
        .chain(others)
        .filter_map(|(path, number)| Some((path, format!("expected 0 or more, found {}", number?))))
        .collect()
}

pub(super) fn port_out_of_range(job: &SyncJob) -> Places {
    [(Field::SourceEndpoint, &job.source), (Field::DestinationEndpoint, &job.destination)]
        .into_iter()
        .filter_map(|(record, endpoint)| {
            let port = endpoint.as_ref()?.port.filter(|port| !(1..=65_535).contains(port))?;
            Some(([record, Field::Port].into(), format!("expected 1 to 65535, found {port}")))
        })
        .collect()
}

/// The text of a number below zero.
fn negative<T: PartialOrd + Default + ToString>(number: Option<T>) -> Option<String> {
    number.filter(|number| *number < T::default()).map(|number| number.to_string())
}
