//! What the commands read: directories, times of files, the wrong kind of input.

use std::fs;
use std::time::{Duration, SystemTime};

use serde_json::json;

use crate::run::{directory, documented, run};

const NOW: &str = "1610616150";

/// The names of the files that a command reads of a directory with hidden files and sub-directories.
fn read(arguments: &[&str]) -> (Vec<String>, String) {
    let top = directory("inputs-walk");
    for name in
        ["b.json", "a.xml", ".hidden.json", "sub/c.json", "sub/.d.json", ".git/config", "sub/deep/e.json"]
    {
        let file = top.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, documented()).unwrap();
    }
    let top = top.to_str().unwrap();
    let outcome = run(["check", "--now", NOW, "--output", "json", top].iter().chain(arguments)).finish();
    let jobs = outcome.json()["jobs"].as_array().unwrap().clone();
    let name = |job: &serde_json::Value| job["file"].as_str().unwrap()[top.len() + 1..].to_owned();
    (jobs.iter().map(name).collect(), outcome.stderr.replace(top, "TOP"))
}

#[test]
fn hidden_files_of_a_directory_are_left_out_and_counted() {
    let (names, stderr) = read(&[]);
    assert_eq!(names, ["a.xml", "b.json", "sub/c.json", "sub/deep/e.json"]);
    assert_eq!(stderr, "dts-status: TOP: hidden entries left out: 3; --hidden reads them\n");
    let (names, stderr) = read(&["--hidden"]);
    let all =
        [".git/config", ".hidden.json", "a.xml", "b.json", "sub/.d.json", "sub/c.json", "sub/deep/e.json"];
    assert_eq!((names.as_slice(), stderr.as_str()), (all.map(str::to_owned).as_slice(), ""));
}

#[test]
fn a_pattern_chooses_files_of_a_directory() {
    let names = |arguments: &[&str]| read(arguments).0;
    assert_eq!(names(&["--include", "*.json"]), ["b.json", "sub/c.json", "sub/deep/e.json"]);
    assert_eq!(names(&["--include", "sub/*"]), ["sub/c.json"]);
    assert_eq!(names(&["--include", "sub/**/*.json"]), ["sub/c.json", "sub/deep/e.json"]);
    assert_eq!(names(&["--include", "*.xml", "--include", "c*"]), ["a.xml", "sub/c.json"]);
    assert_eq!(names(&["--include", "*.json", "--hidden"]).len(), 5);
    assert!(names(&["--include", "*.toml"]).is_empty());
    // A file that is named is read, whatever the pattern.
    let outcome =
        run(["check", "--now", NOW, "--include", "*.xml", "testdata/samples/minified.json"]).finish();
    assert_ne!(outcome.exit, 66, "{outcome:?}");
    let outcome = run(["check", "--include", "[", "testdata"]).finish();
    assert_eq!(outcome.exit, 64);
}

/// A picture of a timeline is often kept with its archive.
#[test]
fn pictures_of_a_directory_are_left_out_and_counted() {
    let top = directory("inputs-pictures");
    let record = format!(
        "{{\"observed_at\":{NOW},\"body\":{{\"SynchronizationJobId\":\"a\",\"Status\":\"Failed\"}}}}\n"
    );
    fs::write(top.join("polls.ndjson"), record).unwrap();
    fs::write(top.join("lag.svg"), "<svg>\n</svg>\n").unwrap();
    fs::write(top.join("lag.PNG"), "PNG").unwrap();
    // A body has any other name.
    fs::write(top.join("svg"), "<svg></svg>\n").unwrap();
    let top = top.to_str().unwrap();
    let damaged = |arguments: &[&str]| {
        let outcome = run(["check", "--archive", "--output", "json", top].iter().chain(arguments)).finish();
        let summary = outcome.stdout.lines().last().unwrap().to_owned();
        let summary: serde_json::Value = serde_json::from_str(&summary).unwrap();
        (summary["summary"]["skipped"]["undecodable"]["lines"].clone(), outcome.stderr.replace(top, "TOP"))
    };
    let (lines, stderr) = damaged(&[]);
    assert_eq!(lines, 1);
    assert!(
        stderr.starts_with("dts-status: TOP: pictures left out: 2; --include GLOB reads them\n"),
        "{stderr}"
    );
    let (lines, stderr) = damaged(&["--include", "*"]);
    assert_eq!(lines, 4);
    assert!(!stderr.contains("left out"), "{stderr}");
}

