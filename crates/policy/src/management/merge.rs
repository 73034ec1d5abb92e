//! Merges policies along the path from the root to an account.
//!
//! Policies of one target act together: the first assignment wins, then all of them append, then all remove. So the
//! order of attachment decides between assignments and orders lists, and nothing else. Children may use the operators
//! that all of the policies allow.

use std::sync::Arc;

use super::kind::Kind;
use super::operators::Operators;
use super::written::{ManagementPolicy, SettingValue, WrittenBlock, WrittenLeaf, WrittenNode};

/// A policy attached to a root, a unit or an account.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AttachedPolicy {
    /// The id, by which an effective policy names its contributing policies.
    pub id: Arc<str>,
    pub policy: ManagementPolicy,
}

impl AttachedPolicy {
    pub fn new(id: impl Into<Arc<str>>, policy: ManagementPolicy) -> Self {
        Self { id: id.into(), policy }
    }
}

/// The settings that a target passes on to its children, with the operators that are still allowed on them. Cheap to
/// clone.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Inherited {
    pub(super) kind: Kind,
    pub(super) root: Arc<BlockNode>,
    /// The ids of all policies along the path, each once, from the root down.
    pub(super) policies: Arc<Vec<Arc<str>>>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Node {
    Block(Arc<BlockNode>),
    Leaf(Arc<LeafNode>),
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct BlockNode {
    pub(super) allowed: Operators,
    /// In the order in which the keys first appear.
    pub(super) entries: Vec<(Arc<str>, Node)>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct LeafNode {
    pub(super) allowed: Operators,
    /// None where nothing was set or all was removed.
    pub(super) value: Option<SettingValue>,
    /// The policies that contributed to the value.
    pub(super) sources: Vec<Arc<str>>,
}

/// The policies of one target that set one key: each policy's id, and the part of its document at the key.
type Peers<'p, W> = Vec<(&'p Arc<str>, &'p W)>;

impl Inherited {
    /// The settings that a root inherits: none, with all operators allowed.
    pub fn nothing(kind: Kind) -> Self {
        let root = BlockNode { allowed: Operators::ALL, entries: Vec::new() };
        Self { kind, root: Arc::new(root), policies: Arc::default() }
    }

    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether no policy is attached along the path.
    pub fn is_nothing(&self) -> bool {
        self.policies.is_empty()
    }

    /// The settings that a child passes on, with these policies attached to it in this order. The cost depends only
    /// on the settings that the policies touch. Policies of other kinds are ignored.
    #[must_use]
    pub fn merge(&self, level: &[AttachedPolicy]) -> Self {
        let level: Vec<_> = level.iter().filter(|attached| attached.policy.kind == self.kind).collect();
        if level.is_empty() {
            return self.clone();
        }
        let mut policies = self.policies.to_vec();
        for attached in &level {
            if !policies.contains(&attached.id) {
                policies.push(Arc::clone(&attached.id));
            }
        }
        let peers = level.iter().map(|attached| (&attached.id, &*attached.policy.document)).collect();
        Self { kind: self.kind, root: Arc::new(block(Some(&self.root), &peers)), policies: Arc::new(policies) }
    }
}

fn node(before: Option<&Node>, peers: &Peers<'_, WrittenNode>) -> Option<Node> {
    let is_block = match before {
        Some(before) => matches!(before, Node::Block(_)),
        None => matches!(peers.first()?.1, WrittenNode::Block(_)),
    };
    // By the grammar all of them are blocks or all are settings. Open parts of a grammar allow both; there the first
    // one decides.
    let merged = if is_block {
        let blocks = peers.iter().filter_map(|&(id, written)| match written {
            WrittenNode::Block(block) => Some((id, block)),
            WrittenNode::Leaf(_) => None,
        });
        let before = before.and_then(|node| if let Node::Block(block) = node { Some(&**block) } else { None });
        Node::Block(Arc::new(block(before, &blocks.collect())))
    } else {
        let leaves = peers.iter().filter_map(|&(id, written)| match written {
            WrittenNode::Leaf(leaf) => Some((id, leaf)),
            WrittenNode::Block(_) => None,
        });
        let before = before.and_then(|node| if let Node::Leaf(leaf) = node { Some(&**leaf) } else { None });
        Node::Leaf(Arc::new(leaf(before, &leaves.collect())))
    };
    Some(merged)
}

/// Merges the policies of one target at a block. The operators that it allows decide whether keys may be
/// added. Each setting in it has allowed operators of its own.
// The AI opt-out page of the user guide says what a list of allowed operators controls: at a block its keys, at a
// setting its value. The examples there, and those of backup policies, lock each block and each setting separately.
fn block(before: Option<&BlockNode>, peers: &Peers<'_, WrittenBlock>) -> BlockNode {
    let mut entries = before.map(|block| block.entries.clone()).unwrap_or_default();
    let allowed = before.map_or(Operators::ALL, |block| block.allowed);
    for (key, peers) in by_key(peers) {
        let known = entries.iter().position(|(known, _)| *known == *key);
        if known.is_none() && !allowed.admit_keys() {
            continue;
        }
        let Some(merged) = node(known.map(|index| &entries[index].1), &peers) else { continue };
        match known {
            Some(index) => entries[index].1 = merged,
            None => entries.push((Arc::clone(key), merged)),
        }
    }
    BlockNode { allowed: narrowed(allowed, peers.iter().map(|(_, block)| block.children_may)), entries }
}

/// The policies of one target by the keys that they set, in the order in which the keys first appear.
fn by_key<'p>(peers: &Peers<'p, WrittenBlock>) -> Vec<(&'p Arc<str>, Peers<'p, WrittenNode>)> {
    let mut keys: Vec<(&Arc<str>, Peers<'_, WrittenNode>)> = Vec::new();
    for &(id, block) in peers {
        for (key, written) in &block.entries {
            match keys.iter_mut().find(|(known, _)| *known == key) {
                Some((_, peers)) => peers.push((id, written)),
                None => keys.push((key, vec![(id, written)])),
            }
        }
    }
    keys
}

/// Merges the policies of one target at a setting.
// The first of two assignments wins by the user guide's example of a tag key. Inferred: lists do the same, and removals
// come last.
fn leaf(before: Option<&LeafNode>, peers: &Peers<'_, WrittenLeaf>) -> LeafNode {
    let mut leaf = before.cloned().unwrap_or(LeafNode { allowed: Operators::ALL, value: None, sources: Vec::new() });
    if leaf.allowed.has(Operators::ASSIGN) {
        let first = peers.iter().find_map(|&(id, written)| Some((id, written.assign.as_ref()?)));
        if let Some((id, assigned)) = first {
            leaf.value = Some(assigned.clone());
            leaf.sources = vec![Arc::clone(id)];
        }
    }
    if leaf.allowed.has(Operators::APPEND) {
        for &(id, written) in peers {
            leaf.append(id, written);
        }
    }
    if leaf.allowed.has(Operators::REMOVE) {
        for &(id, written) in peers {
            leaf.remove(id, written);
        }
    }
    leaf.allowed = narrowed(leaf.allowed, peers.iter().map(|(_, written)| written.children_may));
    leaf
}

fn narrowed(allowed: Operators, by: impl Iterator<Item = Operators>) -> Operators {
    by.fold(allowed, Operators::and)
}

impl LeafNode {
    /// Adds the values that are not there yet.
    fn append(&mut self, id: &Arc<str>, written: &WrittenLeaf) {
        let Some(texts) = &written.append else { return };
        if texts.is_empty() && !(written.stays_empty && self.value.is_none()) {
            return;
        }
        let SettingValue::Many(values) = self.value.get_or_insert_with(|| SettingValue::Many(Vec::new())) else {
            return;
        };
        let count = values.len();
        for text in texts {
            if !values.contains(text) {
                values.push(Arc::clone(text));
            }
        }
        if values.len() > count || count == 0 {
            self.add_source(id);
        }
    }

    fn remove(&mut self, id: &Arc<str>, written: &WrittenLeaf) {
        let Some(texts) = &written.remove else { return };
        let Some(SettingValue::Many(values)) = &mut self.value else { return };
        let count = values.len();
        values.retain(|value| !texts.contains(value));
        if values.len() == count {
            return;
        }
        if values.is_empty() && !written.stays_empty {
            self.value = None;
        }
        self.add_source(id);
    }

    fn add_source(&mut self, id: &Arc<str>) {
        if !self.sources.contains(id) {
            self.sources.push(Arc::clone(id));
        }
    }
}

impl BlockNode {
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find_map(|(name, node)| (**name == *key).then_some(node))
    }

    /// The entries in which something is set.
    pub(super) fn set(&self) -> impl Iterator<Item = &(Arc<str>, Node)> {
        self.entries.iter().filter(|(_, node)| node.is_set())
    }
}

impl Node {
    /// Whether a value is set in it.
    pub(super) fn is_set(&self) -> bool {
        match self {
            Self::Block(block) => block.set().next().is_some(),
            Self::Leaf(leaf) => leaf.value.is_some(),
        }
    }

    /// Whether a policy with this id contributed to its values, or to their removal.
    pub(super) fn has_source(&self, id: &Arc<str>) -> bool {
        match self {
            Self::Block(block) => block.entries.iter().any(|(_, node)| node.has_source(id)),
            Self::Leaf(leaf) => leaf.sources.contains(id),
        }
    }

    pub(super) fn as_block(&self) -> Option<&BlockNode> {
        if let Self::Block(block) = self { Some(block) } else { None }
    }

    /// The text of a setting of one value.
    pub(super) fn as_text(&self) -> Option<&str> {
        let Self::Leaf(leaf) = self else { return None };
        if let Some(SettingValue::One(text)) = &leaf.value { Some(text) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::management::validate;

    #[test]
    fn a_merge_shares_what_it_does_not_touch() {
        let tag = |text| vec![AttachedPolicy::new("p-tag", validate(Kind::Tag, text).unwrap())];
        let root = Inherited::nothing(Kind::Tag)
            .merge(&tag(r#"{"tags": {"a": {"tag_key": {"@@assign": "A"}}, "b": {"tag_key": {"@@assign": "B"}}}}"#));
        assert!(Arc::ptr_eq(&root.root, &root.merge(&[]).root));

        let unit = root.merge(&tag(r#"{"tags": {"a": {"tag_value": {"@@append": ["x"]}}}}"#));
        let block = |inherited: &Inherited, key| match inherited
            .root
            .get("tags")
            .and_then(Node::as_block)
            .and_then(|tags| tags.get(key))
        {
            Some(Node::Block(block)) => Arc::clone(block),
            other => panic!("{other:?}"),
        };
        assert!(Arc::ptr_eq(&block(&root, "b"), &block(&unit, "b")));
        assert!(!Arc::ptr_eq(&block(&root, "a"), &block(&unit, "a")));
    }
}
