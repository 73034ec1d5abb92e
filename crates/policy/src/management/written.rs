//! A document as its author wrote it: settings with their operators.

use std::sync::Arc;

use super::kind::Kind;
use super::operators::Operators;

/// A valid document. Cheap to clone.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ManagementPolicy {
    pub(super) kind: Kind,
    pub(super) document: Arc<WrittenBlock>,
    /// When it was read, in seconds since 1970.
    pub(super) read_at: i64,
}

impl ManagementPolicy {
    pub fn kind(&self) -> Kind {
        self.kind
    }
}

#[derive(Debug, Eq, PartialEq)]
pub(super) enum WrittenNode {
    Block(WrittenBlock),
    Leaf(WrittenLeaf),
}

/// An object of settings, with keys as effective policies spell them.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct WrittenBlock {
    pub(super) children_may: Operators,
    pub(super) entries: Vec<(Arc<str>, WrittenNode)>,
}

/// A setting: the operators that a document uses on it.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct WrittenLeaf {
    pub(super) children_may: Operators,
    pub(super) assign: Option<SettingValue>,
    pub(super) append: Option<Vec<Arc<str>>>,
    pub(super) remove: Option<Vec<Arc<str>>>,
}

impl WrittenBlock {
    pub(super) fn get(&self, key: &str) -> Option<&WrittenNode> {
        self.entries.iter().find_map(|(name, written)| (**name == *key).then_some(written))
    }

    /// The block of a key.
    pub(super) fn block(&self, key: &str) -> Option<&Self> {
        if let WrittenNode::Block(block) = self.get(key)? { Some(block) } else { None }
    }

    /// The blocks in it, by their keys.
    pub(super) fn blocks(&self) -> impl Iterator<Item = (&str, &Self)> {
        self.entries.iter().filter_map(|(key, written)| match written {
            WrittenNode::Block(block) => Some((&**key, block)),
            WrittenNode::Leaf(_) => None,
        })
    }

    /// The one value that it assigns to a key.
    pub(super) fn assigned(&self, key: &str) -> Option<&str> {
        let WrittenNode::Leaf(leaf) = self.get(key)? else { return None };
        if let Some(SettingValue::One(text)) = &leaf.assign { Some(text) } else { None }
    }
}

/// The value of a setting.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum SettingValue {
    One(Arc<str>),
    Many(Vec<Arc<str>>),
}
