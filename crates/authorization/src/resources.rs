//! The ARNs of the resources that a request names.

use model::{AccountId, Arn, DirectoryId, Partition, PolicyId, arn};
use world::{Organization, View};

use crate::request_members::{NamedResource, ResourceId};
use crate::resource_type::ResourceType;

/// The ARNs of resources that a request names, or `*` where it names none.
pub fn arns(view: &View<'_>, named: &[NamedResource<'_>]) -> Vec<String> {
    let arns: Vec<String> = named.iter().filter_map(|named| arn_of(view, named)).collect();
    if arns.is_empty() { vec!["*".to_owned()] } else { arns }
}

/// The account of the role that a request names.
pub fn role_owner(named: &[NamedResource<'_>]) -> Option<AccountId> {
    let role = named.iter().find(|named| named.types == [ResourceType::Role])?;
    match role.id.as_ref()? {
        ResourceId::Text(arn) => Arn::parse(arn).ok()?.account,
        ResourceId::Directory(_) | ResourceId::Trust(_) | ResourceId::Snapshot(_) => None,
    }
}

/// The ARN of a resource, which need not exist: policies are evaluated before resources are looked up.
fn arn_of(view: &View<'_>, named: &NamedResource<'_>) -> Option<String> {
    let id = match named.id.as_ref()? {
        ResourceId::Text(id) => id.as_ref(),
        ResourceId::Directory(id) => return Some(directory_arn(view, id)),
        ResourceId::Trust(id) => {
            // Trusts have no ARN of their own (Service Authorization Reference).
            let trust = view.world.trust(id).filter(|trust| trust.owner == view.caller.account)?;
            return Some(directory_arn(view, &trust.directory));
        }
        ResourceId::Snapshot(id) => {
            // Snapshots have none either.
            let directory = view.world.directory(&view.world.snapshot(id)?.directory)?;
            return (directory.owner == view.caller.account).then(|| directory_arn(view, &directory.id));
        }
    };
    let organization = || view.world.organization_of(view.caller.account);
    match named.types.iter().find(|kind| kind.has_form(id))? {
        ResourceType::Account => Some(organization()?.arn(&["account", organization()?.id.as_str(), id])),
        ResourceType::OrganizationalUnit => Some(organization()?.arn(&["ou", organization()?.id.as_str(), id])),
        ResourceType::Policy => policy_arn(organization()?, id),
        ResourceType::ResourcePolicy => Some(organization()?.arn(&["resourcepolicy", organization()?.id.as_str(), id])),
        ResourceType::ResponsibilityTransfer => Some(transfer_arn(organization()?, id)),
        ResourceType::Root => root_arn(organization()?, id),
        ResourceType::Directory => Some(directory_arn(view, &DirectoryId::from(id))),
        ResourceType::Role => Some(id.to_owned()),
    }
}

fn directory_arn(view: &View<'_>, id: &DirectoryId) -> String {
    let region = view.caller.region.as_str();
    arn(Partition::of_region(region), "ds", region, view.caller.account, &["directory", id.as_str()])
}

fn policy_arn(organization: &Organization, id: &str) -> Option<String> {
    organization.policy(&PolicyId::from(id)).map(|policy| organization.policy_arn(policy))
}

/// None for the root of another organization.
fn root_arn(organization: &Organization, id: &str) -> Option<String> {
    (id == organization.root.as_str()).then(|| organization.arn(&["root", organization.id.as_str(), id]))
}

fn transfer_arn(organization: &Organization, id: &str) -> String {
    let outbound = organization.transfers.is_outbound(id);
    let direction = if outbound { "outbound" } else { "inbound" };
    organization.arn(&["transfer", organization.id.as_str(), "billing", direction, id])
}

#[cfg(test)]
mod tests {
    use model::ds::types::{DeleteDirectoryInput, DeleteTrustInput};
    use model::organizations::types::MoveAccountInput;
    use model::sts::types::{AssumeRoleInput, GetCallerIdentityInput};
    use model::{Request, SERVICES, ds, organizations, sts};
    use world::{Caller, Region, Settings, World};

    use super::*;
    use crate::generated;

    /// The ARNs for a request of an account outside organizations, in a Region.
    fn arns_in(region: &str, request: &Request) -> Vec<String> {
        let world = World::new(Settings::default());
        let account = "111111111111".parse().unwrap();
        let caller = Caller { region: Region::from(region), ..Caller::administrator(account) };
        let view =
            View { world: &world, caller: &caller, now: model::Timestamp::default(), operation: request.operation() };
        arns(&view, &generated::named_resources(request))
    }

    #[test]
    fn each_operation_has_its_actions() {
        for operation in SERVICES.iter().flat_map(|service| service.operations) {
            let own = operation.to_string();
            let is_free = own == "sts:GetCallerIdentity";
            assert_eq!(operation.actions.first(), (!is_free).then_some(&own.as_str()), "{operation}");
            let others = operation.actions.iter().skip(1);
            assert!(others.eq(own.starts_with("ds-data:").then_some(&"ds:AccessDSData")), "{operation}");
        }
    }

    #[test]
    fn directories_are_in_the_partition_of_the_region() {
        let delete = DeleteDirectoryInput { directory_id: "d-1234567890".into() };
        let request = Request::Directory(ds::Request::DeleteDirectory(delete));
        let resource = "111111111111:directory/d-1234567890";
        assert_eq!(arns_in("eu-west-1", &request), [format!("arn:aws:ds:eu-west-1:{resource}")]);
        assert_eq!(arns_in("cn-north-1", &request), [format!("arn:aws-cn:ds:cn-north-1:{resource}")]);
    }

    #[test]
    fn requests_that_name_nothing_known_are_for_all_resources() {
        let trust = DeleteTrustInput { trust_id: "t-1234567890".into(), delete_associated_conditional_forwarder: None };
        let mover = MoveAccountInput {
            account_id: "222222222222".parse().unwrap(),
            source_parent_id: "r-abcd".into(),
            destination_parent_id: "ou-abcd-11111111".into(),
        };
        for request in [
            Request::Directory(ds::Request::DeleteTrust(trust)),
            Request::Organizations(organizations::Request::MoveAccount(mover)),
            Request::Sts(sts::Request::GetCallerIdentity(GetCallerIdentityInput {})),
        ] {
            assert_eq!(arns_in("us-east-1", &request), ["*"], "{request:?}");
        }
    }

    #[test]
    fn a_role_is_named_by_its_arn_and_owned_by_the_account_in_it() {
        let arn = "arn:aws:iam::222222222222:role/path/Auditor";
        let input = AssumeRoleInput {
            duration_seconds: None,
            external_id: None,
            minimum_session_token_size: None,
            policy: None,
            policy_arns: None,
            provided_contexts: None,
            role_arn: arn.to_owned(),
            role_session_name: "session".to_owned(),
            serial_number: None,
            source_identity: None,
            tags: None,
            token_code: None,
            transitive_tag_keys: None,
        };
        let request = Request::Sts(sts::Request::AssumeRole(input));
        assert_eq!(arns_in("us-east-1", &request), [arn]);
        let owner = role_owner(&generated::named_resources(&request));
        assert_eq!(owner, Some("222222222222".parse().unwrap()));
    }

    #[test]
    fn ids_have_the_form_of_one_type() {
        for (id, expected) in [
            ("222222222222", Some(ResourceType::Account)),
            ("ou-abcd-11111111", Some(ResourceType::OrganizationalUnit)),
            ("p-12345678", Some(ResourceType::Policy)),
            ("rp-12345678", Some(ResourceType::ResourcePolicy)),
            ("rt-12345678", Some(ResourceType::ResponsibilityTransfer)),
            ("r-abcd", Some(ResourceType::Root)),
            ("h-12345678", None),
        ] {
            let types = [
                ResourceType::Account,
                ResourceType::OrganizationalUnit,
                ResourceType::Policy,
                ResourceType::ResourcePolicy,
                ResourceType::ResponsibilityTransfer,
                ResourceType::Root,
            ];
            assert_eq!(types.into_iter().find(|kind| kind.has_form(id)), expected, "{id}");
        }
    }
}
