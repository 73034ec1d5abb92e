//! Settings of directories: protocols, ciphers and checks of certificates.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Duration;

use compact_str::CompactString;
use model::ds::ErrorCode;
use model::ds::types::{
    DescribeSettingsInput, DescribeSettingsOutput, DirectoryConfigurationStatus as Status, Setting as RequestedSetting,
    SettingEntry, UpdateSettingsInput, UpdateSettingsOutput,
};
use model::{DirectoryId, Timestamp};
use world::{Directory, DirectoryWork, Failure, Scan, Setting, SettingsWork, Tx, View, World};

use crate::directory::view;
use crate::error::{Coded, Result, require};
use crate::failures::{CanFail, Failures, Finish};
use crate::generated::api;
use crate::maintenance::setting_table::{self, BACKDATING, ENFORCEMENT, FULL_ENFORCEMENT, SettingDefinition, TABLE};
use crate::{Service, availability};

/// From Requested to Updating.
const REQUESTED: Duration = Duration::from_mins(1);
/// From Updating to Updated (acceptance tests wait for 30 min in all).
const UPDATED: Duration = Duration::from_mins(20);

impl api::Settings for Service {
    fn describe_settings(view: &View<'_>, input: DescribeSettingsInput) -> Result<DescribeSettingsOutput> {
        let directory = availability::directory(view, &input.directory_id)?.directory;
        let is_selected = |entry: &SettingEntry| input.status.is_none() || entry.request_status == input.status;
        let rows = (1..).zip(&TABLE).map(|(index, setting)| (index, entry(directory, setting)));
        let rows = rows.filter(|(_, entry)| is_selected(entry));
        let scan = scan(view, &input.directory_id, input.status);
        let (token, limit) = (input.next_token.as_deref(), view::page_size(None));
        let page = scan.page(token, limit, |after| rows.filter(move |(index, _)| Some(*index) > after))?;
        Ok(DescribeSettingsOutput {
            directory_id: Some(input.directory_id),
            next_token: page.next_token,
            setting_entries: Some(page.items),
        })
    }

    fn update_settings(tx: &mut Tx<'_>, input: UpdateSettingsInput) -> Result<UpdateSettingsOutput> {
        let view = tx.view();
        let directory = availability::directory(&view, &input.directory_id)?.directory;
        let changed = changed_settings(directory, &input.settings, tx.now)?;
        tx.directory_mut(&input.directory_id).global.settings.extend(changed);
        tx.after(REQUESTED, work(input.directory_id.clone(), Status::Updating, None));
        Ok(UpdateSettingsOutput { directory_id: Some(input.directory_id) })
    }
}

fn work(directory: DirectoryId, status: Status, failure: Option<Failure<Status>>) -> DirectoryWork {
    DirectoryWork::Settings(SettingsWork { directory, status, failure })
}

/// Moves the settings that are being changed to their next status. The status Updated applies their values.
impl Finish for SettingsWork {
    fn finish(self, world: &mut World, at: Timestamp) {
        let Some(directory) = world.directory_mut(&self.directory) else { return };
        let settings = std::mem::take(&mut directory.global.settings);
        let (from, status, reason) = match (self.status, &self.failure) {
            (Status::Updating, _) => (Status::Requested, Status::Updating, None),
            (_, Some(failure)) => (Status::Updating, failure.status, failure.reason.as_deref()),
            (status, None) => (Status::Updating, status, None),
        };
        let settings = settings.into_iter().map(|(name, setting)| {
            let setting = if setting.status == from { with_status(setting, at, status, reason) } else { setting };
            (name, setting)
        });
        directory.global.settings = settings.collect();
        if self.status == Status::Updating {
            world.after(at, UPDATED, work(self.directory, Status::Updated, self.failure));
        }
    }
}

impl CanFail for SettingsWork {
    type Status = Status;

    const FAILURES: &'static [Failures<Status>] = &[Failures::with_reason(&["UpdateSettings"], &[Status::Failed])];

    fn status_name(status: Status) -> &'static str {
        status.as_str()
    }

    fn failure(&mut self) -> &mut Option<Failure<Status>> {
        &mut self.failure
    }
}

fn with_status(setting: Setting, at: Timestamp, status: Status, reason: Option<&str>) -> Setting {
    let applied = if status == Status::Updated { setting.requested.clone() } else { setting.applied };
    Setting { applied, status, reason: reason.map(str::to_owned), updated_at: at, ..setting }
}

