//! Resource policies of CloudWatch Logs, which let other services of AWS write to log groups.

use crate::iam::document::{Document, Effect};
use crate::iam::evaluate::{AppliedPolicy, Level, through_levels};
use crate::iam::grammar::{self, Dialect, DialectRules, PrincipalRule};
use crate::iam::request::{AuthorizationRequest, Context, RequestPrincipal};

struct Logs;

impl Dialect for Logs {
    const RULES: DialectRules = DialectRules {
        name: "a resource policy of CloudWatch Logs",
        takes_old_versions: true,
        effects: ("\"Allow\" or \"Deny\"", &[Effect::Allow, Effect::Deny]),
        principal: PrincipalRule::Map,
        negated: &["NotAction", "NotResource"],
        needs_resource: true,
    };
}

/// The actions that a service needs to write to a log group (Directory Service administration guide, log forwarding).
const ACTIONS: [&str; 2] = ["logs:CreateLogStream", "logs:PutLogEvents"];

/// Whether an account's resource policies let a service make streams in a log group and write to them. `arn` is the
/// group's and ends with its name. A text that is no policy allows nothing.
pub fn admit_service(policies: &[impl AsRef<str>], service: &str, arn: &str, context: &Context) -> bool {
    let read = |text: &str| grammar::read(text, &Logs).ok();
    let documents: Vec<Document> = policies.iter().filter_map(|text| read(text.as_ref())).collect();
    let attached = documents.iter().map(|document| AppliedPolicy { name: "the resource policy", document });
    let levels = [Level { name: "the account", policies: attached.collect() }];
    // Inferred: the stream's name is not known before the stream is made, so a policy has to allow any name.
    let resource = &format!("{arn}:log-stream:directory");
    ACTIONS.iter().all(|action| {
        through_levels(
            &levels,
            &AuthorizationRequest { caller: RequestPrincipal::Service(service), action, resource, context },
        )
        .is_allowed()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARN: &str = "arn:aws:logs:us-east-1:111111111111:log-group:/corp";

    fn admits(policies: &[&str]) -> bool {
        let context = Context::new().with("aws:SourceAccount", ["111111111111"]);
        admit_service(policies, "ds.amazonaws.com", ARN, &context)
    }

    fn policy(effect: &str, service: &str, actions: &str, resource: &str) -> String {
        format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"{effect}","Principal":{{"Service":"{service}"}},
                "Action":{actions},"Resource":"{resource}"}}]}}"#
        )
    }

    #[test]
    fn both_actions_are_needed_on_the_streams_of_the_group() {
        let both = r#"["logs:CreateLogStream","logs:PutLogEvents"]"#;
        let good = policy("Allow", "ds.amazonaws.com", both, &format!("{ARN}:*"));
        assert!(admits(&[&good]) && admits(&["no policy", &good]));
        assert!(admits(&[&policy("Allow", "ds.amazonaws.com", "\"logs:*\"", "arn:aws:logs:*:*:log-group:/corp*")]));
        let one = |action: &str| policy("Allow", "ds.amazonaws.com", action, "*");
        let (create, put) = (one("\"logs:CreateLogStream\""), one("\"logs:PutLogEvents\""));
        assert!(!admits(&[&create]) && !admits(&[&put]) && admits(&[&create, &put]));
        for wrong in [
            &good.replace("ds.amazonaws.com", "es.amazonaws.com"),
            &good.replace("/corp", "/other"),
            &policy("Allow", "ds.amazonaws.com", both, ARN),
        ] {
            assert!(!admits(&[wrong]), "{wrong}");
        }
        assert!(!admits(&[]));
        assert!(!admits(&[&good, &policy("Deny", "ds.amazonaws.com", "\"logs:PutLogEvents\"", "*")]));
    }

    #[test]
    fn conditions_look_at_the_account() {
        let policy = |account: &str| {
            policy("Allow", "ds.amazonaws.com", "\"logs:*\"", "*").replace(
                "\"Resource\"",
                &format!(r#""Condition":{{"StringEquals":{{"aws:SourceAccount":"{account}"}}}},"Resource""#),
            )
        };
        assert!(admits(&[&policy("111111111111")]) && !admits(&[&policy("222222222222")]));
    }
}
