"""Directories in networks that EC2 knows, with the log groups, topics and secrets that there are."""

import ipaddress
import json

import pytest

from callers import Callers, refused
from cast import M, S

LETS_DIRECTORIES_IN = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Service": "ds.amazonaws.com"},
            "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
            "Resource": "arn:aws:logs:*:*:log-group:/directories/*",
        }
    ],
}


def wanted(vpc, subnets, **more):
    """What a directory is asked for with."""
    return {
        "Name": "corp.example.com",
        "Password": "Sup3rSecret!",
        "VpcSettings": {"VpcId": vpc, "SubnetIds": subnets},
        **more,
    }


def inside(addresses, blocks):
    """Whether each address is in its block, and none that AWS keeps for itself."""
    for address, block in zip(addresses, map(ipaddress.ip_network, blocks), strict=True):
        number = int(ipaddress.ip_address(address)) - int(block.network_address)
        if not 4 <= number < block.num_addresses - 1:
            return False
    return True


def test_a_directory_has_the_zones_and_addresses_of_its_subnets(aws, network, corp):
    (found,) = aws("ds", M).describe_directories(DirectoryIds=[corp])["DirectoryDescriptions"]
    assert found["Stage"] == "Active"
    assert found["VpcSettings"]["SubnetIds"] == network["SubnetIds"]
    assert found["VpcSettings"]["AvailabilityZones"] == ["us-east-1d", "us-east-1f"]
    assert inside(found["DnsIpAddrs"], ["10.64.1.0/24", "10.64.2.0/28"])


def test_its_further_domain_controllers_too(aws, corp):
    ds = aws("ds", M)
    ds.update_number_of_domain_controllers(DirectoryId=corp, DesiredNumber=6)
    controllers = ds.describe_domain_controllers(DirectoryId=corp)["DomainControllers"]
    blocks = {"us-east-1d": "10.64.1.0/24", "us-east-1f": "10.64.2.0/28"}
    assert len(controllers) == len({controller["DnsIpAddr"] for controller in controllers}) == 6
    assert inside(
        [controller["DnsIpAddr"] for controller in controllers],
        [blocks[controller["AvailabilityZone"]] for controller in controllers],
    )


def test_subnets_that_there_are_not_are_refused(aws, network):
    ds, vpc, (one, other) = aws("ds", M), network["VpcId"], network["SubnetIds"]
    with refused("InvalidParameterException"):
        ds.create_microsoft_ad(**wanted(vpc, [one, "subnet-12345678"]))
    with refused("ClientException") as raised:
        ds.create_microsoft_ad(**wanted(vpc, [one, network["beside"]]))
    assert "must be in different Availability Zones" in str(raised.value)
    with refused("ClientException") as raised:
        ds.create_microsoft_ad(**wanted("vpc-12345678", [one, other]))
    assert "Invalid VPC ID" in str(raised.value)
    with refused("InvalidParameterException"):
        ds.create_directory(Size="Small", **wanted(vpc, ["subnet-12345678", one]))
    assert ds.describe_directories()["DirectoryDescriptions"] == []


def test_a_region_has_networks_of_its_own(aws, network, corp):
    there = aws("ec2", M, region="eu-west-1")
    vpc = there.create_vpc(CidrBlock="10.65.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        there.create_subnet(VpcId=vpc, CidrBlock=f"10.65.{n}.0/24", AvailabilityZone=f"eu-west-1{zone}")["Subnet"]
        for n, zone in ((1, "a"), (2, "b"))
    ]
    subnets = [subnet["SubnetId"] for subnet in subnets]
    ds = aws("ds", M)
    settings = {"VpcId": network["VpcId"], "SubnetIds": network["SubnetIds"]}
    with refused("InvalidParameterException"):
        ds.add_region(DirectoryId=corp, RegionName="eu-west-1", VPCSettings=settings)
    ds.add_region(DirectoryId=corp, RegionName="eu-west-1", VPCSettings={"VpcId": vpc, "SubnetIds": subnets})
    (found,) = aws("ds", M, region="eu-west-1").describe_directories()["DirectoryDescriptions"]
    assert found["VpcSettings"]["AvailabilityZones"] == ["eu-west-1a", "eu-west-1b"]
    assert inside(found["DnsIpAddrs"], ["10.65.1.0/24", "10.65.2.0/24"])


def test_a_network_of_both_versions_needs_blocks_of_both(aws, network):
    ec2, ds = aws("ec2", M), aws("ds", M)
    with refused("ClientException"):
        ds.create_microsoft_ad(**wanted(network["VpcId"], network["SubnetIds"], NetworkType="Dual-stack"))
    vpc = ec2.create_vpc(CidrBlock="10.66.0.0/16", AmazonProvidedIpv6CidrBlock=True)["Vpc"]
    (described,) = ec2.describe_vpcs(VpcIds=[vpc["VpcId"]])["Vpcs"]
    given = ipaddress.ip_network(described["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"])
    blocks = [str(block) for block, _ in zip(given.subnets(new_prefix=64), range(2))]
    subnets = [
        ec2.create_subnet(
            VpcId=vpc["VpcId"], CidrBlock=f"10.66.{n}.0/24", Ipv6CidrBlock=block, AvailabilityZone=f"us-east-1{zone}"
        )["Subnet"]["SubnetId"]
        for n, (block, zone) in enumerate(zip(blocks, "ab"))
    ]
    ds.create_microsoft_ad(**wanted(vpc["VpcId"], subnets, NetworkType="Dual-stack"))
    (found,) = ds.describe_directories()["DirectoryDescriptions"]
    assert inside(found["DnsIpAddrs"], ["10.66.0.0/24", "10.66.1.0/24"])
    assert inside(found["DnsIpv6Addrs"], blocks)


