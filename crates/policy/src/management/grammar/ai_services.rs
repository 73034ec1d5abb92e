//! Opt-out policies for AI services: whose content AWS may use.

use super::super::shape::{Block, Shape, Text, fixed, named, one, optional, required};
use super::forms::is_word;

pub(in crate::management) static DOCUMENT: Block = fixed(&[optional("services", &SERVICES)]);

static SERVICES: Shape =
    Shape::Block(named(Text::Form(is_service, "default or a service, such as rekognition"), &SERVICE));

static SERVICE: Shape = Shape::Block(fixed(&[required("opt_out_policy", &one(Text::OneOf(&["optOut", "optIn"])))]));

// Inferred: AWS has a list of the services. Their form is checked instead, since the list grows.
fn is_service(text: &str) -> bool {
    is_word(text, |char| char.is_ascii_lowercase() || char.is_ascii_digit())
}
