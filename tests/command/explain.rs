//! `dts-status explain`.

use aliyun_dts_status::health::FindingCode;
use aliyun_dts_status::health::catalog::{API_ERROR_CODES, PRECHECK_ITEMS, error_guides};
use aliyun_dts_status::{QuirkKind, Rule};

use crate::run::run;

/// Every code of every table.
fn codes() -> Vec<String> {
    let mut codes: Vec<_> = FindingCode::ALL.iter().map(ToString::to_string).collect();
    codes.extend(QuirkKind::ALL.iter().map(ToString::to_string));
    codes.extend(Rule::ALL.iter().map(ToString::to_string));
    codes.extend(PRECHECK_ITEMS.iter().map(|guide| guide.name.to_string()));
    codes.extend(error_guides().map(|guide| guide.code.to_owned()));
    codes.extend(API_ERROR_CODES.iter().map(ToString::to_string));
    codes
}

#[test]
fn the_list_has_every_code() {
    let outcome = run(["explain"]).finish();
    assert_eq!((outcome.exit, outcome.stderr.as_str()), (0, ""));
    let words: Vec<_> = outcome.stdout.split([' ', ',', '\n']).collect();
    for code in codes() {
        assert!(words.contains(&code.as_str()), "{code}");
    }
}

#[test]
fn every_code_is_explained_in_any_letter_case() {
    // A run costs a few milliseconds, so the spellings are tested for one code of each table.
    for code in [
        "LAG_HIGH",
        "value_case",
        "percent_out_of_range",
        "CHECK_SAME_OBJ",
        "DTS-070211",
        "DTS--0001",
        "-0001",
    ] {
        let outcome = run(["explain", code]).finish();
        assert_eq!((outcome.exit, outcome.stderr.as_str()), (0, ""), "{code}");
        assert_eq!(run(["explain", &code.to_lowercase()]).finish().stdout, outcome.stdout);
        assert_eq!(run(["explain", &code.to_uppercase()]).finish().stdout, outcome.stdout);
        insta::assert_snapshot!(format!("explain-{}", code.trim_start_matches('-')), outcome.stdout);
    }
    let console_names = PRECHECK_ITEMS.iter().filter_map(|guide| guide.console_name).map(str::to_owned);
    for code in codes().into_iter().chain(console_names) {
        let outcome = run(["explain", &code]).finish();
        assert!(outcome.exit == 0 && outcome.stdout.contains(&code), "{code}: {outcome:?}");
    }
}

#[test]
fn an_unknown_code_is_wrong_usage() {
    let outcome = run(["explain", "suspend"]).finish();
    assert_eq!((outcome.exit, outcome.stdout.as_str()), (64, ""));
    assert_eq!(
        outcome.stderr,
        "dts-status: unknown code \"suspend\"; did you mean one of JOB_SUSPENDED, SUSPEND_OVER_HARD_LIMIT, SUSPEND_OVER_SOFT_LIMIT?\n"
    );
    let outcome = run(["explain", "DTS-999999"]).finish();
    assert_eq!(outcome.exit, 64);
    assert_eq!(
        outcome.stderr,
        "dts-status: unknown code \"DTS-999999\"; `dts-status explain` lists the known codes\n"
    );
}
