//! `dts-status check --archive --state`: nothing that was saved is lost, in runs at the same time, and however a run ends.

#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::run::{RunOutput, directory, run};

fn body(job: &str) -> String {
    format!("{{\"SynchronizationJobId\":\"{job}\",\"Status\":\"Synchronizing\",\"Delay\":0}}\n")
}

fn record(job: &str, seconds: i64) -> String {
    format!("{{\"observed_at\":{},\"body\":{}}}\n", 1_610_616_150 + seconds, body(job).trim())
}

fn check(state: &Path, more: &[&str], input: String) -> RunOutput {
    run(["check", "--archive", "--state", state.to_str().unwrap()].iter().chain(more)).input(input).finish()
}

/// The jobs in a state file.
fn jobs(state: &Path) -> BTreeSet<String> {
    let text = fs::read(state).unwrap();
    let state: Value = serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{error}: {text:?}"));
    let mut jobs = BTreeSet::new();
    collect_job_ids(&state, &mut jobs);
    jobs
}

fn collect_job_ids(value: &Value, jobs: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            jobs.extend(members.get("job_id").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|value| collect_job_ids(value, jobs));
        }
        Value::Array(values) => values.iter().for_each(|value| collect_job_ids(value, jobs)),
        _ => {}
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A run whose input is written bit by bit.
struct Stream(Child);

