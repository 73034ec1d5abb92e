//! Writes the table of shapes with their types and limits.

use std::fmt::Write as _;

use crate::facts::{MemberFacts, ShapeFacts};
use crate::model::Model;
use crate::names;

pub fn render(model: &Model) -> String {
    let mut text = model.header("The limits of every shape that an input has.");
    let has_pattern = |name: &String| model.facts.shape(name).pattern.is_some();
    let pattern = if model.reach(model.roots(true)).iter().any(has_pattern) { " Pattern," } else { "" };
    let _ = writeln!(text, "use crate::schema::{{Kind, Limits, Member,{pattern} Shape}};");
    for name in model.reach(model.roots(true)) {
        let facts = model.facts.shape(&name);
        let constant = names::shape(&name);
        let kind = kind(model, &name, facts);
        let _ = writeln!(
            text,
            "\n/// `{name}`.\
             \npub static {constant}: Shape = Shape {{ name: \"{name}\", sensitive: {}, kind: {kind} }};",
            facts.sensitive
        );
    }
    text.push_str(
        "\n/// The input of operations without members.\
        \npub static NO_INPUT: Shape = Shape { name: \"Unit\", sensitive: false, kind: Kind::Structure(&[]) };\n",
    );
    text
}

fn kind(model: &Model, name: &str, facts: &ShapeFacts) -> String {
    match facts.kind.as_str() {
        "string" if !facts.values.is_empty() => {
            let values: Vec<String> = facts.values.iter().map(|value| format!("\"{value}\"")).collect();
            format!("Kind::Enum(&[{}])", values.join(", "))
        }
        "string" => match &facts.pattern {
            Some(pattern) => format!(
                "Kind::Text({}, Some({{ static PATTERN: Pattern = Pattern::new(r#\"{pattern}\"#); &PATTERN }}))",
                limits(facts)
            ),
            None => format!("Kind::Text({}, None)", limits(facts)),
        },
        "integer" => format!("Kind::Integer({})", limits(facts)),
        "long" => format!("Kind::Long({})", limits(facts)),
        "boolean" => "Kind::Boolean".to_owned(),
        "timestamp" => "Kind::Timestamp".to_owned(),
        "list" => format!("Kind::List({}, {})", limits(facts), reference(facts.member.as_ref())),
        "map" => format!(
            "Kind::Map({}, {}, {})",
            limits(facts),
            reference(facts.key.as_ref()),
            reference(facts.value.as_ref())
        ),
        "structure" => {
            let mut members = String::new();
            for (member, to) in &facts.members {
                let _ = write!(
                    members,
                    "\n    Member {{ name: \"{member}\", required: {}, query: {}, shape: &{} }},",
                    facts.required.contains(member),
                    query(to),
                    names::shape(&to.shape)
                );
            }
            let end = if members.is_empty() { "" } else { "\n" };
            format!("Kind::Structure(&[{members}{end}])")
        }
        other => panic!("{}: the shape {name} has an unknown type {other}", model.id),
    }
}

/// The name in the query string, for members that come there.
fn query(member: &MemberFacts) -> String {
    match (member.location.as_deref(), &member.location_name) {
        (Some("querystring"), Some(name)) => format!("Some(\"{name}\")"),
        _ => "None".to_owned(),
    }
}

fn reference(member: Option<&MemberFacts>) -> String {
    member.map_or_else(|| panic!("a list or map shape has no member"), |to| format!("&{}", names::shape(&to.shape)))
}

fn limits(facts: &ShapeFacts) -> String {
    if facts.min.is_none() && facts.max.is_none() {
        return "Limits::NONE".to_owned();
    }
    format!("Limits {{ min: {:?}, max: {:?} }}", facts.min, facts.max)
}
