//! Resource control policies: the maximum permissions for the resources of an account.

use crate::finding::Finding;
use crate::iam::document::{Document, Effect};
use crate::iam::grammar::{self, Dialect, DialectRules, Findings, Part, PrincipalRule, refuse_text};
use crate::json::quoted;
use crate::path::Path;

struct Rcp;

impl Dialect for Rcp {
    const RULES: DialectRules = DialectRules {
        name: "a resource control policy",
        takes_old_versions: false,
        effects: ("\"Deny\", since only RCPFullAWSAccess allows", &[Effect::Deny]),
        principal: PrincipalRule::Everyone,
        negated: &["NotResource"],
        needs_resource: true,
    };

    fn check_action(&self, path: &Path<'_>, action: &str, findings: &mut Findings) {
        if action == "*" {
            let expected = "actions of a service, such as \"s3:*\"";
            refuse_text(Part::Document, path, action, expected, findings);
        }
        let Some((prefix, _)) = action.split_once(':') else {
            return;
        };
        // Inferred: whether AWS refuses other services is not published. They are accepted and have no effect.
        if !SERVICES.iter().any(|service| service.eq_ignore_ascii_case(prefix)) {
            let found = format!("the service {}", quoted(prefix));
            findings.warn(Finding::new(path, found, "a service that supports resource control policies"));
        }
    }
}

/// Reads a resource control policy of a customer. The text's length is not checked. RCPFullAWSAccess is AWS's own, and
/// allows: [`full_access`].
pub fn validate(text: &str) -> Result<Document, Vec<Finding>> {
    grammar::read(text, &Rcp).map_err(|findings| findings.into_iter().map(|(_, finding)| finding).collect())
}

/// The document of RCPFullAWSAccess, which allows everyone every action on every resource.
pub fn full_access() -> Document {
    use crate::iam::document::{Listed, Principals, Statement};
    use crate::iam::pattern::{PolicyPattern, Special};
    use crate::iam::version::Version;
    let everything = |pattern| Listed { is_negated: false, items: vec![pattern] };
    let statement = Statement {
        sid: None,
        effect: Effect::Allow,
        principal: Some(Principals::Everyone),
        action: everything(PolicyPattern::of_action("*")),
        resource: Some(everything(PolicyPattern::read("*", Version::V2012, Special::Wildcards))),
        conditions: Vec::new(),
    };
    Document { version: Version::V2012, id: None, statements: vec![statement], warnings: Vec::new() }
}

/// The prefixes of the services that support resource control policies, as of September 2026.
const SERVICES: [&str; 62] = [
    "aoss",
    "appconfig",
    "appstream",
    "autoscaling",
    "autoscaling-plans",
    "budgets",
    "clouddirectory",
    "cloudfront",
    "cloudsearch",
    "cloudtrail-data",
    "codeartifact",
    "codebuild",
    "codecommit",
    "codepipeline",
    "cognito-identity",
    "cognito-idp",
    "comprehend",
    "comprehendmedical",
    "compute-optimizer",
    "cost-optimization-hub",
    "dax",
    "dsql",
    "dynamodb",
    "ecr",
    "ecr-public",
    "events",
    "firehose",
    "fis",
    "fms",
    "gamelift",
    "health",
    "inspector-scan",
    "kendra",
    "kinesisvideo",
    "kms",
    "logs",
    "memorydb",
    "networkmonitor",
    "notifications",
    "opensearch",
    "pca-connector-ad",
    "personalize",
    "polly",
    "pricing",
    "resource-groups",
    "rolesanywhere",
    "s3",
    "secretsmanager",
    "servicediscovery",
    "signin",
    "sqs",
    "sts",
    "support",
    "swf",
    "textract",
    "timestream-influxdb",
    "transcribe",
    "transfer",
    "translate",
    "wafv2",
    "workspaces",
    "xray",
];
