//! The crate against the reference, on random series of polls.

use aliyun_dts_status::health::Trackers;

use crate::incidents;
use crate::judge::{Judge, Judged};
use crate::poller::Poll;
use crate::reference::References;
use crate::series::series;

const SERIES: u64 = 300;
const POLLS: usize = 120;

/// The place of the first poll that the two judge differently, and what both say.
fn first_difference(polls: &[Poll]) -> Option<(usize, Judged, Judged)> {
    let (mut reference, mut crate_) = (References::default(), Trackers::default());
    polls.iter().enumerate().find_map(|(index, poll)| {
        let (one, other) = (reference.judge(poll), crate_.judge(poll));
        one.differs(&other).then_some((index, one, other))
    })
}

/// The shortest series found that still ends in a difference.
fn shortest(mut polls: Vec<Poll>) -> Vec<Poll> {
    let mut size = polls.len().div_ceil(2);
    while size > 0 {
        let mut start = 0;
        while start < polls.len() {
            let mut fewer = polls.clone();
            fewer.drain(start..(start + size).min(polls.len()));
            match first_difference(&fewer) {
                Some((index, ..)) => {
                    fewer.truncate(index + 1);
                    polls = fewer;
                }
                None => start += size,
            }
        }
        size /= 2;
    }
    polls
}

fn explain(polls: &[Poll]) -> String {
    let (mut reference, mut crate_) = (References::default(), Trackers::default());
    let mut lines = Vec::new();
    for poll in polls {
        let (one, other) = (reference.judge(poll), crate_.judge(poll));
        lines.push(format!("{}\n      reference {one}\n      crate     {other}", poll.summary()));
    }
    lines.join("\n")
}

#[test]
fn the_crate_agrees_with_the_reference_on_random_series() {
    let mut differing = Vec::new();
    for seed in 0..SERIES {
        let polls = series(seed, POLLS, seed % 4 == 3);
        if let Some((index, ..)) = first_difference(&polls) {
            differing.push((seed, polls[..=index].to_vec()));
        }
    }
    let Some((seed, polls)) = differing.first().cloned() else { return };
    let found = shortest(polls);
    panic!(
        "{} of {SERIES} series differ; the first, of seed {seed}, made short:\n{}",
        differing.len(),
        explain(&found)
    );
}

#[test]
fn the_crate_agrees_with_the_reference_on_the_incidents() {
    let (mut names, mut differing) = (Vec::new(), Vec::new());
    for (index, incident) in incidents::all().iter().enumerate() {
        let (mut reference, mut crate_) = (References::default(), Trackers::default());
        let mut differences = Vec::new();
        for poll in incident.polls(index as u64) {
            let (one, other) = (reference.judge(&poll), crate_.judge(&poll));
            if one.differs(&other) {
                differences
                    .push(format!("{}\n      reference {one}\n      crate     {other}", poll.summary()));
            }
        }
        if let Some(first) = differences.first() {
            names.push(incident.name);
            differing.push(format!("{}: {} polls, the first:\n{first}", incident.name, differences.len()));
        }
    }
    assert!(names.is_empty(), "{names:?}\n{}", differing.join("\n"));
}
