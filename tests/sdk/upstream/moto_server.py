"""A moto server, started and ended as anybody would."""

import re
import subprocess
import sys
import threading
from pathlib import Path


class Moto:
    """A server on a free port of this machine, which `with` ends in any case."""

    def __init__(self):
        command = [Path(sys.executable).with_name("moto_server"), "--host", "127.0.0.1", "--port", "0"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        said = []
        too_late = threading.Timer(60, self.process.kill)
        too_late.start()
        for line in self.process.stdout:
            said.append(line)
            if found := re.search(r"Running on (http://127\.0\.0\.1:\d+)", line):
                self.url = found[1]
                break
        too_late.cancel()
        if not hasattr(self, "url"):
            raise RuntimeError(f"moto said {said}")
        # It logs each call, and would wait for somebody to read that.
        threading.Thread(target=lambda: [None for _ in self.process.stdout], daemon=True).start()

    def stop(self):
        """Ends the server."""
        self.process.kill()
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
