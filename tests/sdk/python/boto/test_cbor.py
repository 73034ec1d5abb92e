"""Directory Service over CBOR, which boto3 speaks once its model offers nothing else."""

import gzip
import json
from datetime import datetime
from pathlib import Path

import boto3
import botocore.session
import pytest
from botocore.loaders import Loader

from callers import CORP, Callers, refused
from cast import M
from directories import Directories
from life import Life
from story import Story
from test_directory_paginators import PAGINATORS, check


@pytest.fixture(scope="session")
def cbor_session(tmp_path_factory):
    """A boto3 session whose model of Directory Service has the CBOR protocol only."""
    (source,) = (Path(botocore.__file__).parent / "data" / "ds").glob("*/service-2.json*")
    raw = source.read_bytes()
    model = json.loads(gzip.decompress(raw) if source.suffix == ".gz" else raw)
    model["metadata"] |= {"protocol": "smithy-rpc-v2-cbor", "protocols": ["smithy-rpc-v2-cbor"]}
    data = tmp_path_factory.mktemp("data")
    cut = data / "ds" / source.parent.name / "service-2.json"
    cut.parent.mkdir(parents=True)
    cut.write_text(json.dumps(model))
    session = botocore.session.Session()
    session.register_component("data_loader", Loader(extra_search_paths=[str(data)]))
    return boto3.Session(botocore_session=session)


@pytest.fixture
def cbor(world, cbor_session):
    """Clients of the test's world that speak CBOR to Directory Service."""
    return Callers(world.url, cbor_session)


def test_the_answer_is_cbor(cbor):
    headers = cbor("ds", M).describe_directories()["ResponseMetadata"]["HTTPHeaders"]
    assert (headers["content-type"], headers["smithy-protocol"]) == ("application/cbor", "rpc-v2-cbor")


def test_a_directory_is_made_and_shared(world, cbor):
    story = Story(world, cbor)
    story.make_an_organization()
    story.make_a_directory()
    story.share_it_with_dev()


def test_both_protocols_say_the_same(aws, cbor):
    cbor("ds", M).create_microsoft_ad(**CORP)
    (over_cbor,) = cbor("ds", M).describe_directories()["DirectoryDescriptions"]
    (over_json,) = aws("ds", M).describe_directories()["DirectoryDescriptions"]
    assert over_cbor == over_json
    assert isinstance(over_cbor["LaunchTime"], datetime)


def test_an_unknown_directory_is_a_typed_error(cbor):
    ds = cbor("ds", M)
    with pytest.raises(ds.exceptions.EntityDoesNotExistException) as raised:
        ds.describe_directories(DirectoryIds=["d-1234567890"])
    answer = raised.value.response
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert answer["Error"]["Code"] == "EntityDoesNotExistException"
    assert answer["RequestId"] == answer["ResponseMetadata"]["RequestId"]
    assert answer["Error"]["Message"].endswith(f" : RequestId: {answer['RequestId']}")


def test_the_life_of_a_directory(world, cbor):
    Life(world, cbor).live()


def test_every_paginator_yields_everything_once_and_in_order(cbor):
    made = Directories(cbor)
    for operation in PAGINATORS:
        check(made, made.ds, operation)


def test_directories_come_in_pages_of_five(cbor):
    ds = cbor("ds", M)
    made = [ds.create_microsoft_ad(**CORP | {"Name": f"d{number}.example.com"})["DirectoryId"] for number in range(12)]
    pages = list(ds.get_paginator("describe_directories").paginate(PaginationConfig={"PageSize": 5}))
    found = [[directory["DirectoryId"] for directory in page["DirectoryDescriptions"]] for page in pages]
    assert [len(page) for page in found] == [5, 5, 2]
    assert sorted(sum(found, [])) == sorted(made)


def test_an_empty_output_is_an_answer(cbor):
    ds = cbor("ds", M)
    directory = ds.create_microsoft_ad(**CORP)["DirectoryId"]
    assert set(ds.enable_directory_data_access(DirectoryId=directory)) == {"ResponseMetadata"}


@pytest.mark.parametrize(
    "operation, arguments, text",
    [
        ("describe_directories", {"Limit": -1}, "Value '-1' at 'limit' failed to satisfy constraint"),
        ("delete_directory", {}, "Value null at 'directoryId' failed to satisfy constraint: Member must not be null"),
        ("describe_directories", {"DirectoryIds": ["d"]}, "Value '[d]' at 'directoryIds' failed to satisfy constraint"),
    ],
)
def test_what_boto3_would_refuse_is_refused(cbor, operation, arguments, text):
    with refused("ValidationException") as raised:
        getattr(cbor("ds", M, parameter_validation=False), operation)(**arguments)
    assert text in raised.value.response["Error"]["Message"]
