//! Random requests by random callers. A refused request and a request that only reads leave the world as it was. The
//! invariants hold after each request. The same seed and the same requests give the same bytes. Kept rows are the rows
//! that a world without kept rows answers.
//!
//! The requests are made from the model's schema, for every implemented operation. Faults make some of the work fail.
//! About half of the ids exist in the world, so that many requests succeed.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use engine::{Fault, FaultOrder, LiveWorld};
use model::schema::{Kind, Limits, Member, Shape};
use model::{Access, Operation, Refusal, SERVICES, State, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::{TestRng, TestRunner};
use serde_json::{Map, Value, json};
use testkit::{Client, Credentials, Protocol};
use world::{Pace, Quotas, Settings, ShareTrustedAccess, World};

const MANAGEMENT: &str = "111111111111";
const INVITED: &str = "222222222222";
const OUTSIDER: &str = "999999999999";
/// The management account of an organization whose bill the first one pays.
const PARTNER: &str = "333333333333";
/// The management account of an unrelated organization.
const STRANGER: &str = "444444444444";

/// The beginnings of February and of July 2026, the ends of both months, and a time between.
const TIMES: [f64; 5] = [1_769_904_000.0, 1_782_864_000.0, 1_772_323_199.999, 1_785_542_399.999, 1_777_777_777.0];

const CONNECTOR: &str =
    "arn:aws:pca-connector-ad:us-east-1:111111111111:connector/11223344-1122-2233-3344-112233445566";

/// Texts for members with a name.
const NAMED: [(&str, &str); 31] = [
    ("CertificateData", include_str!("../../../fixtures/certificates/far.pem")),
    ("CertificateData", include_str!("../../../fixtures/certificates/root.pem")),
    ("CustomerDnsIps", "10.0.0.1"),
    ("CustomerDnsIps", "10.24.34.100"),
    ("CustomerDnsIps", "10.24.34.200"),
    ("CustomerUserName", "connector"),
    ("DnsName", "corp.example.com"),
    ("GroupName", "crew"),
    ("GroupName", "staff"),
    ("Id", INVITED),
    ("InstanceIds", "i-11111111"),
    ("InstanceIds", "i-22222222"),
    ("MemberName", "crew"),
    ("MemberName", "joe"),
    ("Name", "corp.example.com"),
    ("NewPassword", "N3wSecret!"),
    ("OtherAttributes", "description"),
    ("Password", "Sup3rSecret!"),
    ("PcaConnectorArn", CONNECTOR),
    ("RoleSessionName", "s1"),
    ("SAMAccountName", "joe"),
    ("SAMAccountName", "jane"),
    ("SecretArn", "arn:aws:secretsmanager:us-east-1:111111111111:secret:hybrid-AbCdEf"),
    ("SearchAttributes", "sAMAccountName"),
    ("ServicePrincipal", "ds.amazonaws.com"),
    ("ServicePrincipal", "sso.amazonaws.com"),
    ("ShortName", "CORP"),
    ("SubnetIds", "subnet-11111111"),
    ("SubnetIds", "subnet-22222222"),
    ("UserName", "Admin"),
    ("VpcId", "vpc-12345678"),
];

/// Texts that are valid for some members.
const TEXTS: [&str; 15] = [
    "text",
    MANAGEMENT,
    OUTSIDER,
    STRANGER,
    INVITED,
    "nobody@example.com",
    "d-1234567890",
    "eu-west-1",
    "10.0.0.1",
    "203.0.113.0/24",
    "arn:aws:iam::111111111111:role/OrganizationAccountAccessRole",
    "AKIARZPUZDIKGB2VALC4",
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#,
    "",
    "\u{e9}\u{1f600}\0",
];

/// The texts of earlier answers.
#[derive(Default)]
struct Known {
    texts: BTreeSet<String>,
    by_name: BTreeMap<String, BTreeSet<String>>,
    sessions: Vec<Credentials>,
    accounts: BTreeSet<String>,
    /// The number of new names and e-mails so far.
    n_made: usize,
}

impl Known {
    fn learn(&mut self, name: &str, answer: &Value) {
        match answer {
            Value::Object(entries) => {
                self.learn_session(entries);
                entries.iter().for_each(|(name, value)| self.learn(name, value));
            }
            Value::Array(items) => items.iter().for_each(|item| self.learn(name, item)),
            Value::String(text) => {
                if text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) {
                    self.accounts.insert(text.clone());
                    self.remember("RoleArn", &format!("arn:aws:iam::{text}:role/OrganizationAccountAccessRole"));
                }
                self.remember(name, text);
            }
            _ => {}
        }
    }

    fn remember(&mut self, name: &str, text: &str) {
        self.by_name.entry(name.to_owned()).or_default().insert(text.to_owned());
        self.texts.insert(text.to_owned());
    }

    fn learn_session(&mut self, entries: &Map<String, Value>) {
        let text = |name: &str| entries.get(name).and_then(Value::as_str).map(str::to_owned);
        if let (Some(access_key_id), Some(token)) = (text("AccessKeyId"), text("SessionToken")) {
            let region = "us-east-1".to_owned();
            self.sessions.push(Credentials { access_key_id, session_token: Some(token), region });
        }
    }
}

