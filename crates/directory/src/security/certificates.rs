//! Certificates of certificate authorities, which a directory trusts.

use std::borrow::Cow;
use std::time::Duration;

use compact_str::CompactString;
use model::ds::ErrorCode;
use model::ds::types::{
    CertificateInfo, CertificateState, CertificateType, ClientCertAuthSettings, DeregisterCertificateInput,
    DeregisterCertificateOutput, DescribeCertificateInput, DescribeCertificateOutput, ListCertificatesInput,
    ListCertificatesOutput, RegisterCertificateInput, RegisterCertificateOutput,
};
use model::{DirectoryId, Timestamp};
use world::{Certificate, CertificateWork, DirectoryKind, DirectoryWork, Failure, Region, Security, Tx, View, World};

use crate::availability::RegionalDirectory;
use crate::directory::view;
use crate::error::{Coded, Result, require};
use crate::failures::{CanFail, Failures, Finish};
use crate::generated::api;
use crate::security::x509::{self, ParsedCertificate};
use crate::{Service, availability, ids};

/// A new certificate has to be valid for longer than this (administration guide, "CA certificate requirements").
const MIN_VALIDITY: Duration = Duration::from_hours(90 * 24);

/// The most rows of a page, a limit of the model. Also the number without a limit in the request.
const PAGE: i32 = 50;

/// Why a certificate is refused. No text is public.
#[derive(Clone, Debug, PartialEq)]
pub enum CertificateError {
    /// The text is not one certificate in PEM form.
    Malformed,
    /// The certificate is signed with RSASSA-PSS.
    Algorithm,
    /// The certificate expires too soon, or has expired.
    Expiry,
    /// The certificate is already registered.
    Exists,
    /// The directory has the most certificates of the type that it may have. With the quota.
    Limit(usize),
    /// The directory has no such certificate.
    Unknown(String),
    /// It is the last certificate of a type that is in use.
    InUse(CertificateType),
    /// The operation does not work in the state of the certificate.
    State(String, CertificateState),
    /// The request has settings for client authentication, and the certificate is of another type.
    ClientSettings,
    /// The certificate is for client authentication, and the directory is not an AD Connector.
    NotAConnector,
    /// The directory has no valid certificate of the type.
    NoneOfType(CertificateType),
}

impl Coded for CertificateError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Malformed | Self::Algorithm | Self::Expiry => ErrorCode::InvalidCertificateException,
            Self::Exists => ErrorCode::CertificateAlreadyExistsException,
            Self::Limit(_) => ErrorCode::CertificateLimitExceededException,
            Self::Unknown(_) => ErrorCode::CertificateDoesNotExistException,
            Self::InUse(_) => ErrorCode::CertificateInUseException,
            Self::State(..) => ErrorCode::ClientException,
            Self::ClientSettings => ErrorCode::InvalidParameterException,
            Self::NotAConnector => ErrorCode::UnsupportedOperationException,
            Self::NoneOfType(_) => ErrorCode::NoAvailableCertificateException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Malformed => "The certificate must be one X.509 certificate in PEM format.".into(),
            Self::Algorithm => "Certificates that use the RSASSA-PSS signature algorithm are not supported.".into(),
            Self::Expiry => "The certificate must expire more than 90 days from now.".into(),
            Self::Exists => "The certificate is already registered.".into(),
            Self::Limit(most) => {
                format!("Certificate limit exceeded. A maximum of {most} certificates may be registered.").into()
            }
            Self::Unknown(id) => format!("Certificate {id} does not exist.").into(),
            Self::InUse(kind) => {
                let user = match kind {
                    CertificateType::ClientLdaps => "LDAPS",
                    CertificateType::ClientCertAuth => "client authentication",
                };
                format!("The certificate is in use. Disable {user} before you deregister the last certificate.").into()
            }
            Self::State(id, state) => format!("Certificate {id} is not in a valid state: {}", state.as_str()).into(),
            Self::ClientSettings => {
                "ClientCertAuthSettings can be specified for certificates of the type ClientCertAuth only.".into()
            }
            Self::NotAConnector => "Client authentication is not supported for this directory type.".into(),
            Self::NoneOfType(kind) => {
                format!("At least one valid certificate of the type {} must be registered.", kind.as_str()).into()
            }
        }
    }
}

/// Between Registering and Registered, or Deregistering and gone.
const CHANGED: Duration = Duration::from_secs(30);

