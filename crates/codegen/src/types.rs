//! Writes inputs, outputs, and the structures and enums inside them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::facts::ShapeFacts;
use crate::model::Model;
use crate::names;

pub fn render(model: &Model) -> String {
    let mut text = model.header("Inputs, outputs and the types inside them.");
    text.push_str("use serde::{Deserialize, Serialize};\n\nuse super::schema;\nuse crate::{Checked, Values};\n");
    let inputs = model.reach(model.roots(true));
    let outputs = model.reach(model.roots(false));
    let roots: BTreeSet<String> = model.roots(true).chain(model.roots(false)).collect();
    for name in inputs.union(&outputs) {
        let facts = model.facts.shape(name);
        let (read, written) = (inputs.contains(name), outputs.contains(name));
        if model.overlay.types.contains_key(name) {
            continue;
        }
        match facts.kind.as_str() {
            "structure" if roots.contains(name) && !nested(model, name) => {}
            "structure" => structure(&mut text, model, &names::structure(name), facts, read, written, &[]),
            "string" if !facts.values.is_empty() => enumeration(&mut text, name, facts),
            _ => {}
        }
    }
    for (operation, facts) in &model.facts.operations {
        let empty = ShapeFacts { kind: "structure".to_owned(), ..ShapeFacts::default() };
        let input = facts.input.as_ref().map_or(&empty, |shape| model.facts.shape(shape));
        structure(&mut text, model, &format!("{operation}Input"), input, true, false, &[]);
        let output = facts.output.as_ref().map_or(&empty, |shape| model.facts.shape(shape));
        let order = &model.overlay.operations[operation].output_order;
        structure(&mut text, model, &format!("{operation}Output"), output, false, true, order);
    }
    text
}

/// Whether another shape has `name` as a member, so that `name` needs a type of its own.
fn nested(model: &Model, name: &str) -> bool {
    model.facts.shapes.values().any(|facts| {
        let parts = [facts.member.as_ref(), facts.key.as_ref(), facts.value.as_ref()];
        facts.members.values().chain(parts.into_iter().flatten()).any(|member| member.shape == name)
    })
}

/// Writes a structure that is read, written or both. The members in `order` come first, in that order.
fn structure(
    text: &mut String,
    model: &Model,
    name: &str,
    facts: &ShapeFacts,
    read: bool,
    written: bool,
    order: &[String],
) {
    let mut derives = vec!["Clone", "Debug", "PartialEq"];
    if facts.required.is_empty() {
        derives.push("Default");
    }
    if read {
        derives.push("Deserialize");
    }
    // A repeated request is compared with the earlier one in its serialized form.
    let may_repeat = facts.members.values().any(|member| member.idempotency_token);
    if written || may_repeat {
        derives.push("Serialize");
    }
    let _ = writeln!(text, "\n/// See [`schema`] for the limits of its members.\n#[derive({})]", derives.join(", "));
    if facts.members.is_empty() {
        let _ = writeln!(text, "pub struct {name} {{}}");
    } else {
        let _ = writeln!(text, "pub struct {name} {{");
        let mut members: Vec<_> = facts.members.iter().collect();
        members.sort_by_key(|(member, _)| order.iter().position(|first| first == *member).unwrap_or(order.len()));
        for (member, reference) in members {
            let kind = model.rust_type(&reference.shape);
            let name = names::field(member);
            if facts.required.contains(member) {
                let _ = writeln!(text, "    #[serde(rename = \"{member}\")]\n    pub {name}: {kind},");
            } else {
                let skip = if written { ", skip_serializing_if = \"Option::is_none\"" } else { "" };
                let _ = writeln!(text, "    #[serde(rename = \"{member}\"{skip})]\n    pub {name}: Option<{kind}>,");
            }
        }
        text.push_str("}\n");
    }
    if read {
        checked(text, model, name, facts);
        values(text, name, facts);
    }
}

/// Writes the implementation of `Values`.
fn values(text: &mut String, name: &str, facts: &ShapeFacts) {
    let fields: Vec<String> =
        facts.members.keys().map(|member| format!("self.{}.any(test)", names::field(member))).collect();
    let (argument, body) =
        if fields.is_empty() { ("_test", "false".to_owned()) } else { ("test", fields.join(" || ")) };
    let _ = writeln!(
        text,
        "\nimpl Values for {name} {{\n    fn any(&self, {argument}: &dyn Fn(&str) -> bool) -> bool {{\n        {body}\
         \n    }}\n}}"
    );
}

