//! An organization's resource policy, which delegates the management of policies to member accounts. It can also deny.
//!
//! What it may have is recorded (captures of radkawar/stackd, 9dc356f: `organizations_resource_policy.json`,
//! `organizations_delegation_writes.json`, `organizations_delegation_authority.json`).

use crate::facts::TYPES;
use crate::finding::Finding;
use crate::iam::arn;
use crate::iam::document::{Document, Effect, PrincipalEntry};
use crate::iam::grammar::{self, Dialect, DialectRules, Findings, PrincipalRule, refuse_text};
use crate::iam::pattern::{PolicyPattern, matches, wildcards};
use crate::json::{self, quoted};
use crate::path::Path;

pub use crate::iam::grammar::Part;

/// The organization that a resource policy belongs to.
#[derive(Clone, Copy)]
pub struct DelegatingOrganization<'a> {
    /// `o-…`.
    pub id: &'a str,
    /// The account in the organization's ARNs.
    pub management_account_id: &'a str,
    /// Whether an account is in the organization, the management account included.
    pub is_member: &'a dyn Fn(&str) -> bool,
}

/// A finding, and the part of the resource policy that it concerns.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PartFinding {
    pub part: Part,
    pub finding: Finding,
}

/// Reads a resource policy. The findings are sorted by part. The text's length is not checked.
pub fn validate(text: &str, organization: DelegatingOrganization<'_>) -> Result<Document, Vec<PartFinding>> {
    grammar::read(text, &Delegation(organization)).map_err(|mut findings| {
        findings.sort_by_key(|(part, _)| *part);
        findings.into_iter().map(|(part, finding)| PartFinding { part, finding }).collect()
    })
}

/// The first action of a resource policy that cannot be delegated, as it is written.
pub fn undelegable_action(text: &str) -> Option<String> {
    let root = json::read(text).ok()?.root;
    let statements = root.get("Statement")?;
    let statements = statements.as_array().unwrap_or(std::slice::from_ref(statements));
    let actions = statements.iter().filter_map(|statement| statement.get("Action"));
    let mut actions = actions.flat_map(|action| action.as_array().unwrap_or(std::slice::from_ref(action)));
    actions.find_map(|action| action.as_str().filter(|action| !is_delegable(action))).map(str::to_owned)
}

struct Delegation<'a>(DelegatingOrganization<'a>);

impl Dialect for Delegation<'_> {
    const RULES: DialectRules = DialectRules {
        name: "an organization's resource policy",
        effects: ("\"Allow\" or \"Deny\"", &[Effect::Allow, Effect::Deny]),
        principal: PrincipalRule::Map,
        // Refused since 30 June 2026.
        negated: &[],
        needs_resource: true,
    };

    fn check_principal(&self, path: &Path<'_>, principal: &PrincipalEntry, findings: &mut Findings) {
        match principal {
            // Inferred: any service; one is recorded.
            PrincipalEntry::Service(_) => {}
            PrincipalEntry::Aws(text) => {
                if text != "*" && !account_id(text).is_some_and(|id| (self.0.is_member)(id)) {
                    refuse_text(Part::Document, path, text, ACCOUNTS, findings);
                }
            }
            // Inferred: the API reference has a reason for principals, and what is no account of the organization is
            // recorded with another one.
            PrincipalEntry::Federated(text) | PrincipalEntry::CanonicalUser(text) => {
                refuse_text(Part::Principal, path, text, ACCOUNTS, findings);
            }
        }
    }

    fn check_action(&self, path: &Path<'_>, action: &str, findings: &mut Findings) {
        if !is_delegable(action) {
            refuse_text(
                Part::Action,
                path,
                action,
                "an action of Organizations that reads or manages policies",
                findings,
            );
        }
    }

    fn check_resource(&self, path: &Path<'_>, resource: &str, findings: &mut Findings) {
        // The grammar refuses a text that is no ARN.
        let is_refused = resource == "*" || arn::expected_instead(resource).is_some();
        if !is_refused && !self.owns(resource) {
            refuse_text(Part::Resource, path, resource, "\"*\" or an ARN of the organization", findings);
        }
    }

    fn check_condition(&self, path: &Path<'_>, key: &str, values: &[String], findings: &mut Findings) {
        if !key.eq_ignore_ascii_case("organizations:PolicyType") {
            return;
        }
        for value in values {
            let pattern = wildcards(value);
            if !TYPES.iter().any(|facts| matches(&pattern, facts.policy_type.chars())) {
                let found = format!("the policy type {}", quoted(value));
                findings.refuse(Part::PolicyType, Finding::new(path, found, "a policy type, such as BACKUP_POLICY"));
            }
        }
    }
}

