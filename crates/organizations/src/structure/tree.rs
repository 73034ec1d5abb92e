//! The tree of the root, units and accounts.

use model::organizations::ErrorCode::{
    ChildNotFoundException, DestinationParentNotFoundException, DuplicateAccountException, ParentNotFoundException,
    SourceParentNotFoundException,
};
use model::organizations::types::{
    Child, ChildType, ListAccountsForParentInput, ListAccountsForParentOutput, ListChildrenInput, ListChildrenOutput,
    ListParentsInput, ListParentsOutput, ListRootsInput, ListRootsOutput, MoveAccountInput, MoveAccountOutput, Parent,
    ParentType,
};
use model::{AccountId, ChildId, OrganizationalUnitId, ParentId};
use world::{Organization, Tx, View};

use crate::error::{Result, require};
use crate::generated::api;
use crate::{Service, lookup, view};

impl api::Tree for Service {
    fn list_roots(view: &View<'_>, input: ListRootsInput) -> Result<ListRootsOutput> {
        let organization = lookup::organization(view)?;
        let scan = view.scan(&[organization.id.as_str()]);
        let page = scan.page(input.next_token.as_deref(), view::page_size(input.max_results), |last| {
            single_row(view::root(organization), last)
        })?;
        Ok(ListRootsOutput { roots: Some(page.items), next_token: page.next_token })
    }

    fn list_parents(view: &View<'_>, input: ListParentsInput) -> Result<ListParentsOutput> {
        let organization = lookup::organization(view)?;
        let id = parent_of(view, organization, &input.child_id).ok_or(ChildNotFoundException)?;
        let root = id == ParentId::from(&organization.root);
        let kind = if root { ParentType::Root } else { ParentType::OrganizationalUnit };
        let scan = view.scan(&[organization.id.as_str(), input.child_id.as_str()]);
        let page = scan.page(input.next_token.as_deref(), view::page_size(input.max_results), |last| {
            single_row(Parent { id: Some(id), kind: Some(kind) }, last)
        })?;
        Ok(ListParentsOutput { parents: Some(page.items), next_token: page.next_token })
    }

    fn list_children(view: &View<'_>, input: ListChildrenInput) -> Result<ListChildrenOutput> {
        let organization = lookup::organization_with_parent(view, &input.parent_id, ParentNotFoundException)?;
        let kind = input.child_type;
        let scan = view.scan(&[organization.id.as_str(), input.parent_id.as_str(), kind.as_str()]);
        let (token, size) = (input.next_token.as_deref(), view::page_size(input.max_results));
        let page = match kind {
            ChildType::Account => scan.page(token, size, |last| {
                accounts_in(organization, &input.parent_id, last).map(|(sequence, id)| (sequence, id.to_string()))
            }),
            ChildType::OrganizationalUnit => scan.page(token, size, |last| {
                units_in(organization, &input.parent_id, last).map(|(sequence, id)| (sequence, id.to_string()))
            }),
        }?;
        let page = page.map(|id| Child { id: Some(id.into()), kind: Some(kind) });
        Ok(ListChildrenOutput { children: Some(page.items), next_token: page.next_token })
    }

    fn list_accounts_for_parent(
        view: &View<'_>,
        input: ListAccountsForParentInput,
    ) -> Result<ListAccountsForParentOutput> {
        let parent = &input.parent_id;
        let organization = lookup::organization_with_parent(view, parent, ParentNotFoundException)?;
        let scan = view.scan(&[organization.id.as_str(), parent.as_str()]);
        let page = scan.page(input.next_token.as_deref(), view::page_size(input.max_results), |last| {
            let inside = accounts_in(organization, parent, last);
            inside.filter_map(|(sequence, id)| Some((sequence, view.world.account(id)?)))
        })?;
        let page = page.map(|account| view::account(organization, account));
        Ok(ListAccountsForParentOutput { accounts: Some(page.items), next_token: page.next_token })
    }

    fn move_account(tx: &mut Tx<'_>, input: MoveAccountInput) -> Result<MoveAccountOutput> {
        let view = tx.view();
        let parent = &lookup::member(&view, input.account_id)?.member().parent;
        let organization = lookup::organization(&view)?;
        // Inferred: a source that exists but is not the account's parent gets the same error as an unknown one.
        require(*parent == input.source_parent_id, SourceParentNotFoundException)?;
        require(organization.has_parent(&input.destination_parent_id), DestinationParentNotFoundException)?;
        require(*parent != input.destination_parent_id, DuplicateAccountException)?;
        tx.world.reparent(input.account_id, input.destination_parent_id, tx.now);
        Ok(MoveAccountOutput {})
    }
}

/// The rows of a list that always has exactly one row.
fn single_row<T>(row: T, last: Option<u64>) -> impl Iterator<Item = (u64, T)> {
    last.is_none().then_some((0, row)).into_iter()
}

/// The parent of an account or a unit of the organization.
fn parent_of(view: &View<'_>, organization: &Organization, child: &ChildId) -> Option<ParentId> {
    match child.as_str().parse::<AccountId>() {
        Ok(account) => {
            let membership = view.world.account(account)?.membership.as_ref()?;
            (membership.organization == organization.id).then(|| membership.parent.clone())
        }
        Err(_) => organization.unit(&child.as_str().into()).map(|unit| unit.parent.clone()),
    }
}

/// The accounts directly in a root or unit, after a sequence.
pub fn accounts_in<'w>(
    organization: &'w Organization,
    parent: &ParentId,
    last: Option<u64>,
) -> impl Iterator<Item = (u64, AccountId)> + use<'w> {
    let children = organization.children(parent).into_iter();
    children.flat_map(move |children| children.accounts(view::sequence_after(last)))
}

/// The units directly in a root or unit, after a sequence.
pub fn units_in<'w>(
    organization: &'w Organization,
    parent: &ParentId,
    last: Option<u64>,
) -> impl Iterator<Item = (u64, &'w OrganizationalUnitId)> + use<'w> {
    let children = organization.children(parent).into_iter();
    children.flat_map(move |children| children.units(view::sequence_after(last)))
}
