//! The lines that `orgdir env` prints: they point a shell at the server.

use std::fmt::Write as _;

use clap::ValueEnum;
use model::AccountId;

/// A shell, by how it sets variables.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub enum Shell {
    /// bash, zsh and every other POSIX shell.
    #[default]
    Posix,
    /// fish.
    Fish,
    /// PowerShell.
    Powershell,
}

/// Variables that would send some calls elsewhere, or make them as another caller.
const UNSET: [&str; 7] = [
    "AWS_PROFILE",
    "AWS_SESSION_TOKEN",
    "AWS_ENDPOINT_URL_ORGANIZATIONS",
    "AWS_ENDPOINT_URL_DIRECTORY_SERVICE",
    "AWS_ENDPOINT_URL_DIRECTORY_SERVICE_DATA",
    "AWS_ENDPOINT_URL_STS",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
];

/// The lines after which every SDK and the CLI call the server at `url` as `account`.
pub fn lines(shell: Shell, url: &str, account: AccountId) -> String {
    let account = account.to_string();
    let set = [
        ("AWS_ENDPOINT_URL", url),
        ("AWS_ACCESS_KEY_ID", &account),
        ("AWS_SECRET_ACCESS_KEY", "orgdir"),
        ("AWS_REGION", "us-east-1"),
        ("AWS_DEFAULT_REGION", "us-east-1"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
    ];
    let mut text = String::new();
    for (name, value) in set {
        // Writing to a String cannot fail.
        let _ = match shell {
            Shell::Posix => writeln!(text, "export {name}={value}"),
            Shell::Fish => writeln!(text, "set -gx {name} {value}"),
            Shell::Powershell => writeln!(text, "$env:{name} = \"{value}\""),
        };
    }
    for name in UNSET {
        let _ = match shell {
            Shell::Posix => writeln!(text, "unset {name}"),
            Shell::Fish => writeln!(text, "set -e {name}"),
            Shell::Powershell => writeln!(text, "Remove-Item Env:{name} -ErrorAction SilentlyContinue"),
        };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shell_gets_its_own_words() {
        let account = AccountId::default();
        let line = |shell| lines(shell, "http://127.0.0.1:4566", account).lines().next().unwrap().to_owned();
        assert_eq!(line(Shell::Posix), "export AWS_ENDPOINT_URL=http://127.0.0.1:4566");
        assert_eq!(line(Shell::Fish), "set -gx AWS_ENDPOINT_URL http://127.0.0.1:4566");
        assert_eq!(line(Shell::Powershell), "$env:AWS_ENDPOINT_URL = \"http://127.0.0.1:4566\"");
    }
}
