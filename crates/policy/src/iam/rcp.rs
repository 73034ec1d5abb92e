//! Resource control policies: the most that anyone may do with an account's resources.

use crate::finding::Finding;
use crate::iam::document::{Document, Effect};
use crate::iam::grammar::{self, Dialect, Findings, PrincipalRule, Rules, Subject, refuse_text};
use crate::path::Path;

struct Rcp;

impl Dialect for Rcp {
    const RULES: Rules = Rules {
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
            refuse_text(Subject::Document, path, action, expected, findings);
        }
        let Some((prefix, _)) = action.split_once(':') else {
            return;
        };
        // The user guide lists the services whose actions a resource control policy may have. Others make it invalid.
        if !SERVICES.iter().any(|service| service.eq_ignore_ascii_case(prefix)) {
            let expected = "an action of a service that supports resource control policies";
            refuse_text(Subject::Document, path, action, expected, findings);
        }
    }
}

/// The document of a resource control policy that a customer writes, or everything that keeps the text from being one.
/// Its length is the caller's concern. RCPFullAWSAccess, which allows, is not one: [`full_access`].
pub fn validate(text: &str) -> Result<Document, Vec<Finding>> {
    grammar::read(text, &Rcp).map_err(|findings| findings.into_iter().map(|(_, finding)| finding).collect())
}

/// What RCPFullAWSAccess says: everyone may do everything with everything.
pub fn full_access() -> Document {
    use crate::iam::document::{Listed, Principals, Statement};
    use crate::iam::pattern::{Pattern, Special};
    use crate::iam::version::Version;
    let everything = |pattern| Listed { is_negated: false, items: vec![pattern] };
    let statement = Statement {
        sid: None,
        effect: Effect::Allow,
        principal: Some(Principals::Everyone),
        action: everything(Pattern::of_action("*")),
        resource: Some(everything(Pattern::read("*", Version::V2012, Special::Wildcards))),
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
