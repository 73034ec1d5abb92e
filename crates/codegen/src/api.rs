//! One trait per resource, without default bodies, and the dispatch from a request to its handler.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::facts::OperationOverlay;
use crate::{Model, header, names};

pub fn render(model: &Model) -> String {
    let service = model.service;
    let mut text = header(service, "One trait per resource, and the dispatch to them.");
    let mut resources: BTreeMap<&str, Vec<(&String, &OperationOverlay)>> = BTreeMap::new();
    for (name, ours) in model.overlay.operations.iter().filter(|(_, ours)| !ours.planned) {
        resources.entry(&ours.resource).or_default().push((name, ours));
    }
    let writes = resources.values().flatten().any(|(_, ours)| ours.access == "write");
    let _ = writeln!(text, "use model::{}::{{Request, Response, types::*}};", service.module);
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
        "\n/// Every operation of the service that is not planned.\npub trait {}: {} {{}}",
        service.name,
        all.join(" + ")
    );
    dispatch(&mut text, model, "read");
    if writes {
        dispatch(&mut text, model, "write");
    }
    text
}

fn dispatch(text: &mut String, model: &Model, access: &str) {
    let (context, pass) = if access == "read" { ("view: &View<'_>", "view") } else { ("tx: &mut Tx<'_>", "tx") };
    let _ = writeln!(
        text,
        "\n/// Answers a request whose operation only {}.\n///\n/// # Panics\n/// On any other operation: the engine asks `Operation::access` and `Operation::state` first.\npub fn {access}<S: {}>({context}, request: Request) -> Result<Response> {{\n    match request {{",
        if access == "read" { "reads" } else { "writes" },
        model.service.name
    );
    for (name, ours) in &model.overlay.operations {
        if !ours.planned && ours.access == access {
            let _ = writeln!(
                text,
                "        Request::{name}(input) => S::{}({pass}, input).map(Response::{name}),",
                names::function(name)
            );
        }
    }
    let _ = writeln!(
        text,
        "        other => unreachable!(\"{{}} is not {access} here\", other.operation().name),\n    }}\n}}"
    );
}
