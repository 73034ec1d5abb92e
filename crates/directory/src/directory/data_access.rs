//! Directory data access: the switch for Directory Service Data on a directory.

use model::ds::ErrorCode;
use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use model::ds::types::{
    DataAccessStatus, DescribeDirectoryDataAccessInput, DescribeDirectoryDataAccessOutput,
    DisableDirectoryDataAccessInput, DisableDirectoryDataAccessOutput, EnableDirectoryDataAccessInput,
    EnableDirectoryDataAccessOutput,
};
use model::{DirectoryId, Timestamp};
use world::{DataAccessWork, DirectoryWork, Failure, Tx, View, World};

use crate::data::built_in;
use crate::error::{Coded, Result};
use crate::failures::{CanFail, Failures, Finish};
use crate::generated::api;
use crate::{Service, availability};

/// Why a change of directory data access is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum DataAccessError {
    /// It has the status of the request, or will soon have it.
    Already(DataAccessStatus),
    /// It is changing to another status.
    InTransition(DataAccessStatus),
}

impl Coded for DataAccessError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Already(_) => ErrorCode::DirectoryInDesiredStateException,
            Self::InTransition(_) => ErrorCode::DirectoryUnavailableException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Already(status) => format!("Directory data access is already {}.", status.as_str()).into(),
            Self::InTransition(status) => format!("Directory data access is {}.", status.as_str()).into(),
        }
    }
}

/// Between Enabling and Enabled, or Disabling and Disabled.
const CHANGED: Duration = Duration::from_mins(3);

impl api::DataAccess for Service {
    fn describe_directory_data_access(
        view: &View<'_>,
        input: DescribeDirectoryDataAccessInput,
    ) -> Result<DescribeDirectoryDataAccessOutput> {
        let directory = availability::directory(view, &input.directory_id)?.directory;
        Ok(DescribeDirectoryDataAccessOutput { data_access_status: Some(directory.data_access) })
    }

    fn enable_directory_data_access(
        tx: &mut Tx<'_>,
        input: EnableDirectoryDataAccessInput,
    ) -> Result<EnableDirectoryDataAccessOutput> {
        let view = tx.view();
        let directory = availability::directory(&view, &input.directory_id)?.directory;
        match directory.data_access {
            status @ (DataAccessStatus::Enabled | DataAccessStatus::Enabling) => Err(DataAccessError::Already(status)),
            status @ DataAccessStatus::Disabling => Err(DataAccessError::InTransition(status)),
            DataAccessStatus::Disabled | DataAccessStatus::Failed => Ok(()),
        }?;
        add_service_user(tx, &input.directory_id);
        start(tx, &input.directory_id, DataAccessStatus::Enabling, DataAccessStatus::Enabled);
        Ok(EnableDirectoryDataAccessOutput {})
    }

    fn disable_directory_data_access(
        tx: &mut Tx<'_>,
        input: DisableDirectoryDataAccessInput,
    ) -> Result<DisableDirectoryDataAccessOutput> {
        let view = tx.view();
        let directory = availability::directory(&view, &input.directory_id)?.directory;
        match directory.data_access {
            status @ (DataAccessStatus::Disabled | DataAccessStatus::Disabling) => {
                Err(DataAccessError::Already(status))
            }
            status @ DataAccessStatus::Enabling => Err(DataAccessError::InTransition(status)),
            DataAccessStatus::Enabled | DataAccessStatus::Failed => Ok(()),
        }?;
        start(tx, &input.directory_id, DataAccessStatus::Disabling, DataAccessStatus::Disabled);
        Ok(DisableDirectoryDataAccessOutput {})
    }
}

impl Finish for DataAccessWork {
    fn finish(self, world: &mut World, _: Timestamp) {
        let Some(directory) = world.directory_mut(&self.directory) else { return };
        let is_due = matches!(
            (directory.data_access, self.status),
            (DataAccessStatus::Enabling, DataAccessStatus::Enabled)
                | (DataAccessStatus::Disabling, DataAccessStatus::Disabled)
        );
        if is_due {
            directory.data_access = self.failure.map_or(self.status, |failure| failure.status);
        }
    }
}

impl CanFail for DataAccessWork {
    type Status = DataAccessStatus;

    const FAILURES: &'static [Failures<DataAccessStatus>] = &[Failures::without_reason(
        &["EnableDirectoryDataAccess", "DisableDirectoryDataAccess"],
        &[DataAccessStatus::Failed],
    )];

    fn status_name(status: DataAccessStatus) -> &'static str {
        status.as_str()
    }

    fn failure(&mut self) -> &mut Option<Failure<DataAccessStatus>> {
        &mut self.failure
    }
}

/// Adds the user that the service acts as. It is made once, and stays when access is disabled.
fn add_service_user(tx: &mut Tx<'_>, id: &DirectoryId) {
    let domain = tx.world.directory(id).and_then(|directory| directory.domain.as_deref());
    if domain.is_none_or(built_in::has_service_user) {
        return;
    }
    let user = built_in::new_service_user(&mut tx.world.entropy);
    let domain = tx.directory_mut(id).domain.as_mut();
    Arc::make_mut(domain.expect("the domain was just found")).add_user(user);
}

fn start(tx: &mut Tx<'_>, id: &DirectoryId, now: DataAccessStatus, then: DataAccessStatus) {
    tx.directory_mut(id).data_access = now;
    let work = DataAccessWork { directory: id.clone(), status: then, failure: None };
    tx.after(CHANGED, DirectoryWork::DataAccess(work));
}
