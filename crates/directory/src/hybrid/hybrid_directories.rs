//! Hybrid directories: customers' own domains, to which AWS adds domain controllers.

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

use crate::directory::directories::{self, NewDirectory};
use crate::directory::view;
use crate::error::{Coded, Result, require};
use crate::failures::Finish;
use crate::generated::api;
use crate::hybrid::assessments::{self, Subject};
use crate::{Service, availability};

/// From the end of an update's assessment to the end of the update.
const UPDATED: Duration = Duration::from_mins(10);

impl api::HybridDirectories for Service {
    fn create_hybrid_ad(tx: &mut Tx<'_>, input: CreateHybridADInput) -> Result<CreateHybridADOutput> {
        let view = tx.view();
        let assessment = assessments::find(&view, &input.assessment_id)?;
        // Inferred: an assessment of an existing directory cannot be used for a new one.
        let is_usable = assessment.status == AssessmentStatus::Success && assessment.directory.is_none();
        require(is_usable, HybridError::UnusableAssessment(input.assessment_id))?;
        require_secret(tx, &input.secret_arn)?;
        assessments::require_room(&view)?;
        let new = NewDirectory { tags: input.tags, ..new_directory(assessment) };
        Ok(CreateHybridADOutput { directory_id: Some(directories::create(tx, new)?) })
    }

    fn update_hybrid_ad(tx: &mut Tx<'_>, input: UpdateHybridADInput) -> Result<UpdateHybridADOutput> {
        let view = tx.view();
        let directory = availability::directory(&view, &input.directory_id)?.directory;
        let hybrid = hybrid(&view, directory)?;
        let account = input.hybrid_administrator_account_update;
        let instances = input.self_managed_instances_settings;
        require(account.is_some() || instances.is_some(), HybridError::NoUpdate)?;
        account.as_ref().map_or(Ok(()), |update| require_secret(tx, &update.secret_arn))?;
        let new = instances.map(|new| servers(new.customer_dns_ips, new.instance_ids)).transpose()?;
        let is_idle = hybrid.updates.values().all(|update| update.status != UpdateStatus::Updating);
        require(is_idle, HybridError::Updating(input.directory_id.clone()))?;
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
        let hybrid = hybrid(view, directory)?;
        let only = input.update_type;
        let page = scan(view, directory, only).page(input.next_token.as_deref(), view::page_size(None), |after| {
            let rows = hybrid.updates.range(after.map_or(0, |last| last + 1)..);
            let selected = rows.filter(|(_, update)| only.is_none_or(|only| only == update.kind));
            selected.map(|(sequence, update)| (*sequence, update))
        })?;
        let list = |kind| entries(&page.items, only, kind);
        let activities = HybridUpdateActivities {
            hybrid_administrator_account: list(HybridUpdateType::HybridAdministratorAccount),
            self_managed_instances: list(HybridUpdateType::SelfManagedInstances),
        };
        Ok(DescribeHybridADUpdateOutput { update_activities: Some(activities), next_token: page.next_token })
    }
}

/// Why assessments and hybrid directories are refused.
#[derive(Clone, Debug, PartialEq)]
pub enum HybridError {
    /// No such assessment in the caller's account and Region.
    UnknownAssessment(String),
    /// The request has both a directory and a configuration, or neither.
    AssessmentSubject,
    /// The two servers are the same.
    SameServers,
    /// The account has the most assessments that it may have. With the quota.
    AssessmentLimit(usize),
    /// The assessment is one by AWS.
    SystemAssessment,
    /// The assessment failed, is not finished, or is of an existing directory.
    UnusableAssessment(String),
    /// The update changes nothing.
    NoUpdate,
    /// The directory is being updated.
    Updating(DirectoryId),
    /// The secret does not exist.
    UnknownSecret(String),
    /// The token is not one of this list. The operation has no error of its own for it.
    NextToken,
}

impl Coded for HybridError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::UnknownAssessment(_) => ErrorCode::EntityDoesNotExistException,
            Self::AssessmentSubject
            | Self::SameServers
            | Self::UnusableAssessment(_)
            | Self::NoUpdate
            | Self::UnknownSecret(_)
            | Self::NextToken => ErrorCode::InvalidParameterException,
            Self::AssessmentLimit(_) => ErrorCode::ADAssessmentLimitExceededException,
            Self::SystemAssessment => ErrorCode::UnsupportedOperationException,
            Self::Updating(_) => ErrorCode::ClientException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::UnknownAssessment(id) => format!("Assessment {id} does not exist").into(),
            Self::AssessmentSubject => {
                "Exactly one of DirectoryId and AssessmentConfiguration must be specified.".into()
            }
            Self::SameServers => "Two different DNS IP addresses and two different instances must be specified.".into(),
            Self::AssessmentLimit(most) => {
                format!("Assessment limit exceeded. A maximum of {most} CUSTOMER assessments may exist.").into()
            }
            Self::SystemAssessment => "SYSTEM assessments cannot be deleted.".into(),
            Self::UnusableAssessment(id) => {
                format!("The assessment {id} is not a successful assessment for a new directory.").into()
            }
            Self::NoUpdate => "At least one update must be specified.".into(),
            Self::Updating(id) => format!("An update of directory {id} is already in progress.").into(),
            Self::UnknownSecret(arn) => format!("The secret {arn} does not exist.").into(),
            // Known.
            Self::NextToken => "Invalid value passed for the NextToken parameter".into(),
        }
    }
}

