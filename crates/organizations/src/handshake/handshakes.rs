//! The rules of all handshakes. Those of each action are in `invitations.rs`, `all_features.rs` and
//! `responsibility_transfers.rs`.

use std::time::Duration;

use model::organizations::ErrorCode::{
    AccessDeniedException, HandshakeAlreadyInStateException, HandshakeNotFoundException,
    InvalidHandshakeTransitionException,
};
use model::organizations::errors::InvalidInputExceptionReason::MaxLimitExceededFilter;
use model::organizations::types::{
    AcceptHandshakeInput, AcceptHandshakeOutput, ActionType, CancelHandshakeInput, CancelHandshakeOutput,
    DeclineHandshakeInput, DeclineHandshakeOutput, DescribeHandshakeInput, DescribeHandshakeOutput, HandshakeFilter,
    HandshakeState, InviteAccountToOrganizationInput, InviteAccountToOrganizationOutput, ListHandshakesForAccountInput,
    ListHandshakesForAccountOutput, ListHandshakesForOrganizationInput, ListHandshakesForOrganizationOutput,
};
use model::{HandshakeId, Timestamp};
use world::{ExpireHandshakeWork, ForgetHandshakeWork, Handshake, OrganizationsWork, Scan, Tx, View, World};

use crate::error::{Result, require};
use crate::generated::api;
use crate::handshake::{all_features, invitations};
use crate::transfer::responsibility_transfers;
use crate::work::Finish;
use crate::{Service, lookup, view};

/// How long a handshake is visible after it ended.
const ENDED_VISIBLE: Duration = Duration::from_hours(30 * 24);

impl api::Handshakes for Service {
    fn invite_account_to_organization(
        tx: &mut Tx<'_>,
        input: InviteAccountToOrganizationInput,
    ) -> Result<InviteAccountToOrganizationOutput> {
        let handshake = invitations::invite(tx, input)?;
        Ok(InviteAccountToOrganizationOutput { handshake: Some(view::handshake(&handshake)) })
    }

    fn accept_handshake(tx: &mut Tx<'_>, input: AcceptHandshakeInput) -> Result<AcceptHandshakeOutput> {
        let handshake = handshake(&tx.view(), &input.handshake_id)?.clone();
        require(is_recipient(&tx.view(), &handshake), AccessDeniedException)?;
        require_live(&handshake, HandshakeState::Accepted)?;
        require(is_answerable(&handshake), InvalidHandshakeTransitionException)?;
        match handshake.action {
            ActionType::Invite => invitations::accept(tx, &handshake)?,
            ActionType::ApproveAllFeatures => all_features::approve(tx, &handshake),
            ActionType::EnableAllFeatures => all_features::complete(tx, &handshake),
            ActionType::TransferResponsibility => responsibility_transfers::accept(tx, &handshake)?,
            // This server never proposes it, because no member loses that role.
            ActionType::AddOrganizationsServiceLinkedRole => {}
        }
        end(tx.world, &handshake.id, HandshakeState::Accepted, tx.now);
        let handshake = view::handshake(self::handshake(&tx.view(), &handshake.id)?);
        Ok(AcceptHandshakeOutput { handshake: Some(handshake) })
    }

    fn decline_handshake(tx: &mut Tx<'_>, input: DeclineHandshakeInput) -> Result<DeclineHandshakeOutput> {
        let handshake = handshake(&tx.view(), &input.handshake_id)?.clone();
        require(is_recipient(&tx.view(), &handshake), AccessDeniedException)?;
        require_live(&handshake, HandshakeState::Declined)?;
        end_without_agreement(tx.world, &handshake, HandshakeState::Declined, tx.now);
        let handshake = view::handshake(self::handshake(&tx.view(), &handshake.id)?);
        Ok(DeclineHandshakeOutput { handshake: Some(handshake) })
    }

    fn cancel_handshake(tx: &mut Tx<'_>, input: CancelHandshakeInput) -> Result<CancelHandshakeOutput> {
        let handshake = handshake(&tx.view(), &input.handshake_id)?.clone();
        require(is_sender(&tx.view(), &handshake), AccessDeniedException)?;
        require_live(&handshake, HandshakeState::Canceled)?;
        end_without_agreement(tx.world, &handshake, HandshakeState::Canceled, tx.now);
        let handshake = view::handshake(self::handshake(&tx.view(), &handshake.id)?);
        Ok(CancelHandshakeOutput { handshake: Some(handshake) })
    }

    fn describe_handshake(view: &View<'_>, input: DescribeHandshakeInput) -> Result<DescribeHandshakeOutput> {
        let handshake = handshake(view, &input.handshake_id)?;
        // Inferred: an account of neither side gets the same error as in other operations, and no
        // HandshakeNotFoundException.
        require(is_sender(view, handshake) || is_recipient(view, handshake), AccessDeniedException)?;
        Ok(DescribeHandshakeOutput { handshake: Some(view::handshake(handshake)) })
    }

    fn list_handshakes_for_account(
        view: &View<'_>,
        input: ListHandshakesForAccountInput,
    ) -> Result<ListHandshakesForAccountOutput> {
        let filter = Filter::read(input.filter)?;
        let account = view.caller.account;
        let scan = filter.scan(view, &account.to_string());
        let page = scan.page(input.next_token.as_deref(), view::page_size(input.max_results), |last| {
            filter.rows(view.world.handshakes_received_by(account, filter.list_action(), filter.after(view, last)))
        })?;
        Ok(ListHandshakesForAccountOutput { handshakes: Some(page.items), next_token: page.next_token })
    }

