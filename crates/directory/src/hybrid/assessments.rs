//! Assessments: tests of a customer's domain, before and after it becomes a hybrid directory's.

use std::time::Duration;

use compact_str::{CompactString, format_compact};
use model::ds::types::{
    AssessmentConfiguration, AssessmentSummary, DeleteADAssessmentInput, DeleteADAssessmentOutput,
    DescribeADAssessmentInput, DescribeADAssessmentOutput, DirectoryEdition, DirectoryStage, ListADAssessmentsInput,
    ListADAssessmentsOutput, NetworkType, StartADAssessmentInput, StartADAssessmentOutput, UpdateStatus,
};
use model::{AccountId, DirectoryId, Timestamp};
use world::{
    Assessment, AssessmentEnding, AssessmentReport, AssessmentStatus, AssessmentWork, Directory, DirectoryKind,
    DirectoryWork, Failure, ForgetAssessmentWork, Region, Scan, SelfManaged, Stream, SystemAssessmentWork, Tx, View,
    Vpc, World,
};

use crate::directory::{connection, names, view};
use crate::error::{Result, require};
use crate::failures::{CanFail, Failures, Finish};
use crate::generated::api;
use crate::hybrid::hybrid_directories::HybridError;
use crate::hybrid::{assessment_reports, hybrid_directories};
use crate::network::networks;
use crate::{Service, availability, ids};

/// The time between two assessments by AWS.
// Inferred: documented as "periodically", and recorded about every hour. A day keeps the world small when its clock is
// advanced by months.
const SYSTEM_INTERVAL: Duration = Duration::from_hours(24);

/// How long assessments by AWS are kept (administration guide, directory assessments).
const SYSTEM_KEPT: Duration = Duration::from_hours(30 * 24);

/// From PENDING to IN_PROGRESS of an assessment.
const PENDING: Duration = Duration::from_mins(1);
/// From IN_PROGRESS to the end of an assessment (documented: 30 minutes or more).
const IN_PROGRESS: Duration = Duration::from_mins(30);

impl api::Assessments for Service {
    fn start_ad_assessment(tx: &mut Tx<'_>, input: StartADAssessmentInput) -> Result<StartADAssessmentOutput> {
        let view = tx.view();
        let subject = match (input.directory_id, input.assessment_configuration) {
            (Some(id), None) => {
                let directory = availability::directory(&view, &id)?.directory;
                let servers = hybrid_directories::hybrid(&view, directory)?.servers.clone();
                Subject::customer(directory, servers)
            }
            (None, Some(configuration)) => Subject::new(tx, configuration)?,
            _ => return Err(HybridError::AssessmentSubject.into()),
        };
        require_room(&view)?;
        let id = start(tx.world, tx.now, tx.caller.account, &tx.caller.region, subject);
        Ok(StartADAssessmentOutput { assessment_id: Some(id.to_string()) })
    }

    fn describe_ad_assessment(view: &View<'_>, input: DescribeADAssessmentInput) -> Result<DescribeADAssessmentOutput> {
        let assessment = find(view, &input.assessment_id)?;
        Ok(DescribeADAssessmentOutput {
            assessment: Some(assessment_reports::description(assessment)),
            assessment_reports: Some(assessment_reports::reports(assessment)),
        })
    }

    fn list_ad_assessments(view: &View<'_>, input: ListADAssessmentsInput) -> Result<ListADAssessmentsOutput> {
        let directory = input.directory_id.as_ref();
        let found = directory.map(|id| availability::directory(view, id)).transpose()?;
        let only = found.map(|found| &found.directory.id);
        let page = scan(view, only)
            .page(input.next_token.as_deref(), view::page_size(input.limit), |after| summaries(view, only, after));
        let page = page.map_err(|_| HybridError::NextToken)?;
        Ok(ListADAssessmentsOutput { assessments: Some(page.items), next_token: page.next_token })
    }

    fn delete_ad_assessment(tx: &mut Tx<'_>, input: DeleteADAssessmentInput) -> Result<DeleteADAssessmentOutput> {
        let assessment = find(&tx.view(), &input.assessment_id)?.clone();
        require(assessment.report == AssessmentReport::Customer, HybridError::SystemAssessment)?;
        tx.world.remove_assessment(&assessment.id);
        if matches!(assessment.status, AssessmentStatus::Pending | AssessmentStatus::InProgress) {
            // Inferred: an update that waits for the assessment fails.
            hybrid_directories::end_assessment(tx.world, tx.now, &assessment, false, None);
        }
        Ok(DeleteADAssessmentOutput { assessment_id: Some(input.assessment_id) })
    }
}