impl api::Certificates for Service {
    fn register_certificate(tx: &mut Tx<'_>, input: RegisterCertificateInput) -> Result<RegisterCertificateOutput> {
        let view = tx.view();
        let found = availability::directory(&view, &input.directory_id)?;
        let kind = input.kind.unwrap_or(CertificateType::ClientLdaps);
        require_usable(found, kind, input.client_cert_auth_settings.as_ref())?;
        let parsed = x509::parse(&input.certificate_data).map_err(|_| CertificateError::Malformed)?;
        require_acceptable(&parsed, view.now)?;
        require_room(&view, &found.regional.security, kind, &parsed)?;
        let ocsp_url = input.client_cert_auth_settings.and_then(|settings| settings.ocsp_url);
        let id = register(tx, &input.directory_id, kind, parsed, ocsp_url);
        Ok(RegisterCertificateOutput { certificate_id: Some(id.into()) })
    }

    fn deregister_certificate(
        tx: &mut Tx<'_>,
        input: DeregisterCertificateInput,
    ) -> Result<DeregisterCertificateOutput> {
        let view = tx.view();
        let found = availability::directory(&view, &input.directory_id)?;
        let certificate = find(found, &input.certificate_id)?;
        require_unused(&found.regional.security, certificate)?;
        let id = certificate.id.clone();
        let certificate = certificate_mut(&mut tx.regional_mut(&input.directory_id).security, &id);
        let certificate = certificate.expect("the certificate was just found");
        (certificate.state, certificate.reason) = (CertificateState::Deregistering, None);
        let region = tx.caller.region.clone();
        tx.after(CHANGED, work(input.directory_id, region, id, CertificateState::Deregistered));
        Ok(DeregisterCertificateOutput {})
    }

    fn describe_certificate(view: &View<'_>, input: DescribeCertificateInput) -> Result<DescribeCertificateOutput> {
        let found = availability::directory(view, &input.directory_id)?;
        let certificate = find(found, &input.certificate_id)?;
        Ok(DescribeCertificateOutput { certificate: Some(description(certificate)) })
    }

    fn list_certificates(view: &View<'_>, input: ListCertificatesInput) -> Result<ListCertificatesOutput> {
        let found = availability::directory(view, &input.directory_id)?;
        let scan = view.scan(&[view.caller.region.as_str(), input.directory_id.as_str()]);
        let limit = view::page_size(input.limit.or(Some(PAGE)));
        let page = scan.page(input.next_token.as_deref(), limit, |after: Option<u64>| {
            let from = after.map_or(0, |last| last + 1);
            found.regional.security.certificates.range(from..).map(|(sequence, certificate)| (*sequence, certificate))
        })?;
        let page = page.map(row);
        Ok(ListCertificatesOutput { certificates_info: Some(page.items), next_token: page.next_token })
    }
}

/// Moves a certificate to its next state. A deregistered one is removed.
impl Finish for CertificateWork {
    fn finish(self, world: &mut World, _: Timestamp) {
        let Some(security) = world.security_mut(&self.directory, &self.region) else { return };
        let found = security.certificates.iter().find(|(_, found)| found.id == self.certificate);
        let Some((sequence, current)) = found.map(|(sequence, found)| (*sequence, found.state)) else { return };
        let is_due = matches!(
            (current, self.state),
            (CertificateState::Registering, CertificateState::Registered)
                | (CertificateState::Deregistering, CertificateState::Deregistered)
        );
        if !is_due {
            return;
        }
        let (state, reason) = self.failure.map_or((self.state, None), |failure| (failure.status, failure.reason));
        if state == CertificateState::Deregistered {
            security.certificates.remove(&sequence);
        } else if let Some(certificate) = security.certificates.get_mut(&sequence) {
            (certificate.state, certificate.reason) = (state, reason);
        }
    }
}

impl CanFail for CertificateWork {
    type Status = CertificateState;

    const FAILURES: &'static [Failures<CertificateState>] = &[
        Failures::with_reason(&["RegisterCertificate"], &[CertificateState::RegisterFailed]),
        Failures::with_reason(&["DeregisterCertificate"], &[CertificateState::DeregisterFailed]),
    ];

    fn status_name(status: CertificateState) -> &'static str {
        status.as_str()
    }

    fn failure(&mut self) -> &mut Option<Failure<CertificateState>> {
        &mut self.failure
    }
}

fn work(directory: DirectoryId, region: Region, certificate: CompactString, state: CertificateState) -> DirectoryWork {
    DirectoryWork::Certificate(CertificateWork { directory, region, certificate, state, failure: None })
}

/// Requires a valid certificate of a type.
pub fn require_one(security: &Security, kind: CertificateType, now: Timestamp) -> Result<()> {
    let found = security.of_kind(kind).any(|certificate| certificate.is_valid(now));
    Ok(require(found, CertificateError::NoneOfType(kind))?)
}