/// The settings that a request changes. Each has to be known and to have one allowed value. None can be changed while
/// another change is under way.
fn changed_settings(
    directory: &Directory,
    requests: &[RequestedSetting],
    now: Timestamp,
) -> Result<BTreeMap<CompactString, Setting>> {
    require(!requests.is_empty(), SettingError::None)?;
    let mut changed: BTreeMap<CompactString, Setting> = BTreeMap::new();
    for RequestedSetting { name, value } in requests {
        let definition = setting_table::find(name).ok_or_else(|| SettingError::Unknown(name.clone()))?;
        require(definition.values.contain(value), SettingError::Value(name.clone(), value.clone()))?;
        let requested = CompactString::from(value.as_str());
        let contradicts = changed.get(name.as_str()).is_some_and(|before| before.requested != requested);
        // Inferred: the guide names one contradiction only. One setting with two values is another.
        require(!contradicts, SettingError::Contradiction(name.clone()))?;
        let applied = directory.global.settings.get(name.as_str()).map(|kept| kept.applied.clone());
        let applied = applied.unwrap_or_else(|| definition.default.into());
        let (status, requested_at, updated_at) = (Status::Requested, now, now);
        let setting = Setting { applied, requested, status, reason: None, requested_at, updated_at };
        changed.insert(name.as_str().into(), setting);
    }
    require_compensation(directory, &changed)?;
    let is_busy = directory.global.settings.values().any(is_being_changed);
    require(!is_busy, SettingError::Busy(directory.id.clone()))?;
    Ok(changed)
}

/// Requires that backdating is not compensated for under full enforcement (administration guide, list of settings).
// Inferred: full enforcement can be asked for later, and then the compensation has no effect.
fn require_compensation(directory: &Directory, changed: &BTreeMap<CompactString, Setting>) -> Result<()> {
    let kept = directory.global.settings.get(ENFORCEMENT);
    let enforcement = changed.get(ENFORCEMENT).or(kept).map(|setting| setting.requested.as_str());
    let is_full = enforcement.is_none_or(|value| value == FULL_ENFORCEMENT);
    Ok(require(!is_full || !changed.contains_key(BACKDATING), SettingError::Compensation)?)
}

fn is_being_changed(setting: &Setting) -> bool {
    matches!(setting.status, Status::Requested | Status::Updating)
}

/// The row of a setting in a directory. A setting that was changed never has the status Default again.
fn entry(directory: &Directory, definition: &SettingDefinition) -> SettingEntry {
    let entry = SettingEntry {
        allowed_values: Some(definition.values.to_json()),
        data_type: Some(definition.values.data_type().to_owned()),
        kind: Some(definition.kind.to_owned()),
        name: Some(definition.name.to_owned()),
        applied_value: Some(definition.default.to_owned()),
        request_status: Some(Status::Default),
        ..SettingEntry::default()
    };
    let Some(setting) = directory.global.settings.get(definition.name) else { return entry };
    // Inferred: a change has the same status in all Regions of a directory.
    let regions = directory.regions.keys().map(|region| (region.to_string(), setting.status));
    SettingEntry {
        applied_value: Some(setting.applied.to_string()),
        last_requested_date_time: Some(setting.requested_at),
        last_updated_date_time: Some(setting.updated_at),
        request_detailed_status: Some(regions.collect()),
        request_status: Some(setting.status),
        request_status_message: setting.reason.clone(),
        requested_value: Some(setting.requested.to_string()),
        ..entry
    }
}

fn scan(view: &View<'_>, directory: &DirectoryId, status: Option<Status>) -> Scan {
    let region = view.caller.region.as_str();
    view.scan(&[region, directory.as_str(), status.map_or("", Status::as_str)])
}

/// Why a change of settings is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum SettingError {
    /// The request has no settings.
    None,
    /// There is no setting with that name.
    Unknown(String),
    /// The setting cannot have the value. With the name and the value.
    Value(String, String),
    /// The request has two values for the setting.
    Contradiction(String),
    /// Backdating is compensated for under full enforcement.
    Compensation,
    /// Another change of the directory's settings is under way.
    Busy(DirectoryId),
}

impl Coded for SettingError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::None | Self::Value(..) => ErrorCode::InvalidParameterException,
            Self::Unknown(_) => ErrorCode::UnsupportedSettingsException,
            Self::Contradiction(_) | Self::Compensation => ErrorCode::IncompatibleSettingsException,
            Self::Busy(_) => ErrorCode::DirectoryUnavailableException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::None => "Settings must name at least one setting.".into(),
            Self::Unknown(name) => format!("The setting {name} is not supported.").into(),
            Self::Value(name, value) => format!("The value {value} is not allowed for the setting {name}.").into(),
            Self::Contradiction(name) => format!("The setting {name} is given more than one value.").into(),
            Self::Compensation => {
                format!("The setting {BACKDATING} cannot be used while {ENFORCEMENT} is {FULL_ENFORCEMENT}.").into()
            }
            Self::Busy(id) => format!("Settings of the directory {id} are being updated.").into(),
        }
    }
}
