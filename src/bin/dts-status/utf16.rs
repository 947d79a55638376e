//! UTF-16 with a byte order mark: [`ByteOrder`], [`to_text`].

/// The order of the two bytes of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ByteOrder {
    Little,
    Big,
}

impl ByteOrder {
    /// The order that a mark at the start says; `None` without a mark of UTF-16.
    pub(crate) fn of(start: &[u8]) -> Option<Self> {
        match start {
            // Of UTF-32.
            [0xff, 0xfe, 0, 0, ..] => None,
            [0xff, 0xfe, ..] => Some(ByteOrder::Little),
            [0xfe, 0xff, ..] => Some(ByteOrder::Big),
            _ => None,
        }
    }

    /// The units of a text; a single byte at its end is left out.
    pub(crate) fn units(self, bytes: &[u8]) -> impl Iterator<Item = u16> {
        bytes.chunks_exact(2).map(move |pair| match (self, pair) {
            (ByteOrder::Little, &[low, high]) | (ByteOrder::Big, &[high, low]) => {
                u16::from_be_bytes([high, low])
            }
            _ => 0,
        })
    }
}

/// The text of a content that starts with a mark of UTF-16; `None` without one, and where it is not UTF-16.
pub(crate) fn to_text(content: &[u8]) -> Option<String> {
    let order = ByteOrder::of(content)?;
    // Half of the line break that ended the line.
    let content = match content {
        [whole @ .., 0] if content.len() % 2 == 1 => whole,
        _ => content,
    };
    if content.len() % 2 == 1 {
        return None;
    }
    char::decode_utf16(order.units(content).skip(1)).collect::<Result<_, _>>().ok()
}
