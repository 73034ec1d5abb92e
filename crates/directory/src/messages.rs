//! The texts of errors. The protocol adds the request id at the end of each.
//!
//! "Recorded": from a public recording of AWS's answer. "Known": in use by other tools that repeat AWS's texts. The rest is
//! inferred: no text is public, and clients go by the code.

use std::borrow::Cow;

use crate::error::Error;

/// The text of an error.
#[rustfmt::skip]
pub fn text(error: &Error) -> Cow<'static, str> {
    match error {
        // Known.
        Error::UnknownEntity(id) | Error::UnknownDirectory(id) => format!("Directory {id} does not exist").into(),
        Error::WrongKind(_, text) => (*text).into(),
        Error::Stage(id, stage) | Error::Unavailable(id, stage) => format!("Directory {id} is not in a valid state: {}", stage.as_str()).into(),
        // Known.
        Error::NextToken => "Invalid value passed for the NextToken parameter".into(),
        Error::NoDirectoryIds => "DirectoryIds must name at least one directory.".into(),

        // Recorded: clients find out by it where Simple AD is offered.
        Error::NoSimpleAd => "Simple AD directory creation is currently not supported in this region".into(),
        // Recorded: likewise.
        Error::NoVpcSettings => "VpcSettings must be specified.".into(),
        Error::Network(refused) => refused.text(),
        Error::Unreachable(reason) => reason.to_string().into(),
        // Recorded.
        Error::Name => "Invalid directory name. The directory name must be between 2 and 64 characters, and can only contain alphanumeric \
            characters, periods (.). or minus signs (-). Also, the directory name must begin and end with an alphanumeric character.".into(),
        Error::ShortName => "Invalid directory short name. The short name must be between 1 and 15 characters.".into(),
        Error::Password => "Invalid password. The password must not contain the word admin.".into(),
        Error::Edition => "The Hybrid edition cannot be created with this operation.".into(),
        Error::NetworkType => "The network type must be IPv4 or Dual-stack.".into(),
        Error::NoDnsServers => "The IP addresses of DNS servers that the network type can reach must be specified.".into(),
        // Known.
        Error::DirectoryLimit(most) => format!("Directory limit exceeded. A maximum of {most} directories may be created").into(),
        // Known, for all that it sounds odd.
        Error::CreationTags => "Tag Limit is exceeding".into(),
        Error::StillShared => "Cannot delete the directory because it is shared with other accounts.".into(),

        Error::TargetMalformed(target) => format!("The target {target} is not an AWS account ID.").into(),
        // Recorded: a tool by AWS says it before it calls.
        Error::TargetIsOwner(owner) => format!("The Target AWS account ID {owner} you specified cannot be the same as the directory owner AWS account ID {owner}").into(),
        Error::TargetOutside(target) => format!("The account {target} is not a member of your organization.").into(),
        Error::TargetInactive(target) => format!("The account {target} is not active.").into(),
        Error::NotInOrganization => "Your account is not a member of an organization.".into(),
        Error::NotAllFeatures => "Your organization does not have all features enabled.".into(),
        Error::NotManagement => "Only the management account of an organization can share a directory within the organization.".into(),
        Error::NoTrustedAccess => "Trusted access for ds.amazonaws.com is not enabled in your organization.".into(),
        Error::AlreadyShared(target) => format!("The directory is already shared with the account {target}.").into(),
        Error::AlreadyAccepted(id) => format!("The shared directory {id} is already shared with your account.").into(),
        Error::ShareLimit(most) => format!("Share limit exceeded. The directory may be shared with a maximum of {most} accounts.").into(),
        Error::NotShared(target) => format!("The directory is not shared with the account {target}.").into(),
        Error::NotASharedDirectory(id) => format!("Directory {id} is not a shared directory.").into(),
        Error::NotPending(id, status) => format!("The shared directory {id} cannot be accepted or rejected in the status {}.", status.as_str()).into(),
        Error::ShareInTransition(id, status) => format!("Directory {id} is not in a valid state: {}", status.as_str()).into(),

        // Known.
        Error::TagLimit => "Tag limit exceeded".into(),
        Error::ReservedTagKey => "Tag keys must not begin with aws:.".into(),
        Error::StillInRegions => "Cannot delete the directory because it is replicated to additional Regions.".into(),
        Error::DataAccessAlready(status) => format!("Directory data access is already {}.", status.as_str()).into(),
        Error::DataAccessInTransition(status) => format!("Directory data access is {}.", status.as_str()).into(),
        Error::Credentials(refused) => refused.text(),
        Error::Hybrid(refused) => refused.text(),
        Error::Region(refused) => refused.text(),
        Error::Trust(refused) => refused.text(),
        Error::ConditionalForwarder(refused) => refused.text(),
        Error::IpRoute(refused) => refused.text(),
        Error::DomainController(refused) => refused.text(),
        Error::Security(error) => error.text(),
        Error::Snapshot(refused) => refused.text(),
        Error::SchemaExtension(refused) => refused.text(),
        Error::Setting(refused) => refused.text(),
        Error::LogSubscription(refused) => refused.text(),
        Error::EventTopic(refused) => refused.text(),
        Error::Update(refused) => refused.text(),
    }
}
