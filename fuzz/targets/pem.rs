#![no_main]
//! Certificates: as text with armor, and as DER that the target armors, so that mutations reach behind the base64.

use data_encoding::BASE64;
use directory::security::x509::parse;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    drop(parse(&String::from_utf8_lossy(data)));
    let armored = format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", BASE64.encode(data));
    if let Ok(found) = parse(&armored) {
        assert_eq!(found.der, data, "the certificate is not the one in the armor");
    }
});
