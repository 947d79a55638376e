//! Two polls compared, and the times from which a value did not change (rule 2).

use aliyun_dts_status::health::Severity;
use chrono::{DateTime, TimeDelta, Utc};

use super::line::{Kind, Line};
use super::{Item, MIN_INTERVAL, Reference};
use crate::judge::secs;

const STALL_AFTER: i64 = 300;
const INIT_STALL_AFTER: i64 = 1800;
const TOLERANCE: i64 = 60;
const REGRESS_TOLERANCE: i64 = 300;

pub(crate) const RUNNING: [&str; 6] =
    ["Synchronizing", "Migrating", "Retrying", "Modifying", "Upgrade", "Downgrade"];

impl Reference {
    /// Rule 2: adds what differs between this poll and the base, and what did not change for long.
    pub(crate) fn rule_2_compare(&self, line: &mut Line) {
        if line.kind != Kind::Answer {
            return;
        }
        let mut items = Vec::new();
        if let Some(base) = self.base(line.at) {
            items.extend(status_change(base, line));
            items.extend(checkpoint_back(base, line));
            items.extend(slope(base, line));
        }
        if self.stalled_for(line) >= secs(STALL_AFTER) && line.status_in(&RUNNING) {
            items.push(Item::warning("CHECKPOINT_STALLED", "Trend"));
        }
        for stage in 0..line.stages.len() {
            if self.stage_stalled_for(line, stage) >= secs(INIT_STALL_AFTER) {
                items.push(Item::warning("INIT_STALLED", "Trend"));
            }
        }
        line.items.extend(items);
    }

    /// The poll to compare with: the latest mark that is old enough.
    fn base(&self, now: DateTime<Utc>) -> Option<&Line> {
        let marks = self.marks.iter().rev().map(|mark| &self.lines[*mark]);
        marks.take(2).find(|mark| now - mark.at >= secs(MIN_INTERVAL))
    }

    /// How long the checkpoint has not advanced, the job running or failed throughout.
    fn stalled_for(&self, line: &Line) -> TimeDelta {
        let Some(checkpoint) = line.checkpoint else { return TimeDelta::zero() };
        let mut first = line.at;
        for earlier in self.answers() {
            if !earlier.status_in(&RUNNING) && !earlier.status_in(&["Failed", "MigrationFailed"]) {
                break;
            }
            match earlier.checkpoint {
                None => {}
                Some(before) if before >= checkpoint && before - checkpoint <= secs(TOLERANCE) => {
                    first = earlier.at;
                }
                Some(_) => break,
            }
        }
        line.at - first
    }

    /// How long the progress of a stage has not changed, the stage Migrating throughout.
    fn stage_stalled_for(&self, line: &Line, stage: usize) -> TimeDelta {
        let (true, Some(progress)) = line.stages[stage] else { return TimeDelta::zero() };
        let same = |earlier: &&Line| earlier.stages[stage] == (true, Some(progress));
        self.answers().take_while(same).last().map_or(TimeDelta::zero(), |first| line.at - first.at)
    }
}

/// The place of a status in the life of a job.
fn stage_of_life(status: &str) -> Option<u8> {
    Some(match status {
        "NotConfigured" => 0,
        "NotStarted" => 1,
        "Prechecking" | "PrecheckFailed" => 2,
        "PreCheckPass" => 3,
        "Initializing" | "InitializeFailed" => 4,
        "Synchronizing" | "Migrating" | "Retrying" | "Failed" | "MigrationFailed" | "ModifyFailed"
        | "Suspending" | "Modifying" | "Upgrade" | "Downgrade" | "Locked" => 5,
        "Finished" => 6,
        _ => return None,
    })
}

/// STATUS_REGRESSED. The other findings about a change of status decide nothing.
fn status_change(base: &Line, line: &Line) -> Option<Item> {
    let before = stage_of_life(base.status.as_ref()?.as_str())?;
    let now = stage_of_life(line.status.as_ref()?.as_str())?;
    (now < before && before != 6).then(|| Item::warning("STATUS_REGRESSED", "Trend"))
}

fn checkpoint_back(base: &Line, line: &Line) -> Option<Item> {
    let back = base.checkpoint? - line.checkpoint?;
    if back <= TimeDelta::zero() || !line.status_in(&RUNNING) {
        return None;
    }
    let interrupted =
        base.status_in(&["Failed", "MigrationFailed", "Suspending", "Retrying", "Upgrade", "Downgrade"]);
    let harmless = back <= secs(TOLERANCE) || interrupted && back <= secs(REGRESS_TOLERANCE);
    Some(if harmless {
        Item::notice("CHECKPOINT_REGRESSED", "Trend")
    } else {
        Item::warning("CHECKPOINT_REGRESSED", "Trend")
    })
}

fn slope(base: &Line, line: &Line) -> Option<Item> {
    let (before, now) = (base.lag.known()?, line.lag.known()?);
    if now <= secs(TOLERANCE) {
        return None;
    }
    let seconds = |time: TimeDelta| time.num_milliseconds() as f64 / 1000.0;
    let slope = seconds(now - before) / seconds(line.at - base.at);
    if slope >= 0.5 {
        Some(Item::warning("LAG_GROWING", "Trend"))
    } else if slope < 0.0 {
        Some(Item::new("LAG_SHRINKING", Severity::Info, None, "Trend"))
    } else {
        None
    }
}
