"""The CLI in the test's own world."""

import pytest

pytest.register_assert_rewrite("commands")

# Only what is imported from here on has its assertions explained.
from commands import Aws, Refused  # noqa: E402


@pytest.fixture
def aws(world):
    """The CLI at the test's world: `aws("sts get-caller-identity", S)`."""
    return Aws(world.url)


@pytest.fixture
def refused(aws):
    """Calls the CLI, expects it to end with AWS's error of that code, and returns what it said."""

    def call(code, command, *arguments, **variables):
        with pytest.raises(Refused) as raised:
            aws(command, *arguments, **variables)
        assert f"An error occurred ({code}) when calling the " in raised.value.text
        assert raised.value.exit_code == 255
        return raised.value.text

    return call
