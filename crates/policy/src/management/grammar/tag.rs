//! Tag policies: the case of a tag key, its allowed values, and the resources for which both are enforced.

use super::super::shape::{Block, Folding, Named, Shape, Text, fixed, many, one, optional};
use super::forms::{TAG_KEY, is_word};

pub(in crate::management) static DOCUMENT: Block = fixed(&[optional("tags", &TAGS)]);

static TAGS: Shape = Shape::Block(Block {
    fields: &[],
    named: Some(Named {
        key: TAG_KEY,
        folding: Folding::LowerCase,
        shape: &TAG,
        echo: Some("tag_key"),
        count_max: None,
    }),
});

static TAG: Shape = Shape::Block(fixed(&[
    optional("tag_key", &one(TAG_KEY)),
    optional("tag_value", &many(Text::Form(is_value, "a tag value with at most one *"))),
    optional("enforced_for", &RESOURCES),
    optional("report_required_tag_for", &RESOURCES),
]));

static RESOURCES: Shape = many(Text::Form(is_resource, "service:type, service:* or service:ALL_SUPPORTED"));

fn is_value(text: &str) -> bool {
    text.chars().count() <= 256 && text.matches('*').count() <= 1
}

/// A wildcard stands for all types of one service, never for services.
// Inferred: AWS holds lists of the services and types that it enforces. Their form is checked instead, since the lists
// grow.
fn is_resource(text: &str) -> bool {
    let Some((service, kind)) = text.split_once(':') else { return false };
    let is_name = |text| is_word(text, |char| char.is_ascii_alphanumeric() || "-_./".contains(char));
    is_name(service) && (kind == "*" || is_name(kind))
}