fn checked(text: &mut String, model: &Model, name: &str, facts: &ShapeFacts) {
    let mut conditions = Vec::new();
    for (member, reference) in &facts.members {
        let field = names::field(member);
        let required = facts.required.contains(member);
        let bound = if required { format!("&self.{field}") } else { "value".to_owned() };
        if let Some(test) = condition(model, &reference.shape, &bound) {
            conditions.push(if required { test } else { format!("self.{field}.as_ref().is_none_or(|value| {test})") });
        }
    }
    let body = if conditions.is_empty() { "true".to_owned() } else { conditions.join("\n            && ") };
    let _ = writeln!(text, "\nimpl Checked for {name} {{\n    fn holds(&self) -> bool {{\n        {body}\n    }}\n}}");
}

/// A test of the reference `bound` against the limits of `shape`. None where nothing limits it.
fn condition(model: &Model, shape: &str, bound: &str) -> Option<String> {
    let facts = model.facts.shape(shape);
    let table = format!("schema::{}", names::shape(shape));
    let limited = facts.min.is_some() || facts.max.is_some() || facts.pattern.is_some();
    if let Some(exact) = model.overlay.types.get(shape) {
        // An AccountId has exactly twelve digits, because its parser is the test.
        return (limited && exact != "AccountId" && exact != "Timestamp")
            .then(|| format!("{table}.text({bound}.as_str())"));
    }
    match facts.kind.as_str() {
        "string" if facts.values.is_empty() => limited.then(|| format!("{table}.text({bound})")),
        "integer" | "long" => limited.then(|| format!("{table}.number(i64::from(*({bound})))")),
        "structure" => Some(format!("({bound}).holds()")),
        "list" => {
            let item = &facts.member.as_ref()?.shape;
            let counted =
                (facts.min.is_some() || facts.max.is_some()).then(|| format!("{table}.count(({bound}).len())"));
            let items = condition(model, item, "item").map(|test| format!("({bound}).iter().all(|item| {test})"));
            both(counted, items)
        }
        "map" => {
            let (key, value) = (&facts.key.as_ref()?.shape, &facts.value.as_ref()?.shape);
            let counted =
                (facts.min.is_some() || facts.max.is_some()).then(|| format!("{table}.count(({bound}).len())"));
            let keys = condition(model, key, "key").map(|test| format!("({bound}).keys().all(|key| {test})"));
            let values = condition(model, value, "item").map(|test| format!("({bound}).values().all(|item| {test})"));
            both(counted, both(keys, values))
        }
        _ => None,
    }
}

fn both(first: Option<String>, second: Option<String>) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) => Some(format!("{first} && {second}")),
        (one, other) => one.or(other),
    }
}

fn enumeration(text: &mut String, shape: &str, facts: &ShapeFacts) {
    let name = names::structure(shape);
    let _ = writeln!(
        text,
        "\n/// The values of `{shape}`.\
         \n#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]\npub enum {name} {{"
    );
    for value in &facts.values {
        let _ = writeln!(text, "    #[serde(rename = \"{value}\")]\n    {},", names::variant(value));
    }
    let _ = writeln!(
        text,
        "}}\n\nimpl {name} {{\n    /// All values.\n    pub const ALL: [Self; {}] = [",
        facts.values.len()
    );
    for value in &facts.values {
        let _ = writeln!(text, "        Self::{},", names::variant(value));
    }
    text.push_str(
        "    ];\n\n    /// The value on the wire.\n    pub fn as_str(self) -> &'static str {\n        match self {\n",
    );
    for value in &facts.values {
        let _ = writeln!(text, "            Self::{} => \"{value}\",", names::variant(value));
    }
    text.push_str("        }\n    }\n}\n");
    let _ = writeln!(
        text,
        "\nimpl Values for {name} {{\n    fn any(&self, test: &dyn Fn(&str) -> bool) -> bool {{\
         \n        test(self.as_str())\n    }}\n}}"
    );
}
