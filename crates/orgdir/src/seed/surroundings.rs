//! The lists of a seed file that declare surroundings.

use compact_str::CompactString;
use imbl::{OrdMap, OrdSet};
use model::AccountId;
use serde::Deserialize;
use world::{Cidr, Existing, Network, Region, RegionalName, Subnet};

/// `[[vpc]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vpc {
    account: AccountId,
    #[serde(default = "default_region")]
    region: CompactString,
    id: CompactString,
    cidr: CompactString,
    #[serde(default)]
    tenancy: Tenancy,
    #[serde(default, rename = "subnet")]
    subnets: Vec<VpcSubnet>,
}

/// The tenancy of a VPC, in EC2's words.
#[derive(Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Tenancy {
    #[default]
    Default,
    Dedicated,
}

/// `[[vpc.subnet]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct VpcSubnet {
    id: CompactString,
    availability_zone: CompactString,
    cidr: Option<CompactString>,
    ipv6_cidr: Option<CompactString>,
}

/// `[[log_group]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogGroup {
    account: AccountId,
    #[serde(default = "default_region")]
    region: CompactString,
    name: CompactString,
    /// Whether a resource policy lets `ds.amazonaws.com` write to it.
    #[serde(default = "yes")]
    admits_directory_service: bool,
}

/// `[[topic]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    account: AccountId,
    #[serde(default = "default_region")]
    region: CompactString,
    name: CompactString,
}

/// `[[secret]]`. Its ARN has account and Region.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secret {
    arn: CompactString,
}

fn default_region() -> CompactString {
    Region::default().as_str().into()
}

fn yes() -> bool {
    true
}

/// The declared networks.
///
/// # Errors
/// When one of them cannot exist on AWS.
pub fn networks(list: Option<Vec<Vpc>>) -> Result<Existing<OrdMap<RegionalName, Network>>, String> {
    let Some(list) = list else { return Ok(Existing::Assumed) };
    let mut networks: OrdMap<RegionalName, Network> = OrdMap::new();
    for vpc in list {
        let network = vpc.network().map_err(|reason| format!("vpc {}: {reason}", vpc.id))?;
        let others: Vec<&Subnet> = networks.values().flat_map(|network| &network.subnets).collect();
        if let Some(duplicate) = network.subnets.iter().find(|subnet| others.iter().any(|other| other.id == subnet.id))
        {
            return Err(format!("vpc {}: the subnet {} is another VPC's", vpc.id, duplicate.id));
        }
        if networks.insert((vpc.account, Region::from(vpc.region.as_str()), vpc.id.clone()), network).is_some() {
            return Err(format!("vpc {}: there are two", vpc.id));
        }
    }
    Ok(Existing::Listed(networks))
}

/// The declared log groups.
pub fn log_groups(list: Option<Vec<LogGroup>>) -> Existing<OrdMap<RegionalName, world::LogGroup>> {
    declared(list, |group| {
        let name = (group.account, Region::from(group.region.as_str()), group.name);
        (name, world::LogGroup { admits_directory_service: group.admits_directory_service })
    })
}

/// The declared topics.
pub fn topics(list: Option<Vec<Topic>>) -> Existing<OrdSet<RegionalName>> {
    declared(list, |topic| (topic.account, Region::from(topic.region.as_str()), topic.name))
}

/// The declared secrets.
pub fn secrets(list: Option<Vec<Secret>>) -> Existing<OrdSet<CompactString>> {
    declared(list, |secret| secret.arn)
}

fn declared<Declaration, Item, All: FromIterator<Item>>(
    list: Option<Vec<Declaration>>,
    item: impl Fn(Declaration) -> Item,
) -> Existing<All> {
    list.map_or(Existing::Assumed, |list| Existing::Listed(list.into_iter().map(item).collect()))
}

impl Vpc {
    fn network(&self) -> Result<Network, String> {
        require_id(&self.id, "vpc-")?;
        let cidr = block(&self.cidr, false)?;
        let mut subnets: Vec<Subnet> = Vec::new();
        for subnet in &self.subnets {
            let subnet =
                subnet.subnet(&self.region, cidr).map_err(|reason| format!("subnet {}: {reason}", subnet.id))?;
            if let Some(other) = subnets.iter().find(|other| collide(other, &subnet)) {
                return Err(format!(
                    "the subnets {} and {} are the same, or have the same addresses",
                    other.id, subnet.id
                ));
            }
            subnets.push(subnet);
        }
        Ok(Network { cidr, is_dedicated: self.tenancy == Tenancy::Dedicated, subnets })
    }
}

impl VpcSubnet {
    fn subnet(&self, region: &str, vpc: Cidr) -> Result<Subnet, String> {
        require_id(&self.id, "subnet-")?;
        if !self.availability_zone.starts_with(region) {
            return Err(format!("the zone {} is not in {region}", self.availability_zone));
        }
        let ipv4 = self.cidr.as_deref().map(|text| block(text, false)).transpose()?;
        let ipv6 = self.ipv6_cidr.as_deref().map(|text| block(text, true)).transpose()?;
        match (ipv4, ipv6) {
            (None, None) => return Err("it needs a cidr, an ipv6_cidr or both".to_owned()),
            (Some(block), _) if !vpc.contains(block) => return Err(format!("{} is not in the VPC", block.to_block())),
            (Some(block), _) if block.prefix() > 28 => return Err("a subnet is a /28 at least".to_owned()),
            _ => {}
        }
        Ok(Subnet { id: self.id.clone(), availability_zone: self.availability_zone.clone(), ipv4, ipv6 })
    }
}