/// The customer's side of a hybrid directory.
pub fn hybrid<'w>(view: &View<'_>, directory: &'w Directory) -> Result<&'w Hybrid> {
    directory.global.hybrid.as_ref().ok_or_else(|| availability::unknown(view.operation, &directory.id).into())
}

/// The customer's two domain controllers that a request names.
// Inferred: they have to differ, since two are required.
pub fn servers(dns_addresses: Vec<String>, instances: Vec<String>) -> Result<SelfManaged> {
    let differ = |pair: &[String]| pair.first() != pair.last();
    require(differ(&dns_addresses) && differ(&instances), HybridError::SameServers)?;
    let list = |texts: Vec<String>| texts.into_iter().map(CompactString::from).collect();
    Ok(SelfManaged { dns_addresses: list(dns_addresses), instances: list(instances) })
}

/// Requires that a secret exists. Where none are declared, every ARN is assumed to be one. Its contents are not read.
// Inferred: the code for a wrong parameter, since `UpdateHybridAD` has no error for a missing resource.
fn require_secret(tx: &Tx<'_>, arn: &str) -> Result<()> {
    let Some(secrets) = tx.known(|surroundings| &surroundings.secrets).listed()? else { return Ok(()) };
    require(secrets.contains(arn), HybridError::UnknownSecret(arn.to_owned()).into())
}

/// Continues the updates that wait for an assessment, or fails them.
pub fn end_assessment(
    world: &mut World,
    at: Timestamp,
    assessment: &Assessment,
    success: bool,
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
        if success {
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

/// Ends an update. If it succeeded, the directory uses the new servers.
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

/// The hybrid directory for an assessed domain.
fn new_directory(assessment: &Assessment) -> NewDirectory {
    let hybrid = Hybrid { servers: assessment.servers.clone(), updates: OrdMap::new() };
    NewDirectory {
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

/// Adds the updates of a request. `servers` has the old and the new ones.
fn begin(
    tx: &mut Tx<'_>,
    id: &DirectoryId,
    assessment: &CompactString,
    updates_account: bool,
    servers: Option<(SelfManaged, SelfManaged)>,
) {
    let update = |kind, servers: Option<(SelfManaged, SelfManaged)>| {
        let (previous, new) = servers.unzip();
        let assessment = assessment.clone();
        let status = UpdateStatus::Updating;
        HybridUpdate { kind, assessment, status, reason: None, previous, new, started_at: tx.now, updated_at: tx.now }
    };
    let servers_update = servers.map(|servers| update(HybridUpdateType::SelfManagedInstances, Some(servers)));
    let account_update = updates_account.then(|| update(HybridUpdateType::HybridAdministratorAccount, None));
    for update in servers_update.into_iter().chain(account_update) {
        let sequence = tx.world.next_sequence();
        let hybrid = tx.directory_mut(id).global.hybrid.as_mut();
        hybrid.expect("a directory of the Hybrid edition has self-managed servers").updates.insert(sequence, update);
    }
}

fn scan(view: &View<'_>, directory: &Directory, only: Option<HybridUpdateType>) -> Scan {
    view.scan(&[directory.id.as_str(), only.map_or("", HybridUpdateType::as_str)])
}

/// The updates of a kind. None if the request selects another kind.
fn entries(
    page: &[&HybridUpdate],
    only: Option<HybridUpdateType>,
    kind: HybridUpdateType,
) -> Option<Vec<HybridUpdateInfoEntry>> {
    let is_selected = only.is_none_or(|only| only == kind);
    is_selected.then(|| page.iter().filter(|update| update.kind == kind).map(|update| entry(update)).collect())
}

fn entry(update: &HybridUpdate) -> HybridUpdateInfoEntry {
    HybridUpdateInfoEntry {
        assessment_id: Some(update.assessment.to_string()),
        // Inferred: the documentation mentions two values in its prose.
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
    let list = |texts: &[CompactString]| Some(texts.iter().map(ToString::to_string).collect());
    HybridUpdateValue { dns_ips: list(&servers.dns_addresses), instance_ids: list(&servers.instances) }
}
