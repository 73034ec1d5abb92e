"""Calls of other services: passed on to moto as they are, in either direction."""

import hashlib
import http.client
import io
import random
import urllib.request
from contextlib import contextmanager

import pytest
from botocore import UNSIGNED
from botocore.exceptions import ClientError

from callers import CORP, Callers, refused
from cast import M
from moto_server import Moto
from server import Server

# Several megabytes, always the same, which no encoding would leave as they are.
CONTENT = random.Random(7).randbytes(7 * 1024 * 1024 + 123)
KEY = "a/b c%2F+é~"
PATHS = {"addressing_style": "path"}


def digest(content):
    """A short text that tells contents apart."""
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def bucket(aws, request):
    """A bucket of the test's own."""
    name = f"bucket-{digest(request.node.name.encode())[:12]}"
    aws("s3", M, s3=PATHS).create_bucket(Bucket=name)
    return name


@pytest.fixture
def beside(moto):
    """Clients of moto itself."""
    return Callers(moto.url)


def test_what_is_made_here_is_there(aws, beside, network):
    here, there = aws("ec2", M), beside("ec2", M)
    assert here.describe_vpcs()["Vpcs"] == there.describe_vpcs()["Vpcs"]
    assert network["VpcId"] in [vpc["VpcId"] for vpc in there.describe_vpcs()["Vpcs"]]
    aws("iam", M).create_user(UserName="somebody")
    assert "somebody" in [user["UserName"] for user in beside("iam", M).list_users()["Users"]]


@pytest.mark.parametrize(
    ("service", "operation", "error"),
    [
        ("lambda", {"get_function": {"FunctionName": "nobody"}}, "ResourceNotFoundException"),
        ("logs", {"describe_log_streams": {"logGroupName": "/nothing"}}, "ResourceNotFoundException"),
        ("sns", {"get_topic_attributes": {"TopicArn": "arn:aws:sns:us-east-1:123456789012:none"}}, "NotFound"),
        ("s3", {"get_object": {"Bucket": "no-such-bucket", "Key": "x"}}, "NoSuchBucket"),
        ("iam", {"get_user": {"UserName": "nobody"}}, "NoSuchEntity"),
        ("ec2", {"describe_subnets": {"SubnetIds": ["subnet-12345678"]}}, "InvalidSubnetID.NotFound"),
    ],
)
def test_errors_come_back_as_they_are(aws, service, operation, error):
    ((name, arguments),) = operation.items()
    with refused(error):
        getattr(aws(service, M), name)(**arguments)


def test_an_object_of_several_megabytes_comes_back_byte_for_byte(aws, beside, bucket):
    s3 = aws("s3", M, s3=PATHS)
    put = s3.put_object(Bucket=bucket, Key=KEY, Body=CONTENT, Metadata={"made-by": "a test"})
    assert put["ETag"] == f'"{hashlib.md5(CONTENT).hexdigest()}"'
    for client in (s3, beside("s3", M, s3=PATHS)):
        got = client.get_object(Bucket=bucket, Key=KEY)
        assert digest(got["Body"].read()) == digest(CONTENT)
        assert got["Metadata"] == {"made-by": "a test"}
    head = s3.head_object(Bucket=bucket, Key=KEY)
    assert (head["ContentLength"], head["ETag"]) == (len(CONTENT), put["ETag"])
    part = s3.get_object(Bucket=bucket, Key=KEY, Range="bytes=100-199")
    assert (part["Body"].read(), part["ResponseMetadata"]["HTTPStatusCode"]) == (CONTENT[100:200], 206)
    assert [found["Key"] for found in s3.list_objects_v2(Bucket=bucket)["Contents"]] == [KEY]


def test_an_upload_in_parts_comes_back_byte_for_byte(aws, bucket):
    s3 = aws("s3", M, s3=PATHS)
    s3.upload_fileobj(io.BytesIO(CONTENT * 3), bucket, KEY)
    found = io.BytesIO()
    s3.download_fileobj(bucket, KEY, found)
    assert digest(found.getvalue()) == digest(CONTENT * 3)


def test_what_is_too_long_for_orgdirs_own_services_is_not_too_long(aws, bucket):
    s3 = aws("s3", M, s3=PATHS)
    body = CONTENT * 6
    s3.put_object(Bucket=bucket, Key=KEY, Body=body)
    streamed = hashlib.sha256()
    for chunk in s3.get_object(Bucket=bucket, Key=KEY)["Body"].iter_chunks():
        streamed.update(chunk)
    assert streamed.hexdigest() == digest(body)


def signed_chunks(content, size=65536):
    """The content as SDKs encode it that sign or check an upload piece by piece, with a checksum at the end."""
    for start in range(0, len(content), size):
        piece = content[start : start + size]
        yield f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
    yield b"0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n"


