//! The rules about lag: when it counts, when it stops, what an idle source excuses, and catching up (rules 5 to 8).

use aliyun_dts_status::health::{Severity, Verdict};
use chrono::{DateTime, TimeDelta, Utc};

use super::line::{Kind, Lag, Line};
use super::{Item, MAX_AGE, Reference};
use crate::judge::secs;
use crate::truth::HOUR;

const LAG_WARN: i64 = 60;
const LAG_CRITICAL: i64 = 600;
const LAG_FOR: i64 = 120;
const CALM_FOR: i64 = 60;
/// 80 % of the threshold.
const CLEAR_WARN: i64 = 48;
const CLEAR_CRITICAL: i64 = 480;
const IDLE_FACTOR: i32 = 3;
const IDLE_BUSY: i64 = HOUR;
const IDLE_UNLEARNT: i64 = HOUR;

const PENDING: [&str; 5] =
    ["LAG_HIGH", "LAG_CRITICAL", "LAG_GROWING", "LAG_CHECKPOINT_CONFLICT", "CHECKPOINT_STALLED"];
const OF_THRESHOLD: [&str; 2] = ["LAG_HIGH", "LAG_CRITICAL"];
const CAUGHT_UP_LATER: [&str; 6] = [
    "LAG_HIGH",
    "LAG_CRITICAL",
    "LAG_GROWING",
    "LAG_CHECKPOINT_CONFLICT",
    "CHECKPOINT_STALLED",
    "LOG_RETENTION_RISK",
];

impl Reference {
    pub(crate) fn lag_rules(&self, line: &mut Line) {
        let before = self.answers().next();
        if let Some(before) = before {
            (line.clock, line.lasted) = (before.clock, before.lasted);
            (line.high, line.critical) = (before.high, before.critical);
            line.catching_up = before.catching_up;
        }
        if line.kind != Kind::Answer {
            return;
        }
        match line.lag {
            Lag::NotJudged => {
                (line.clock, line.lasted) = (None, false);
                (line.high, line.critical) = (false, None);
            }
            Lag::Unknown => {}
            Lag::Known(lag) => {
                self.rule_5_lasts(line, lag);
                self.rule_6_stops(line);
                self.rule_7_idle(line, lag);
            }
        }
        self.rule_8_catching_up(line);
    }

    /// Rule 5: a lag counts once it has lasted.
    fn rule_5_lasts(&self, line: &mut Line, lag: TimeDelta) {
        let high = lag > secs(LAG_WARN);
        if !high {
            if self.calm(line, LAG_WARN) {
                (line.clock, line.lasted) = (None, false);
            }
            return;
        }
        let start = *line.clock.get_or_insert(line.at);
        let before = self.answers().find(|line| line.lag.known().is_some());
        let unseen = before.is_none_or(|before| line.at - before.at > secs(MAX_AGE));
        line.lasted |= line.at - start >= secs(LAG_FOR) || unseen && lag >= secs(LAG_WARN + LAG_FOR);
        if !line.lasted {
            line.items.iter_mut().filter(|item| PENDING.contains(&&*item.code)).for_each(Item::soften);
        }
    }

    /// Rule 6: a finding about the lag that counts stays until the lag is well below its threshold. A lag over the
    /// critical threshold is over the one for warnings too.
    fn rule_6_stops(&self, line: &mut Line) {
        line.high = line.high && !self.calm(line, CLEAR_WARN);
        line.critical = line.critical.filter(|_| !self.calm(line, CLEAR_CRITICAL));
        line.pending = !line.lasted
            && (line.has("LAG_CRITICAL") && line.critical.is_none() || line.has("LAG_HIGH") && !line.high);
        let counts = |code: &str| line.items.iter().any(|item| item.code == code && item.floor.is_some());
        let (high, critical) = (counts("LAG_HIGH"), counts("LAG_CRITICAL"));
        line.high |= high || critical;
        if critical {
            line.critical = Some(Severity::Critical);
        } else if line.critical.is_some() || line.high && !high {
            line.items.retain(|item| !OF_THRESHOLD.contains(&&*item.code));
            line.items.push(match line.critical {
                Some(severity) => Item::new("LAG_CRITICAL", severity, Some(Verdict::Degraded), "Incremental"),
                None => Item::warning("LAG_HIGH", "Incremental"),
            });
        }
    }