def test_subnets_that_got_blocks_of_ipv6_make_a_network_of_both(aws):
    ec2, ds = aws("ec2", M), aws("ds", M)
    vpc = ec2.create_vpc(CidrBlock="10.67.0.0/16", AmazonProvidedIpv6CidrBlock=True)["Vpc"]["VpcId"]
    (described,) = ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"]
    given = ipaddress.ip_network(described["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"])
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.67.{n}.0/24",
                          AvailabilityZone=f"us-east-1{zone}")["Subnet"]["SubnetId"]
        for n, zone in enumerate("ab")
    ]
    directory = ds.create_microsoft_ad(**wanted(vpc, subnets))["DirectoryId"]
    update = {
        "DirectoryId": directory,
        "UpdateType": "NETWORK",
        "NetworkUpdateSettings": {"NetworkType": "Dual-stack"},
    }
    with refused("ClientException"):
        ds.update_directory_setup(**update)
    blocks = [str(block) for block, _ in zip(given.subnets(new_prefix=64), range(2))]
    for subnet, block in zip(subnets, blocks):
        ec2.associate_subnet_cidr_block(SubnetId=subnet, Ipv6CidrBlock=block)
    ds.update_directory_setup(**update)
    (found,) = ds.describe_directories()["DirectoryDescriptions"]
    assert inside(found["DnsIpAddrs"], ["10.67.0.0/24", "10.67.1.0/24"])
    assert inside(found["DnsIpv6Addrs"], blocks)


def test_logs_go_to_a_group_that_there_is_and_that_lets_them_in(aws, corp):
    ds, logs = aws("ds", M), aws("logs", M)
    with refused("EntityDoesNotExistException"):
        ds.create_log_subscription(DirectoryId=corp, LogGroupName="/directories/corp")
    logs.create_log_group(logGroupName="/directories/corp")
    logs.create_log_group(logGroupName="/directories/corp-2")
    with refused("InsufficientPermissionsException"):
        ds.create_log_subscription(DirectoryId=corp, LogGroupName="/directories/corp")
    logs.put_resource_policy(policyName="directories", policyDocument=json.dumps(LETS_DIRECTORIES_IN))
    ds.create_log_subscription(DirectoryId=corp, LogGroupName="/directories/corp")
    (found,) = ds.list_log_subscriptions()["LogSubscriptions"]
    assert found["LogGroupName"] == "/directories/corp"


def test_events_go_to_a_topic_that_there_is(aws, corp):
    ds = aws("ds", M)
    with refused("EntityDoesNotExistException"):
        ds.register_event_topic(DirectoryId=corp, TopicName="alarms")
    for number in range(120):
        aws("sns", M).create_topic(Name=f"others-{number:03}")
    aws("sns", M).create_topic(Name="alarms")
    ds.register_event_topic(DirectoryId=corp, TopicName="alarms")
    assert [topic["TopicName"] for topic in ds.describe_event_topics()["EventTopics"]] == ["alarms"]


def test_a_hybrid_directory_needs_a_secret_that_there_is(aws, network):
    ds, secrets = aws("ds", M), aws("secretsmanager", M)
    arn = secrets.create_secret(Name="hybrid", SecretString="{}")["ARN"]
    configuration = {
        "DnsName": "corp.example.com",
        "CustomerDnsIps": ["10.24.34.100", "10.24.34.200"],
        "InstanceIds": ["i-11111111", "i-22222222"],
        "VpcSettings": {"VpcId": network["VpcId"], "SubnetIds": network["SubnetIds"]},
    }
    assessment = ds.start_ad_assessment(AssessmentConfiguration=configuration)["AssessmentId"]
    with refused("InvalidParameterException"):
        ds.create_hybrid_ad(AssessmentId=assessment, SecretArn=f"{arn[:-6]}AbCdEf")
    ds.create_hybrid_ad(AssessmentId=assessment, SecretArn=arn)
    (found,) = ds.describe_directories()["DirectoryDescriptions"]
    assert found["Edition"] == "Hybrid" and found["VpcSettings"]["AvailabilityZones"] == ["us-east-1d", "us-east-1f"]


@pytest.mark.parametrize("path", ["", "/w/other"])
def test_a_member_account_asks_with_its_session(server, aws, network, path):
    organization = Callers(f"{server.url}{path}")
    organization("organizations", M).create_organization(FeatureSet="ALL")
    organization("organizations", M).create_account(AccountName="dev", Email="dev@example.com")
    accounts = organization("organizations", M).list_accounts()["Accounts"]
    (dev,) = [account["Id"] for account in accounts if account["Name"] == "dev"]
    role = f"arn:aws:iam::{dev}:role/OrganizationAccountAccessRole"
    session = organization.session_of(
        organization("sts", M).assume_role(RoleArn=role, RoleSessionName="dev")["Credentials"]
    )
    assert network["VpcId"] in [vpc["VpcId"] for vpc in session("ec2").describe_vpcs()["Vpcs"]]
    session("ds").create_microsoft_ad(**wanted(network["VpcId"], network["SubnetIds"]))
    (found,) = session("ds").describe_directories()["DirectoryDescriptions"]
    assert found["VpcSettings"]["AvailabilityZones"] == ["us-east-1d", "us-east-1f"]
    assert organization("ds", S).describe_directories()["DirectoryDescriptions"] == []
