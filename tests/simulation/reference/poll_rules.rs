//! The rules about whole polls: what a status lasts (rule 4), and what is held (rule 3).

use aliyun_dts_status::health::Verdict;
use chrono::{DateTime, Utc};

use super::line::{self, Kind, Lag, Line, Since};
use super::{HOLD_LAST, Item, Reference};
use crate::judge::secs;
use crate::poller::Poll;
use crate::truth::DAY;

/// The findings about a lag, which stay while the lag is unknown.
const OF_LAG: [&str; 8] = [
    "LAG_HIGH",
    "LAG_CRITICAL",
    "LAG_GROWING",
    "LAG_CHECKPOINT_CONFLICT",
    "CHECKPOINT_STALLED",
    "IDLE_SOURCE_SUSPECTED",
    "IDLE_SOURCE_DOUBTED",
    "LOG_RETENTION_RISK",
];

impl Reference {
    /// The lines of the polls that say what the job does, the latest first.
    pub(crate) fn answers(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().rev().filter(|line| line.kind == Kind::Answer)
    }

    /// Rule 4: judges the poll with the time since which its status lasts.
    pub(crate) fn read(&self, poll: &Poll) -> Line {
        let mut line = Line::new(poll, &line::assess(poll, None));
        let known = self.lines.last().and_then(|before| before.since.clone());
        let job = poll.outcome.response.as_ref().and_then(|response| response.job());
        let status = job.and_then(|job| job.status.clone());
        let since = match status {
            Some(status) if known.as_ref().is_none_or(|since| since.status != status) => {
                Some(Since { status, first: line.at, exact: known.is_some() })
            }
            _ => known.clone(),
        };
        if let Some(since) = &since {
            line.items = items_since(poll, &line, since);
        }
        line.since = if line.kind == Kind::Answer { since } else { known };
        line
    }

    /// Rule 3: a poll that says nothing keeps the verdict of the last one that did.
    pub(crate) fn rule_3_held(&self, line: &mut Line) {
        match line.kind {
            Kind::Nothing => self.hold_all(line),
            Kind::Answer if line.lag == Lag::Unknown => self.hold_lag(line),
            _ => {}
        }
    }

    fn hold_all(&self, line: &mut Line) {
        let Some(last) = self.lines.iter().rev().find(|line| line.kind != Kind::Nothing) else { return };
        let is_first = self.lines.last().is_some_and(|before| before.kind != Kind::Nothing);
        if is_first || line.at - last.at <= secs(HOLD_LAST) {
            line.items.iter_mut().for_each(Item::soften);
            line.held = Some(last.to_hold.clone());
        }
    }

    fn hold_lag(&self, line: &mut Line) {
        let only = line.items.iter().filter(|item| item.floor == Some(Verdict::Unknown)).count() == 1;
        let Some(good) = self.answers().find(|line| line.lag != Lag::Unknown) else { return };
        let is_first = self.answers().next().is_some_and(|before| before.lag != Lag::Unknown);
        if !only || !is_first && line.at - good.at > secs(HOLD_LAST) {
            return;
        }
        for item in line.items.iter_mut().filter(|item| item.code == "LAG_UNKNOWN") {
            item.floor = None;
        }
        line.items.extend(good.items.iter().filter(|item| OF_LAG.contains(&&*item.code)).cloned());
    }
}

fn items_since(poll: &Poll, line: &Line, since: &Since) -> Vec<Item> {
    if !since.exact && poll.context.since.is_some() {
        return line.items.clone();
    }
    let by_checkpoint =
        !since.exact && matches!(since.status.as_str(), "Suspending" | "Failed" | "MigrationFailed");
    let checkpoint = line.checkpoint.filter(|_| by_checkpoint);
    let begin = checkpoint.map_or(since.first, |checkpoint| checkpoint.min(since.first));
    let mut items: Vec<Item> = line::assess(poll, Some(begin)).findings().iter().map(Item::from).collect();
    if !since.exact {
        estimate(&mut items, since.first, poll.context.now);
    }
    items
}

/// What a begin that is not exact allows: no floor Unrecoverable, unless the status was seen for the whole time.
fn estimate(items: &mut [Item], first: DateTime<Utc>, now: DateTime<Utc>) {
    let seen = now - first >= secs(7 * DAY);
    for item in items.iter_mut().filter(|_| !seen) {
        match &*item.code {
            "SUSPEND_OVER_HARD_LIMIT" => item.floor = Some(Verdict::Suspended),
            "RECOVERY_WINDOW_EXPIRED" => item.floor = None,
            _ => {}
        }
    }
}
