#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Read-only against every action there is: what is not a read is refused
before anything is looked up, and nothing arrives."""
import http.server
import os
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from program import case, finish, rows, run

READS = {"read", "read-billed"}
asked = []


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        asked.append(self.rfile.read(
            int(self.headers.get("Content-Length") or 0)).decode())
        self.send_response(500)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_PUT = do_DELETE = do_HEAD = do_POST

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
URL = f"http://127.0.0.1:{server.server_port}"
ACTIONS = rows(run("do", "--list", "-o", "json"))


@case
def every_action_that_is_no_read_is_refused():
    changing = [a for a in ACTIONS if a["kind"] not in READS]
    assert len(changing) > 100
    for action in changing:
        r = run("do", action["action"], "an-id", "--read-only", "--yes",
                "--endpoint-url", URL)
        text = r.stderr.decode()
        # a line that is not whole is told first
        assert r.returncode == 4 and "read-only" in text or \
            r.returncode == 2 and "needs" in text or \
            r.returncode == 2 and "by its ARN" in text, \
            (action["action"], r.returncode, text)
        assert not r.stdout, action["action"]
    assert not asked, asked[:3]


@case
def with_all_that_it_needs_too():
    for words in (["instances.stop", "i-1"], ["instances.terminate", "i-1"],
                  ["instances.launch", "image=ami-0123456789abcdef0",
                   "type=t3.micro"],
                  ["volumes.create", "zone=us-east-1a", "size=1"],
                  ["key-pairs.new", "name=x", "file=/nonexistent/x"],
                  ["snapshots.share", "snap-1", "accounts=963068290131"],
                  ["reserved-offerings.buy", "id", "count=1"],
                  ["instances.firewall", "i-1"],
                  ["instances.convert", "i-1", "image_name=good"]):
        for more in ([], ["--yes"], ["--confirm=YES", "--total=1.00"],
                     ["--dry-run"]):
            r = run("do", *words, *more, "--read-only", "--endpoint-url",
                    URL)
            assert r.returncode == 4, (words, more, r.returncode, r.stderr)
    assert not asked, asked[:3]


@case
def logging_in_too():
    r = run("ssh", "i-0123456789abcdef0", "--read-only", "--endpoint-url",
            URL)
    assert r.returncode == 4, (r.returncode, r.stderr)
    assert not asked, asked[:3]


finish()
