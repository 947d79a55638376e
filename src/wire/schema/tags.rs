//! The tables of tags.

use super::TEXT;
use crate::field::{Field, not_kept};
use crate::wire::draft::{Placed, Tag};
use crate::wire::record::table;

table! {
    TagRecord fills Tag {
        Key => key: Placed(TEXT);
        Value => value: Placed(TEXT);
    }
    aliases {
        Field::TagKey.as_str() => Key;
        Field::TagValue.as_str() => Value;
    }
}

table! {
    /// As `DescribeDtsJobs` spells it.
    DtsTagRecord fills Tag {
        TagKey => key: Placed(TEXT);
        TagValue => value: Placed(TEXT);
    }
    aliases {
        Field::Key.as_str() => TagKey;
        Field::Value.as_str() => TagValue;
    }
    not_kept not_kept::DTS_TAG;
}