@pytest.mark.parametrize("length", ["told", "in chunks of HTTP"])
def test_an_upload_that_streams_with_a_trailer_passes_untouched(server, aws, bucket, length):
    encoded = list(signed_chunks(CONTENT))
    headers = {
        "Authorization": f"AWS4-HMAC-SHA256 Credential={M}/20261123/us-east-1/s3/aws4_request, "
        "SignedHeaders=host, Signature=00",
        "X-Amz-Date": "20261123T105517Z",
        "X-Amz-Content-SHA256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
        "X-Amz-Decoded-Content-Length": str(len(CONTENT)),
        "X-Amz-Trailer": "x-amz-checksum-crc32",
        "Content-Encoding": "aws-chunked",
    }
    if length == "told":
        headers["Content-Length"] = str(sum(map(len, encoded)))
    else:
        headers["Transfer-Encoding"] = "chunked"
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=60)
    connection.request("PUT", f"/{bucket}/streamed", iter(encoded), headers, encode_chunked=length != "told")
    assert connection.getresponse().status == 200
    connection.close()
    got = aws("s3", M, s3=PATHS).get_object(Bucket=bucket, Key="streamed")["Body"].read()
    assert digest(got) == digest(CONTENT)


def test_a_presigned_and_an_unsigned_get_pass(aws, bucket):
    s3 = aws("s3", M, s3=PATHS)
    s3.put_object(Bucket=bucket, Key="open", Body=b"content", ACL="public-read")
    arguments = {"Bucket": bucket, "Key": "open"}
    for version in ("s3v4", "s3"):
        url = aws("s3", M, s3=PATHS, signature_version=version).generate_presigned_url("get_object", Params=arguments)
        with urllib.request.urlopen(url, timeout=30) as answer:
            assert answer.read() == b"content"
    unsigned = aws("s3", M, s3=PATHS, signature_version=UNSIGNED)
    assert unsigned.get_object(**arguments)["Body"].read() == b"content"


def test_the_endpoint_of_a_world_passes_too(server, bucket):
    aws = Callers(f"{server.url}/w/passing")
    aws("s3", M, s3=PATHS).put_object(Bucket=bucket, Key="x/y", Body=b"content")
    assert aws("s3", M, s3=PATHS).get_object(Bucket=bucket, Key="x/y")["Body"].read() == b"content"
    assert aws("sqs", M).create_queue(QueueName="jobs")["QueueUrl"].endswith("/jobs")


def test_orgdirs_own_services_are_not_motos(aws, beside):
    aws("organizations", M).create_organization(FeatureSet="ALL")
    with refused("AWSOrganizationsNotInUseException"):
        beside("organizations", M).describe_organization()
    assert aws("sts", M).get_caller_identity()["Account"] == M
    # In moto every caller is of one account.
    assert beside("sts", M).get_caller_identity()["Account"] == "123456789012"


@contextmanager
def without_retries(*parts):
    """Expects that the block ends with the error for an upstream that is not there, at the first attempt."""
    with pytest.raises(ClientError) as raised:
        yield
    answer = raised.value.response
    assert answer["Error"]["Code"] == "OrgdirUpstreamUnreachable"
    assert answer["ResponseMetadata"]["RetryAttempts"] == 0
    assert all(part in answer["Error"]["Message"] for part in ("--upstream", *parts))


@pytest.fixture(scope="module")
def alone(clean_environment):
    """orgdir, whose upstream has gone."""
    with Moto() as gone, Server("--upstream", gone.url) as server:
        gone.stop()
        server.gone = gone.url
        yield server


@pytest.mark.parametrize(
    ("service", "operation"),
    [
        ("ec2", "describe_vpcs"),
        ("s3", "list_buckets"),
        ("iam", "list_users"),
        ("logs", "describe_log_groups"),
        ("lambda", "list_functions"),
        ("route53", "list_hosted_zones"),
        ("cloudwatch", "list_metrics"),
        ("sqs", "list_queues"),
    ],
)
def test_an_upstream_that_has_gone_is_told_at_once(alone, service, operation):
    with without_retries(alone.gone):
        getattr(Callers(alone.url)(service, M), operation)()


def test_orgdirs_own_services_go_on_without_it(alone):
    aws = Callers(f"{alone.url}/w/on")
    aws("organizations", M).create_organization(FeatureSet="ALL")
    assert aws("sts", M).get_caller_identity()["Account"] == M
    with without_retries(alone.gone):
        aws("ds", M).create_microsoft_ad(**CORP)
    assert aws("ds", M).describe_directories()["DirectoryDescriptions"] == []
