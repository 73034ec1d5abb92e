//! Looks up VPCs and subnets at EC2.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use compact_str::CompactString;
use engine::Need;
use imbl::OrdMap;
use roxmltree::{Document, Node};
use world::{Cidr, Network, RegionalName, Subnet};

use crate::upstream::asker::{Asker, Unanswered};

const VERSION: &str = "2016-11-15";

/// The named VPC, and the named subnets in their VPCs, as far as they exist.
pub async fn find(
    asker: &Asker<'_>,
    need: &Need,
    vpc: &CompactString,
    subnets: &[CompactString],
) -> Result<OrdMap<RegionalName, Network>, Unanswered> {
    let answer = asker.form("ec2", &need.region, form("DescribeSubnets", "subnet-id", subnets)).await?;
    let subnets = read(&answer, "subnetSet", subnet).ok_or_else(|| asker.unreadable("DescribeSubnets"))?;
    let vpcs: BTreeSet<&CompactString> = subnets.iter().map(|(vpc, _)| vpc).chain([vpc]).collect();
    let answer = asker.form("ec2", &need.region, form("DescribeVpcs", "vpc-id", vpcs)).await?;
    let vpcs = read(&answer, "vpcSet", network).ok_or_else(|| asker.unreadable("DescribeVpcs"))?;
    let networks = vpcs.into_iter().map(|(id, network)| {
        let own = subnets.iter().filter(|(vpc, _)| *vpc == id).map(|(_, subnet)| subnet.clone()).collect();
        ((need.account, need.region.clone(), id), Network { subnets: own, ..network })
    });
    Ok(networks.collect())
}

/// Filters by ids. Unlike a list of ids, a filter gives no error for an unknown one.
fn form<'a>(action: &str, filter: &str, ids: impl IntoIterator<Item = &'a CompactString>) -> String {
    let mut form = format!("Action={action}&Version={VERSION}&Filter.1.Name={filter}");
    for (number, id) in (1..).zip(ids) {
        // Ids are letters, digits and dashes. Writing to a String cannot fail.
        let _ = write!(form, "&Filter.1.Value.{number}={id}");
    }
    form
}

/// The items of the answer's set. None where the answer or one of them cannot be read.
fn read<T>(answer: &str, set: &str, item: impl Fn(Node<'_, '_>) -> Option<T>) -> Option<Vec<T>> {
    let document = Document::parse(answer).ok()?;
    items(child(document.root_element(), set)?).map(item).collect()
}

fn items<'a, 'input>(set: Node<'a, 'input>) -> impl Iterator<Item = Node<'a, 'input>> {
    set.children().filter(|node| node.tag_name().name() == "item")
}

fn child<'a, 'input>(of: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    of.children().find(|node| node.tag_name().name() == name)
}

fn text<'a>(of: Node<'a, '_>, name: &str) -> Option<&'a str> {
    child(of, name)?.text().map(str::trim)
}

/// Reads the id of a VPC, and the subnet.
fn subnet(item: Node<'_, '_>) -> Option<(CompactString, Subnet)> {
    let subnet = Subnet {
        id: text(item, "subnetId")?.into(),
        availability_zone: text(item, "availabilityZone")?.into(),
        ipv4: text(item, "cidrBlock").and_then(|block| block.parse().ok()),
        ipv6: child(item, "ipv6CidrBlockAssociationSet").and_then(|set| items(set).find_map(associated)),
    };
    Some((text(item, "vpcId")?.into(), subnet))
}

/// The block of an association, unless it is ending or has failed. moto has words of its own around AWS's states.
fn associated(association: Node<'_, '_>) -> Option<Cidr> {
    let state = child(association, "ipv6CidrBlockState").and_then(|state| text(state, "state")).unwrap_or_default();
    let is_gone = ["disassociat", "fail"].iter().any(|gone| state.contains(gone));
    text(association, "ipv6CidrBlock").filter(|_| !is_gone)?.parse().ok()
}

/// Reads the id of a VPC, and the VPC without its subnets.
fn network(item: Node<'_, '_>) -> Option<(CompactString, Network)> {
    let cidr: Cidr = text(item, "cidrBlock")?.parse().ok()?;
    let is_dedicated = text(item, "instanceTenancy").is_some_and(|tenancy| tenancy != "default");
    Some((text(item, "vpcId")?.into(), Network { cidr, is_dedicated, subnets: Vec::new() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_ec2_are_read() {
        let association = |block: &str, state: &str| {
            format!(
                "<item><ipv6CidrBlock>{block}</ipv6CidrBlock><ipv6CidrBlockState><state>{state}</state>\
                 </ipv6CidrBlockState></item>"
            )
        };
        let (old, new) =
            (association("2001:db8:0:1::/64", "disassociated"), association("2001:db8:0:2::/64", "associated"));
        let subnets = format!(
            "<?xml version=\"1.0\"?><DescribeSubnetsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">\
             <requestId>x</requestId>\
             <subnetSet><item><subnetId>subnet-1</subnetId><vpcId>vpc-1</vpcId><cidrBlock>10.0.1.0/24</cidrBlock>\
             <availabilityZone>\
             us-east-1a</availabilityZone><ipv6CidrBlockAssociationSet>{old}{new}</ipv6CidrBlockAssociationSet></item>\
             </subnetSet>\
             </DescribeSubnetsResponse>"
        );
        let found = read(&subnets, "subnetSet", subnet).unwrap();
        let expected = Subnet {
            id: "subnet-1".into(),
            availability_zone: "us-east-1a".into(),
            ipv4: "10.0.1.0/24".parse().ok(),
            ipv6: "2001:db8:0:2::/64".parse().ok(),
        };
        assert_eq!(found, [("vpc-1".into(), expected)]);
        let vpcs = "<R><vpcSet><item><vpcId>vpc-1</vpcId><cidrBlock>10.0.0.0/16</cidrBlock><instanceTenancy>dedicated\
            </instanceTenancy></item>\
                    </vpcSet></R>";
        let found = read(vpcs, "vpcSet", network).unwrap();
        assert!(found.len() == 1 && found[0].1.is_dedicated);
        assert_eq!(read("<R><vpcSet/></R>", "vpcSet", network).map(|all| all.len()), Some(0));
        for unreadable in ["", "{}", "<R/>", "<R><vpcSet><item/></vpcSet></R>", "<R><vpcSet>"] {
            assert!(read(unreadable, "vpcSet", network).is_none(), "{unreadable}");
        }
    }

    #[test]
    fn ids_are_filtered() {
        let asked = form("DescribeVpcs", "vpc-id", &["vpc-1".into(), "vpc-2".into()]);
        assert_eq!(
            asked,
            "Action=DescribeVpcs&Version=2016-11-15&Filter.1.Name=vpc-id&Filter.1.Value.1=vpc-1&Filter.1.Value.2=vpc-2"
        );
    }
}
