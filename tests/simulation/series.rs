//! Random series of polls: jobs that do anything, with lags around every threshold.

use std::borrow::Cow;

use aliyun_dts_status::health::Context;
use aliyun_dts_status::model::{
    Direction, Endpoint, InitializationStage, JobStatus, Loss, PayType, StageStatus, SynchronizationStage,
};
use aliyun_dts_status::{Field, Path, Response, Segment, SyncJob};
use chrono::TimeDelta;

use crate::judge::secs;
use crate::poller::{Poll, Trouble, outcome};
use crate::random::Random;
use crate::truth::{DAY, HOUR, JOB, at, performance};

const INTERVALS: [i64; 9] = [10, 15, 20, 30, 60, 60, 90, 300, HOUR];
const LAGS: [i64; 18] = [0, 5, 40, 48, 49, 55, 60, 61, 100, 179, 180, 300, 480, 481, 600, 601, 2000, 9000];
const TROUBLES: [Trouble; 9] = [
    Trouble::Throttled,
    Trouble::ServerError,
    Trouble::NoAnswer,
    Trouble::WebPage,
    Trouble::Truncated,
    Trouble::Refused,
    Trouble::NotFound,
    Trouble::NoLag,
    Trouble::NoLag,
];
const STATUSES: [JobStatus; 10] = [
    JobStatus::Retrying,
    JobStatus::Suspending,
    JobStatus::Failed,
    JobStatus::Initializing,
    JobStatus::Modifying,
    JobStatus::Upgrade,
    JobStatus::ModifyFailed,
    JobStatus::InitializeFailed,
    JobStatus::Migrating,
    JobStatus::Finished,
];

#[derive(Clone, Copy)]
enum Odd {
    NoStatus,
    NewStatus,
    OtherDirection,
    OtherJob,
    LostDelay,
    Expiring,
    ErrorCode,
    Unrecoverable,
    Caught,
    NoPerformance,
    CheckpointBack,
    Stale,
    Since,
}

const ODDITIES: [Odd; 13] = [
    Odd::NoStatus,
    Odd::NewStatus,
    Odd::OtherDirection,
    Odd::OtherJob,
    Odd::LostDelay,
    Odd::Expiring,
    Odd::ErrorCode,
    Odd::Unrecoverable,
    Odd::Caught,
    Odd::NoPerformance,
    Odd::CheckpointBack,
    Odd::Stale,
    Odd::Since,
];

/// What may happen in a series, each with a share of the polls.
struct Shares {
    trouble: f64,
    status: f64,
    lag: f64,
    quiet: f64,
    clock: f64,
    gap: f64,
    odd: f64,
}

struct World {
    random: Random,
    shares: Shares,
    status: JobStatus,
    lag: i64,
    /// Seconds by which the lag changes each second.
    slope: f64,
    /// The checkpoint stays where it is.
    stuck: bool,
    checkpoint: i64,
    quiet: bool,
    has_delay: bool,
    heartbeat: bool,
    trouble: Option<Trouble>,
    rows: i64,
}

/// A series of this many polls.
pub(crate) fn series(seed: u64, polls: usize, both_directions: bool) -> Vec<Poll> {
    let mut random = Random::new(seed);
    let every = random.pick(&INTERVALS);
    let mut worlds = [World::new(seed * 2), World::new(seed * 2 + 1)];
    let (mut time, mut ahead) = (0, 0);
    let clock = if random.chance(0.3) && !both_directions { worlds[0].shares.clock } else { 0.0 };
    (0..polls)
        .map(|index| {
            let direction = usize::from(both_directions && index % 2 == 1 && !worlds[1].random.chance(0.2));
            let mut passed = if both_directions { (every / 2).max(1) } else { every };
            if random.chance(worlds[0].shares.gap) {
                passed += random.pick(&[120, 290, 301, 2000, 9000, DAY]);
            }
            if random.chance(0.2) {
                passed += random.between(0, every / 3);
            }
            time += passed;
            if random.chance(clock) {
                ahead = random.pick(&[0, 0, -20, -400, -5000, 40, 400]);
            }
            worlds[direction].pass(passed);
            let direction_name = if direction == 0 { Direction::Forward } else { Direction::Reverse };
            let not_after = if ahead > 0 { time } else { time + ahead };
            let context = Context::at(at(time + ahead)).not_after(at(not_after)).job_id(JOB.to_owned());
            let context = context.direction(direction_name.clone());
            let job = worlds[direction].job(time, direction_name);
            let outcome = outcome(job, worlds[direction].trouble);
            worlds[direction].oddity(Poll { time, outcome, context })
        })
        .collect()
}

