//! The whole archive: [`History`]; what happened in it: [`Event`].

use aliyun_dts_status::health::Policy;
use chrono::TimeDelta;

use super::incident::Incident;
use super::observation::Period;
use super::track::Track;
use crate::archive::ProblemLines;
use crate::options::Zone;

/// The whole archive: a track for each job and direction, sorted by them.
pub(super) struct History {
    pub(super) tracks: Vec<Track>,
    /// True if no poll passed the filters.
    pub(super) is_empty: bool,
    pub(super) problems: ProblemLines,
    pub(super) policy: Policy,
    /// The zone of the times that are printed.
    pub(super) zone: Zone,
}

/// What happened to a job.
pub(super) enum Event<'a> {
    Incident(&'a Incident),
    Gap(&'a Period),
}

impl History {
    /// Numbers the incidents of all jobs in the order of time.
    pub(super) fn number_incidents(&mut self) {
        let mut incidents: Vec<_> = self.tracks.iter_mut().flat_map(|track| &mut track.incidents).collect();
        incidents.sort_by_key(|incident| incident.from);
        for (index, incident) in incidents.into_iter().enumerate() {
            incident.number = index + 1;
        }
    }

    /// The incidents and the gaps of all jobs in the order of time.
    pub(super) fn events(&self) -> Vec<(&Track, Event<'_>)> {
        let mut events: Vec<_> = self
            .tracks
            .iter()
            .flat_map(|track| {
                let incidents = track.incidents.iter().map(Event::Incident);
                incidents.chain(track.gaps.iter().map(Event::Gap)).map(move |event| (track, event))
            })
            .collect();
        // Incidents of one time are in the order of their numbers.
        events.sort_by_key(|(_, event)| match event {
            Event::Incident(incident) => (incident.from, incident.number),
            Event::Gap(gap) => (gap.from, usize::MAX),
        });
        events
    }

    /// The first and the last poll of all.
    pub(super) fn period(&self) -> Option<Period> {
        let periods = || self.tracks.iter().filter_map(|track| track.period.as_ref());
        let from = periods().map(|period| period.from).min()?;
        Some(Period { from, to: periods().map(|period| period.to).max()? })
    }

    /// The number of all polls.
    pub(super) fn polls(&self) -> u64 {
        self.tracks.iter().map(|track| track.polls).sum()
    }

    /// The number of all incidents.
    pub(super) fn incidents(&self) -> usize {
        self.tracks.iter().map(|track| track.incidents.len()).sum()
    }

    /// The length of the longest incident.
    pub(super) fn longest(&self) -> Option<TimeDelta> {
        self.tracks.iter().filter_map(Track::longest).max()
    }
}
