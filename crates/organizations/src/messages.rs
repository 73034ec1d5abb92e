//! The texts of errors.
//!
//! `recorded` marks texts that were seen in answers of AWS, `moto` texts that moto's authors copied from AWS. The
//! others are in AWS's style; only their type and reason are AWS's.

use model::organizations::ErrorCode;
use model::organizations::errors::{
    ConstraintViolationExceptionReason as Constraint, HandshakeConstraintViolationExceptionReason as Handshake,
    InvalidInputExceptionReason as Input,
};

use crate::fault_messages;

/// The text of an error.
pub fn text(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::ConstraintViolationException(reason) => reason.map_or("The request exceeds a limit.", constraint),
        ErrorCode::HandshakeConstraintViolationException(reason) => {
            reason.map_or("The handshake violates a constraint.", handshake)
        }
        ErrorCode::InvalidInputException(reason) => reason.map_or("You provided invalid values.", input),
        other => plain(other),
    }
}

/// Errors without a reason.
fn plain(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::AWSOrganizationsNotInUseException => "Your account is not a member of an organization.", // recorded
        ErrorCode::AccessDeniedException => "You don't have permissions to access this resource.",          // recorded
        ErrorCode::AccountAlreadyClosedException => "The provided account is already closed.",              // moto
        ErrorCode::AccountNotFoundException => "You specified an account that doesn't exist.",              // moto
        // recorded
        ErrorCode::AccountAlreadyRegisteredException => {
            "The provided account is already a delegated administrator for your organization."
        }
        // moto
        ErrorCode::AccountNotRegisteredException => {
            "The provided account is not a registered delegated administrator for your organization."
        }
        // moto
        ErrorCode::AlreadyInOrganizationException => "The provided account is already a member of an organization.",
        ErrorCode::ChildNotFoundException => "You specified a child that doesn't exist.",
        ErrorCode::ConflictException => "The request conflicts with the current state of the account.",
        ErrorCode::CreateAccountStatusNotFoundException => "You specified a create account request that doesn't exist.",
        ErrorCode::DestinationParentNotFoundException => "You specified a destination parent that doesn't exist.",
        ErrorCode::DuplicateAccountException => "The account is already in the specified destination.",
        ErrorCode::DuplicateHandshakeException => "A handshake with the same action and target already exists.",
        ErrorCode::DuplicateOrganizationalUnitException => "An OU with the same name already exists.", // moto
        ErrorCode::EffectivePolicyNotFoundException => {
            "There is no effective policy of the specified type for the account."
        }
        ErrorCode::HandshakeAlreadyInStateException => "The handshake is already in the requested state.",
        ErrorCode::HandshakeNotFoundException => "You specified a handshake that doesn't exist.",
        ErrorCode::InvalidHandshakeTransitionException => {
            "You can't perform that operation on the handshake in its current state."
        }
        ErrorCode::MasterCannotLeaveOrganizationException => {
            "The management account can't leave its organization. To remove it, delete the organization."
        }
        // recorded
        ErrorCode::OrganizationNotEmptyException => {
            "To delete an organization you must first remove all member accounts (except the master)."
        }
        ErrorCode::OrganizationalUnitNotEmptyException => {
            "The organizational unit is not empty. Move all accounts and delete all child OUs, then try again."
        }
        // moto
        ErrorCode::OrganizationalUnitNotFoundException => "You specified an organizational unit that doesn't exist.",
        ErrorCode::DuplicatePolicyAttachmentException => "The policy is already attached to the specified target.",
        ErrorCode::DuplicatePolicyException => "A policy with the specified name and type already exists.", // recorded
        // recorded, for every error in a document
        ErrorCode::MalformedPolicyDocumentException => {
            "The provided policy document does not meet the requirements of the specified policy type."
        }
        ErrorCode::PolicyInUseException => {
            "The policy is attached to one or more entities. Detach it from all roots, OUs and accounts before you \
             delete it."
        }
        ErrorCode::PolicyNotAttachedException => "The policy isn't attached to the specified target.",
        ErrorCode::PolicyNotFoundException => "You specified a policy that doesn't exist.", // moto
        ErrorCode::PolicyTypeAlreadyEnabledException => "The specified policy type is already enabled.", // moto
        ErrorCode::PolicyTypeNotAvailableForOrganizationException => {
            "You can't use the specified policy type with the feature set currently enabled for your organization."
        }
        // recorded
        ErrorCode::PolicyTypeNotEnabledException => "This operation can be performed only for enabled policy types.",
        ErrorCode::ResourcePolicyNotFoundException => "The organization has no resource policy.",
        ErrorCode::RootNotFoundException => "You specified a root that doesn't exist.", // moto
        ErrorCode::ParentNotFoundException => "You specified parent that doesn't exist.", // moto
        ErrorCode::SourceParentNotFoundException => "You specified a source parent that doesn't exist.",
        ErrorCode::TargetNotFoundException => "You specified a target that doesn't exist.", // moto
        other => transfer(other),
    }
}

