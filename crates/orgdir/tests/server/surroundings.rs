//! Surroundings that calls of Directory Service name: looked up at the upstream, or declared in a seed.

use std::fs;

use serde_json::{Value, json};

use crate::fake::{Fake, Heard, nobody};
use crate::serving::{ACCOUNT, Answer, Process, Request};

const GROUP_ARN: &str = "arn:aws:logs:us-east-1:123456789012:log-group:/corp";

fn with_upstream(url: &str) -> Process {
    Process::with(&["--listen", "127.0.0.1:0", "--upstream", url], &[])
}

fn create(subnets: [&str; 2]) -> Request {
    let vpc = json!({"VpcId": "vpc-12345678", "SubnetIds": subnets});
    let input = json!({"Name": "corp.example.com", "Password": "Sup3rSecret!", "VpcSettings": vpc});
    Request::json("ds:CreateMicrosoftAD", input.to_string())
}

fn directories(server: &Process) -> Value {
    Request::json("ds:DescribeDirectories", "{}").to(server.address).ok()["DirectoryDescriptions"].clone()
}

/// Whether an answer has that error code, and a text that begins with `text`.
fn is_refused(answer: &Answer, code: &str, text: &str) -> bool {
    let body = answer.json();
    let message = body["Message"].as_str().or(body["message"].as_str()).unwrap_or_default().to_owned();
    body["__type"] == code && message.starts_with(text)
}

