"""The AWS CLI, called as a shell would call it."""

import json
import os
import subprocess
import sys

from cast import M


class Refused(Exception):
    """What the CLI said on stderr, and its exit code."""

    def __init__(self, text, exit_code):
        super().__init__(text)
        self.text, self.exit_code = text, exit_code


class Aws:
    """The CLI at one endpoint: `aws("sts get-caller-identity", S)` is what account S is told."""

    def __init__(self, endpoint):
        self.endpoint = endpoint

    def __call__(self, command, account=M, /, *arguments, **variables):
        """The answer's JSON, or None where nothing was printed. The command is split at spaces; arguments are not."""
        environment = os.environ | {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": account,
            "AWS_SECRET_ACCESS_KEY": "anything",
            "AWS_DEFAULT_REGION": "us-east-1",
        }
        done = subprocess.run(
            [sys.executable, "-m", "awscli", *command.split(), *arguments, "--output", "json"],
            env=environment | variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )
        if done.returncode != 0:
            raise Refused(done.stderr, done.returncode)
        return json.loads(done.stdout or "null")
