//! Two organizations in one world: an account changes over from one to the other, and one pays for the other.

use aws_sdk_organizations::Client;
use aws_sdk_organizations::operation::accept_handshake::builders::AcceptHandshakeFluentBuilder;
use aws_sdk_organizations::operation::invite_account_to_organization::InviteAccountToOrganizationError;
use aws_sdk_organizations::primitives::{DateTime, DateTimeFormat};
use aws_sdk_organizations::types::{
    ActionType, HandshakeConstraintViolationExceptionReason, HandshakeResourceType, HandshakeState,
    ResponsibilityTransfer, ResponsibilityTransferStatus, ResponsibilityTransferType,
};

use crate::cast::{M, S, X};
use crate::grown::{invitation, invite, party};
use crate::refused::refused;
use crate::world::World;

/// The organizations of M and X. S is in neither.
struct Two {
    m: Client,
    s: Client,
    x: Client,
    world: World,
}

impl Two {
    async fn of(test: &str) -> Self {
        let world = World::of(test);
        let [m, s, x] = [M, S, X].map(|account| world.caller(account).organizations);
        for manager in [&m, &x] {
            manager.create_organization().send().await.expect("an organization");
        }
        Self { m, s, x, world }
    }
}

fn acceptance(client: &Client, handshake: &str) -> AcceptHandshakeFluentBuilder {
    client.accept_handshake().handshake_id(handshake)
}

async fn accept(client: &Client, handshake: &str) {
    let accepted = acceptance(client, handshake).send().await.expect("the handshake is accepted").handshake;
    assert_eq!(accepted.and_then(|handshake| handshake.state), Some(HandshakeState::Accepted));
}

async fn members(client: &Client) -> Vec<String> {
    let accounts = client.list_accounts().send().await.expect("accounts");
    accounts.accounts().iter().filter_map(|account| account.id()).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_member_changes_over() {
    let Two { m, s, x, world: _world } = Two::of("two-change").await;
    accept(&s, &invite(&x, S).await).await;
    assert_eq!(members(&x).await, [X, S]);
    let handshake = invite(&m, S).await;
    accept(&s, &handshake).await;
    assert_eq!(members(&m).await, [M, S]);
    assert_eq!(members(&x).await, [X]);
    refused!(acceptance(&s, &handshake), is_handshake_already_in_state_exception);
}

#[tokio::test]
async fn a_handshake_that_breaks_a_constraint_names_its_reason() {
    let Two { m, world, .. } = Two::of("two-constraint").await;
    let dev = world.caller(M).create_account("dev").await;
    let error = refused!(invitation(&m, &dev), is_handshake_constraint_violation_exception);
    let InviteAccountToOrganizationError::HandshakeConstraintViolationException(constraint) = error else {
        unreachable!()
    };
    assert_eq!(constraint.reason, Some(HandshakeConstraintViolationExceptionReason::AlreadyInAnOrganization));
}

#[tokio::test]
async fn a_handshake_is_made_once_and_is_over_once_it_was_cancelled() {
    let Two { m, s, x, world: _world } = Two::of("two-handshakes").await;
    let handshake = invite(&m, S).await;
    refused!(invitation(&m, S), is_duplicate_handshake_exception);
    refused!(x.describe_handshake().handshake_id(&handshake), is_access_denied_exception);
    m.cancel_handshake().handshake_id(&handshake).send().await.expect("the handshake is cancelled");
    refused!(acceptance(&s, &handshake), is_invalid_handshake_transition_exception);
}

#[tokio::test]
async fn one_organization_pays_for_the_other_until_that_is_terminated() {
    let Two { m, x, world, .. } = Two::of("two-transfer").await;
    world.freeze();
    let starts = month_after_next(&world.now());
    let request = m
        .invite_organization_to_transfer_responsibility()
        .r#type(ResponsibilityTransferType::Billing)
        .target(party(X))
        .start_timestamp(starts)
        .source_name("other");
    let handshake = request.send().await.expect("the organization is invited").handshake.expect("a handshake");
    assert_eq!(handshake.action(), Some(&ActionType::TransferResponsibility));
    assert_eq!(handshake.state(), Some(&HandshakeState::Requested));
    let is_transfer =
        |kind: Option<&HandshakeResourceType>| kind == Some(&HandshakeResourceType::ResponsibilityTransfer);
    let transfer = handshake.resources().iter().find(|resource| is_transfer(resource.r#type()));
    let transfer = transfer.and_then(|resource| resource.value()).expect("the transfer has an id");
    accept(&x, handshake.id().expect("a handshake has an id")).await;
    for (client, direction) in [(&m, "inbound"), (&x, "outbound")] {
        let seen = describe(client, transfer).await;
        assert_eq!(seen.status(), Some(&ResponsibilityTransferStatus::Accepted));
        assert_eq!(seen.start_timestamp(), Some(&starts));
        assert_eq!(seen.source().and_then(|source| source.management_account_id()), Some(X));
        assert_eq!(seen.target().and_then(|target| target.management_account_id()), Some(M));
        let arn = seen.arn().expect("a transfer has an ARN");
        assert!(arn.ends_with(&format!("/billing/{direction}/{transfer}")), "{arn}");
    }
    let ended = x.terminate_responsibility_transfer().id(transfer).send().await.expect("the transfer is terminated");
    let ended = ended.responsibility_transfer.expect("a transfer");
    assert_eq!(ended.status(), Some(&ResponsibilityTransferStatus::Withdrawn));
    assert_eq!(describe(&m, transfer).await.end_timestamp(), ended.end_timestamp());
}

async fn describe(client: &Client, transfer: &str) -> ResponsibilityTransfer {
    let answer = client.describe_responsibility_transfer().id(transfer).send().await.expect("an answer");
    answer.responsibility_transfer.expect("a transfer")
}

/// The first moment of the month after the next. The next month may begin too soon for an invitation.
fn month_after_next(now: &DateTime) -> DateTime {
    let text = now.fmt(DateTimeFormat::DateTime).expect("a date of this age");
    let (year, month): (u32, u32) = (text[..4].parse().expect("a year"), text[5..7].parse().expect("a month"));
    let (year, month) = (year + (month + 1) / 12, (month + 1) % 12 + 1);
    let first = format!("{year}-{month:02}-01T00:00:00Z");
    DateTime::from_str(&first, DateTimeFormat::DateTime).expect("a date")
}
