//! `dts-status explain`.

use aliyun_dts_status::health::catalog::{API_ERROR_CODES, ApiErrorClass, PRECHECK_ITEMS, error_guides};
use aliyun_dts_status::health::{DeadlineKind, FindingCode, Policy, PolicyField, Verdict};
use aliyun_dts_status::model::{JobStatus, StageStatus};
use aliyun_dts_status::{ErrorKind, QuirkKind, Rule};

use crate::run::{RunOutput, run};

/// The codes that must be known, each with the name of its class.
const CODES: &str = include_str!("../../testdata/dts-codes.tsv");

fn explain(words: &str) -> RunOutput {
    run(["explain", words]).finish()
}

/// The first word of an explanation.
fn explained(words: &str) -> String {
    let outcome = explain(words);
    assert_eq!((outcome.exit, outcome.stderr.as_str()), (0, ""), "{words}");
    outcome.stdout.split(", ").next().unwrap().to_owned()
}

/// Every name of every table.
fn names() -> Vec<String> {
    let mut names: Vec<_> = FindingCode::ALL.iter().map(ToString::to_string).collect();
    names.extend(Verdict::ALL.iter().map(ToString::to_string));
    names.extend(JobStatus::KNOWN.iter().map(ToString::to_string));
    names.extend(StageStatus::KNOWN.iter().map(ToString::to_string));
    names.extend(Policy::FIELDS.iter().map(PolicyField::key));
    names.extend(DeadlineKind::ALL.iter().map(ToString::to_string));
    names.extend(QuirkKind::ALL.iter().map(ToString::to_string));
    names.extend(Rule::ALL.iter().map(ToString::to_string));
    names.extend(ErrorKind::ALL.iter().map(ToString::to_string));
    names.extend(PRECHECK_ITEMS.iter().map(|guide| guide.name.to_string()));
    names.extend(error_guides().map(|guide| guide.code.to_owned()));
    names.extend(API_ERROR_CODES.iter().map(ToString::to_string));
    names.extend(ApiErrorClass::ALL.iter().map(ToString::to_string));
    names
}

#[test]
fn the_list_has_every_name() {
    let outcome = run(["explain"]).finish();
    assert_eq!((outcome.exit, outcome.stderr.as_str()), (0, ""));
    let words: Vec<_> = outcome.stdout.split([' ', ',', '\n']).collect();
    for name in names() {
        assert!(words.contains(&name.as_str()), "{name}");
    }
    // No row is without a meaning.
    let unwrapped = outcome.stdout.replace(&format!("\n{}", " ".repeat(32)), " ");
    for row in unwrapped.lines().filter(|line| line.starts_with("  ")) {
        assert!(row.ends_with('.') && row.trim().contains("  "), "{row}");
    }
}

#[test]
fn every_name_is_explained_in_any_letter_case() {
    // A run costs a few milliseconds, so the spellings are tested for one name of each table.
    for name in [
        "LAG_HIGH",
        "Degraded",
        "Retrying",
        "Catched",
        "lag-for",
        "resume_by",
        "value_case",
        "percent_out_of_range",
        "truncated",
        "CHECK_SAME_OBJ",
        "DTS-070211",
        "DTS--0001",
        "-0001",
        "Throttling.Api",
        "throttled",
    ] {
        let outcome = explain(name);
        assert_eq!((outcome.exit, outcome.stderr.as_str()), (0, ""), "{name}");
        if !name.contains('.') {
            assert_eq!(explain(&name.to_lowercase()).stdout, outcome.stdout);
            assert_eq!(explain(&name.to_uppercase()).stdout, outcome.stdout);
        }
        insta::assert_snapshot!(format!("explain-{}", name.trim_start_matches('-')), outcome.stdout);
    }
    for name in names() {
        let outcome = explain(&name);
        assert!(outcome.exit == 0 && outcome.stdout.contains(&name), "{name}: {outcome:?}");
    }
}

#[test]
fn every_code_of_the_list_is_known_in_every_spelling() {
    let codes: Vec<_> = CODES.lines().skip(1).map(|line| line.split_once('\t').unwrap()).collect();
    assert_eq!(codes.len(), 199);
    for (code, class) in codes {
        let outcome = explain(code);
        assert_eq!((outcome.exit, outcome.stderr.as_str()), (0, ""), "{code}");
        let (kind, is_name) = match class {
            "precheck item" => ("an item of the precheck", outcome.stdout.contains(code)),
            _ if code.starts_with("DTS") => ("an error of DTS", outcome.stdout.starts_with(code)),
            class => ("an error of the API", outcome.stdout.contains(class)),
        };
        assert!(outcome.stdout.contains(kind) && is_name, "{code}: {}", outcome.stdout);
    }
}