/// Random numbers that decide a request.
struct Dice<'a>(std::slice::Iter<'a, u8>);

impl Dice<'_> {
    fn roll(&mut self, sides: usize) -> usize {
        let (one, other) = (self.0.next().unwrap_or(&0), self.0.next().unwrap_or(&0));
        usize::from(u16::from_be_bytes([*one, *other])) % sides
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        if from.is_empty() { None } else { Some(from[self.roll(from.len())].clone()) }
    }

    /// A caller: mostly the management account, sometimes another one.
    fn caller(&mut self, known: &Known) -> Credentials {
        let accounts: Vec<&String> = known.accounts.iter().collect();
        match self.roll(12) {
            8 => Credentials::of(OUTSIDER),
            9 => self.pick(&known.sessions).unwrap_or_default(),
            10 => Credentials { region: "eu-west-1".to_owned(), ..Credentials::of(MANAGEMENT) },
            11 => Credentials::of(INVITED),
            6 | 7 => self.pick(&accounts).map_or_else(Credentials::default, |account| Credentials::of(account)),
            _ => Credentials::of(MANAGEMENT),
        }
    }

    /// A value of the shape, sometimes of another one.
    fn value(&mut self, name: &str, shape: &Shape, known: &mut Known) -> Value {
        if self.roll(60) == 59 {
            let wrong = [json!(null), json!(true), json!(7), json!(1.5), json!("x"), json!(["x"]), json!({"x": 1})];
            return self.pick(&wrong).unwrap_or_default();
        }
        match &shape.kind {
            Kind::Structure(members) => self.structure(members, known),
            Kind::List(limits, item) => {
                let least = limits.min.map_or(0, |min| usize::try_from(min).unwrap_or(0));
                (0..least + self.roll(3)).map(|_| self.value(name, item, known)).collect()
            }
            Kind::Map(_, key, item) => {
                let mut entry = || (self.text(name, key, known), self.value(name, item, known));
                [entry()].into_iter().collect()
            }
            Kind::Text(..) => self.text(name, shape, known).into(),
            Kind::Enum(words) => self.pick(words).unwrap_or("").into(),
            Kind::Integer(limits) | Kind::Long(limits) => self.number(*limits).into(),
            Kind::Boolean => json!(self.roll(2) == 1),
            Kind::Timestamp => json!(self.pick(&TIMES)),
        }
    }

    fn structure(&mut self, members: &[Member], known: &mut Known) -> Value {
        let mut value = Map::new();
        for member in members {
            let odds = if member.name == "NextToken" { 6 } else { 3 };
            let is_there = if member.required { self.roll(40) < 39 } else { self.roll(odds) == 1 };
            if is_there {
                value.insert(member.name.to_owned(), self.value(member.name, member.shape, known));
            }
        }
        Value::Object(value)
    }

    /// A text that is mostly valid for the shape. Half of the time it is from an earlier answer.
    fn text(&mut self, name: &str, shape: &Shape, known: &mut Known) -> String {
        known.n_made += 1;
        let new = if name == "Email" { format!("a{}@example.com", known.n_made) } else { format!("n{}", known.n_made) };
        let takes = |text: &String| shape.text(text);
        let named: Vec<String> =
            known.by_name.get(name).into_iter().flatten().filter(|text| takes(text)).cloned().collect();
        let seen: Vec<String> = known.texts.iter().filter(|text| takes(text)).cloned().collect();
        let ready: Vec<String> = TEXTS.map(str::to_owned).into_iter().filter(takes).collect();
        let found = match self.roll(12) {
            0..5 => self.pick(&named).or_else(|| self.pick(&seen)),
            5..7 => self.pick(&seen),
            7..9 => self.pick(&ready),
            9 => self.pick(&TEXTS).map(str::to_owned),
            _ => Some(new.clone()).filter(takes),
        };
        found.or_else(|| self.pick(&named)).or_else(|| self.pick(&seen)).or_else(|| self.pick(&ready)).unwrap_or(new)
    }

    fn number(&mut self, limits: Limits) -> i64 {
        let (least, most) = (limits.min.unwrap_or(0), limits.max.unwrap_or(1000));
        self.pick(&[least, least, least.saturating_add(1), most, most, least - 1, most.saturating_add(1)]).unwrap_or(0)
    }
}

