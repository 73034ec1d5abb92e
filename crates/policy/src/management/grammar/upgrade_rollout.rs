//! Upgrade rollout policies: in which order resources are upgraded.

use super::super::shape::{Block, Folding, Named, Shape, Text, author_keys, fixed, named, one, optional, required};
use super::forms::TAG_KEY;

pub(in crate::management) static DOCUMENT: Block = fixed(&[optional("upgrade_rollout", &ROLLOUT)]);

static ROLLOUT: Shape =
    Shape::Block(fixed(&[optional("default", &ORDER), optional("tags", &Shape::Block(named(TAG_KEY, &TAG)))]));

static TAG: Shape = Shape::Block(fixed(&[required("tag_values", &TAG_VALUES)]));

// Inferred: the keys are values of tags, and values keep their case.
static TAG_VALUES: Shape = Shape::Block(Block {
    fields: &[],
    named: Some(Named {
        folding: Folding::Kept,
        ..author_keys(Text::Form(is_tag_value, "a tag value of at most 256 characters"), &ORDER)
    }),
});

static ORDER: Shape = Shape::Block(fixed(&[required("patch_order", &one(Text::OneOf(&["first", "second", "last"])))]));

fn is_tag_value(text: &str) -> bool {
    text.chars().count() <= 256
}
