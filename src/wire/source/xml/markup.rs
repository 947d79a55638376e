//! Start tags and comments of XML: [`Tag`], [`usual_tag`], [`comment_end`], [`inner`].

use crate::excerpt;
use crate::field::Field;
use crate::model::Operation;
use crate::wire::source::scan::tag_end;
use crate::wire::xml::local_name;

/// A start tag.
pub(super) struct Tag<'a> {
    pub(super) field: Option<Field>,
    /// The name with its prefix.
    pub(super) name: &'a str,
    /// The name without its prefix.
    pub(super) local: &'a str,
    /// The text after the name.
    pub(super) attributes: &'a str,
    pub(super) is_empty: bool,
    pub(super) end: usize,
}

/// The start tag at an offset, if it is the name of a field and nothing else: the field, the name, and the end.
#[inline(always)]
pub(super) fn usual_tag(text: &str, at: usize) -> Option<(Field, &str, usize)> {
    let start = at.wrapping_add(1);
    let end = tag_end(text.as_bytes(), start);
    let (field, name) = Field::of_bytes(text.as_bytes().get(start..end)?)?;
    (text.as_bytes().get(at) == Some(&b'<')).then_some((field, name, end.wrapping_add(1)))
}

impl<'a> Tag<'a> {
    /// The start tag at an offset.
    #[cold]
    pub(super) fn at(text: &'a str, at: usize) -> Option<Tag<'a>> {
        let inside = text.get(at..)?.strip_prefix('<')?;
        let root = Operation::default().root();
        if inside.strip_prefix(root).is_some_and(|after| after.starts_with('>')) {
            let end = at.wrapping_add("<>".len()).wrapping_add(root.len());
            return Some(Tag { field: None, name: root, local: root, attributes: "", is_empty: false, end });
        }
        let mut quote = None;
        let len = inside.bytes().position(|byte| match quote {
            None if byte == b'>' => true,
            None => {
                quote = matches!(byte, b'"' | b'\'').then_some(byte);
                false
            }
            Some(open) => {
                quote = quote.filter(|_| byte != open);
                false
            }
        })?;
        let tag = inside.get(..len)?;
        let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let name_len = tag.find([' ', '\t', '\n', '\r']).unwrap_or(tag.len());
        let (name, attributes) = tag.split_at_checked(name_len)?;
        let local = local_name(name)?;
        let end = at.checked_add(len)?.checked_add(2)?;
        Some(Tag { field: Field::exact(local), name, local, attributes, is_empty, end })
    }
}

/// The end of the comment at an offset.
#[cold]
pub(super) fn comment_end(text: &str, at: usize) -> Option<usize> {
    let inside = text.get(at..)?.strip_prefix("<!--")?;
    let (comment, _) = inside.split_once("--")?;
    let end = at.checked_add(comment.len())?.checked_add("<!---->".len())?;
    // Of the beginnings `>` and `->` readers make different things.
    let is_plain = !inside.starts_with(['>', '-']) && has_no_control(comment);
    (is_plain && text.as_bytes().get(end.wrapping_sub(1)) == Some(&b'>')).then_some(end)
}

/// The text between the tags of the element at an offset, as far as it is shown.
#[cold]
pub(super) fn inner(text: &str, place: usize) -> Option<&str> {
    let start = Tag::at(text, place)?.end;
    let inner = text.get(start..)?;
    let mut depth = 0_usize;
    let mut at = start;
    while at.wrapping_sub(start) <= excerpt::LIMIT {
        let before = text.get(at..)?.find('<')?;
        at = at.checked_add(before)?;
        at = match *text.as_bytes().get(at.wrapping_add(1))? {
            b'/' if depth == 0 => return text.get(start..at),
            b'/' => {
                depth = depth.saturating_sub(1);
                at.wrapping_add(2)
            }
            b'!' if text.get(at..)?.starts_with("<!--") => comment_end(text, at)?,
            b'!' => at.checked_add(text.get(at..)?.find("]]>")?)?,
            _ => {
                let tag = Tag::at(text, at)?;
                if !tag.is_empty {
                    depth = depth.saturating_add(1);
                }
                tag.end
            }
        };
    }
    Some(inner)
}

/// Returns true if a text has no control character that XML does not allow.
pub(super) fn has_no_control(text: &str) -> bool {
    text.bytes().all(|byte| byte >= b' ' || matches!(byte, b'\t' | b'\n' | b'\r'))
}
