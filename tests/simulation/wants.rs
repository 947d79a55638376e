//! What a person on call wants of an incident, and what a judge gives. A page is the exit status entering 2 or 3.

use crate::judge::Judge;
use crate::poller::{Poll, Polling, Polls};
use crate::truth::{DAY, Truth};
use aliyun_dts_status::model::Direction;

/// One incident as data. Times are seconds after its start.
pub(crate) struct Incident {
    pub(crate) name: &'static str,
    pub(crate) length: i64,
    pub(crate) forward: Truth,
    pub(crate) polling: Polling,
    /// The other direction of a two-way job, and how it is polled.
    pub(crate) reverse: Option<(Truth, Polling)>,
    pub(crate) wants: Wants,
}

#[derive(Clone, Default)]
pub(crate) struct Wants {
    /// One page is wanted: not before, by, and no longer right after.
    pub(crate) page: Option<(i64, i64)>,
    /// A warning or a page is wanted: not before, by.
    pub(crate) warn: Option<(i64, i64)>,
    /// The exit status is 0 from then on.
    pub(crate) cleared_by: Option<i64>,
    /// From, to: one page is excused, because the job's past cannot explain it yet.
    pub(crate) excused: Option<(i64, i64)>,
    /// The most times that a warning may begin; none is any number.
    pub(crate) most_warnings: Option<usize>,
}

/// What a judge gave.
#[derive(Default)]
pub(crate) struct Run {
    /// The times at which a page began.
    pub(crate) pages: Vec<i64>,
    /// The times at which the exit status left 0.
    pub(crate) warnings: Vec<i64>,
    pub(crate) transitions: usize,
    pub(crate) polls: usize,
    last_trouble: Option<i64>,
}

impl Incident {
    /// All polls in the order of time; of two directions, Forward first.
    pub(crate) fn polls(&self, seed: u64) -> impl Iterator<Item = Poll> {
        let polls = |truth: &Truth, polling: &Polling, direction, seed| {
            Polls::new(truth.clone(), polling.clone(), direction, self.length, seed)
        };
        let mut forward = polls(&self.forward, &self.polling, Direction::Forward, seed).peekable();
        let reverse = self.reverse.as_ref();
        let reverse = reverse.map(|(truth, polling)| polls(truth, polling, Direction::Reverse, seed + 1));
        let mut reverse = reverse.into_iter().flatten().peekable();
        std::iter::from_fn(move || match (forward.peek(), reverse.peek()) {
            (Some(one), Some(other)) if other.time < one.time => reverse.next(),
            (Some(_), _) => forward.next(),
            (None, _) => reverse.next(),
        })
    }

    pub(crate) fn run(&self, judge: &mut dyn Judge, seed: u64) -> Run {
        let mut run = Run::default();
        let mut exits = [0, 0];
        for poll in self.polls(seed) {
            let is_reverse = poll.context.requested_direction == Direction::Reverse;
            let before = crate::reference::worst(exits[0], exits[1]);
            exits[usize::from(is_reverse)] = judge.judge(&poll).exit;
            run.note(poll.time, before, crate::reference::worst(exits[0], exits[1]));
            if self.polling.restart_every.is_some_and(|every| run.polls.is_multiple_of(every)) {
                judge.restart();
            }
        }
        run
    }
}

impl Run {
    fn note(&mut self, time: i64, before: u8, now: u8) {
        self.polls += 1;
        if now >= 2 && before < 2 {
            self.pages.push(time);
        }
        if now >= 1 && before == 0 {
            self.warnings.push(time);
        }
        self.transitions += usize::from(now != before);
        if now > 0 {
            self.last_trouble = Some(time);
        }
    }

    /// Pages that are neither wanted nor excused.
    pub(crate) fn false_pages(&self, wants: &Wants) -> usize {
        let in_time = |window: Option<(i64, i64)>| {
            let window = window.map(|(from, to)| from..=to);
            self.pages
                .iter()
                .filter(|page| window.as_ref().is_some_and(|window| window.contains(page)))
                .count()
        };
        self.pages.len() - in_time(wants.page).min(1) - in_time(wants.excused).min(1)
    }

    /// What is not as wanted; empty if the incident is met.
    pub(crate) fn unmet(&self, wants: &Wants) -> Vec<String> {
        let mut unmet = Vec::new();
        let mut check = |met: bool, what: String| {
            if !met {
                unmet.push(what);
            }
        };
        if let Some((from, by)) = wants.page {
            check(
                self.pages.iter().any(|page| (from..=by).contains(page)),
                format!("no page from {from} s to {by} s"),
            );
        }
        if let Some((from, by)) = wants.warn {
            let warned = self.warnings.iter().any(|warning| (from..=by).contains(warning));
            check(warned, format!("no warning from {from} s to {by} s"));
        }
        let false_pages = self.false_pages(wants);
        check(false_pages == 0, format!("{false_pages} pages too many, pages at {:?} s", first(&self.pages)));
        if let Some(most) = wants.most_warnings {
            let warnings = self.warnings.len();
            check(warnings <= most, format!("{warnings} warnings, at {:?} s", first(&self.warnings)));
        }
        if let Some(by) = wants.cleared_by {
            check(
                self.last_trouble.is_none_or(|last| last < by),
                format!("not cleared, {:?}", self.last_trouble),
            );
        }
        unmet
    }
}

fn first(times: &[i64]) -> &[i64] {
    &times[..times.len().min(6)]
}

/// The line of an incident in the table.
pub(crate) fn row(incident: &Incident, run: &Run) -> String {
    let wants = &incident.wants;
    let delay = |wanted: Option<(i64, i64)>, times: &[i64]| match wanted {
        None => "-".to_owned(),
        Some((from, by)) => {
            let found = times.iter().find(|time| **time >= from);
            format!("{}/{}", found.map_or("never".into(), |time| span(time - from)), span(by - from))
        }
    };
    format!(
        "{:44} {:>5} {:>6.1} {:>13} {:>13} {:>5} {:>8} {:>11}  {}",
        incident.name,
        span(incident.polling.every),
        incident.length as f64 / DAY as f64,
        delay(wants.page, &run.pages),
        delay(wants.warn, &run.warnings),
        run.false_pages(wants),
        run.warnings.len(),
        run.transitions,
        if run.unmet(wants).is_empty() { "as wanted".to_owned() } else { run.unmet(wants).join("; ") },
    )
}

pub(crate) const HEAD: &str = "incident                                     every   days    page after    warn after false warnings transitions";

fn span(seconds: i64) -> String {
    match seconds {
        0..120 => format!("{seconds}s"),
        120..7200 => format!("{}m", seconds / 60),
        7200..172_800 => format!("{:.1}h", seconds as f64 / 3600.0),
        _ => format!("{:.1}d", seconds as f64 / 86400.0),
    }
}
