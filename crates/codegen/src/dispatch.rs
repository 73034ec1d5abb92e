//! Writes the functions that call the service of a request.

use std::fmt::Write as _;

use crate::model::{Model, header};

/// A function that calls the service of a request, or the service with an id.
struct Function {
    /// The name in `Rules`, and here.
    name: &'static str,
    comment: &'static str,
    /// The parameters.
    parameters: &'static str,
    /// The return type.
    answer: &'static str,
    /// The pattern of an arm, in which `{}` is the service's variant.
    pattern: &'static str,
    /// The matched expression.
    subject: &'static str,
    /// The arguments, and the conversion of the answer. `{}` is the service's variant.
    arguments: &'static str,
}

const OF_REQUEST: &str = "Request::{}(request)";
const OF_ID: &str = "ServiceId::{}";

const FUNCTIONS: [Function; 12] = [
    Function {
        name: "read",
        comment: "Answers a request that reads.",
        parameters: "view: &View<'_>, request: Request",
        answer: "Result<Response, Refusal>",
        pattern: OF_REQUEST,
        subject: "request",
        arguments: "(view, request).map(Response::{})",
    },
    Function {
        name: "write",
        comment: "Answers a request that writes.",
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
        comment: "The rate that throttles the request. None where AWS publishes no rate.",
        parameters: "view: &View<'_>, request: &Request",
        answer: "Option<Throttle>",
        pattern: OF_REQUEST,
        subject: "request",
        arguments: "(view, request)",
    },
    Function {
        name: "needs",
        comment: "The resources of other services that the request names, without the declared ones.",
        parameters: "view: &View<'_>, request: &Request",
        answer: "Vec<Need>",
        pattern: OF_REQUEST,
        subject: "request",
        arguments: "(view, request)",
    },
    Function {
        name: "reject",
        comment: "The refusal of an input that breaks the model's limits.",
        parameters: "service: ServiceId, violations: &[Violation]",
        answer: "Refusal",
        pattern: OF_ID,
        subject: "service",
        arguments: "(violations)",
    },
    Function {
        name: "denied",
        comment: "The refusal of a call that policies deny.",
        parameters: "service: ServiceId, text: String",
        answer: "Refusal",
        pattern: OF_ID,
        subject: "service",
        arguments: "(text)",
    },
    Function {
        name: "errors",
        comment: "All errors of the model with the service's messages, without a reason and with each of their \
         reasons.",
        parameters: "service: ServiceId",
        answer: "Vec<ServiceError>",
        pattern: OF_ID,
        subject: "service",
        arguments: "()",
    },
    Function {
        name: "rates",
        comment: "The request rates of single operations that AWS publishes.",
        parameters: "service: ServiceId",
        answer: "Vec<OperationRate>",
        pattern: OF_ID,
        subject: "service",
        arguments: "()",
    },
    Function {
        name: "remove_account",
        comment: "Removes the resources of an account 90 days after it was closed.",
        parameters: "service: ServiceId, world: &mut World, at: Timestamp, account: AccountId",
        answer: "()",
        pattern: OF_ID,
        subject: "service",
        arguments: "(world, at, account)",
    },
    Function {
        name: "endings",
        comment: "The endings that a fault can order for work of the operation.",
        parameters: "operation: &'static Operation",
        answer: "Endings",
        pattern: OF_ID,
        subject: "operation.service.id",
        arguments: "(operation)",
    },
    Function {
        name: "fail_later",
        comment: "Gives the work that a call started the ordered ending. Its timers have sequences after `sequence`.",
        parameters: "world: &mut World, sequence: u64, operation: &'static Operation, response: &Response, ordered: \
         OrderedEnding",
        answer: "()",
        pattern: "Response::{}(response)",
        subject: "response",
        arguments: "(world, sequence, operation, response, ordered)",
    },
];

/// Writes the functions, each with an arm for every service.
pub fn render(models: &[Model]) -> String {
    let mut text = header("the files in fixtures/model", "Functions that call the service of a request.");
    text.push_str(
        "use model::{\
        \n    AccountId, Operation, Refusal, Request, Response, ServiceError, ServiceId, Timestamp, Violation,\n};\
        \nuse rules::{Endings, Need, OperationRate, OrderedEnding, Rules, Throttle};\nuse world::{Tx, View, World};\n",
    );
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