impl World {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed ^ 0xB0B);
        let shares = Shares {
            trouble: random.pick(&[0.0, 0.02, 0.15]),
            status: random.pick(&[0.0, 0.02, 0.1, 0.3]),
            lag: random.pick(&[0.03, 0.1, 0.4]),
            quiet: random.pick(&[0.0, 0.05, 0.2]),
            clock: random.pick(&[0.02, 0.1]),
            gap: random.pick(&[0.0, 0.01, 0.05]),
            odd: random.pick(&[0.0, 0.0, 0.05, 0.2]),
        };
        World {
            shares,
            status: if random.chance(0.2) { random.pick(&STATUSES) } else { JobStatus::Synchronizing },
            lag: random.pick(&LAGS),
            slope: 0.0,
            stuck: false,
            checkpoint: 0,
            quiet: random.chance(0.3),
            has_delay: random.chance(0.8),
            heartbeat: random.chance(0.2),
            trouble: None,
            rows: 0,
            random,
        }
    }

    fn pass(&mut self, seconds: i64) {
        let random = &mut self.random;
        self.lag = (self.lag as f64 + self.slope * seconds as f64).clamp(0.0, 400_000.0) as i64;
        if random.chance(self.shares.lag) {
            self.slope = random.pick(&[0.0, 0.0, 0.0, 1.0, 1.0, 0.3, -0.2, -1.0, -5.0]);
            self.stuck = random.chance(0.15);
            if random.chance(0.6) {
                self.lag = random.pick(&LAGS);
            }
        }
        if random.chance(self.shares.quiet) {
            self.quiet = !self.quiet;
        }
        if random.chance(self.shares.status) {
            self.status = if random.chance(0.5) { JobStatus::Synchronizing } else { random.pick(&STATUSES) };
        }
        if random.chance(self.shares.trouble) {
            self.trouble = Some(random.pick(&TROUBLES));
        } else if random.chance(0.5) {
            self.trouble = None;
        }
        if random.chance(0.3) {
            self.rows += random.between(0, 9);
        }
    }

    fn job(&mut self, time: i64, direction: Direction) -> SyncJob {
        let pauses = matches!(self.status, JobStatus::Suspending | JobStatus::Failed);
        if !self.stuck && !pauses {
            self.checkpoint = time - self.lag;
        } else {
            self.lag = (time - self.checkpoint).clamp(0, 400_000);
        }
        let mut job = SyncJob::default();
        job.success = Some(true);
        job.job_id = Some(JOB.into());
        job.direction = Some(direction);
        job.status = Some(self.status.clone());
        if self.heartbeat {
            let mut source = Endpoint::default();
            source.engine_name = Some("PostgreSQL".into());
            job.source = Some(source);
        }
        if self.has_delay {
            job.delay = TimeDelta::try_seconds(self.lag);
            let fraction = if self.random.chance(0.2) { self.random.between(0, 999) } else { 0 };
            job.delay_millis = TimeDelta::try_milliseconds(self.lag * 1000 + fraction);
        }
        job.checkpoint = Some(at(self.checkpoint));
        job.performance = Some(performance(if self.quiet { 0.0 } else { 40.0 }));
        self.stages(&mut job);
        job
    }

    /// Something odd about a poll, in a few.
    fn oddity(&mut self, mut poll: Poll) -> Poll {
        if !self.random.chance(self.shares.odd) {
            return poll;
        }
        let odd = self.random.pick(&ODDITIES);
        let Some(Response::Job(job)) = poll.outcome.response.as_mut().map(Cow::to_mut) else { return poll };
        let incremental = job.synchronization_stage.get_or_insert_default();
        match odd {
            Odd::NoStatus => job.status = None,
            Odd::NewStatus => job.status = Some(JobStatus::from("Rebalancing")),
            Odd::OtherDirection => {
                let is_reverse = job.direction == Some(Direction::Reverse);
                job.direction = Some(if is_reverse { Direction::Forward } else { Direction::Reverse });
            }
            Odd::OtherJob => job.job_id = Some("dtsother".into()),
            Odd::LostDelay => {
                let path = Path::from_iter([Segment::Field(Field::Delay)]);
                poll.outcome.losses.push(Loss::new(path, None, "soon"));
            }
            Odd::Expiring => {
                job.pay_type = Some(PayType::PrePaid);
                job.expire_time = Some(at(poll.time + self.random.pick(&[-8, -1, 2, 5]) * DAY));
            }
            Odd::ErrorCode => job.err_code = Some("InternalError".into()),
            Odd::Unrecoverable => incremental.error_message = Some("it cannot be recovered".into()),
            Odd::Caught => incremental.status = Some(StageStatus::Catched),
            Odd::NoPerformance => job.performance = None,
            Odd::CheckpointBack => {
                let back = self.random.pick(&[1, 20, 60, 61, 290, 4000]);
                job.checkpoint = job.checkpoint.map(|time| time - secs(back));
            }
            Odd::Stale => poll.context.observed_at -= secs(400),
            Odd::Since => {
                poll.context.since = Some(at(poll.time - self.random.pick(&[60, 7 * HOUR, 8 * DAY])));
            }
        }
        poll
    }

    fn stages(&mut self, job: &mut SyncJob) {
        let mut incremental = SynchronizationStage::default();
        incremental.status = Some(match self.status {
            JobStatus::Failed => StageStatus::Failed,
            JobStatus::Suspending => StageStatus::Suspending,
            _ if self.random.chance(0.01) => StageStatus::Failed,
            _ => StageStatus::Migrating,
        });
        let mut full = InitializationStage::default();
        full.progress = Some(self.rows);
        full.status = Some(match self.status {
            JobStatus::Initializing => StageStatus::Migrating,
            JobStatus::InitializeFailed => StageStatus::Failed,
            _ => StageStatus::Finished,
        });
        if self.status == JobStatus::Initializing {
            incremental.status = Some(StageStatus::NotStarted);
        }
        (job.synchronization_stage, job.data_stage) = (Some(incremental), Some(full));
    }
}
