//! What really happens to a job: a source that writes, a target that applies, and the states in between.

use std::collections::VecDeque;

use aliyun_dts_status::SyncJob;
use aliyun_dts_status::model::{
    DataRate, Endpoint, InitializationStage, JobStatus, PayType, Percent, Performance, StageStatus,
    SynchronizationStage,
};
use chrono::{DateTime, TimeDelta, Utc};

use crate::random::Random;

pub(crate) const MINUTE: i64 = 60;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;

/// The id of every simulated job.
pub(crate) const JOB: &str = "dtsexjk1alb116wxyz";

/// The time that is this many seconds after the start of an incident. An incident starts at midnight.
pub(crate) fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_006_400 + seconds, 0).unwrap()
}

/// The truth about one direction of a job. Times are seconds after the start of the incident.
#[derive(Clone)]
pub(crate) struct Truth {
    /// Records that the source writes each second.
    pub(crate) writes: Load,
    /// Records that the target applies each second at most.
    pub(crate) applies: f64,
    /// From, to, and what the target applies each second in that time.
    pub(crate) slow: Vec<(i64, i64, f64)>,
    /// When, and the number of records in one transaction.
    pub(crate) transactions: Vec<(i64, f64)>,
    /// From, to, and the state of the job in that time. It is running otherwise.
    pub(crate) states: Vec<(i64, i64, State)>,
    /// A lag that is made up instead of following from the rates.
    pub(crate) wave: Option<Wave>,
    pub(crate) engine: &'static str,
    /// How Delay behaves while the source writes nothing.
    pub(crate) idle_delay: IdleDelay,
    /// When a subscription ends; none is paid as used.
    pub(crate) expires: Option<i64>,
    /// The seconds by which the source's clock is ahead.
    pub(crate) source_clock: i64,
    /// When the target is restarted from a point this many seconds earlier.
    pub(crate) replays: Vec<(i64, i64)>,
}

