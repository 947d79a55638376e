//! Tables of polls: each line is one poll and what a tracker makes of it.
//!
//! A line is `seconds answer key=value... | verdict REASON exit key=value...`. The answer is a `Status` or one of the
//! words of [`Poll::outcome`]. A running job reports the delay 0 if the line gives no `lag`. After the bar come `-` for
//! no reason, `pending=CODE@since..counts_at`, `held=since`, and the findings in brackets if the line has brackets. A
//! result `*` is not checked.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use aliyun_dts_status::health::{Assessment, Context, FindingCode, Policy, Trackers};
use aliyun_dts_status::model::{
    DataRate, Direction, InitializationStage, JobStatus, Loss, Outcome, StageStatus,
};
use aliyun_dts_status::{Fault, Field, Response, SyncJob, decode};
use chrono::{DateTime, Utc};

use crate::builders::{NOW, at, millis, stage};

/// The job of all tables.
pub(crate) const ID: &str = "dtsorders";

/// Polls a job as the table says, and checks every result.
pub(crate) fn check(name: &str, table: &str) {
    check_by(name, &Policy::default(), table);
}

/// As [`check`], by this policy.
pub(crate) fn check_by(name: &str, policy: &Policy, table: &str) {
    let mut trackers = Trackers::new();
    let (mut expected, mut actual) = (String::new(), String::new());
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (input, output) = line.split_once('|').expect("a bar");
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let assessment = Poll::read(input).observe(&mut trackers, policy);
        if output.trim() == "*" {
            continue;
        }
        writeln!(expected, "{} | {}", words(input), words(output)).unwrap();
        writeln!(actual, "{} | {}", words(input), result(&assessment, output.contains('['))).unwrap();
    }
    assert_eq!(actual, expected, "{name}\nfound:\n{actual}\nexpected:\n{expected}");
}

/// The first poll of a job, polled at this interval from 0 on, whose result has the word. `line` gives the answer.
pub(crate) fn first(interval: i64, word: &str, line: impl Fn(i64) -> String) -> Option<i64> {
    let (mut trackers, policy) = (Trackers::new(), Policy::default());
    let polls = (0..200_000 / interval).map(|poll| poll * interval);
    polls.into_iter().find(|seconds| {
        let line = format!("{seconds} {}", line(*seconds));
        let assessment = Poll::read(&line).observe(&mut trackers, &policy);
        result(&assessment, true).split([' ', '[', ']']).any(|part| part == word)
    })
}

/// Checks that a word appears at the same moment, give or take an interval, however often the job is polled.
pub(crate) fn check_moment(word: &str, expected: i64, line: impl Fn(i64) -> String) {
    for interval in [10, 60, 300] {
        let found = first(interval, word, &line);
        let near = expected - interval..=expected + interval;
        assert!(found.is_some_and(|found| near.contains(&found)), "{word} every {interval} s: {found:?}");
    }
}

/// The result of one poll in the form of a table.
pub(crate) fn result(assessment: &Assessment, with_findings: bool) -> String {
    let reason = assessment.reason().map_or("-", FindingCode::as_str);
    let mut text = format!("{} {reason} {}", assessment.verdict(), assessment.exit_code());
    let seconds = |at: DateTime<Utc>| at.timestamp() - NOW;
    if let Some(pending) = assessment.pending() {
        let (since, counts_at) = (seconds(pending.since), seconds(pending.counts_at));
        write!(text, " pending={}@{since}..{counts_at}", pending.code).unwrap();
    }
    if let Some(since) = assessment.held_since() {
        write!(text, " held={}", seconds(since)).unwrap();
    }
    if with_findings {
        let findings = assessment.findings().iter();
        let findings: Vec<_> =
            findings.map(|finding| format!("{}:{}", finding.code, finding.severity)).collect();
        write!(text, " [{}]", findings.join(" ")).unwrap();
    }
    text
}

/// One poll.
pub(crate) struct Poll<'a> {
    seconds: i64,
    answer: &'a str,
    values: BTreeMap<&'a str, &'a str>,
}

impl<'a> Poll<'a> {
    pub(crate) fn read(input: &'a str) -> Self {
        let mut words = input.split_whitespace();
        let seconds = words.next().and_then(|word| word.parse().ok()).expect("seconds");
        let answer = words.next().expect("an answer");
        let values = words.map(|word| word.split_once('=').expect("key=value")).collect();
        Poll { seconds, answer, values }
    }

