//! What is wrong with certificates, and with what clients prove who they are by.

use std::borrow::Cow;

use model::DirectoryId;
use model::ds::ErrorCode;
use model::ds::types::{
    CaEnrollmentPolicyStatus, CertificateState, CertificateType, ClientAuthenticationStatus, LDAPSStatus,
};

/// A refusal, named by what is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum SecurityError {
    /// A text that is not one certificate in PEM.
    NotACertificate,
    /// A certificate that is signed with RSASSA-PSS.
    Algorithm,
    /// A certificate that expires too soon, or has expired.
    Expiry,
    /// A certificate that is registered already.
    CertificateExists,
    /// So many certificates of the type, the most there may be.
    CertificateLimit(usize),
    /// No such certificate of the directory.
    UnknownCertificate(String),
    /// The last certificate of a type that something needs.
    CertificateInUse(CertificateType),
    /// A certificate in a state in which this cannot be done.
    CertificateState(String, CertificateState),
    /// Settings of client authentication, for a certificate of another type.
    ClientSettings,
    /// No certificate of a type that could be used.
    NoCertificate(CertificateType),

    /// LDAP over TLS is in a status in which this cannot be done.
    LdapsStatus(LDAPSStatus),

    /// Client authentication is, already, as wanted.
    ClientAuthenticationStatus(ClientAuthenticationStatus),
    /// A Region without client authentication.
    ClientAuthenticationRegion,
    /// A type of client authentication that is not offered.
    ClientAuthenticationType,
    /// A token that this list did not give, where the model has no error of its own for it.
    NextToken,

    /// RADIUS settings without this member.
    RadiusMember(&'static str),
    /// RADIUS is configured.
    RadiusExists(DirectoryId),
    /// RADIUS is not configured.
    NoRadius(DirectoryId),

    /// The enrollment policy is being enabled.
    Enabling,
    /// The enrollment policy is being disabled.
    Disabling,
    /// The enrollment policy is on its way to another status.
    InTransition(CaEnrollmentPolicyStatus),
    /// There is an enrollment policy.
    EnrollmentExists(DirectoryId),
    /// There is no enrollment policy.
    NoEnrollment(DirectoryId),
    /// A connector of another account or Region.
    UnknownConnector(String),
}

impl SecurityError {
    /// The model's code.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::NotACertificate | Self::Algorithm | Self::Expiry => ErrorCode::InvalidCertificateException,
            Self::CertificateExists => ErrorCode::CertificateAlreadyExistsException,
            Self::CertificateLimit(_) => ErrorCode::CertificateLimitExceededException,
            Self::UnknownCertificate(_) => ErrorCode::CertificateDoesNotExistException,
            Self::CertificateInUse(_) => ErrorCode::CertificateInUseException,
            Self::CertificateState(..) => ErrorCode::ClientException,
            Self::NoCertificate(_) => ErrorCode::NoAvailableCertificateException,
            Self::LdapsStatus(_) => ErrorCode::InvalidLDAPSStatusException,
            Self::ClientAuthenticationStatus(_) => ErrorCode::InvalidClientAuthStatusException,
            Self::ClientAuthenticationRegion => ErrorCode::AccessDeniedException,
            Self::ClientAuthenticationType => ErrorCode::UnsupportedOperationException,
            Self::ClientSettings | Self::NextToken | Self::RadiusMember(_) => ErrorCode::InvalidParameterException,
            Self::RadiusExists(_) | Self::EnrollmentExists(_) => ErrorCode::EntityAlreadyExistsException,
            Self::NoRadius(_) | Self::NoEnrollment(_) | Self::UnknownConnector(_) => {
                ErrorCode::EntityDoesNotExistException
            }
            Self::Enabling => ErrorCode::EnableAlreadyInProgressException,
            Self::Disabling => ErrorCode::DisableAlreadyInProgressException,
            Self::InTransition(_) => ErrorCode::DirectoryUnavailableException,
        }
    }

    /// The text. None is public.
    #[rustfmt::skip]
    pub fn text(&self) -> Cow<'static, str> {
        match self {
            Self::NotACertificate => "The certificate must be one X.509 certificate in PEM format.".into(),
            Self::Algorithm => "Certificates that use the RSASSA-PSS signature algorithm are not supported.".into(),
            Self::Expiry => "The certificate must expire more than 90 days from now.".into(),
            Self::CertificateExists => "The certificate is already registered.".into(),
            Self::CertificateLimit(most) => format!("Certificate limit exceeded. A maximum of {most} certificates may be registered.").into(),
            Self::UnknownCertificate(id) => format!("Certificate {id} does not exist.").into(),
            Self::CertificateInUse(CertificateType::ClientLdaps) => "The certificate is in use. Disable LDAPS before you deregister the last certificate.".into(),
            Self::CertificateInUse(CertificateType::ClientCertAuth) => "The certificate is in use. Disable client authentication before you deregister the last certificate.".into(),
            Self::CertificateState(id, state) => format!("Certificate {id} is not in a valid state: {}", state.as_str()).into(),
            Self::ClientSettings => "ClientCertAuthSettings can be specified for certificates of the type ClientCertAuth only.".into(),
            Self::NoCertificate(kind) => format!("At least one valid certificate of the type {} must be registered.", kind.as_str()).into(),

            Self::LdapsStatus(status) => format!("LDAPS is {}.", status.as_str()).into(),

            Self::ClientAuthenticationStatus(status) => format!("Client authentication is already {}.", status.as_str()).into(),
            Self::ClientAuthenticationRegion => "Client authentication is not available in this Region.".into(),
            Self::ClientAuthenticationType => "The only supported type of client authentication is SmartCard.".into(),
            Self::NextToken => "Invalid value passed for the NextToken parameter".into(),

            Self::RadiusMember(name) => format!("RadiusSettings must specify {name}.").into(),
            Self::RadiusExists(id) => format!("RADIUS is already enabled for directory {id}.").into(),
            Self::NoRadius(id) => format!("RADIUS is not enabled for directory {id}.").into(),

            Self::Enabling => "The CA enrollment policy is already being enabled.".into(),
            Self::Disabling => "The CA enrollment policy is already being disabled.".into(),
            Self::InTransition(status) => format!("The CA enrollment policy is not in a valid state: {}", status.as_str()).into(),
            Self::EnrollmentExists(id) => format!("A CA enrollment policy is already enabled for directory {id}.").into(),
            Self::NoEnrollment(id) => format!("Directory {id} has no CA enrollment policy.").into(),
            Self::UnknownConnector(arn) => format!("Connector {arn} does not exist.").into(),
        }
    }
}