    fn list_handshakes_for_organization(
        view: &View<'_>,
        input: ListHandshakesForOrganizationInput,
    ) -> Result<ListHandshakesForOrganizationOutput> {
        let filter = Filter::read(input.filter)?;
        let organization = &lookup::organization(view)?.id;
        let scan = filter.scan(view, organization.as_str());
        let page = scan.page(input.next_token.as_deref(), view::page_size(input.max_results), |last| {
            filter.rows(view.world.handshakes_sent_by(organization, filter.list_action(), filter.after(view, last)))
        })?;
        Ok(ListHandshakesForOrganizationOutput { handshakes: Some(page.items), next_token: page.next_token })
    }
}

/// The filter of a list of handshakes.
struct Filter {
    action: Option<ActionType>,
    parent: Option<HandshakeId>,
}

impl Filter {
    fn read(filter: Option<HandshakeFilter>) -> Result<Self> {
        let (action, parent) = filter.map_or((None, None), |filter| (filter.action_type, filter.parent_handshake_id));
        require(action.is_none() || parent.is_none(), MaxLimitExceededFilter)?;
        Ok(Self { action, parent })
    }

    fn scan(&self, view: &View<'_>, owner: &str) -> Scan {
        let action = self.action.map_or("", ActionType::as_str);
        let parent = self.parent.as_ref().map_or("", HandshakeId::as_str);
        view.scan(&[owner, action, parent])
    }

    /// The only action that the filter shows. None where it shows several. Only approvals have a parent.
    fn list_action(&self) -> Option<ActionType> {
        self.parent.as_ref().map_or(self.action, |_| Some(ActionType::ApproveAllFeatures))
    }

    /// The sequence after which a page begins. Handshakes with a parent were sent after it.
    fn after(&self, view: &View<'_>, last: Option<u64>) -> Option<u64> {
        last.max(self.parent.as_ref().and_then(|parent| view.world.handshake(parent)).map(|parent| parent.sequence))
    }

    fn rows<'w>(
        &self,
        all: impl Iterator<Item = (u64, &'w Handshake)>,
    ) -> impl Iterator<Item = (u64, model::organizations::types::Handshake)> {
        let shown = all.filter(|(_, found)| self.parent.is_none() || found.parent == self.parent);
        shown.map(|(sequence, handshake)| (sequence, view::handshake(handshake)))
    }
}

fn handshake<'w>(view: &View<'w>, id: &HandshakeId) -> Result<&'w Handshake> {
    Ok(view.world.handshake(id).ok_or(HandshakeNotFoundException)?)
}

fn is_sender(view: &View<'_>, handshake: &Handshake) -> bool {
    handshake.sender.management == view.caller.account
}

/// Whether the caller is the recipient. A handshake without one goes to the sender's own management account.
fn is_recipient(view: &View<'_>, handshake: &Handshake) -> bool {
    match &handshake.recipient {
        Some(recipient) => view.world.recipient_account(recipient) == Some(view.caller.account),
        None => is_sender(view, handshake),
    }
}

/// Whether the recipient can accept a live handshake now.
// Inferred: a change to all features that waits for members' approvals cannot be accepted.
fn is_answerable(handshake: &Handshake) -> bool {
    handshake.action == ActionType::TransferResponsibility || handshake.state == HandshakeState::Open
}

/// Requires that a handshake can change to a state: it must not have the state already, and must not have ended.
fn require_live(handshake: &Handshake, new_state: HandshakeState) -> Result<()> {
    require(handshake.state != new_state, HandshakeAlreadyInStateException)?;
    require(handshake.is_live(), InvalidHandshakeTransitionException)?;
    Ok(())
}

/// Ends a live handshake in a state, and sets the timer to forget it. A handshake that ended before stays as it is.
pub fn end(world: &mut World, id: &HandshakeId, state: HandshakeState, at: Timestamp) {
    let Some(handshake) = world.handshake(id).filter(|found| found.is_live()).cloned() else { return };
    match handshake.action {
        ActionType::Invite => invitations::close(world, &handshake, state),
        ActionType::TransferResponsibility => responsibility_transfers::update_status(world, &handshake, state),
        ActionType::ApproveAllFeatures
        | ActionType::EnableAllFeatures
        | ActionType::AddOrganizationsServiceLinkedRole => {}
    }
    world.put_handshake(Handshake { state, ..handshake });
    let work = ForgetHandshakeWork { handshake: id.clone() };
    world.at(at.after(ENDED_VISIBLE), OrganizationsWork::ForgetHandshake(work));
}

/// Ends a handshake that was not accepted. The end of a change to all features also ends its approvals.
fn end_without_agreement(world: &mut World, handshake: &Handshake, state: HandshakeState, at: Timestamp) {
    end(world, &handshake.id, state, at);
    if handshake.action == ActionType::EnableAllFeatures {
        all_features::cancel(world, &handshake.sender.organization, at);
    }
}

/// Expires the handshake, if it is still live.
impl Finish for ExpireHandshakeWork {
    fn finish(self, world: &mut World, at: Timestamp) {
        if let Some(handshake) = world.handshake(&self.handshake).filter(|found| found.is_live()).cloned() {
            end_without_agreement(world, &handshake, HandshakeState::Expired, at);
        }
    }
}

/// Forgets the handshake and its transfer.
impl Finish for ForgetHandshakeWork {
    fn finish(self, world: &mut World, _: Timestamp) {
        if let Some(handshake) = world.handshake(&self.handshake).cloned() {
            responsibility_transfers::forget(world, &handshake);
            world.forget_handshake(&self.handshake);
        }
    }
}
