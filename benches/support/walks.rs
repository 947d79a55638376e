//! Fills the structs of [`strict`](super::strict) by hand from `serde_json::Value` and from a `roxmltree` document, and
//! writes them with quick-xml's writer.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use roxmltree::Node;
use serde_json::Value;

/// A struct whose fields are [`Slot`]s.
pub(crate) trait Record: Default {
    fn from_value(value: &Value) -> Self;
    fn from_node(node: Node<'_, '_>) -> Self;
    fn write_fields(&self, writer: &mut Writer<Vec<u8>>) -> io::Result<()>;
}

/// The type of a field, which can be read from either tree and written.
pub(crate) trait Slot: Default {
    fn is_absent(&self) -> bool;
    fn from_value(value: &Value) -> Self;
    /// Reads one element of the field's name; a list has many.
    fn add_node(&mut self, node: Node<'_, '_>);
    fn write(&self, name: &str, writer: &mut Writer<Vec<u8>>) -> io::Result<()>;
}

/// Writes a whole document, with its root element.
pub(crate) fn write_document(root: &str, record: &impl Record) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new(Vec::new());
    write_record(root, record, &mut writer)?;
    Ok(writer.into_inner())
}

impl Slot for Option<String> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn from_value(value: &Value) -> Self {
        value.as_str().map(str::to_owned)
    }

    fn add_node(&mut self, node: Node<'_, '_>) {
        *self = Some(node.text().unwrap_or_default().to_owned());
    }

    fn write(&self, name: &str, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        self.as_deref().map_or(Ok(()), |text| write_text(name, text, writer))
    }
}

impl Slot for Option<bool> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn from_value(value: &Value) -> Self {
        value.as_bool()
    }

    fn add_node(&mut self, node: Node<'_, '_>) {
        *self = node.text().and_then(|text| text.parse().ok());
    }

    fn write(&self, name: &str, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        self.map_or(Ok(()), |value| write_text(name, if value { "true" } else { "false" }, writer))
    }
}

impl Slot for Option<i64> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn from_value(value: &Value) -> Self {
        value.as_i64()
    }

    fn add_node(&mut self, node: Node<'_, '_>) {
        *self = node.text().and_then(|text| text.parse().ok());
    }

    fn write(&self, name: &str, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        self.map_or(Ok(()), |value| write_text(name, &value.to_string(), writer))
    }
}

impl<R: Record> Slot for Option<R> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn from_value(value: &Value) -> Self {
        value.is_object().then(|| R::from_value(value))
    }

    fn add_node(&mut self, node: Node<'_, '_>) {
        *self = Some(R::from_node(node));
    }

    fn write(&self, name: &str, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        self.as_ref().map_or(Ok(()), |record| write_record(name, record, writer))
    }
}

impl<R: Record> Slot for Vec<R> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn from_value(value: &Value) -> Self {
        value.as_array().map(|items| items.iter().map(R::from_value).collect()).unwrap_or_default()
    }

    fn add_node(&mut self, node: Node<'_, '_>) {
        self.push(R::from_node(node));
    }

    fn write(&self, name: &str, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        self.iter().try_for_each(|record| write_record(name, record, writer))
    }
}

fn write_record(name: &str, record: &impl Record, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    writer.write_event(Event::Start(BytesStart::new(name)))?;
    record.write_fields(writer)?;
    writer.write_event(Event::End(BytesEnd::new(name)))
}

fn write_text(name: &str, text: &str, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    writer.write_event(Event::Start(BytesStart::new(name)))?;
    writer.write_event(Event::Text(BytesText::new(text)))?;
    writer.write_event(Event::End(BytesEnd::new(name)))
}
