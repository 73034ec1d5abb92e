//! Hybrid directories: a customer's own domain, with domain controllers of AWS's added to it.

use std::borrow::Cow;
use std::time::Duration;

use compact_str::CompactString;
use imbl::OrdMap;
use model::ds::ErrorCode;
use model::ds::types::{
    CreateHybridADInput, CreateHybridADOutput, DescribeHybridADUpdateInput, DescribeHybridADUpdateOutput,
    DirectoryEdition, DirectorySize, DirectoryVpcSettings, HybridUpdateActivities, HybridUpdateInfoEntry,
    HybridUpdateType, HybridUpdateValue, UpdateHybridADInput, UpdateHybridADOutput, UpdateStatus,
};
use model::{DirectoryId, Timestamp};
use world::{
    Assessment, AssessmentEnding, AssessmentStatus, Directory, DirectoryKind, DirectoryWork, Failure, Global, Hybrid,
    HybridUpdate, HybridUpdateWork, Scan, SelfManaged, Tx, View, World,
};

use crate::directory::directories::{
    Wanted, {self},
};
use crate::directory::view;
use crate::error::{Coded, Result, require};
use crate::failures::Finish;
use crate::generated::api;
use crate::hybrid::assessments::{
    Subject, {self},
};
use crate::{Service, availability};

/// From the assessment of an update until it is done.
const UPDATED: Duration = Duration::from_mins(10);

impl api::HybridDirectories for Service {
    fn create_hybrid_ad(tx: &mut Tx<'_>, input: CreateHybridADInput) -> Result<CreateHybridADOutput> {
        let view = tx.view();
        let assessment = assessments::find(&view, &input.assessment_id)?;
        // Inferred: an assessment of a directory that is there already is not for a new one.
        let fit = assessment.status == AssessmentStatus::Success && assessment.directory.is_none();
        require(fit, HybridError::UnfitAssessment(input.assessment_id))?;
        require_secret(tx, &input.secret_arn)?;
        assessments::require_room(&view)?;
        let wanted = Wanted { tags: input.tags, ..wanted(assessment) };
        Ok(CreateHybridADOutput { directory_id: Some(directories::create(tx, wanted)?) })
    }

    fn update_hybrid_ad(tx: &mut Tx<'_>, input: UpdateHybridADInput) -> Result<UpdateHybridADOutput> {
        let view = tx.view();
        let directory = availability::directory(&view, &input.directory_id)?.directory;
        let hybrid = of(&view, directory)?;
        let account = input.hybrid_administrator_account_update;
        let given = input.self_managed_instances_settings;
        require(account.is_some() || given.is_some(), HybridError::NoUpdate)?;
        account.as_ref().map_or(Ok(()), |update| require_secret(tx, &update.secret_arn))?;
        let new = given.map(|given| servers(given.customer_dns_ips, given.instance_ids)).transpose()?;
        let idle = hybrid.updates.values().all(|update| update.status != UpdateStatus::Updating);
        require(idle, HybridError::Updating(input.directory_id.clone()))?;
        assessments::require_room(&view)?;
        let previous = hybrid.servers.clone();
        let subject = Subject::customer(directory, new.clone().unwrap_or_else(|| previous.clone()));
        let assessment = assessments::start(tx.world, tx.now, tx.caller.account, &tx.caller.region, subject);
        begin(tx, &input.directory_id, &assessment, account.is_some(), new.map(|new| (previous, new)));
        Ok(UpdateHybridADOutput { assessment_id: Some(assessment.to_string()), directory_id: Some(input.directory_id) })
    }

    fn describe_hybrid_ad_update(
        view: &View<'_>,
        input: DescribeHybridADUpdateInput,
    ) -> Result<DescribeHybridADUpdateOutput> {
        let directory = availability::directory(view, &input.directory_id)?.directory;
        let hybrid = of(view, directory)?;
        let only = input.update_type;
        let page = scan(view, directory, only).page(input.next_token.as_deref(), view::page_size(None), |after| {
            let rows = hybrid.updates.range(after.map_or(0, |last| last + 1)..);
            let wanted = rows.filter(|(_, update)| only.is_none_or(|only| only == update.kind));
            wanted.map(|(sequence, update)| (*sequence, update))
        })?;
        let list = |kind| listed(&page.items, only, kind);
        let activities = HybridUpdateActivities {
            hybrid_administrator_account: list(HybridUpdateType::HybridAdministratorAccount),
            self_managed_instances: list(HybridUpdateType::SelfManagedInstances),
        };
        Ok(DescribeHybridADUpdateOutput { update_activities: Some(activities), next_token: page.next_token })
    }
}

