//! The command line.

use std::net::SocketAddr;

use clap::{Args, Parser, Subcommand, ValueEnum};
use engine::Engine;
use model::AccountId;
use tracing::level_filters::LevelFilter;
use world::{Pace, Settings, ShareTrustedAccess, World};

use crate::env::Shell;
use crate::seed::Seed;
use crate::upstream::Upstream;
use crate::world_prefix::WORLD_NAME;

const EXAMPLES: &str = "\
Examples:
  orgdir                                    Serve at http://127.0.0.1:4566
  eval \"$(orgdir env)\"                      Point this shell's SDKs and AWS CLI at it
  eval \"$(orgdir env --account 222222222222)\"   ... as another account
  aws organizations create-organization     From here on, it is AWS
  orgdir --listen 127.0.0.1:0               Let the system pick a port; the first line of output names it
  orgdir --upstream http://127.0.0.1:5000   EC2, S3, IAM and all else come from the moto server or LocalStack there
  orgdir --pace 60x                         A directory takes half a minute instead of half an hour

Credentials: an access key id of 12 digits is that account's administrator, with any secret. Keys from AssumeRole act
as that session.
Worlds: http://127.0.0.1:4566/w/NAME is a world of its own, made by its first request; it shares nothing with the
others.
Control: GET http://127.0.0.1:4566/_orgdir/operations lists what is answered; see the README for reset,
worlds, clock and events.";

/// AWS Organizations, Directory Service, Directory Service Data and STS on this machine.
///
/// Point an unmodified SDK, CLI or Terraform at it: everything happens in memory, at once, for nothing, and can be
/// broken safely.
#[derive(Debug, Parser)]
#[command(version, after_help = EXAMPLES, max_term_width = 120)]
pub struct Cli {
    /// How to serve; `orgdir` alone is `orgdir serve`.
    #[command(flatten)]
    pub serve: Serve,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve until Ctrl-C or SIGTERM (the default).
    Serve,
    /// Print the lines that point a shell at the server: eval "$(orgdir env)".
    Env(Env),
}

/// How to serve.
#[derive(Args, Debug)]
pub struct Serve {
    /// Address and port; port 0 picks a free one. Anything but loopback lets other machines in.
    #[arg(
        long,
        env = "ORGDIR_LISTEN",
        value_name = "ADDRESS",
        value_parser = address,
        default_value = "127.0.0.1:4566",
        global = true
    )]
    pub listen: SocketAddr,
    /// The account of callers whose access key id names none.
    #[arg(
        long,
        env = "ORGDIR_DEFAULT_ACCOUNT",
        value_name = "12 DIGITS",
        value_parser = account,
        default_value = "000000000000",
        global = true
    )]
    pub default_account: AccountId,
    /// How fast AWS's slow work goes: instant, real, or a factor such as 60x.
    #[arg(long, env = "ORGDIR_PACE", default_value = "instant", global = true)]
    pub pace: Pace,
    /// What worlds begin as: a number, from which ids come (same seed and same requests, same ids), or a TOML file with
    /// quotas, accounts, and the subnets, log groups, topics and secrets that there are.
    #[arg(long, env = "ORGDIR_SEED", value_name = "NUMBER|FILE", default_value = "0", global = true)]
    pub seed: Seed,
    /// What sharing a directory in the organization does while trusted access was never configured.
    #[arg(long, env = "ORGDIR_SHARE_TRUSTED_ACCESS", value_name = "RULE", default_value = "auto", global = true)]
    pub share_trusted_access: ShareRule,
    /// Whether every management account has a counterpart in AWS GovCloud (US), as CreateGovCloudAccount asks for.
    #[arg(long, env = "ORGDIR_GOV_CLOUD", value_name = "SWITCH", default_value = "off", global = true)]
    pub gov_cloud: Switch,
    /// Where calls of services that orgdir does not serve go, unchanged: moto server, LocalStack, anything with AWS's
    /// API, as in http://127.0.0.1:5000. One endpoint then serves a whole application. Subnets, log groups, topics and
    /// secrets that calls of Directory Service name are looked up there, and unknown ones refused.
    #[arg(long, env = "ORGDIR_UPSTREAM", value_name = "URL", global = true)]
    pub upstream: Option<Upstream>,
    /// What is logged on stderr: error, warn, info, debug (each call) or trace.
    #[arg(long, env = "ORGDIR_LOG", value_name = "FILTER", value_parser = log, default_value = "info", global = true)]
    pub log: String,
}

