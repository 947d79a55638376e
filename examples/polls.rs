//! Writes an archive of polls, one record a line, to standard output.
//!
//!     cargo run --release --example polls -- story               # testdata/archive/story.ndjson
//!     cargo run --release --example polls -- 1000000             # full bodies, a poll a minute
//!     cargo run --release --example polls -- 10080 --every 60 --jobs 2
//!
//! What happens is made up, and the same each time: a job that falls behind, stalls, fails, recovers, is paused
//! and resumed.

use std::error::Error;
use std::io::{self, BufWriter, ErrorKind, Write};

fn main() -> Result<(), Box<dyn Error>> {
    let mut output = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let mut args = std::env::args().skip(1);
    let first = args.next().ok_or("how many polls, or `story`?")?;
    let written = if first == "story" {
        (0..STORY_MINUTES).try_for_each(|minute| {
            let moment = Moment::of(minute as f64);
            writeln!(output, "{{\"observed_at\":{},\"body\":{}}}", START + minute * 60, moment.brief())
        })
    } else {
        let count: i64 = first.parse()?;
        let (mut every, mut jobs) = (60, 1);
        while let Some(name) = args.next() {
            let value = args.next().ok_or("a value is missing")?.parse()?;
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

/// The statements a second of a job whose checkpoint stands still.
const STILL: i64 = 30;

/// A whole archive: most of the time nothing happens, and once in a while the story does.
fn archive(output: &mut impl Write, count: i64, every: i64, jobs: i64) -> io::Result<()> {
    /// So often the story happens, in minutes: every other day.
    const CYCLE: f64 = 2.0 * 24.0 * 60.0;
    let body = Body::new();
    for poll in 0..count {
        let (index, job) = (poll / jobs, poll % jobs);
        let at = START + index * every;
        let minute = (index * every) as f64 / 60.0 + job as f64 * 400.0;
        // In an archive shorter than a cycle the story fills the middle.
        let length = count as f64 / jobs as f64 * every as f64 / 60.0;
        let within = if length < CYCLE {
            (minute - length / 4.0) * STORY_MINUTES as f64 / length * 2.0
        } else {
            minute % CYCLE - CYCLE / 3.0
        };
        let mut moment = Moment::of(within);
        // What stands still must not tremble.
        if moment.status == "Synchronizing" && moment.rps != STILL {
            moment.lag += noise(poll);
        }
        write!(output, "{{\"observed_at\":{at},\"body\":")?;
        body.write(output, &moment, at, job)?;
        output.write_all(b"}\n")?;
    }
    Ok(())
}

/// How the job is at some time.
struct Moment {
    at: i64,
    status: &'static str,
    /// In seconds.
    lag: i64,
    rps: i64,
    /// Whether DTS tells a delay at all.
    tells: bool,
    error: &'static str,
}

impl Moment {
    /// How it is at this minute of the story; before and after it all is well.
    fn of(minute: f64) -> Self {
        let between = |from: f64, to: f64| (minute >= from && minute < to).then_some(minute - from);
        let running = |lag: f64, rps| Moment {
            at: START + (minute * 60.0) as i64,
            status: "Synchronizing",
            lag: lag as i64,
            rps,
            tells: true,
            error: "",
        };
        let broken = |status, tells, lag: f64, error| Moment { status, tells, error, ..running(lag, 0) };
        const LOST: &str = "DTS-070211: Connect Source DB failed. cause: Communications link failure";
        if let Some(minutes) = between(30.0, 50.0) {
            // Falls behind, half a minute a minute and more.
            running(3.0 + minutes * 32.0, 210)
        } else if let Some(minutes) = between(50.0, 65.0) {
            // Stands still.
            running(643.0 + minutes * 60.0, STILL)
        } else if let Some(minutes) = between(65.0, 80.0) {
            broken("Retrying", true, 1543.0 + minutes * 60.0, LOST)
        } else if let Some(minutes) = between(80.0, 100.0) {
            broken("Failed", false, 2443.0 + minutes * 60.0, LOST)
        } else if let Some(minutes) = between(100.0, 122.0) {
            // Catches up.
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

    /// What changes from poll to poll, and nothing else.
    fn brief(&self) -> String {
        let mut body = format!(
            "{{\"SynchronizationJobId\":\"dtsexjk1alb116****\",\"Status\":\"{}\",\"Checkpoint\":\"{}\"",
            self.status,
            self.checkpoint(self.at)
        );
        if self.tells {
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

/// The documented sample on one line with a schema of many tables, cut where values change.
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
        let sample = include_str!("../testdata/docs-en.json");
        let tables: Vec<_> = (0..60).map(|table| format!("\"customer_orders_{table:02}\"")).collect();
        let line: String = sample.lines().map(str::trim).collect();
        let line =
            line.replacen("\"TableIncludes\": []", &format!("\"TableIncludes\": [{}]", tables.join(",")), 1);
        let mut pieces = Vec::new();
        let mut rest = line.as_str();
        for (old, new) in CHANGING {
            let (before, after) = rest.split_once(old).expect("the sample has it, in this order");
            pieces.push(format!("{before}{new}").replace("\": ", "\":"));
            rest = after;
        }
        pieces.push(rest.replace("\": ", "\":"));
        Body { pieces }
    }

    fn write(&self, output: &mut impl Write, moment: &Moment, at: i64, job: i64) -> io::Result<()> {
        let Moment { status, lag, rps, tells, error, .. } = moment;
        let [a, b, c, d, e, f, g, h] = self.pieces.as_slice() else { unreachable!() };
        let checkpoint = moment.checkpoint(at);
        write!(output, "{a}")?;
        if *tells {
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

/// A few seconds, never the same twice in a row for long.
fn noise(poll: i64) -> i64 {
    let mut bits = (poll as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits ^= bits >> 29;
    (bits.wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 61) as i64
}