/// What is refused of assessments and of hybrid directories.
#[derive(Clone, Debug, PartialEq)]
pub enum HybridError {
    /// No such assessment in the caller's account and Region.
    UnknownAssessment(String),
    /// An assessment of both a directory and a configuration, or of neither.
    AssessmentSubject,
    /// Twice the same server, where two are wanted.
    SameServers,
    /// So many assessments, the most there may be.
    AssessmentLimit(usize),
    /// An assessment of AWS's own.
    SystemAssessment,
    /// An assessment that no hybrid directory can be made from.
    UnfitAssessment(String),
    /// An update that changes nothing.
    NoUpdate,
    /// The directory is being updated.
    Updating(DirectoryId),
    /// There is no such secret.
    UnknownSecret(String),
    /// A token that the list of assessments did not give; its model has no error of its own for that.
    NextToken,
}

impl Coded for HybridError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::UnknownAssessment(_) => ErrorCode::EntityDoesNotExistException,
            Self::AssessmentSubject
            | Self::SameServers
            | Self::UnfitAssessment(_)
            | Self::NoUpdate
            | Self::UnknownSecret(_)
            | Self::NextToken => ErrorCode::InvalidParameterException,
            Self::AssessmentLimit(_) => ErrorCode::ADAssessmentLimitExceededException,
            Self::SystemAssessment => ErrorCode::UnsupportedOperationException,
            Self::Updating(_) => ErrorCode::ClientException,
        }
    }

    #[rustfmt::skip]
    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::UnknownAssessment(id) => format!("Assessment {id} does not exist").into(),
            Self::AssessmentSubject => "Exactly one of DirectoryId and AssessmentConfiguration must be specified.".into(),
            Self::SameServers => "Two different DNS IP addresses and two different instances must be specified.".into(),
            Self::AssessmentLimit(most) => format!("Assessment limit exceeded. A maximum of {most} CUSTOMER assessments may exist.").into(),
            Self::SystemAssessment => "SYSTEM assessments cannot be deleted.".into(),
            Self::UnfitAssessment(id) => format!("The assessment {id} is not a successful assessment for a new directory.").into(),
            Self::NoUpdate => "At least one update must be specified.".into(),
            Self::Updating(id) => format!("An update of directory {id} is already in progress.").into(),
            Self::UnknownSecret(arn) => format!("The secret {arn} does not exist.").into(),
            // Known.
            Self::NextToken => "Invalid value passed for the NextToken parameter".into(),
        }
    }
}

/// What a hybrid directory knows of the customer's domain.
pub fn of<'w>(view: &View<'_>, directory: &'w Directory) -> Result<&'w Hybrid> {
    directory.global.hybrid.as_ref().ok_or_else(|| availability::unknown(view.operation, &directory.id).into())
}

/// Two domain controllers of the customer's, as a request names them.
// Inferred: that they have to be two is the point of the pair.
pub fn servers(dns_addresses: Vec<String>, instances: Vec<String>) -> Result<SelfManaged> {
    let differ = |of: &[String]| of.first() != of.last();
    require(differ(&dns_addresses) && differ(&instances), HybridError::SameServers)?;
    let list = |of: Vec<String>| of.into_iter().map(CompactString::from).collect();
    Ok(SelfManaged { dns_addresses: list(dns_addresses), instances: list(instances) })
}

/// Requires a secret. Where nothing was said about secrets, each ARN is that of one; what is in it is not asked.
// Inferred: a wrong parameter, since UpdateHybridAD has no error for what does not exist.
fn require_secret(tx: &Tx<'_>, arn: &str) -> Result<()> {
    let Some(secrets) = tx.known(|of| &of.secrets).listed()? else { return Ok(()) };
    require(secrets.contains(arn), HybridError::UnknownSecret(arn.to_owned()).into())
}

/// Lets the updates go on, or not, whose assessment has ended.
pub fn assessed(
    world: &mut World,
    at: Timestamp,
    assessment: &Assessment,
    fit: bool,
    failure: Option<Failure<AssessmentEnding>>,
) {
    let Some(id) = &assessment.directory else { return };
    let Some(hybrid) = world.directory(id).and_then(|found| found.global.hybrid.as_ref()) else { return };
    let failure = failure.and_then(|Failure { status, reason }| match status {
        AssessmentEnding::Update(status) => Some(Failure { status, reason }),
        AssessmentEnding::Failed => None,
    });
    let waits = |update: &HybridUpdate| update.assessment == assessment.id && update.status == UpdateStatus::Updating;
    let waiting = hybrid.updates.iter().filter(|(_, update)| waits(update)).map(|(sequence, _)| *sequence);
    for sequence in waiting.collect::<Vec<_>>() {
        if fit {
            let work = HybridUpdateWork { directory: id.clone(), sequence, failure: failure.clone() };
            world.after(at, UPDATED, DirectoryWork::HybridUpdate(work));
        } else {
            // Inferred: no text is public.
            let reason = Some(format!("The assessment {} was not successful.", assessment.id));
            end(world, at, id, sequence, UpdateStatus::UpdateFailed, reason);
        }
    }
}

