"""The orgdir binary, started and ended as anybody would, and the worlds inside it."""

import json
import os
import subprocess
import tempfile
import threading
import urllib.request

# The control API is called past any proxy.
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def binary():
    """The path of the binary under test."""
    return os.environ["ORGDIR_BIN"]


def environment():
    """The tests' own environment without what would set the binary's options."""
    return {name: value for name, value in os.environ.items() if not name.startswith("ORGDIR_")}


class Server:
    """A server on a free port of this machine, which `with` ends in any case."""

    def __init__(self, *options):
        self.log = tempfile.TemporaryFile(mode="w+")
        command = [binary(), "--listen", "127.0.0.1:0", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.log, text=True, env=environment())
        # The first line holds the URL; without one the server has ended, and its log says why.
        too_late = threading.Timer(30, self.process.kill)
        too_late.start()
        self.first_line = self.process.stdout.readline()
        too_late.cancel()
        urls = [word for word in self.first_line.split() if word.startswith("http://")]
        if not urls:
            self.process.wait(timeout=30)
            self.log.seek(0)
            raise RuntimeError(f"{command} said {self.first_line!r} and then: {self.log.read()}")
        self.url = urls[0]

    def stop(self):
        """Ends the server with SIGTERM and returns its exit code."""
        self.process.terminate()
        return self.process.wait(timeout=30)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.log.close()

    def world(self, name):
        """The world of that name. Its first request makes it."""
        return World(f"{self.url}/w/{name}")

    def default_world(self):
        """The world at the bare URL."""
        return World(self.url)


class World:
    """A world, by the endpoint that clients are pointed at."""

    def __init__(self, url):
        self.url = url

    def control(self, method, path, body=None):
        """Calls the control API and returns the answer's JSON, or None where it is empty."""
        request = urllib.request.Request(
            f"{self.url}/_orgdir{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with opener.open(request, timeout=30) as answer:
            return json.loads(answer.read() or "null")

    def reset(self):
        """Makes the world new again."""
        self.control("POST", "/reset")

    def freeze(self):
        """Stops the clock."""
        return self.control("POST", "/clock/freeze")

    def pace(self, pace):
        """Sets how fast AWS's slow work goes."""
        return self.control("PUT", "/clock/pace", {"pace": pace})

    def advance(self, by):
        """Moves the clock forward."""
        return self.control("POST", "/clock/advance", {"by": by})

    def events(self):
        """The calls so far, the newest last."""
        return self.control("GET", "/events")["events"]
