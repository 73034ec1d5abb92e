//! Settings of backup rules that do not go together, in documents and in effective policies.

use super::merge::{BlockNode, Node};
use super::schedule::Schedule;
use super::written::WrittenBlock;
use crate::finding::Finding;
use crate::path::Path;

/// Settings that do not go together: the key and the value of each.
pub(super) type Dependent<'d> = Vec<(&'static str, &'d str)>;

/// The settings of a rule that depend on each other.
struct Rule<'d> {
    schedule: Option<&'d str>,
    continuous: Option<&'d str>,
    /// The rule's own, and those of its copies.
    lifecycles: Vec<Lifecycle<'d>>,
}

/// The settings of a lifecycle.
#[derive(Clone, Copy, Default)]
struct Lifecycle<'d> {
    moved: Option<&'d str>,
    deleted: Option<&'d str>,
    archive: Option<&'d str>,
}

const SCHEDULE: &str = "schedule_expression";
const CONTINUOUS: &str = "enable_continuous_backup";
const MOVED: &str = "move_to_cold_storage_after_days";
const DELETED: &str = "delete_after_days";
const ARCHIVE: &str = "opt_in_to_archive_for_supported_resources";

/// The shortest time between two backups, in seconds.
const INTERVAL_MIN: i64 = 3600;
/// The shortest time between two backups that are archived, in seconds.
const ARCHIVE_INTERVAL_MIN: i64 = 28 * 86_400;
/// So long continuous backups are kept at most.
const CONTINUOUS_DAYS_MAX: u64 = 35;
/// So long archived backups stay in cold storage at least.
const COLD_DAYS_MIN: u64 = 90;

/// Findings in the rules of a document at a time, in seconds since 1970.
pub(super) fn findings(document: &WrittenBlock, now: i64) -> Vec<Finding> {
    let mut findings = Vec::new();
    let plans = Path::ROOT.key("plans");
    for (plan, settings) in document.block("plans").into_iter().flat_map(WrittenBlock::blocks) {
        let plan = plans.key(plan);
        selections(&mut findings, settings, &plan);
        let rules = plan.key("rules");
        for (name, rule) in settings.block("rules").into_iter().flat_map(WrittenBlock::blocks) {
            findings_of_rule(&mut findings, rule, &rules.key(name), now);
        }
    }
    findings
}

fn findings_of_rule(findings: &mut Vec<Finding>, rule: &WrittenBlock, path: &Path<'_>, now: i64) {
    let rule = Rule::of_document(rule);
    let is_rare = |schedule: &str| interval(schedule, now).is_some_and(|interval| interval >= INTERVAL_MIN);
    if let Some(schedule) = rule.schedule.filter(|schedule| !is_rare(schedule)) {
        let expected = "two times to come, at least an hour apart";
        findings.push(Finding::new(&path.key(SCHEDULE), format!("{schedule:?}"), expected));
    }
    for dependent in rule.faults(now).into_iter().chain(rule.moved_while_continuous()) {
        findings.push(Finding::new(path, joined(&dependent), "settings that go together"));
    }
}

/// A selection of resources says which.
fn selections(findings: &mut Vec<Finding>, plan: &WrittenBlock, path: &Path<'_>) {
    let selections = path.key("selections");
    let resources = selections.key("resources");
    let written = plan.block("selections").and_then(|selections| selections.block("resources"));
    for (name, selection) in written.into_iter().flat_map(WrittenBlock::blocks) {
        if selection.get("resource_types").is_none() && selection.get("conditions").is_none() {
            let expected = "\"resource_types\" or \"conditions\"";
            findings.push(Finding::new(&resources.key(name), "neither of the two", expected));
        }
    }
}

/// What does not go together in a rule of an effective policy, each fault once. `now` is in seconds since 1970.
pub(super) fn faults(rule: &BlockNode, now: i64) -> Vec<Dependent<'_>> {
    Rule::of_effective(rule).faults(now)
}

/// Settings as AWS names them in messages.
pub(super) fn joined(dependent: &Dependent<'_>) -> String {
    let pairs: Vec<_> = dependent.iter().map(|(key, value)| format!("{key}={value}")).collect();
    pairs.join(",")
}

