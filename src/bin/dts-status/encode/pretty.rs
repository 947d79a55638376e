//! Breaks a clean body into indented lines: [`json`], [`xml`].

/// A JSON document with one value a line.
pub(super) fn json(document: &str) -> String {
    let mut out = String::with_capacity(document.len() * 2);
    let mut depth = 0;
    let (mut in_string, mut is_escaped) = (false, false);
    let mut letters = document.trim_end().chars().peekable();
    while let Some(letter) = letters.next() {
        if in_string {
            out.push(letter);
            in_string = is_escaped || letter != '"';
            is_escaped = !is_escaped && letter == '\\';
            continue;
        }
        match letter {
            '{' | '[' => {
                out.push(letter);
                match letters.next_if(|next| matches!(next, '}' | ']')) {
                    Some(end) => out.push(end),
                    None => {
                        depth += 1;
                        break_line(&mut out, depth);
                    }
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                break_line(&mut out, depth);
                out.push(letter);
            }
            ',' => {
                out.push(letter);
                break_line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            _ => {
                in_string = letter == '"';
                out.push(letter);
            }
        }
    }
    out.push('\n');
    out
}

/// An XML document with one element a line. Texts are unchanged.
pub(super) fn xml(document: &str) -> String {
    let mut out = String::with_capacity(document.len() * 2);
    let mut depth: usize = 0;
    let mut after_end = false;
    let mut rest = document.trim_end();
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        let end = rest[start..].find('>').map_or(rest.len(), |end| start + end + 1);
        let tag = &rest[start..end];
        let is_end = tag.starts_with("</");
        if is_end {
            depth = depth.saturating_sub(1);
        }
        if !out.is_empty() && (!is_end || after_end) {
            break_line(&mut out, depth);
        }
        out.push_str(tag);
        let is_empty = tag.ends_with("/>");
        if !is_end && !is_empty {
            depth += 1;
        }
        after_end = is_end || is_empty;
        rest = &rest[end..];
    }
    out.push_str(rest);
    out.push('\n');
    out
}

fn break_line(out: &mut String, depth: usize) {
    out.push('\n');
    (0..depth).for_each(|_| out.push_str("  "));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_indented() {
        let document = r#"{"a":"x,{\"y\":[1]\\","b":[],"c":{"d":[1,null]},"e":{}}"#;
        let value: serde_json::Value = serde_json::from_str(document).unwrap();
        assert_eq!(json(document), format!("{}\n", serde_json::to_string_pretty(&value).unwrap()));
        assert_eq!(
            xml("<a><b> x </b><c><d>1</d><d></d></c><e/></a>"),
            "<a>\n  <b> x </b>\n  <c>\n    <d>1</d>\n    <d></d>\n  </c>\n  <e/>\n</a>\n"
        );
        assert_eq!((json(""), xml("")), ("\n".to_owned(), "\n".to_owned()));
    }
}
