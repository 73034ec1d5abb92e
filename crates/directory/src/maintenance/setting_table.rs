//! The settings of directories (administration guide, "list of directory security settings").

#[derive(Debug)]
pub struct SettingDefinition {
    /// Matched exactly.
    pub name: &'static str,
    /// The type, as answers show it.
    pub kind: &'static str,
    pub values: Values,
    /// The value in a new directory.
    pub default: &'static str,
}

/// The allowed values of a setting.
#[derive(Clone, Copy, Debug)]
pub enum Values {
    /// Enable or Disable.
    Switch,
    Words(&'static [&'static str]),
    /// A number of seconds from one to this maximum.
    Seconds(u64),
}

const PROTOCOL: &str = "Protocol";
const CIPHER: &str = "Cipher";
const CERTIFICATES: &str = "Certificate-Based Authentication";

/// How much older than its account a certificate may be. It cannot be set under full enforcement.
pub const BACKDATING: &str = "CERTIFICATE_BACKDATING_COMPENSATION";
/// How strictly certificates have to name their accounts.
pub const ENFORCEMENT: &str = "CERTIFICATE_STRONG_ENFORCEMENT";
pub const FULL_ENFORCEMENT: &str = "Full_Enforcement";

/// Fifty years of 365 days and some hours, as AWS counts them.
const SECONDS_MAX: u64 = 1_577_000_000;

/// The settings in the order of the guide, without five that it got in May 2026: their values are not known here.
pub static TABLE: [SettingDefinition; 17] = [
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
    SettingDefinition { name: BACKDATING, kind: CERTIFICATES, values: Values::Seconds(SECONDS_MAX), default: "600" },
    SettingDefinition {
        name: ENFORCEMENT,
        kind: CERTIFICATES,
        values: Values::Words(&["Compatibility", FULL_ENFORCEMENT]),
        default: FULL_ENFORCEMENT,
    },
];

const fn switch(kind: &'static str, name: &'static str) -> SettingDefinition {
    SettingDefinition { name, kind, values: Values::Switch, default: "Enable" }
}

pub fn find(name: &str) -> Option<&'static SettingDefinition> {
    TABLE.iter().find(|setting| setting.name == name)
}

impl Values {
    /// Whether a value is allowed. A number has no sign and no leading zeros.
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

    /// The data type, as answers show it.
    pub fn data_type(self) -> &'static str {
        match self {
            Self::Switch => "Boolean",
            Self::Words(_) => "Enum",
            Self::Seconds(_) => "DurationInSeconds",
        }
    }

    /// The allowed values in JSON, as answers show them.
    pub fn to_json(self) -> String {
        match self {
            Self::Switch => json_list(&SWITCH),
            Self::Words(words) => json_list(words),
            Self::Seconds(most) => format!("{{\"MinimumValue\": 1, \"MaximumValue\": {most}}}"),
        }
    }
}

const SWITCH: [&str; 2] = ["Enable", "Disable"];

fn json_list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    format!("[{}]", quoted.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_is_allowed_and_every_name_is_unique() {
        for setting in &TABLE {
            assert!(setting.values.contain(setting.default), "{}", setting.name);
            assert_eq!(TABLE.iter().filter(|other| other.name == setting.name).count(), 1, "{}", setting.name);
        }
    }

    #[test]
    fn values_are_matched_exactly() {
        let allowed = |name: &str, value: &str| find(name).is_some_and(|setting| setting.values.contain(value));
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
        let json = |name: &str| find(name).map(|setting| setting.values.to_json());
        assert_eq!(json("TLS_1_0").as_deref(), Some(r#"["Enable","Disable"]"#));
        assert_eq!(
            json("CERTIFICATE_BACKDATING_COMPENSATION").as_deref(),
            Some(r#"{"MinimumValue": 1, "MaximumValue": 1577000000}"#)
        );
    }
}
