//! Rules of effective policies that concern several settings.

use super::findings::{EffectiveCode, EffectiveFindings, joined};
use super::kind::Kind;
use super::merge::{BlockNode, Node};

pub(super) fn check(findings: &mut EffectiveFindings<'_>) {
    let root = findings.effective.inherited.root.clone();
    match findings.effective.kind() {
        Kind::Backup => each(root.get("plans"), "plans", |path, plan, node| plan_rules(findings, path, plan, node)),
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

fn plan_rules(findings: &mut EffectiveFindings<'_>, path: &str, plan: &BlockNode, node: &Node) {
    let selections = block_at(Some(plan), "selections");
    if block_at(selections, "tags").is_some() && block_at(selections, "resources").is_some() {
        dependent(findings, &["tags", "resources"], &joined(path, "selections"), node);
    }
    each(plan.get("rules"), &joined(path, "rules"), |path, rule, node| {
        let lifecycle = block_at(Some(rule), "lifecycle");
        continuous_backup(findings, path, rule, node);
        cold_storage(findings, path, lifecycle, node);
        each(rule.get("copy_actions"), &joined(path, "copy_actions"), |path, action, node| {
            cold_storage(findings, path, block_at(Some(action), "lifecycle"), node);
        });
        if block_at(Some(rule), "scan_actions").is_some() && block_at(Some(plan), "scan_settings").is_none() {
            dependent(findings, &["scan_actions", "scan_settings"], path, node);
        }
    });
}

/// A rule with continuous backups has to delete them after 35 days at most.
fn continuous_backup(findings: &mut EffectiveFindings<'_>, path: &str, rule: &BlockNode, node: &Node) {
    let days =
        text_at(block_at(Some(rule), "lifecycle"), "delete_after_days").and_then(|days| days.parse::<u64>().ok());
    if text_at(Some(rule), "enable_continuous_backup") == Some("true") && days.is_none_or(|days| days > 35) {
        dependent(findings, &["enable_continuous_backup", "delete_after_days"], path, node);
    }
}

/// Backups in cold storage stay there for at least 90 days.
fn cold_storage(findings: &mut EffectiveFindings<'_>, path: &str, lifecycle: Option<&BlockNode>, node: &Node) {
    let days = |key| text_at(lifecycle, key).and_then(|days| days.parse::<u64>().ok());
    let (Some(moved), Some(deleted)) = (days("move_to_cold_storage_after_days"), days("delete_after_days")) else {
        return;
    };
    if deleted < moved.saturating_add(90) {
        dependent(findings, &["move_to_cold_storage_after_days", "delete_after_days"], path, node);
    }
}

/// A protection of GuardDuty needs the foundational one in the same block.
fn foundation(findings: &mut EffectiveFindings<'_>, path: &str, features: &BlockNode, node: &Node) {
    let is_on = |key: &str| text_at(block_at(Some(features), key), "status") == Some("enabled");
    let other = features.set().find(|(key, _)| **key != *"foundational" && is_on(key));
    if let Some((key, _)) = other.filter(|_| !is_on("foundational")) {
        dependent(findings, &["foundational", key], path, node);
    }
}

fn dependent(findings: &mut EffectiveFindings<'_>, fields: &[&str], path: &str, node: &Node) {
    let block = path.rsplit('/').next().unwrap_or(path);
    let message =
        format!("Dependent fields {} in policy block {block} are invalid when used together", fields.join(","));
    findings.note(EffectiveCode::CrossAttributeValidation, message, path, node);
}
