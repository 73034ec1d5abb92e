//! Writes the parts of each request that policies see: the resources that it names, and the values of condition keys.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::facts::{KeySource, MemberFacts, OperationOverlay};
use crate::model::{Model, header};
use crate::names;

/// Writes the functions for requests of any service, with an arm for each service.
pub fn module(models: &[Model]) -> String {
    let mut text = header("the files in fixtures/model", "The parts of requests of each service that policies see.");
    for model in models {
        let _ = writeln!(text, "pub mod {};", model.module());
    }
    text.push_str("\nuse model::Request;\n\nuse crate::request_members::{NamedResource, RequestKey};\n");
    for (comment, name, answer) in [
        ("The resources that a request names, by the names of its members.", "named_resources", "NamedResource"),
        ("The condition keys whose values a request has.", "condition_keys", "RequestKey"),
    ] {
        let signature = format!("{name}(request: &Request) -> Vec<{answer}<'_>>");
        let _ = writeln!(text, "\n/// {comment}\npub fn {signature} {{\n    match request {{");
        for model in models {
            let (variant, module) = (&model.service().name, model.module());
            let _ = writeln!(text, "        Request::{variant}(request) => {module}::{name}(request),");
        }
        text.push_str("    }\n}\n");
    }
    text
}

/// Writes the two functions of a service.
///
/// # Errors
/// A text, when the overlay names a member that the input does not have, or a secret one. Also when it leaves out a
/// member whose shape names a resource in another operation, because policies would then see fewer resources.
pub fn render(model: &Model) -> Result<String, String> {
    require_all_named(model)?;
    let mut text = model.header("The parts of a request that policies see.");
    let module = model.module();
    let _ =
        write!(text, "use model::{module}::Request;\n\nuse crate::request_members::{{NamedResource, RequestKey}};\n");
    if model.overlay.operations.values().any(|ours| !ours.named_resources.is_empty()) {
        text.push_str("use crate::resource_type::ResourceType;\n");
    }
    let named = "named_resources(request: &Request) -> Vec<NamedResource<'_>>";
    function(&mut text, model, "The resources that a request names, by the names of its members.", named, resources)?;
    let keys = "condition_keys(request: &Request) -> Vec<RequestKey<'_>>";
    function(&mut text, model, "The condition keys whose values a request has.", keys, condition_keys)?;
    Ok(text)
}

/// Requires that all members of a shape name resources if one does, or are listed as naming none.
fn require_all_named(model: &Model) -> Result<(), String> {
    let members = |operation: &str| {
        let input = model.facts.operations[operation].input.as_ref();
        input.into_iter().flat_map(|shape| &model.facts.shape(shape).members)
    };
    let operations = &model.overlay.operations;
    let naming = operations.iter().flat_map(|(name, ours)| {
        members(name).filter(|(member, _)| ours.named_resources.contains_key(*member)).map(|(_, to)| &to.shape)
    });
    let naming: BTreeSet<&String> = naming.collect();
    for (name, ours) in operations {
        let left_out = |(member, to): &(&String, &MemberFacts)| {
            naming.contains(&to.shape) && !ours.named_resources.contains_key(*member)
        };
        if let Some((member, _)) = members(name).find(left_out) {
            return Err(format!("the overlay does not say which resource the member {member} of {name} names"));
        }
    }
    Ok(())
}

/// Writes a function whose arms are the lists that `items` makes of an operation.
fn function(
    text: &mut String,
    model: &Model,
    comment: &str,
    signature: &str,
    items: fn(&Model, &str, &OperationOverlay) -> Result<Vec<String>, String>,
) -> Result<(), String> {
    let _ = writeln!(text, "\n/// {comment}\npub fn {signature} {{\n    match request {{");
    let mut with_none = Vec::new();
    for (name, ours) in &model.overlay.operations {
        let items = items(model, name, ours)?;
        if items.is_empty() {
            with_none.push(format!("        Request::{name}(_)"));
            continue;
        }
        let items: Vec<String> = items.iter().map(|item| format!("            {item},\n")).collect();
        let _ = writeln!(text, "        Request::{name}(input) => vec![\n{}        ],", items.concat());
    }
    if !with_none.is_empty() {
        let _ = writeln!(text, "{} => Vec::new(),", with_none.join("\n        | ").replace("|         ", "| "));
    }
    text.push_str("    }\n}\n");
    Ok(())
}

fn resources(model: &Model, operation: &str, ours: &OperationOverlay) -> Result<Vec<String>, String> {
    let naming = ours.named_resources.iter().filter(|(_, types)| !types.names().is_empty());
    let named = naming.map(|(member, types)| {
        let types: Vec<String> =
            types.names().iter().map(|name| format!("ResourceType::{}", names::variant(name))).collect();
        Ok(format!("NamedResource::new(&[{}], {})", types.join(", "), field(model, operation, member)?))
    });
    named.collect()
}

fn condition_keys(model: &Model, operation: &str, ours: &OperationOverlay) -> Result<Vec<String>, String> {
    let keys: &BTreeMap<String, KeySource> = &ours.condition_keys;
    let keys = keys.iter().map(|(key, source)| {
        let members = match source {
            KeySource::Value { value } => return Ok(format!("RequestKey::new(\"{key}\", \"{value}\")")),
            KeySource::Members(members) => members.names(),
        };
        let fields = members.iter().map(|member| field(model, operation, member)).collect::<Result<Vec<_>, _>>()?;
        let (first, others) = fields.split_first().ok_or_else(|| format!("{operation}: {key} has no member"))?;
        let others: Vec<String> = others.iter().map(|other| format!(".or({other})")).collect();
        Ok(format!("RequestKey::new(\"{key}\", {first}){}", others.concat()))
    });
    keys.collect()
}

/// The field of the input for a member of the model.
fn field(model: &Model, operation: &str, member: &str) -> Result<String, String> {
    let input = model.facts.operations[operation].input.as_ref();
    let reference = input.and_then(|shape| model.facts.shape(shape).members.get(member));
    let shape = reference.ok_or_else(|| format!("the overlay names a member that {operation} has not: {member}"))?;
    if model.facts.shape(&shape.shape).sensitive {
        return Err(format!("the overlay shows policies a secret member of {operation}: {member}"));
    }
    Ok(format!("&input.{}", names::field(member)))
}
