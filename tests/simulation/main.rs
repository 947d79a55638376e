//! Verdicts over time, measured: simulated jobs with a known truth are polled, and the verdicts are held against what a
//! person on call wants, and against a second implementation of the same rules.
//!
//! * [`truth`], [`poller`]: what happens to a job, and what a poller sees of it
//! * [`incidents`], [`wants`]: the incidents as data, and how a run is measured
//! * [`series`]: random series of polls
//! * [`reference`]: a second, plain implementation of the rules over time
//! * the tests: [`run`] (every incident), [`agreement`] (random series), [`worsening`] (properties), [`saved`] (state)

mod agreement;
mod incidents;
mod judge;
mod poller;
mod random;
mod reference;
mod run;
mod saved;
mod series;
mod truth;
mod wants;
mod worsening;
