//! Passwords, computer accounts and single sign-on.

use std::borrow::Cow;

use model::ds::ErrorCode;
use model::ds::types::{
    Computer, CreateComputerInput, CreateComputerOutput, DisableSsoInput, DisableSsoOutput, EnableSsoInput,
    EnableSsoOutput, ResetUserPasswordInput, ResetUserPasswordOutput,
};
use model::{DirectoryId, Secret};
use world::{Directory, DirectoryKind, Tx};

use crate::directory::{computers, passwords};
use crate::error::{Coded, Result, require};
use crate::generated::api;
use crate::{Service, availability, data};

/// The users of a new Simple AD domain whose passwords can be reset. Other users are made by tools that do not call
/// this service, so they are unknown here.
const SIMPLE_AD_USERS: [&str; 3] = ["administrator", "guest", "krbtgt"];

impl api::Credentials for Service {
    fn create_computer(tx: &mut Tx<'_>, input: CreateComputerInput) -> Result<CreateComputerOutput> {
        let view = tx.view();
        let directory = availability::directory_to_join(&view, &input.directory_id)?;
        let unit = input.organizational_unit_distinguished_name.as_deref();
        let container = computers::require_room(directory, &input.computer_name, unit)?;
        let id = directory.id.clone();
        let attributes = computers::attributes(directory, &input.computer_name, &container);
        let sid = computers::add(tx, &id, &input.computer_name, container);
        let answer = Computer {
            computer_attributes: Some(attributes),
            computer_id: Some(sid.into()),
            computer_name: Some(input.computer_name),
        };
        Ok(CreateComputerOutput { computer: Some(answer) })
    }

    fn enable_sso(tx: &mut Tx<'_>, input: EnableSsoInput) -> Result<EnableSsoOutput> {
        let view = tx.view();
        let found = availability::directory(&view, &input.directory_id)?;
        require(found.regional.access.alias.is_some(), CredentialError::NoAlias(input.directory_id.clone()))?;
        require_account(found.directory, input.user_name.as_deref(), input.password.as_ref())?;
        set_sso(tx, &input.directory_id, true);
        Ok(EnableSsoOutput {})
    }

    fn disable_sso(tx: &mut Tx<'_>, input: DisableSsoInput) -> Result<DisableSsoOutput> {
        let view = tx.view();
        let directory = availability::directory(&view, &input.directory_id)?.directory;
        require_account(directory, input.user_name.as_deref(), input.password.as_ref())?;
        // Inferred: disabling what is disabled succeeds.
        set_sso(tx, &input.directory_id, false);
        Ok(DisableSsoOutput {})
    }

    fn reset_user_password(tx: &mut Tx<'_>, input: ResetUserPasswordInput) -> Result<ResetUserPasswordOutput> {
        let view = tx.view();
        let directory = availability::directory(&view, &input.directory_id)?.directory;
        let exists = match directory.domain {
            Some(_) => data::enable_user(tx, &input.directory_id, &input.user_name),
            None => SIMPLE_AD_USERS.contains(&input.user_name.to_lowercase().as_str()),
        };
        require(exists, CredentialError::UnknownUser(input.user_name.clone()))?;
        require(passwords::is_strong(input.new_password.as_str(), &input.user_name), CredentialError::WeakPassword)?;
        Ok(ResetUserPasswordOutput {})
    }
}

/// Why passwords, computer accounts and single sign-on are refused.
#[derive(Clone, Debug, PartialEq)]
pub enum CredentialError {
    /// Another directory has the alias.
    AliasTaken(String),
    /// The directory has an alias.
    HasAlias,
    /// Single sign-on needs an alias, and the directory has none.
    NoAlias(DirectoryId),
    /// The account cannot sign on to the customer's domain.
    Account,
    /// There is no user of that name whose password can be reset.
    UnknownUser(String),
    /// The domain's policy does not allow the password.
    WeakPassword,
    /// No computer can have the name.
    ComputerName,
    /// The domain has no such unit.
    UnknownUnit(String),
    /// Another account has the name.
    ComputerTaken(String),
}

impl Coded for CredentialError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::AliasTaken(_) | Self::ComputerTaken(_) => ErrorCode::EntityAlreadyExistsException,
            Self::HasAlias | Self::ComputerName | Self::UnknownUnit(_) => ErrorCode::InvalidParameterException,
            Self::NoAlias(_) => ErrorCode::ClientException,
            Self::Account => ErrorCode::AuthenticationFailedException,
            Self::UnknownUser(_) => ErrorCode::UserDoesNotExistException,
            Self::WeakPassword => ErrorCode::InvalidPasswordException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            // Known.
            Self::AliasTaken(alias) => format!("Alias '{alias}' already exists.").into(),
            // Known.
            Self::HasAlias => "The directory in the request already has an alias. \
                That alias must be deleted before a new alias can be created."
                .into(),
            // Known.
            Self::NoAlias(id) => format!("An alias is required before enabling SSO. DomainId={id}").into(),
            Self::Account => "The user name and password could not be authenticated.".into(),
            Self::UnknownUser(name) => format!("The user {name} does not exist.").into(),
            Self::WeakPassword => "The new password does not meet the password policy of the directory.".into(),
            Self::ComputerName => "Invalid computer name.".into(),
            Self::UnknownUnit(unit) => format!("The organizational unit {unit} does not exist.").into(),
            Self::ComputerTaken(name) => format!("The computer {name} already exists.").into(),
        }
    }
}

/// Requires both the user name and the password, or neither, for a connector. Every account is assumed to exist in the
/// customer's domain. Other directories ignore them.
// Inferred: one without the other cannot sign on.
fn require_account(directory: &Directory, name: Option<&str>, password: Option<&Secret>) -> Result<()> {
    let is_connector = directory.kind == DirectoryKind::Connector;
    require(!is_connector || name.is_some() == password.is_some(), CredentialError::Account.into())
}

fn set_sso(tx: &mut Tx<'_>, id: &DirectoryId, enabled: bool) {
    tx.regional_mut(id).access.sso_enabled = enabled;
}
