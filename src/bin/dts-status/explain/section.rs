//! Where the rules of health describe a name: [`section`].

/// The page of the rules.
const RULES: &str = include_str!("../../../../docs/verdicts.md");

/// The first section of the rules that has the name: `docs/verdicts.md, section 6: Lag`. The table of all thresholds
/// comes last.
pub(super) fn section(name: &str) -> Option<String> {
    let mut sections: Vec<_> = RULES.split("\n## ").skip(1).filter(|section| has(section, name)).collect();
    sections.sort_by_key(|section| section.contains("Thresholds\n"));
    let (number, title) = sections.first()?.lines().next()?.split_once(". ")?;
    Some(format!("docs/verdicts.md, section {number}: {title}"))
}

/// Returns true if the text has the name, and not only as a part of another one.
fn has(text: &str, name: &str) -> bool {
    text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').any(|word| word == name)
}

#[cfg(test)]
mod tests {
    use aliyun_dts_status::health::{FindingCode, Policy};

    use super::*;

    #[test]
    fn every_finding_and_every_threshold_has_a_section() {
        let names = FindingCode::ALL.iter().map(|code| code.as_str());
        for name in names.chain(Policy::FIELDS.iter().map(|field| field.name)) {
            assert!(section(name).is_some(), "{name}");
        }
        for (name, number) in
            [("LAG_HIGH", 6), ("EXPIRED", 8), ("INIT_FAILED", 2), ("FLAPPING", 14), ("lag_for", 14)]
        {
            let section = section(name).unwrap();
            assert!(section.starts_with(&format!("docs/verdicts.md, section {number}: ")), "{section}");
        }
        assert_eq!(section("LAG"), None);
    }
}