impl Finish for HybridUpdateWork {
    fn finish(self, world: &mut World, at: Timestamp) {
        let updated = (UpdateStatus::Updated, None);
        let (status, reason) = self.failure.map_or(updated, |failure| (failure.status, failure.reason));
        end(world, at, &self.directory, self.sequence, status, reason);
    }
}

/// Gives an update that runs its last status. Once it is done, the directory uses the new servers.
fn end(
    world: &mut World,
    at: Timestamp,
    id: &DirectoryId,
    sequence: u64,
    status: UpdateStatus,
    reason: Option<String>,
) {
    let Some(hybrid) = world.directory_mut(id).and_then(|found| found.global.hybrid.as_mut()) else { return };
    let update = hybrid.updates.get_mut(&sequence).filter(|update| update.status == UpdateStatus::Updating);
    let Some(update) = update else { return };
    update.status = status;
    update.reason = reason;
    update.updated_at = at;
    if let Some(new) = update.new.clone().filter(|_| status == UpdateStatus::Updated) {
        hybrid.servers = new;
    }
}

/// A hybrid directory of what was assessed.
fn wanted(assessment: &Assessment) -> Wanted {
    let hybrid = Hybrid { servers: assessment.servers.clone(), updates: OrdMap::new() };
    Wanted {
        kind: DirectoryKind::MicrosoftAd(DirectoryEdition::Hybrid),
        size: DirectorySize::Large,
        name: assessment.dns_name.to_string(),
        short_name: None,
        password: None,
        description: None,
        vpc_settings: DirectoryVpcSettings {
            subnet_ids: assessment.subnets.iter().map(ToString::to_string).collect(),
            vpc_id: assessment.vpc.to_string(),
        },
        network_type: None,
        global: Global::for_hybrid(hybrid),
        tags: None,
    }
}

/// Adds the updates of a request: the administrator's account, and the servers before and after.
fn begin(
    tx: &mut Tx<'_>,
    id: &DirectoryId,
    assessment: &CompactString,
    account: bool,
    servers: Option<(SelfManaged, SelfManaged)>,
) {
    let update = |kind, servers: Option<(SelfManaged, SelfManaged)>| {
        let (previous, new) = servers.unzip();
        let assessment = assessment.clone();
        let status = UpdateStatus::Updating;
        HybridUpdate { kind, assessment, status, reason: None, previous, new, started_at: tx.now, updated_at: tx.now }
    };
    let of_servers = servers.map(|servers| update(HybridUpdateType::SelfManagedInstances, Some(servers)));
    let of_account = account.then(|| update(HybridUpdateType::HybridAdministratorAccount, None));
    for update in of_servers.into_iter().chain(of_account) {
        let sequence = tx.world.next_sequence();
        let hybrid = tx.directory_mut(id).global.hybrid.as_mut();
        hybrid.expect("a directory of the Hybrid edition has self-managed servers").updates.insert(sequence, update);
    }
}

fn scan(view: &View<'_>, directory: &Directory, only: Option<HybridUpdateType>) -> Scan {
    view.scan(&[directory.id.as_str(), only.map_or("", HybridUpdateType::as_str)])
}

/// The updates of a kind, where that kind is asked for.
fn listed(
    page: &[&HybridUpdate],
    only: Option<HybridUpdateType>,
    kind: HybridUpdateType,
) -> Option<Vec<HybridUpdateInfoEntry>> {
    let asked = only.is_none_or(|only| only == kind);
    asked.then(|| page.iter().filter(|update| update.kind == kind).map(|update| entry(update)).collect())
}

fn entry(update: &HybridUpdate) -> HybridUpdateInfoEntry {
    HybridUpdateInfoEntry {
        assessment_id: Some(update.assessment.to_string()),
        // Inferred: the two words are in the documentation's prose.
        initiated_by: Some("Customer".to_owned()),
        last_updated_date_time: Some(update.updated_at),
        new_value: update.new.as_ref().map(value),
        previous_value: update.previous.as_ref().map(value),
        start_time: Some(update.started_at),
        status: Some(update.status),
        status_reason: update.reason.clone(),
    }
}

fn value(servers: &SelfManaged) -> HybridUpdateValue {
    let list = |of: &[CompactString]| Some(of.iter().map(ToString::to_string).collect());
    HybridUpdateValue { dns_ips: list(&servers.dns_addresses), instance_ids: list(&servers.instances) }
}
