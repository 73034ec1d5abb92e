//! Findings in effective policies. An effective policy may be invalid although each of its policies was accepted.

use std::sync::Arc;

use super::cross;
use super::effective::Effective;
use super::merge::{BlockNode, Node};
use super::shape::{Block, Leaf, Shape};
use super::written::SettingValue;

/// One reason why an effective policy is invalid.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EffectiveFinding {
    pub code: EffectiveCode,
    /// The reason, as a sentence.
    pub message: String,
    /// Where in the effective policy: keys joined by slashes.
    pub path_to_error: String,
    /// The ids of the policies that contributed to the wrong setting, from the root down.
    pub contributing_policies: Vec<Arc<str>>,
}

/// The error codes of `ListEffectivePolicyValidationErrors`. The variants have AWS's names.
// AWS documents ELEMENTS_TOO_MANY and its message. Inferred: the names and messages of the others.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum EffectiveCode {
    ElementsTooMany,
    ElementsTooFew,
    KeyRequired,
    CrossAttributeValidation,
}

impl EffectiveCode {
    /// The code as the API spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ElementsTooMany => "ELEMENTS_TOO_MANY",
            Self::ElementsTooFew => "ELEMENTS_TOO_FEW",
            Self::KeyRequired => "KEY_REQUIRED",
            Self::CrossAttributeValidation => "CROSS_ATTRIBUTE_VALIDATION",
        }
    }
}

/// All findings in an effective policy: settings that are missing or too many, in the order of its text, then settings
/// that do not go together. A valid policy has none.
pub fn effective_findings(effective: &Effective) -> Vec<EffectiveFinding> {
    let mut findings = EffectiveFindings { effective, found: Vec::new() };
    findings.block(effective.kind().document(), &effective.inherited.root, "");
    cross::check(&mut findings);
    findings.found
}

/// The findings so far.
pub(super) struct EffectiveFindings<'e> {
    pub(super) effective: &'e Effective,
    found: Vec<EffectiveFinding>,
}

impl EffectiveFindings<'_> {
    /// Notes a finding. Every policy that contributed to the node counts as contributing.
    pub(super) fn note(&mut self, code: EffectiveCode, message: String, path: &str, node: &Node) {
        let contributing_policies = self.effective.policies_of(node);
        self.found.push(EffectiveFinding { code, message, path_to_error: path.to_owned(), contributing_policies });
    }

    fn shape(&mut self, shape: &Shape, node: &Node, path: &str) {
        match (shape, node) {
            (Shape::Block(shape), Node::Block(block)) => {
                for field in shape.fields.iter().filter(|field| field.is_required) {
                    if !block.get(field.key).is_some_and(Node::is_set) {
                        self.note(EffectiveCode::KeyRequired, format!("'{}' is missing", field.key), path, node);
                    }
                }
                self.count_keys(shape, block, path, node);
                self.block(shape, block, path);
            }
            (Shape::Leaf(shape), Node::Leaf(leaf)) => {
                if let Some(SettingValue::Many(values)) = &leaf.value {
                    self.count_values(shape, values.len(), path, node);
                }
            }
            _ => {}
        }
    }

    fn block(&mut self, shape: &Block, block: &BlockNode, path: &str) {
        for (key, node) in block.set() {
            let field = shape.fields.iter().find(|field| *field.key == **key).map(|field| field.shape);
            let Some(shape) = field.or(shape.named.as_ref().map(|named| named.shape)) else { continue };
            self.shape(shape, node, &joined(path, key));
        }
    }

    /// AWS's recorded message names the first element beyond the limit, and the recorded path leads to it.
    fn count_keys(&mut self, shape: &Block, block: &BlockNode, path: &str, node: &Node) {
        let Some(count_max) = shape.named.as_ref().and_then(|named| named.count_max) else { return };
        let mut author_keys = block.set().filter(|(key, _)| !shape.fields.iter().any(|field| *field.key == **key));
        if let Some((key, _)) = author_keys.nth(count_max) {
            self.note(EffectiveCode::ElementsTooMany, too_many(key, count_max), &joined(path, key), node);
        }
    }

    fn count_values(&mut self, shape: &Leaf, count: usize, path: &str, node: &Node) {
        let Some(rule) = shape.list else { return };
        let name = path.rsplit('/').next().unwrap_or(path);
        if let Some(count_max) = rule.count_max.filter(|count_max| count > *count_max) {
            self.note(EffectiveCode::ElementsTooMany, too_many(name, count_max), path, node);
        }
        if count < rule.count_min {
            let message = format!("'{name}' is less than the allowed minimum limit {}", rule.count_min);
            self.note(EffectiveCode::ElementsTooFew, message, path, node);
        }
    }
}

fn too_many(name: &str, count_max: usize) -> String {
    format!("'{name}' exceeds the allowed maximum limit {count_max}")
}

/// The path of a key below another path.
pub(super) fn joined(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}/{key}") }
}
