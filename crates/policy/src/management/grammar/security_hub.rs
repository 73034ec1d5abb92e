//! Security Hub policies, and those of Security Hub CSPM: where the services are on and off.

use super::super::shape::{Block, Named, Shape, Text, chosen, fixed, optional, required};
use super::forms::is_word;
use super::{REGION_LISTS, REGIONS};

pub(in crate::management) static DOCUMENT: Block = fixed(&[optional("securityhub", &HUB)]);

static HUB: Shape = Shape::Block(fixed(&[
    required("enable_in_regions", &REGIONS),
    required("disable_in_regions", &REGIONS),
    optional("features", &FEATURES),
]));

static FEATURES: Shape = Shape::Block(fixed(&[optional("network_scanning", &Shape::Block(fixed(&REGION_LISTS)))]));

// Inferred: the syntax page of CSPM policies is known only by its summary. It says that the two lists stand below
// `cspm_enablement`, and that standards and controls can be configured. So any one top key is read, and what stands next to
// `cspm_enablement` only has to use the operators properly.
pub(in crate::management) static CSPM_DOCUMENT: Block =
    Block { fields: &[], named: Some(Named { count_max: Some(1), ..chosen(KEY, &CSPM) }) };

static CSPM: Shape = Shape::Block(Block {
    fields: &[required("cspm_enablement", &Shape::Block(fixed(&REGION_LISTS)))],
    named: Some(chosen(KEY, &Shape::Open)),
});

const KEY: Text = Text::Form(is_key, "a key in lower case, such as securityhub_cspm");

fn is_key(text: &str) -> bool {
    is_word(text, |char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_')
}
