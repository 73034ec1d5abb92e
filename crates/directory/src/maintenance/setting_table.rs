//! The directory settings that there are (administration guide, "list of directory security settings").

/// A setting.
#[derive(Debug)]
pub struct Known {
    /// Its name, which is matched exactly.
    pub name: &'static str,
    /// What it belongs to.
    pub kind: &'static str,
    /// What it can be set to.
    pub values: Values,
    /// Its value in a new directory.
    pub default: &'static str,
}

/// What a setting can be set to.
#[derive(Clone, Copy, Debug)]
pub enum Values {
    /// Enable or Disable.
    Switch,
    /// One of some words.
    Words(&'static [&'static str]),
    /// A number of seconds from one up to a greatest.
    Seconds(u64),
}

const PROTOCOL: &str = "Protocol";
const CIPHER: &str = "Cipher";
const CERTIFICATES: &str = "Certificate-Based Authentication";

/// Fifty years of 365 days and some hours, as AWS counts them.
const SECONDS_MAX: u64 = 1_577_000_000;

/// Every setting, in the order of the guide.
pub static TABLE: [Known; 17] = [
    switch(PROTOCOL, "PCT_1_0"),
    switch(PROTOCOL, "SSL_2_0"),
    switch(PROTOCOL, "SSL_3_0"),
    switch(PROTOCOL, "TLS_1_0"),
    switch(PROTOCOL, "TLS_1_1"),
    switch(CIPHER, "AES_128_128"),
    switch(CIPHER, "DES_56_56"),
    switch(CIPHER, "RC2_40_128"),
    switch(CIPHER, "RC2_56_128"),
    switch(CIPHER, "RC2_128_128"),
    switch(CIPHER, "RC4_40_128"),
    switch(CIPHER, "RC4_56_128"),
    switch(CIPHER, "RC4_64_128"),
    switch(CIPHER, "RC4_128_128"),
    switch(CIPHER, "3DES_168_168"),
    Known {
        name: "CERTIFICATE_BACKDATING_COMPENSATION",
        kind: CERTIFICATES,
        values: Values::Seconds(SECONDS_MAX),
        default: "600",
    },
    Known {
        name: "CERTIFICATE_STRONG_ENFORCEMENT",
        kind: CERTIFICATES,
        values: Values::Words(&["Compatibility", "Full_Enforcement"]),
        default: "Compatibility",
    },
];

const fn switch(kind: &'static str, name: &'static str) -> Known {
    Known { name, kind, values: Values::Switch, default: "Enable" }
}

/// A setting by its name.
pub fn find(name: &str) -> Option<&'static Known> {
    TABLE.iter().find(|known| known.name == name)
}

impl Values {
    /// Whether a value is one of them. A number has no sign and no leading zeros.
    pub fn contain(self, value: &str) -> bool {
        match self {
            Self::Switch => SWITCH.contains(&value),
            Self::Words(words) => words.contains(&value),
            Self::Seconds(most) => {
                let plain = value.bytes().all(|byte| byte.is_ascii_digit()) && !value.starts_with('0');
                plain && value.parse().is_ok_and(|seconds: u64| seconds <= most)
            }
        }
    }

    /// The word for this kind of values.
    pub fn data_type(self) -> &'static str {
        match self {
            Self::Switch => "Boolean",
            Self::Words(_) => "Enum",
            Self::Seconds(_) => "DurationInSeconds",
        }
    }

    /// The values as the service writes them, in JSON.
    pub fn text(self) -> String {
        match self {
            Self::Switch => words(&SWITCH),
            Self::Words(of) => words(of),
            Self::Seconds(most) => format!("{{\"MinimumValue\": 1, \"MaximumValue\": {most}}}"),
        }
    }
}

const SWITCH: [&str; 2] = ["Enable", "Disable"];

fn words(of: &[&str]) -> String {
    let quoted: Vec<String> = of.iter().map(|word| format!("\"{word}\"")).collect();
    format!("[{}]", quoted.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_is_allowed_and_every_name_stands_once() {
        for known in &TABLE {
            assert!(known.values.contain(known.default), "{}", known.name);
            assert_eq!(TABLE.iter().filter(|other| other.name == known.name).count(), 1, "{}", known.name);
        }
    }

    #[test]
    fn values_are_matched_exactly() {
        let allowed = |name: &str, value: &str| find(name).is_some_and(|known| known.values.contain(value));
        assert!(allowed("TLS_1_0", "Disable"));
        for value in ["disable", "false", "", "Disabled"] {
            assert!(!allowed("TLS_1_0", value), "{value}");
        }
        for value in ["1", "600", "1577000000"] {
            assert!(allowed("CERTIFICATE_BACKDATING_COMPENSATION", value), "{value}");
        }
        for value in ["0", "1577000001", "+1", "01", "1_000", "", "99999999999999999999999"] {
            assert!(!allowed("CERTIFICATE_BACKDATING_COMPENSATION", value), "{value}");
        }
        assert!(allowed("CERTIFICATE_STRONG_ENFORCEMENT", "Full_Enforcement"));
        assert!(!allowed("CERTIFICATE_STRONG_ENFORCEMENT", "Enable"));
        assert!(find("tls_1_0").is_none());
    }

    #[test]
    fn allowed_values_are_written_in_json() {
        let text = |name: &str| find(name).map(|known| known.values.text());
        assert_eq!(text("TLS_1_0").as_deref(), Some(r#"["Enable","Disable"]"#));
        assert_eq!(
            text("CERTIFICATE_BACKDATING_COMPENSATION").as_deref(),
            Some(r#"{"MinimumValue": 1, "MaximumValue": 1577000000}"#)
        );
    }
}
