//! Benchmarks of the most frequent calls, in an organization of 100 accounts with a directory.

use std::cell::RefCell;
use std::hint::black_box;
use std::rc::Rc;

use engine::LiveWorld;
use serde_json::{Value, json};

use crate::Benchmark;
use crate::server::{Sent, Server, encode};

const ACCOUNTS: usize = 100;

/// Makes a request that names resources of the scene.
type MakeRequest = fn(&Scene) -> Sent;

/// All benchmarks of calls.
pub fn benchmarks() -> Vec<Benchmark> {
    let here = Rc::new(Scene::new());
    let calls: [(&str, MakeRequest); 5] = [
        ("DescribeAccount", |scene| organizations("DescribeAccount", &json!({"AccountId": scene.account}))),
        ("ListAccounts, 20 rows", |_| organizations("ListAccounts", &json!({"MaxResults": 20}))),
        ("DescribeDirectories, 1 row", |scene| ds("DescribeDirectories", &json!({"DirectoryIds": [scene.directory]}))),
        ("ShareDirectory", Scene::share),
        ("GetCallerIdentity", |_| Sent::form("sts", "Action=GetCallerIdentity&Version=2011-06-15")),
    ];
    let mut found = Vec::new();
    for (name, sent) in calls {
        let sent = Rc::new(sent(&here));
        found.push(decoding(name, &sent));
        found.push(encoding(name, &here, &sent));
    }
    for (name, sent) in &calls[..3] {
        found.push(answering(name, &here, vec![sent(&here)]));
    }
    found.push(calling("a read, DescribeAccount", &here, vec![calls[0].1(&here)]));
    found.push(calling("a write, MoveAccount there and back", &here, here.moves()));
    found.push(answering("ShareDirectory, UnshareDirectory", &here, vec![here.share(), here.unshare()]));
    let world = here.server.world();
    found.push(("fork a world".to_owned(), Box::new(move || drop(black_box(LiveWorld::new(world.clone()))))));
    found
}

/// Decodes a request and its credentials.
fn decoding(name: &str, sent: &Rc<Sent>) -> Benchmark {
    let sent = Rc::clone(sent);
    (format!("decode {name}"), Box::new(move || drop(black_box(sent.decode()))))
}

/// Encodes a typed answer.
fn encoding(name: &str, scene: &Scene, sent: &Sent) -> Benchmark {
    let (route, input, credentials) = sent.decode();
    let response = scene.server.fork().call(input, &credentials).result.expect("the call succeeds");
    let response = RefCell::new(response);
    let encode = move || drop(black_box(encode(&route, &mut response.borrow_mut())));
    (format!("encode {name}"), Box::new(encode))
}

/// Answers typed requests with typed answers.
fn calling(name: &str, scene: &Rc<Scene>, sent: Vec<Sent>) -> Benchmark {
    let scene = Rc::clone(scene);
    let decoded: Vec<_> = sent.iter().map(Sent::decode).collect();
    let call = move || {
        for (_, input, credentials) in &decoded {
            assert!(black_box(scene.server.call(input.clone(), credentials)).result.is_ok());
        }
    };
    (format!("call: {name}"), Box::new(call))
}

/// Answers requests, from bytes to bytes.
fn answering(name: &str, scene: &Rc<Scene>, sent: Vec<Sent>) -> Benchmark {
    let scene = Rc::clone(scene);
    let answer = move || sent.iter().for_each(|sent| drop(black_box(scene.server.answer(sent))));
    (format!("answer {name}"), Box::new(answer))
}

fn organizations(operation: &str, body: &Value) -> Sent {
    Sent::json("organizations", &format!("AWSOrganizationsV20161128.{operation}"), body.to_string())
}

fn ds(operation: &str, body: &Value) -> Sent {
    Sent::json("ds", &format!("DirectoryService_20150416.{operation}"), body.to_string())
}

/// The resources that calls name.
struct Scene {
    server: Server,
    root: String,
    unit: String,
    account: String,
    directory: String,
}

impl Scene {
    fn new() -> Self {
        let server = Server::new();
        let text =
            |value: &Value, path: &str| value.pointer(path).and_then(Value::as_str).expect("it is text").to_owned();
        server.answer(&organizations("CreateOrganization", &json!({})));
        for n in 0..ACCOUNTS {
            let account = json!({"AccountName": format!("account {n}"), "Email": format!("load{n}@example.com")});
            server.answer(&organizations("CreateAccount", &account));
        }
        let root = text(&server.answer_json(&organizations("ListRoots", &json!({}))), "/Roots/0/Id");
        let unit = json!({"ParentId": root, "Name": "unit"});
        let unit =
            text(&server.answer_json(&organizations("CreateOrganizationalUnit", &unit)), "/OrganizationalUnit/Id");
        let account = text(&server.answer_json(&organizations("ListAccounts", &json!({}))), "/Accounts/1/Id");
        let directory = json!({
            "Name": "corp.example.com", "Password": "Sup3rSecret!",
            "VpcSettings": {"VpcId": "vpc-12345678", "SubnetIds": ["subnet-11111111", "subnet-22222222"]}
        });
        let directory = text(&server.answer_json(&ds("CreateMicrosoftAD", &directory)), "/DirectoryId");
        Self { server, root, unit, account, directory }
    }

    fn share(&self) -> Sent {
        let target = json!({"Id": self.account, "Type": "ACCOUNT"});
        let body = json!({"DirectoryId": self.directory, "ShareMethod": "HANDSHAKE", "ShareTarget": target});
        ds("ShareDirectory", &body)
    }

    fn unshare(&self) -> Sent {
        let target = json!({"Id": self.account, "Type": "ACCOUNT"});
        ds("UnshareDirectory", &json!({"DirectoryId": self.directory, "UnshareTarget": target}))
    }

    fn moves(&self) -> Vec<Sent> {
        let move_account = |from: &str, to: &str| {
            let body = json!({"AccountId": self.account, "SourceParentId": from, "DestinationParentId": to});
            organizations("MoveAccount", &body)
        };
        vec![move_account(&self.root, &self.unit), move_account(&self.unit, &self.root)]
    }
}
