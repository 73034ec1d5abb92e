//! Who may call an operation at all.

use model::organizations::ErrorCode::AccessDeniedException;
use model::organizations::errors::ConstraintViolationExceptionReason::OrganizationNotInAllFeaturesMode;
use model::organizations::types::OrganizationFeatureSet;
use model::{Callers, Operation};
use world::View;

use crate::error::{Result, require};
use crate::lookup;

/// Whether the caller may call the operation. AWS's order: is there an organization, may this account, has it all features.
pub fn authorize(view: &View<'_>, operation: &Operation) -> Result<()> {
    if matches!(operation.callers, Callers::Anyone | Callers::Standalone) {
        return Ok(());
    }
    let organization = lookup::organization(view)?;
    let management = organization.management == view.caller.account;
    let delegated = organization.delegated_administrators.contains_key(&view.caller.account);
    let allowed = match operation.callers {
        Callers::Anyone | Callers::Standalone | Callers::Organization => true,
        Callers::Delegated => management || delegated,
        // A delegated administrator of a service only reads; nobody else writes without a resource policy.
        Callers::ResourcePolicy | Callers::Management => management,
    };
    require(allowed, AccessDeniedException)?;
    let all_features = organization.feature_set == OrganizationFeatureSet::All;
    require(all_features || !operation.all_features, OrganizationNotInAllFeaturesMode)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use model::organizations::ErrorCode::AWSOrganizationsNotInUseException;
    use model::organizations::types::AccountJoinedMethod;
    use model::{AccountId, SERVICES, Timestamp};
    use world::{Caller, Organization, Settings, World};

    use super::*;

    const MANAGEMENT: u64 = 1;
    const MEMBER: u64 = 2;
    const DELEGATED: u64 = 3;
    const STANDALONE: u64 = 4;

    fn account(number: u64) -> AccountId {
        AccountId::new(number).unwrap()
    }

    fn world(feature_set: OrganizationFeatureSet) -> World {
        let (mut world, id, at) = (World::new(Settings::default()), "o-1234567890".into(), Timestamp::default());
        world.found(Organization::new("o-1234567890".into(), "r-1234".into(), feature_set, account(MANAGEMENT)), at);
        for member in [MEMBER, DELEGATED] {
            world.join(&id, account(member), AccountJoinedMethod::Created, at);
        }
        let organization = world.organization_mut(&id).unwrap();
        organization
            .delegated_administrators
            .entry(account(DELEGATED))
            .or_default()
            .insert("ssm.amazonaws.com".into(), at);
        world
    }

    fn ask(world: &World, number: u64, operation: &str) -> Result<()> {
        let organizations = SERVICES.iter().find(|service| service.id == "organizations").unwrap();
        let caller = Caller::administrator(account(number));
        authorize(
            &View { world, caller: &caller, now: Timestamp::default() },
            organizations.operation(operation).unwrap(),
        )
    }

    #[test]
    fn a_delegated_administrator_reads_and_does_not_write() {
        let world = world(OrganizationFeatureSet::All);
        for read in ["ListRoots", "ListAccounts", "ListTagsForResource", "ListAWSServiceAccessForOrganization"] {
            assert_eq!(ask(&world, DELEGATED, read), Ok(()), "{read}");
            assert_eq!(ask(&world, MEMBER, read), Err(AccessDeniedException.into()), "{read}");
        }
        for write in
            ["CreateOrganizationalUnit", "MoveAccount", "TagResource", "EnableAWSServiceAccess", "CloseAccount"]
        {
            assert_eq!(ask(&world, DELEGATED, write), Err(AccessDeniedException.into()), "{write}");
            assert_eq!(ask(&world, MANAGEMENT, write), Ok(()), "{write}");
        }
    }

    #[test]
    fn every_member_describes_the_organization_and_nobody_else() {
        let world = world(OrganizationFeatureSet::All);
        for member in [MANAGEMENT, MEMBER, DELEGATED] {
            assert_eq!(ask(&world, member, "DescribeOrganization"), Ok(()));
        }
        let not_in_use = Err(AWSOrganizationsNotInUseException.into());
        assert_eq!(ask(&world, STANDALONE, "DescribeOrganization"), not_in_use);
        assert_eq!(ask(&world, STANDALONE, "CreateOrganization"), Ok(()));
    }

    #[test]
    fn the_caller_comes_before_the_features() {
        let world = world(OrganizationFeatureSet::ConsolidatedBilling);
        let denied = Err(AccessDeniedException.into());
        assert_eq!(ask(&world, MEMBER, "ListAWSServiceAccessForOrganization"), denied);
        let billing_only = Err(OrganizationNotInAllFeaturesMode.into());
        assert_eq!(ask(&world, DELEGATED, "ListAWSServiceAccessForOrganization"), billing_only);
        assert_eq!(ask(&world, DELEGATED, "ListRoots"), Ok(()));
    }
}
