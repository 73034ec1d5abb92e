//! Writes XML of the Query protocol: two spaces a level, lists of `<member>`, dates in ISO 8601, a newline at the end.

use std::fmt::{self, Write as _};

use model::{Operation, Timestamp};
use serde::ser::{Serialize, SerializeSeq, SerializeStruct, Serializer};

use crate::unmodeled::{Never, refuse_unmodeled};

/// The answer to a request that succeeded.
pub fn success(operation: &Operation, output: &impl Serialize, request_id: &str) -> Result<String, fmt::Error> {
    let (name, namespace) = (operation.name, operation.service.xml_namespace);
    let mut out = String::with_capacity(1024);
    writeln!(out, "<{name}Response xmlns=\"{namespace}\">")?;
    output.serialize(Element { out: &mut out, name: &format!("{name}Result"), depth: 1 })?;
    out.push_str("  <ResponseMetadata>\n    <RequestId>");
    escape(&mut out, request_id);
    writeln!(out, "</RequestId>\n  </ResponseMetadata>\n</{name}Response>")?;
    Ok(out)
}

/// The answer to a refused request. An error without a message has no element for it.
pub fn error_response(namespace: &str, [error_type, code, message]: [&str; 3], request_id: &str) -> String {
    let mut out = format!(
        "<ErrorResponse xmlns=\"{namespace}\">\n  <Error>\n    <Type>{error_type}</Type>\n    <Code>{code}</Code>\n"
    );
    if !message.is_empty() {
        out.push_str("    <Message>");
        escape(&mut out, message);
        out.push_str("</Message>\n");
    }
    out.push_str("  </Error>\n  <RequestId>");
    escape(&mut out, request_id);
    out.push_str("</RequestId>\n</ErrorResponse>\n");
    out
}

/// The same in the form of EC2.
pub fn ec2_error_response(code: &str, message: &str, request_id: &str) -> String {
    let (mut text, mut id) = (String::new(), String::new());
    escape(&mut text, message);
    escape(&mut id, request_id);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         \n<Response><Errors><Error><Code>{code}</Code><Message>{text}</Message></Error>\
         </Errors><RequestID>{id}</RequestID></Response>\n"
    )
}

/// The same in the form of S3.
pub fn s3_error_response(code: &str, message: &str, request_id: &str) -> String {
    let (mut text, mut id) = (String::new(), String::new());
    escape(&mut text, message);
    escape(&mut id, request_id);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         \n<Error><Code>{code}</Code><Message>{text}</Message><RequestId>{id}</RequestId>\
         </Error>\n"
    )
}

/// Escapes text. A character that XML cannot carry becomes U+FFFD.
fn escape(out: &mut String, text: &str) {
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#xD;"),
            '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'.. => out.push(char),
            _ => out.push('\u{fffd}'),
        }
    }
}

/// An element to write.
struct Element<'o> {
    out: &'o mut String,
    name: &'o str,
    depth: usize,
}

impl Element<'_> {
    fn leaf(self, text: &str) -> fmt::Result {
        write!(self.out, "{:1$}<{2}>", "", self.depth * 2, self.name)?;
        escape(self.out, text);
        writeln!(self.out, "</{}>", self.name)
    }
}

impl<'o> Serializer for Element<'o> {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Children<'o>;
    type SerializeMap = Never;
    type SerializeStruct = Children<'o>;

    refuse_unmodeled!();

    /// Rows that have their JSON are taken apart (`model::Row`).
    fn is_human_readable(&self) -> bool {
        false
    }

    fn serialize_bool(self, value: bool) -> fmt::Result {
        self.leaf(if value { "true" } else { "false" })
    }

