//! Archives of polls, one a line: read, decoded and judged in their order.

mod clock;
mod memory;
mod order;
mod pieces;
mod poll;
mod poll_judge;
mod problem;
mod problem_lines;
mod progress;
mod reader;
mod signals;
mod start;
mod state;
mod threads;
mod transcode;

pub(crate) use self::clock::Clock;
pub(crate) use self::memory::Memory;
pub(crate) use self::order::by_first_time;
pub(crate) use self::poll::Line;
pub(crate) use self::poll_judge::{JudgedPoll, PollJudge};
pub(crate) use self::problem::LineProblem;
pub(crate) use self::problem_lines::ProblemLines;
pub(crate) use self::progress::Progress;
pub(crate) use self::reader::read;
pub(crate) use self::signals::{OnDrop, until_signal};
pub(crate) use self::state::{Saved, State};
pub(crate) use self::threads::lock;