/// Errors about transfers.
fn transfer(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::InvalidResponsibilityTransferTransitionException => {
            "You can't perform that operation on the transfer in its current status."
        }
        ErrorCode::ResponsibilityTransferAlreadyInStatusException => "The transfer is already in the requested status.",
        ErrorCode::ResponsibilityTransferNotFoundException => "You specified a transfer that doesn't exist.",
        other => fault_messages::plain(other),
    }
}

fn constraint(reason: Constraint) -> &'static str {
    match reason {
        Constraint::AccountNumberLimitExceeded => "You have exceeded the allowed number of AWS accounts.", // recorded
        Constraint::OuNumberLimitExceeded => "You have exceeded the allowed number of organizational units.",
        // recorded
        Constraint::OuDepthLimitExceeded => {
            "You cannot add an organizational unit to the specified parent because it would exceed the max depth \
             allowed."
        }
        // The text is recorded, but not its reason.
        Constraint::AccountCannotLeaveOrganization => {
            "The member account is missing one or more of the prerequisites required to operate as a standalone \
             account. To add what is missing, sign-in to the member account using the AWS Organizations console, then \
             select to leave the organization. You will then be prompted to enter any missing information."
        }
        Constraint::AccountCreationRateLimitExceeded => {
            "You have exceeded the number of accounts that you can create at one time. Try again later."
        }
        // recorded
        Constraint::OrganizationNotInAllFeaturesMode => {
            "The request failed because the organization does not have all features enabled. Please enable all \
             features in your organization and then retry."
        }
        // recorded, with both spaces
        Constraint::WaitPeriodActive => "This operation requires a wait period.  Try again later.",
        Constraint::TagPolicyViolation => "The tags do not comply with the tag policy of your organization.",
        Constraint::MaxTagLimitExceeded => "You have exceeded the number of tags allowed on this resource.",
        Constraint::CannotRemoveDelegatedAdministratorFromOrg => {
            "You cannot remove an account that is a delegated administrator for a service of your organization. \
             Deregister it first."
        }
        Constraint::PolicyContentLimitExceeded => "You have exceeded the maximum policy size.", // recorded
        Constraint::PolicyNumberLimitExceeded => "You have exceeded the number of policies of this type.",
        // recorded
        Constraint::MaxPolicyTypeAttachmentLimitExceeded => {
            "You have attached the maximum number of policies to the specified target."
        }
        // recorded
        Constraint::MinPolicyTypeAttachmentLimitExceeded => {
            "You cannot remove the last policy attached to the specified target. You must have at least one attached \
             at all times."
        }
        Constraint::CannotCloseManagementAccount => "You cannot close the management account of the organization.",
        // recorded
        Constraint::CloseAccountQuotaExceeded => "You have exceeded close account quota for the past 30 days.",
        Constraint::CloseAccountRequestsLimitExceeded => {
            "You have exceeded the number of accounts that you can close at one time. Try again later."
        }
        Constraint::AllFeaturesMigrationOrganizationSizeLimitExceeded => {
            "Your organization has too many accounts to enable all features."
        }
        other => delegation_constraint(other),
    }
}

/// Reasons that concern trusted access and delegated administrators.
fn delegation_constraint(reason: Constraint) -> &'static str {
    match reason {
        // recorded
        Constraint::CannotRegisterMasterAsDelegatedAdministrator => {
            "You cannot register management account/yourself as delegated administrator for your organization."
        }
        Constraint::CannotRegisterSuspendedAccountAsDelegatedAdministrator => {
            "You cannot register an account that is not active as a delegated administrator."
        }
        Constraint::DelegatedAdministratorExistsForThisService => {
            "The service already has a delegated administrator. Deregister it first."
        }
        Constraint::MaxDelegatedAdministratorsForServiceLimitExceeded => {
            "You have exceeded the number of delegated administrators for the service."
        }
        Constraint::ServiceAccessNotEnabled => "Trusted access is not enabled for the service.",
        Constraint::PolicyTypeEnabledForThisService => {
            "You cannot disable trusted access for a service while its policy type is enabled."
        }
        other => transfer_constraint(other),
    }
}

