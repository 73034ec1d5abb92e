//! Responsibility transfers: an organization takes over the bill of another one. The one that takes over invites; for
//! it the transfer is inbound, for the other one outbound. The invitation is a handshake, which `handshakes.rs`
//! answers.

use std::time::Duration;

use compact_str::CompactString;
use model::organizations::ErrorCode::{
    AccessDeniedException, DuplicateHandshakeException, InvalidResponsibilityTransferTransitionException,
    ResponsibilityTransferAlreadyInStatusException, ResponsibilityTransferNotFoundException,
};
use model::organizations::errors::ConstraintViolationExceptionReason::{
    OrganizationNotInAllFeaturesMode, ResponsibilityTransferMaxInboundQuotaViolation,
    ResponsibilityTransferMaxLevelViolation, ResponsibilityTransferMaxOutboundQuotaViolation,
    ResponsibilityTransferMaxTransfersQuotaViolation, TransferResponsibilityUpdateNotAllowed,
};
use model::organizations::errors::HandshakeConstraintViolationExceptionReason::{
    ResponsibilityTransferAlreadyExists, SourceAndTargetCannotMatch, TargetAccountValidationFailure,
};
use model::organizations::errors::InvalidInputExceptionReason::{
    EndDateNotEndOfMonth, EndDateTooEarly, EndDateTooLate, StartDateNotBeginningOfDay, StartDateNotBeginningOfMonth,
    StartDateTooEarly, StartDateTooLate,
};
use model::organizations::types::{
    ActionType, DescribeResponsibilityTransferInput, DescribeResponsibilityTransferOutput, HandshakeState,
    InviteOrganizationToTransferResponsibilityInput, InviteOrganizationToTransferResponsibilityOutput,
    ListInboundResponsibilityTransfersInput, ListInboundResponsibilityTransfersOutput,
    ListOutboundResponsibilityTransfersInput, ListOutboundResponsibilityTransfersOutput, OrganizationFeatureSet,
    ResponsibilityTransferStatus, TerminateResponsibilityTransferInput, TerminateResponsibilityTransferOutput,
    UpdateResponsibilityTransferInput, UpdateResponsibilityTransferOutput,
};
use model::{ResponsibilityTransferId, Timestamp};
use world::{
    Handshake, Organization, Participant, ProposedTransfer, Recipient, ResponsibilityTransfer, Tx, View, World,
};

use crate::error::{Result, require};
use crate::generated::api;
use crate::handshake::proposals;
use crate::transfer::transfer_chains;
use crate::{Service, free_text, ids, lookup, tags, view};

/// How long before its start a transfer must be accepted.
const NOTICE: Duration = Duration::from_hours(24);
/// How far ahead a transfer can start or end.
// Inferred: AWS has a bound and does not publish it.
const HORIZON: Duration = Duration::from_hours(366 * 24);

impl api::ResponsibilityTransfers for Service {
    fn invite_organization_to_transfer_responsibility(
        tx: &mut Tx<'_>,
        input: InviteOrganizationToTransferResponsibilityInput,
    ) -> Result<InviteOrganizationToTransferResponsibilityOutput> {
        let handshake = invite(tx, input)?;
        Ok(InviteOrganizationToTransferResponsibilityOutput { handshake: Some(view::handshake(&handshake)) })
    }

    fn describe_responsibility_transfer(
        view: &View<'_>,
        input: DescribeResponsibilityTransferInput,
    ) -> Result<DescribeResponsibilityTransferOutput> {
        let shown = view::transfer(view.world, lookup::organization(view)?, transfer(view, &input.id)?);
        Ok(DescribeResponsibilityTransferOutput { responsibility_transfer: Some(shown) })
    }

