//! Properties of all management policies.

#![allow(clippy::unwrap_used)]

use policy::json::{self, Value};
use policy::management::{AttachedPolicy, Effective, Inherited, Kind, effective, effective_findings, validate};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// Operators of a setting with values, as JSON without braces. Child control is sometimes added.
fn operators(is_list: bool, assigns: bool, values: Vec<&'static str>) -> impl Strategy<Value = String> {
    let control =
        select(vec!["", r#""@@all""#, r#""@@none""#, r#""@@append""#, r#""@@append","@@remove""#, r#""@@assign""#]);
    let some = move || subsequence(values.clone(), 0..=values.len());
    (some(), some(), some(), 0_u8..8, control).prop_map(move |(assigned, appended, removed, used, control)| {
        let list = |values: &[&str]| format!("{values:?}");
        let mut parts = Vec::new();
        match assigned.first() {
            Some(one) if used & 1 > 0 && assigns && !is_list => parts.push(format!(r#""@@assign":{one:?}"#)),
            _ if used & 1 > 0 && assigns && is_list => parts.push(format!(r#""@@assign":{}"#, list(&assigned))),
            _ => {}
        }
        if used & 2 > 0 && is_list {
            parts.push(format!(r#""@@append":{}"#, list(&appended)));
        }
        if used & 4 > 0 && is_list {
            parts.push(format!(r#""@@remove":{}"#, list(&removed)));
        }
        if !control.is_empty() {
            parts.push(format!(r#""@@operators_allowed_for_child_policies":[{control}]"#));
        }
        parts.join(",")
    })
}

fn tag(assigns: bool) -> impl Strategy<Value = String> {
    let key = select(vec!["color", "Color", "COLOR", "owner"]);
    let lock = select(vec!["", r#","@@operators_allowed_for_child_policies":["@@none"]"#]);
    let values = || operators(true, assigns, vec!["red", "green", "blue"]);
    let resources = || operators(true, assigns, vec!["ec2:instance", "s3:*"]);
    (key, values(), resources(), lock).prop_flat_map(move |(key, values, resources, lock)| {
        operators(false, assigns, vec![key]).prop_map(move |named| {
            format!(
                r#"{key:?}:{{"tag_key":{{{named}}},"tag_value":{{{values}}},"enforced_for":{{{resources}}}{lock}}}"#
            )
        })
    })
}

fn attached(id: usize, assigns: bool) -> impl Strategy<Value = AttachedPolicy> {
    let lock = select(vec![
        "",
        r#","@@operators_allowed_for_child_policies":["@@append"]"#,
        r#","@@operators_allowed_for_child_policies":["@@none"]"#,
    ]);
    (tag(assigns), lock).prop_map(move |(tag, lock)| {
        let text = format!(r#"{{"tags":{{{tag}{lock}}}}}"#);
        AttachedPolicy::new(
            format!("p-{id}"),
            validate(Kind::Tag, &text).unwrap_or_else(|findings| panic!("{text}: {findings:?}")),
        )
    })
}

/// A target with up to four policies, whose ids count up from a number.
fn level(first_id: usize, assigns: bool) -> impl Strategy<Value = Vec<AttachedPolicy>> {
    let policies: Vec<_> = (first_id..first_id + 4).map(|id| attached(id, assigns).boxed()).collect();
    (policies, 0_usize..=4).prop_map(|(mut level, count)| {
        level.truncate(count);
        level
    })
}

/// A root, units and an account.
fn levels(assigns: bool) -> impl Strategy<Value = Vec<Vec<AttachedPolicy>>> {
    (0_usize..5)
        .prop_flat_map(move |count| (0..count).map(|index| level(index * 10, assigns).boxed()).collect::<Vec<_>>())
}

/// The document with all keys and lists sorted.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(entries) => {
            let mut entries: Vec<_> = entries.iter().map(|(key, value)| (key.clone(), sorted(value))).collect();
            entries.sort_by(|(left, _), (right, _)| left.cmp(right));
            Value::Object(entries)
        }
        Value::Array(items) => {
            let mut items: Vec<_> = items.iter().map(sorted).collect();
            items.sort_by_key(ToString::to_string);
            Value::Array(items)
        }
        other => other.clone(),
    }
}

fn text(effective: Option<&Effective>) -> String {
    effective.map_or_else(String::new, |effective| effective.text().to_owned())
}

fn sorted_text(effective: Option<&Effective>) -> String {
    effective.map_or_else(String::new, |effective| sorted(&json::read(effective.text()).unwrap().root).to_string())
}

/// Whether any key of a document is an operator.
fn has_operators(value: &Value) -> bool {
    match value {
        Value::Object(entries) => entries.iter().any(|(key, value)| key.starts_with("@@") || has_operators(value)),
        Value::Array(items) => items.iter().any(has_operators),
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_step_at_a_time_is_the_whole_at_once(levels in levels(true), split in 0_usize..5) {
        let split = split.min(levels.len());
        let nothing = Inherited::nothing(Kind::Tag);
        let shared = levels[..split].iter().fold(nothing, |inherited, level| inherited.merge(level));
        let before = shared.clone();
        let all = levels[split..].iter().fold(shared.clone(), |inherited, level| inherited.merge(level));
        let stepped = all.effective();
        prop_assert_eq!(stepped, effective(Kind::Tag, &levels));
        prop_assert_eq!(shared, before);
    }

    #[test]
    fn detaching_what_was_attached_restores(levels in levels(true), target in 0_usize..5, more in attached(99, true)) {
        prop_assume!(!levels.is_empty());
        let target = target % levels.len();
        let before = effective(Kind::Tag, &levels);
        let mut changed = levels;
        changed[target].push(more);
        let _ = effective(Kind::Tag, &changed);
        changed[target].pop();
        prop_assert_eq!(effective(Kind::Tag, &changed), before);
    }

    #[test]
    fn order_of_attachment_orders_lists_and_nothing_else(levels in levels(false)) {
        let mut reversed = levels.clone();
        for level in &mut reversed {
            level.reverse();
        }
        let (one, other) = (effective(Kind::Tag, &levels), effective(Kind::Tag, &reversed));
        prop_assert_eq!(sorted_text(one.as_ref()), sorted_text(other.as_ref()));
    }

    #[test]
    fn the_first_assignment_of_a_place_stands(first in attached(1, true), second in attached(2, true)) {
        let alone = effective(Kind::Tag, &[vec![first.clone()]]);
        let assigned = |effective: Option<&Effective>| {
            let document = json::read(&text(effective)).unwrap().root;
            let tags = document.get("tags").and_then(Value::as_object).unwrap_or_default().to_vec();
            tags.into_iter().filter_map(|(key, tag)| Some((key,
            tag.get("tag_key")?.as_str()?.to_owned()))).collect::<Vec<_>>()
        };
        let both = effective(Kind::Tag, &[vec![first, second]]);
        let keys = assigned(both.as_ref());
        for (key, spelled) in assigned(alone.as_ref()).into_iter().filter(|(key, spelled)| key != spelled) {
            prop_assert!(keys.contains(&(key, spelled)));
        }
    }

    #[test]
    fn a_locked_setting_stays(levels in levels(true)) {
        let lock = r#"{"tags":{"color":{"tag_value":{"@@assign":["locked"],
        "@@operators_allowed_for_child_policies":["@@none"]}}}}"#;
        let mut below = vec![vec![AttachedPolicy::new("p-lock", validate(Kind::Tag, lock).unwrap())]];
        below.extend(levels);
        let effective = effective(Kind::Tag, &below).unwrap();
        prop_assert!(effective.text().contains(r#""tag_value":["locked"]"#), "{}", effective.text());
    }

    #[test]
    fn effective_policies_have_no_operators(levels in levels(true)) {
        if let Some(effective) = effective(Kind::Tag, &levels) {
            let document = json::read(effective.text()).unwrap();
            prop_assert!(document.duplicates.is_empty() && !has_operators(&document.root));
            prop_assert_eq!(document.root.to_string(), effective.text());
            let ids: Vec<_> = levels.iter().flatten().map(|attached| attached.id.clone()).collect();
            prop_assert!(effective.contributing_policies().iter().all(|id| ids.contains(id)));
            prop_assert!(effective_findings(&effective).is_empty());
        }
    }

    #[test]
    fn places_without_policies_change_nothing(levels in levels(true), at in 0_usize..5) {
        let mut padded = levels.clone();
        padded.insert(at.min(levels.len()), Vec::new());
        prop_assert_eq!(effective(Kind::Tag, &padded), effective(Kind::Tag, &levels));
    }

    #[test]
    fn no_text_panics(kind in select(Kind::ALL.to_vec()), text in any::<String>(), document in document()) {
        let _ = validate(kind, &text);
        if let Ok(policy) = validate(kind, &document) {
            let effective = effective(kind, &[vec![AttachedPolicy::new("p-1", policy)]]).unwrap();
            let _ = effective_findings(&effective);
        }
    }
}

/// JSON made of the keys and values of the grammars.
fn document() -> impl Strategy<Value = String> {
    let words = vec![
        "tags",
        "plans",
        "services",
        "default",
        "securityhub",
        "cspm_enablement",
        "enable_in_regions",
        "rules",
        "tag_key",
        "tag_value",
        "opt_out_policy",
        "guardduty",
        "enablement",
        "@@assign",
        "@@append",
        "@@remove",
        "@@operators_allowed_for_child_policies",
        "@@none",
        "ec2_attributes",
        "vpc_encryption_x",
        "us-east-1",
        "optOut",
    ];
    let leaf = prop_oneof![
        select(words.clone()).prop_map(|word| Value::String(word.to_owned())),
        (0_u32..100).prop_map(|number| Value::Number(number.to_string())),
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
    ];
    let value = leaf.prop_recursive(5, 40, 4, move |inner| {
        prop_oneof![
            1 => vec(inner.clone(), 0..3).prop_map(Value::Array),
            3 => vec((select(words.clone()).prop_map(str::to_owned), inner), 0..4).prop_map(Value::Object),
        ]
    });
    value.prop_map(|value| value.to_string())
}