/// A call and its result.
#[derive(Clone)]
struct Made {
    caller: Credentials,
    operation: &'static Operation,
    body: Vec<u8>,
    /// The status of the ending that a fault orders.
    ending: Option<&'static str>,
    at: Timestamp,
}

/// A step of a run.
#[derive(Clone, Debug)]
enum Step {
    Wait(Duration),
    Call { operation: &'static Operation, dice: Vec<u8> },
}

/// The numbers of answers and refusals of each operation.
type Tally = BTreeMap<String, (usize, usize)>;

struct Run {
    client: Client,
    known: Known,
    made: Vec<(Made, String)>,
}

impl Run {
    fn new(settings: Settings) -> Self {
        let mut run = Self { client: Client::new(settings), known: Known::default(), made: Vec::new() };
        for (name, text) in NAMED {
            run.known.remember(name, text);
        }
        run.begin("CreateOrganization", &json!({}));
        run.begin("CreateAccount", &json!({"AccountName": "dev", "Email": "dev@example.com"}));
        run.begin("InviteAccountToOrganization", &json!({"Target": {"Type": "ACCOUNT", "Id": INVITED}}));
        let vpc = json!({"VpcId": "vpc-12345678", "SubnetIds": ["subnet-11111111", "subnet-22222222"]});
        let directory = json!({"Name": "corp.example.com", "Password": "Sup3rSecret!", "VpcSettings": &vpc});
        let id = run.begin("CreateMicrosoftAD", &directory)["DirectoryId"].clone();
        let share =
            json!({"DirectoryId": id, "ShareMethod": "HANDSHAKE", "ShareTarget": {"Type": "ACCOUNT", "Id": INVITED}});
        run.begin("ShareDirectory", &share);
        run.begin_domain(&id);
        let domain = json!({
            "DnsName": "corp.example.com", "CustomerDnsIps": ["10.24.34.100", "10.24.34.200"],
            "InstanceIds": ["i-11111111", "i-22222222"], "VpcSettings": vpc,
        });
        let assessment =
            run.begin("StartADAssessment", &json!({"AssessmentConfiguration": domain}))["AssessmentId"].clone();
        let secret = "arn:aws:secretsmanager:us-east-1:111111111111:secret:hybrid-AbCdEf";
        run.begin("CreateHybridAD", &json!({"AssessmentId": assessment, "SecretArn": secret}));
        run.begin_transfer();
        let network = json!({"VpcId": "vpc-12345678", "SubnetIds": ["subnet-11111111", "subnet-22222222"],
            "CustomerDnsIps": ["10.0.0.1"], "CustomerUserName": "connector"});
        let connector =
            json!({"Name": "corp.example.com", "Password": "x", "Size": "Small", "ConnectSettings": network});
        let connector = run.begin("ConnectDirectory", &connector)["DirectoryId"].clone();
        run.begin_security(&id, &connector);
        run.begin("ListAccounts", &json!({}));
        run.begin("ListRoots", &json!({}));
        run
    }

    /// Makes a directory whose data is accessible, with a user in one of two groups.
    fn begin_domain(&mut self, id: &Value) {
        self.begin("EnableDirectoryDataAccess", &json!({"DirectoryId": id}));
        self.begin("CreateUser", &json!({"DirectoryId": id, "SAMAccountName": "joe"}));
        self.begin("CreateGroup", &json!({"DirectoryId": id, "SAMAccountName": "crew"}));
        self.begin("CreateGroup", &json!({"DirectoryId": id, "SAMAccountName": "staff"}));
        self.begin("AddGroupMember", &json!({"DirectoryId": id, "GroupName": "staff", "MemberName": "joe"}));
    }

