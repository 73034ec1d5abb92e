//! Trusts of a directory with other domains, and their verification.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Duration;

use compact_str::CompactString;
use model::ds::ErrorCode;
use model::ds::types::{
    CreateTrustInput, CreateTrustOutput, DeleteTrustInput, DeleteTrustOutput, DescribeTrustsInput,
    DescribeTrustsOutput, SelectiveAuth, Trust as TrustRow, TrustState, TrustType, UpdateTrustInput, UpdateTrustOutput,
    VerifyTrustInput, VerifyTrustOutput,
};
use model::{Timestamp, TrustId};
use world::{
    ConditionalForwarder, Directory, DirectoryWork, DomainKey, Failure, Scan, Trust, TrustFailure, TrustPassword,
    TrustWork, Tx, View, World,
};

use crate::directory::view;
use crate::error::{Coded, Result, require};
use crate::failures::{CanFail, Failures, Finish};
use crate::generated::api;
use crate::trust::conditional_forwarders;
use crate::{Service, availability, ids};

/// The most addresses of a forwarder that `CreateTrust` creates (API reference; the console has the same limit).
const FORWARDER_ADDRESSES_MAX: usize = 4;

/// Why a trust is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum TrustError {
    /// The caller has no such trust.
    Unknown(TrustId),
    /// The operation does not work in the state of the trust.
    State(TrustId, TrustState),
    /// The list of ids is empty.
    NoIds,
    /// The trust is with the directory's own domain.
    OwnDomain,
    /// The forwarder has too many addresses.
    ForwarderAddresses,
    /// The directory already has a trust with the domain.
    Exists(CompactString),
    /// The request changes nothing.
    NoChange,
    /// Incoming trusts cannot be verified.
    Incoming(TrustId),
}

impl Coded for TrustError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Unknown(_) => ErrorCode::EntityDoesNotExistException,
            Self::State(..) => ErrorCode::ClientException,
            Self::NoIds | Self::OwnDomain | Self::ForwarderAddresses | Self::NoChange | Self::Incoming(_) => {
                ErrorCode::InvalidParameterException
            }
            Self::Exists(_) => ErrorCode::EntityAlreadyExistsException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Unknown(id) => format!("Trust {id} does not exist").into(),
            Self::State(id, state) => format!("Trust {id} is not in a valid state: {}", state.as_str()).into(),
            Self::NoIds => "TrustIds must name at least one trust.".into(),
            Self::OwnDomain => "The remote domain must not be the domain of the directory.".into(),
            Self::ForwarderAddresses => {
                format!("A conditional forwarder of a trust has at most {FORWARDER_ADDRESSES_MAX} IP addresses.").into()
            }
            Self::Exists(name) => format!("A trust with {name} already exists.").into(),
            Self::NoChange => "SelectiveAuth must be specified.".into(),
            Self::Incoming(id) => format!("Trust {id} is incoming. Only outgoing trusts can be verified.").into(),
        }
    }
}

/// From Creating to Created (clients give creation and verification 10 min), and from Updating to Updated.
const IN_PLACE: Duration = Duration::from_mins(1);
/// From Created or Updated to Verifying.
const VERIFYING: Duration = Duration::from_secs(10);
/// From Verifying to Verified or VerifyFailed.
const VERIFIED: Duration = Duration::from_mins(1);
/// From Deleting until the trust is gone (clients give it 5 min).
const DELETED: Duration = Duration::from_mins(1);