const ACCOUNTS: &str = "\"*\", accounts of the organization, or services";

impl Delegation<'_> {
    /// Whether the ARN matches only resources of the organization. It may have wildcards.
    fn owns(&self, arn: &str) -> bool {
        let mut parts = arn.splitn(6, ':').skip(2);
        if parts.next() != Some("organizations") {
            return false;
        }
        // Organizations has no Regions.
        if parts.next().is_some_and(|region| !region.is_empty() && region != "*") {
            return false;
        }
        let owner = parts.next().unwrap_or("*");
        let resource = parts.next().unwrap_or("*");
        let mut steps = resource.split('/');
        let kind = wildcards(steps.next().unwrap_or_default());
        let is_managed = owner == "aws" && resource.starts_with("policy/");
        let is_own = matches(&wildcards(owner), self.0.management_account_id.chars())
            && RESOURCES.iter().any(|known| matches(&kind, known.chars()))
            && steps.next().is_none_or(|id| matches(&wildcards(id), self.0.id.chars()));
        is_managed || is_own
    }
}

/// The account in an account's id or in the ARN of its root. ARNs of roles and users are refused (captures of
/// radkawar/stackd, 9dc356f).
fn account_id(text: &str) -> Option<&str> {
    let root = text.strip_prefix("arn:").and_then(|rest| rest.strip_suffix(":root"));
    let id = match root.and_then(|rest| rest.split_once(":iam::")) {
        Some((partition, id)) if partition.starts_with("aws") => id,
        Some(_) => return None,
        None => text,
    };
    (id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit())).then_some(id)
}

/// Whether every action that the pattern matches can be delegated.
// Recorded: a wildcard that also matches actions that cannot be delegated, organizations:*, is refused.
pub fn is_delegable(action: &str) -> bool {
    let Some((prefix, name)) = action.split_once(':') else {
        return false;
    };
    let pattern = PolicyPattern::of_action(name);
    let covers = |action: &str| pattern.matches_action(action);
    let is_read = ["list", "describe"].iter().any(|read| name.to_lowercase().starts_with(read));
    prefix.eq_ignore_ascii_case("organizations")
        && !RESERVED.into_iter().any(covers)
        && (is_read || DELEGABLE.into_iter().any(covers))
}

/// The actions that can be delegated, beside those that begin with List or Describe.
const DELEGABLE: [&str; 9] = [
    "AttachPolicy",
    "CreatePolicy",
    "DeletePolicy",
    "DetachPolicy",
    "DisablePolicyType",
    "EnablePolicyType",
    "TagResource",
    "UntagResource",
    "UpdatePolicy",
];

/// The actions that cannot be delegated.
const RESERVED: [&str; 25] = [
    "AcceptHandshake",
    "CancelHandshake",
    "CloseAccount",
    "CreateAccount",
    "CreateGovCloudAccount",
    "CreateOrganization",
    "CreateOrganizationalUnit",
    "DeclineHandshake",
    "DeleteOrganization",
    "DeleteOrganizationalUnit",
    "DeleteResourcePolicy",
    "DeregisterDelegatedAdministrator",
    "DisableAWSServiceAccess",
    "EnableAWSServiceAccess",
    "EnableAllFeatures",
    "InviteAccountToOrganization",
    "InviteOrganizationToTransferResponsibility",
    "LeaveOrganization",
    "MoveAccount",
    "PutResourcePolicy",
    "RegisterDelegatedAdministrator",
    "RemoveAccountFromOrganization",
    "TerminateResponsibilityTransfer",
    "UpdateOrganizationalUnit",
    "UpdateResponsibilityTransfer",
];

/// The resource types in ARNs of Organizations.
const RESOURCES: [&str; 8] =
    ["account", "handshake", "organization", "ou", "policy", "resourcepolicy", "root", "transfer"];
