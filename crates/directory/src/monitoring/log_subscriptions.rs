//! Log subscriptions: the log group that receives a directory's security logs. Each Region has at most one.

use std::borrow::Cow;

use model::DirectoryId;
use model::ds::ErrorCode;
use model::ds::types::{
    CreateLogSubscriptionInput, CreateLogSubscriptionOutput, DeleteLogSubscriptionInput, DeleteLogSubscriptionOutput,
    ListLogSubscriptionsInput, ListLogSubscriptionsOutput, LogSubscription as LogSubscriptionRow,
};
use world::{Directory, LogSubscription, Scan, Tx, View};

use crate::directory::view;
use crate::error::{Coded, Result, require};
use crate::generated::api;
use crate::{Service, availability, lookup};

impl api::LogSubscriptions for Service {
    fn create_log_subscription(
        tx: &mut Tx<'_>,
        input: CreateLogSubscriptionInput,
    ) -> Result<CreateLogSubscriptionOutput> {
        let view = tx.view();
        let regional = availability::directory(&view, &input.directory_id)?.regional;
        require(regional.monitoring.log_subscription.is_none(), LogSubscriptionError::Exists)?;
        require_log_group(tx, &input.log_group_name)?;
        let created_at = tx.now;
        let subscription = LogSubscription { log_group: input.log_group_name.into(), created_at };
        set_subscription(tx, &input.directory_id, Some(subscription));
        Ok(CreateLogSubscriptionOutput {})
    }

    fn delete_log_subscription(
        tx: &mut Tx<'_>,
        input: DeleteLogSubscriptionInput,
    ) -> Result<DeleteLogSubscriptionOutput> {
        let view = tx.view();
        let regional = availability::directory(&view, &input.directory_id)?.regional;
        require(
            regional.monitoring.log_subscription.is_some(),
            LogSubscriptionError::Unknown(input.directory_id.clone()),
        )?;
        set_subscription(tx, &input.directory_id, None);
        Ok(DeleteLogSubscriptionOutput {})
    }

    fn list_log_subscriptions(view: &View<'_>, input: ListLogSubscriptionsInput) -> Result<ListLogSubscriptionsOutput> {
        let id = input.directory_id.as_ref();
        let directory = id.map(|id| availability::directory(view, id)).transpose()?;
        let directories: Vec<&Directory> = match directory {
            Some(found) => vec![found.directory],
            None => lookup::own_directories(view).collect(),
        };
        let rows = directories.into_iter().filter_map(|directory| Some((directory.sequence, row(view, directory)?)));
        let (token, limit) = (input.next_token.as_deref(), view::page_size(input.limit));
        let page =
            scan(view, id).page(token, limit, |after| rows.filter(move |(sequence, _)| Some(*sequence) > after))?;
        Ok(ListLogSubscriptionsOutput { log_subscriptions: Some(page.items), next_token: page.next_token })
    }
}

/// Requires a log group whose policy lets the service write to it. Where none are declared, every name is assumed to be
/// one.
fn require_log_group(tx: &Tx<'_>, name: &str) -> Result<()> {
    let Some(groups) = tx.known(|surroundings| &surroundings.log_groups).listed()? else { return Ok(()) };
    let found = groups.get(&(tx.caller.account, tx.caller.region.clone(), name.into()));
    let group = found.ok_or_else(|| LogSubscriptionError::UnknownGroup(name.to_owned()))?;
    require(group.admits_directory_service, LogSubscriptionError::Permissions(name.to_owned()).into())
}

fn set_subscription(tx: &mut Tx<'_>, id: &DirectoryId, subscription: Option<LogSubscription>) {
    tx.regional_mut(id).monitoring.log_subscription = subscription;
}

fn row(view: &View<'_>, directory: &Directory) -> Option<LogSubscriptionRow> {
    let subscription = directory.regional(&view.caller.region)?.monitoring.log_subscription.as_ref()?;
    Some(LogSubscriptionRow {
        directory_id: Some(directory.id.clone()),
        log_group_name: Some(subscription.log_group.to_string()),
        subscription_created_date_time: Some(subscription.created_at),
    })
}

fn scan(view: &View<'_>, directory: Option<&DirectoryId>) -> Scan {
    let account = view.caller.account.to_string();
    let directory = directory.map_or("", DirectoryId::as_str);
    view.scan(&[&account, view.caller.region.as_str(), directory])
}

/// Why a log subscription is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum LogSubscriptionError {
    /// The directory already has a subscription in the Region.
    Exists,
    /// The directory has no subscription in the Region.
    Unknown(DirectoryId),
    /// The log group does not exist in the account and Region.
    UnknownGroup(String),
    /// No policy lets the service write to the log group.
    Permissions(String),
}

impl Coded for LogSubscriptionError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Exists => ErrorCode::EntityAlreadyExistsException,
            Self::Unknown(_) | Self::UnknownGroup(_) => ErrorCode::EntityDoesNotExistException,
            Self::Permissions(_) => ErrorCode::InsufficientPermissionsException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Exists => "Log subscription already exists".into(),
            Self::Unknown(id) => format!("Log subscription for {id} does not exist").into(),
            Self::UnknownGroup(name) => format!("Log group {name} does not exist").into(),
            Self::Permissions(name) => {
                format!("The resource policy of log group {name} does not allow ds.amazonaws.com to write to it.")
                    .into()
            }
        }
    }
}