impl api::Trusts for Service {
    fn create_trust(tx: &mut Tx<'_>, mut input: CreateTrustInput) -> Result<CreateTrustOutput> {
        let view = tx.view();
        let directory = availability::directory(&view, &input.directory_id)?.directory;
        let remote = DomainKey::new(&input.remote_domain_name);
        require(remote != DomainKey::new(&directory.name), TrustError::OwnDomain)?;
        let (ipv4, ipv6) = (input.conditional_forwarder_ip_addrs.take(), input.conditional_forwarder_ipv6_addrs.take());
        let forwarder = conditional_forwarders::forwarder(&input.remote_domain_name, ipv4, ipv6);
        let n_addresses = conditional_forwarders::n_addresses(&forwarder);
        require(n_addresses <= FORWARDER_ADDRESSES_MAX, TrustError::ForwarderAddresses)?;
        let is_new = view.world.trust_with(directory, &remote).is_none();
        require(is_new, TrustError::Exists(input.remote_domain_name.as_str().into()))?;
        // A trust without addresses uses the directory's forwarder for the domain, if it has one.
        let forwarder = Some(forwarder).filter(|_| n_addresses > 0);
        if let Some(forwarder) = &forwarder {
            conditional_forwarders::require_new(directory, forwarder)?;
        }
        let domain = DomainKey::new(&directory.name);
        Ok(CreateTrustOutput { trust_id: Some(start(tx, input, domain, remote, forwarder)) })
    }

    fn describe_trusts(view: &View<'_>, input: DescribeTrustsInput) -> Result<DescribeTrustsOutput> {
        let ids = input.trust_ids.as_deref();
        require(ids.is_none_or(|ids| !ids.is_empty()), TrustError::NoIds)?;
        let directory = input.directory_id.as_ref().map(|id| availability::directory(view, id));
        let directory = directory.transpose()?.map(|found| found.directory);
        let (scan, token) = (scan(view, &input), input.next_token.as_deref());
        let limit = view::page_size(input.limit);
        let page = if ids.is_some() || directory.is_some() {
            let rows = rows(view, directory, ids)?;
            scan.page(token, limit, |after| rows.into_iter().filter(move |(sequence, _)| Some(*sequence) > after))?
        } else {
            scan.page(token, limit, |after| view.world.listed_trusts(view.caller.account, &view.caller.region, after))?
        };
        let page = page.map(row);
        Ok(DescribeTrustsOutput { trusts: Some(page.items), next_token: page.next_token })
    }

    fn update_trust(tx: &mut Tx<'_>, input: UpdateTrustInput) -> Result<UpdateTrustOutput> {
        let view = tx.view();
        let trust = find(&view, &input.trust_id)?;
        // Inferred: the model does not require it, but it is the only thing to update.
        let selective_auth = input.selective_auth.ok_or(TrustError::NoChange)?;
        require_settled(trust)?;
        tx.world.set_selective_auth(&input.trust_id, selective_auth);
        set_state(tx, &input.trust_id, TrustState::Updating, IN_PLACE, TrustState::Updated);
        // The server fills in the request's id.
        Ok(UpdateTrustOutput { request_id: None, trust_id: Some(input.trust_id) })
    }

    fn verify_trust(tx: &mut Tx<'_>, input: VerifyTrustInput) -> Result<VerifyTrustOutput> {
        let view = tx.view();
        let trust = find(&view, &input.trust_id)?;
        require(trust.is_outgoing(), TrustError::Incoming(trust.id.clone()))?;
        // The examples of the service's model verify the trust that they show as failed.
        if trust.failure != Some(TrustFailure::Unreachable) {
            require_settled(trust)?;
        }
        start_verification(tx.world, tx.now, &input.trust_id, None);
        Ok(VerifyTrustOutput { trust_id: Some(input.trust_id) })
    }

    fn delete_trust(tx: &mut Tx<'_>, input: DeleteTrustInput) -> Result<DeleteTrustOutput> {
        let view = tx.view();
        let trust = find(&view, &input.trust_id)?;
        let is_busy = matches!(trust.state, TrustState::Creating | TrustState::Updating | TrustState::Deleting);
        require(!is_busy, TrustError::State(trust.id.clone(), trust.state))?;
        let (directory, name) = (trust.directory.clone(), trust.remote_domain_name.clone());
        if input.delete_associated_conditional_forwarder == Some(true) {
            conditional_forwarders::remove(tx, &directory, &name);
        }
        set_state(tx, &input.trust_id, TrustState::Deleting, DELETED, TrustState::Deleted);
        Ok(DeleteTrustOutput { trust_id: Some(input.trust_id) })
    }
}

