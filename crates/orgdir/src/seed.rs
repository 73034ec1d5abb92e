//! The seed of new worlds: the number that ids come from, and in a file also quotas, accounts and surroundings.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::str::FromStr;

use compact_str::CompactString;
use model::AccountId;
use serde::Deserialize;
use serde_json::Value;
use world::{Account, Settings, Surroundings, World};

use self::surroundings::{LogGroup, Secret, Topic, Vpc};

mod surroundings;

/// The value of `--seed`: a number, or a TOML file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Seed {
    /// The number that ids come from.
    Number(u64),
    /// A file; see [`SeedFile`].
    File(PathBuf),
}

impl FromStr for Seed {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(text.parse().map_or_else(|_| Self::File(text.into()), Self::Number))
    }
}

/// A seed file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedFile {
    /// The number that ids come from.
    #[serde(default)]
    number: u64,
    /// Quotas, by their names in the control API.
    #[serde(default)]
    quotas: BTreeMap<String, Value>,
    /// Accounts with a name or an e-mail of their own. All start standalone.
    #[serde(default, rename = "account")]
    accounts: Vec<SeedAccount>,
    /// VPCs. Where this list is missing, they are assumed; the same goes for the lists below.
    vpc: Option<Vec<Vpc>>,
    log_group: Option<Vec<LogGroup>>,
    topic: Option<Vec<Topic>>,
    secret: Option<Vec<Secret>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedAccount {
    id: AccountId,
    name: Option<CompactString>,
    email: Option<CompactString>,
}

impl Seed {
    /// The world that every world starts as. `settings` has everything that the seed does not set.
    ///
    /// # Errors
    /// When the file cannot be read, or has something that a world cannot have.
    pub fn world(&self, settings: Settings) -> Result<World, String> {
        match self {
            Self::Number(seed) => Ok(World::new(Settings { seed: *seed, ..settings })),
            Self::File(path) => {
                let with_path = |reason: String| format!("--seed {}: {reason}", path.display());
                let text = fs::read_to_string(path)
                    .map_err(|error| with_path(format!("it is no number, and as a file it cannot be read: {error}")))?;
                let file: SeedFile = toml::from_str(&text).map_err(|error| with_path(error.to_string()))?;
                file.world(settings).map_err(with_path)
            }
        }
    }
}

impl SeedFile {
    fn world(self, mut settings: Settings) -> Result<World, String> {
        settings.seed = self.number;
        for (name, value) in &self.quotas {
            settings.quotas.set(name, &value.as_str().map_or_else(|| value.to_string(), str::to_owned))?;
        }
        settings.surroundings = Surroundings {
            networks: surroundings::networks(self.vpc)?,
            log_groups: surroundings::log_groups(self.log_group),
            topics: surroundings::topics(self.topic),
            secrets: surroundings::secrets(self.secret),
        };
        let mut world = World::new(settings);
        for account in self.accounts {
            let standalone = Account::standalone(account.id);
            let email = account.email.unwrap_or(standalone.email.clone());
            if let Some(other) = world.account_by_email(&email).filter(|other| *other != account.id) {
                return Err(format!("the accounts {other} and {} have the same e-mail {email}", account.id));
            }
            world.put_account(Account { name: account.name.unwrap_or(standalone.name.clone()), email, ..standalone });
        }
        Ok(world)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<World, String> {
        toml::from_str::<SeedFile>(text).map_err(|error| error.to_string())?.world(Settings::default())
    }

    #[test]
    fn a_seed_is_a_number_or_a_file() {
        assert_eq!("7".parse(), Ok(Seed::Number(7)));
        assert_eq!("seed.toml".parse(), Ok(Seed::File("seed.toml".into())));
        assert_eq!(Seed::Number(7).world(Settings::default()).unwrap().settings.seed, 7);
        let wrong = Seed::File("no/such/file".into()).world(Settings::default()).unwrap_err();
        assert!(wrong.starts_with("--seed no/such/file: it is no number"), "{wrong}");
    }

    #[test]
    fn a_file_sets_quotas_and_accounts() {
        let world = read(
            "number = 9\n[quotas]\naccounts = 10\nminimumAge = \"2d\"\n\"policyTypes.TAG_POLICY.attached\" = 3\n\
             [[account]]\nid = \"111111111111\"\nname = \"Example\"\nemail = \"aws@example.com\"\n",
        )
        .unwrap();
        assert_eq!((world.settings.seed, world.settings.quotas.accounts), (9, 10));
        let id = "111111111111".parse().unwrap();
        assert_eq!(world.account(id).unwrap().name, "Example");
        assert_eq!(world.account_by_email("AWS@example.com"), Some(id));
    }

    #[test]
    fn what_a_world_cannot_have_is_refused() {
        let twice = "[[account]]\nid=\"111111111111\"\nemail=\"a@example.com\"\n[[account]]\nid=\"222222222222\"\
            \nemail=\"A@example.com\"";
        for (text, part) in [
            ("quota = 1", "unknown field `quota`"),
            ("[quotas]\nnothing = 1", "nothing"),
            ("[quotas]\naccounts = \"many\"", "many"),
            ("[[account]]\nid = \"1\"", "not an id of this kind"),
            (twice, "have the same e-mail"),
        ] {
            let wrong = read(text).unwrap_err();
            assert!(wrong.contains(part), "{text}: {wrong}");
        }
    }
}
