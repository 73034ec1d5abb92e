//! Client authentication: users sign on with a smart card through an AD Connector.

use model::DirectoryId;
use model::ds::ErrorCode;
use model::ds::types::{
    CertificateType, ClientAuthenticationSettingInfo, ClientAuthenticationStatus, ClientAuthenticationType,
    DescribeClientAuthenticationSettingsInput, DescribeClientAuthenticationSettingsOutput,
    DisableClientAuthenticationInput, DisableClientAuthenticationOutput, EnableClientAuthenticationInput,
    EnableClientAuthenticationOutput,
};
use std::borrow::Cow;
use world::{Region, SmartCard, Tx, View};

use crate::availability::RegionalDirectory;
use crate::directory::view;
use crate::error::{Coded, Result, require};
use crate::generated::api;
use crate::security::certificates;
use crate::{Service, availability};

/// The Regions with client authentication (administration guide, "Enabling mTLS authentication in AD Connector").
const REGIONS: [&str; 7] =
    ["ap-northeast-1", "ap-southeast-2", "eu-west-1", "us-east-1", "us-gov-east-1", "us-gov-west-1", "us-west-2"];

/// Why a call about client authentication is refused. No text is public.
#[derive(Clone, Debug, PartialEq)]
pub enum ClientAuthenticationError {
    /// Client authentication already has the status.
    Status(ClientAuthenticationStatus),
    /// The Region does not have client authentication.
    Region,
    /// The type is not supported.
    Type,
    /// The token is not one of this list. The operation has no error of its own for it.
    NextToken,
}

impl Coded for ClientAuthenticationError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Status(_) => ErrorCode::InvalidClientAuthStatusException,
            Self::Region => ErrorCode::AccessDeniedException,
            Self::Type => ErrorCode::UnsupportedOperationException,
            Self::NextToken => ErrorCode::InvalidParameterException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Status(status) => format!("Client authentication is already {}.", status.as_str()).into(),
            Self::Region => "Client authentication is not available in this Region.".into(),
            Self::Type => "The only supported type of client authentication is SmartCard.".into(),
            Self::NextToken => "Invalid value passed for the NextToken parameter".into(),
        }
    }
}

impl api::ClientAuthentication for Service {
    fn enable_client_authentication(
        tx: &mut Tx<'_>,
        input: EnableClientAuthenticationInput,
    ) -> Result<EnableClientAuthenticationOutput> {
        let view = tx.view();
        let found = find(&view, &input.directory_id)?;
        require_type(input.kind)?;
        require_change(found, ClientAuthenticationStatus::Enabled)?;
        certificates::require_one(&found.regional.security, CertificateType::ClientCertAuth, view.now)?;
        set_status(tx, &input.directory_id, ClientAuthenticationStatus::Enabled);
        Ok(EnableClientAuthenticationOutput {})
    }

    fn disable_client_authentication(
        tx: &mut Tx<'_>,
        input: DisableClientAuthenticationInput,
    ) -> Result<DisableClientAuthenticationOutput> {
        let view = tx.view();
        let found = find(&view, &input.directory_id)?;
        require_type(input.kind)?;
        require_change(found, ClientAuthenticationStatus::Disabled)?;
        set_status(tx, &input.directory_id, ClientAuthenticationStatus::Disabled);
        Ok(DisableClientAuthenticationOutput {})
    }

    /// Without a type, lists all types that the directory supports (documented). There is one.
    fn describe_client_authentication_settings(
        view: &View<'_>,
        input: DescribeClientAuthenticationSettingsInput,
    ) -> Result<DescribeClientAuthenticationSettingsOutput> {
        let found = find(view, &input.directory_id)?;
        let row = input.kind.is_none_or(|kind| kind == ClientAuthenticationType::SmartCard).then(|| row(found));
        let kind = input.kind.map_or("", |kind| kind.as_str());
        let parameters = [view.caller.region.as_str(), input.directory_id.as_str(), kind];
        let scan = view.scan(&parameters);
        let rows = |after: Option<u64>| row.filter(|_| after.is_none()).map(|row| (0, row)).into_iter();
        let page = scan.page(input.next_token.as_deref(), view::page_size(input.limit), rows);
        let page = page.map_err(|_| ClientAuthenticationError::NextToken)?;
        Ok(DescribeClientAuthenticationSettingsOutput {
            client_authentication_settings_info: Some(page.items),
            next_token: page.next_token,
        })
    }
}

/// The caller's directory of that id, in a Region that has client authentication.
fn find<'w>(view: &View<'w>, id: &DirectoryId) -> Result<RegionalDirectory<'w>> {
    let found = availability::directory(view, id)?;
    require(has_client_authentication(&view.caller.region), ClientAuthenticationError::Region)?;
    Ok(found)
}

fn has_client_authentication(region: &Region) -> bool {
    REGIONS.contains(&region.as_str())
}

/// Only one of the model's types is supported (documented).
// Inferred: the error for the other one.
fn require_type(kind: ClientAuthenticationType) -> Result<()> {
    Ok(require(kind == ClientAuthenticationType::SmartCard, ClientAuthenticationError::Type)?)
}

/// Requires that the status would change.
fn require_change(found: RegionalDirectory<'_>, new: ClientAuthenticationStatus) -> Result<()> {
    Ok(require(status(found) != new, ClientAuthenticationError::Status(new))?)
}

fn status(found: RegionalDirectory<'_>) -> ClientAuthenticationStatus {
    let smart_card = found.regional.security.smart_card;
    smart_card.map_or(ClientAuthenticationStatus::Disabled, |smart_card| smart_card.status)
}

fn set_status(tx: &mut Tx<'_>, id: &DirectoryId, status: ClientAuthenticationStatus) {
    let smart_card = SmartCard { status, updated_at: tx.now };
    tx.regional_mut(id).security.smart_card = Some(smart_card);
}

fn row(found: RegionalDirectory<'_>) -> ClientAuthenticationSettingInfo {
    ClientAuthenticationSettingInfo {
        kind: Some(ClientAuthenticationType::SmartCard),
        status: Some(status(found)),
        last_updated_date_time: found.regional.security.smart_card.map(|smart_card| smart_card.updated_at),
    }
}
