//! The effective policy of an account.

use std::sync::Arc;

use super::kind::Kind;
use super::merge::{AttachedPolicy, Inherited, Node};
use super::written::SettingValue;
use crate::json::Value;

/// An effective policy. Cheap to clone.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Effective {
    pub(super) inherited: Inherited,
    text: Arc<str>,
}

/// The effective policy of an account. `levels` are the policies of the root, of each unit along the path, and of the
/// account. None where no policy of the kind is attached to any of them.
pub fn effective(kind: Kind, levels: &[Vec<AttachedPolicy>]) -> Option<Effective> {
    levels.iter().fold(Inherited::nothing(kind), |inherited, level| inherited.merge(level)).effective()
}

impl Inherited {
    /// The effective policy of the account that this was merged for. None where no policy is attached along the path.
    // Inferred: where policies are attached and set nothing, AWS has an effective policy, which is empty.
    pub fn effective(&self) -> Option<Effective> {
        if self.is_nothing() {
            return None;
        }
        let mut document = object(self.root.set());
        if self.kind == Kind::Tag {
            complete_tags(&mut document);
        }
        Some(Effective { inherited: self.clone(), text: document.to_string().into() })
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

    /// The ids of the policies that contributed to it, from the root down.
    pub fn contributing_policies(&self) -> Vec<Arc<str>> {
        let Inherited { root, .. } = &self.inherited;
        self.policies_of(&Node::Block(Arc::clone(root)))
    }

    /// The ids of the policies that contributed to a node, from the root down.
    pub(super) fn policies_of(&self, node: &Node) -> Vec<Arc<str>> {
        self.inherited.policies.iter().filter(|id| node.has_source(id)).cloned().collect()
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

/// Adds to an effective tag policy what its policies leave out: the key in lower case, and `*` for any value.
// The CLI walkthrough of tag policies assigns a key alone and is answered with `"tag_value":["*"]`. The key's default
// case is the syntax page's. Inferred: it is written out like the values.
fn complete_tags(document: &mut Value) {
    let Value::Object(entries) = document else { return };
    for tag in entries
        .iter_mut()
        .filter_map(|(_, tags)| if let Value::Object(tags) = tags { Some(tags) } else { None })
        .flatten()
    {
        let (key, Value::Object(settings)) = tag else { continue };
        let has = |name: &str| settings.iter().any(|(known, _)| known == name);
        let (has_key, has_values) = (has("tag_key"), has("tag_value"));
        if !has_key {
            settings.push(("tag_key".to_owned(), Value::String(key.clone())));
        }
        if !has_values {
            settings.push(("tag_value".to_owned(), Value::Array(vec![Value::String("*".to_owned())])));
        }
    }
}