/// The subject of an assessment.
pub struct Subject {
    directory: Option<DirectoryId>,
    report: AssessmentReport,
    dns_name: CompactString,
    servers: SelfManaged,
    controllers: Vec<CompactString>,
    vpc: CompactString,
    subnets: Vec<CompactString>,
    /// If there is none, the service creates one.
    security_group: Option<CompactString>,
}

impl Subject {
    /// A domain that is not a hybrid directory's yet.
    fn new(tx: &Tx<'_>, configuration: AssessmentConfiguration) -> Result<Self> {
        names::require_name(&configuration.dns_name)?;
        let vpc = networks::find(tx, &tx.caller.region, &configuration.vpc_settings, Some(NetworkType::IPv4))?;
        networks::require_unreserved(&vpc, DirectoryKind::MicrosoftAd(DirectoryEdition::Hybrid))?;
        let servers = hybrid_directories::servers(configuration.customer_dns_ips, configuration.instance_ids)?;
        Ok(Self {
            directory: None,
            report: AssessmentReport::Customer,
            dns_name: configuration.dns_name.into(),
            controllers: servers.dns_addresses.clone(),
            servers,
            subnets: subnet_ids(&vpc),
            vpc: vpc.id,
            security_group: configuration
                .security_group_ids
                .and_then(|ids| ids.into_iter().next())
                .map(CompactString::from),
        })
    }

    /// The customer's side of a hybrid directory, with these servers.
    pub fn customer(directory: &Directory, servers: SelfManaged) -> Self {
        let vpc = &directory.primary().vpc;
        Self {
            directory: Some(directory.id.clone()),
            report: AssessmentReport::Customer,
            dns_name: directory.name.clone(),
            controllers: servers.dns_addresses.clone(),
            servers,
            vpc: vpc.id.clone(),
            subnets: subnet_ids(vpc),
            security_group: Some(vpc.security_group.clone()),
        }
    }

    /// AWS's side of a hybrid directory.
    fn system(directory: &Directory, servers: SelfManaged) -> Self {
        let controllers = directory.primary().vpc.dns_addresses.clone();
        Self { report: AssessmentReport::System, controllers, ..Self::customer(directory, servers) }
    }
}

fn subnet_ids(vpc: &Vpc) -> Vec<CompactString> {
    vpc.subnets.iter().map(|subnet| subnet.id.clone()).collect()
}

/// The assessment of that id, if it is the caller's and in its Region.
pub fn find<'w>(view: &View<'w>, id: &str) -> Result<&'w Assessment> {
    let found = view.world.assessment(id);
    let own = found.filter(|found| found.owner == view.caller.account && found.region == view.caller.region);
    own.ok_or_else(|| HybridError::UnknownAssessment(id.to_owned()).into())
}

/// Requires that the account may have one more assessment. Assessments by AWS do not count.
// Inferred: the quota is documented as one of the account. It is taken to apply to each Region, like the service's
// other quotas.
pub fn require_room(view: &View<'_>) -> Result<()> {
    let most = view.world.settings.quotas.assessments;
    let listed = view.world.listed_assessments(view.caller.account, &view.caller.region, None);
    let count = listed.filter(|(_, found)| found.report == AssessmentReport::Customer).count();
    require(count < most, HybridError::AssessmentLimit(most).into())
}

pub fn start(world: &mut World, now: Timestamp, owner: AccountId, region: &Region, subject: Subject) -> CompactString {
    let id = ids::mint_assessment(world, region);
    let new_group = || format_compact!("sg-0{:016x}", world.entropy.derive(Stream::Network, &id));
    let security_group = subject.security_group.unwrap_or_else(new_group);
    let sequence = world.next_sequence();
    world.add_assessment(Assessment {
        id: id.clone(),
        sequence,
        owner,
        region: region.clone(),
        directory: subject.directory,
        report: subject.report,
        dns_name: subject.dns_name,
        servers: subject.servers,
        controllers: subject.controllers,
        vpc: subject.vpc,
        subnets: subject.subnets,
        security_group,
        status: AssessmentStatus::Pending,
        reason: None,
        started_at: now,
        updated_at: now,
    });
    let work = AssessmentWork { assessment: id.clone(), failure: None };
    world.after(now, PENDING, DirectoryWork::Assessment(work));
    id
}

