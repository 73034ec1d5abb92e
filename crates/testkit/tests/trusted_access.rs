//! Compares the server with a second, simpler model of trusted access and of a directory's shares in two Regions. After
//! any sequence of commands both agree on every answer and on every state.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use model::{Refusal, SERVICES};
use proptest::prelude::*;
use serde_json::{Value, json};
use testkit::{Client, Credentials};
use world::{Settings, ShareTrustedAccess};

const MANAGEMENT: &str = "111111111111";
const OTHERS: [&str; 4] = ["222222222222", "333333333333", "444444444444", "555555555555"];
const SERVICE: &str = "ds.amazonaws.com";
/// The Regions of the directory.
const REGIONS: [&str; 2] = ["us-east-1", "us-west-2"];

/// A consumer and a Region of a share.
type End = (usize, usize);

#[derive(Clone, Copy, Debug)]
enum Command {
    Enable(usize),
    Disable(usize),
    Join(usize),
    Leave(usize),
    Share(End, Method),
    ShareAsMember(usize),
    Accept(End),
    Reject(End),
    Unshare(End),
    DeleteShared(End),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Method {
    Organizations,
    Handshake,
}

/// The model: three states of access, the members, and each account's share in each Region.
#[derive(Debug, Default)]
struct Expected {
    access: Option<bool>,
    strict: bool,
    members: BTreeSet<usize>,
    shares: BTreeMap<End, &'static str>,
}

type Verdict = Result<(), &'static str>;

impl Expected {
    fn apply(&mut self, command: Command) -> Verdict {
        match command {
            Command::Enable(0) => self.access = Some(true),
            Command::Disable(0) => {
                if self.access == Some(true) {
                    self.access = Some(false);
                }
            }
            Command::Enable(who) | Command::Disable(who) => return Err(self.outsider_or_member(who)),
            Command::Join(who) => {
                self.members.insert(who);
            }
            Command::Leave(who) => {
                if !self.members.remove(&who) {
                    return Err("AWSOrganizationsNotInUseException");
                }
            }
            Command::Share(end, method) => return self.share(end, method),
            // A member owns no directory with this id.
            Command::ShareAsMember(_) => return Err("EntityDoesNotExistException"),
            Command::Accept(end) => self.answer(end, "Shared")?,
            Command::Reject(end) => {
                self.answer(end, "Rejected")?;
            }
            Command::Unshare(end) => return self.shares.remove(&end).map(drop).ok_or("DirectoryNotSharedException"),
            Command::DeleteShared(end) => {
                let live = self.shares.get(&end).is_some_and(|status| *status != "Rejected");
                return if live {
                    self.shares.remove(&end).map(drop).ok_or("")
                } else {
                    Err("EntityDoesNotExistException")
                };
            }
        }
        Ok(())
    }

    fn outsider_or_member(&self, who: usize) -> &'static str {
        if self.members.contains(&who) { "AccessDeniedException" } else { "AWSOrganizationsNotInUseException" }
    }

    fn share(&mut self, end: End, method: Method) -> Verdict {
        let allowed = self.access.unwrap_or(!self.strict);
        if method == Method::Organizations && !allowed {
            return Err("OrganizationsException");
        }
        if method == Method::Organizations && !self.members.contains(&end.0) {
            return Err("InvalidTargetException");
        }
        if self.shares.get(&end).is_some_and(|status| *status != "Rejected") {
            return Err("DirectoryAlreadySharedException");
        }
        if method == Method::Organizations {
            self.access = Some(true);
        }
        self.shares.insert(end, if method == Method::Organizations { "Shared" } else { "PendingAcceptance" });
        Ok(())
    }

    fn answer(&mut self, end: End, status: &'static str) -> Verdict {
        match self.shares.get_mut(&end) {
            Some(found) if *found == "PendingAcceptance" => {
                *found = status;
                Ok(())
            }
            Some(found) if *found == "Shared" => Err("DirectoryAlreadySharedException"),
            Some(_) => Err("InvalidParameterException"),
            None => Err("EntityDoesNotExistException"),
        }
    }
}

