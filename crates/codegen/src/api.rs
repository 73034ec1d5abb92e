//! Writes one trait for each resource, without default bodies, and the dispatch from a request to its handler.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::facts::OperationOverlay;
use crate::model::Model;
use crate::names;

pub fn render(model: &Model) -> String {
    let mut text = model.header("The traits of the service's resources, and the dispatch to them.");
    let mut resources: BTreeMap<&str, Vec<(&String, &OperationOverlay)>> = BTreeMap::new();
    for (name, ours) in model.overlay.operations.iter().filter(|(_, ours)| !ours.planned) {
        resources.entry(&ours.resource).or_default().push((name, ours));
    }
    let _ = writeln!(text, "use model::{}::{{Request, Response, types::*}};", model.module());
    let _ = writeln!(text, "use world::{{Tx, View}};\n\nuse super::super::Result;");
    for (resource, operations) in &resources {
        let _ = writeln!(text, "\n/// The operations of `{resource}.rs`.\npub trait {} {{", names::resource(resource));
        for (name, ours) in operations {
            let context = if ours.access == "read" { "view: &View<'_>" } else { "tx: &mut Tx<'_>" };
            let _ = writeln!(
                text,
                "    /// Answers `{name}`.\n    fn {}({context}, input: {name}Input) -> Result<{name}Output>;",
                names::function(name)
            );
        }
        text.push_str("}\n");
    }
    let all: Vec<String> = resources.keys().map(|resource| names::resource(resource)).collect();
    let _ = writeln!(
        text,
        "\n/// The handlers of all operations that are not planned.\npub trait Handlers: {} {{}}",
        all.join(" + ")
    );
    dispatch(&mut text, model, "read");
    dispatch(&mut text, model, "write");
    text
}

fn dispatch(text: &mut String, model: &Model, access: &str) {
    let operations = &model.overlay.operations;
    let here: Vec<&String> =
        operations.iter().filter(|(_, ours)| !ours.planned && ours.access == access).map(|(name, _)| name).collect();
    let (name, kind) = if access == "read" { ("view", "&View<'_>") } else { ("tx", "&mut Tx<'_>") };
    let argument = if here.is_empty() { format!("_{name}") } else { name.to_owned() };
    let _ = writeln!(
        text,
        "\n/// Answers a request whose operation has the access `{access}`.\n///\n/// # Panics\
         \n/// On any other operation. The engine checks `Operation::access` and `Operation::state` first.\
         \npub fn {access}<S: Handlers>({argument}: {kind}, request: Request) -> Result<Response> {{\
         \n    match request {{"
    );
    for operation in &here {
        let _ = writeln!(
            text,
            "        Request::{operation}(input) => S::{}({name}, input).map(Response::{operation}),",
            names::function(operation)
        );
    }
    if here.len() < operations.len() {
        let _ = writeln!(text, "        other => unreachable!(\"{{}} is not {access} here\", other.operation().name),");
    }
    text.push_str("    }\n}\n");
}