fn trust_work(id: &TrustId, state: TrustState, failure: Option<Failure<TrustState>>) -> DirectoryWork {
    DirectoryWork::Trust(TrustWork { trust: id.clone(), state, failure })
}

impl Finish for TrustWork {
    fn finish(self, world: &mut World, at: Timestamp) {
        let Self { trust, state, failure } = self;
        match failure {
            Some(failure) if ends_at(state, failure.status) => fail(world, at, &trust, state, failure),
            failure => enter(world, at, &trust, state, failure),
        }
    }
}

impl CanFail for TrustWork {
    type Status = TrustState;

    const FAILURES: &'static [Failures<TrustState>] = &[
        Failures::with_reason(&["CreateTrust"], &[TrustState::Failed, TrustState::VerifyFailed]),
        Failures::with_reason(&["UpdateTrust"], &[TrustState::UpdateFailed, TrustState::VerifyFailed]),
        Failures::with_reason(&["VerifyTrust"], &[TrustState::VerifyFailed]),
        Failures::with_reason(&["DeleteTrust"], &[TrustState::Failed]),
    ];

    fn status_name(status: TrustState) -> &'static str {
        status.as_str()
    }

    fn failure(&mut self) -> &mut Option<Failure<TrustState>> {
        &mut self.failure
    }
}

/// Whether work that leads to `state` fails in the status `failed`.
fn ends_at(state: TrustState, failed: TrustState) -> bool {
    if failed == TrustState::Failed {
        matches!(state, TrustState::Created | TrustState::Deleted)
    } else if failed == TrustState::UpdateFailed {
        state == TrustState::Updated
    } else {
        state == TrustState::Verified
    }
}

/// Moves a trust to its next state, and sets the timer for the state after that.
fn enter(world: &mut World, at: Timestamp, id: &TrustId, state: TrustState, failure: Option<Failure<TrustState>>) {
    let Some(trust) = world.trust(id) else { return };
    match (trust.state, state) {
        (TrustState::Creating, TrustState::Created) => {
            let unreachable = trust.is_outgoing() && failure.is_none() && !world.reaches_domain(trust);
            if !is_domain_name(&trust.remote_domain_name) {
                world.set_trust_state(id, TrustState::Failed, Some(TrustFailure::DomainName), at);
            } else if unreachable {
                // Recorded of an outgoing trust: it fails some ten seconds after its creation.
                // Inferred: an incoming one stays, since it is never verified.
                world.set_trust_state(id, TrustState::Failed, Some(TrustFailure::Unreachable), at);
            } else {
                put_in_place(world, at, id, state, failure);
                verify_other_half(world, at, id);
            }
        }
        (TrustState::Updating, TrustState::Updated) => put_in_place(world, at, id, state, failure),
        (TrustState::Created | TrustState::Updated, TrustState::Verifying) => {
            start_verification(world, at, id, failure);
        }
        (TrustState::Verifying, TrustState::Verified) => verify(world, at, id),
        (TrustState::Deleting, TrustState::Deleted) => world.forget_trust(id),
        _ => {}
    }
}

/// Moves a trust to the state of a failure instead of to the state `due`.
fn fail(world: &mut World, at: Timestamp, id: &TrustId, due: TrustState, failure: Failure<TrustState>) {
    let current = world.trust(id).map(|trust| trust.state);
    let is_due = matches!(
        (current, due),
        (Some(TrustState::Creating), TrustState::Created)
            | (Some(TrustState::Updating), TrustState::Updated)
            | (Some(TrustState::Verifying), TrustState::Verified)
            | (Some(TrustState::Deleting), TrustState::Deleted)
    );
    if is_due {
        let reason = failure.reason.map_or(TrustFailure::NoOtherHalf, TrustFailure::Ordered);
        world.set_trust_state(id, failure.status, Some(reason), at);
    }
}

