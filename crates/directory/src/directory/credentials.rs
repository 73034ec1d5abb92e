//! What users and computers sign on with: passwords, computer accounts, single sign-on.

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

/// The users of every Samba domain whose passwords can be reset, which is none of its administrators but the first.
/// Others come in by tools that do not pass here.
const SIMPLE_USERS: [&str; 3] = ["administrator", "guest", "krbtgt"];

impl api::Credentials for Service {
    fn create_computer(tx: &mut Tx<'_>, input: CreateComputerInput) -> Result<CreateComputerOutput> {
        let view = tx.view();
        let directory = availability::directory_to_join(&view, &input.directory_id)?;
        let unit = input.organizational_unit_distinguished_name.as_deref();
        let container = computers::require_room(directory, &input.computer_name, unit)?;
        let id = directory.id.clone();
        let sid = computers::add(tx, &id, &input.computer_name, container);
        let answer = Computer {
            computer_attributes: input.computer_attributes.filter(|attributes| !attributes.is_empty()),
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
        // Inferred: turning off what is off succeeds.
        set_sso(tx, &input.directory_id, false);
        Ok(DisableSsoOutput {})
    }

    fn reset_user_password(tx: &mut Tx<'_>, input: ResetUserPasswordInput) -> Result<ResetUserPasswordOutput> {
        let view = tx.view();
        let directory = availability::directory(&view, &input.directory_id)?.directory;
        let known = match directory.domain {
            Some(_) => data::enable_user(tx, &input.directory_id, &input.user_name),
            None => SIMPLE_USERS.contains(&input.user_name.to_lowercase().as_str()),
        };
        require(known, CredentialError::UnknownUser(input.user_name.clone()))?;
        require(passwords::is_strong(input.new_password.as_str(), &input.user_name), CredentialError::WeakPassword)?;
        Ok(ResetUserPasswordOutput {})
    }
}

/// What is refused here.
#[derive(Clone, Debug, PartialEq)]
pub enum CredentialError {
    /// The alias is another directory's.
    AliasTaken(String),
    /// The directory has an alias.
    HasAlias,
    /// The directory has no alias, which single sign-on needs.
    NoAlias(DirectoryId),
    /// An account that cannot sign on to the customer's domain.
    Account,
    /// No user of that name whose password can be reset.
    UnknownUser(String),
    /// A password that the domain's policy does not take.
    WeakPassword,
    /// A name that no computer can have.
    ComputerName,
    /// No such unit in the domain.
    UnknownUnit(String),
    /// A name that another computer has.
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

    #[rustfmt::skip]
    fn text(&self) -> Cow<'static, str> {
        match self {
            // Known.
            Self::AliasTaken(alias) => format!("Alias '{alias}' already exists.").into(),
            // Known.
            Self::HasAlias => "The directory in the request already has an alias. That alias must be deleted before a new alias can be created.".into(),
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

/// Requires that a connector is given both halves of an account or none. Which accounts the customer's domain has is
/// not known, so they are believed; other directories do not look at them.
// Inferred: half an account cannot sign on.
fn require_account(directory: &Directory, name: Option<&str>, password: Option<&Secret>) -> Result<()> {
    let is_looked_at = directory.kind == DirectoryKind::Connector;
    require(!is_looked_at || name.is_some() == password.is_some(), CredentialError::Account.into())
}

fn set_sso(tx: &mut Tx<'_>, id: &DirectoryId, enabled: bool) {
    tx.regional_mut(id).access.sso_enabled = enabled;
}
