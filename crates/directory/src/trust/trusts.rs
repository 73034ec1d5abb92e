//! Trusts: a directory's half of a relationship with another domain, and the search for the other half.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Duration;

use compact_str::CompactString;
use model::ds::ErrorCode;
use model::ds::types::{
    CreateTrustInput, CreateTrustOutput, DeleteTrustInput, DeleteTrustOutput, DescribeTrustsInput,
    DescribeTrustsOutput, SelectiveAuth, Trust as Described, TrustState, TrustType, UpdateTrustInput,
    UpdateTrustOutput, VerifyTrustInput, VerifyTrustOutput,
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

/// The most addresses that a trust's forwarder is created with (API reference, CreateTrust; the console offers no
/// more).
const FORWARDER_ADDRESSES_MAX: usize = 4;

/// What is wrong with a trust.
#[derive(Clone, Debug, PartialEq)]
pub enum TrustError {
    /// The caller has none of that id.
    Unknown(TrustId),
    /// It is in a state in which this cannot be done.
    State(TrustId, TrustState),
    /// A filter by ids that names none.
    NoIds,
    /// It is with the directory's own domain.
    OwnDomain,
    /// Its forwarder has too many addresses.
    ForwarderAddresses,
    /// The directory has one with the domain.
    Exists(CompactString),
    /// A change that changes nothing.
    NoChange,
    /// It lets nobody in, and there is nothing to verify.
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
        // Without addresses the forwarder that is there serves, or whatever else resolves the domain's name.
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
        let page = page.map(description);
        Ok(DescribeTrustsOutput { trusts: Some(page.items), next_token: page.next_token })
    }

    fn update_trust(tx: &mut Tx<'_>, input: UpdateTrustInput) -> Result<UpdateTrustOutput> {
        let view = tx.view();
        let trust = own(&view, &input.trust_id)?;
        // Inferred: the model does not want it, but there is nothing else to update.
        let selective_auth = input.selective_auth.ok_or(TrustError::NoChange)?;
        require_settled(trust)?;
        tx.world.set_selective_auth(&input.trust_id, selective_auth, tx.now);
        set_state(tx, &input.trust_id, TrustState::Updating, IN_PLACE, TrustState::Updated);
        // The request's id is filled in where it is known.
        Ok(UpdateTrustOutput { request_id: None, trust_id: Some(input.trust_id) })
    }

    fn verify_trust(tx: &mut Tx<'_>, input: VerifyTrustInput) -> Result<VerifyTrustOutput> {
        let view = tx.view();
        let trust = own(&view, &input.trust_id)?;
        require(trust.is_outgoing(), TrustError::Incoming(trust.id.clone()))?;
        require_settled(trust)?;
        start_verification(tx.world, tx.now, &input.trust_id, None);
        Ok(VerifyTrustOutput { trust_id: Some(input.trust_id) })
    }

    fn delete_trust(tx: &mut Tx<'_>, input: DeleteTrustInput) -> Result<DeleteTrustOutput> {
        let view = tx.view();
        let trust = own(&view, &input.trust_id)?;
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

/// Whether work that brings a state is where a failure comes.
fn ends_at(state: TrustState, failed: TrustState) -> bool {
    if failed == TrustState::Failed {
        matches!(state, TrustState::Created | TrustState::Deleted)
    } else if failed == TrustState::UpdateFailed {
        state == TrustState::Updated
    } else {
        state == TrustState::Verified
    }
}

/// Takes a trust to a state, when it is on its way there, and sets the timer for the one after that.
fn enter(world: &mut World, at: Timestamp, id: &TrustId, state: TrustState, failure: Option<Failure<TrustState>>) {
    let Some(trust) = world.trust(id) else { return };
    match (trust.state, state) {
        (TrustState::Creating, TrustState::Created) => {
            if is_domain_name(&trust.remote_domain_name) {
                put_in_place(world, at, id, state, failure);
                wake_other_half(world, at, id);
            } else {
                world.set_trust_state(id, TrustState::Failed, Some(TrustFailure::DomainName), at);
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

/// Ends the work on a trust in a state of failure, where work that brings `due` would end it well.
fn fail(world: &mut World, at: Timestamp, id: &TrustId, due: TrustState, failure: Failure<TrustState>) {
    let was = world.trust(id).map(|trust| trust.state);
    let on_its_way = matches!(
        (was, due),
        (Some(TrustState::Creating), TrustState::Created)
            | (Some(TrustState::Updating), TrustState::Updated)
            | (Some(TrustState::Verifying), TrustState::Verified)
            | (Some(TrustState::Deleting), TrustState::Deleted)
    );
    if on_its_way {
        let why = failure.reason.map_or(TrustFailure::NoOtherHalf, TrustFailure::Ordered);
        world.set_trust_state(id, failure.status, Some(why), at);
    }
}

/// Makes the directory's half, which is then on its way to its domain controllers.
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
        updated_at: tx.now,
        state_updated_at: tx.now,
    });
    tx.after(IN_PLACE, trust_work(&id, TrustState::Created, None));
    id
}

/// Puts a trust in place. Verification follows by itself, of what lets users of the other side in.
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

/// Verifies again, by itself, what failed for want of the half that is now in place.
fn wake_other_half(world: &mut World, at: Timestamp, id: &TrustId) {
    let Some(trust) = world.trust(id) else { return };
    let waits = |other: &&Trust| other.state == TrustState::VerifyFailed;
    let waiting: Vec<TrustId> = world.opposite_trusts(trust).filter(waits).map(|other| other.id.clone()).collect();
    for other in &waiting {
        start_verification(world, at, other, None);
    }
}

fn start_verification(world: &mut World, at: Timestamp, id: &TrustId, failure: Option<Failure<TrustState>>) {
    world.set_trust_state(id, TrustState::Verifying, None, at);
    world.after(at, VERIFIED, trust_work(id, TrustState::Verified, failure));
}

/// Ends a verification. What was verified stays so until it is verified again.
// Inferred: AWS documents that a trust is verified when it is created or changed and on request, and nothing on later
// times.
fn verify(world: &mut World, at: Timestamp, id: &TrustId) {
    let Some(trust) = world.trust(id) else { return };
    let failure = world.other_half(trust).err();
    let state = if failure.is_some() { TrustState::VerifyFailed } else { TrustState::Verified };
    world.set_trust_state(id, state, failure, at);
}

/// A trust of the caller, if `operation` can be done on its directory.
fn own<'w>(view: &View<'w>, id: &TrustId) -> Result<&'w Trust> {
    let trust =
        view.world.trust(id).filter(|trust| is_seen(view, trust)).ok_or_else(|| TrustError::Unknown(id.clone()))?;
    availability::directory(view, &trust.directory)?;
    Ok(trust)
}

/// Whether the caller sees a trust's directory from its Region.
fn is_seen(view: &View<'_>, trust: &Trust) -> bool {
    let directory = view.world.directory(&trust.directory);
    trust.owner == view.caller.account && directory.is_some_and(|found| found.regional(&view.caller.region).is_some())
}

/// Requires that a trust is not on its way to another state.
// Inferred: nothing is documented for a trust that is still being made, changed, verified or deleted.
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

/// Whether a domain can have the name. The model's pattern also takes backslashes, and names without a dot.
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

/// The trusts of a filter, each once, by their place in the list.
fn rows<'w>(
    view: &View<'w>,
    directory: Option<&'w Directory>,
    ids: Option<&[TrustId]>,
) -> Result<BTreeMap<u64, &'w Trust>> {
    let row = |trust: &'w Trust| (trust.sequence, trust);
    let Some(ids) = ids else {
        return Ok(directory.into_iter().flat_map(|found| view.world.trusts_of(found)).map(row).collect());
    };
    let is_asked_for = |trust: &Trust| directory.is_none_or(|found| found.id == trust.directory);
    ids.iter()
        .map(|id| {
            let trust = own(view, id)?;
            require(is_asked_for(trust), TrustError::Unknown(id.clone()))?;
            Ok(row(trust))
        })
        .collect()
}

fn description(trust: &Trust) -> Described {
    Described {
        created_date_time: Some(trust.created_at),
        directory_id: Some(trust.directory.clone()),
        last_updated_date_time: Some(trust.updated_at),
        remote_domain_name: Some(trust.remote_domain_name.to_string()),
        selective_auth: Some(trust.selective_auth),
        state_last_updated_date_time: Some(trust.state_updated_at),
        trust_direction: Some(trust.direction),
        trust_id: Some(trust.id.clone()),
        trust_state: Some(trust.state),
        trust_state_reason: trust.failure.as_ref().map(|failure| reason(failure).to_owned()),
        trust_type: Some(trust.kind),
    }
}

/// Why a trust is not what it should be (administration guide, "trust creation status reasons").
fn reason(failure: &TrustFailure) -> &str {
    match failure {
        TrustFailure::DomainName => "Trust creation requires a valid domain name.",
        TrustFailure::NoOtherHalf => "The specified domain name does not exist or could not be contacted.",
        TrustFailure::SameShortName => "The operation could not be performed on this domain.",
        TrustFailure::OtherPassword => "Access is denied.",
        TrustFailure::Ordered(reason) => reason,
    }
}
