"""Clients of the test's own world."""

import pytest

pytest.register_assert_rewrite("callers", "story")

from callers import Callers  # noqa: E402: the line above must come first.


@pytest.fixture
def aws(world):
    """Clients of the test's world: `aws("ds", M)`."""
    return Callers(world.url)