/// Adds the directory's half of a trust, in the state Creating.
fn start(
    tx: &mut Tx<'_>,
    input: CreateTrustInput,
    domain: DomainKey,
    remote: DomainKey,
    forwarder: Option<ConditionalForwarder>,
) -> TrustId {
    if let Some(forwarder) = forwarder {
        conditional_forwarders::put(tx, &input.directory_id, forwarder);
    }
    let id = ids::mint_trust(tx);
    let sequence = tx.world.next_sequence();
    let password = TrustPassword::new(&tx.world.entropy, &input.trust_password);
    tx.world.add_trust(Trust {
        id: id.clone(),
        sequence,
        directory: input.directory_id,
        owner: tx.caller.account,
        region: tx.caller.region.clone(),
        domain,
        remote,
        remote_domain_name: input.remote_domain_name.into(),
        kind: input.trust_type.unwrap_or(TrustType::Forest),
        direction: input.trust_direction,
        selective_auth: input.selective_auth.unwrap_or(SelectiveAuth::Disabled),
        password,
        state: TrustState::Creating,
        failure: None,
        created_at: tx.now,
        state_updated_at: tx.now,
    });
    tx.after(IN_PLACE, trust_work(&id, TrustState::Created, None));
    id
}

/// Moves a trust to the state Created or Updated. The verification of an outgoing trust starts by itself.
fn put_in_place(
    world: &mut World,
    at: Timestamp,
    id: &TrustId,
    state: TrustState,
    failure: Option<Failure<TrustState>>,
) {
    world.set_trust_state(id, state, None, at);
    if world.trust(id).is_some_and(Trust::is_outgoing) {
        world.after(at, VERIFYING, trust_work(id, TrustState::Verifying, failure));
    }
}

/// Starts the verification of trusts on the other side that failed because this half was missing.
fn verify_other_half(world: &mut World, at: Timestamp, id: &TrustId) {
    let Some(trust) = world.trust(id) else { return };
    let has_failed =
        |other: &&Trust| other.state == TrustState::VerifyFailed || other.failure == Some(TrustFailure::Unreachable);
    let failed: Vec<TrustId> = world.opposite_trusts(trust).filter(has_failed).map(|other| other.id.clone()).collect();
    for other in &failed {
        start_verification(world, at, other, None);
    }
}

fn start_verification(world: &mut World, at: Timestamp, id: &TrustId, failure: Option<Failure<TrustState>>) {
    world.set_trust_state(id, TrustState::Verifying, None, at);
    world.after(at, VERIFIED, trust_work(id, TrustState::Verified, failure));
}

/// Ends a verification. The result stays until the next verification.
// Inferred: AWS documents that a trust is verified when it is created or changed, and on request. It documents no other
// verification.
fn verify(world: &mut World, at: Timestamp, id: &TrustId) {
    let Some(trust) = world.trust(id) else { return };
    let (state, failure) = match world.other_half(trust) {
        Ok(_) => (TrustState::Verified, None),
        Err(TrustFailure::NoOtherHalf) if !world.reaches_domain(trust) => {
            (TrustState::Failed, Some(TrustFailure::Unreachable))
        }
        Err(failure) => (TrustState::VerifyFailed, Some(failure)),
    };
    world.set_trust_state(id, state, failure, at);
}

/// The caller's trust of that id, if the operation works on its directory.
fn find<'w>(view: &View<'w>, id: &TrustId) -> Result<&'w Trust> {
    let trust =
        view.world.trust(id).filter(|trust| is_visible(view, trust)).ok_or_else(|| TrustError::Unknown(id.clone()))?;
    availability::directory(view, &trust.directory)?;
    Ok(trust)
}

/// Whether the caller sees a trust's directory from its Region.
fn is_visible(view: &View<'_>, trust: &Trust) -> bool {
    let directory = view.world.directory(&trust.directory);
    trust.owner == view.caller.account && directory.is_some_and(|found| found.regional(&view.caller.region).is_some())
}