impl<'d> Rule<'d> {
    fn of_document(rule: &'d WrittenBlock) -> Self {
        let lifecycle = |block: &'d WrittenBlock| {
            block.block("lifecycle").map(|found| Lifecycle::new(|key| found.assigned(key))).unwrap_or_default()
        };
        let copies = rule.block("copy_actions").into_iter().flat_map(WrittenBlock::blocks);
        let lifecycles = [lifecycle(rule)].into_iter().chain(copies.map(|(_, copy)| lifecycle(copy))).collect();
        Self { schedule: rule.assigned(SCHEDULE), continuous: rule.assigned(CONTINUOUS), lifecycles }
    }

    fn of_effective(rule: &'d BlockNode) -> Self {
        let text = |block: &'d BlockNode, key: &str| block.get(key).and_then(Node::as_text);
        let block = |block: &'d BlockNode, key: &str| block.get(key).and_then(Node::as_block);
        let lifecycle = |of: &'d BlockNode| {
            block(of, "lifecycle").map(|found| Lifecycle::new(|key| text(found, key))).unwrap_or_default()
        };
        let copies = block(rule, "copy_actions").into_iter().flat_map(BlockNode::set);
        let copies = copies.filter_map(|(_, copy)| copy.as_block()).map(lifecycle);
        let lifecycles = [lifecycle(rule)].into_iter().chain(copies).collect();
        Self { schedule: text(rule, SCHEDULE), continuous: text(rule, CONTINUOUS), lifecycles }
    }

    /// Its faults, each once.
    // Recorded: captures of radkawar/stackd, 9dc356f, organizations_backup_{inheritance,copy_inheritance,…}. A copy's
    // fault is the rule's there, and two copies with one fault make one.
    fn faults(&self, now: i64) -> Vec<Dependent<'d>> {
        let own = self.lifecycles.first().copied().unwrap_or_default();
        let mut faults: Vec<_> = self.kept_too_long(own).into_iter().collect();
        let schedules = self.lifecycles.iter().filter_map(|lifecycle| self.too_often(*lifecycle, now));
        let deletions = self.lifecycles.iter().filter_map(|lifecycle| lifecycle.deleted_too_early());
        for fault in schedules.chain(deletions) {
            if !faults.contains(&fault) {
                faults.push(fault);
            }
        }
        faults
    }

    fn kept_too_long(&self, own: Lifecycle<'d>) -> Option<Dependent<'d>> {
        let fits = own.deleted.and_then(days).is_some_and(|days| days <= CONTINUOUS_DAYS_MAX);
        (self.continuous == Some("true") && !fits)
            .then(|| present([(CONTINUOUS, self.continuous), (DELETED, own.deleted)]))
    }

    /// A document with both of these settings is refused. An effective policy may have them.
    // Recorded: captures of radkawar/stackd, 9dc356f, organizations_policy_limits and organizations_backup_inheritance.
    fn moved_while_continuous(&self) -> Option<Dependent<'d>> {
        let moved = self.lifecycles.first().and_then(|own| own.moved);
        (self.continuous == Some("true") && moved.is_some())
            .then(|| present([(CONTINUOUS, self.continuous), (MOVED, moved)]))
    }

    fn too_often(&self, lifecycle: Lifecycle<'d>, now: i64) -> Option<Dependent<'d>> {
        let interval = self.schedule.and_then(|schedule| interval(schedule, now));
        let fits = interval.is_some_and(|interval| interval >= ARCHIVE_INTERVAL_MIN);
        (lifecycle.archives() && !fits).then(|| present([(ARCHIVE, lifecycle.archive), (SCHEDULE, self.schedule)]))
    }
}

impl<'d> Lifecycle<'d> {
    fn new(text: impl Fn(&str) -> Option<&'d str>) -> Self {
        Self { moved: text(MOVED), deleted: text(DELETED), archive: text(ARCHIVE) }
    }

    fn archives(self) -> bool {
        self.archive == Some("true")
    }

    fn deleted_too_early(self) -> Option<Dependent<'d>> {
        let (moved, deleted) = (self.moved.and_then(days), self.deleted.and_then(days));
        let fits = moved.zip(deleted).is_some_and(|(moved, deleted)| deleted >= moved.saturating_add(COLD_DAYS_MIN));
        (self.archives() && !fits)
            .then(|| present([(ARCHIVE, self.archive), (DELETED, self.deleted), (MOVED, self.moved)]))
    }
}

fn present<'d, const N: usize>(settings: [(&'static str, Option<&'d str>); N]) -> Dependent<'d> {
    settings.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

fn days(text: &str) -> Option<u64> {
    text.parse().ok()
}

fn interval(schedule: &str, now: i64) -> Option<i64> {
    Schedule::read(schedule)?.interval(now)
}
