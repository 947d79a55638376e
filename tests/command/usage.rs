//! Usage, files, colour and pipes of all commands.

use crate::run::{directory, documented, run};

const COMMANDS: [&str; 7] = ["check", "decode", "encode", "timeline", "explain", "completions", "man"];

#[test]
fn wrong_usage_is_64() {
    for arguments in [
        &["no-such-command"][..],
        &["decode", "--no-such-option"],
        &["decode", "--output", "yaml"],
        &["encode", "--to", "xml", "one.json", "two.json"],
        &["decode", "--format", "yaml"],
        &["encode"],
        &["completions", "no-such-shell"],
        &["man", "no-such-command"],
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
    for arguments in [
        &["--help"][..],
        &[],
        &["-h"],
        &["help"],
        &["help", "decode"],
        &["decode", "--help"],
        &["--version"],
        &["-V"],
    ] {
        let outcome = run(arguments).finish();
        assert_eq!((outcome.exit, outcome.stderr.as_str()), (0, ""), "{arguments:?}");
        assert!(!outcome.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn the_help_of_every_command_has_examples_and_fits_80_columns() {
    for command in COMMANDS {
        let help = run([command, "--help"]).finish().stdout;
        assert!(help.contains(&format!("\nExamples:\n  dts-status {command}")), "{help}");
        assert!(["completions", "man"].contains(&command) || help.contains("\nExit status"), "{help}");
        // The examples and exit statuses are wrapped by hand; clap would break them anywhere.
        let (_, after) = help.split_once("\nExamples:\n").unwrap();
        for line in help.lines() {
            assert!(line.chars().count() <= 80, "{command}: {line}");
        }
        // A man page indents them by 7 columns.
        for line in after.lines() {
            assert!(line.chars().count() <= 73, "{command}: {line}");
        }
    }
}

#[test]
fn the_short_help_fits_a_terminal_and_has_no_threshold() {
    for command in COMMANDS.map(|command| vec![command, "-h"]).into_iter().chain([vec!["-h"], vec![]]) {
        let help = run(&command).finish().stdout;
        // One line is left for the prompt.
        assert!(help.lines().count() <= 23, "{command:?}: {help}");
        assert!(help.lines().all(|line| line.chars().count() <= 80), "{command:?}: {help}");
        assert!(!help.contains("--lag-warn") && !help.contains("Thresholds"), "{help}");
    }
    for command in ["check", "timeline"] {
        let help = run([command, "--help"]).finish().stdout;
        assert!(
            help.contains("\n  -w, --lag-warn <DURATION>\n") && help.contains("-c, --lag-critical"),
            "{help}"
        );
    }
}

#[test]
fn frequent_options_have_a_letter() {
    let file = "testdata/lagging.json";
    let now = ["check", file, "--now", "1610616150"];
    let json = run(now.iter().chain(&["-o", "json", "-w", "30", "-c", "2m"])).finish();
    assert_eq!((json.exit, &json.json()["reason"]), (1, &"LAG_HIGH".into()));
    let critical = run(now.iter().chain(&["-o", "json", "-w", "30", "-c", "60s"])).finish();
    assert_eq!((critical.exit, &critical.json()["reason"]), (2, &"LAG_CRITICAL".into()));
    for command in
        [&["decode", "-o", "json", file][..], &["timeline", "-o", "json", "testdata/archive/story.ndjson"]]
    {
        assert!(run(command).finish().json().is_object(), "{command:?}");
    }
    let quiet = run(now.iter().chain(&["-q"])).finish();
    assert_eq!((quiet.exit, quiet.stdout.as_str(), quiet.stderr.as_str()), (1, "", ""));
    let incident = std::fs::read_to_string("testdata/archive/incident.ndjson").unwrap();
    let failed = incident.lines().nth(7).unwrap();
    let text = |more: &[&str]| {
        let arguments = ["check", "--now", "2021-01-14T03:13:00Z"];
        run(arguments.iter().chain(more)).input(failed).finish().stdout
    };
    assert!(!text(&[]).contains("ErrorMessage is quoted above"), "{}", text(&[]));
    assert!(text(&["-v"]).contains("\n            ErrorMessage is quoted above\n"), "{}", text(&["-v"]));
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

/// Sources the script in bash, completes the line, and returns what is offered.
#[cfg(unix)]
fn completed(words: &[&str]) -> Option<Vec<String>> {
    let script = run(["completions", "bash"]).finish().stdout;
    let words: Vec<_> = words.iter().map(|word| format!("'{word}'")).collect();
    let test = format!(
        "{script}\nCOMP_WORDS=({words})\nCOMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n\
         _dts__status dts-status \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD - 1]}}\"\n\
         printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        words = words.join(" ")
    );
    let output = std::process::Command::new("bash").args(["--norc", "-c", &test]).output().ok()?;
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    let offered = String::from_utf8(output.stdout).unwrap();
    Some(offered.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

#[cfg(unix)]
#[test]
fn completions_work_in_bash() {
    for (words, offered) in [
        (&["dts-status", "che"][..], &["check"][..]),
        (&["dts-status", "check", "--lag-w"], &["--lag-warn"]),
        (&["dts-status", "check", "--output", "nag"], &["nagios"]),
        (&["dts-status", "check", "-o", "heal"], &["health-json"]),
        (&["dts-status", "encode", "--to", ""], &["json", "xml"]),
        (&["dts-status", "timeline", "--scale", "li"], &["linear"]),
        (&["dts-status", "check", "--color", "n"], &["never"]),
    ] {
        // Without bash there is nothing to test.
        let Some(found) = completed(words) else { return };
        assert_eq!(found, offered, "{words:?}");
    }
}

#[test]
fn man_pages_name_commands_options_and_exit_statuses() {
    let page = run(["man"]).finish().stdout;
    assert!(page.starts_with(".ie") && page.contains(".TH dts-status 1"), "{page}");
    for command in COMMANDS {
        assert!(page.contains(&format!("dts\\-status\\-{command}(1)")), "{command}: {page}");
        let page = run(["man", command]).finish().stdout;
        assert!(page.contains(&format!(".TH dts-status-{command} 1")), "{command}: {page}");
        assert!(page.contains(".SH EXAMPLES\n.nf\n  dts"), "{page}");
    }
    let page = run(["man", "check"]).finish().stdout;
    assert!(page.contains("\\-\\-lag\\-warn") && page.contains("Two polls closer than this"), "{page}");
}