#[test]
fn a_code_is_found_however_it_is_written() {
    for (words, name) in [
        ("DTS-070211", "DTS-070211"),
        ("dts-70211", "DTS-070211"),
        ("DTS70211", "DTS-070211"),
        ("DTS 070211", "DTS-070211"),
        ("70211", "DTS-070211"),
        ("[DTS_070211]:", "DTS-070211"),
        ("\u{201c}DTS-070211\u{201d}，", "DTS-070211"),
        ("dts retry err 46", "DTS-RETRY-ERR-0046"),
        ("DTSRETRYERR0046", "DTS-RETRY-ERR-0046"),
        ("retry-err-46.", "DTS-RETRY-ERR-0046"),
        ("dts.msg.throttling.user", "DTS.Msg.Throttling.User"),
        ("lag high", "LAG_HIGH"),
        ("LagHigh", "LAG_HIGH"),
        ("lag_warn", "lag-warn"),
        ("Initializating", "Initializing"),
        ("finaciallocked", "Locked"),
        ("check_src_detail", "CHECK_SRC"),
        ("Check Binlog On", "CHECK_BINLOG_ON"),
        ("Forbidden.RAM", "Forbidden.RAM"),
        ("(InvalidJobId)", "InvalidJobId"),
    ] {
        assert_eq!(explained(words), name, "{words}");
    }
    // Words of one name may be several arguments.
    assert_eq!(run(["explain", "DTS", "70211"]).finish().stdout, explain("DTS-070211").stdout);
}

#[test]
fn a_status_has_the_verdict_that_it_means_by_itself() {
    for (status, verdict) in [
        ("Synchronizing", "Healthy"),
        ("Suspending", "Suspended, JOB_SUSPENDED"),
        ("PreCheckPass", "Idle, JOB_NOT_STARTED"),
        ("MigrationFailed", "Failed, JOB_FAILED"),
        ("Migrating", "Healthy; of a migration Progressing, INIT_RUNNING while it copies"),
        ("Finished", "Ended, JOB_ENDED; of a migration Ended, MIGRATION_DONE"),
    ] {
        let text = explain(status).stdout;
        assert!(text.contains(&format!("\nVerdict   {verdict}\n")), "{text}");
    }
    // Failed is a verdict, a status of a job, and one of a stage.
    assert_eq!(explain("failed").stdout.matches("Failed, a ").count(), 3);
}

#[test]
fn of_a_message_the_cause_comes_first() {
    let message = "DTS-100047: retry 120 times cause: DTS-70019: column 'a' is missing, DTS-99";
    insta::assert_snapshot!("explain-message", explain(message).stdout);
    for (message, cause) in [
        ("DTS-070211: Connect Source DB failed. cause: Communications link failure", "DTS-070211"),
        ("Execute sql error: The table 'orders' is full", "table * is full"),
        ("任务失败：DTS-1050002 Could not find first log file name", "DTS-1050002"),
        ("\u{1b}[2J dts.retry.err.0046", "dts.retry.err.0046"),
    ] {
        assert_eq!(explained(message), cause, "{message}");
    }
    let words = message.split(' ');
    assert_eq!(run(["explain"].into_iter().chain(words)).finish().stdout, explain(message).stdout);
}

#[test]
fn words_find_what_has_them_in_its_meaning() {
    let text = run(["explain", "Foreign", "key"]).finish().stdout;
    let row = "DTS error codes\n  DTS-RETRY-ERR-0046            A foreign key forbids a change in the target";
    assert!(text.starts_with(row), "{text}");
    let text = explain("paused").stdout;
    for name in ["Suspended", "JOB_SUSPENDED", "suspend-soft", "resume_by"] {
        assert!(text.contains(&format!("\n  {name}  ")), "{name}: {text}");
    }
    assert_eq!(explain("the").exit, 64);
}

