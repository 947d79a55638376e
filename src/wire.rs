//! From bytes to the model and back: [`decode`], [`Decoder`], [`encode()`]. The rules are in docs/wire.md.

mod decoded;
mod decoder;
mod draft;
mod encode;
mod envelope;
mod error;
mod format;
mod http_head;
mod json;
mod kept;
mod limits;
mod names;
mod quirk;
mod record;
mod response;
mod root;
mod root_name;
mod scalar;
mod schema;
mod sniff;
mod source;
mod survey;
mod tree;
mod usual;
mod xml;

pub use self::decoded::{Decoded, NotCleanError};
pub use self::decoder::{Decoder, decode};
pub use self::encode::{Encode, encode, encode_to};
pub use self::error::DecodeError;
pub use self::format::Format;
pub use self::limits::Limits;
pub use self::quirk::{Quirk, QuirkKind};
