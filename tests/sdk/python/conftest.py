"""The fixtures of all Python suites: a server, and a world of the test's own."""

pytest_plugins = ["worlds"]
