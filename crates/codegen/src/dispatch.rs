//! The way from a request to the service that answers it.

use std::fmt::Write as _;

use crate::model::{Model, header};

/// A function that asks the service of a request, or the one that an id names.
struct Function {
    /// The name in `Rules`, and here.
    name: &'static str,
    comment: &'static str,
    /// The parameters, in which `{}` is the request or the id.
    parameters: &'static str,
    /// What is answered.
    answer: &'static str,
    /// The pattern of an arm, in which `{}` is the service's variant.
    pattern: &'static str,
    /// What is matched.
    subject: &'static str,
    /// The arguments, and what is done with the answer; in both `{}` is the service's variant.
    arguments: &'static str,
}

const OF_REQUEST: &str = "Request::{}(request)";
const OF_ID: &str = "ServiceId::{}";

const FUNCTIONS: [Function; 12] = [
    Function {
        name: "read",
        comment: "Answers an operation that only reads.",
        parameters: "view: &View<'_>, request: Request",
        answer: "Result<Response, Refusal>",
        pattern: OF_REQUEST,
        subject: "request",
        arguments: "(view, request).map(Response::{})",
    },
    Function {
        name: "write",
        comment: "Answers an operation that writes.",
        parameters: "tx: &mut Tx<'_>, request: Request",
        answer: "Result<Response, Refusal>",
        pattern: OF_REQUEST,
        subject: "request",
        arguments: "(tx, request).map(Response::{})",
    },
    Function {
        name: "authorize",
        comment: "Whether the caller may make the request at all.",
        parameters: "view: &View<'_>, request: &Request",
        answer: "Result<(), Refusal>",
        pattern: OF_REQUEST,
        subject: "request",
        arguments: "(view, request)",
    },
    Function {
        name: "throttle",
        comment: "How the request is throttled; none where AWS publishes no rate.",
        parameters: "view: &View<'_>, request: &Request",
        answer: "Option<Throttle>",
        pattern: OF_REQUEST,
        subject: "request",
        arguments: "(view, request)",
    },
    Function {
        name: "needs",
        comment: "What the request names that other services have, as far as nothing was declared about it.",
        parameters: "view: &View<'_>, request: &Request",
        answer: "Vec<Need>",
        pattern: OF_REQUEST,
        subject: "request",
        arguments: "(view, request)",
    },
    Function {
        name: "reject",
        comment: "The answer to an input that breaks the model's limits.",
        parameters: "operation: &Operation, violations: &[Violation]",
        answer: "Refusal",
        pattern: OF_ID,
        subject: "operation.service.id",
        arguments: "(operation, violations)",
    },
    Function {
        name: "denied",
        comment: "The answer to a call that policies deny.",
        parameters: "service: ServiceId, text: String",
        answer: "Refusal",
        pattern: OF_ID,
        subject: "service",
        arguments: "(text)",
    },
    Function {
        name: "errors",
        comment: "Every error of the model, without a reason and with each of its reasons, in the service's words.",
        parameters: "service: ServiceId",
        answer: "Vec<ServiceError>",
        pattern: OF_ID,
        subject: "service",
        arguments: "()",
    },
    Function {
        name: "rates",
        comment: "The request rates that AWS publishes of single operations.",
        parameters: "service: ServiceId",
        answer: "Vec<OperationRate>",
        pattern: OF_ID,
        subject: "service",
        arguments: "()",
    },
    Function {
        name: "remove_account",
        comment: "Removes what the service has of an account whose 90 days after closing are over.",
        parameters: "service: ServiceId, world: &mut World, at: Timestamp, account: AccountId",
        answer: "()",
        pattern: OF_ID,
        subject: "service",
        arguments: "(world, at, account)",
    },
    Function {
        name: "endings",
        comment: "How what the operation starts can be ordered to end.",
        parameters: "operation: &'static Operation",
        answer: "Endings",
        pattern: OF_ID,
        subject: "operation.service.id",
        arguments: "(operation)",
    },
    Function {
        name: "fail_later",
        comment: "Lets what a call started, which set its timers after the number `sequence`, end as it was ordered.",
        parameters: "world: &mut World, sequence: u64, operation: &'static Operation, response: &Response, ordered: OrderedEnding",
        answer: "()",
        pattern: "Response::{}(response)",
        subject: "response",
        arguments: "(world, sequence, operation, response, ordered)",
    },
];

/// The functions, each with an arm for every service.
pub fn render(models: &[Model]) -> String {
    let mut text = header("the files in fixtures/model", "The way from a request to the service that answers it.");
    text.push_str("use model::{\n    AccountId, Operation, Refusal, Request, Response, ServiceError, ServiceId, Timestamp, Violation,\n};\nuse rules::{Endings, Need, OperationRate, OrderedEnding, Rules, Throttle};\nuse world::{Tx, View, World};\n");
    for function in &FUNCTIONS {
        let answer = if function.answer == "()" { String::new() } else { format!(" -> {}", function.answer) };
        let _ = writeln!(
            text,
            "\n/// {}\npub fn {}({}){answer} {{\n    match {} {{",
            function.comment, function.name, function.parameters, function.subject
        );
        for model in models {
            let service = model.service();
            let _ = writeln!(
                text,
                "        {} => <{}::Service as Rules>::{}{},",
                function.pattern.replace("{}", &service.name),
                service.path,
                function.name,
                function.arguments.replace("{}", &service.name),
            );
        }
        text.push_str("    }\n}\n");
    }
    text
}
