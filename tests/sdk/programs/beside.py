"""What the programs ask of services that orgdir does not stand in for: just enough that they go on."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# By the action of the Query protocol or the target of the JSON protocol.
ANSWERS = {
    "DescribeRegions": "<R><regionInfo><item><regionName>us-east-1</regionName></item></regionInfo></R>",
    "ListAccountAliases": "<R><ListAccountAliasesResult><AccountAliases/></ListAccountAliasesResult></R>",
    "GetResources": '{"ResourceTagMappingList":[]}',
    "PutEvents": '{"FailedEntryCount":0,"Entries":[]}',
}
REFUSALS = {
    "GetAccountPasswordPolicy": "<ErrorResponse><Error><Code>NoSuchEntity</Code></Error></ErrorResponse>",
    "DescribeSeverityLevels": '{"__type":"SubscriptionRequiredException","message":"No support plan."}',
}


class Beside:
    """A server on a free port of this machine: a few canned answers, and buckets that keep what was put there."""

    def __init__(self):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.objects = {}
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.body().decode()
        asked = self.headers["X-Amz-Target"] or body.partition("Action=")[2].partition("&")[0]
        name = asked.rpartition(".")[2]
        if name in ANSWERS:
            self.answer(200, ANSWERS[name])
        else:
            self.answer(400, REFUSALS.get(name, f"{asked} has no answer here"))

    def do_PUT(self):
        path, _, query = self.path.partition("?")
        body = self.body()
        # The settings of a bucket are put with a query that names the setting, an object with what it is called by.
        if query in ("", "x-id=PutObject"):
            self.server.objects[path] = body
        self.answer(200, "")

    def do_GET(self):
        found = self.server.objects.get(self.path.partition("?")[0])
        if found is None:
            self.answer(404, "<Error><Code>NoSuchKey</Code></Error>")
        else:
            self.answer(200, found.decode())

    def body(self):
        """What was sent."""
        return self.rfile.read(int(self.headers["Content-Length"] or 0))

    def answer(self, status, text):
        """Answers a request."""
        kind = "application/x-amz-json-1.1" if text.startswith("{") else "text/xml"
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Says nothing."""
