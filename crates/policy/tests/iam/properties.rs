//! Properties of every text, document and request.

use policy::iam::evaluate::{AppliedPolicy, Decision, Level, through_levels};
use policy::iam::resource_policy::{self, DelegatingOrganization};
use policy::iam::{AuthorizationRequest, Context, Document, RequestPrincipal, rcp, scp, session};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::document;

/// A statement of a service control policy. The vocabulary is small, so that statements often apply to requests.
fn statement() -> impl Strategy<Value = String> {
    let actions = select(vec![r#""*""#, r#""s3:*""#, r#"["s3:G*","ec2:*"]"#, r#""*x:a""#, r#""ec2:R?n""#, "[]"]);
    let resources = select(vec![r#""*""#, r#""arn:aws:s3:::b/*""#, r#"["arn:aws:s3:::c"]"#, r#""c""#]);
    let conditions = select(vec![
        "{}",
        r#"{"StringEquals":{"k":["x","y"]}}"#,
        r#"{"StringNotLike":{"k":"x*"}}"#,
        r#"{"ForAnyValue:StringEquals":{"k":"${k2}"},"Null":{"z":"true"}}"#,
        r#"{"StringIs":{"k":1}}"#,
    ]);
    let effects = select(vec!["Allow", "Deny"]);
    (effects, any::<bool>(), actions, any::<bool>(), resources, conditions).prop_map(
        |(effect, not_action, action, not_resource, resource, condition)| {
            let not = |is_not: bool| if is_not { "Not" } else { "" };
            format!(
                r#"{{"Effect":"{effect}","{}Action":{action},"{}Resource":{resource},"Condition":{condition}}}"#,
                not(not_action),
                not(not_resource)
            )
        },
    )
}

/// The text with white space before and after each of its tokens.
fn spread(text: &str) -> String {
    let mut spread = String::new();
    let (mut is_quoted, mut is_escaped) = (false, false);
    for char in text.chars() {
        let is_quote = char == '"' && !is_escaped;
        is_escaped = is_quoted && char == '\\' && !is_escaped;
        let is_mark = !is_quoted && "{}[],:".contains(char);
        spread.push_str(if is_mark { "\t \r\n" } else { "" });
        spread.push(char);
        spread.push_str(if is_mark { "\n " } else { "" });
        is_quoted ^= is_quote;
    }
    spread
}

fn decide<'a>(documents: &'a [Document], request: &AuthorizationRequest<'_>) -> Decision<'a> {
    let policies = documents.iter().map(|document| AppliedPolicy { name: "p", document }).collect();
    through_levels(&[Level { name: "r", policies }], request)
}

/// The kind of a decision, without the deciding statement.
fn kind(decision: &Decision<'_>) -> &'static str {
    match decision {
        Decision::Allowed(_) => "allowed",
        Decision::Denied(_) => "denied",
        Decision::NotAllowed(_) => "not allowed",
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics(
        text in any::<String>(),
        json_like in "[\\[\\]{}:,\"A-c*0-9 ]{0,60}",
        statement in statement(),
        cut in 0..200_usize,
    ) {
        let valid = document(&statement);
        let cut = valid.chars().take(cut).collect();
        let is_member = |_: &str| true;
        for text in [text, json_like, valid, cut] {
            let organization =
                DelegatingOrganization { id: "o-a", management_account_id: "999999999999", is_member: &is_member };
            let _ = (scp::validate(&text), rcp::validate(&text), session::validate(&text));
            let _ = resource_policy::validate(&text, organization);
        }
    }

    #[test]
    fn white_space_does_not_matter(statements in vec(statement(), 0..3)) {
        let text = document(&format!("[{}]", statements.join(",")));
        prop_assert_eq!(scp::validate(&text), scp::validate(&spread(&text)));
    }

    #[test]
    fn the_order_of_statements_and_of_policies_does_not_matter(
        mut statements in vec(statement(), 1..5),
        action in select(vec!["s3:GetObject", "ec2:Run", "s3x:a"]),
        resource in select(vec!["*", "arn:aws:s3:::b/k", "arn:aws:s3:::c"]),
        values in vec(select(vec!["x", "y", "xz"]), 0..3),
    ) {
        let context = Context::new().with("k", values).with("k2", ["x"]);
        let request = AuthorizationRequest { caller: RequestPrincipal::Anonymous, action, resource, context: &context };
        statements.retain(|statement| scp::validate(&document(statement)).is_ok());
        let apart: Vec<_> = statements.iter().map(|statement| scp::validate(&document(statement)).unwrap()).collect();
        let expected = kind(&decide(&apart, &request));
        for _ in 0..statements.len() {
            statements.rotate_left(1);
            let text = document(&format!("[{}]", statements.join(",")));
            let document = [scp::validate(&text).unwrap()];
            let together = decide(&document, &request);
            prop_assert_eq!(kind(&together), expected);
        }
        let reversed: Vec<_> = apart.into_iter().rev().collect();
        prop_assert_eq!(kind(&decide(&reversed, &request)), expected);
    }
}