/// The server, and the ids in its answers.
struct Actual {
    client: Client,
    directory: String,
    shared: BTreeMap<End, String>,
}

impl Actual {
    fn new(strict: bool) -> Self {
        let share_trusted_access = if strict { ShareTrustedAccess::Strict } else { ShareTrustedAccess::Auto };
        let client = Client::new(Settings { share_trusted_access, ..Settings::default() });
        let mut actual = Self { client, directory: String::new(), shared: BTreeMap::new() };
        actual.ok(0, "CreateOrganization", &json!({}));
        let vpc = json!({"VpcId": "vpc-12345678", "SubnetIds": ["subnet-11111111", "subnet-22222222"]});
        let directory = json!({"Name": "corp.example.com", "Password": "Sup3rSecret!", "VpcSettings": vpc});
        actual.directory = text(&actual.ok(0, "CreateMicrosoftAD", &directory)["DirectoryId"]);
        let region = json!({"DirectoryId": actual.directory, "RegionName": REGIONS[1], "VPCSettings": vpc});
        actual.ok(0, "AddRegion", &region);
        actual
    }

    fn call(&self, who: usize, operation: &str, body: &Value) -> Result<Value, Refusal> {
        self.call_in((who, 0), operation, body)
    }

    /// Calls an operation as an account in a Region.
    fn call_in(&self, (who, region): End, operation: &str, body: &Value) -> Result<Value, Refusal> {
        let operation = SERVICES.iter().find_map(|service| service.operation(operation)).unwrap();
        let before = self.client.world.settled(self.client.at);
        let caller = Credentials { region: REGIONS[region].to_owned(), ..Credentials::of(account(who)) };
        let result = self.client.call(&caller, operation, body.to_string().as_bytes());
        let after = self.client.world.settled(self.client.at);
        assert_eq!(after.broken_invariants(), Vec::<String>::new());
        assert!(result.is_ok() || before == after, "a refused call changed the world");
        result
    }

    fn ok(&self, who: usize, operation: &str, body: &Value) -> Value {
        self.call(who, operation, body).unwrap_or_else(|refusal| panic!("{operation}: {refusal:?}"))
    }

    fn apply(&mut self, command: Command) -> Result<(), String> {
        let access = json!({ "ServicePrincipal": SERVICE });
        let share = |who: usize, method: Method| {
            let method = if method == Method::Organizations { "ORGANIZATIONS" } else { "HANDSHAKE" };
            let target = json!({"Id": account(who), "Type": "ACCOUNT"});
            json!({"DirectoryId": self.directory, "ShareMethod": method, "ShareTarget": target})
        };
        let unknown = "d-0000000000".to_owned();
        let id = |end: End| json!({ "SharedDirectoryId": self.shared.get(&end).unwrap_or(&unknown) });
        let result = match command {
            Command::Enable(who) => self.call(who, "EnableAWSServiceAccess", &access),
            Command::Disable(who) => self.call(who, "DisableAWSServiceAccess", &access),
            Command::Join(who) => self.join(who),
            Command::Leave(who) => self.call(who, "LeaveOrganization", &json!({})),
            Command::Share((who, region), method) => self.call_in((0, region), "ShareDirectory", &share(who, method)),
            Command::ShareAsMember(who) => self.call(who, "ShareDirectory", &share(0, Method::Organizations)),
            Command::Accept(end) => self.call_in(end, "AcceptSharedDirectory", &id(end)),
            Command::Reject(end) => self.call_in(end, "RejectSharedDirectory", &id(end)),
            Command::Unshare((who, region)) => {
                let target = json!({"Id": account(who), "Type": "ACCOUNT"});
                let body = json!({"DirectoryId": self.directory, "UnshareTarget": target});
                self.call_in((0, region), "UnshareDirectory", &body)
            }
            Command::DeleteShared(end) => {
                let body = json!({ "DirectoryId": self.shared.get(&end).unwrap_or(&unknown) });
                self.call_in(end, "DeleteDirectory", &body)
            }
        };
        if let (Command::Share(end, _), Ok(answer)) = (command, &result) {
            self.shared.insert(end, text(&answer["SharedDirectoryId"]));
        }
        result.map(drop).map_err(|refusal| refusal.code().to_owned())
    }

