//! The texts of errors. All are inferred: no text is public, and clients go by the code and the reason.

use std::borrow::Cow;

use super::error::Error;

/// The text of an error.
#[rustfmt::skip]
pub fn text(error: &Error) -> Cow<'static, str> {
    match error {
        Error::Throttled => "The limit on requests has been exceeded.".into(),
        Error::UnknownDirectory(id) => format!("You do not have access to directory {id}.").into(),
        Error::DirectoryType => "The directory type does not support this operation.".into(),
        Error::SecondaryRegion => "The operation is supported in the primary Region of the directory only.".into(),
        Error::DataDisabled => "Directory data access is not enabled for the directory.".into(),
        Error::Unavailable(id) => format!("Directory {id} is not in a valid state.").into(),
        Error::Realm => "The realm is not the directory's domain or a domain that it trusts.".into(),
        Error::Trust => "The trust with the realm could not be used.".into(),
        Error::TrustedDomain => "The realm did not answer in time.".into(),
        Error::NextToken => "Invalid value passed for the NextToken parameter.".into(),
        Error::UnknownUser(name) => format!("User {name} was not found.").into(),
        Error::UnknownGroup(name) => format!("Group {name} was not found.").into(),
        Error::UnknownMember(name) => format!("Member {name} was not found.").into(),
        Error::NotWritable(name) => format!("You do not have access to {name}: it is not in your organizational unit.").into(),
        Error::NameTaken(name) => format!("An object with the name {name} already exists.").into(),
        Error::TokenReused => "The client token was already used with other parameters.".into(),
        Error::DuplicateAttribute(name) => format!("Attribute {name} is given more than once.").into(),
        Error::UnknownAttribute(name) => format!("Attribute {name} is unknown.").into(),
        Error::NotOfUsers(name) => format!("Attribute {name} cannot be used for users.").into(),
        Error::NotOfGroups(name) => format!("Attribute {name} cannot be used for groups.").into(),
        Error::NotSearched(name) => format!("Attribute {name} cannot be used for searches.").into(),
        Error::ReadOnlyAttribute(name) => format!("Attribute {name} cannot be modified.").into(),
        Error::AttributeValue(name) => format!("The value of attribute {name} is invalid.").into(),
        Error::SearchString => "The search string cannot have wildcards.".into(),
        Error::AttributeExists(name) => format!("Attribute {name} already has a value.").into(),
        Error::AttributeMissing(name) => format!("Attribute {name} does not have the value.").into(),
        Error::NothingToChange => "At least one attribute must be given.".into(),
        Error::Scope => "The group cannot be changed to that scope.".into(),
        Error::Nesting => "The group cannot have the member.".into(),
        Error::AlreadyMember(name) => format!("{name} is already a member of the group.").into(),
        Error::NotMember(name) => format!("{name} is not a member of the group.").into(),
    }
}
