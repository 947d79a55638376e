//! `dts-status check` as a plugin of a monitoring system: its line, its exit statuses, and files of output.

use std::fs;

use crate::polls::STORY;
use crate::run::{directory, documented, run};

const SAMPLE: &str = "testdata/docs-en.json";
const NOW: &str = "1610616150";

#[test]
fn a_plugin_that_can_not_judge_says_so_on_standard_output() {
    for (arguments, reason) in [
        (&["no/such/file"][..], "no/such/file: No such file or directory"),
        (&["--no-such-option"], "unexpected argument '--no-such-option' found"),
        (
            &[SAMPLE, "--lag-warn", "soon"],
            "invalid value 'soon' for '--lag-warn <DURATION>': expected a length of time",
        ),
        (&[SAMPLE, "--policy", "no/such/policy"], "no/such/policy: No such file or directory"),
        (&[SAMPLE, "--lag-warn", "9m", "--lag-critical", "1m"], "lag"),
        (
            &[SAMPLE, "--reverse", SAMPLE, "--direction", "reverse"],
            "--reverse can't be used with --direction reverse",
        ),
        (&[SAMPLE, "--out", "no/such/folder/out"], "no/such/folder/out: No such file or directory"),
        (&["--archive", "no/such/file"], "no/such/file: No such file or directory"),
        (&["--archive", STORY, "--state", "no/such/state"], "no/such/state: No such file or directory"),
        (&["--previous", SAMPLE, SAMPLE], "--previous needs --previous-at"),
    ] {
        for output in [&["--output", "nagios"][..], &["--output=nagios"], &["-o", "nagios"], &["-onagios"]] {
            let outcome = run(["check"].iter().chain(output).chain(arguments)).finish();
            assert_eq!(outcome.exit, 3, "{arguments:?}");
            let line = outcome.stdout.strip_prefix("DTS UNKNOWN - ").unwrap_or_else(|| panic!("{outcome:?}"));
            assert!(line.contains(reason), "{arguments:?}: {line}");
            assert_eq!(line.lines().count(), 1, "{line}");
        }
    }
    // A name that would start performance data, or move the cursor.
    let outcome = run(["check", "-o", "nagios", "a|b\u{1b}[2J"]).finish();
    let line = outcome.stdout.trim_end();
    assert!(line.starts_with("DTS UNKNOWN - a¦b\\u") && line.contains("[2J: No such file"), "{line}");
    assert!(!line.contains(char::is_control), "{line}");
    // Other outputs have the exit statuses of the command.
    assert_eq!(run(["check", "-o", "json", "no/such/file"]).finish().exit, 66);
    assert_eq!(run(["check", "--", "--output", "nagios"]).finish().exit, 3, "two files, which are jobs");
}

#[cfg(target_os = "linux")]
#[test]
fn a_plugin_without_room_for_its_output_is_unknown() {
    for (output, exit) in [("nagios", 3), ("text", 74), ("openmetrics", 74)] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let arguments = ["check", "--now", NOW, "--output", output, SAMPLE];
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_dts-status"));
        let ended = command.args(arguments).stdout(full).output().unwrap();
        assert_eq!(ended.status.code(), Some(exit), "{output}");
        assert!(String::from_utf8(ended.stderr).unwrap().contains("No space left"), "{output}");
    }
}

#[test]
fn exit_zero_hides_the_verdict_but_no_mistake() {
    for (arguments, plain) in [
        (&["testdata/lagging.json", "--now", NOW][..], 1),
        (&["testdata/errors/login-page.html"], 3),
        (&["--archive", STORY], 2),
        (&["--archive", STORY, "--output", "nagios"], 0),
        (&[SAMPLE, "testdata/errors/login-page.html", "--now", NOW], 3),
    ] {
        let outcome = run(["check"].iter().chain(arguments)).finish();
        assert_eq!(outcome.exit, plain, "{arguments:?}");
        let zero = run(["check", "--exit-zero"].iter().chain(arguments)).finish();
        assert_eq!((zero.exit, zero.stdout), (0, outcome.stdout), "{arguments:?}");
    }
    assert_eq!(run(["check", "--exit-zero", "no/such/file"]).finish().exit, 66);
    assert_eq!(run(["check", "--exit-zero", "--bogus"]).finish().exit, 64);
}

#[test]
fn the_file_of_output_is_replaced_in_one_step() {
    let folder = directory("plugin-out");
    let out = folder.join("dts.prom");
    let name = out.to_str().unwrap();
    for output in ["text", "json", "nagios", "openmetrics", "prometheus", "health-json"] {
        for arguments in [
            &["check", "--now", NOW, SAMPLE][..],
            &["check", "--archive", STORY],
            &["check", "--now", NOW, SAMPLE, STORY],
        ] {
            let expected = run(arguments.iter().chain(&["--output", output])).finish();
            let outcome = run(arguments.iter().chain(&["--output", output, "--out", name])).finish();
            assert_eq!((outcome.exit, outcome.stdout.as_str()), (expected.exit, ""), "{output}");
            assert_eq!(fs::read_to_string(&out).unwrap(), expected.stdout, "{output}");
        }
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "no temporary file is left");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&out).unwrap().permissions().mode() & 0o7777, 0o644);
    }
    // A run that fails leaves the old file.
    let before = fs::read_to_string(&out).unwrap();
    assert_eq!(run(["check", "no/such/file", "--out", name]).finish().exit, 66);
    assert_eq!(
        run(["encode", "--to", "xml", "testdata/errors/login-page.html", "--out", name]).finish().exit,
        65
    );
    assert_eq!(fs::read_to_string(&out).unwrap(), before);
    // Colours are for terminals, unless they are asked for.
    let colored = |arguments: &[&str]| {
        run(["check", "--now", NOW, SAMPLE, "--out", name].iter().chain(arguments)).finish();
        fs::read_to_string(&out).unwrap().contains('\u{1b}')
    };
    assert_eq!((colored(&[]), colored(&["--color", "always"])), (false, true));
    // A dash is standard output, and a device stays one.
    assert!(run(["check", "--now", NOW, SAMPLE, "--out", "-"]).finish().stdout.starts_with("HEALTHY"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        assert_eq!(run(["check", "--now", NOW, SAMPLE, "--out", "/dev/null"]).finish().exit, 0);
        assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
    }
}

#[test]
fn encode_writes_a_file_too() {
    let out = directory("plugin-encode").join("clean.xml");
    let outcome = run(["encode", "--to", "xml", "--out", out.to_str().unwrap()]).input(documented()).finish();
    assert_eq!((outcome.exit, outcome.stdout.as_str()), (0, ""));
    let expected = run(["encode", "--to", "xml"]).input(documented()).finish().stdout;
    assert_eq!(fs::read_to_string(&out).unwrap(), expected);
}