    /// Makes an organization that has transferred its bill, and one that could.
    fn begin_transfer(&mut self) {
        self.begin_as(STRANGER, "CreateOrganization", &json!({}));
        self.begin_as(PARTNER, "CreateOrganization", &json!({}));
        let target = json!({"Type": "ACCOUNT", "Id": PARTNER});
        let transfer =
            json!({"Type": "BILLING", "Target": target, "StartTimestamp": TIMES[0], "SourceName": "partner"});
        let invitation = self.begin("InviteOrganizationToTransferResponsibility", &transfer)["Handshake"]["Id"].clone();
        self.begin_as(PARTNER, "AcceptHandshake", &json!({"HandshakeId": invitation}));
    }

    /// Sets up LDAP over TLS for the directory, and smart cards and RADIUS servers for the connector.
    fn begin_security(&mut self, directory: &Value, connector: &Value) {
        let pem = include_str!("../../../fixtures/certificates/far.pem");
        self.begin("RegisterCertificate", &json!({"DirectoryId": directory, "CertificateData": pem}));
        self.begin("EnableLDAPS", &json!({"DirectoryId": directory, "Type": "Client"}));
        let users = json!({"DirectoryId": connector, "Type": "ClientCertAuth", "CertificateData": pem});
        self.begin("RegisterCertificate", &users);
        self.begin("EnableClientAuthentication", &json!({"DirectoryId": connector, "Type": "SmartCard"}));
        let settings = json!({"RadiusServers": ["10.0.0.1"], "RadiusPort": 1812, "SharedSecret": "top secret!",
            "AuthenticationProtocol": "PAP"});
        self.begin("EnableRadius", &json!({"DirectoryId": connector, "RadiusSettings": settings}));
    }

    /// Makes a call of the management account that must succeed, and lets an hour pass.
    fn begin(&mut self, name: &str, body: &Value) -> Value {
        self.begin_as(MANAGEMENT, name, body)
    }

    fn begin_as(&mut self, who: &str, name: &str, body: &Value) -> Value {
        let answer = self.call(Credentials::of(who), operation(name), body.to_string().into_bytes(), None);
        self.client.at = self.client.at.after(Duration::from_hours(1));
        answer.expect("a world begins")
    }

    fn step(&mut self, step: &Step, tally: &mut Tally) {
        match step {
            Step::Wait(wait) => self.client.at = self.client.at.after(*wait),
            Step::Call { operation, dice } => {
                let mut dice = Dice(dice.iter());
                let caller = dice.caller(&self.known);
                let mut body = dice.value("", operation.input, &mut self.known).to_string().into_bytes();
                if dice.roll(60) == 59 {
                    body.truncate(body.len() / 2);
                }
                let failures = directory::failures(operation.name).statuses;
                let failure = if dice.roll(3) == 2 { dice.pick(&failures) } else { None };
                let result = self.call(caller, operation, body, failure);
                let (n_answered, n_refused) = tally.entry(operation.to_string()).or_default();
                *if result.is_ok() { n_answered } else { n_refused } += 1;
            }
        }
    }

    /// Makes a call, and compares the worlds before and after.
    fn call(
        &mut self,
        caller: Credentials,
        operation: &'static Operation,
        body: Vec<u8>,
        ending: Option<&'static str>,
    ) -> Result<Value, Refusal> {
        let made = Made { caller, operation, body, ending, at: self.client.at };
        let before = self.client.world.settled(made.at);
        let result = answer(&self.client, &made);
        let after = self.client.world.settled(made.at);
        let context = || format!("{operation:?} {} by {:?}", String::from_utf8_lossy(&made.body), made.caller);
        // A member that accepts an invitation is refused, and the invitation counts as accepted (recorded on AWS).
        let may_change = operation.access == Access::Write && (result.is_ok() || operation.name == "AcceptHandshake");
        if !may_change {
            assert!(before == after, "{} changed the world, and got {result:?}", context());
            assert_eq!(answer(&self.client, &made), result, "{} is answered twice", context());
        }
        assert_eq!(after.broken_invariants(), Vec::<String>::new(), "{}", context());
        if operation.access == Access::Write && result.is_ok() {
            let anew = lists(after.afresh(), made.at);
            assert_eq!(lists(World::clone(&after), made.at), anew, "kept rows do not show {}", context());
        }
        if let Ok(answer) = &result {
            self.known.learn("", answer);
        }
        self.made.push((made, format!("{result:?}")));
        result
    }

