//! `dts-status check --archive`: a verdict for each poll of an archive: [`run`].

mod latest;
mod printer;
mod session;

use aliyun_dts_status::model::Direction;

use self::printer::Printer;
use self::session::{Session, StateFile};
use super::arguments::Check;
use crate::archive::{self, Clock, Memory, PollJudge, Progress};
use crate::exit::{Exit, Failure};
use crate::input::Source;
use crate::options::now;
use crate::output::Output;

/// Judges each poll with those before it, and prints its verdict or, at the end, the latest of each job.
pub(super) fn run(check: &Check, sources: Vec<Source>, output: &mut Output) -> Result<Exit, Failure> {
    let sources = archive::by_first_time(sources);
    let progress = Progress::over(&sources);
    let decoder = check.decode.decoder();
    let observed_at = check.first_observed_at();
    let judge = PollJudge {
        memory: Memory::new(Default::default(), check.jobs_limit),
        policy: check.thresholds.policy()?,
        job_id: check.job.clone(),
        direction: check.asked_direction(),
        unnamed_direction: Direction::Forward,
        clock: Clock {
            next: observed_at.or_else(|| check.every.map(|_| now())),
            every: check.every,
            is_live: true,
        },
        compares_all: check.state.is_some(),
        pages: Default::default(),
    };
    let state = check.state.as_deref().map(|path| StateFile {
        path,
        wait: check.state_wait,
        forget: check.forget,
        jobs_limit: check.jobs_limit,
    });
    let printer = Printer::new(check, &sources);
    let session = Session::new(judge, printer, state, &progress, output);
    session.run(|| archive::read(&sources, &decoder, &progress, |lines| session.add(lines))).map_err(
        // A body that can't be judged.
        |failure| match failure.exit {
            Exit::BadBody => Failure { exit: Exit::Verdict(3), ..failure },
            _ => failure,
        },
    )?;
    progress.end();
    session.end()
}
