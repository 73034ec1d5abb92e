//! The organization itself.

use model::organizations::ErrorCode::{AlreadyInOrganizationException, OrganizationNotEmptyException};
use model::organizations::errors::ConstraintViolationExceptionReason::ActiveResponsibilityTransferProcess;
use model::organizations::types::{
    CreateAccountState, CreateOrganizationInput, CreateOrganizationOutput, DeleteOrganizationInput,
    DeleteOrganizationOutput, DescribeOrganizationInput, DescribeOrganizationOutput, EnableAllFeaturesInput,
    EnableAllFeaturesOutput, LeaveOrganizationInput, LeaveOrganizationOutput, OrganizationFeatureSet,
};
use world::{Organization, Tx, View};

use crate::account::{accounts, membership};
use crate::error::{Result, require};
use crate::generated::api;
use crate::handshake::{all_features, invitations};
use crate::transfer::responsibility_transfers;
use crate::{Service, ids, lookup, view};

impl api::Organization for Service {
    fn create_organization(tx: &mut Tx<'_>, input: CreateOrganizationInput) -> Result<CreateOrganizationOutput> {
        let management = tx.caller.account;
        require(tx.world.organization_of(management).is_none(), AlreadyInOrganizationException)?;
        let feature_set = input.feature_set.unwrap_or(OrganizationFeatureSet::All);
        let (id, root) = (ids::organization(tx.world), ids::root(tx.world));
        tx.world.add_organization(Organization::new(id, root, feature_set, management), tx.now);
        let view = tx.view();
        let organization = view::organization(view.world, lookup::organization(&view)?);
        Ok(CreateOrganizationOutput { organization: Some(organization) })
    }

    fn describe_organization(view: &View<'_>, _: DescribeOrganizationInput) -> Result<DescribeOrganizationOutput> {
        let organization = view::organization(view.world, lookup::organization(view)?);
        Ok(DescribeOrganizationOutput { organization: Some(organization) })
    }

    fn delete_organization(tx: &mut Tx<'_>, _: DeleteOrganizationInput) -> Result<DeleteOrganizationOutput> {
        let organization = lookup::organization(&tx.view())?;
        let id = organization.id.clone();
        // Closed members still count. Inferred: so does an account that is being created, because it becomes a member.
        let alone = organization.n_members() == 1
            && accounts::requests(organization, CreateAccountState::InProgress, None).next().is_none();
        require(alone, OrganizationNotEmptyException)?;
        // Inferred: AWS checks the members first, because that rule is older.
        require(
            !responsibility_transfers::prevent_deletion(&tx.view(), organization),
            ActiveResponsibilityTransferProcess,
        )?;
        // Inferred: open handshakes of a deleted organization cannot be accepted.
        invitations::withdraw_all(tx.world, &id, tx.now);
        all_features::cancel(tx.world, &id, tx.now);
        tx.world.dissolve(&id);
        Ok(DeleteOrganizationOutput {})
    }

    fn enable_all_features(tx: &mut Tx<'_>, _: EnableAllFeaturesInput) -> Result<EnableAllFeaturesOutput> {
        let handshake = all_features::start(tx)?;
        Ok(EnableAllFeaturesOutput { handshake: Some(view::handshake(&handshake)) })
    }

    fn leave_organization(tx: &mut Tx<'_>, _: LeaveOrganizationInput) -> Result<LeaveOrganizationOutput> {
        let account = tx.caller.account;
        membership::leave(tx, account)?;
        Ok(LeaveOrganizationOutput {})
    }
}