/// Moves an assessment to its next status.
impl Finish for AssessmentWork {
    fn finish(self, world: &mut World, at: Timestamp) {
        let Some(assessment) = world.assessment_mut(&self.assessment) else { return };
        if let Some(Failure { status: AssessmentEnding::Failed, reason }) = &self.failure
            && assessment.status == AssessmentStatus::InProgress
        {
            assessment.reason = Some(reason.clone().unwrap_or_else(|| assessment_reports::TESTS_FAILED.to_owned()));
        }
        let is_reachable = assessment.controllers.iter().all(|address| connection::can_answer(address));
        let success = assessment.reason.is_none() && is_reachable;
        assessment.status = match assessment.status {
            AssessmentStatus::Pending => AssessmentStatus::InProgress,
            AssessmentStatus::InProgress if success => AssessmentStatus::Success,
            AssessmentStatus::InProgress => AssessmentStatus::Failed,
            AssessmentStatus::Success | AssessmentStatus::Failed => return,
        };
        assessment.updated_at = at;
        if assessment.status == AssessmentStatus::InProgress {
            world.after(at, IN_PROGRESS, DirectoryWork::Assessment(self));
        } else {
            let assessment = assessment.clone();
            hybrid_directories::end_assessment(world, at, &assessment, success, self.failure);
        }
    }
}

impl CanFail for AssessmentWork {
    type Status = AssessmentEnding;

    const FAILURES: &'static [Failures<AssessmentEnding>] = &[
        Failures::with_reason(&["StartADAssessment"], &[AssessmentEnding::Failed]),
        Failures::with_reason(&["UpdateHybridAD"], &[AssessmentEnding::Update(UpdateStatus::UpdateFailed)]),
    ];

    fn status_name(status: AssessmentEnding) -> &'static str {
        match status {
            AssessmentEnding::Failed => "FAILED",
            AssessmentEnding::Update(status) => status.as_str(),
        }
    }

    fn failure(&mut self) -> &mut Option<Failure<AssessmentEnding>> {
        &mut self.failure
    }
}

impl Finish for ForgetAssessmentWork {
    fn finish(self, world: &mut World, _: Timestamp) {
        world.remove_assessment(&self.assessment);
    }
}

impl Finish for SystemAssessmentWork {
    fn finish(self, world: &mut World, at: Timestamp) {
        assess_system(world, at, &self.directory);
    }
}

/// Starts an assessment of AWS's side of a hybrid directory, and sets the timer for the next one.
pub fn assess_system(world: &mut World, at: Timestamp, id: &DirectoryId) {
    let Some(directory) = world.directory(id) else { return };
    if directory.primary().stage == DirectoryStage::Deleting {
        return;
    }
    let Some(hybrid) = &directory.global.hybrid else { return };
    let subject = Subject::system(directory, hybrid.servers.clone());
    let (owner, region) = (directory.owner, directory.region.clone());
    let assessment = start(world, at, owner, &region, subject);
    world.at(at.after(SYSTEM_KEPT), DirectoryWork::ForgetAssessment(ForgetAssessmentWork { assessment }));
    let next = SystemAssessmentWork { directory: id.clone() };
    world.at(at.after(SYSTEM_INTERVAL), DirectoryWork::SystemAssessment(next));
}

fn scan(view: &View<'_>, directory: Option<&DirectoryId>) -> Scan {
    let account = view.caller.account.to_string();
    let only = directory.map_or("", DirectoryId::as_str);
    view.scan(&[&account, view.caller.region.as_str(), only])
}

fn summaries<'w>(
    view: &View<'w>,
    directory: Option<&'w DirectoryId>,
    after: Option<u64>,
) -> impl Iterator<Item = (u64, AssessmentSummary)> + use<'w> {
    let view = *view;
    let all = view.world.listed_assessments(view.caller.account, &view.caller.region, after);
    let selected = all.filter(move |(_, found)| directory.is_none() || found.directory.as_ref() == directory);
    selected.map(|(sequence, found)| (sequence, assessment_reports::summary(found)))
}
