//! Responsibility transfers: an organization, the target, pays the bill of another one, the source. The target invites;
//! for it the transfer is inbound, for the source outbound. The invitation is a handshake, see `handshakes.rs`.

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

/// The minimum time between the acceptance and the start of a transfer.
const NOTICE_PERIOD: Duration = Duration::from_hours(24);
/// The maximum time until a transfer starts or ends.
// Inferred: AWS has a limit and does not publish it.
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
        let inherited = id.map(|id| inherited_source(view, id)).transpose()?;
        let parameters =
            [organization.id.as_str(), input.kind.as_str(), id.map_or("", ResponsibilityTransferId::as_str)];
        let scan = view.scan(&parameters);
        let (token, size) = (input.next_token.as_deref(), view::page_size(input.max_results));
        let page = scan.page(token, size, |last| {
            let all = view.world.inbound_transfers(inherited.unwrap_or(organization), last);
            // Inferred: an organization that inherits transfers sees only the active ones.
            all.filter(|(_, transfer)| inherited.is_none() || transfer.is_active(view.now))
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
        let ends_at = end_time(input.end_timestamp, tx.now)?;
        let view = tx.view();
        let transfer = own_transfer(&view, &input.id)?.clone();
        let withdrawn = transfer.status == ResponsibilityTransferStatus::Withdrawn;
        require(!withdrawn, ResponsibilityTransferAlreadyInStatusException)?;
        require(transfer.is_accepted(), InvalidResponsibilityTransferTransitionException)?;
        let status = ResponsibilityTransferStatus::Withdrawn;
        let shown = store(tx, ResponsibilityTransfer { status, ends_at: Some(ends_at), ..transfer })?;
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
        // Inferred: the source does not see the name. It gets the error that the wrong side of a handshake gets.
        require(target, AccessDeniedException)?;
        require(transfer.is_requested() || transfer.is_accepted(), TransferResponsibilityUpdateNotAllowed)?;
        let shown = store(tx, ResponsibilityTransfer { name: input.name.into(), ..transfer })?;
        Ok(UpdateResponsibilityTransferOutput { responsibility_transfer: Some(shown) })
    }
}

/// Invites another organization to transfer its bill.
fn invite(tx: &mut Tx<'_>, input: InviteOrganizationToTransferResponsibilityInput) -> Result<Handshake> {
    let recipient = proposals::recipient(input.target)?;
    let (kind, starts_at) = (input.kind, input.start_timestamp);
    free_text::require_plain([input.notes.as_deref(), Some(&*input.source_name)])?;
    require_start(starts_at, tx.now)?;
    let tags = tags::from_request(input.tags)?;
    tags::require_allowed(&tx.view(), tags::resource_type::TRANSFER, &tags)?;
    let source = participant(require_invitable(&tx.view(), &recipient)?);
    let target = participant(lookup::organization(&tx.view())?);
    let proposed = proposals::propose(tx, ActionType::TransferResponsibility, Some(recipient))?;
    let id = ids::responsibility_transfer(tx.world);
    let handshake = Handshake {
        state: HandshakeState::Requested,
        // Inferred: it expires like other invitations, or at the deadline for acceptance if that is earlier.
        expires_at: proposed.expires_at.min(acceptance_deadline(starts_at)),
        notes: input.notes,
        transfer: Some(ProposedTransfer { id: id.clone(), kind, starts_at }),
        ..proposed
    };
    tags::set(lookup::organization_mut(tx)?, id.as_str(), tags);
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

/// The time from which a transfer with this start can no longer be accepted.
fn acceptance_deadline(starts_at: Timestamp) -> Timestamp {
    let notice_ms = i64::try_from(NOTICE_PERIOD.as_millis()).unwrap_or(i64::MAX);
    Timestamp::from_millis(starts_at.as_millis().saturating_sub(notice_ms))
}

/// Requires that a transfer can start at this time.
fn require_start(starts_at: Timestamp, now: Timestamp) -> Result<()> {
    require(starts_at.begins_day(), StartDateNotBeginningOfDay)?;
    require(starts_at.begins_month(), StartDateNotBeginningOfMonth)?;
    // Inferred: a start is too early if its deadline for acceptance is over.
    require(acceptance_deadline(starts_at) > now, StartDateTooEarly)?;
    require(starts_at.since(now) <= HORIZON, StartDateTooLate)?;
    Ok(())
}

/// The end of a transfer that is withdrawn now: the requested time, or the end of the month.
fn end_time(requested: Option<Timestamp>, now: Timestamp) -> Result<Timestamp> {
    // Inferred: the default is the next possible end, even before the start. The transfer then never takes effect.
    let Some(ends_at) = requested else { return Ok(now.month_end()) };
    require(ends_at == ends_at.month_end(), EndDateNotEndOfMonth)?;
    require(ends_at >= now, EndDateTooEarly)?;
    require(ends_at.since(now) <= HORIZON, EndDateTooLate)?;
    Ok(ends_at)
}

/// The organization that a recipient manages. The caller's organization must be able to invite it now.
fn require_invitable<'w>(view: &View<'w>, recipient: &Recipient) -> Result<&'w Organization> {
    let target = lookup::organization(view)?;
    let account = view.world.recipient_account(recipient);
    require(account != Some(view.caller.account), SourceAndTargetCannotMatch)?;
    let source = account.and_then(|account| view.world.organization_of(account));
    let managed = source.filter(|found| Some(found.management) == account);
    let source = managed.ok_or(TargetAccountValidationFailure)?;
    require_unrelated(view, source, target)?;
    // An accepted transfer is refused by `require_unrelated`.
    require(view.world.live_transfer(source, target).is_none(), DuplicateHandshakeException)?;
    let quota = view.world.settings.quotas.transfers_inbound;
    require(target.transfers.n_live() < quota, ResponsibilityTransferMaxInboundQuotaViolation)?;
    Ok(source)
}