/// The value of `--gov-cloud`.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum Switch {
    /// Only those created with one, as at first on AWS.
    Off,
    /// Every one.
    On,
}

/// The value of `--share-trusted-access`.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum ShareRule {
    /// Sharing turns trusted access on, as the Directory Service console does.
    Auto,
    /// Sharing is refused until EnableAWSServiceAccess was called.
    Strict,
}

/// Whom the shell speaks for.
#[derive(Args, Debug)]
pub struct Env {
    /// The account to call as.
    #[arg(long, value_name = "12 DIGITS", value_parser = account, default_value = "111111111111")]
    pub account: AccountId,
    /// The world to call.
    #[arg(long, value_name = "NAME", value_parser = world_name)]
    pub world: Option<String>,
    /// How the shell sets variables.
    #[arg(long, value_enum, default_value_t)]
    pub shell: Shell,
}

/// Reads an address with a port. The host may be `localhost`.
fn address(text: &str) -> Result<SocketAddr, String> {
    let local = text.strip_prefix("localhost:").map(|port| format!("127.0.0.1:{port}"));
    let refusal = || format!("'{text}' is no address with a port: use one such as 127.0.0.1:4566");
    local.as_deref().unwrap_or(text).parse().map_err(|_| refusal())
}

fn account(text: &str) -> Result<AccountId, String> {
    text.parse().map_err(|_| format!("'{text}' is no account: use 12 digits, such as 111111111111"))
}

/// Reads a level, or directives such as `orgdir=debug`. A word that is no level is refused: it would count as the name
/// of a module, and nothing would be logged.
fn log(text: &str) -> Result<String, String> {
    let refusal = || format!("'{text}' is no level: use error, warn, info, debug or trace");
    let is_level = text.contains('=') || text.parse::<LevelFilter>().is_ok();
    if is_level { Ok(text.to_owned()) } else { Err(refusal()) }
}

fn world_name(text: &str) -> Result<String, String> {
    Engine::check_name(text).map(|()| text.to_owned()).map_err(|_| WORLD_NAME.to_owned())
}

impl Serve {
    /// The world that every world starts as.
    ///
    /// # Errors
    /// When the seed is a file that cannot be read, or says something that a world cannot have.
    pub fn seed_world(&self) -> Result<World, String> {
        self.seed.world(self.settings())
    }

    fn settings(&self) -> Settings {
        let share_trusted_access = match self.share_trusted_access {
            ShareRule::Auto => ShareTrustedAccess::Auto,
            ShareRule::Strict => ShareTrustedAccess::Strict,
        };
        Settings {
            pace: self.pace,
            default_account: self.default_account,
            share_trusted_access,
            gov_cloud: self.gov_cloud == Switch::On,
            ..Settings::default()
        }
    }
}

impl Env {
    /// The URL of the world, on a server that listens at `address`.
    ///
    /// # Errors
    /// When the port is 0, which is no port to call.
    pub fn url(&self, address: SocketAddr) -> Result<String, String> {
        if address.port() == 0 {
            return Err("port 0 is no port to call: name with --listen the address that the server printed".to_owned());
        }
        let world = self.world.as_ref().map(|name| format!("/w/{name}")).unwrap_or_default();
        Ok(format!("http://{address}{world}"))
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn options_stand_before_or_after_the_command() {
        for line in ["orgdir --pace 60x serve", "orgdir serve --pace 60x", "orgdir --pace 60x"] {
            let cli = Cli::try_parse_from(line.split(' ')).unwrap();
            assert_eq!(cli.serve.settings().pace, Pace::Factor(60), "{line}");
        }
    }

    #[test]
    fn a_wrong_value_is_refused_with_what_would_be_right() {
        for (line, part) in [
            ("orgdir --default-account 1", "12 digits"),
            ("orgdir env --account x", "12 digits"),
            ("orgdir --pace fast", "instant, real"),
            ("orgdir env --world a/b", "letters"),
            ("orgdir --listen 1", "127.0.0.1:4566"),
            ("orgdir --listen localhost", "127.0.0.1:4566"),
            ("orgdir --log shout", "error, warn, info"),
        ] {
            let refusal = Cli::try_parse_from(line.split(' ')).unwrap_err().to_string();
            assert!(refusal.contains(part), "{line}: {refusal}");
        }
        let cli = Cli::try_parse_from(["orgdir", "--listen", "localhost:0", "--log", "orgdir=debug"]).unwrap();
        assert_eq!((cli.serve.listen.to_string().as_str(), cli.serve.log.as_str()), ("127.0.0.1:0", "orgdir=debug"));
    }
}
