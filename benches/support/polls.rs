//! Writes archives of polls, one record a line. `-- --write` of the bench `archive` prints one:
//!
//!     cargo bench --features cli --bench archive -- --write story               # testdata/archive/story.ndjson
//!     cargo bench --features cli --bench archive -- --write 1000000             # whole bodies, one poll a minute
//!     cargo bench --features cli --bench archive -- --write 10080 --every 60 --jobs 2
//!
//! The story: a job falls behind, stops, fails, is restarted, catches up, is paused and resumed.

use std::error::Error;
use std::io::{self, BufWriter, ErrorKind, Write};

/// Prints the archive that the arguments ask for. A reader that closes the pipe early is no error.
pub(crate) fn print(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let mut output = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let mut arguments = arguments.iter();
    let first = arguments.next().ok_or("--write needs a number of polls, or `story`")?;
    let written = if first == "story" {
        (0..STORY_MINUTES).try_for_each(|minute| {
            let state = State::at(minute as f64);
            writeln!(output, "{{\"observed_at\":{},\"body\":{}}}", START + minute * 60, state.brief())
        })
    } else {
        let count = first.parse()?;
        let (mut every, mut jobs) = (60, 1);
        while let Some(name) = arguments.next() {
            let value = arguments.next().ok_or("a value is missing")?.parse()?;
            match name.as_str() {
                "--every" => every = value,
                "--jobs" => jobs = value,
                _ => return Err(format!("no option {name}").into()),
            }
        }
        archive(&mut output, count, every, jobs)
    };
    match written.and_then(|()| output.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// 2021-01-14T06:00:00Z.
const START: i64 = 1_610_604_000;
const STORY_MINUTES: i64 = 180;

/// Statements per second of a job whose checkpoint does not move.
const STALLED_RPS: i64 = 30;

/// Writes an archive in which the job is well most of the time, and the story happens every other day.
fn archive(output: &mut impl Write, count: i64, every: i64, jobs: i64) -> io::Result<()> {
    /// Minutes from one story to the next.
    const CYCLE: f64 = 2.0 * 24.0 * 60.0;
    let body = Body::new();
    for poll in 0..count {
        let (index, job) = (poll / jobs, poll % jobs);
        let at = START + index * every;
        let minute = (index * every) as f64 / 60.0 + job as f64 * 400.0;
        // In an archive shorter than one cycle the story fills the middle.
        let length = count as f64 / jobs as f64 * every as f64 / 60.0;
        let within = if length < CYCLE {
            (minute - length / 4.0) * STORY_MINUTES as f64 / length * 2.0
        } else {
            minute % CYCLE - CYCLE / 3.0
        };
        let mut state = State::at(within);
        // The checkpoint of a stalled job must not move, so its lag gets no noise.
        if state.status == "Synchronizing" && state.rps != STALLED_RPS {
            state.lag += noise(poll);
        }
        write!(output, "{{\"observed_at\":{at},\"body\":")?;
        body.write(output, &state, at, job)?;
        output.write_all(b"}\n")?;
    }
    Ok(())
}

/// The job at some minute of the story.
struct State {
    at: i64,
    status: &'static str,
    /// In seconds.
    lag: i64,
    rps: i64,
    /// True if the answer has a delay.
    has_delay: bool,
    error: &'static str,
}

impl State {
    /// Returns the job at this minute of the story; before and after the story it is well.
    fn at(minute: f64) -> Self {
        let between = |from: f64, to: f64| (minute >= from && minute < to).then_some(minute - from);
        let running = |lag: f64, rps| State {
            at: START + (minute * 60.0) as i64,
            status: "Synchronizing",
            lag: lag as i64,
            rps,
            has_delay: true,
            error: "",
        };
        let broken =
            |status, has_delay, lag: f64, error| State { status, has_delay, error, ..running(lag, 0) };
        const LOST: &str = "DTS-070211: Connect Source DB failed. cause: Communications link failure";
        if let Some(minutes) = between(30.0, 50.0) {
            // The lag grows by 32 s a minute.
            running(3.0 + minutes * 32.0, 210)
        } else if let Some(minutes) = between(50.0, 65.0) {
            // The checkpoint does not move.
            running(643.0 + minutes * 60.0, STALLED_RPS)
        } else if let Some(minutes) = between(65.0, 80.0) {
            broken("Retrying", true, 1543.0 + minutes * 60.0, LOST)
        } else if let Some(minutes) = between(80.0, 100.0) {
            broken("Failed", false, 2443.0 + minutes * 60.0, LOST)
        } else if let Some(minutes) = between(100.0, 122.0) {
            // The job catches up.
            running(3643.0 - minutes * 165.0, 900)
        } else if let Some(minutes) = between(135.0, 155.0) {
            broken("Suspending", false, 3.0 + minutes * 60.0, "")
        } else if let Some(minutes) = between(155.0, 165.0) {
            running(1203.0 - minutes * 120.0, 800)
        } else {
            running(3.0, 40)
        }
    }

    fn checkpoint(&self, at: i64) -> i64 {
        at - self.lag
    }

    /// Returns a body with only those fields that change from poll to poll.
    fn brief(&self) -> String {
        let mut body = format!(
            "{{\"SynchronizationJobId\":\"dtsexjk1alb116****\",\"Status\":\"{}\",\"Checkpoint\":\"{}\"",
            self.status,
            self.checkpoint(self.at)
        );
        if self.has_delay {
            body += &format!(",\"Delay\":\"{}\"", self.lag);
            body += &format!(",\"Performance\":{{\"RPS\":\"{}\",\"FLOW\":\"{}\"}}", self.rps, self.flow());
        }
        if !self.error.is_empty() {
            body += &format!(",\"ErrorMessage\":\"{}\"", self.error);
        }
        body + "}"
    }

    fn flow(&self) -> String {
        format!("{:.2}MB/s", self.rps as f64 / 400.0)
    }
}

/// The documented sample on one line, with many tables, cut into the pieces between the values that change.
struct Body {
    pieces: Vec<String>,
}

const CHANGING: [(&str, &str); 7] = [
    ("\"Delay\": \"0\"", "\"Delay\":"),
    ("\"DelayMillis\": 0", "\"DelayMillis\":"),
    ("\"synchronizing\"", ""),
    ("\"ErrMessage\": \"\"", "\"ErrorMessage\":"),
    ("\"1610616144\"", ""),
    ("\"dtsexjk1alb116****\"", ""),
    ("\"RPS\": \"0\"", "\"RPS\":"),
];

impl Body {
    fn new() -> Self {
        let sample = include_str!("../../testdata/docs-en.json");
        let tables: Vec<_> = (0..60).map(|table| format!("\"customer_orders_{table:02}\"")).collect();
        let line: String = sample.lines().map(str::trim).collect();
        let line =
            line.replacen("\"TableIncludes\": []", &format!("\"TableIncludes\": [{}]", tables.join(",")), 1);
        let mut pieces = Vec::new();
        let mut rest = line.as_str();
        for (old, new) in CHANGING {
            let (before, after) = rest.split_once(old).expect("the sample has these values in this order");
            pieces.push(format!("{before}{new}").replace("\": ", "\":"));
            rest = after;
        }
        pieces.push(rest.replace("\": ", "\":"));
        Body { pieces }
    }

    fn write(&self, output: &mut impl Write, state: &State, at: i64, job: i64) -> io::Result<()> {
        let State { status, lag, rps, has_delay, error, .. } = state;
        let [a, b, c, d, e, f, g, h] = self.pieces.as_slice() else { unreachable!() };
        let checkpoint = state.checkpoint(at);
        write!(output, "{a}")?;
        if *has_delay {
            write!(output, "\"{lag}\"{b}{lag}000{c}")?;
        } else {
            write!(output, "\"\"{b}null{c}")?;
        }
        write!(
            output,
            "\"{status}\"{d}\"{error}\"{e}\"{checkpoint}\"{f}\"dtsexjk1alb11{job:05}\"{g}\"{rps}\"{h}"
        )
    }
}

/// Returns 0 to 7 seconds, which differ from poll to poll.
fn noise(poll: i64) -> i64 {
    let mut bits = (poll as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits ^= bits >> 29;
    (bits.wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 61) as i64
}
