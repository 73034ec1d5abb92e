//! The effective policy of an account.

use std::sync::Arc;

use super::kind::Kind;
use super::merge::{AttachedPolicy, BlockNode, Inherited, Node};
use super::written::SettingValue;
use crate::json::Value;

/// An effective policy. Cheap to clone.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Effective {
    pub(super) inherited: Inherited,
    text: Arc<str>,
}

/// The effective policy of an account. `levels` are the policies of the root, of each unit along the path, and of the
/// account. Where there are none, nothing is set.
pub fn effective(kind: Kind, levels: &[Vec<AttachedPolicy>]) -> Effective {
    levels.iter().fold(Inherited::nothing(kind), |inherited, level| inherited.merge(level)).effective()
}

impl Inherited {
    /// The effective policy of the account that this was merged for.
    pub fn effective(&self) -> Effective {
        let document = match self.kind {
            Kind::Tag => tags(&self.root),
            _ => object(self.root.set()),
        };
        Effective { inherited: self.clone(), text: document.to_string().into() }
    }
}

impl Effective {
    /// The document as `DescribeEffectivePolicy` answers it: JSON without white space, operators and empty blocks.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn kind(&self) -> Kind {
        self.inherited.kind
    }

    /// The ids of the policies that contributed to it, from the account up.
    pub fn contributing_policies(&self) -> Vec<Arc<str>> {
        let Inherited { root, .. } = &self.inherited;
        self.policies_of(&Node::Block(Arc::clone(root)))
    }

    /// The ids of the policies that contributed to a node, from the account up.
    pub(super) fn policies_of(&self, node: &Node) -> Vec<Arc<str>> {
        self.inherited.policies.iter().rev().filter(|id| node.has_source(id)).cloned().collect()
    }
}

fn object<'n>(entries: impl Iterator<Item = &'n (Arc<str>, Node)>) -> Value {
    Value::Object(entries.map(|(key, node)| (key.to_string(), value(node))).collect())
}

fn value(node: &Node) -> Value {
    let string = |text: &Arc<str>| Value::String(text.to_string());
    match node {
        Node::Block(block) => object(block.set()),
        Node::Leaf(leaf) => match &leaf.value {
            Some(SettingValue::One(text)) => string(text),
            Some(SettingValue::Many(texts)) => Value::Array(texts.iter().map(string).collect()),
            None => Value::Null,
        },
    }
}

/// An effective tag policy. It has every key that a policy names, also those for which nothing is set.
// Recorded: captures of radkawar/stackd, 9dc356f, organizations_tag_inheritance and organizations_effective_policy.
fn tags(root: &BlockNode) -> Value {
    let named = root.get("tags").and_then(Node::as_block).into_iter().flat_map(|tags| &tags.entries);
    let tags: Vec<_> =
        named.filter_map(|(key, tag)| Some((key.to_string(), tag_settings(key, tag.as_block()?)))).collect();
    let entries = if tags.is_empty() { Vec::new() } else { vec![("tags".to_owned(), Value::Object(tags))] };
    Value::Object(entries)
}

/// The settings of a key. What its policies leave out is there too: the key in lower case, and `*` for any value.
fn tag_settings(key: &str, tag: &BlockNode) -> Value {
    let mut settings: Vec<_> = tag.set().map(|(key, node)| (key.to_string(), value(node))).collect();
    for (name, value) in
        [("tag_key", Value::String(key.to_owned())), ("tag_value", Value::Array(vec![Value::String("*".to_owned())]))]
    {
        if !settings.iter().any(|(known, _)| known == name) {
            settings.push((name.to_owned(), value));
        }
    }
    Value::Object(settings)
}
