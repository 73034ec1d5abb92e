//! Security Hub policies, and those of Security Hub CSPM: where the services are on and off.

use super::super::shape::{Block, Shape, Text, author_keys, fixed, optional, required};
use super::forms::is_word;
use super::{REGION_LISTS, REGIONS};

pub(in crate::management) static DOCUMENT: Block = fixed(&[optional("securityhub", &HUB)]);

static HUB: Shape = Shape::Block(fixed(&[
    required("enable_in_regions", &REGIONS),
    required("disable_in_regions", &REGIONS),
    optional("features", &FEATURES),
]));

static FEATURES: Shape = Shape::Block(fixed(&[optional("network_scanning", &Shape::Block(fixed(&REGION_LISTS)))]));

// Inferred: of the syntax page of CSPM policies only the summary is known. It has the two lists below
// `cspm_enablement`, and says that standards and controls can be configured, without their keys. So both spellings of
// the top key are accepted, and settings with `standard` or `control` in their keys only have to use the operators
// correctly.
pub(in crate::management) static CSPM_DOCUMENT: Block =
    fixed(&[optional("securityhub", &CSPM), optional("securityhub_cspm", &CSPM)]);

static CSPM: Shape = Shape::Block(Block {
    fields: &[required("cspm_enablement", &Shape::Block(fixed(&REGION_LISTS)))],
    named: Some(author_keys(Text::Form(is_cspm_key, "a key of standards or controls"), &Shape::Open)),
});

fn is_cspm_key(text: &str) -> bool {
    is_word(text, |char| char.is_ascii_lowercase() || char == '_')
        && (text.contains("standard") || text.contains("control"))
}