    fn serialize_i8(self, value: i8) -> fmt::Result {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> fmt::Result {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> fmt::Result {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> fmt::Result {
        self.leaf(&value.to_string())
    }

    fn serialize_u8(self, value: u8) -> fmt::Result {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> fmt::Result {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> fmt::Result {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> fmt::Result {
        self.leaf(&value.to_string())
    }

    fn serialize_f32(self, value: f32) -> fmt::Result {
        self.serialize_f64(value.into())
    }

    /// Writes a date: the models have no other numbers with fractions.
    fn serialize_f64(self, seconds: f64) -> fmt::Result {
        self.leaf(&Timestamp::from_seconds(seconds).to_iso_seconds())
    }

    fn serialize_char(self, value: char) -> fmt::Result {
        self.leaf(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> fmt::Result {
        self.leaf(value)
    }

    fn serialize_bytes(self, _value: &[u8]) -> fmt::Result {
        Err(fmt::Error)
    }

    fn serialize_none(self) -> fmt::Result {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> fmt::Result {
        value.serialize(self)
    }

    fn serialize_unit(self) -> fmt::Result {
        Ok(())
    }

    fn serialize_unit_struct(self, _name: &'static str) -> fmt::Result {
        Ok(())
    }

    fn serialize_unit_variant(self, _name: &'static str, _index: u32, variant: &'static str) -> fmt::Result {
        self.leaf(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _name: &'static str, value: &T) -> fmt::Result {
        value.serialize(self)
    }

    fn serialize_seq(self, _len: Option<usize>) -> Result<Children<'o>, fmt::Error> {
        Children::open(self)
    }

    fn serialize_struct(self, _name: &'static str, _len: usize) -> Result<Children<'o>, fmt::Error> {
        Children::open(self)
    }

    fn serialize_map(self, _len: Option<usize>) -> Result<Never, fmt::Error> {
        Err(fmt::Error)
    }
}

/// An element whose start tag is written.
struct Children<'o>(Element<'o>);

impl<'o> Children<'o> {
    fn open(element: Element<'o>) -> Result<Self, fmt::Error> {
        writeln!(element.out, "{:1$}<{2}>", "", element.depth * 2, element.name)?;
        Ok(Self(element))
    }

    /// The next child.
    fn child<'c>(&'c mut self, name: &'c str) -> Element<'c> {
        Element { out: self.0.out, name, depth: self.0.depth + 1 }
    }

    fn close(self) -> fmt::Result {
        writeln!(self.0.out, "{:1$}</{2}>", "", self.0.depth * 2, self.0.name)
    }
}

impl SerializeSeq for Children<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
        value.serialize(self.child("member"))
    }

    fn end(self) -> fmt::Result {
        self.close()
    }
}

impl SerializeStruct for Children<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> fmt::Result {
        value.serialize(self.child(name))
    }

    fn end(self) -> fmt::Result {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use model::sts;
    use serde::Serialize;

    use super::*;

    #[test]
    fn text_survives_or_is_replaced() {
        let mut out = String::new();
        escape(&mut out, "a<b>&\"c\" \u{1}\u{fffe}\r\n\u{1f600}");
        assert_eq!(out, "a&lt;b&gt;&amp;\"c\" \u{fffd}\u{fffd}&#xD;\n\u{1f600}");
    }

    #[test]
    fn writes_lists_dates_and_escapes() {
        #[derive(Serialize)]
        struct Output {
            #[serde(rename = "Expiration")]
            expiration: Timestamp,
            #[serde(rename = "Names")]
            names: Vec<&'static str>,
        }
        let output = Output { expiration: Timestamp::from_millis(1_795_420_800_123), names: vec!["a&b", "<"] };
        let written = success(sts::SERVICE.operation("AssumeRole").unwrap(), &output, "id").unwrap();
        let expected = "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\n  <AssumeRoleResult>\
            \n    \
                        <Expiration>2026-11-23T08:00:00Z</Expiration>\n    <Names>\n      <member>a&amp;b</member>\
                        \n      \
                        <member>&lt;</member>\n    </Names>\n  </AssumeRoleResult>\n  <ResponseMetadata>\n    \
                        <RequestId>id</RequestId>\n  </ResponseMetadata>\n</AssumeRoleResponse>\n";
        assert_eq!(written, expected);
    }
}
