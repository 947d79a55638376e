//! Rules on the range of single numbers.

use chrono::TimeDelta;

use super::Breaches;
use crate::field::Field;
use crate::model::SyncJob;
use crate::path::Path;

pub(super) fn percent_out_of_range(job: &SyncJob) -> Breaches {
    let percents = [
        (Field::PrecheckStatus, job.precheck.as_ref().and_then(|precheck| precheck.percent)),
        (Field::StructureInitializationStatus, job.structure_stage.as_ref().and_then(|stage| stage.percent)),
        (Field::DataInitializationStatus, job.data_stage.as_ref().and_then(|stage| stage.percent)),
        (
            Field::DataSynchronizationStatus,
            job.synchronization_stage.as_ref().and_then(|stage| stage.percent),
        ),
    ];
    let beyond = percents
        .into_iter()
        .filter_map(|(record, percent)| Some((record, percent.filter(|percent| !percent.is_in_range())?)));
    beyond
        .map(|(record, percent)| {
            ([record, Field::Percent].into(), format!("expected 0 to 100, found {percent}"))
        })
        .collect()
}

pub(super) fn negative_value(job: &SyncJob) -> Breaches {
    let incremental = job.synchronization_stage.as_ref();
    let performance = job.performance.as_ref();
    let seconds = |delay: Option<TimeDelta>| negative(delay.map(|delay| delay.num_seconds()));
    let millis = |delay: Option<TimeDelta>| negative(delay.map(|delay| delay.num_milliseconds()));

    let numbers: [(Path, Option<String>); 8] = [
        (Field::Delay.into(), seconds(job.delay)),
        (Field::DelayMillis.into(), millis(job.delay_millis)),
        (
            [Field::StructureInitializationStatus, Field::Progress].into(),
            negative(job.structure_stage.as_ref().and_then(|stage| stage.progress)),
        ),
        (
            [Field::DataInitializationStatus, Field::Progress].into(),
            negative(job.data_stage.as_ref().and_then(|stage| stage.progress)),
        ),
        (
            [Field::DataSynchronizationStatus, Field::Delay].into(),
            seconds(incremental.and_then(|stage| stage.delay)),
        ),
        (
            [Field::DataSynchronizationStatus, Field::DelayMillis].into(),
            millis(incremental.and_then(|stage| stage.delay_millis)),
        ),
        ([Field::Performance, Field::Rps].into(), negative(performance.and_then(|through| through.rps))),
        ([Field::Performance, Field::Flow].into(), negative(performance.and_then(|through| through.flow))),
    ];
    numbers
        .into_iter()
        .filter_map(|(path, number)| Some((path, format!("expected 0 or more, found {}", number?))))
        .collect()
}

pub(super) fn port_out_of_range(job: &SyncJob) -> Breaches {
    [(Field::SourceEndpoint, &job.source), (Field::DestinationEndpoint, &job.destination)]
        .into_iter()
        .filter_map(|(record, endpoint)| {
            let port = endpoint.as_ref()?.port.filter(|port| !(1..=65_535).contains(port))?;
            Some(([record, Field::Port].into(), format!("expected 1 to 65535, found {port}")))
        })
        .collect()
}

/// The number's text, if it is below zero.
fn negative<T: PartialOrd + Default + ToString>(number: Option<T>) -> Option<String> {
    number.filter(|number| *number < T::default()).map(|number| number.to_string())
}
