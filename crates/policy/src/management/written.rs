//! A document as its author wrote it: settings with their operators.

use std::sync::Arc;

use super::kind::Kind;
use super::operators::Operators;

/// A valid document. Cheap to clone.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ManagementPolicy {
    pub(super) kind: Kind,
    pub(super) document: Arc<WrittenBlock>,
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
    /// Whether the setting stays, as an empty list, when its last value is removed.
    pub(super) stays_empty: bool,
}

/// The value of a setting.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum SettingValue {
    One(Arc<str>),
    Many(Vec<Arc<str>>),
}