    pub(crate) fn observe(&self, trackers: &mut Trackers, policy: &Policy) -> Assessment {
        trackers.observe_outcome(&self.outcome(), &self.context(), policy)
    }

    fn number(&self, key: &str) -> Option<i64> {
        self.values.get(key).map(|value| value.parse().expect("a number"))
    }

    fn context(&self) -> Context {
        let now = at(self.seconds);
        let direction = self.values.get("direction").copied().unwrap_or("Forward");
        Context::at(self.number("now").map_or(now, at))
            .observed_at(now)
            .not_after(self.number("not_after").map_or(now, at))
            .since(self.number("since").map(at))
            .direction(Direction::from(direction))
            .job_id(ID.to_owned())
    }

    /// What came of the poll.
    fn outcome(&self) -> Outcome<'static> {
        let fault = |code: &str| {
            let mut fault = Fault::default();
            fault.code = Some(code.into());
            Outcome::response(Response::Fault(fault))
        };
        let body = |body: &[u8]| Outcome::from(&decode(body).unwrap_err());
        match self.answer {
            "no-answer" => Outcome::no_answer(),
            "throttled" => fault("Throttling.User"),
            "unavailable" => fault("ServiceUnavailable"),
            "refused" => fault("NoPermission"),
            "not-found" => fault("InvalidJobId"),
            "empty-body" => body(b""),
            "truncated" => body(b"{\"Status\": \"Synchro"),
            "web-page" => body(b"<html>Bad gateway</html>"),
            "forbidden-page" => body(b"HTTP/1.1 403 Forbidden\r\n\r\n<html>Forbidden</html>"),
            "no-gateway" => body(b"HTTP/1.1 502 Bad Gateway\r\n\r\n"),
            "not-json" => body(b"no object"),
            "no-status" => {
                let mut job = SyncJob::default();
                job.job_id = Some(ID.into());
                Outcome::response(Response::from(job))
            }
            "other-job" => {
                let mut job = self.job("Synchronizing");
                job.job_id = Some("dtsother".into());
                Outcome::response(Response::from(job))
            }
            "lost-status" => {
                let mut outcome = Outcome::response(Response::from(self.job("Synchronizing")));
                outcome.losses = vec![Loss::new(Field::Status, Some("Synchronizing".into()), "Failed")];
                outcome
            }
            "only-lost-status" => {
                let mut job = SyncJob::default();
                job.job_id = Some(ID.into());
                let mut outcome = Outcome::response(Response::from(job));
                outcome.losses = vec![Loss::new(Field::Status, None, "[]")];
                outcome
            }
            status => Outcome::response(Response::from(self.job(status))),
        }
    }

    /// A job that applies changes, with the values of the line.
    fn job(&self, status: &str) -> SyncJob {
        let mut job = SyncJob::sample();
        (job.job_id, job.task_id) = (Some(ID.into()), None);
        job.status = Some(JobStatus::from(status));
        (job.structure_stage, job.data_stage) = (None, None);
        job.synchronization_stage = self.values.get("inc").and_then(|status| stage(status));
        // A delay in seconds and thousandths; a question mark is an absent one.
        let lag = self.values.get("lag").copied().unwrap_or("0");
        job.delay = None;
        job.delay_millis = (lag != "?").then(|| {
            let seconds: f64 = lag.parse().expect("a lag");
            millis(format!("{:.0}", seconds * 1000.0).parse().unwrap())
        });
        job.checkpoint = self.number("checkpoint").map(at);
        let performance = job.performance.as_mut().unwrap();
        performance.rps = Some(self.number("rps").unwrap_or(40) as f64);
        performance.flow = DataRate::from_mb_per_s(if performance.rps == Some(0.0) { 0.0 } else { 1.0 });
        if self.values.contains_key("rows") || self.values.contains_key("full") {
            let mut full = InitializationStage::default();
            full.status = Some(StageStatus::from(self.values.get("full").copied().unwrap_or("Migrating")));
            full.progress = self.number("rows");
            job.data_stage = Some(full);
        }
        job
    }
}
