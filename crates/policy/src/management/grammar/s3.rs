//! S3 policies: Block Public Access for all accounts.

use super::super::shape::{Block, Shape, Text, fixed, one, optional};

pub(in crate::management) static DOCUMENT: Block = fixed(&[optional("s3_attributes", &ATTRIBUTES)]);

static ATTRIBUTES: Shape =
    Shape::Block(fixed(&[optional("public_access_block_configuration", &one(Text::OneOf(&["all", "none"])))]));