#[test]
fn of_an_unknown_name_the_nearest_are_given() {
    for (words, answer) in [
        ("Suspendet", "did you mean Suspended?"),
        ("LAG_HGIH", "did you mean LAG_HIGH?"),
        ("Synchronising", "did you mean Synchronizing?"),
        (
            "DTS-1050012",
            "did you mean one of DTS-1050002, DTS-1050010, DTS-1020042, DTS-1050003, DTS-1050004?",
        ),
        ("DTS-999999", "`dts-status explain` lists the known codes and names"),
        ("", "`dts-status explain` lists the known codes and names"),
        ("::", "`dts-status explain` lists the known codes and names"),
    ] {
        let outcome = explain(words);
        assert_eq!((outcome.exit, outcome.stdout.as_str()), (64, ""), "{words}");
        let message = outcome.stderr.trim_end();
        assert!(message.starts_with(&format!("dts-status: unknown code {words:?}; ")), "{message}");
        assert!(message.ends_with(answer), "{words}: {message}");
    }
    // A pasted text has no name; words of it may be similar to one.
    for (text, answer) in [
        ("DTS-999999: oops", "; `dts-status explain` lists the known codes and names"),
        ("Something new went wrong at node 7", "; `dts-status explain` lists the known codes and names"),
        ("the Suspendet job is broken", "; did you mean Suspended?"),
        (
            "ERROR 9999 (HY000): unknown thing",
            "; did you mean one of Unknown, LAG_UNKNOWN, unit_unknown, unknown_item, unknown_field?",
        ),
    ] {
        let outcome = explain(text);
        let begin =
            format!("dts-status: unknown text {text:?}: no code, name or error text in it is documented");
        assert_eq!((outcome.exit, outcome.stdout.as_str()), (64, ""), "{text}");
        assert_eq!(outcome.stderr, format!("{begin}{answer}\n"));
    }
    let long = explain(&"x".repeat(10_000));
    assert!(long.exit == 64 && long.stderr.len() < 300, "{}", long.stderr);
}

#[test]
fn a_finding_has_severity_floor_options_remedy_and_section() {
    let text = explain("LAG_HIGH").stdout;
    for row in [
        "\nSeverity  Warning; ",
        "\nFloor     Degraded; ",
        "\nOption    --lag-warn (default 1m), --lag-for (default 2m), ",
        "\nRemedy    Check whether the lag shrinks; ",
        "\nRules     docs/verdicts.md, section 6: Lag\n",
    ] {
        assert!(text.contains(row), "{text}");
    }
    for code in FindingCode::ALL {
        let text = explain(code.as_str()).stdout;
        for label in ["Severity", "Floor", "Remedy", "Rules"] {
            assert!(text.contains(&format!("\n{label:10}")), "{code}: {text}");
        }
    }
}

#[test]
fn json_has_what_the_text_has() {
    let object = run(["explain", "--output", "json", "LAG_HIGH"]).finish().json();
    let entry = &object["entries"][0];
    assert_eq!((&entry["name"], &entry["kind"]), (&"LAG_HIGH".into(), &"finding".into()));
    for member in ["meaning", "phase", "severity", "floor", "option", "remedy", "rules"] {
        assert!(entry[member].is_string(), "{member}: {entry}");
    }
    let after = run(["explain", "LAG_HIGH", "-o", "json"]).finish().json();
    assert_eq!(after, object);
    let all = run(["explain", "-o", "json"]).finish().json();
    let known: Vec<_> = all["entries"].as_array().unwrap().iter().map(|entry| &entry["name"]).collect();
    for name in names() {
        assert!(known.contains(&&name.as_str().into()), "{name}");
    }
    let unknown = run(["explain", "-o", "json", "LAGHIHG"]).finish();
    assert_eq!((unknown.exit, unknown.stdout.as_str()), (64, ""));
}

#[test]
fn everything_with_a_name_in_a_pasted_message_is_explained() {
    for (message, names) in [
        (
            "DTS-70211 dts.retry.err.0046 Duplicate entry '5'; Cannot add a child row: a foreign key constraint fails",
            &["dts.retry.err.0046", "DTS-70211", "duplicate entry", "foreign key constraint"][..],
        ),
        ("DTS DEGRADED - dtsa/Forward: LAG_HIGH: Delay is 61 s | 'lag'=61s", &["LAG_HIGH"]),
        ("the item check_src_detail: Failed", &["CHECK_SRC"]),
        ("ERROR: SDK.ServerError\nErrorCode: InvalidJobId\nMessage: no job", &["InvalidJobId"]),
        ("tool: value_case at Status (byte 4): \"synchronizing\"", &["value_case"]),
        ("ErrorCode: Throttling.User, try again", &["Throttling.User"]),
        ("job dtsa is Suspending", &["Suspending", "Suspending"]),
    ] {
        let object = run(["explain", "--output", "json", message]).finish().json();
        let entries = object["entries"].as_array().unwrap();
        let found: Vec<_> = entries.iter().map(|entry| entry["name"].as_str().unwrap()).collect();
        assert_eq!(found, names, "{message}");
    }
}

#[test]
fn text_fits_80_columns() {
    for words in [&["explain"][..], &["explain", "JOB_FAILED"], &["explain", "cannot", "connect"]] {
        for line in run(words).finish().stdout.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}