    fn list_inbound_responsibility_transfers(
        view: &View<'_>,
        input: ListInboundResponsibilityTransfersInput,
    ) -> Result<ListInboundResponsibilityTransfersOutput> {
        let (organization, id) = (lookup::organization(view)?, input.id.as_ref());
        let beneath = id.map(|id| source_to_inherit(view, id)).transpose()?;
        let parameters =
            [organization.id.as_str(), input.kind.as_str(), id.map_or("", ResponsibilityTransferId::as_str)];
        let scan = view.scan(&parameters);
        let (token, size) = (input.next_token.as_deref(), view::page_size(input.max_results));
        let page = scan.page(token, size, |last| {
            let all = view.world.inbound_transfers(beneath.unwrap_or(organization), last);
            // Inferred: what another organization has proposed, or has had once, is no business of who inherits from
            // it.
            all.filter(|(_, transfer)| beneath.is_none() || transfer.is_active(view.now))
        })?;
        let page = page.map(|transfer| view::transfer(view.world, organization, transfer));
        Ok(ListInboundResponsibilityTransfersOutput {
            responsibility_transfers: Some(page.items),
            next_token: page.next_token,
        })
    }

    fn list_outbound_responsibility_transfers(
        view: &View<'_>,
        input: ListOutboundResponsibilityTransfersInput,
    ) -> Result<ListOutboundResponsibilityTransfersOutput> {
        let organization = lookup::organization(view)?;
        let parameters = [organization.id.as_str(), input.kind.as_str()];
        let scan = view.scan(&parameters);
        let (token, size) = (input.next_token.as_deref(), view::page_size(input.max_results));
        let page = scan.page(token, size, |last| view.world.outbound_transfers(organization, last))?;
        let page = page.map(|transfer| view::transfer(view.world, organization, transfer));
        Ok(ListOutboundResponsibilityTransfersOutput {
            responsibility_transfers: Some(page.items),
            next_token: page.next_token,
        })
    }

    fn terminate_responsibility_transfer(
        tx: &mut Tx<'_>,
        input: TerminateResponsibilityTransferInput,
    ) -> Result<TerminateResponsibilityTransferOutput> {
        let ends_at = end(input.end_timestamp, tx.now)?;
        let view = tx.view();
        let transfer = own_transfer(&view, &input.id)?.clone();
        let withdrawn = transfer.status == ResponsibilityTransferStatus::Withdrawn;
        require(!withdrawn, ResponsibilityTransferAlreadyInStatusException)?;
        require(transfer.is_accepted(), InvalidResponsibilityTransferTransitionException)?;
        let status = ResponsibilityTransferStatus::Withdrawn;
        let shown = change(tx, ResponsibilityTransfer { status, ends_at: Some(ends_at), ..transfer })?;
        Ok(TerminateResponsibilityTransferOutput { responsibility_transfer: Some(shown) })
    }

    fn update_responsibility_transfer(
        tx: &mut Tx<'_>,
        input: UpdateResponsibilityTransferInput,
    ) -> Result<UpdateResponsibilityTransferOutput> {
        free_text::require_plain([Some(&*input.name)])?;
        let view = tx.view();
        let transfer = own_transfer(&view, &input.id)?.clone();
        let target = lookup::organization(&view)?.id == transfer.target.organization;
        // Inferred: the source, which is not even shown the name, gets what every wrong side of a handshake gets.
        require(target, AccessDeniedException)?;
        require(transfer.is_requested() || transfer.is_accepted(), TransferResponsibilityUpdateNotAllowed)?;
        let shown = change(tx, ResponsibilityTransfer { name: input.name.into(), ..transfer })?;
        Ok(UpdateResponsibilityTransferOutput { responsibility_transfer: Some(shown) })
    }
}

/// Invites another organization to hand over.
fn invite(tx: &mut Tx<'_>, input: InviteOrganizationToTransferResponsibilityInput) -> Result<Handshake> {
    let recipient = proposals::recipient(input.target)?;
    let (kind, starts_at) = (input.kind, input.start_timestamp);
    free_text::require_plain([input.notes.as_deref(), Some(&*input.source_name)])?;
    require_start(starts_at, tx.now)?;
    let tags = tags::of_request(input.tags)?;
    tags::require_allowed(&tx.view(), tags::resource_type::TRANSFER, &tags)?;
    let source = participant(require_invitable(&tx.view(), &recipient)?);
    let target = participant(lookup::organization(&tx.view())?);
    let proposed = proposals::propose(tx, ActionType::TransferResponsibility, Some(recipient))?;
    let id = ids::responsibility_transfer(tx.world);
    let handshake = Handshake {
        state: HandshakeState::Requested,
        // Inferred: it lasts as long as other invitations do, unless the last moment to accept comes before.
        expires_at: proposed.expires_at.min(last_answer(starts_at)),
        notes: input.notes,
        transfer: Some(ProposedTransfer { id: id.clone(), kind, starts_at }),
        ..proposed
    };
    tags::put(lookup::organization_mut(tx)?, id.as_str(), tags);
    tx.world.put_transfer(ResponsibilityTransfer {
        id,
        sequence: handshake.sequence,
        kind,
        name: CompactString::from(input.source_name),
        status: ResponsibilityTransferStatus::Requested,
        source,
        target,
        starts_at,
        ends_at: None,
        handshake: handshake.id.clone(),
    });
    proposals::send(tx.world, handshake.clone());
    Ok(handshake)
}

