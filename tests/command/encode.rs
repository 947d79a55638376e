//! `dts-status encode`.

use aliyun_dts_status::{Format, decode};

use crate::run::{documented, run};

#[test]
fn a_body_is_written_clean_in_either_format() {
    let original = decode(&std::fs::read("testdata/docs-en.xml").unwrap()).unwrap();
    for (name, format) in [("json", Format::Json), ("xml", Format::Xml)] {
        let outcome = run(["encode", "--to", name, "testdata/docs-en.xml"]).finish();
        assert_eq!((outcome.exit, outcome.stderr.as_str()), (0, ""));
        assert!(outcome.stdout.ends_with('\n'));
        let decoded = decode(outcome.stdout.as_bytes()).unwrap();
        assert_eq!(decoded.format, format);
        assert_eq!(decoded.response, original.response);
        assert!(decoded.is_clean());
    }
}

#[test]
fn strict_refuses_a_body_with_quirks_or_violations() {
    let outcome = run(["encode", "--to", "json", "--strict", "testdata/docs-en.json"]).finish();
    assert_eq!((outcome.exit, outcome.stdout.as_str()), (65, ""));
    assert_eq!(
        outcome.stderr,
        "dts-status: testdata/docs-en.json: not as documented: 1 quirk, 1 violation\n"
    );
    let clean = run(["encode", "--to", "json", "--strict"]).input(documented()).finish();
    assert_eq!((clean.exit, clean.stderr.as_str()), (0, ""));
    assert!(decode(clean.stdout.as_bytes()).unwrap().is_clean());
}

#[test]
fn undecodable_bodies_and_directories_are_refused() {
    let broken = run(["encode", "--to", "xml"]).input("<html><body>login</body></html>").finish();
    assert_eq!((broken.exit, broken.stdout.as_str()), (65, ""));
    assert!(broken.stderr.starts_with("dts-status: standard input: "), "{}", broken.stderr);
    let directory = run(["encode", "--to", "xml", "testdata"]).finish();
    assert_eq!(directory.exit, 64);
    assert_eq!(directory.stderr, "dts-status: testdata: is a directory; encode takes one body\n");
}

#[test]
fn a_pretty_body_has_the_same_content() {
    for sample in
        ["testdata/docs-en.json", "testdata/samples/every-field.xml", "testdata/faults/gateway-fault.xml"]
    {
        for format in ["json", "xml"] {
            let plain = run(["encode", "--to", format, sample]).finish().stdout;
            let pretty = run(["encode", "--to", format, "--pretty", sample]).finish().stdout;
            assert!(pretty.lines().count() > plain.lines().count() + 3, "{pretty}");
            let [one, other] = [&plain, &pretty].map(|text| decode(text.as_bytes()).unwrap());
            assert_eq!(one.response, other.response, "{sample} {format}");
            assert!(other.is_clean(), "{:?}", other.quirks);
        }
    }
}
