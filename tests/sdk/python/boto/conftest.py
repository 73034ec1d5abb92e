"""Clients of the test's own world."""

import pytest

pytest.register_assert_rewrite("callers", "story")

# Only what is imported from here on has its assertions explained.
from callers import Callers  # noqa: E402


@pytest.fixture
def aws(world):
    """Clients of the test's world: `aws("ds", M)`."""
    return Callers(world.url)