fn participant(organization: &Organization) -> Participant {
    Participant { organization: organization.id.clone(), management: organization.management }
}

/// The moment from which on a transfer of that start is not accepted any more.
fn last_answer(starts_at: Timestamp) -> Timestamp {
    let notice_ms = i64::try_from(NOTICE.as_millis()).unwrap_or(i64::MAX);
    Timestamp::from_millis(starts_at.as_millis().saturating_sub(notice_ms))
}

/// Whether a transfer can start then.
fn require_start(starts_at: Timestamp, now: Timestamp) -> Result<()> {
    require(starts_at.begins_day(), StartDateNotBeginningOfDay)?;
    require(starts_at.begins_month(), StartDateNotBeginningOfMonth)?;
    // Inferred: a start that nobody could agree to in time is too early.
    require(last_answer(starts_at) > now, StartDateTooEarly)?;
    require(starts_at.since(now) <= HORIZON, StartDateTooLate)?;
    Ok(())
}

/// When a transfer that is withdrawn now ends: then, or with the month.
fn end(wanted: Option<Timestamp>, now: Timestamp) -> Result<Timestamp> {
    // Inferred: what is not said is the next end that there is, even before the start; the transfer then never takes
    // effect.
    let Some(ends_at) = wanted else { return Ok(now.month_end()) };
    require(ends_at == ends_at.month_end(), EndDateNotEndOfMonth)?;
    require(ends_at >= now, EndDateTooEarly)?;
    require(ends_at.since(now) <= HORIZON, EndDateTooLate)?;
    Ok(ends_at)
}

/// The organization that a recipient manages, which the caller's organization can invite now.
fn require_invitable<'w>(view: &View<'w>, recipient: &Recipient) -> Result<&'w Organization> {
    let target = lookup::organization(view)?;
    let account = view.world.recipient_account(recipient);
    require(account != Some(view.caller.account), SourceAndTargetCannotMatch)?;
    let source = account.and_then(|account| view.world.organization_of(account));
    let managed = source.filter(|found| Some(found.management) == account);
    let source = managed.ok_or(TargetAccountValidationFailure)?;
    require_unrelated(view, source, target)?;
    // One that is agreed was told just before.
    require(view.world.live_transfer(source, target).is_none(), DuplicateHandshakeException)?;
    let quota = view.world.settings.quotas.transfers_inbound;
    require(target.transfers.n_live() < quota, ResponsibilityTransferMaxInboundQuotaViolation)?;
    Ok(source)
}

/// Whether the target pays for the source already, or the source for the target.
// Inferred: of two organizations only one can pay for the other, however long the chain between them.
fn require_unrelated(view: &View<'_>, source: &Organization, target: &Organization) -> Result<()> {
    let paid = view.world.live_transfer(source, target).is_some_and(ResponsibilityTransfer::is_accepted);
    let pays = transfer_chains::pays_for(view, &source.id, &target.id);
    require(!paid && !pays, ResponsibilityTransferAlreadyExists)?;
    Ok(())
}

