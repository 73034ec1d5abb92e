//! The merge of policies along root, units and account.
//!
//! Policies of one place act as one: the first assignment wins, then all of them append, then all remove. So the order
//! in which they were attached decides between assignments and orders lists, and nothing else. What they allow their
//! children is what all of them allow, and binds from the next place on.

use std::sync::Arc;

use super::kind::Kind;
use super::operators::Operators;
use super::written::{ManagementPolicy, Setting, Written, WrittenBlock, WrittenLeaf};

/// A policy attached to a root, a unit or an account.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AttachedPolicy {
    /// The policy's id, by which the effective policy names those that contributed.
    pub id: Arc<str>,
    /// What it says.
    pub policy: ManagementPolicy,
}

impl AttachedPolicy {
    /// A policy with its id.
    pub fn new(id: impl Into<Arc<str>>, policy: ManagementPolicy) -> Self {
        Self { id: id.into(), policy }
    }
}

/// All that a place hands down: the settings so far, and what may still be done to them. Cheap to clone.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Inherited {
    pub(super) kind: Kind,
    pub(super) root: Arc<BlockNode>,
    /// The ids of all policies on the way here, each once, as they were met.
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
    /// In the order in which the keys came up.
    pub(super) entries: Vec<(Arc<str>, Node)>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct LeafNode {
    pub(super) allowed: Operators,
    /// None when nothing was set, or nothing is left.
    pub(super) value: Option<Setting>,
    /// The policies that made the value what it is.
    pub(super) sources: Vec<Arc<str>>,
}

/// What the policies of one place say about one key.
type Peers<'p, W> = Vec<(&'p Arc<str>, &'p W)>;

impl Inherited {
    /// What stands above a root: nothing set, everything allowed.
    pub fn nothing(kind: Kind) -> Self {
        let root = BlockNode { allowed: Operators::ALL, entries: Vec::new() };
        Self { kind, root: Arc::new(root), policies: Arc::default() }
    }

    /// The kind of the policies.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether no policy was attached on the way here.
    pub fn is_nothing(&self) -> bool {
        self.policies.is_empty()
    }

    /// What a place below hands down, with these policies attached to it in this order. Costs what the policies touch,
    /// and nothing where there are none. Policies of other kinds do not count.
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

fn node(before: Option<&Node>, peers: &Peers<'_, Written>) -> Option<Node> {
    let is_block = match before {
        Some(before) => matches!(before, Node::Block(_)),
        None => matches!(peers.first()?.1, Written::Block(_)),
    };
    // The grammar makes all of them blocks or all of them settings; only its open parts leave a choice, and the first
    // one makes it.
    let merged = if is_block {
        let blocks = peers.iter().filter_map(|&(id, written)| match written {
            Written::Block(block) => Some((id, block)),
            Written::Leaf(_) => None,
        });
        let before = before.and_then(|node| if let Node::Block(block) = node { Some(&**block) } else { None });
        Node::Block(Arc::new(block(before, &blocks.collect())))
    } else {
        let leaves = peers.iter().filter_map(|&(id, written)| match written {
            Written::Leaf(leaf) => Some((id, leaf)),
            Written::Block(_) => None,
        });
        let before = before.and_then(|node| if let Node::Leaf(leaf) = node { Some(&**leaf) } else { None });
        Node::Leaf(Arc::new(leaf(before, &leaves.collect())))
    };
    Some(merged)
}

/// A block after one place. What it allows says whether keys may be added; each setting below has its own say about its
/// value.
// The AI opt-out page of the user guide says for each place what a list of allowed operators controls there: the keys
// of a block, the value of a setting. Its examples, and those of backup policies, lock every place by itself.
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

/// What the policies say, by key, in the order in which the keys come up.
fn by_key<'p>(peers: &Peers<'p, WrittenBlock>) -> Vec<(&'p Arc<str>, Peers<'p, Written>)> {
    let mut keys: Vec<(&Arc<str>, Peers<'_, Written>)> = Vec::new();
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

/// A setting after one place.
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
        let Setting::Many(values) = self.value.get_or_insert_with(|| Setting::Many(Vec::new())) else { return };
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
        let Some(Setting::Many(values)) = &mut self.value else { return };
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
    /// The entry of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find_map(|(name, node)| (**name == *key).then_some(node))
    }

    /// The entries in which something is set.
    pub(super) fn set(&self) -> impl Iterator<Item = &(Arc<str>, Node)> {
        self.entries.iter().filter(|(_, node)| node.is_set())
    }
}

impl Node {
    /// Whether a value stands here or below.
    pub(super) fn is_set(&self) -> bool {
        match self {
            Self::Block(block) => block.set().next().is_some(),
            Self::Leaf(leaf) => leaf.value.is_some(),
        }
    }

    /// Whether a policy with this id had a part in what stands here and below, or in that nothing does.
    pub(super) fn has_source(&self, id: &Arc<str>) -> bool {
        match self {
            Self::Block(block) => block.entries.iter().any(|(_, node)| node.has_source(id)),
            Self::Leaf(leaf) => leaf.sources.contains(id),
        }
    }

    /// The block, where this is one.
    pub(super) fn as_block(&self) -> Option<&BlockNode> {
        if let Self::Block(block) = self { Some(block) } else { None }
    }

    /// The text, where this is a setting of one value.
    pub(super) fn as_text(&self) -> Option<&str> {
        let Self::Leaf(leaf) = self else { return None };
        if let Some(Setting::One(text)) = &leaf.value { Some(text) } else { None }
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
