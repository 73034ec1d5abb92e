//! Rules of effective policies that concern several settings.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::backup_rules;
use super::findings::{EffectiveCode, EffectiveFindings, joined, last_key};
use super::kind::Kind;
use super::merge::{BlockNode, Node};
use super::operators::Operators;

pub(super) fn check(findings: &mut EffectiveFindings<'_>) {
    let root = findings.effective.inherited.root.clone();
    match findings.effective.kind() {
        Kind::Backup => each(root.get("plans"), "plans", |path, plan, _| plan_rules(findings, path, plan)),
        Kind::Tag => {
            required_tags(findings, &root);
            size(findings);
        }
        Kind::GuardDuty => {
            let enablement = block_at(Some(&root), "guardduty").and_then(|block| block.get("enablement"));
            each(enablement, "guardduty/enablement", |path, features, node| foundation(findings, path, features, node));
        }
        _ => {}
    }
}

/// Visits each block in a block, if something in it is set.
fn each(node: Option<&Node>, path: &str, mut visit: impl FnMut(&str, &BlockNode, &Node)) {
    let Some(block) = node.and_then(Node::as_block) else { return };
    for (key, node) in block.set() {
        if let Some(block) = node.as_block() {
            visit(&joined(path, key), block, node);
        }
    }
}

fn block_at<'n>(block: Option<&'n BlockNode>, key: &str) -> Option<&'n BlockNode> {
    block?.get(key)?.as_block().filter(|block| block.set().next().is_some())
}

fn text_at<'n>(block: Option<&'n BlockNode>, key: &str) -> Option<&'n str> {
    block?.get(key)?.as_text()
}

fn plan_rules(findings: &mut EffectiveFindings<'_>, path: &str, plan: &BlockNode) {
    each(plan.get("rules"), &joined(path, "rules"), |path, rule, node| {
        for dependent in backup_rules::faults(rule, findings.effective.inherited.read_at) {
            note(findings, &backup_rules::joined(&dependent), path, node);
        }
        if block_at(Some(rule), "scan_actions").is_some() && block_at(Some(plan), "scan_settings").is_none() {
            note(findings, "scan_actions(undefined),scan_settings(undefined)", path, node);
        }
    });
}

/// How many tags one type of resource may be required to have.
const REQUIRED_MAX: usize = 50;
/// How many keys a message names.
const NAMED_MAX: usize = 5;
/// How many bytes an effective tag policy may have.
const SIZE_MAX: usize = 395_000;

/// A type of resource has so many required tags at most.
// Recorded: captures of radkawar/stackd, 9dc356f, organizations_tag_required.
fn required_tags(findings: &mut EffectiveFindings<'_>, root: &BlockNode) {
    let Some(node) = root.get("tags") else { return };
    let mut keys_by_type: BTreeMap<Arc<str>, Vec<Arc<str>>> = BTreeMap::new();
    for (key, tag) in node.as_block().into_iter().flat_map(BlockNode::set) {
        let types = tag.as_block().and_then(|tag| tag.get("report_required_tag_for")).and_then(Node::as_texts);
        for kind in types.unwrap_or_default() {
            keys_by_type.entry(Arc::clone(kind)).or_default().push(Arc::clone(key));
        }
    }
    for (kind, mut keys) in keys_by_type.into_iter().filter(|(_, keys)| keys.len() > REQUIRED_MAX) {
        keys.sort_unstable();
        let count = keys.len();
        let (named, more) = (keys[..NAMED_MAX].join(", "), count - NAMED_MAX);
        let message = format!(
            "Resource type '{kind}' has {count} tags for 'report_required_tag_for', which exceeds the maximum limit of \
            {REQUIRED_MAX}. Contributing tag keys include: {named} and {more} more"
        );
        findings.note(EffectiveCode::ElementsTooMany, message, "tags", node);
    }
}

/// An effective tag policy has so many bytes at most. No policy is named as contributing.
// Recorded: captures of radkawar/stackd, 9dc356f, organizations_policy_limits.
fn size(findings: &mut EffectiveFindings<'_>) {
    let size = findings.effective.text().len();
    if size > SIZE_MAX {
        let message =
            format!("Effective policy size is {size} bytes, which exceeds the maximum limit of {SIZE_MAX} bytes");
        let nothing = Node::Block(Arc::new(BlockNode { allowed: Operators::ALL, entries: Vec::new() }));
        findings.note(EffectiveCode::ElementsTooMany, message, "tags", &nothing);
    }
}

/// A protection of GuardDuty needs the foundational one in the same block.
fn foundation(findings: &mut EffectiveFindings<'_>, path: &str, features: &BlockNode, node: &Node) {
    let is_on = |key: &str| text_at(block_at(Some(features), key), "status") == Some("enabled");
    let other = features.set().find(|(key, _)| **key != *"foundational" && is_on(key));
    if let Some((key, _)) = other.filter(|_| !is_on("foundational")) {
        note(findings, &format!("foundational,{key}"), path, node);
    }
}

fn note(findings: &mut EffectiveFindings<'_>, fields: &str, path: &str, node: &Node) {
    let block = last_key(path);
    let message = format!("Dependent fields {fields} in policy block {block} are invalid when used together");
    findings.note(EffectiveCode::CrossAttributeValidation, message, path, node);
}
