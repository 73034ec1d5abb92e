//! The resource policy of an organization, which delegates the management of policies to member accounts.

use crate::facts::TYPES;
use crate::finding::Finding;
use crate::iam::arn;
use crate::iam::document::{Document, Effect, Principal};
use crate::iam::grammar::{self, Dialect, Findings, PrincipalRule, Rules, Subject, refuse_text};
use crate::iam::pattern::{Pattern, matches, wildcards};
use crate::json::quoted;
use crate::path::Path;

/// What a resource policy is checked against.
#[derive(Clone, Copy)]
pub struct Organization<'a> {
    /// `o-…`.
    pub id: &'a str,
    /// The account that owns the organization, and therefore its ARNs.
    pub management_account_id: &'a str,
    /// Whether an account is a member; not asked about the management account.
    pub is_member: &'a dyn Fn(&str) -> bool,
}

/// What is wrong, and with what.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Refused {
    /// What decides the error's reason.
    pub part: Part,
    /// Where and why.
    pub finding: Finding,
}

/// The part of a resource policy that is refused, in the order in which AWS is taken to look at them.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Part {
    /// The text is no JSON, or no policy.
    Document,
    /// A Principal that is no member.
    Principal,
    /// An action that cannot be delegated.
    Action,
    /// A resource that is not the organization's.
    Resource,
    /// A policy type that does not exist.
    PolicyType,
}

/// The document of the resource policy, or everything that keeps the text from being one, the parts in their order. Its
/// length is the caller's concern.
pub fn validate(text: &str, organization: Organization<'_>) -> Result<Document, Vec<Refused>> {
    grammar::read(text, &Delegation(organization)).map_err(|mut findings| {
        findings.sort_by_key(|(subject, _)| *subject);
        findings.into_iter().map(|(subject, finding)| Refused { part: part(subject), finding }).collect()
    })
}

fn part(subject: Subject) -> Part {
    match subject {
        Subject::Document => Part::Document,
        Subject::Principal => Part::Principal,
        Subject::Action => Part::Action,
        Subject::Resource => Part::Resource,
        Subject::PolicyType => Part::PolicyType,
    }
}

struct Delegation<'a>(Organization<'a>);

impl Dialect for Delegation<'_> {
    const RULES: Rules = Rules {
        name: "an organization's resource policy",
        // Inferred: every published example names the version.
        takes_old_versions: false,
        // Inferred: a policy that delegates has nothing to deny.
        effects: ("\"Allow\", since the policy delegates", &[Effect::Allow]),
        principal: PrincipalRule::Map,
        // Refused since 30 June 2026.
        negated: &[],
        needs_resource: true,
    };

    fn check_everyone(&self, path: &Path<'_>, findings: &mut Findings) {
        refuse_text(Subject::Principal, path, "*", MEMBERS, findings);
    }

    fn check_principal(&self, path: &Path<'_>, principal: &Principal, findings: &mut Findings) {
        let (Principal::Aws(text)
        | Principal::Service(text)
        | Principal::Federated(text)
        | Principal::CanonicalUser(text)) = principal;
        let account_id = if matches!(principal, Principal::Aws(_)) { account_id(text) } else { None };
        let is_member = account_id.is_some_and(|id| id != self.0.management_account_id && (self.0.is_member)(id));
        if !is_member {
            refuse_text(Subject::Principal, path, text, MEMBERS, findings);
        }
    }

    fn check_action(&self, path: &Path<'_>, action: &str, findings: &mut Findings) {
        if !is_delegable(action) {
            refuse_text(
                Subject::Action,
                path,
                action,
                "an action of Organizations that reads or manages policies",
                findings,
            );
        }
    }

    fn check_resource(&self, path: &Path<'_>, resource: &str, findings: &mut Findings) {
        // What is no ARN at all is refused as such.
        let is_refused = resource == "*" || arn::expected_of(resource).is_some();
        if !is_refused && !self.owns(resource) {
            refuse_text(Subject::Resource, path, resource, "\"*\" or an ARN of the organization", findings);
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
                findings.refuse(Subject::PolicyType, Finding::new(path, found, "a policy type, such as BACKUP_POLICY"));
            }
        }
    }
}

const MEMBERS: &str = "member accounts of the organization or their principals, but not the management account";

impl Delegation<'_> {
    /// Whether the ARN, which may have wildcards, can only be one of the organization.
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

/// The account of an account's id or of the ARN of one of its principals.
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

/// Whether an action, which may have wildcards, can only be one that can be delegated.
// Inferred: a wildcard that also covers what cannot be delegated, such as organizations:*, is refused as a whole.
pub fn is_delegable(action: &str) -> bool {
    let Some((prefix, name)) = action.split_once(':') else {
        return false;
    };
    let pattern = Pattern::of_action(name);
    let covers = |action: &str| pattern.matches_action(action);
    let is_read = ["list", "describe"].iter().any(|read| name.to_lowercase().starts_with(read));
    prefix.eq_ignore_ascii_case("organizations")
        && !RESERVED.into_iter().any(covers)
        && (is_read || DELEGABLE.into_iter().any(covers))
}

/// The actions that can be delegated besides those that begin with List or Describe.
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

/// What the ARNs of Organizations name.
const RESOURCES: [&str; 8] =
    ["account", "handshake", "organization", "ou", "policy", "resourcepolicy", "root", "transfer"];
