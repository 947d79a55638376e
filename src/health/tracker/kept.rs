//! What a tracker keeps of an answer: [`Kept`], and how long values have not changed: [`KeptStalls`].

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::packed::{Length, Number, Time};
use crate::health::exact::save_as_list;
use crate::health::facts::lag::{Lag, Source, UsedCheckpoint};
use crate::health::facts::snapshot::Snapshot;
use crate::health::facts::stalls::{Stalls, Unchanged};
use crate::model::JobStatus;

/// A [`Snapshot`] in little space. Of a status that is not known nothing is kept, because no comparison reads it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Kept {
    pub(super) at: Time,
    lag: Option<Length>,
    checkpoint: Option<Time>,
    schema: Option<Number>,
    full: Option<Number>,
    status: Option<Known>,
    lag_source: Source,
    checkpoint_source: Source,
}

/// A known status: its position among them.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Known(u8);

impl Kept {
    pub(super) fn new(snapshot: &Snapshot) -> Self {
        let Snapshot { observed_at, status, lag, checkpoint, schema, full } = snapshot;
        Kept {
            at: Time::new(*observed_at),
            status: status.as_ref().and_then(Known::new),
            lag: lag.map(|lag| Length::new(lag.length)),
            lag_source: lag.map_or(Source::Delay, |lag| lag.source),
            checkpoint: checkpoint.map(|used| Time::new(used.at)),
            checkpoint_source: checkpoint.map_or(Source::Checkpoint, |used| used.source),
            schema: schema.map(Number::new),
            full: full.map(Number::new),
        }
    }

    pub(super) fn each_time(&mut self, change: &mut dyn FnMut(&mut Time)) {
        change(&mut self.at);
        self.checkpoint.as_mut().map(change);
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        let (lag_source, checkpoint_source) = (self.lag_source, self.checkpoint_source);
        let checkpoint = |at: Time| UsedCheckpoint { at: at.get(), source: checkpoint_source };
        Snapshot {
            observed_at: self.at.get(),
            status: self.status.and_then(Known::get).cloned(),
            lag: self.lag.map(|length| Lag { length: length.get(), source: lag_source }),
            checkpoint: self.checkpoint.map(checkpoint),
            schema: self.schema.map(Number::get),
            full: self.full.map(Number::get),
        }
    }
}

impl Known {
    fn new(status: &JobStatus) -> Option<Self> {
        let position = JobStatus::KNOWN.iter().position(|known| known == status)?;
        u8::try_from(position).ok().map(Known)
    }

    fn get(self) -> Option<&'static JobStatus> {
        JobStatus::KNOWN.get(usize::from(self.0))
    }
}

type Saved = (
    Time,
    Option<JobStatus>,
    Option<(Length, Source)>,
    Option<(Time, Source)>,
    Option<Number>,
    Option<Number>,
);

impl Serialize for Kept {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let status = self.status.and_then(Known::get);
        let lag = self.lag.map(|lag| (lag, self.lag_source));
        let checkpoint = self.checkpoint.map(|at| (at, self.checkpoint_source));
        (self.at, status, lag, checkpoint, self.schema, self.full).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Kept {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (at, status, lag, checkpoint, schema, full) = Saved::deserialize(deserializer)?;
        Ok(Kept {
            at,
            status: status.as_ref().and_then(Known::new),
            lag: lag.map(|(lag, _)| lag),
            lag_source: lag.map_or(Source::Delay, |(_, source)| source),
            checkpoint: checkpoint.map(|(at, _)| at),
            checkpoint_source: checkpoint.map_or(Source::Checkpoint, |(_, source)| source),
            schema,
            full,
        })
    }
}

/// [`Stalls`] in little space.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct KeptStalls {
    /// The checkpoint and the first poll with it.
    checkpoint: Option<(Time, Time)>,
    /// Only while a stage is at work.
    progress: Option<Box<Progress>>,
}

/// The progress of the schema and of the full stage, each with the first poll with it.
#[derive(Debug, Clone, PartialEq)]
struct Progress {
    schema: Option<(Number, Time)>,
    full: Option<(Number, Time)>,
}

save_as_list!(KeptStalls { checkpoint, progress });
save_as_list!(Progress { schema, full });

impl KeptStalls {
    pub(super) fn new(stalls: &Stalls) -> Self {
        let progress = |stall: Option<Unchanged<i64>>| {
            stall.map(|stall| (Number::new(stall.value), Time::new(stall.since)))
        };
        let (schema, full) = (progress(stalls.schema), progress(stalls.full));
        let any = schema.is_some() || full.is_some();
        KeptStalls {
            checkpoint: stalls.checkpoint.map(|stall| (Time::new(stall.value), Time::new(stall.since))),
            progress: any.then(|| Box::new(Progress { schema, full })),
        }
    }

    pub(super) fn each_time(&mut self, change: &mut dyn FnMut(&mut Time)) {
        if let Some((checkpoint, since)) = &mut self.checkpoint {
            change(checkpoint);
            change(since);
        }
        if let Some(progress) = &mut self.progress {
            for (_, since) in [&mut progress.schema, &mut progress.full].into_iter().flatten() {
                change(since);
            }
        }
    }

    pub(super) fn stalls(&self) -> Stalls {
        let progress = |stall: Option<(Number, Time)>| {
            stall.map(|(value, since)| Unchanged { value: value.get(), since: since.get() })
        };
        Stalls {
            checkpoint: self
                .checkpoint
                .map(|(value, since)| Unchanged { value: value.get(), since: since.get() }),
            schema: progress(self.progress.as_ref().and_then(|progress| progress.schema)),
            full: progress(self.progress.as_ref().and_then(|progress| progress.full)),
        }
    }
}