/// Requires that a trust is not changing to another state.
// Inferred: nothing is documented for a trust that is being created, changed, verified or deleted.
fn require_settled(trust: &Trust) -> Result<()> {
    let is_settled = matches!(
        trust.state,
        TrustState::Created
            | TrustState::Updated
            | TrustState::Verified
            | TrustState::VerifyFailed
            | TrustState::UpdateFailed
    );
    require(is_settled, TrustError::State(trust.id.clone(), trust.state))?;
    Ok(())
}

fn set_state(tx: &mut Tx<'_>, id: &TrustId, now: TrustState, duration: Duration, then: TrustState) {
    tx.world.set_trust_state(id, now, None, tx.now);
    tx.after(duration, trust_work(id, then, None));
}

/// Whether a domain can have the name. The model's pattern also allows backslashes, and names without a dot.
fn is_domain_name(name: &str) -> bool {
    name.strip_suffix('.').unwrap_or(name).contains('.') && !name.contains('\\')
}

fn scan(view: &View<'_>, input: &DescribeTrustsInput) -> Scan {
    let account = view.caller.account.to_string();
    let directory = input.directory_id.as_ref().map_or("", |id| id.as_str());
    let ids = input.trust_ids.iter().flatten().map(TrustId::as_str);
    let own = [account.as_str(), view.caller.region.as_str(), directory];
    let parameters: Vec<&str> = own.into_iter().chain(ids).collect();
    view.scan(&parameters)
}

/// The trusts of a directory, or the trusts with these ids, by sequence.
fn rows<'w>(
    view: &View<'w>,
    directory: Option<&'w Directory>,
    ids: Option<&[TrustId]>,
) -> Result<BTreeMap<u64, &'w Trust>> {
    let with_sequence = |trust: &'w Trust| (trust.sequence, trust);
    let Some(ids) = ids else {
        return Ok(directory.into_iter().flat_map(|found| view.world.trusts_of(found)).map(with_sequence).collect());
    };
    let is_selected = |trust: &Trust| directory.is_none_or(|found| found.id == trust.directory);
    ids.iter()
        .map(|id| {
            let trust = find(view, id)?;
            require(is_selected(trust), TrustError::Unknown(id.clone()))?;
            Ok(with_sequence(trust))
        })
        .collect()
}

fn row(trust: &Trust) -> TrustRow {
    TrustRow {
        created_date_time: Some(trust.created_at),
        directory_id: Some(trust.directory.clone()),
        // Recorded with the same value as the time of the state.
        last_updated_date_time: Some(trust.state_updated_at),
        remote_domain_name: Some(trust.remote_domain_name.to_string()),
        selective_auth: Some(trust.selective_auth),
        state_last_updated_date_time: Some(trust.state_updated_at),
        trust_direction: Some(trust.direction),
        trust_id: Some(trust.id.clone()),
        trust_state: Some(trust.state),
        trust_state_reason: trust.failure.as_ref().map(|failure| reason(trust, failure)),
        trust_type: Some(trust.kind),
    }
}

/// The status reason of a trust that failed (administration guide, "trust creation status reasons").
fn reason(trust: &Trust, failure: &TrustFailure) -> String {
    match failure {
        TrustFailure::DomainName => "Trust creation requires a valid domain name.".into(),
        // Recorded: an example of DescribeTrusts in the service's model, the Tools for PowerShell guide.
        // Inferred: a domain that lacks its half has the same reason.
        TrustFailure::Unreachable | TrustFailure::NoOtherHalf => format!(
            "The specified domain either does not exist or could not be contacted. Name: {}",
            trust.remote_domain_name
        ),
        TrustFailure::SameShortName => "The operation could not be performed on this domain.".into(),
        TrustFailure::OtherPassword => "Access is denied.".into(),
        TrustFailure::Ordered(reason) => reason.clone(),
    }
}