#[derive(Clone, Copy)]
pub(crate) enum Load {
    Steady(f64),
    /// This rate at the start of each period, and another in the rest.
    Periodic {
        period: i64,
        length: i64,
        rate: f64,
        rest: f64,
    },
    /// This rate from eight to eighteen o'clock on the first five days of a week, and another in the rest.
    Office {
        rate: f64,
        rest: f64,
    },
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum State {
    Running,
    Retrying,
    Paused,
    Failed(&'static str),
    /// Failed in its incremental stage, while Status says Synchronizing.
    DeadInside,
    /// Copies rows at a steady pace.
    Loading,
    /// Copies rows, but makes no progress.
    LoadStuck,
    InitializeFailed,
    Modifying,
    ModifyFailed,
    Upgrading,
    Locked,
    Ended,
}

#[derive(Clone, Copy)]
pub(crate) struct Wave {
    pub(crate) middle: f64,
    pub(crate) swing: f64,
    pub(crate) period: f64,
    /// The largest random seconds added or taken.
    pub(crate) noise: i64,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum IdleDelay {
    /// Delay is the age of the last record.
    Grows,
    /// Delay is 0, only the Checkpoint ages.
    Zero,
}

impl Truth {
    /// A busy job on a MySQL source that keeps up.
    pub(crate) fn busy() -> Self {
        Truth {
            writes: Load::Steady(100.0),
            applies: 400.0,
            slow: Vec::new(),
            transactions: Vec::new(),
            states: Vec::new(),
            wave: None,
            engine: "MySQL",
            idle_delay: IdleDelay::Grows,
            expires: None,
            source_clock: 0,
            replays: Vec::new(),
        }
    }

    fn state(&self, t: i64) -> (State, i64) {
        let found = self.states.iter().find(|(from, to, _)| (*from..*to).contains(&t));
        found.map_or((State::Running, 0), |(from, _, state)| (*state, *from))
    }
}

/// A running simulation of one direction.
pub(crate) struct Simulation {
    truth: Truth,
    random: Random,
    t: i64,
    step: i64,
    /// Records that are written and not applied: when written, how many.
    waiting: VecDeque<(i64, f64)>,
    last_write: i64,
    rps: f64,
    rows: i64,
}

impl Simulation {
    pub(crate) fn new(truth: Truth, seed: u64, step: i64) -> Self {
        let waiting = VecDeque::new();
        Simulation { truth, random: Random::new(seed), t: 0, step, waiting, last_write: 0, rps: 0.0, rows: 0 }
    }

    /// The job as the API would answer at this time, which is not earlier than that of the last call.
    pub(crate) fn answer_at(&mut self, t: i64) -> SyncJob {
        while self.t < t {
            self.advance((t - self.t).min(self.step));
        }
        self.answer()
    }

    fn advance(&mut self, seconds: i64) {
        self.t += seconds;
        let t = self.t;
        let (state, _) = self.truth.state(t);
        let written = self.truth.writes.rate(t) * seconds as f64;
        let once = |(when, _): &&(i64, f64)| (t - seconds..t).contains(when);
        let transactions: f64 = self.truth.transactions.iter().filter(once).map(|(_, records)| records).sum();
        if written + transactions > 0.0 {
            self.waiting.push_back((t, written + transactions));
            self.last_write = t;
        }
        if state == State::Loading {
            self.rows += 1000 * seconds;
        }
        for (when, back) in &self.truth.replays {
            if (t - seconds..t).contains(when) {
                self.waiting.push_front((t - back, self.truth.applies * *back as f64 / 4.0));
            }
        }
        self.apply(state, seconds);
    }

    fn apply(&mut self, state: State, seconds: i64) {
        let slow = self.truth.slow.iter().find(|(from, to, _)| (*from..*to).contains(&self.t));
        let rate = match state {
            State::Running | State::Modifying => slow.map_or(self.truth.applies, |(_, _, rate)| *rate),
            _ => 0.0,
        };
        let mut room = rate * seconds as f64;
        while let Some((_, records)) = self.waiting.front_mut() {
            let taken = records.min(room);
            *records -= taken;
            room -= taken;
            if *records > 0.0 {
                break;
            }
            self.waiting.pop_front();
        }
        self.rps = ((rate * seconds as f64 - room) / seconds as f64).ceil();
    }

    /// The time of the oldest record that is not applied, or of what was applied last.
    fn checkpoint(&mut self) -> i64 {
        if let Some(wave) = self.truth.wave {
            let angle = self.t as f64 / wave.period * std::f64::consts::TAU;
            let noise = self.random.between(-wave.noise, wave.noise) as f64;
            return self.t - (wave.middle + wave.swing * angle.sin() + noise).max(0.0) as i64;
        }
        let heartbeat = self.truth.engine != "MySQL";
        match self.waiting.front() {
            Some((written, _)) => written - self.step.min(*written),
            None if heartbeat => self.t,
            None => self.last_write,
        }
    }

    fn answer(&mut self) -> SyncJob {
        let (state, since) = self.truth.state(self.t);
        let checkpoint = self.checkpoint() + self.truth.source_clock;
        let mut job = SyncJob::default();
        job.success = Some(true);
        job.job_id = Some(JOB.into());
        job.job_name = Some("orders".into());
        job.status = Some(state.status());
        job.data_initialization = Some(true);
        job.structure_initialization = Some(true);
        job.source = Some(endpoint(self.truth.engine));
        job.pay_type = Some(PayType::PostPaid);
        if let Some(end) = self.truth.expires {
            (job.pay_type, job.expire_time) = (Some(PayType::PrePaid), Some(at(end)));
        }
        if let State::Loading | State::LoadStuck | State::InitializeFailed = state {
            job.data_stage = Some(self.load(state, since));
            return job;
        }
        let idle = self.waiting.is_empty() && self.truth.wave.is_none();
        let age = (self.t - checkpoint).max(0);
        let delay = if idle && self.truth.idle_delay == IdleDelay::Zero { 0 } else { age };
        job.delay = TimeDelta::try_seconds(delay);
        job.delay_millis = TimeDelta::try_milliseconds(delay * 1000 + self.random.between(0, 999));
        job.checkpoint = Some(at(checkpoint));
        job.performance = Some(performance(if self.truth.wave.is_some() { 100.0 } else { self.rps }));
        job.data_stage = Some(stage(StageStatus::Finished, 200_001));
        let mut incremental = SynchronizationStage::default();
        incremental.status = Some(match state {
            State::Failed(_) | State::DeadInside => StageStatus::Failed,
            State::Paused => StageStatus::Suspending,
            _ => StageStatus::Migrating,
        });
        job.synchronization_stage = Some(incremental);
        if let State::Failed(message) = state {
            job.error_message = Some(message.into());
        }
        job
    }

    fn load(&self, state: State, since: i64) -> InitializationStage {
        let status =
            if state == State::InitializeFailed { StageStatus::Failed } else { StageStatus::Migrating };
        let mut load = stage(status, self.rows);
        let end = self.truth.states.iter().find(|(from, ..)| *from == since).map_or(self.t, |(_, to, _)| *to);
        let share = (self.t - since) as f64 / (end - since).max(1) as f64;
        load.percent = Percent::new((share * 100.0).floor());
        load
    }
}

impl Load {
    fn rate(self, t: i64) -> f64 {
        match self {
            Load::Steady(rate) => rate,
            Load::Periodic { period, length, rate, rest } => {
                if t.rem_euclid(period) < length {
                    rate
                } else {
                    rest
                }
            }
            Load::Office { rate, rest } => {
                let workday = t.div_euclid(DAY).rem_euclid(7) < 5;
                let open = (8 * HOUR..18 * HOUR).contains(&t.rem_euclid(DAY));
                if workday && open { rate } else { rest }
            }
        }
    }
}

impl State {
    fn status(self) -> JobStatus {
        match self {
            State::Running | State::DeadInside => JobStatus::Synchronizing,
            State::Retrying => JobStatus::Retrying,
            State::Paused => JobStatus::Suspending,
            State::Failed(_) => JobStatus::Failed,
            State::Loading | State::LoadStuck => JobStatus::Initializing,
            State::InitializeFailed => JobStatus::InitializeFailed,
            State::Modifying => JobStatus::Modifying,
            State::ModifyFailed => JobStatus::ModifyFailed,
            State::Upgrading => JobStatus::Upgrade,
            State::Locked => JobStatus::Locked,
            State::Ended => JobStatus::Finished,
        }
    }
}

fn endpoint(engine: &str) -> Endpoint {
    let mut endpoint = Endpoint::default();
    endpoint.engine_name = Some(engine.into());
    endpoint
}

fn stage(status: StageStatus, rows: i64) -> InitializationStage {
    let mut stage = InitializationStage::default();
    (stage.status, stage.progress) = (Some(status), Some(rows));
    stage
}

pub(crate) fn performance(rps: f64) -> Performance {
    let mut performance = Performance::default();
    (performance.rps, performance.flow) = (Some(rps), DataRate::from_mb_per_s(rps / 1000.0));
    performance
}
