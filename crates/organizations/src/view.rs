//! The world's resources in the shapes of answers.

use model::organizations::types::{
    AccountState, AccountStatus, ActionType, CreateAccountStatus, DelegatedAdministrator, HandshakeParty,
    HandshakePartyType, HandshakeResource, HandshakeResourceType, OrganizationFeatureSet, OrganizationalUnit,
    PolicySummary, PolicyTargetSummary, PolicyType, PolicyTypeStatus, PolicyTypeSummary, ResourcePolicySummary, Root,
    TargetType, TransferParticipant, {self},
};
use model::{AccountId, ParentId, Partition, Row, Timestamp};
use world::{
    Account, AnyPolicy, CreateAccountRequest, Handshake, ListedAccount, Organization, Participant, ProposedTransfer,
    Recipient, ResourcePolicy, ResponsibilityTransfer, Target, Unit, World, organizations_arn,
};

/// The partition of handshakes and transfers, which belong to two organizations.
const PARTITION: Partition = Partition::Aws;
/// The default and the maximum.
const PAGE_SIZE: usize = 20;

/// The number of rows of a page.
// Inferred: the default, which AWS does not publish, is the maximum.
pub fn page_size(max_results: Option<i32>) -> usize {
    max_results.and_then(|size| usize::try_from(size).ok()).unwrap_or(PAGE_SIZE)
}

/// The first sequence after the last row of the previous page.
pub fn sequence_after(last: Option<u64>) -> u64 {
    last.map_or(0, |last| last.saturating_add(1))
}

pub fn organization(world: &World, organization: &Organization) -> types::Organization {
    let management = world.account_or_standalone(organization.management);
    types::Organization {
        arn: Some(organization.arn(&["organization", organization.id.as_str()])),
        available_policy_types: Some(available_policy_types(organization.feature_set)),
        feature_set: Some(organization.feature_set),
        id: Some(organization.id.clone()),
        master_account_arn: Some(organization.account_arn(management.id)),
        master_account_email: Some(management.email.clone()),
        master_account_id: Some(management.id),
    }
}

/// A deprecated member, which does not depend on the types that are enabled in the root (recorded).
fn available_policy_types(feature_set: OrganizationFeatureSet) -> Vec<PolicyTypeSummary> {
    match feature_set {
        OrganizationFeatureSet::All => vec![policy_type_summary(PolicyType::ServiceControlPolicy)],
        OrganizationFeatureSet::ConsolidatedBilling => Vec::new(),
    }
}

pub fn root(organization: &Organization) -> Root {
    Root {
        arn: Some(organization.arn(&["root", organization.id.as_str(), organization.root.as_str()])),
        id: Some(organization.root.clone()),
        name: Some("Root".into()),
        policy_types: Some(organization.policies.enabled().map(policy_type_summary).collect()),
    }
}

/// A type is listed only while it is enabled.
fn policy_type_summary(kind: PolicyType) -> PolicyTypeSummary {
    PolicyTypeSummary { kind: Some(kind), status: Some(PolicyTypeStatus::Enabled) }
}

pub fn unit(organization: &Organization, unit: &Unit) -> OrganizationalUnit {
    OrganizationalUnit {
        arn: Some(organization.arn(&["ou", organization.id.as_str(), unit.id.as_str()])),
        id: Some(unit.id.clone()),
        name: Some(unit.name.to_string()),
        path: Some(organization.path(&ParentId::from(&unit.id))),
    }
}

/// A member of an organization.
pub fn account(organization: &Organization, account: &ListedAccount) -> Row<types::Account> {
    let row = account.following(|account| {
        let membership = account.member();
        let row = types::Account {
            arn: Some(organization.account_arn(account.id)),
            email: Some(account.email.clone()),
            id: Some(account.id),
            joined_method: Some(membership.joined_method),
            joined_timestamp: Some(membership.joined_at),
            name: Some(account.name.clone()),
            paths: Some(vec![path(organization, account)]),
            state: Some(account.state),
            status: Some(status(account.state)),
        };
        row.into()
    });
    row.clone()
}

/// The path of a member: `o-…/r-…/ou-…/`, its id, and a slash at the end.
pub fn path(organization: &Organization, account: &Account) -> String {
    [&organization.path(&account.member().parent), account.id.digits().as_str(), "/"].concat()
}