/// Reasons that concern all features, partitions and transfers.
fn transfer_constraint(reason: Constraint) -> &'static str {
    match reason {
        Constraint::AllFeaturesMigrationOrganizationSizeLimitExceeded => {
            "Your organization has too many accounts to enable all features."
        }
        Constraint::MasterAccountNotGovcloudEnabled => {
            "The management account is not associated with an account in the AWS GovCloud (US) Region."
        }
        Constraint::ActiveResponsibilityTransferProcess => {
            "You cannot delete the organization while it has a pending or active responsibility transfer."
        }
        Constraint::ResponsibilityTransferMaxInboundQuotaViolation => {
            "You have exceeded the number of inbound transfers."
        }
        Constraint::ResponsibilityTransferMaxOutboundQuotaViolation => {
            "You have exceeded the number of outbound transfers."
        }
        Constraint::ResponsibilityTransferMaxLevelViolation => "You have exceeded the length of a chain of transfers.",
        Constraint::ResponsibilityTransferMaxTransfersQuotaViolation => {
            "You have exceeded the number of transfers in a chain of transfers."
        }
        Constraint::TransferResponsibilityUpdateNotAllowed => "You cannot update a transfer that is no longer active.",
        other => fault_messages::constraint(other),
    }
}

fn handshake(reason: Handshake) -> &'static str {
    match reason {
        // recorded, without a period here
        Handshake::AccountNumberLimitExceeded => "You have exceeded the allowed number of AWS accounts",
        Handshake::HandshakeRateLimitExceeded => {
            "You have exceeded the number of handshakes that you can send in one day. Try again later."
        }
        Handshake::AlreadyInAnOrganization => "The account is already a member of an organization.",
        Handshake::OrganizationAlreadyHasAllFeatures => "The organization already has all features enabled.",
        Handshake::OrganizationIsAlreadyPendingAllFeaturesMigration => {
            "The organization already has a pending request to enable all features."
        }
        Handshake::InviteDisabledDuringEnableAllFeatures => {
            "Invitations are disabled while the organization is enabling all features."
        }
        Handshake::ResponsibilityTransferAlreadyExists => "A transfer between these organizations already exists.",
        Handshake::SourceAndTargetCannotMatch => "You cannot invite your own organization to a transfer.",
        Handshake::TargetAccountValidationFailure => {
            "You specified an account that is not the management account of another organization."
        }
        other => fault_messages::handshake(other),
    }
}

fn input(reason: Input) -> &'static str {
    match reason {
        Input::InvalidPartyTypeTarget => "You specified a target of a type that can't be invited.",
        Input::InvalidEnum | Input::InvalidEnumPolicyType => "You specified an invalid value.", // moto
        Input::MaxLengthExceeded => "You provided a value that is longer than the allowed maximum.",
        Input::MaxValueExceeded => "You provided a value that is greater than the allowed maximum.",
        Input::MinLengthExceeded => "You provided a value that is shorter than the allowed minimum.",
        Input::MinValueExceeded => "You provided a value that is less than the allowed minimum.",
        Input::InvalidPattern => "You provided a value that does not match the required pattern.", // recorded
        Input::InvalidPatternTargetId => "You specified a policy target ID that does not match the required pattern.",
        Input::InputRequired => "You must provide a value for every required parameter.",
        Input::InvalidNextToken => "You specified a pagination token that is not valid for this request.",
        Input::MaxLimitExceededFilter => "You can specify only one filter parameter for this operation.",
        Input::UnrecognizedServicePrincipal => "You specified an unrecognized service principal.", // moto
        Input::InvalidRoleName => "You specified a role name that begins with the reserved prefix AWSServiceRoleFor.",
        Input::InvalidSystemTagsParameter => "You specified a tag key that begins with the reserved prefix aws:.",
        Input::InvalidResourcePolicyJson => "The resource policy is not a valid policy document.",
        Input::InvalidPrincipal => "The resource policy names a principal that can't be delegated to.",
        Input::UnsupportedActionInResourcePolicy => "The resource policy names an action that can't be delegated.",
        Input::UnsupportedResourceInResourcePolicy => "The resource policy names a resource that is not supported.",
        Input::UnsupportedPolicyTypeInResourcePolicy => {
            "The resource policy names a policy type that is not supported."
        }
        Input::ImmutablePolicy => "You cannot change a policy that is managed by AWS.",
        Input::NonDetachablePolicy => "You cannot detach this policy.",
        Input::TargetNotSupported => "You specified a target that the operation does not support.",
        Input::DuplicateTagKey => "You specified the same tag key more than once.",
        Input::StartDateNotBeginningOfDay => "You specified a start date that is not the beginning of a day.",
        Input::StartDateNotBeginningOfMonth => "You specified a start date that is not the first day of a month.",
        Input::StartDateTooEarly => "You specified a start date that is too early.",
        Input::StartDateTooLate => "You specified a start date that is too late.",
        Input::EndDateNotEndOfMonth => "You specified an end date that is not the end of the last day of a month.",
        Input::EndDateTooEarly => "You specified an end date that is too early.",
        Input::EndDateTooLate => "You specified an end date that is too late.",
        Input::InvalidEmailAddressTarget => "You specified an invalid email address for the target.",
        _ => "You provided invalid values.",
    }
}
