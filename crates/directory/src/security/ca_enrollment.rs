//! The CA enrollment policy: members of a domain get certificates from AWS Private CA automatically.

use compact_str::CompactString;
use model::ds::ErrorCode;
use model::ds::types::{
    CaEnrollmentPolicyStatus, DescribeCAEnrollmentPolicyInput, DescribeCAEnrollmentPolicyOutput,
    DisableCAEnrollmentPolicyInput, DisableCAEnrollmentPolicyOutput, EnableCAEnrollmentPolicyInput,
    EnableCAEnrollmentPolicyOutput,
};
use model::{DirectoryId, Timestamp};
use std::borrow::Cow;
use std::time::Duration;
use world::{CaEnrollment, CaEnrollmentWork, DirectoryWork, Failure, Tx, View, World};

use crate::availability::RegionalDirectory;
use crate::error::{Coded, Result, require};
use crate::failures::{CanFail, Failures, Finish};
use crate::generated::api;
use crate::{Service, availability};

/// Why a change of the enrollment policy is refused. No text is public.
#[derive(Clone, Debug, PartialEq)]
pub enum CaEnrollmentError {
    /// The policy is already being enabled.
    Enabling,
    /// The policy is already being disabled.
    Disabling,
    /// The policy is changing to another status.
    InTransition(CaEnrollmentPolicyStatus),
    /// The directory already has a policy.
    Exists(DirectoryId),
    /// The directory has no policy.
    Unknown(DirectoryId),
    /// The connector is in another account or Region.
    UnknownConnector(String),
}

impl Coded for CaEnrollmentError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Enabling => ErrorCode::EnableAlreadyInProgressException,
            Self::Disabling => ErrorCode::DisableAlreadyInProgressException,
            Self::InTransition(_) => ErrorCode::DirectoryUnavailableException,
            Self::Exists(_) => ErrorCode::EntityAlreadyExistsException,
            Self::Unknown(_) | Self::UnknownConnector(_) => ErrorCode::EntityDoesNotExistException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Enabling => "The CA enrollment policy is already being enabled.".into(),
            Self::Disabling => "The CA enrollment policy is already being disabled.".into(),
            Self::InTransition(status) => {
                format!("The CA enrollment policy is not in a valid state: {}", status.as_str()).into()
            }
            Self::Exists(id) => format!("A CA enrollment policy is already enabled for directory {id}.").into(),
            Self::Unknown(id) => format!("Directory {id} has no CA enrollment policy.").into(),
            Self::UnknownConnector(arn) => format!("Connector {arn} does not exist.").into(),
        }
    }
}

/// Between InProgress and Success, or Disabling and Disabled.
const CHANGED: Duration = Duration::from_mins(5);

impl api::CaEnrollment for Service {
    fn enable_ca_enrollment_policy(
        tx: &mut Tx<'_>,
        input: EnableCAEnrollmentPolicyInput,
    ) -> Result<EnableCAEnrollmentPolicyOutput> {
        let view = tx.view();
        let found = availability::directory(&view, &input.directory_id)?;
        let arn = input.pca_connector_arn;
        require(is_in_account_and_region(&view, &arn), CaEnrollmentError::UnknownConnector(arn.clone()))?;
        match status(found) {
            CaEnrollmentPolicyStatus::InProgress => Err(CaEnrollmentError::Enabling),
            status @ CaEnrollmentPolicyStatus::Disabling => Err(CaEnrollmentError::InTransition(status)),
            CaEnrollmentPolicyStatus::Success | CaEnrollmentPolicyStatus::Impaired => {
                Err(CaEnrollmentError::Exists(input.directory_id.clone()))
            }
            CaEnrollmentPolicyStatus::Disabled | CaEnrollmentPolicyStatus::Failed => Ok(()),
        }?;
        let connector = Some(arn.into());
        let status = CaEnrollmentPolicyStatus::InProgress;
        set_policy(tx, &input.directory_id, connector, status);
        tx.after(CHANGED, work(input.directory_id, CaEnrollmentPolicyStatus::Success));
        Ok(EnableCAEnrollmentPolicyOutput {})
    }

