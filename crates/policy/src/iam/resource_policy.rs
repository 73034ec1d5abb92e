//! An organization's resource policy, which delegates the management of policies to member accounts.

use crate::facts::TYPES;
use crate::finding::Finding;
use crate::iam::arn;
use crate::iam::document::{Document, Effect, PrincipalEntry};
use crate::iam::grammar::{self, Dialect, DialectRules, Findings, PrincipalRule, refuse_text};
use crate::iam::pattern::{PolicyPattern, matches, wildcards};
use crate::json::quoted;
use crate::path::Path;

pub use crate::iam::grammar::Part;

/// The organization that a resource policy belongs to.
#[derive(Clone, Copy)]
pub struct DelegatingOrganization<'a> {
    /// `o-…`.
    pub id: &'a str,
    /// The account in the organization's ARNs.
    pub management_account_id: &'a str,
    /// Whether an account is a member. Not called for the management account.
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

struct Delegation<'a>(DelegatingOrganization<'a>);

impl Dialect for Delegation<'_> {
    const RULES: DialectRules = DialectRules {
        name: "an organization's resource policy",
        // Inferred: every published example names the version.
        takes_old_versions: false,
        // Inferred: a policy that only delegates cannot deny.
        effects: ("\"Allow\", since the policy delegates", &[Effect::Allow]),
        principal: PrincipalRule::Map,
        // PartFinding since 30 June 2026.
        negated: &[],
        needs_resource: true,
    };

    fn check_everyone(&self, path: &Path<'_>, findings: &mut Findings) {
        refuse_text(Part::Principal, path, "*", MEMBERS, findings);
    }

    fn check_principal(&self, path: &Path<'_>, principal: &PrincipalEntry, findings: &mut Findings) {
        let (PrincipalEntry::Aws(text)
        | PrincipalEntry::Service(text)
        | PrincipalEntry::Federated(text)
        | PrincipalEntry::CanonicalUser(text)) = principal;
        let account_id = if matches!(principal, PrincipalEntry::Aws(_)) { account_id(text) } else { None };
        let is_member = account_id.is_some_and(|id| id != self.0.management_account_id && (self.0.is_member)(id));
        if !is_member {
            refuse_text(Part::Principal, path, text, MEMBERS, findings);
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

const MEMBERS: &str = "member accounts of the organization or their principals, but not the management account";

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

/// The account in an account's id or in the ARN of a principal.
fn account_id(text: &str) -> Option<&str> {
    let is_id = |id: &str| id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit());
    if is_id(text) {
        return Some(text);
    }
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let &["arn", partition, "iam" | "sts", "", id, principal] = parts.as_slice() else {
        return None;
    };
    let kinds = ["user/", "role/", "assumed-role/", "federated-user/"];
    let is_principal = principal == "root" || kinds.iter().any(|kind| principal.starts_with(kind));
    (partition.starts_with("aws") && is_principal && is_id(id) && !text.contains('*')).then_some(id)
}

/// Whether every action that the pattern matches can be delegated.
// Inferred: a wildcard that also matches actions that cannot be delegated, such as organizations:*, is refused.
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
