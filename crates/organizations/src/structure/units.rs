//! Organizational units.

use compact_str::CompactString;
use model::organizations::ErrorCode::{
    DuplicateOrganizationalUnitException, OrganizationalUnitNotEmptyException, OrganizationalUnitNotFoundException,
    ParentNotFoundException,
};
use model::organizations::errors::ConstraintViolationExceptionReason::{OuDepthLimitExceeded, OuNumberLimitExceeded};
use model::organizations::types::{
    CreateOrganizationalUnitInput, CreateOrganizationalUnitOutput, DeleteOrganizationalUnitInput,
    DeleteOrganizationalUnitOutput, DescribeOrganizationalUnitInput, DescribeOrganizationalUnitOutput,
    ListOrganizationalUnitsForParentInput, ListOrganizationalUnitsForParentOutput, OrganizationalUnit,
    UpdateOrganizationalUnitInput, UpdateOrganizationalUnitOutput,
};
use model::{OrganizationalUnitId, ParentId};
use world::{Children, Organization, Tx, Unit, View};

use crate::error::{Result, require};
use crate::generated::api;
use crate::structure::tree;
use crate::{Service, free_text, ids, lookup, tags, view};

impl api::Units for Service {
    fn create_organizational_unit(
        tx: &mut Tx<'_>,
        input: CreateOrganizationalUnitInput,
    ) -> Result<CreateOrganizationalUnitOutput> {
        free_text::require_plain([Some(&*input.name)])?;
        let tags = tags::from_request(input.tags)?;
        require_room(&tx.view(), &input.parent_id, &input.name)?;
        tags::require_allowed(&tx.view(), tags::resource_type::UNIT, &tags)?;
        let unit = Unit {
            id: ids::unit(tx)?,
            name: input.name.into(),
            parent: input.parent_id,
            sequence: tx.world.next_sequence(),
        };
        let organization = lookup::organization_mut(tx)?;
        organization.add_unit(unit.clone());
        tags::set(organization, unit.id.as_str(), tags);
        Ok(CreateOrganizationalUnitOutput { organizational_unit: Some(view::unit(organization, &unit)) })
    }

    fn update_organizational_unit(
        tx: &mut Tx<'_>,
        input: UpdateOrganizationalUnitInput,
    ) -> Result<UpdateOrganizationalUnitOutput> {
        let id = input.organizational_unit_id;
        if let Some(name) = input.name {
            free_text::require_plain([Some(&*name)])?;
            let name = CompactString::from(name);
            let view = tx.view();
            let (organization, unit) = unit(&view, &id)?;
            // Inferred: the unit's own name is no duplicate.
            require(
                unit.name == name || is_free(organization, &unit.parent, &name),
                DuplicateOrganizationalUnitException,
            )?;
            lookup::organization_mut(tx)?.rename_unit(&id, name);
        }
        Ok(UpdateOrganizationalUnitOutput { organizational_unit: Some(describe(&tx.view(), &id)?) })
    }

    fn delete_organizational_unit(
        tx: &mut Tx<'_>,
        input: DeleteOrganizationalUnitInput,
    ) -> Result<DeleteOrganizationalUnitOutput> {
        let id = input.organizational_unit_id;
        let view = tx.view();
        let (organization, _) = unit(&view, &id)?;
        let inside = organization.children(&ParentId::from(&id));
        let empty = inside.is_none_or(Children::is_empty);
        require(empty, OrganizationalUnitNotEmptyException)?;
        lookup::organization_mut(tx)?.remove_unit(&id);
        Ok(DeleteOrganizationalUnitOutput {})
    }

    fn describe_organizational_unit(
        view: &View<'_>,
        input: DescribeOrganizationalUnitInput,
    ) -> Result<DescribeOrganizationalUnitOutput> {
        let unit = describe(view, &input.organizational_unit_id)?;
        Ok(DescribeOrganizationalUnitOutput { organizational_unit: Some(unit) })
    }

    fn list_organizational_units_for_parent(
        view: &View<'_>,
        input: ListOrganizationalUnitsForParentInput,
    ) -> Result<ListOrganizationalUnitsForParentOutput> {
        let parent = &input.parent_id;
        let organization = lookup::organization_with_parent(view, parent, ParentNotFoundException)?;
        let scan = view.scan(&[organization.id.as_str(), parent.as_str()]);
        let page = scan.page(input.next_token.as_deref(), view::page_size(input.max_results), |last| {
            tree::units_in(organization, parent, last)
                .filter_map(|(sequence, id)| Some((sequence, view::unit(organization, organization.unit(id)?))))
        })?;
        Ok(ListOrganizationalUnitsForParentOutput {
            organizational_units: Some(page.items),
            next_token: page.next_token,
        })
    }
}

/// A unit of the caller's organization.
fn unit<'w>(view: &View<'w>, id: &OrganizationalUnitId) -> Result<(&'w Organization, &'w Unit)> {
    let organization = lookup::organization(view)?;
    Ok((organization, organization.unit(id).ok_or(OrganizationalUnitNotFoundException)?))
}

fn describe(view: &View<'_>, id: &OrganizationalUnitId) -> Result<OrganizationalUnit> {
    let (organization, unit) = unit(view, id)?;
    Ok(view::unit(organization, unit))
}

/// Requires that the parent can get another unit with the name.
fn require_room(view: &View<'_>, parent: &ParentId, name: &str) -> Result<()> {
    let organization = lookup::organization_with_parent(view, parent, ParentNotFoundException)?;
    let quotas = &view.world.settings.quotas;
    require(is_free(organization, parent, name), DuplicateOrganizationalUnitException)?;
    require(organization.units_above(parent).len() < quotas.unit_depth, OuDepthLimitExceeded)?;
    require(organization.n_units() < quotas.units, OuNumberLimitExceeded)?;
    Ok(())
}

/// Whether no sibling has the name.
// Inferred: names are compared exactly. Whether case counts is not documented.
fn is_free(organization: &Organization, parent: &ParentId, name: &str) -> bool {
    organization.children(parent).is_none_or(|siblings| !siblings.has_unit_named(name))
}