/// The caller's organization accepts that another one pays for it.
pub fn accept(tx: &mut Tx<'_>, handshake: &Handshake) -> Result<()> {
    let view = tx.view();
    let (world, quotas) = (view.world, &view.world.settings.quotas);
    let source = lookup::organization(&view)?;
    let target = world.organization(&handshake.sender.organization).ok_or(AccessDeniedException)?;
    require(source.feature_set == OrganizationFeatureSet::All, OrganizationNotInAllFeaturesMode)?;
    require_unrelated(&view, source, target)?;
    let outbound = world.outbound_transfers(source, None).filter(|(_, transfer)| transfer.is_accepted()).count();
    require(outbound < quotas.transfers_outbound, ResponsibilityTransferMaxOutboundQuotaViolation)?;
    let joined = transfer_chains::join(world, source, target);
    require(joined.levels <= quotas.transfer_levels, ResponsibilityTransferMaxLevelViolation)?;
    require(joined.transfers <= quotas.transfers, ResponsibilityTransferMaxTransfersQuotaViolation)?;
    Ok(())
}

/// What becomes of a transfer when its handshake ends.
pub fn settle(world: &mut World, handshake: &Handshake, state: HandshakeState) {
    let status = match state {
        HandshakeState::Accepted => ResponsibilityTransferStatus::Accepted,
        HandshakeState::Declined => ResponsibilityTransferStatus::Declined,
        HandshakeState::Canceled => ResponsibilityTransferStatus::Canceled,
        HandshakeState::Expired => ResponsibilityTransferStatus::Expired,
        HandshakeState::Requested | HandshakeState::Open => ResponsibilityTransferStatus::Requested,
    };
    let transfer = handshake.transfer.as_ref().and_then(|proposed| world.transfer(&proposed.id)).cloned();
    if let Some(transfer) = transfer {
        world.put_transfer(ResponsibilityTransfer { status, ..transfer });
    }
}

/// A handshake is forgotten. Inferred: a transfer to which it did not lead is forgotten with it.
pub fn forget(world: &mut World, handshake: &Handshake) {
    if let Some(proposed) = handshake.transfer.as_ref().filter(|_| handshake.state != HandshakeState::Accepted) {
        world.forget_transfer(&proposed.id);
    }
}

/// Whether a transfer keeps an organization from being deleted: an open invitation, and one that is not over.
pub fn binds(view: &View<'_>, organization: &Organization) -> bool {
    let inbound = view.world.inbound_transfers(organization, None);
    let mut all = inbound.chain(view.world.outbound_transfers(organization, None));
    all.any(|(_, transfer)| transfer.is_requested() || transfer.is_active(view.now))
}

/// A transfer that the caller's organization sees: one of its own, or one that it inherits.
fn transfer<'w>(view: &View<'w>, id: &ResponsibilityTransferId) -> Result<&'w ResponsibilityTransfer> {
    let organization = lookup::organization(view)?;
    let found = view.world.transfer(id).ok_or(ResponsibilityTransferNotFoundException)?;
    let inherited =
        || found.is_active(view.now) && transfer_chains::pays_for(view, &organization.id, &found.target.organization);
    require(found.has_side(&organization.id) || inherited(), ResponsibilityTransferNotFoundException)?;
    Ok(found)
}

/// A transfer of the caller's organization. Inferred: who inherits one sees it, and does not change it.
fn own_transfer<'w>(view: &View<'w>, id: &ResponsibilityTransferId) -> Result<&'w ResponsibilityTransfer> {
    let found = transfer(view, id)?;
    require(found.has_side(&lookup::organization(view)?.id), AccessDeniedException)?;
    Ok(found)
}

/// The organization whose bill, and all that it pays for, reaches the caller's organization with a transfer.
fn source_to_inherit<'w>(view: &View<'w>, id: &ResponsibilityTransferId) -> Result<&'w Organization> {
    let found = transfer(view, id)?;
    let source = view.world.organization(&found.source.organization);
    let handed_over = found.is_active(view.now) && found.source.organization != lookup::organization(view)?.id;
    // Inferred: an invitation hands nothing over yet, and what a source has handed over it does not inherit.
    Ok(source.filter(|_| handed_over).ok_or(ResponsibilityTransferNotFoundException)?)
}

/// Puts a transfer into a later state, which is the answer.
fn change(
    tx: &mut Tx<'_>,
    transfer: ResponsibilityTransfer,
) -> Result<model::organizations::types::ResponsibilityTransfer> {
    tx.world.put_transfer(transfer.clone());
    let view = tx.view();
    Ok(view::transfer(view.world, lookup::organization(&view)?, &transfer))
}