fn collide(one: &Subnet, other: &Subnet) -> bool {
    let overlap =
        |one: Option<Cidr>, other: Option<Cidr>| one.zip(other).is_some_and(|(one, other)| one.overlaps(other));
    one.id == other.id || overlap(one.ipv4, other.ipv4) || overlap(one.ipv6, other.ipv6)
}

/// Requires an id of 8 or 17 hexadecimal digits.
fn require_id(id: &str, prefix: &str) -> Result<(), String> {
    let digits = id.strip_prefix(prefix).filter(|digits| matches!(digits.len(), 8 | 17));
    let is_id = digits.is_some_and(|digits| digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')));
    if is_id { Ok(()) } else { Err(format!("its id is {prefix} and 8 or 17 hexadecimal digits")) }
}

fn block(text: &str, is_ipv6: bool) -> Result<Cidr, String> {
    let parsed: Option<Cidr> = text.parse().ok();
    parsed.filter(|block| block.is_ipv6() == is_ipv6).ok_or_else(|| {
        let sample = if is_ipv6 { "2001:db8:0:1::/64" } else { "10.0.1.0/24" };
        format!("{text} is no block of addresses such as {sample}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct File {
        vpc: Option<Vec<Vpc>>,
    }

    fn read(text: &str) -> Result<Existing<OrdMap<RegionalName, Network>>, String> {
        networks(toml::from_str::<File>(text).map_err(|error| error.to_string())?.vpc)
    }

    const VPC: &str = "[[vpc]]\naccount = \"111111111111\"\nid = \"vpc-12345678\"\ncidr = \"10.0.0.0/16\"\n";

    fn subnet(id: &str, zone: &str, cidr: &str) -> String {
        format!("[[vpc.subnet]]\nid = \"{id}\"\navailability_zone = \"{zone}\"\n{cidr}\n")
    }

    #[test]
    fn a_kind_that_is_not_mentioned_is_assumed() {
        assert_eq!(read(""), Ok(Existing::Assumed));
        assert_eq!(read("vpc = []"), Ok(Existing::Listed(OrdMap::new())));
        assert!(topics(None).is_assumed() && !topics(Some(Vec::new())).is_assumed());
    }

    #[test]
    fn a_vpc_has_its_subnets() {
        let text = format!(
            "{VPC}{}{}",
            subnet("subnet-11111111", "us-east-1a", "cidr = \"10.0.1.0/24\""),
            subnet("subnet-22222222222222222", "us-east-1b", "ipv6_cidr = \"2001:db8:0:1::/64\"")
        );
        let Ok(Existing::Listed(networks)) = read(&text) else { panic!("{:?}", read(&text)) };
        let name = ("111111111111".parse().unwrap(), Region::default(), "vpc-12345678".into());
        let network = &networks[&name];
        assert!(!network.is_dedicated && network.subnets[0].ipv4.is_some() && network.subnets[1].ipv4.is_none());
    }

    #[test]
    fn what_cannot_be_on_aws_is_refused() {
        let good = subnet("subnet-11111111", "us-east-1a", "cidr = \"10.0.1.0/24\"");
        let with = |subnet: String| format!("{VPC}{subnet}");
        for (text, part) in [
            (VPC.replace("vpc-12345678", "vpc-1"), "vpc vpc-1: its id is vpc- and 8 or 17"),
            (VPC.replace("10.0.0.0/16", "10.0.0.0"), "10.0.0.0 is no block of addresses"),
            (VPC.replace("10.0.0.0/16", "2001:db8::/56"), "is no block of addresses such as 10.0.1.0/24"),
            (format!("{VPC}tenancy = \"mine\""), "unknown variant `mine`"),
            (format!("{VPC}{VPC}"), "there are two"),
            (with(good.replace("subnet-1", "net-1")), "its id is subnet-"),
            (with(good.replace("us-east-1a", "eu-west-1a")), "the zone eu-west-1a is not in us-east-1"),
            (with(good.replace("10.0.1.0/24", "10.1.1.0/24")), "10.1.1.0/24 is not in the VPC"),
            (with(good.replace("10.0.1.0/24", "10.0.1.0/29")), "a /28 at least"),
            (with(good.replace("cidr = \"10.0.1.0/24\"", "")), "it needs a cidr"),
            (with(format!("{good}{good}")), "are the same"),
            (format!("{VPC}{good}{}{good}", VPC.replace("vpc-12345678", "vpc-87654321")), "is another VPC's"),
        ] {
            let wrong = read(&text).unwrap_err();
            assert!(wrong.contains(part), "{text}: {wrong}");
        }
    }
}
