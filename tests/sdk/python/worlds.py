"""The server and the worlds that all tests use, in an environment that holds nothing of the machine's own."""

import itertools
import os
import re

import pytest

from server import Server

numbers = itertools.count(1)


@pytest.fixture(scope="session", autouse=True)
def clean_environment(tmp_path_factory):
    """No proxy, profile, endpoint or certificate of the machine reaches a client."""
    home = str(tmp_path_factory.mktemp("home"))
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(("AWS_", "BOTO_")) or name.lower().endswith("_proxy"):
                patch.delenv(name)
        patch.setenv("HOME", home)
        patch.setenv("AWS_CONFIG_FILE", f"{home}/config")
        patch.setenv("AWS_SHARED_CREDENTIALS_FILE", f"{home}/credentials")
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        patch.setenv("NO_PROXY", "127.0.0.1,localhost")
        yield


@pytest.fixture(scope="session")
def server(clean_environment):
    """The server that the tests share."""
    with Server() as server:
        yield server
        assert server.stop() == 0


@pytest.fixture
def world(server, request):
    """A world of the test's own."""
    # A name has 64 characters at most; the number keeps two of them apart.
    name = f"{next(numbers)}.{request.node.name}"
    return server.world(re.sub(r"[^A-Za-z0-9._-]+", "-", name)[:64])