    /// Returns true if the lag was at most this many seconds at every poll for a while, two at least, with this one.
    fn calm(&self, line: &Line, most: i64) -> bool {
        let is_low = |lag: Lag| lag.known().is_some_and(|lag| lag <= secs(most));
        if !is_low(line.lag) {
            return false;
        }
        let earlier = self.answers().filter(|earlier| earlier.lag != Lag::Unknown);
        let mut low = earlier.take_while(|earlier| is_low(earlier.lag));
        low.any(|earlier| line.at - earlier.at >= secs(CALM_FOR))
    }

    /// Rule 7: a quiet source excuses a large lag only as far as this job's past does.
    fn rule_7_idle(&self, line: &mut Line, lag: TimeDelta) {
        let Some(suspected) = line.items.iter_mut().find(|item| item.code == "IDLE_SOURCE_SUSPECTED") else {
            return;
        };
        let start = self.spell().last().map_or(line.at, |first| first.at);
        let doubted = if let Some(learnt) = self.learnt() {
            lag > secs(LAG_CRITICAL).max(learnt * IDLE_FACTOR)
        } else if self.busy_since().is_some_and(|busy| start - busy >= secs(IDLE_BUSY)) {
            lag > secs(LAG_CRITICAL)
        } else {
            line.reported.unwrap_or(lag) > secs(IDLE_UNLEARNT)
        };
        if doubted {
            *suspected =
                Item::new("IDLE_SOURCE_DOUBTED", Severity::Critical, Some(Verdict::Degraded), "Incremental");
        }
    }

    /// The quiet polls in a row up to now, the latest first.
    fn spell(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().rev().filter(|line| is_of_spell(line)).take_while(|line| is_quiet(line))
    }

    /// The largest lag of a spell after which the lag was gone at once.
    fn learnt(&self) -> Option<TimeDelta> {
        let mut learnt = None;
        let mut spell: Option<TimeDelta> = None;
        for line in self.lines.iter().filter(|line| is_of_spell(line)) {
            if is_quiet(line) {
                spell = spell.max(line.lag.known());
            } else {
                if line.lag.known().is_some_and(|lag| lag <= secs(LAG_WARN)) {
                    learnt = learnt.max(spell);
                }
                spell = None;
            }
        }
        learnt
    }

    fn busy_since(&self) -> Option<DateTime<Utc>> {
        self.lines.iter().find(|line| line.kind == Kind::Answer && line.rps > Some(0.0)).map(|line| line.at)
    }

    /// Rule 8: while a job catches up after an interruption, its lag is no more than a Warning.
    fn rule_8_catching_up(&self, line: &mut Line) {
        let other = interrupted(line);
        if other {
            line.catching_up = true;
        } else if line.lag.known().is_some_and(|lag| lag <= secs(LAG_WARN)) {
            line.catching_up = false;
        }
        let moves = |line: &Line| interrupted(line) || line.has("LAG_SHRINKING");
        if line.catching_up && (moves(line) || self.answers().take(2).any(moves)) {
            for item in line.items.iter_mut().filter(|item| CAUGHT_UP_LATER.contains(&&*item.code)) {
                item.severity = item.severity.min(Severity::Warning);
            }
            line.critical = line.critical.map(|severity| severity.min(Severity::Warning));
        }
    }
}

fn interrupted(line: &Line) -> bool {
    line.status.is_some() && !line.status_in(&["Synchronizing", "Migrating"])
}

/// A poll with an unknown lag is neither of a spell nor its end.
fn is_of_spell(line: &Line) -> bool {
    line.kind == Kind::Answer && line.lag != Lag::Unknown
}

fn is_quiet(line: &Line) -> bool {
    line.still && line.lag.known().is_some_and(|lag| lag > secs(LAG_WARN))
}
