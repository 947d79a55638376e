//! Usage, files, colour and pipes of all commands.

use crate::run::{directory, documented, run};

#[test]
fn wrong_usage_is_64() {
    for arguments in [
        &[][..],
        &["no-such-command"],
        &["decode", "--no-such-option"],
        &["decode", "--output", "yaml"],
        &["decode", "one.json", "two.json"],
        &["decode", "--format", "yaml"],
        &["encode"],
        &["completions", "no-such-shell"],
    ] {
        let outcome = run(arguments).finish();
        assert_eq!(outcome.exit, 64, "{arguments:?}");
        assert_eq!(outcome.stdout, "", "{arguments:?}");
        assert!(outcome.stderr.starts_with("dts-status: "), "{arguments:?}: {}", outcome.stderr);
        assert!(!outcome.stderr.contains("error:"), "{arguments:?}: {}", outcome.stderr);
    }
}

#[test]
fn help_and_version_are_no_errors() {
    for arguments in
        [&["--help"][..], &["-h"], &["help"], &["help", "decode"], &["decode", "--help"], &["--version"]]
    {
        let outcome = run(arguments).finish();
        assert_eq!((outcome.exit, outcome.stderr.as_str()), (0, ""), "{arguments:?}");
        assert!(!outcome.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn the_help_of_every_command_has_examples_and_fits_80_columns() {
    for command in ["check", "decode", "encode", "timeline", "explain", "completions"] {
        let help = run([command, "--help"]).finish().stdout;
        assert!(help.contains(&format!("\nExamples:\n  dts-status {command}")), "{help}");
        assert!(command == "completions" || help.contains("\nExit status"), "{help}");
        // The examples and exit statuses are wrapped by hand; clap would break them anywhere.
        let (_, after) = help.split_once("\nExamples:\n").unwrap();
        for line in after.lines() {
            assert!(line.chars().count() <= 80, "{command}: {line}");
        }
    }
}

#[test]
fn a_file_that_can_not_be_read_is_66() {
    for arguments in [&["decode", "no/such/file"][..], &["encode", "--to", "json", "no/such/file"]] {
        let outcome = run(arguments).finish();
        assert_eq!((outcome.exit, outcome.stdout.as_str()), (66, ""), "{arguments:?}");
        assert!(outcome.stderr.starts_with("dts-status: no/such/file: "), "{}", outcome.stderr);
    }
}

#[test]
fn standard_input_is_the_default_and_a_dash() {
    let body = std::fs::read("testdata/docs-en.json").unwrap();
    let from_file = run(["decode", "testdata/docs-en.json"]).finish().stdout;
    assert_eq!(run(["decode"]).input(body.clone()).finish().stdout, from_file);
    assert_eq!(run(["decode", "-"]).input(body).finish().stdout, from_file);
}

#[test]
fn colour_is_for_terminals_or_on_demand() {
    let colored = |run: crate::run::Run| run.finish().stdout.contains('\u{1b}');
    let file = "testdata/docs-en.json";
    assert!(!colored(run(["decode", file])));
    assert!(!colored(run(["decode", "--color", "never", file])));
    assert!(colored(run(["decode", "--color", "always", file])));
    assert!(colored(run(["--color", "always", "decode", file])));
    assert!(!colored(run(["decode", file]).env("NO_COLOR", "1").env("CLICOLOR_FORCE", "1")));
    assert!(colored(run(["decode", file]).env("CLICOLOR_FORCE", "1")));
    assert!(!colored(run(["decode", "--output", "json", "--color", "always", file])));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let bodies = directory("closed-pipe");
    for name in ["one.json", "two.json"] {
        std::fs::write(bodies.join(name), documented()).unwrap();
    }
    for arguments in [
        &["decode", "testdata/docs-en.json"][..],
        &["decode", bodies.to_str().unwrap()],
        &["decode", "--output", "json", "testdata/docs-en.json"],
        &["encode", "--to", "xml", "testdata/docs-en.json"],
        &["completions", "bash"],
        &["--help"],
    ] {
        let outcome = run(arguments).finish_unread();
        assert_eq!((outcome.exit, outcome.stderr.as_str()), (0, ""), "{arguments:?}");
    }
}

#[test]
fn completions_name_every_command_and_option() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let outcome = run(["completions", shell]).finish();
        assert_eq!(outcome.exit, 0);
        for word in ["check", "decode", "encode", "explain", "lag-warn", "strict", "output"] {
            assert!(outcome.stdout.contains(word), "{shell}: {word}");
        }
    }
}
