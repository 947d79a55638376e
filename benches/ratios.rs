//! How the crate compares with what a user would write instead: `cargo bench --bench ratios` prints the tables.
//!
//! What stands in bold misses its goal. `-- --test` runs everything once.

mod support;

use support::bodies::{self, Syntax};
use support::candidates::{self, Candidate};
use support::measure::{Effort, best};

/// The most that the first candidate may take of a baseline's time, by the baseline's name.
const GOALS: [(&str, f64); 5] = [
    ("serde_json derive", 1.0),
    ("quick-xml events", 1.5),
    ("quick-xml derive", 0.4),
    ("serde_json to_vec", 1.2),
    ("quick-xml writer", 1.2),
];

fn main() {
    let effort = Effort::from_args();
    candidates::check_baselines();
    for syntax in Syntax::BOTH {
        println!("\n## {}: decode, in µs\n", syntax.name());
        let bodies = [
            ("documented", bodies::documented(syntax).to_owned()),
            ("minified", bodies::minified(syntax)),
            ("1,000 items", bodies::items(syntax, 1_000)),
            ("20,000 items", bodies::items(syntax, 20_000)),
            ("1,000 tables", bodies::objects(syntax, 100)),
            ("20,000 tables", bodies::objects(syntax, 2_000)),
        ];
        compare(&bodies, |body| candidates::decoders(syntax, body), effort);

        println!("\n## {}: encode, in µs\n", syntax.name());
        let [documented, _, items, ..] = bodies;
        compare(&[documented, items], |body| candidates::encoders(syntax, body), effort);
    }
}

/// One table: a row for each body, a time for each candidate, and the first candidate's part of each other's.
fn compare<'a>(
    bodies: &'a [(&str, String)],
    candidates: impl Fn(&'a str) -> Vec<Candidate<'a>>,
    effort: Effort,
) {
    for (row, (name, body)) in bodies.iter().enumerate() {
        let candidates = candidates(body);
        if row == 0 {
            header(&candidates);
        }
        let times = best(&candidates, effort);
        print!("| {name} | {} |", body.len());
        times.iter().for_each(|time| print!(" {:.2} |", time / 1e3));
        for (candidate, time) in candidates.iter().zip(&times).skip(1) {
            print!(" {} |", against(times[0] / time, goal(candidate.name)));
        }
        println!();
    }
}

fn header(candidates: &[Candidate<'_>]) {
    print!("| body | bytes |");
    candidates.iter().for_each(|candidate| print!(" {} |", candidate.name));
    for Candidate { name, .. } in &candidates[1..] {
        match goal(name) {
            Some(goal) => print!(" ÷ {name}, at most {goal} |"),
            None => print!(" ÷ {name} |"),
        }
    }
    println!("\n|---|{}", "--:|".repeat(2 * candidates.len()));
}

fn goal(name: &str) -> Option<f64> {
    GOALS.iter().find(|(baseline, _)| *baseline == name).map(|(_, goal)| *goal)
}

/// The ratio, in bold where it misses the goal.
fn against(ratio: f64, goal: Option<f64>) -> String {
    if goal.is_some_and(|goal| ratio > goal) { format!("**{ratio:.2}**") } else { format!("{ratio:.2}") }
}