#[test]
fn every_command_of_directories_has_these_options() {
    let top = directory("inputs-commands");
    let record = format!(
        "{{\"observed_at\":{NOW},\"body\":{{\"SynchronizationJobId\":\"a\",\"Status\":\"Failed\"}}}}\n"
    );
    fs::write(top.join(".a.json"), &record).unwrap();
    fs::write(top.join("b.log"), "no body").unwrap();
    let top = top.to_str().unwrap();
    for command in [&["check", "--archive"][..], &["decode"], &["timeline"]] {
        let outcome = run(command.iter().chain(&[top, "--hidden", "--include", "*.json"])).finish();
        assert!(
            outcome.stdout.contains("Failed") || outcome.stdout.contains("FAILED"),
            "{command:?}: {outcome:?}"
        );
        assert!(!outcome.stderr.contains("b.log"), "{command:?}: {outcome:?}");
    }
}

#[test]
fn a_body_of_an_earlier_time_gets_a_note() {
    let folder = directory("inputs-mtime");
    let file = folder.join("captured.json");
    fs::write(&file, documented()).unwrap();
    let name = file.to_str().unwrap();
    let captured = SystemTime::UNIX_EPOCH + Duration::from_secs(1_610_616_150);
    fs::File::options().write(true).open(&file).unwrap().set_modified(captured).unwrap();

    let note = format!(
        "dts-status: {name}: judged as received now, with an old Checkpoint; if it was captured earlier, give the \
         time: --observed-at TIME, or --observed-at mtime for the time of its file; --now TIME judges it as of then\n"
    );
    let outcome = run(["check", name]).finish();
    assert_eq!((outcome.exit, outcome.stderr), (2, note));
    let both = run(["check", name, name]).finish().stderr;
    assert!(both.starts_with(&format!("dts-status: {name} and 1 more: judged")), "{both}");

    // Not where a time is given, or nothing is old.
    for arguments in [&["--now", NOW][..], &["--observed-at", NOW], &["--observed-at", "mtime"]] {
        let outcome = run(["check", name].iter().chain(arguments)).finish();
        assert_eq!(outcome.stderr, "", "{arguments:?}");
    }
    let record = format!("{{\"observed_at\":{NOW},\"body\":{}}}", documented());
    assert_eq!(run(["check"]).input(record).finish().stderr, "");
    let fresh = r#"{"SynchronizationJobId":"a","Status":"Synchronizing","Delay":0}"#;
    assert_eq!(run(["check"]).input(fresh).finish().stderr, "");

    let object = run(["check", "--output", "json", "--observed-at", "mtime", name]).finish().json();
    assert_eq!((&object["reason"], &object["lag_seconds"]), (&json!("OBSERVATION_STALE"), &json!(6)));
    let outcome = run(["check", "--now", NOW, "--observed-at", "mtime", name]).finish();
    assert_eq!(outcome.exit, 0);
    for arguments in [&[][..], &["-"], &[name, "-"]] {
        let outcome = run(["check", "--observed-at", "mtime"].iter().chain(arguments)).finish();
        assert_eq!(outcome.exit, 64, "standard input has no such time");
    }
}

#[test]
fn one_body_given_as_an_archive_is_refused_without_noise() {
    for file in ["testdata/docs-en.json", "testdata/docs-en.xml"] {
        let message = format!(
            "dts-status: {file}: one body, not an archive of one poll a line; `dts-status check` without --archive \
             reads it\n"
        );
        for (command, exit) in [(&["check", "--archive"][..], 3), (&["timeline"], 65)] {
            let outcome = run(command.iter().chain(&[file])).finish();
            assert_eq!((outcome.exit, outcome.stdout.as_str()), (exit, ""), "{command:?}");
            assert_eq!(outcome.stderr, message, "{command:?}");
        }
    }
    let outcome = run(["check", "--archive", "--output", "nagios", "testdata/docs-en.json"]).finish();
    assert_eq!(outcome.exit, 3);
    assert!(outcome.stdout.starts_with("DTS UNKNOWN - testdata/docs-en.json: one body, "), "{outcome:?}");
}
