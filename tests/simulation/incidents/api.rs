//! Trouble with the API.

use super::{blips, incident, no_page, page, silence};
use crate::poller::Trouble;
use crate::truth::{DAY, HOUR, MINUTE, Truth};
use crate::wants::{Incident, Wants};

fn with(name: &'static str, every: i64, length: i64, trouble: Trouble, share: f64, wants: Wants) -> Incident {
    incident(name, every, length, Truth::busy(), wants).polled(|polling| {
        polling.trouble = vec![(2 * HOUR, length, trouble, share)];
    })
}

fn at_times(
    name: &'static str,
    length: i64,
    trouble: Trouble,
    times: Vec<(i64, i64)>,
    wants: Wants,
) -> Incident {
    incident(name, 60, length, Truth::busy(), wants).polled(|polling| {
        polling.trouble = times.into_iter().map(|(from, to)| (from, to, trouble, 1.0)).collect();
    })
}

/// From 2 h to 4 h one trouble, and at every seventh minute another one.
fn mixed(most: Trouble, some: Trouble) -> Vec<(i64, i64, Trouble, f64)> {
    let times = (2 * HOUR / MINUTE..4 * HOUR / MINUTE).map(|minute| minute * MINUTE);
    times.map(|from| (from, from + MINUTE, if from / MINUTE % 7 == 3 { some } else { most }, 1.0)).collect()
}

#[rustfmt::skip]
pub(crate) fn incidents() -> Vec<Incident> {
    use Trouble::{Empty, NoAnswer, NoLag, Refused, ServerError, Throttled, Truncated, WebPage};
    let outage = |every: i64| page(2 * HOUR, 2 * HOUR + 6 * MINUTE + 2 * every);
    let two_hours = vec![(2 * HOUR, 4 * HOUR)];
    let short = blips(5, 2 * DAY, 3 * HOUR, 30, 200);
    let dead_source = Truth { slow: vec![(6 * HOUR, 14 * HOUR, 0.0)], ..Truth::busy() };
    vec![
        with("a fifth of the calls throttled", 60, 2 * DAY, Throttled, 0.2, silence()),
        with("a third of the calls throttled, every 10 s", 10, 8 * HOUR, Throttled, 0.33, silence()),
        incident("each fifth call lost, every hour", HOUR, 30 * DAY, Truth::busy(), silence()).polled(
            |polling| {
                polling.trouble = (1..140).map(|n| (n * 5 * HOUR, n * 5 * HOUR + 1, NoAnswer, 1.0)).collect();
            },
        ),
        with("a tenth of the bodies truncated", 60, DAY, Truncated, 0.1, silence()),
        with("a tenth of the answers without a lag", 60, DAY, NoLag, 0.1, no_page()),
        at_times("web pages for up to 3 minutes", 2 * DAY, WebPage, short.clone(), silence()),
        at_times("empty bodies for up to 3 minutes", 2 * DAY, Empty, short.clone(), silence()),
        at_times("server errors for up to 3 minutes", 2 * DAY, ServerError, short, silence()),
        at_times(
            "the API is down for 2 hours",
            8 * HOUR,
            ServerError,
            two_hours.clone(),
            Wants { cleared_by: Some(4 * HOUR + MINUTE), ..outage(60) },
        ),
        at_times("no network for 2 hours", 8 * HOUR, NoAnswer, two_hours.clone(), outage(60)),
        at_times("no lag for 2 hours", 8 * HOUR, NoLag, two_hours.clone(), outage(60)),
        at_times("the key is refused", 8 * HOUR, Refused, two_hours, page(2 * HOUR, 2 * HOUR + MINUTE)),
        incident("the key is refused, some calls throttled", 60, 8 * HOUR, Truth::busy(), page(2 * HOUR, 2 * HOUR + MINUTE)).polled(|polling| polling.trouble = mixed(Refused, Throttled)),
        incident("dead replication, some answers without a lag", 60, 14 * HOUR, dead_source.clone(), page(6 * HOUR, 6 * HOUR + 13 * MINUTE)).polled(|polling| {
            polling.trouble =
                (0..120).map(|n| HOUR + n * 7 * MINUTE).map(|from| (from, from + 1, NoLag, 1.0)).collect();
        }),
        incident("dead replication, a fifth of the calls throttled", 60, 14 * HOUR, dead_source, page(6 * HOUR, 6 * HOUR + 16 * MINUTE)).polled(|polling| polling.trouble = vec![(HOUR, 14 * HOUR, Throttled, 0.2)]),
        incident(
            "lag of 20 minutes, some answers lost",
            60,
            10 * HOUR,
            Truth { slow: vec![(2 * HOUR, 5 * HOUR, 60.0)], ..Truth::busy() },
            page(2 * HOUR, 3 * HOUR),
        )
        .polled(|polling| polling.trouble = vec![(HOUR, 10 * HOUR, NoLag, 0.2)]),
    ]
}