    /// Invites an account and accepts the invitation, unless it is a member already.
    fn join(&self, who: usize) -> Result<Value, Refusal> {
        if self.call(who, "DescribeOrganization", &json!({})).is_ok() {
            return Ok(Value::Null);
        }
        let invitation = json!({"Target": {"Type": "ACCOUNT", "Id": account(who)}});
        let handshake = self.ok(0, "InviteAccountToOrganization", &invitation);
        self.call(who, "AcceptHandshake", &json!({"HandshakeId": handshake["Handshake"]["Id"]}))
    }

    /// Compares what all accounts see with the model.
    fn matches(&self, expected: &Expected) {
        let enabled = self.ok(0, "ListAWSServiceAccessForOrganization", &json!({}));
        let listed = enabled["EnabledServicePrincipals"].as_array().unwrap().len() == 1;
        assert_eq!(listed, expected.access == Some(true), "{expected:?}");
        for region in 0..REGIONS.len() {
            self.matches_in(region, expected);
        }
    }

    fn matches_in(&self, region: usize, expected: &Expected) {
        let body = json!({ "OwnerDirectoryId": self.directory });
        let rows = self.call_in((0, region), "DescribeSharedDirectories", &body).unwrap();
        let found: BTreeMap<String, String> = rows["SharedDirectories"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| row["ShareStatus"] != "Deleted")
            .map(|row| (text(&row["SharedAccountId"]), text(&row["ShareStatus"])))
            .collect();
        let here = expected.shares.iter().filter(|((_, of), _)| *of == region);
        let expected_shares: BTreeMap<String, String> =
            here.map(|((who, _), status)| (account(*who).to_owned(), (*status).to_owned())).collect();
        assert_eq!(found, expected_shares);
        for who in 1..=OTHERS.len() {
            let seen = self.call_in((who, region), "DescribeDirectories", &json!({})).unwrap();
            let usable = seen["DirectoryDescriptions"].as_array().unwrap().iter().any(|row| row["Stage"] == "Active");
            assert_eq!(usable, expected.shares.get(&(who, region)) == Some(&"Shared"), "{who} sees {seen}");
        }
    }
}

fn account(who: usize) -> &'static str {
    if who == 0 { MANAGEMENT } else { OTHERS[who - 1] }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn command() -> impl Strategy<Value = Command> {
    let other = || 1..=OTHERS.len();
    let end = || (other(), 0..REGIONS.len());
    let anyone = || prop_oneof![4 => Just(0_usize), 1 => other()];
    let method = prop_oneof![2 => Just(Method::Organizations), 1 => Just(Method::Handshake)];
    prop_oneof![
        2 => anyone().prop_map(Command::Enable),
        3 => anyone().prop_map(Command::Disable),
        4 => other().prop_map(Command::Join),
        1 => other().prop_map(Command::Leave),
        8 => (end(), method).prop_map(|(end, method)| Command::Share(end, method)),
        1 => other().prop_map(Command::ShareAsMember),
        2 => end().prop_map(Command::Accept),
        1 => end().prop_map(Command::Reject),
        2 => end().prop_map(Command::Unshare),
        1 => end().prop_map(Command::DeleteShared),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn server_and_model_agree(strict in any::<bool>(), commands in prop::collection::vec(command(), 1..50)) {
        let mut expected = Expected { strict, ..Expected::default() };
        let mut actual = Actual::new(strict);
        for command in commands {
            let verdict = expected.apply(command).map_err(str::to_owned);
            prop_assert_eq!(actual.apply(command), verdict, "{:?}", command);
            actual.matches(&expected);
        }
    }
}