fn answer(status: &str, body: &str) -> Vec<u8> {
    format!("{status}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// An upstream with a VPC of two subnets, a log group, a topic and a secret.
fn aws(heard: &Heard) -> Vec<u8> {
    let asked = heard.text();
    let subnet = |id: &str, zone: &str, block: &str| {
        let item = format!(
            "<item><subnetId>{id}</subnetId><vpcId>vpc-12345678</vpcId><cidrBlock>{block}</cidrBlock>\
             <availabilityZone>{zone}</availabilityZone></item>"
        );
        if asked.contains(id) { item } else { String::new() }
    };
    let of = |name: &str| heard.header("x-amz-target").unwrap_or(&asked).contains(name);
    let body = if of("DescribeSubnets") {
        let one = subnet("subnet-11111111", "us-east-1d", "10.7.1.0/24");
        format!("<R><subnetSet>{one}{}</subnetSet></R>", subnet("subnet-22222222", "us-east-1e", "10.7.2.0/28"))
    } else if of("DescribeVpcs") {
        "<R><vpcSet><item><vpcId>vpc-12345678</vpcId><cidrBlock>10.7.0.0/16</cidrBlock></item></vpcSet></R>".to_owned()
    } else if of("DescribeLogGroups") {
        json!({"logGroups": [{"logGroupName": "/corp", "arn": format!("{GROUP_ARN}:*")}]}).to_string()
    } else if of("DescribeResourcePolicies") {
        let statement = json!({"Effect": "Allow", "Principal": {"Service": "ds.amazonaws.com"}, "Action": "logs:*",
            "Resource": format!("{GROUP_ARN}:*"), "Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}}});
        let policy = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
        // The policy is on the second page.
        if asked.contains("more") {
            json!({"resourcePolicies": [{"policyDocument": policy}]}).to_string()
        } else {
            json!({"resourcePolicies": [], "nextToken": "more"}).to_string()
        }
    } else if of("ListTopics") {
        let (arn, next) = if asked.contains("NextToken=more%2F1") { ("alarms", "") } else { ("others", "more/1") };
        format!(
            "<R><ListTopicsResult><Topics><member><TopicArn>arn:aws:sns:us-east-1:123456789012:{arn}</TopicArn>\
             </member></Topics>\
             <NextToken>{next}</NextToken></ListTopicsResult></R>"
        )
    } else if asked.contains("hybrid-AbCdEf") {
        json!({"ARN": "arn:aws:secretsmanager:us-east-1:111111111111:secret:hybrid-AbCdEf"}).to_string()
    } else {
        return answer("400 Bad Request", &json!({"__type": "x#ResourceNotFoundException"}).to_string());
    };
    answer("200 OK", &body)
}

#[test]
fn a_directory_is_created_in_subnets_of_the_upstream() {
    let fake = Fake::answering(aws);
    let server = with_upstream(&fake.url());
    create(["subnet-11111111", "subnet-22222222"]).with("X-Amz-Security-Token", "token").to(server.address).ok();
    let asked = fake.next();
    assert_eq!(asked.line, "POST / HTTP/1.1");
    let scope = asked.header("authorization").unwrap();
    assert!(scope.contains("Credential=111111111111/") && scope.contains("/us-east-1/ec2/aws4_request"), "{scope}");
    assert_eq!(asked.header("x-amz-security-token"), Some("token"), "the caller asks");
    let found = directories(&server);
    let (vpc, addresses) = (&found[0]["VpcSettings"], found[0]["DnsIpAddrs"].as_array().unwrap());
    assert_eq!(vpc["AvailabilityZones"], json!(["us-east-1d", "us-east-1e"]));
    for (address, begin) in addresses.iter().zip(["10.7.1.", "10.7.2."]) {
        assert!(address.as_str().unwrap().starts_with(begin), "{address}");
    }
    let unknown = create(["subnet-11111111", "subnet-33333333"]).to(server.address);
    assert!(is_refused(&unknown, "InvalidParameterException", "Invalid subnet ID(s)."), "{}", unknown.text());
    assert_eq!(directories(&server).as_array().unwrap().len(), 1);
}

#[test]
fn log_groups_topics_and_secrets_are_looked_up() {
    let fake = Fake::answering(aws);
    let server = with_upstream(&fake.url());
    let directory = create(["subnet-11111111", "subnet-22222222"]).to(server.address).ok()["DirectoryId"].clone();
    let call = |operation: &str, member: &str, value: &str| {
        let input = json!({"DirectoryId": directory, member: value});
        Request::json(operation, input.to_string()).to(server.address)
    };
    let unknown = call("ds:CreateLogSubscription", "LogGroupName", "/cor");
    assert!(is_refused(&unknown, "EntityDoesNotExistException", "Log group /cor does not exist"), "{}", unknown.text());
    call("ds:CreateLogSubscription", "LogGroupName", "/corp").ok();
    let unknown = call("ds:RegisterEventTopic", "TopicName", "pagers");
    assert!(is_refused(&unknown, "EntityDoesNotExistException", "Topic pagers does not exist"), "{}", unknown.text());
    call("ds:RegisterEventTopic", "TopicName", "alarms").ok();
    let vpc = json!({"VpcId": "vpc-12345678", "SubnetIds": ["subnet-11111111", "subnet-22222222"]});
    let configuration = json!({"DnsName": "corp.example.com", "CustomerDnsIps": ["10.24.34.100", "10.24.34.200"],
        "InstanceIds": ["i-11111111", "i-22222222"], "VpcSettings": vpc});
    let input = json!({"AssessmentConfiguration": configuration}).to_string();
    let assessment = Request::json("ds:StartADAssessment", input).to(server.address).ok()["AssessmentId"].clone();
    let hybrid = |name: &str| {
        let secret = format!("arn:aws:secretsmanager:us-east-1:111111111111:secret:{name}");
        let input = json!({"AssessmentId": assessment, "SecretArn": secret});
        Request::json("ds:CreateHybridAD", input.to_string()).to(server.address)
    };
    let unknown = hybrid("other-AbCdEf");
    assert!(is_refused(&unknown, "InvalidParameterException", "The secret "), "{}", unknown.text());
    hybrid("hybrid-AbCdEf").ok();
}

#[test]
fn a_dead_upstream_stops_only_calls_that_look_something_up() {
    let nobody = format!("http://{}", nobody());
    let server = with_upstream(&nobody);
    let refused = create(["subnet-11111111", "subnet-22222222"]).to(server.address);
    assert_eq!(refused.status, 424);
    assert!(
        is_refused(&refused, "OrgdirUpstreamUnreachable", "orgdir passes calls of other services"),
        "{}",
        refused.text()
    );
    assert!(refused.text().contains(&nobody) && refused.text().contains("--upstream"), "{}", refused.text());
    let wrong = create(["subnet-11111111", "subnet-11111111"]).to(server.address);
    assert!(is_refused(&wrong, "InvalidParameterException", "Invalid subnet ID(s)."), "wrong whatever there is");
    assert_eq!(directories(&server), json!([]), "nothing was made");
    let events = Request::new("GET", "/_orgdir/events", "").to(server.address).ok();
    assert!(events.to_string().contains("OrgdirUpstreamUnreachable"), "{events}");
    let alias = Request::json("ds:CreateAlias", json!({"DirectoryId": "d-9067000000", "Alias": "x"}).to_string());
    assert!(
        is_refused(&alias.to(server.address), "EntityDoesNotExistException", "Directory d-"),
        "it asks for nothing"
    );
}

#[test]
fn an_answer_that_is_not_as_on_aws_is_refused() {
    for (status, body) in
        [("200 OK", "nonsense"), ("500 Oops", "<Error>broken</Error>"), ("404 Not Found", "no EC2 here")]
    {
        let fake = Fake::answering(move |_| answer(status, body));
        let server = with_upstream(&fake.url());
        let refused = create(["subnet-11111111", "subnet-22222222"]).to(server.address);
        assert!(is_refused(&refused, "OrgdirUpstreamUnreachable", "orgdir asked http://127"), "{}", refused.text());
        assert!(refused.text().contains("DescribeSubnets"), "{}", refused.text());
    }
}

/// A file with a text, which is deleted when the test ends.
struct SeedFile(std::path::PathBuf);

impl SeedFile {
    fn new(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("orgdir-{}-{name}.toml", std::process::id()));
        fs::write(&path, text).expect("the file can be written");
        Self(path)
    }
}

impl Drop for SeedFile {
    fn drop(&mut self) {
        // A file that stays does no harm.
        let _ = fs::remove_file(&self.0);
    }
}

const SEED: &str = r#"
topic = []

[[vpc]]
account = "111111111111"
id = "vpc-12345678"
cidr = "10.9.0.0/16"

[[vpc.subnet]]
id = "subnet-11111111"
availability_zone = "us-east-1a"
cidr = "10.9.1.0/24"

[[vpc.subnet]]
id = "subnet-22222222"
availability_zone = "us-east-1b"
cidr = "10.9.2.0/24"

[[log_group]]
account = "111111111111"
name = "/closed"
admits_directory_service = false

[[secret]]
arn = "arn:aws:secretsmanager:us-east-1:111111111111:secret:hybrid-AbCdEf"
"#;

#[test]
fn what_a_seed_declares_is_checked_and_not_looked_up() {
    let seed = SeedFile::new("declared", SEED);
    let dead = format!("http://{}", nobody());
    let path = seed.0.display().to_string();
    let server = Process::with(&["--listen", "127.0.0.1:0", "--seed", &path, "--upstream", &dead], &[]);
    let directory = create(["subnet-11111111", "subnet-22222222"]).to(server.address).ok()["DirectoryId"].clone();
    assert_eq!(directories(&server)[0]["VpcSettings"]["AvailabilityZones"], json!(["us-east-1a", "us-east-1b"]));
    let unknown = create(["subnet-11111111", "subnet-33333333"]).to(server.address);
    assert!(is_refused(&unknown, "InvalidParameterException", "Invalid subnet ID(s)."), "{}", unknown.text());
    for (operation, member, value, code) in [
        ("ds:CreateLogSubscription", "LogGroupName", "/closed", "InsufficientPermissionsException"),
        ("ds:CreateLogSubscription", "LogGroupName", "/open", "EntityDoesNotExistException"),
        ("ds:RegisterEventTopic", "TopicName", "alarms", "EntityDoesNotExistException"),
    ] {
        let input = json!({"DirectoryId": directory, member: value}).to_string();
        assert!(is_refused(&Request::json(operation, input).to(server.address), code, ""), "{operation} {value}");
    }
}
