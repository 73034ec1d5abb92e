//! Which tags an effective tag policy allows on resources.

use super::effective::Effective;
use crate::json::{self, Value};

/// Why an effective tag policy refuses a tag.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum TagViolation {
    /// The policy has the key in another case.
    Key {
        /// The key as the policy spells it.
        expected: String,
    },
    /// The policy does not have the value for the key.
    Value {
        /// The allowed values. A `*` stands for any text.
        allowed: Vec<String>,
    },
}

/// Why an effective tag policy refuses a tag on resources of a type, such as `organizations:account`. None where it
/// allows the tag. The policy applies only to types for which it is enforced, and only to keys that it names.
pub fn tag_violation(effective: &Effective, resource_type: &str, key: &str, value: &str) -> Option<TagViolation> {
    let document = json::read(effective.text()).ok()?;
    let tags = document.root.get("tags")?.as_object()?;
    let (_, rule) = tags.iter().find(|(name, _)| name.eq_ignore_ascii_case(key))?;
    if !texts(rule, "enforced_for").any(|enforced| covers(enforced, resource_type)) {
        return None;
    }
    let expected = rule.get("tag_key").and_then(Value::as_str).filter(|expected| *expected != key);
    if let Some(expected) = expected {
        return Some(TagViolation::Key { expected: expected.to_owned() });
    }
    let allowed: Vec<String> = texts(rule, "tag_value").map(str::to_owned).collect();
    let fits = allowed.is_empty() || allowed.iter().any(|pattern| matches(pattern, value));
    (!fits).then_some(TagViolation::Value { allowed })
}

fn texts<'v>(rule: &'v Value, key: &str) -> impl Iterator<Item = &'v str> {
    rule.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

fn covers(enforced: &str, resource_type: &str) -> bool {
    let service = resource_type.split(':').next().unwrap_or_default();
    enforced == resource_type
        || enforced
            .split_once(':')
            .is_some_and(|(prefix, kind)| prefix == service && matches!(kind, "*" | "ALL_SUPPORTED"))
}

/// Whether a value matches a pattern, which has at most one `*`.
fn matches(pattern: &str, value: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == value,
        Some((start, end)) => {
            value.len() >= start.len() + end.len() && value.starts_with(start) && value.ends_with(end)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::management::{AttachedPolicy, Kind, effective, validate};

    fn verdict(key: &str, value: &str, resource_type: &str) -> Option<TagViolation> {
        let text = r#"{"tags":{"costcenter":{"tag_key":{"@@assign":"CostCenter"},
            "tag_value":{"@@assign":["100","2*0"]},"enforced_for":{"@@assign":["organizations:account","ec2:*"]}}}}"#;
        let level = vec![AttachedPolicy::new("p-1", validate(Kind::Tag, text).unwrap())];
        tag_violation(&effective(Kind::Tag, &[level]).unwrap(), resource_type, key, value)
    }

    #[test]
    fn keys_and_values_are_checked_for_the_types_where_the_policy_is_enforced() {
        let key = Some(TagViolation::Key { expected: "CostCenter".into() });
        let value = Some(TagViolation::Value { allowed: vec!["100".into(), "2*0".into()] });
        for (tag, text, resource_type, expected) in [
            ("CostCenter", "100", "organizations:account", None),
            ("CostCenter", "2340", "organizations:account", None),
            ("CostCenter", "20", "organizations:account", None),
            ("CostCenter", "2", "organizations:account", value.clone()),
            ("CostCenter", "300", "organizations:account", value),
            ("costcenter", "100", "organizations:account", key.clone()),
            ("costcenter", "300", "ec2:instance", key),
            ("costcenter", "300", "organizations:ou", None),
            ("Other", "300", "organizations:account", None),
        ] {
            assert_eq!(verdict(tag, text, resource_type), expected, "{tag}={text} on {resource_type}");
        }
    }
}