/// Requires that the directory can use certificates of a type. Smart cards work with AD Connectors only.
fn require_usable(
    found: RegionalDirectory<'_>,
    kind: CertificateType,
    settings: Option<&ClientCertAuthSettings>,
) -> Result<()> {
    match kind {
        CertificateType::ClientCertAuth => {
            let is_connector = found.directory.kind == DirectoryKind::Connector;
            Ok(require(is_connector, CertificateError::NotAConnector)?)
        }
        // Inferred: the only setting is the URL to check the revocation of users' certificates.
        CertificateType::ClientLdaps => Ok(require(settings.is_none(), CertificateError::ClientSettings)?),
    }
}

// Inferred: it is not checked that a certificate is an authority's, that it is already valid, and that its signature is
// right. None of these are documented requirements.
fn require_acceptable(parsed: &ParsedCertificate, now: Timestamp) -> Result<()> {
    require(!parsed.is_pss, CertificateError::Algorithm)?;
    Ok(require(parsed.expires_at.since(now) > MIN_VALIDITY, CertificateError::Expiry)?)
}

/// Requires that the certificate is new, and that the directory may have one more.
// Inferred: one authority can issue certificates of servers and of users, so each type is checked on its own.
fn require_room(view: &View<'_>, security: &Security, kind: CertificateType, parsed: &ParsedCertificate) -> Result<()> {
    let exists = security.of_kind(kind).any(|certificate| *certificate.der == *parsed.der);
    require(!exists, CertificateError::Exists)?;
    let quotas = &view.world.settings.quotas;
    let most = match kind {
        CertificateType::ClientLdaps => quotas.ldaps_certificates,
        CertificateType::ClientCertAuth => quotas.client_certificates,
    };
    Ok(require(security.of_kind(kind).count() < most, CertificateError::Limit(most))?)
}

/// Requires that a certificate can be deregistered. The last registered certificate of a type that is in use cannot.
fn require_unused(security: &Security, certificate: &Certificate) -> Result<()> {
    let (kind, state) = (certificate.kind, certificate.state);
    let is_leaving = state == CertificateState::Deregistering;
    require(!is_leaving, CertificateError::State(certificate.id.to_string(), state))?;
    let is_last =
        certificate.is_registered() && security.of_kind(kind).filter(|other| other.is_registered()).count() == 1;
    Ok(require(!is_last || !security.needs(kind), CertificateError::InUse(kind))?)
}

fn register(
    tx: &mut Tx<'_>,
    directory: &DirectoryId,
    kind: CertificateType,
    parsed: ParsedCertificate,
    ocsp_url: Option<String>,
) -> CompactString {
    let id = ids::mint_certificate(tx);
    let sequence = tx.world.next_sequence();
    let certificate = Certificate {
        id: id.clone(),
        kind,
        der: parsed.der.into(),
        common_name: parsed.common_name.map(CompactString::from),
        expires_at: parsed.expires_at,
        registered_at: tx.now,
        state: CertificateState::Registering,
        reason: None,
        ocsp_url,
    };
    tx.regional_mut(directory).security.certificates.insert(sequence, certificate);
    let region = tx.caller.region.clone();
    tx.after(CHANGED, work(directory.clone(), region, id.clone(), CertificateState::Registered));
    id
}

fn certificate_mut<'s>(security: &'s mut Security, id: &str) -> Option<&'s mut Certificate> {
    let sequence = security.certificates.iter().find(|(_, found)| found.id == id).map(|(sequence, _)| *sequence)?;
    security.certificates.get_mut(&sequence)
}

fn find<'w>(found: RegionalDirectory<'w>, id: &str) -> Result<&'w Certificate> {
    let certificate = found.regional.security.certificates.values().find(|certificate| certificate.id == id);
    certificate.ok_or_else(|| CertificateError::Unknown(id.to_owned()).into())
}

fn description(certificate: &Certificate) -> model::ds::types::Certificate {
    let info = row(certificate);
    model::ds::types::Certificate {
        certificate_id: info.certificate_id,
        client_cert_auth_settings: certificate
            .ocsp_url
            .clone()
            .map(|url| ClientCertAuthSettings { ocsp_url: Some(url) }),
        common_name: info.common_name,
        expiry_date_time: info.expiry_date_time,
        registered_date_time: Some(certificate.registered_at),
        state: info.state,
        // Recorded for a registered certificate.
        state_reason: match certificate.state {
            CertificateState::Registered => Some("Certificate registered successfully.".to_owned()),
            _ => certificate.reason.clone(),
        },
        kind: info.kind,
    }
}

fn row(certificate: &Certificate) -> CertificateInfo {
    CertificateInfo {
        certificate_id: Some(certificate.id.to_string()),
        common_name: certificate.common_name.as_ref().map(ToString::to_string),
        expiry_date_time: Some(certificate.expires_at),
        state: Some(certificate.state),
        kind: Some(certificate.kind),
    }
}