    /// Repeats all calls in a new world.
    fn replayed(&self, settings: Settings) -> World {
        let client = Client::new(settings);
        for (made, result) in &self.made {
            // Timers fire at the next call. Only the time of the call may matter.
            assert_eq!(&format!("{:?}", answer(&client, made)), result, "{:?}", made.operation);
        }
        World::clone(&client.world.settled(self.client.at))
    }
}

fn answer(client: &Client, made: &Made) -> Result<Value, Refusal> {
    if let Some(status) = made.ending {
        let (operation, status) = (format!("{:?}", made.operation), Some(status.to_owned()));
        let order = FaultOrder { operation, status, ..FaultOrder::default() };
        client.world.order(Fault::new(order).expect("the table has the status"));
    }
    let result = client.call_at(made.at, &made.caller, made.operation, &made.body);
    client.world.cancel_all();
    result
}

/// The lists whose rows are kept, as the management account sees them. To ask leaves rows in the world, against which
/// the next change is held.
fn lists(world: World, at: Timestamp) -> Vec<Result<Value, Refusal>> {
    let client = Client { world: LiveWorld::new(world), at, protocol: Protocol::AwsJson };
    let asked = [
        (MANAGEMENT, "us-east-1", "ListAccounts"),
        (MANAGEMENT, "us-east-1", "DescribeDirectories"),
        (MANAGEMENT, "eu-west-1", "DescribeDirectories"),
    ];
    let asked = asked.map(|(who, region, name)| {
        let who = Credentials { region: region.to_owned(), ..Credentials::of(who) };
        client.call(&who, operation(name), b"{}")
    });
    asked.into()
}

/// An operation whose name no other service has.
fn operation(name: &str) -> &'static Operation {
    SERVICES.iter().find_map(|service| service.operation(name)).expect("an operation")
}

fn implemented() -> Vec<&'static Operation> {
    let operations = SERVICES.iter().flat_map(|service| service.operations);
    operations.filter(|operation| operation.state == State::Implemented).collect()
}

fn step() -> impl Strategy<Value = Step> {
    let waits = [0, 1, 90, 3600, 5 * 86_400, 16 * 86_400, 100 * 86_400].map(Duration::from_secs);
    let dice = prop::collection::vec(any::<u8>(), 0..120);
    let call = (prop::sample::select(implemented()), dice);
    prop_oneof![
        1 => prop::sample::select(waits.to_vec()).prop_map(Step::Wait),
        9 => call.prop_map(|(operation, dice)| Step::Call { operation, dice }),
    ]
}

fn settings() -> impl Strategy<Value = Settings> {
    (any::<u64>(), any::<[bool; 4]>()).prop_map(|(seed, [is_slow, is_strict, is_tight, gov_cloud])| {
        let mut settings = Settings { seed, gov_cloud, ..Settings::default() };
        if is_slow {
            settings.pace = Pace::Factor(1);
        }
        if is_strict {
            settings.share_trusted_access = ShareTrustedAccess::Strict;
        }
        if is_tight {
            let quotas = Quotas { accounts: 5, units: 4, unit_depth: 2, invitations: 3, ..Quotas::default() };
            settings.quotas = Quotas { tags: 3, microsoft_directories: 2, shares_standard: 2, ..quotas };
        }
        settings
    })
}

#[test]
fn requests_change_the_world_as_a_whole_or_not_at_all() {
    let tally = RefCell::new(Tally::new());
    let config = ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() };
    // The requests are the same in each run, so that coverage does not depend on luck. The fuzz targets look further.
    let random = TestRng::deterministic_rng(config.rng_algorithm);
    let inputs = (settings(), prop::collection::vec(step(), 100..200));
    let result = TestRunner::new_with_rng(config, random).run(&inputs, |(settings, steps)| {
        let mut run = Run::new(settings.clone());
        for step in &steps {
            run.step(step, &mut tally.borrow_mut());
        }
        let last = World::clone(&run.client.world.settled(run.client.at));
        prop_assert!(run.replayed(settings) == last, "the same requests lead to another world");
        Ok(())
    });
    result.unwrap_or_else(|wrong| panic!("{wrong}"));
    let tally = tally.into_inner();
    let (mut n_answered, mut missed) = (0, Vec::new());
    for operation in implemented() {
        let (answered, refused) = tally.get(&format!("{operation:?}")).copied().unwrap_or_default();
        n_answered += usize::from(answered > 0);
        if answered == 0 || refused == 0 {
            missed.push(format!("{operation:?} was answered {answered} times and refused {refused} times"));
        }
    }
    // Some operations need more luck than these requests have.
    assert!(
        n_answered * 10 >= implemented().len() * 7,
        "too many operations only succeed or only fail:\n{}",
        missed.join("\n")
    );
    println!("{}", missed.join("\n"));
}
