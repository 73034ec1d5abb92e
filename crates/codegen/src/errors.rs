//! Writes one error enum for each service, with the reasons that some errors carry.

use std::fmt::Write as _;

use crate::facts::ShapeFacts;
use crate::model::Model;
use crate::names;

pub fn render(model: &Model) -> String {
    let mut text = model.header("The errors that the model lists.");
    let mut reasons = Vec::new();
    let errors: Vec<(&String, &ShapeFacts)> = model.facts.shapes.iter().filter(|(_, facts)| facts.exception).collect();
    for (_, facts) in &errors {
        if let Some(reason) = reason(model, facts)
            && !reasons.contains(&reason)
        {
            reasons.push(reason);
        }
    }
    for name in &reasons {
        reason_enum(&mut text, name, model.facts.shape(name));
    }
    text.push_str(
        "\n/// An error of this service, with its reason if it carries one.\
        \n#[derive(Clone, Copy, Debug, Eq, PartialEq)]\npub enum ErrorCode {\n",
    );
    for (name, facts) in &errors {
        match reason(model, facts) {
            Some(reason) => {
                let _ =
                    writeln!(text, "    /// `{name}`, with its reason if there is one.\n    {name}(Option<{reason}>),");
            }
            None => {
                let _ = writeln!(text, "    /// `{name}`.\n    {name},");
            }
        }
    }
    text.push_str("}\n\nimpl crate::ModeledError for ErrorCode {\n");
    let arm = |name: &str, facts: &ShapeFacts| match reason(model, facts) {
        Some(_) => format!("Self::{name}(_)"),
        None => format!("Self::{name}"),
    };
    text.push_str("    fn name(self) -> &'static str {\n        match self {\n");
    for (name, facts) in &errors {
        let _ = writeln!(text, "            {} => \"{name}\",", arm(name, facts));
    }
    text.push_str("        }\n    }\n");
    let codes = errors.iter().filter_map(|(name, facts)| {
        let code = facts.error.as_ref()?.code.as_ref().filter(|code| code != name)?;
        Some(format!("{} => \"{code}\"", arm(name, facts)))
    });
    function(&mut text, "code(self) -> &'static str", codes, errors.len(), "other => crate::ModeledError::name(other)");
    let statuses = errors.iter().filter_map(|(name, facts)| {
        let modeled = facts.error.as_ref().and_then(|error| error.http_status_code);
        let is_server_error = facts.fault || *name == "ServiceException";
        let status = modeled.unwrap_or(if is_server_error { 500 } else { 400 });
        (status != 400).then(|| format!("{} => {status}", arm(name, facts)))
    });
    function(&mut text, "status(self) -> u16", statuses, errors.len(), "_ => 400");
    let with_reason = || errors.iter().filter_map(|(name, facts)| Some((*name, reason(model, facts)?)));
    let reasons =
        with_reason().map(|(name, _)| format!("Self::{name}(reason) => reason.map(|reason| reason.as_str())"));
    function(&mut text, "reason(self) -> Option<&'static str>", reasons, errors.len(), "_ => None");
    text.push_str("\n    fn all() -> &'static [Self] {\n        &[\n");
    for (name, facts) in &errors {
        let reason = if reason(model, facts).is_some() { "(None)" } else { "" };
        let _ = writeln!(text, "            Self::{name}{reason},");
    }
    text.push_str("        ]\n    }\n");
    let all = with_reason().map(|(name, reason)| {
        format!("Self::{name}(_) => {reason}::ALL.map(|reason| Self::{name}(Some(reason))).to_vec()")
    });
    function(&mut text, "reasons(self) -> Vec<Self>", all, errors.len(), "_ => Vec::new()");
    text.push_str("}\n");
    text
}

/// Writes a function that matches an error: an arm for some of them, and one for the others, if there are any.
fn function(text: &mut String, signature: &str, arms: impl Iterator<Item = String>, n_errors: usize, others: &str) {
    let _ = writeln!(text, "\n    fn {signature} {{\n        match self {{");
    let mut left = n_errors;
    for arm in arms {
        let _ = writeln!(text, "            {arm},");
        left -= 1;
    }
    if left > 0 {
        let _ = writeln!(text, "            {others},");
    }
    text.push_str("        }\n    }\n");
}

/// The enum shape of an error's `Reason` member.
fn reason(model: &Model, facts: &ShapeFacts) -> Option<String> {
    let shape = &facts.members.get("Reason")?.shape;
    (!model.facts.shape(shape).values.is_empty()).then(|| shape.clone())
}

fn reason_enum(text: &mut String, name: &str, facts: &ShapeFacts) {
    let _ = writeln!(
        text,
        "\n/// The reasons of `{name}`.\n#[derive(Clone, Copy, Debug, Eq, PartialEq)]\npub enum {} {{",
        names::structure(name)
    );
    for value in &facts.values {
        let _ = writeln!(text, "    /// `{value}`.\n    {},", names::variant(value));
    }
    let _ = writeln!(
        text,
        "}}\n\nimpl {} {{\n    /// All values.\n    pub const ALL: [Self; {}] = [",
        names::structure(name),
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
}