/// A member that is a delegated administrator since a time.
pub fn delegated_administrator(
    world: &World,
    organization: &Organization,
    id: AccountId,
    since: Timestamp,
) -> DelegatedAdministrator {
    let account = account(organization, &world.account_or_standalone(id));
    DelegatedAdministrator {
        arn: account.arn.clone(),
        delegation_enabled_date: Some(since),
        email: account.email.clone(),
        id: account.id,
        joined_method: account.joined_method,
        joined_timestamp: account.joined_timestamp,
        name: account.name.clone(),
        state: account.state,
        status: account.status,
    }
}

/// The deprecated member beside `State`, which has fewer values.
fn status(state: AccountState) -> AccountStatus {
    match state {
        // Inferred: the other two statuses do not fit an account whose sign-up is unfinished.
        AccountState::PendingActivation | AccountState::Active => AccountStatus::Active,
        AccountState::PendingClosure => AccountStatus::PendingClosure,
        AccountState::Suspended | AccountState::Closed => AccountStatus::Suspended,
    }
}

pub fn create_account_status(request: &CreateAccountRequest) -> CreateAccountStatus {
    CreateAccountStatus {
        account_id: request.account,
        account_name: Some(request.account_name.clone()),
        completed_timestamp: request.completed_at,
        failure_reason: request.failure_reason,
        gov_cloud_account_id: request.gov_cloud_account,
        id: Some(request.id.clone()),
        requested_timestamp: Some(request.requested_at),
        state: Some(request.state),
    }
}

/// A policy with its document.
pub fn policy(organization: &Organization, policy: AnyPolicy<'_>) -> types::Policy {
    let content = match policy {
        AnyPolicy::Managed(managed) => managed.content.to_owned(),
        AnyPolicy::Written(policy) => policy.content.clone(),
    };
    types::Policy { content: Some(content), policy_summary: Some(policy_summary(organization, policy)) }
}

/// A policy without its document.
pub fn policy_summary(organization: &Organization, policy: AnyPolicy<'_>) -> PolicySummary {
    let arn = Some(organization.policy_arn(policy));
    match policy {
        AnyPolicy::Managed(managed) => PolicySummary {
            arn,
            aws_managed: Some(true),
            description: Some(managed.description.to_owned()),
            id: Some(managed.id()),
            kind: Some(managed.kind),
            name: Some(managed.name.to_owned()),
        },
        AnyPolicy::Written(policy) => PolicySummary {
            arn,
            aws_managed: Some(false),
            description: Some(policy.description.clone()),
            id: Some(policy.id.clone()),
            kind: Some(policy.kind),
            name: Some(policy.name.to_string()),
        },
    }
}

pub fn resource_policy(organization: &Organization, policy: &ResourcePolicy) -> types::ResourcePolicy {
    types::ResourcePolicy {
        content: Some(policy.content.clone()),
        resource_policy_summary: Some(ResourcePolicySummary {
            arn: Some(organization.arn(&["resourcepolicy", organization.id.as_str(), policy.id.as_str()])),
            id: Some(policy.id.to_string()),
        }),
    }
}

/// The target of an attachment.
pub fn target(world: &World, organization: &Organization, target: &Target) -> PolicyTargetSummary {
    let (arn, id, kind, name) = match target {
        Target::Root => {
            let root = root(organization);
            (root.arn, root.id.map(|id| id.to_string()), TargetType::Root, root.name)
        }
        Target::Unit(id) => {
            let unit = organization.unit(id).map(|found| unit(organization, found)).unwrap_or_default();
            (unit.arn, unit.id.map(|id| id.to_string()), TargetType::OrganizationalUnit, unit.name)
        }
        Target::Account(id) => {
            let name = world.account_or_standalone(*id).name.to_string();
            (Some(organization.account_arn(*id)), Some(id.to_string()), TargetType::Account, Some(name))
        }
    };
    PolicyTargetSummary { arn, kind: Some(kind), name, target_id: id }
}

pub fn handshake(handshake: &Handshake) -> types::Handshake {
    let action = handshake.action.as_str().to_lowercase();
    let resource = ["handshake", handshake.sender.organization.as_str(), &action, handshake.id.as_str()];
    types::Handshake {
        action: Some(handshake.action),
        arn: Some(organizations_arn(PARTITION, handshake.sender.management, &resource)),
        expiration_timestamp: Some(handshake.expires_at),
        id: Some(handshake.id.clone()),
        parties: Some(parties(handshake)),
        requested_timestamp: Some(handshake.requested_at),
        resources: Some(resources(handshake)),
        state: Some(handshake.state),
    }
}

