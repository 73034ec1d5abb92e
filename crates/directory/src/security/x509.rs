//! Parsing certificates: one X.509 certificate in PEM form.

use data_encoding::BASE64;
use model::Timestamp;
use x509_cert::Certificate;
use x509_cert::der::Decode as _;
use x509_cert::der::asn1::ObjectIdentifier;

/// The fields of a certificate that the service uses.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ParsedCertificate {
    /// The whole certificate in DER form.
    pub der: Vec<u8>,
    /// The first common name of its subject.
    pub common_name: Option<String>,
    pub expires_at: Timestamp,
    /// Whether the certificate is signed with RSASSA-PSS.
    pub is_pss: bool,
}

/// The error for a text that is not one certificate.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct CertificateParseError;

/// `id-RSASSA-PSS` (RFC 8017).
const RSASSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");

const BEGIN: &str = "-----BEGIN ";
const LABEL: &str = "CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

/// Parses a text that has one certificate in PEM form.
///
/// # Errors
/// Where the text has no certificate, or more than one.
pub fn parse(pem: &str) -> Result<ParsedCertificate, CertificateParseError> {
    let der = pem_contents(pem)?;
    let certificate = Certificate::from_der(&der).map_err(|_| CertificateParseError)?;
    let contents = certificate.tbs_certificate();
    let expiry = contents.validity().not_after.to_unix_duration().as_millis();
    Ok(ParsedCertificate {
        // A name in an obsolete encoding is left out.
        common_name: contents.subject().common_name().ok().flatten().map(String::from),
        expires_at: Timestamp::from_millis(i64::try_from(expiry).map_err(|_| CertificateParseError)?),
        is_pss: certificate.signature_algorithm().oid == RSASSA_PSS,
        der,
    })
}

/// The decoded contents between the lines `BEGIN` and `END`. Text around these lines and white space between them are
/// ignored, as most parsers do.
// Inferred: the operation returns one id, so it registers one certificate. Several certificates in one text are
// refused, and so are keys beside one.
fn pem_contents(pem: &str) -> Result<Vec<u8>, CertificateParseError> {
    let (_, from) = pem.split_once(BEGIN).ok_or(CertificateParseError)?;
    let (body, after) = from.strip_prefix(LABEL).and_then(|from| from.split_once(END)).ok_or(CertificateParseError)?;
    if after.contains(BEGIN) {
        return Err(CertificateParseError);
    }
    let digits: Vec<u8> = body.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    BASE64.decode(&digits).map_err(|_| CertificateParseError)
}

#[cfg(test)]
mod tests {
    use super::*;

    const INVALID: [&str; 11] = [
        "chain",
        "bare",
        "trusted",
        "without_end",
        "request",
        "pem_in_pem",
        "truncated",
        "trailing",
        "too_long",
        "empty",
        "not_base64",
    ];

    /// A file of `fixtures/certificates`, whose README says what each is.
    fn fixture(name: &str) -> String {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/certificates");
        std::fs::read_to_string(format!("{folder}/{name}.pem")).unwrap()
    }

    fn common_name(name: &str) -> Option<String> {
        parse(&fixture(name)).unwrap().common_name
    }

    #[test]
    fn common_names_are_read_in_every_encoding() {
        for (name, expected) in [
            ("root", "Example Root CA"),
            ("intermediate", "Example Issuing CA"),
            ("ec", "Example EC CA"),
            ("ed25519", "Example Ed25519 CA"),
            ("v1", "Example Version 1 CA"),
            ("unicode", "Zertifizierungsstelle Köln"),
            ("bmp", "Example Legacy CA"),
        ] {
            assert_eq!(common_name(name).as_deref(), Some(expected), "{name}");
        }
        assert_eq!(common_name("unnamed"), None);
    }

    #[test]
    fn expiry_is_read_in_both_forms_of_time() {
        for (name, expected) in [
            ("root", "2036-01-01T00:00:00Z"),
            ("expired", "2021-01-01T00:00:00Z"),
            ("far", "2126-01-01T00:00:00Z"),
            ("endless", "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(Some(parse(&fixture(name)).unwrap().expires_at), Timestamp::parse(expected), "{name}");
        }
    }

    #[test]
    fn the_algorithm_of_the_signature_is_recognized() {
        assert!(parse(&fixture("pss")).unwrap().is_pss);
        for name in ["root", "intermediate", "ec", "ed25519"] {
            assert!(!parse(&fixture(name)).unwrap().is_pss, "{name}");
        }
    }

    #[test]
    fn line_ends_and_text_around_a_certificate_do_not_matter() {
        let plain = parse(&fixture("ec"));
        for name in ["crlf", "unwrapped", "with_text"] {
            assert_eq!(parse(&fixture(name)), plain, "{name}");
        }
    }

    #[test]
    fn a_text_that_is_not_one_certificate_is_refused() {
        for name in INVALID {
            assert_eq!(parse(&fixture(name)), Err(CertificateParseError), "{name}");
        }
        for text in
            ["", "x", BEGIN, END, "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE----------BEGIN CERTIFICATE-----"]
        {
            assert_eq!(parse(text), Err(CertificateParseError), "{text}");
        }
    }

    /// Every file is in the list of certificates or in the list of others.
    #[test]
    fn every_file_is_in_a_list() {
        let certificates = [
            "root",
            "intermediate",
            "ec",
            "ed25519",
            "far",
            "endless",
            "v1",
            "unicode",
            "bmp",
            "unnamed",
            "crlf",
            "unwrapped",
            "with_text",
            "expired",
            "pss",
        ];
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/certificates");
        let mut n_certificates = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let Some(name) = name.strip_suffix(".pem") else { continue };
            let is_listed = certificates.contains(&name) || INVALID.contains(&name);
            assert!(is_listed, "{name} is in no list");
            assert_eq!(parse(&fixture(name)).is_ok(), certificates.contains(&name), "{name}");
            n_certificates += usize::from(certificates.contains(&name));
        }
        assert_eq!(n_certificates, certificates.len());
    }

    #[test]
    fn the_fuzz_corpus_has_valid_certificates() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus/pem");
        let mut n_parsed = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "der") {
                let der = std::fs::read(&path).unwrap();
                let pem = format!("{BEGIN}{LABEL}\n{}\n{END}", BASE64.encode(&der));
                assert_eq!(parse(&pem).map(|found| found.der), Ok(der), "{}", path.display());
                n_parsed += 1;
            }
        }
        assert!(n_parsed > 0);
    }

    #[test]
    fn no_prefix_of_a_certificate_is_a_certificate() {
        let whole = parse(&fixture("root")).unwrap().der;
        for length in 0..whole.len() {
            let cut = format!("{BEGIN}{LABEL}\n{}\n{END}", BASE64.encode(&whole[..length]));
            assert_eq!(parse(&cut), Err(CertificateParseError), "{length} bytes");
        }
    }
}