impl Stream {
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dts-status"));
        command.args(["check", "--archive"]).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        Stream(command.stderr(Stdio::piped()).spawn().unwrap())
    }

    /// Writes a line, and waits for its verdict.
    fn poll(&mut self, line: &str) {
        self.0.stdin.as_mut().unwrap().write_all(line.as_bytes()).unwrap();
        let mut byte = [0];
        // The lines are read without a buffer, which would take more than one of them.
        while byte != *b"\n" {
            std::io::Read::read_exact(self.0.stdout.as_mut().unwrap(), &mut byte).unwrap();
        }
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([name, &self.0.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Ends the input.
    fn close(&mut self) {
        self.0.stdin = None;
    }

    /// The signal that ended the run, and the rest of its output.
    fn end(mut self) -> (Option<i32>, String, String) {
        let stdin = self.0.stdin.take();
        let output = self.0.wait_with_output().unwrap();
        drop(stdin);
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.signal(), text(output.stdout), text(output.stderr))
    }
}

/// Waits until something is so.
fn until(what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..500 {
        if is_so() {
            return;
        }
        thread::sleep(Duration::from_millis(20));
    }
    panic!("{what}: not within 10 s");
}

#[test]
fn runs_at_the_same_time_lose_no_job() {
    let folder = directory("state-at-once");
    let state = folder.join("dts.state");
    let names: BTreeSet<_> = (0..24).map(|number| format!("job{number}")).collect();
    thread::scope(|scope| {
        for name in &names {
            scope.spawn(|| assert_eq!(check(&state, &["--output", "nagios"], body(name)).exit, 0));
        }
    });
    assert_eq!(jobs(&state), names);
    assert_eq!(self::names(&folder), ["dts.state", "dts.state.lock"], "no temporary file is left");
}

#[test]
fn a_killed_run_loses_no_earlier_state() {
    let folder = directory("state-killed");
    let state = folder.join("dts.state");
    let mut known = BTreeSet::new();
    for round in 0..14_u64 {
        let mut stream = Stream::start(&["--state", state.to_str().unwrap()]);
        let mut stdin = stream.0.stdin.take().unwrap();
        let writer = thread::spawn(move || {
            // Until the reader is gone.
            let more = (0..).take_while(|number| {
                stdin.write_all(body(&format!("job{round}-{number}")).as_bytes()).is_ok() && *number < 100
            });
            more.count()
        });
        let mut stdout = BufReader::new(stream.0.stdout.take().unwrap());
        stdout.read_line(&mut String::new()).unwrap();
        let rest = thread::spawn(move || std::io::copy(&mut stdout, &mut std::io::sink()));
        thread::sleep(Duration::from_millis(90 + round * 17 % 120));
        stream.0.kill().unwrap();
        stream.0.wait().unwrap();
        rest.join().unwrap().unwrap();
        writer.join().unwrap();
        if state.exists() {
            let now = jobs(&state);
            assert!(known.is_subset(&now), "round {round}");
            known = now;
        }
    }
    assert!(known.len() > 25, "{}", known.len());
    assert_eq!(check(&state, &[], body("last")).stderr, "");
    assert!(known.is_subset(&jobs(&state)));
    assert_eq!(names(&folder), ["dts.state", "dts.state.lock"], "the next run removes what is left");
}

#[test]
fn a_stream_is_saved_as_it_arrives() {
    let state = directory("state-stream").join("dts.state");
    let mut stream = Stream::start(&["--state", state.to_str().unwrap()]);
    for (index, job) in ["a", "b", "c"].into_iter().enumerate() {
        stream.poll(&body(job));
        until("the state has the poll", || state.exists() && jobs(&state).len() == index + 1);
    }
    stream.0.kill().unwrap();
    assert_eq!(stream.end().0, Some(9));
    assert_eq!(jobs(&state).len(), 3);
}

#[test]
fn a_signal_ends_a_run_with_its_summary_and_its_state() {
    for (name, number) in [("-INT", 2), ("-TERM", 15)] {
        let folder = directory("state-signal");
        let (state, out) = (folder.join("dts.state"), folder.join("out"));
        let [state_name, out_name] = [&state, &out].map(|path| path.to_str().unwrap());
        let mut stream = Stream::start(&["--state", state_name]);
        stream.poll(&body("a"));
        stream.poll(&body("b"));
        stream.signal(name);
        let (signal, stdout, stderr) = stream.end();
        assert_eq!((signal, stdout.as_str(), stderr.as_str()), (Some(number), "\n2 polls: 2 Healthy\n", ""));
        assert_eq!(jobs(&state).len(), 2);

        // The outputs of the latest polls, and a file of output, are written too.
        let mut stream = Stream::start(&["--state", state_name, "--output", "nagios", "--out", out_name]);
        stream.0.stdin.as_mut().unwrap().write_all(body("c").as_bytes()).unwrap();
        until("the state has the poll", || jobs(&state).len() == 3);
        stream.signal(name);
        assert_eq!(stream.end().0, Some(number));
        let line = fs::read_to_string(&out).unwrap();
        assert!(line.starts_with("DTS HEALTHY - c/Forward: "), "{line}");
    }
}

#[test]
fn a_file_that_is_no_state_is_set_aside() {
    let folder = directory("state-broken");
    let state = folder.join("dts.state");
    let broken = ["", "{\"version\":99}", "[", "{\"Status\":\"Synchronizing\"}", "\u{0}\u{0}\u{0}"];
    for text in broken {
        fs::write(&state, text).unwrap();
        let outcome = check(&state, &["--output", "nagios"], body("a"));
        assert_eq!(outcome.exit, 0, "{text}");
        assert!(outcome.stderr.contains("dts.state: not a saved state: "), "{}", outcome.stderr);
        assert!(outcome.stderr.contains("dts.state.broken-2"), "{}", outcome.stderr);
        assert_eq!(jobs(&state).len(), 1);
        assert_eq!(check(&state, &["--output", "nagios"], body("a")).stderr, "");
    }
    let aside = names(&folder).into_iter().filter(|name| name.starts_with("dts.state.broken-"));
    let mut kept: Vec<_> = aside.map(|name| fs::read_to_string(folder.join(name)).unwrap()).collect();
    kept.sort();
    let mut broken = broken.map(str::to_owned);
    broken.sort();
    assert_eq!(kept, broken, "each is kept");
}

#[test]
fn the_mode_is_kept_and_a_link_is_followed() {
    let folder = directory("state-link");
    let (state, link) = (folder.join("dts.state"), folder.join("link"));
    symlink("dts.state", &link).unwrap();
    assert_eq!(check(&link, &[], body("a")).exit, 0);
    fs::set_permissions(&state, fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(check(&link, &[], body("b")).exit, 0);
    assert_eq!(fs::metadata(&state).unwrap().permissions().mode() & 0o7777, 0o640);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(names(&folder), ["dts.state", "dts.state.lock", "link"], "one lock for both names");
    assert_eq!(jobs(&state).len(), 2);
}

#[test]
fn a_run_waits_for_another_one_but_not_forever() {
    let state = directory("state-wait").join("dts.state");
    let name = state.to_str().unwrap();
    let mut stream = Stream::start(&["--state", name]);
    stream.poll(&body("a"));
    let outcome = check(&state, &["--state-wait", "0s"], body("b"));
    let reason = format!(
        "dts-status: {name}: another run uses this state and did not end within 0 s (--state-wait)\n"
    );
    assert_eq!((outcome.exit, outcome.stdout.as_str(), outcome.stderr), (74, "", reason));
    let outcome = check(&state, &["--state-wait", "0s", "--output", "nagios"], body("b"));
    assert_eq!(outcome.exit, 3);
    assert!(outcome.stdout.starts_with("DTS UNKNOWN - ") && outcome.stdout.contains("--state-wait"));
    // It goes on as soon as the other one ends.
    thread::scope(|scope| {
        let waiting = scope.spawn(|| check(&state, &[], body("b")));
        thread::sleep(Duration::from_millis(200));
        assert!(!waiting.is_finished());
        stream.close();
        assert_eq!(waiting.join().unwrap().exit, 0);
    });
    stream.end();
    assert_eq!(jobs(&state).len(), 2);
    // A run that has read nothing yet keeps no other one waiting.
    let mut idle = Stream::start(&["--state", name]);
    assert_eq!(check(&state, &["--state-wait", "0s"], body("c")).exit, 0);
    idle.close();
    idle.end();
}

#[test]
fn polls_of_jobs_beyond_the_limit_are_judged_alone_and_counted() {
    let state = directory("state-limit").join("dts.state");
    let failed = |job: &str, seconds| record(job, seconds).replace("Synchronizing", "Failed");
    let input = ["a", "b", "c"].map(|job| failed(job, 0) + &record(job, 60)).concat();
    let outcome = check(&state, &["--jobs-limit", "2"], input.clone());
    assert_eq!(outcome.stderr, "dts-status: 2 polls of jobs beyond --jobs-limit judged without memory\n");
    assert_eq!(outcome.stdout.matches("RECOVERED").count(), 0);
    assert_eq!(jobs(&state), ["a", "b"].map(str::to_owned).into());
    // The known jobs stay, and what is not kept counts all the same.
    let outcome =
        check(&state, &["--jobs-limit", "2", "--output", "nagios"], record("a", 120) + &failed("d", 0));
    assert_eq!(outcome.exit, 2);
    assert!(
        outcome.stdout.starts_with("DTS FAILED - 1 Failed, 1 Healthy; d/Forward: "),
        "{}",
        outcome.stdout
    );
    assert_eq!(jobs(&state).len(), 2);
}

#[test]
fn jobs_that_are_not_polled_are_forgotten_on_request() {
    let state = directory("state-forget").join("dts.state");
    let day = 86_400;
    assert_eq!(check(&state, &[], record("old", 0) + &record("new", 20 * day)).exit, 0);
    assert_eq!(jobs(&state).len(), 2);
    assert_eq!(check(&state, &["--forget", "30d"], record("new", 29 * day)).exit, 0);
    assert_eq!(jobs(&state).len(), 2);
    assert_eq!(check(&state, &["--forget", "30d"], record("new", 31 * day)).exit, 0);
    assert_eq!(jobs(&state), ["new".to_owned()].into());
}

#[test]
fn an_archive_that_the_state_has_already_is_reported() {
    let state = directory("state-twice").join("dts.state");
    let archive: String = (0..10).map(|minute| record("a", 60 * minute)).collect();
    assert_eq!(check(&state, &[], archive.clone()).stderr, "");
    let again = check(&state, &[], archive);
    assert_eq!(again.exit, 0);
    assert_eq!(
        again.stderr,
        "dts-status: 4 polls out of order: the state has later ones; give it each poll once, and judge an archive again \
         without --state\n"
    );
}

#[test]
fn bodies_without_a_time_have_that_of_reading() {
    let state = directory("state-bare").join("dts.state");
    let arguments = ["--output", "json"];
    assert_eq!(check(&state, &arguments, body("a")).exit, 0);
    assert_eq!(jobs(&state).len(), 1);
    // Several of one second are not out of order.
    let third = check(&state, &arguments, body("a").repeat(3));
    assert_eq!((third.exit, third.stderr.as_str()), (0, ""));
    assert!(!third.stdout.contains("SNAPSHOT_ORDER"), "{}", third.stdout);
    // A time on the command line is that of the poll.
    let at = check(&state, &["--output", "json", "--observed-at", "1610616150"], body("b"));
    assert_eq!(at.exit, 0);
    assert_eq!(jobs(&state).len(), 2);
}

#[test]
fn a_state_that_can_not_be_written_is_74() {
    let folder: PathBuf = directory("state-nowhere");
    let nowhere = folder.join("no/such/dts.state");
    for input in ["", &body("a")] {
        let outcome = check(&nowhere, &[], input.to_owned());
        assert_eq!(outcome.exit, 74, "{outcome:?}");
        assert!(outcome.stderr.contains("no/such/dts.state: No such file"), "{}", outcome.stderr);
    }
    let outcome = check(&folder, &[], body("a"));
    assert_eq!(outcome.exit, 66, "a directory is no state: {outcome:?}");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_no_state_and_stays_one() {
    use std::os::unix::fs::FileTypeExt as _;
    let folder = directory("state-pipe");
    let pipe = folder.join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let link = folder.join("link");
    std::os::unix::fs::symlink(&pipe, &link).unwrap();
    for state in [&pipe, &link] {
        let outcome = check(state, &[], body("a"));
        assert_eq!(outcome.exit, 66, "{outcome:?}");
        assert!(outcome.stderr.contains("not a regular file"), "{}", outcome.stderr);
    }
    assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
    assert_eq!(names(&folder), ["link", "pipe"]);
}

#[test]
fn a_state_that_can_no_longer_be_written_is_no_verdict_of_a_plugin() {
    for (output, exit, lines) in [("nagios", 3, 1), ("openmetrics", 74, 0), ("text", 74, 3)] {
        let folder = directory("state-gone").join("sub");
        fs::create_dir(&folder).unwrap();
        let state = folder.join("dts.state");
        let mut stream = Stream::start(&["--state", state.to_str().unwrap(), "--output", output]);
        stream.0.stdin.as_mut().unwrap().write_all(body("a").as_bytes()).unwrap();
        until("the state has the poll", || state.exists());
        fs::remove_dir_all(&folder).unwrap();
        stream.close();
        let ended = stream.0.wait_with_output().unwrap();
        let (stdout, stderr) =
            [ended.stdout, ended.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).into();
        assert_eq!((ended.status.code(), stdout.lines().count()), (Some(exit), lines), "{stdout}");
        assert!(!stdout.contains("DTS HEALTHY"), "{stdout}");
        assert!(stderr.contains("dts.state: No such file or directory (os error 2)\n"), "{stderr}");
    }
}