/// Requires that neither organization pays for the other already.
// Inferred: of two organizations only one can pay for the other, through chains too.
fn require_unrelated(view: &View<'_>, source: &Organization, target: &Organization) -> Result<()> {
    let paid = view.world.live_transfer(source, target).is_some_and(ResponsibilityTransfer::is_accepted);
    let pays = transfer_chains::pays_for(view, &source.id, &target.id);
    require(!paid && !pays, ResponsibilityTransferAlreadyExists)?;
    Ok(())
}

/// Requires that the caller's organization can accept that another one pays for it.
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

/// Sets the status of a transfer when its handshake ends.
pub fn update_status(world: &mut World, handshake: &Handshake, state: HandshakeState) {
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

/// Forgets the transfer of a handshake that was not accepted.
// Inferred: it is forgotten together with the handshake.
pub fn forget(world: &mut World, handshake: &Handshake) {
    if let Some(proposed) = handshake.transfer.as_ref().filter(|_| handshake.state != HandshakeState::Accepted) {
        world.forget_transfer(&proposed.id);
    }
}

/// Whether transfers prevent the deletion of an organization: open invitations, and transfers that have not ended.
pub fn prevent_deletion(view: &View<'_>, organization: &Organization) -> bool {
    let inbound = view.world.inbound_transfers(organization, None);
    let mut all = inbound.chain(view.world.outbound_transfers(organization, None));
    all.any(|(_, transfer)| transfer.is_requested() || transfer.is_active(view.now))
}

/// A transfer that the caller's organization can see: one of its own, or an inherited one.
fn transfer<'w>(view: &View<'w>, id: &ResponsibilityTransferId) -> Result<&'w ResponsibilityTransfer> {
    let organization = lookup::organization(view)?;
    let found = view.world.transfer(id).ok_or(ResponsibilityTransferNotFoundException)?;
    let inherited =
        || found.is_active(view.now) && transfer_chains::pays_for(view, &organization.id, &found.target.organization);
    require(found.has_side(&organization.id) || inherited(), ResponsibilityTransferNotFoundException)?;
    Ok(found)
}

/// A transfer of the caller's organization.
// Inferred: an organization can see an inherited transfer, but not change it.
fn own_transfer<'w>(view: &View<'w>, id: &ResponsibilityTransferId) -> Result<&'w ResponsibilityTransfer> {
    let found = transfer(view, id)?;
    require(found.has_side(&lookup::organization(view)?.id), AccessDeniedException)?;
    Ok(found)
}

/// The source of a transfer, if the caller's organization inherits the transfers of the source.
fn inherited_source<'w>(view: &View<'w>, id: &ResponsibilityTransferId) -> Result<&'w Organization> {
    let found = transfer(view, id)?;
    let source = view.world.organization(&found.source.organization);
    let is_transferred = found.is_active(view.now) && found.source.organization != lookup::organization(view)?.id;
    // Inferred: an open invitation transfers nothing yet, and the source itself does not inherit.
    Ok(source.filter(|_| is_transferred).ok_or(ResponsibilityTransferNotFoundException)?)
}

/// Stores a changed transfer and returns it in the shape of answers.
fn store(
    tx: &mut Tx<'_>,
    transfer: ResponsibilityTransfer,
) -> Result<model::organizations::types::ResponsibilityTransfer> {
    tx.world.put_transfer(transfer.clone());
    let view = tx.view();
    Ok(view::transfer(view.world, lookup::organization(&view)?, &transfer))
}
