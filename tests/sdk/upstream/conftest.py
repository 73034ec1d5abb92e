"""One endpoint for a whole application: orgdir with a moto server behind it."""

import pytest

pytest.register_assert_rewrite("callers")

# Only what is imported from here on has its assertions explained.
from callers import Callers  # noqa: E402
from cast import M  # noqa: E402
from moto_server import Moto  # noqa: E402
from server import Server  # noqa: E402

pytest_plugins = ["worlds"]


@pytest.fixture(scope="session")
def moto(clean_environment):
    """The moto server that all tests share."""
    with Moto() as moto:
        yield moto


@pytest.fixture(scope="session")
def server(moto):
    """orgdir, with that server as its upstream."""
    with Server("--upstream", moto.url) as server:
        yield server
        assert server.stop() == 0


@pytest.fixture
def aws(server):
    """Clients of orgdir's own endpoint: `aws("ec2")`. Each test begins with orgdir's world new."""
    server.default_world().reset()
    return Callers(server.url)


@pytest.fixture
def network(aws):
    """A VPC that EC2 knows, with subnets in two zones and a third in the first one's."""
    ec2 = aws("ec2", M)
    vpc = ec2.create_vpc(CidrBlock="10.64.0.0/16")["Vpc"]["VpcId"]

    def subnet(block, zone):
        return ec2.create_subnet(VpcId=vpc, CidrBlock=block, AvailabilityZone=zone)["Subnet"]["SubnetId"]

    one, other = subnet("10.64.1.0/24", "us-east-1d"), subnet("10.64.2.0/28", "us-east-1f")
    return {"VpcId": vpc, "SubnetIds": [one, other], "beside": subnet("10.64.3.0/24", "us-east-1d")}


@pytest.fixture
def corp(aws, network):
    """A directory in that VPC."""
    settings = {"VpcId": network["VpcId"], "SubnetIds": network["SubnetIds"]}
    created = aws("ds", M).create_microsoft_ad(Name="corp.example.com", Password="Sup3rSecret!", VpcSettings=settings)
    return created["DirectoryId"]
