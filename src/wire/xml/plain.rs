//! An element with a name, a text and nothing else, as nearly all are: [`Plain`].

use super::chars::is_word_byte;

/// `<Name>text</Name>`, without attributes, references, a prefix, or a blank in a tag.
///
/// quick-xml makes three events of it, with three searches for markup; here each byte is read once. Anything else,
/// right or wrong, is left to quick-xml.
pub(super) struct Plain<'t> {
    pub(super) name: &'t str,
    pub(super) text: &'t str,
    /// The text after the element.
    pub(super) rest: &'t str,
}

impl<'t> Plain<'t> {
    /// The element that a piece of a document begins with.
    #[inline]
    pub(super) fn at(document: &'t str) -> Option<Self> {
        let tag = document.strip_prefix('<')?;
        let name_len = tag.bytes().position(|byte| !is_word_byte(byte))?;
        let (name, inside) = tag.split_at_checked(name_len)?;
        if !name.bytes().next()?.is_ascii_alphabetic() {
            return None;
        }
        let inside = inside.strip_prefix('>')?;
        let text_len = inside.bytes().position(ends_text)?;
        let (text, end) = inside.split_at_checked(text_len)?;
        let rest = end.strip_prefix("</")?.strip_prefix(name)?.strip_prefix('>')?;
        Some(Plain { name, text, rest })
    }
}

/// Returns true if a byte is, or may be, more than text.
#[inline]
fn ends_text(byte: u8) -> bool {
    matches!(byte, b'<' | b'&' | b']')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(document: &str) -> Option<(&str, &str, &str)> {
        Plain::at(document).map(|Plain { name, text, rest }| (name, text, rest))
    }

    #[test]
    fn plain_elements() {
        assert_eq!(parts("<a>b</a>c"), Some(("a", "b", "c")));
        assert_eq!(parts("<a></a>"), Some(("a", "", "")));
        assert_eq!(parts("<A_1> \n同\"> </A_1></A_1>"), Some(("A_1", " \n同\"> ", "</A_1>")));
    }

    #[test]
    fn anything_else_is_left() {
        for document in [
            "",
            "a",
            "<",
            "<a",
            "<a>",
            "<a>b",
            "<a>b<",
            "<a>b</",
            "<a>b</a",
            "<a>b</b>",
            "<a>b</a >",
            "<a>b</ab>",
            "<a >b</a>",
            "<a b='c'>d</a>",
            "<a/>",
            "<1>b</1>",
            "<_>b</_>",
            "<a:b>c</a:b>",
            "<同>b</同>",
            "<>b</>",
            "<a>&lt;</a>",
            "<a>]</a>",
            "<a><b>c</b></a>",
            "<a><![CDATA[b]]></a>",
            "<!--a-->",
            "<?a?>",
            "</a>",
            " <a>b</a>",
        ] {
            assert_eq!(parts(document), None, "{document}");
        }
    }
}
