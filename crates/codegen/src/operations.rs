//! Writes the table of operations, and the enums that hold any request or response of a service.

use std::fmt::Write as _;

use crate::facts::OperationOverlay;
use crate::model::Model;
use crate::{names, service};

pub fn module(model: &Model) -> String {
    let mut text = model.header(&format!("Generated types of `{}`.", model.id));
    text.push_str(
        "pub mod errors;\nmod operations;\npub mod schema;\npub mod types;\n\npub use errors::ErrorCode;\
        \npub use operations::{OPERATIONS, Request, Response, SERVICE};\n",
    );
    text
}

pub fn render(model: &Model) -> String {
    let (service, metadata) = (model.service(), &model.facts.metadata);
    let mut text = model.header("The operations.");
    text.push_str(
        "use serde::{Serialize, Serializer};\n\nuse super::{schema, types};\
        \nuse crate::{Access, Callers, Decoder, Operation, Protocol, ServiceId, ServiceModel, State, Values};\n",
    );
    let protocols = metadata.protocols.iter().filter_map(|name| service::protocol(name));
    let protocols: Vec<String> = protocols.map(|name| format!("Protocol::{name}")).collect();
    let _ = writeln!(
        text,
        "\n/// The service.\npub static SERVICE: ServiceModel = ServiceModel {{\n    id: ServiceId::{},\
         \n    signing_name: \"{}\",\n    protocols: &[{}],\n    target_prefix: \"{}\",\n    namespace: \"{}\",\
         \n    xml_namespace: \"{}\",\n    version: \"{}\",\n    errors_repeat_request_id: {},\
         \n    operations: &OPERATIONS,\n}};",
        service.name,
        metadata.signing_name.as_ref().unwrap_or(&model.id),
        protocols.join(", "),
        metadata.target_prefix,
        service.namespace,
        metadata.xml_namespace,
        metadata.api_version,
        service.errors_repeat_request_id,
    );
    table(&mut text, model);
    requests(&mut text, model);
    responses(&mut text, model);
    text
}

fn table(text: &mut String, model: &Model) {
    let _ = writeln!(
        text,
        "\n/// All operations of the model, in alphabetical order.\npub static OPERATIONS: [Operation; {}] = [",
        model.facts.operations.len()
    );
    for (index, (name, facts)) in model.facts.operations.iter().enumerate() {
        let ours = &model.overlay.operations[name];
        let input = facts.input.as_ref().map_or("NO_INPUT".to_owned(), |shape| names::shape(shape));
        let errors: Vec<String> = facts.errors.iter().map(|error| format!("\"{error}\"")).collect();
        let access = if ours.access == "read" { "Read" } else { "Write" };
        let state = if ours.planned { "Planned" } else { "Implemented" };
        let _ = writeln!(
            text,
            "    Operation {{\n        service: &SERVICE,\n        name: \"{name}\",\n        index: {index},\
             \n        method: \"{}\",\n        path: \"{}\",\n        input: &schema::{input},\n        output: {},\
             \n        errors: &[{}],\n        actions: &[{}],\n        access: Access::{access},\
             \n        callers: Callers::{},\n        all_features: {},\n        state: State::{state},\
             \n        unsigned: {},\n        resource: \"{}\",\n        source: \"{}\",\n    }},",
            facts.http.method,
            facts.http.request_uri,
            facts.output.is_some(),
            errors.join(", "),
            actions(&model.id, name, ours),
            names::variant(&ours.callers),
            ours.all_features,
            facts.unsigned,
            ours.resource,
            ours.source,
        );
    }
    text.push_str("];\n");
}

/// The actions that a caller of an operation needs.
fn actions(service: &str, name: &str, ours: &OperationOverlay) -> String {
    let own = || vec![format!("{service}:{name}")];
    let actions = ours.actions.clone().unwrap_or_else(own);
    actions.iter().map(|action| format!("\"{action}\"")).collect::<Vec<_>>().join(", ")
}

fn requests(text: &mut String, model: &Model) {
    text.push_str(
        "\n/// A typed request. Variants have the order of [`OPERATIONS`].\
        \n#[derive(Clone, Debug, PartialEq)]\npub enum Request {\n",
    );
    for name in model.facts.operations.keys() {
        let _ = writeln!(text, "    /// `{name}`.\n    {name}(types::{name}Input),");
    }
    text.push_str(
        "}\n\nimpl Request {\n    /// The operation that the request names.\
        \n    pub fn operation(&self) -> &'static Operation {\n        match self {\n",
    );
    for (index, name) in model.facts.operations.keys().enumerate() {
        let _ = writeln!(text, "            Self::{name}(_) => &OPERATIONS[{index}],");
    }
    text.push_str(
        "        }\n    }\n\n    /// Decodes the input of `operation`, which must be one of [`OPERATIONS`].\
        \n    pub fn decode<D: Decoder>(operation: &Operation, decoder: D) -> Result<Self, D::Error> {\
        \n        Ok(match operation.index {\n",
    );
    let last = model.facts.operations.len() - 1;
    for (index, name) in model.facts.operations.keys().enumerate() {
        let arm = if index == last { "_".to_owned() } else { index.to_string() };
        let _ = writeln!(text, "            {arm} => Self::{name}(decoder.decode()?),");
    }
    text.push_str("        })\n    }\n");
    text.push_str(
        "}\n\nimpl Values for Request {\n    fn any(&self, test: &dyn Fn(&str) -> bool) -> bool {\
        \n        match self {\n",
    );
    for name in model.facts.operations.keys() {
        let _ = writeln!(text, "            Self::{name}(input) => input.any(test),");
    }
    text.push_str("        }\n    }\n}\n");
}

fn responses(text: &mut String, model: &Model) {
    text.push_str("\n/// A typed response.\n#[derive(Clone, Debug, PartialEq)]\npub enum Response {\n");
    for name in model.facts.operations.keys() {
        let _ = writeln!(text, "    /// `{name}`.\n    {name}(types::{name}Output),");
    }
    text.push_str("}\n\n");
    request_ids(text, model);
    text.push_str(
        "impl Serialize for Response {\
        \n    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {\n        match self {\n",
    );
    for name in model.facts.operations.keys() {
        let _ = writeln!(text, "            Self::{name}(output) => output.serialize(serializer),");
    }
    text.push_str("        }\n    }\n}\n");
}

/// Writes the function that sets the request's id in answers whose model has a member for it.
fn request_ids(text: &mut String, model: &Model) {
    let mut arms = String::new();
    for (name, facts) in &model.facts.operations {
        let output = facts.output.as_ref().map(|shape| model.facts.shape(shape));
        let Some(output) = output.filter(|output| output.members.contains_key("RequestId")) else { continue };
        let required = output.required.iter().any(|member| member == "RequestId");
        let id = if required { "request_id.to_owned()" } else { "Some(request_id.to_owned())" };
        let _ = writeln!(arms, "            Self::{name}(output) => output.request_id = {id},");
    }
    let (argument, body) = if arms.is_empty() {
        ("_request_id", String::new())
    } else {
        ("request_id", format!("        match self {{\n{arms}            _ => {{}}\n        }}\n"))
    };
    let _ = writeln!(
        text,
        "impl Response {{\n    /// Sets the request's id, if the answer has a member for it.\
         \n    pub fn set_request_id(&mut self, {argument}: &str) {{\n{body}    }}\n}}\n"
    );
}
