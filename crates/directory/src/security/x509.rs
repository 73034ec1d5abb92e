//! Reading a certificate: PEM around the DER of one X.509 certificate.

use data_encoding::BASE64;
use model::Timestamp;
use x509_cert::Certificate;
use x509_cert::der::Decode as _;
use x509_cert::der::asn1::ObjectIdentifier;

/// What a certificate says, as far as the service looks at it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Read {
    /// The certificate without its armor.
    pub der: Vec<u8>,
    /// The first common name of its subject.
    pub common_name: Option<String>,
    /// When it expires.
    pub expires_at: Timestamp,
    /// Whether it is signed with RSASSA-PSS.
    pub is_pss: bool,
}

/// A text that is not one certificate.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NoCertificate;

/// `id-RSASSA-PSS` (RFC 8017).
const RSASSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");

const BEGIN: &str = "-----BEGIN ";
const LABEL: &str = "CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

/// Reads the one certificate in a text.
pub fn read(pem: &str) -> Result<Read, NoCertificate> {
    let der = without_armor(pem)?;
    let certificate = Certificate::from_der(&der).map_err(|_| NoCertificate)?;
    let contents = certificate.tbs_certificate();
    let expiry = contents.validity().not_after.to_unix_duration().as_millis();
    Ok(Read {
        // One in an encoding that nobody uses any more is passed over.
        common_name: contents.subject().common_name().ok().flatten().map(String::from),
        expires_at: Timestamp::from_millis(i64::try_from(expiry).map_err(|_| NoCertificate)?),
        is_pss: certificate.signature_algorithm().oid == RSASSA_PSS,
        der,
    })
}

/// What stands in base64 between the lines of the armor. Text around it is passed over, as most readers do; white space
/// inside too.
// Inferred: an operation that gives back one id registers one certificate, so several in one text, and keys beside it,
// are refused.
fn without_armor(pem: &str) -> Result<Vec<u8>, NoCertificate> {
    let (_, from) = pem.split_once(BEGIN).ok_or(NoCertificate)?;
    let (body, after) = from.strip_prefix(LABEL).and_then(|from| from.split_once(END)).ok_or(NoCertificate)?;
    if after.contains(BEGIN) {
        return Err(NoCertificate);
    }
    let digits: Vec<u8> = body.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    BASE64.decode(&digits).map_err(|_| NoCertificate)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: [&str; 11] = [
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
        read(&fixture(name)).unwrap().common_name
    }

    #[test]
    fn subjects_are_named_in_every_encoding() {
        for (name, wanted) in [
            ("root", "Example Root CA"),
            ("intermediate", "Example Issuing CA"),
            ("ec", "Example EC CA"),
            ("ed25519", "Example Ed25519 CA"),
            ("v1", "Example Version 1 CA"),
            ("unicode", "Zertifizierungsstelle Köln"),
            ("bmp", "Example Legacy CA"),
        ] {
            assert_eq!(common_name(name).as_deref(), Some(wanted), "{name}");
        }
        assert_eq!(common_name("unnamed"), None);
    }

    #[test]
    fn expiry_is_read_in_both_forms_of_time() {
        for (name, wanted) in [
            ("root", "2036-01-01T00:00:00Z"),
            ("expired", "2021-01-01T00:00:00Z"),
            ("far", "2126-01-01T00:00:00Z"),
            ("endless", "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(Some(read(&fixture(name)).unwrap().expires_at), Timestamp::parse(wanted), "{name}");
        }
    }

    #[test]
    fn the_algorithm_of_the_signature_is_seen() {
        assert!(read(&fixture("pss")).unwrap().is_pss);
        for name in ["root", "intermediate", "ec", "ed25519"] {
            assert!(!read(&fixture(name)).unwrap().is_pss, "{name}");
        }
    }

    #[test]
    fn the_same_certificate_is_the_same_in_other_clothes() {
        let plain = read(&fixture("ec"));
        for name in ["crlf", "unwrapped", "with_text"] {
            assert_eq!(read(&fixture(name)), plain, "{name}");
        }
    }

    #[test]
    fn what_is_not_one_certificate_is_none() {
        for name in NONE {
            assert_eq!(read(&fixture(name)), Err(NoCertificate), "{name}");
        }
        for text in
            ["", "x", BEGIN, END, "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE----------BEGIN CERTIFICATE-----"]
        {
            assert_eq!(read(text), Err(NoCertificate), "{text}");
        }
    }

    /// Files that are a certificate, and files that are none, by the tests above.
    #[test]
    fn every_file_is_looked_at() {
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
            let is_listed = certificates.contains(&name) || NONE.contains(&name);
            assert!(is_listed, "{name} is in no list");
            assert_eq!(read(&fixture(name)).is_ok(), certificates.contains(&name), "{name}");
            n_certificates += usize::from(certificates.contains(&name));
        }
        assert_eq!(n_certificates, certificates.len());
    }

    /// What the fuzz target begins with.
    #[test]
    fn the_der_of_the_fuzz_corpus_is_that_of_certificates() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus/pem");
        let mut n_read = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "der") {
                let der = std::fs::read(&path).unwrap();
                let armored = format!("{BEGIN}{LABEL}\n{}\n{END}", BASE64.encode(&der));
                assert_eq!(read(&armored).map(|found| found.der), Ok(der), "{}", path.display());
                n_read += 1;
            }
        }
        assert!(n_read > 0);
    }

    #[test]
    fn no_prefix_of_a_certificate_is_one() {
        let whole = read(&fixture("root")).unwrap().der;
        for length in 0..whole.len() {
            let cut = format!("{BEGIN}{LABEL}\n{}\n{END}", BASE64.encode(&whole[..length]));
            assert_eq!(read(&cut), Err(NoCertificate), "{length} bytes");
        }
    }
}
