//! Multi-factor authentication with RADIUS servers.

use model::ds::ErrorCode;
use model::ds::types::{
    DisableRadiusInput, DisableRadiusOutput, EnableRadiusInput, EnableRadiusOutput, RadiusSettings, RadiusStatus,
    UpdateRadiusInput, UpdateRadiusOutput,
};
use model::{DirectoryId, Timestamp};
use std::borrow::Cow;
use std::time::Duration;
use world::{DirectoryWork, Failure, Radius, RadiusWork, Tx, World};

use crate::error::{Coded, Result, require};
use crate::failures::{CanFail, Failures, Finish};
use crate::generated::api;
use crate::{Service, availability};

/// Why RADIUS settings are refused. No text is public.
#[derive(Clone, Debug, PartialEq)]
pub enum RadiusError {
    /// The settings lack this member.
    NoMember(&'static str),
    /// RADIUS is already configured.
    Exists(DirectoryId),
    /// RADIUS is not configured.
    NotEnabled(DirectoryId),
}

impl Coded for RadiusError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::NoMember(_) => ErrorCode::InvalidParameterException,
            Self::Exists(_) => ErrorCode::EntityAlreadyExistsException,
            Self::NotEnabled(_) => ErrorCode::EntityDoesNotExistException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::NoMember(name) => format!("RadiusSettings must specify {name}.").into(),
            Self::Exists(id) => format!("RADIUS is already enabled for directory {id}.").into(),
            Self::NotEnabled(id) => format!("RADIUS is not enabled for directory {id}.").into(),
        }
    }
}

/// From Creating to Completed.
const COMPLETED: Duration = Duration::from_mins(2);

impl api::Radius for Service {
    fn enable_radius(tx: &mut Tx<'_>, input: EnableRadiusInput) -> Result<EnableRadiusOutput> {
        let view = tx.view();
        let found = availability::directory(&view, &input.directory_id)?;
        let is_off = found.regional.security.radius.is_none();
        require(is_off, RadiusError::Exists(input.directory_id.clone()))?;
        require_complete(&input.radius_settings)?;
        start(tx, input.directory_id, input.radius_settings);
        Ok(EnableRadiusOutput {})
    }

    fn update_radius(tx: &mut Tx<'_>, input: UpdateRadiusInput) -> Result<UpdateRadiusOutput> {
        let view = tx.view();
        let found = availability::directory(&view, &input.directory_id)?;
        let radius = found.regional.security.radius.as_ref();
        let radius = radius.ok_or_else(|| RadiusError::NotEnabled(input.directory_id.clone()))?;
        let settings = updated(&radius.settings, input.radius_settings);
        require_servers(&settings)?;
        start(tx, input.directory_id, settings);
        Ok(UpdateRadiusOutput {})
    }

    // Inferred: disabling what is disabled succeeds, since the model has no error for it.
    fn disable_radius(tx: &mut Tx<'_>, input: DisableRadiusInput) -> Result<DisableRadiusOutput> {
        availability::directory(&tx.view(), &input.directory_id)?;
        tx.regional_mut(&input.directory_id).security.radius = None;
        Ok(DisableRadiusOutput {})
    }
}

/// Ends a change of the settings, unless a later change replaced it.
// Inferred: AWS connects to the servers first. Here every server answers.
impl Finish for RadiusWork {
    fn finish(self, world: &mut World, _: Timestamp) {
        let security = world.security_mut(&self.directory, &self.region);
        let radius = security.and_then(|security| security.radius.as_mut());
        if let Some(radius) = radius.filter(|radius| radius.change == self.sequence) {
            radius.status = self.failure.map_or(RadiusStatus::Completed, |failure| failure.status);
        }
    }
}

impl CanFail for RadiusWork {
    type Status = RadiusStatus;

    const FAILURES: &'static [Failures<RadiusStatus>] =
        &[Failures::without_reason(&["EnableRadius", "UpdateRadius"], &[RadiusStatus::Failed])];

    fn status_name(status: RadiusStatus) -> &'static str {
        status.as_str()
    }

    fn failure(&mut self) -> &mut Option<Failure<RadiusStatus>> {
        &mut self.failure
    }
}

/// Requires the members without which no server can be reached. The model requires none of them.
// Inferred: the documentation says that the secret is required. A protocol, a port and a server have no sensible
// default.
fn require_complete(settings: &RadiusSettings) -> Result<()> {
    require_servers(settings)?;
    require(settings.radius_port.is_some(), RadiusError::NoMember("RadiusPort"))?;
    require(settings.shared_secret.is_some(), RadiusError::NoMember("SharedSecret"))?;
    let has_protocol = settings.authentication_protocol.is_some();
    Ok(require(has_protocol, RadiusError::NoMember("AuthenticationProtocol"))?)
}

fn require_servers(settings: &RadiusSettings) -> Result<()> {
    let is_present = |servers: &Option<Vec<String>>| servers.as_ref().is_some_and(|servers| !servers.is_empty());
    let has_servers = is_present(&settings.radius_servers) || is_present(&settings.radius_servers_ipv6);
    Ok(require(has_servers, RadiusError::NoMember("RadiusServers"))?)
}

/// The settings with the changes of a request. What the request leaves out stays.
// Inferred: no sample updates a part. The model requires no member of an update, and the secret cannot be read back.
fn updated(old: &RadiusSettings, new: RadiusSettings) -> RadiusSettings {
    RadiusSettings {
        authentication_protocol: new.authentication_protocol.or(old.authentication_protocol),
        display_label: new.display_label.or_else(|| old.display_label.clone()),
        radius_port: new.radius_port.or(old.radius_port),
        radius_retries: new.radius_retries.or(old.radius_retries),
        radius_servers: new.radius_servers.or_else(|| old.radius_servers.clone()),
        radius_servers_ipv6: new.radius_servers_ipv6.or_else(|| old.radius_servers_ipv6.clone()),
        radius_timeout: new.radius_timeout.or(old.radius_timeout),
        shared_secret: new.shared_secret,
        use_same_username: new.use_same_username.or(old.use_same_username),
    }
}

/// Replaces all settings. The secret is not kept: no server is reached, and no answer shows it.
fn start(tx: &mut Tx<'_>, id: DirectoryId, settings: RadiusSettings) {
    let change = tx.world.next_sequence();
    let settings = RadiusSettings { shared_secret: None, ..settings };
    tx.regional_mut(&id).security.radius = Some(Radius { settings, status: RadiusStatus::Creating, change });
    let work = RadiusWork { directory: id, region: tx.caller.region.clone(), sequence: change, failure: None };
    tx.after(COMPLETED, DirectoryWork::Radius(work));
}