    fn disable_ca_enrollment_policy(
        tx: &mut Tx<'_>,
        input: DisableCAEnrollmentPolicyInput,
    ) -> Result<DisableCAEnrollmentPolicyOutput> {
        let view = tx.view();
        let found = availability::directory(&view, &input.directory_id)?;
        match status(found) {
            CaEnrollmentPolicyStatus::Disabled => Err(CaEnrollmentError::Unknown(input.directory_id.clone())),
            CaEnrollmentPolicyStatus::Disabling => Err(CaEnrollmentError::Disabling),
            status @ CaEnrollmentPolicyStatus::InProgress => Err(CaEnrollmentError::InTransition(status)),
            CaEnrollmentPolicyStatus::Success
            | CaEnrollmentPolicyStatus::Impaired
            | CaEnrollmentPolicyStatus::Failed => Ok(()),
        }?;
        let connector = found.directory.global.ca_enrollment.as_ref().and_then(|policy| policy.connector.clone());
        let status = CaEnrollmentPolicyStatus::Disabling;
        set_policy(tx, &input.directory_id, connector, status);
        tx.after(CHANGED, work(input.directory_id, CaEnrollmentPolicyStatus::Disabled));
        Ok(DisableCAEnrollmentPolicyOutput {})
    }

    // Inferred: a directory that never had a policy answers that it is disabled, without a time.
    fn describe_ca_enrollment_policy(
        view: &View<'_>,
        input: DescribeCAEnrollmentPolicyInput,
    ) -> Result<DescribeCAEnrollmentPolicyOutput> {
        let found = availability::directory(view, &input.directory_id)?;
        let policy = found.directory.global.ca_enrollment.as_ref();
        Ok(DescribeCAEnrollmentPolicyOutput {
            directory_id: Some(input.directory_id),
            pca_connector_arn: policy.and_then(|policy| policy.connector.as_ref()).map(ToString::to_string),
            ca_enrollment_policy_status: Some(status(found)),
            last_updated_date_time: policy.map(|policy| policy.updated_at),
            ca_enrollment_policy_status_reason: policy.and_then(|policy| policy.reason.clone()),
        })
    }
}

fn work(directory: DirectoryId, status: CaEnrollmentPolicyStatus) -> DirectoryWork {
    DirectoryWork::CaEnrollment(CaEnrollmentWork { directory, status, failure: None })
}

/// Moves the policy to its next status. A disabled policy has no connector.
impl Finish for CaEnrollmentWork {
    fn finish(self, world: &mut World, at: Timestamp) {
        let directory = world.directory_mut(&self.directory);
        let Some(policy) = directory.and_then(|directory| directory.global.ca_enrollment.as_mut()) else { return };
        let is_due = matches!(
            (policy.status, self.status),
            (CaEnrollmentPolicyStatus::InProgress, CaEnrollmentPolicyStatus::Success)
                | (CaEnrollmentPolicyStatus::Disabling, CaEnrollmentPolicyStatus::Disabled)
        );
        if !is_due {
            return;
        }
        let (status, reason) = self.failure.map_or((self.status, None), |failure| (failure.status, failure.reason));
        let connector = policy.connector.take().filter(|_| status != CaEnrollmentPolicyStatus::Disabled);
        *policy = CaEnrollment { connector, status, reason, updated_at: at };
    }
}

impl CanFail for CaEnrollmentWork {
    type Status = CaEnrollmentPolicyStatus;

    const FAILURES: &'static [Failures<CaEnrollmentPolicyStatus>] = &[
        Failures::with_reason(
            &["EnableCAEnrollmentPolicy"],
            &[CaEnrollmentPolicyStatus::Failed, CaEnrollmentPolicyStatus::Impaired],
        ),
        Failures::with_reason(&["DisableCAEnrollmentPolicy"], &[CaEnrollmentPolicyStatus::Failed]),
    ];

    fn status_name(status: CaEnrollmentPolicyStatus) -> &'static str {
        status.as_str()
    }

    fn failure(&mut self) -> &mut Option<Failure<CaEnrollmentPolicyStatus>> {
        &mut self.failure
    }
}

fn status(found: RegionalDirectory<'_>) -> CaEnrollmentPolicyStatus {
    let policy = found.directory.global.ca_enrollment.as_ref();
    policy.map_or(CaEnrollmentPolicyStatus::Disabled, |policy| policy.status)
}

fn set_policy(tx: &mut Tx<'_>, id: &DirectoryId, connector: Option<CompactString>, status: CaEnrollmentPolicyStatus) {
    let policy = CaEnrollment { connector, status, reason: None, updated_at: tx.now };
    tx.directory_mut(id).global.ca_enrollment = Some(policy);
}

/// Whether a connector is in the caller's account and Region.
// Inferred: connectors belong to another service. Every well-formed one in the caller's account and Region is assumed
// to exist. The directory cannot reach any other.
fn is_in_account_and_region(view: &View<'_>, arn: &str) -> bool {
    let mut parts = arn.split(':').skip(3);
    parts.next() == Some(view.caller.region.as_str()) && parts.next() == Some(view.caller.account.to_string().as_str())
}