fn parties(handshake: &Handshake) -> Vec<HandshakeParty> {
    let organization = handshake.sender.organization.as_str();
    // Recorded: handshakes about features have the organization's id without its prefix. Samples of invitations have
    // the prefix. Inferred: invitations to transfer a responsibility have it too.
    let organization = match handshake.action {
        ActionType::Invite | ActionType::TransferResponsibility => organization,
        _ => organization.trim_start_matches("o-"),
    };
    let sender = HandshakeParty { id: organization.into(), kind: HandshakePartyType::Organization };
    let recipient = handshake.recipient.as_ref().map(|recipient| match recipient {
        Recipient::Account(id) => HandshakeParty { id: id.to_string(), kind: HandshakePartyType::Account },
        Recipient::Email(email) => HandshakeParty { id: email.to_string(), kind: HandshakePartyType::Email },
    });
    std::iter::once(sender).chain(recipient).collect()
}

fn resources(handshake: &Handshake) -> Vec<HandshakeResource> {
    let sender = &handshake.sender;
    let details = match handshake.action {
        ActionType::Invite => Some(vec![
            resource(HandshakeResourceType::MasterEmail, &sender.email),
            resource(HandshakeResourceType::MasterName, &sender.name),
            resource(HandshakeResourceType::OrganizationFeatureSet, sender.feature_set.as_str()),
        ]),
        ActionType::TransferResponsibility => Some(vec![
            resource(HandshakeResourceType::ManagementAccount, &sender.management.to_string()),
            resource(HandshakeResourceType::ManagementEmail, &sender.email),
            resource(HandshakeResourceType::ManagementName, &sender.name),
        ]),
        _ => None,
    };
    let organization = HandshakeResource {
        resources: details,
        ..resource(HandshakeResourceType::Organization, sender.organization.as_str())
    };
    let transfer = handshake.transfer.as_ref().map(proposed_transfer);
    let recipient = handshake.recipient.as_ref().map(|recipient| match recipient {
        Recipient::Account(id) => resource(HandshakeResourceType::Account, &id.to_string()),
        Recipient::Email(email) => resource(HandshakeResourceType::Email, email),
    });
    // Recorded: the parent's id is without its prefix.
    let parent = handshake
        .parent
        .as_ref()
        .map(|parent| resource(HandshakeResourceType::ParentHandshake, parent.as_str().trim_start_matches("h-")));
    let notes = handshake.notes.as_ref().map(|notes| resource(HandshakeResourceType::Notes, notes));
    parent.into_iter().chain([organization]).chain(transfer).chain(recipient).chain(notes).collect()
}

// Inferred: the types of the resources are the model's. Their nesting and the form of the time are not published.
fn proposed_transfer(transfer: &ProposedTransfer) -> HandshakeResource {
    let details = vec![
        resource(HandshakeResourceType::TransferType, transfer.kind.as_str()),
        resource(HandshakeResourceType::TransferStartTimestamp, &transfer.starts_at.to_iso_seconds()),
    ];
    HandshakeResource {
        resources: Some(details),
        ..resource(HandshakeResourceType::ResponsibilityTransfer, transfer.id.as_str())
    }
}

fn resource(kind: HandshakeResourceType, value: &str) -> HandshakeResource {
    HandshakeResource { resources: None, kind: Some(kind), value: Some(value.into()) }
}

/// A responsibility transfer, for one organization. Each side has its own ARN. Only the target sees the name (Billing
/// user guide, updating transfers).
// Inferred: an organization that inherits a transfer sees it as the target does.
pub fn transfer(
    world: &World,
    organization: &Organization,
    transfer: &ResponsibilityTransfer,
) -> types::ResponsibilityTransfer {
    let outbound = transfer.source.organization == organization.id;
    let (side, direction) = if outbound { (&transfer.source, "outbound") } else { (&transfer.target, "inbound") };
    let kind = transfer.kind.as_str().to_lowercase();
    let resource = ["transfer", side.organization.as_str(), &kind, direction, transfer.id.as_str()];
    types::ResponsibilityTransfer {
        active_handshake_id: Some(transfer.handshake.clone()),
        arn: Some(organizations_arn(PARTITION, side.management, &resource)),
        end_timestamp: transfer.ends_at,
        id: Some(transfer.id.clone()),
        kind: Some(transfer.kind),
        name: (!outbound).then(|| transfer.name.to_string()),
        source: Some(participant(world, &transfer.source)),
        start_timestamp: Some(transfer.starts_at),
        status: Some(transfer.status),
        target: Some(participant(world, &transfer.target)),
    }
}

fn participant(world: &World, participant: &Participant) -> TransferParticipant {
    let management = world.account_or_standalone(participant.management);
    TransferParticipant {
        management_account_email: Some(management.email.clone()),
        management_account_id: Some(management.id),
    }
}
