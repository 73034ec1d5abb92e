//! Writes the list of services, and the enums that hold a request or a response of any of them.

use std::fmt::Write as _;

use crate::model::{Model, header};

const FACTS: &str = "the files in fixtures/model";

/// Writes the root of the generated modules.
pub fn module(models: &[Model]) -> String {
    let mut text = header(FACTS, "One module per service, and what holds a request or a response of any of them.");
    for model in models {
        let _ = writeln!(text, "pub mod {};", model.module());
    }
    text.push_str("mod services;\n\npub use services::{Request, Response, SERVICES, ServiceId};\n");
    text
}

/// Writes the list and the enums.
pub fn render(models: &[Model]) -> String {
    let mut text = header(FACTS, "The services.");
    let modules: Vec<String> = models.iter().map(Model::module).collect();
    let _ = writeln!(
        text,
        "use serde::{{Serialize, Serializer}};\n\nuse super::{{{}}};\
         \nuse crate::{{Decoder, Operation, ServiceModel, Values}};",
        modules.join(", ")
    );
    let all: Vec<String> = modules.iter().map(|module| format!("&{module}::SERVICE")).collect();
    let _ = writeln!(
        text,
        "\n/// All services.\npub static SERVICES: [&ServiceModel; {}] = [{}];",
        models.len(),
        all.join(", ")
    );
    ids(&mut text, models);
    requests(&mut text, models);
    responses(&mut text, models);
    text
}

/// Writes the arms of a match, one for each service.
fn arms(text: &mut String, models: &[Model], arm: impl Fn(&str, &Model) -> String) {
    text.push_str("        match self {\n");
    for model in models {
        let _ = writeln!(text, "            {},", arm(&model.service().name, model));
    }
    text.push_str("        }\n    }\n");
}

fn variants(text: &mut String, models: &[Model], variant: impl Fn(&str, &Model) -> String) {
    for model in models {
        let name = &model.service().name;
        let _ = writeln!(text, "    /// `{}`.\n    {},", model.id, variant(name, model));
    }
    text.push_str("}\n");
}

fn ids(text: &mut String, models: &[Model]) {
    text.push_str(
        "\n/// A service.\n#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]\npub enum ServiceId {\n",
    );
    variants(text, models, |name, _| name.to_owned());
    text.push_str(
        "\nimpl ServiceId {\n    /// The endpoint prefix.\n    pub const fn as_str(self) -> &'static str {\n",
    );
    arms(text, models, |name, model| format!("Self::{name} => \"{}\"", model.id));
    text.push_str("}\n");
}

fn requests(text: &mut String, models: &[Model]) {
    text.push_str("\n/// A typed request of any service.\n#[derive(Clone, Debug, PartialEq)]\npub enum Request {\n");
    variants(text, models, |name, model| format!("{name}({}::Request)", model.module()));
    text.push_str(
        "\nimpl Request {\n    /// The operation that the request names.\
        \n    pub fn operation(&self) -> &'static Operation {\n",
    );
    arms(text, models, |name, _| format!("Self::{name}(request) => request.operation()"));
    text.push_str(
        "\n    /// Decodes the input of `operation`.\
        \n    pub fn decode<D: Decoder>(operation: &Operation, decoder: D) -> Result<Self, D::Error> {\
        \n        match operation.service.id {\n",
    );
    for model in models {
        let (name, module) = (&model.service().name, model.module());
        let _ = writeln!(
            text,
            "            ServiceId::{name} => {module}::Request::decode(operation, decoder).map(Self::{name}),"
        );
    }
    text.push_str(
        "        }\n    }\n}\n\nimpl Values for Request {\n    fn any(&self, test: &dyn Fn(&str) -> bool) -> bool {\n",
    );
    arms(text, models, |name, _| format!("Self::{name}(request) => request.any(test)"));
    text.push_str("}\n");
}

fn responses(text: &mut String, models: &[Model]) {
    text.push_str("\n/// A typed response of any service.\n#[derive(Clone, Debug, PartialEq)]\npub enum Response {\n");
    variants(text, models, |name, model| format!("{name}({}::Response)", model.module()));
    text.push_str(
        "\nimpl Response {\n    /// Sets the request's id, if the answer has a member for it.\
        \n    pub fn set_request_id(&mut self, request_id: &str) {\n",
    );
    arms(text, models, |name, _| format!("Self::{name}(response) => response.set_request_id(request_id)"));
    text.push_str(
        "}\n\nimpl Serialize for Response {\
        \n    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {\n",
    );
    arms(text, models, |name, _| format!("Self::{name}(response) => response.serialize(serializer)"));
    text.push_str("}\n");
}
