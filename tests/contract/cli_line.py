#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Lines for the AWS CLI (`copy cli`) held against the real one: a shell runs
each against a server that writes down what it is asked, and that has to be
what tucuxi itself would send."""
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from program import case, environment, finish, skip

BUILD = os.environ.get("BUILD", ".")
TOKENS = {"ClientToken"}        # the CLI makes its own
asked = []


class Handler(http.server.BaseHTTPRequestHandler):
    def answer(self):
        length = int(self.headers.get("Content-Length") or 0)
        asked.append((self.command, self.path, self.rfile.read(length)))
        body = b"<r/>"
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer

    def log_message(self, *arguments):
        pass


def fields(text):
    pairs = urllib.parse.parse_qsl(text, keep_blank_values=True)
    return sorted(p for p in pairs if p[0] not in TOKENS)


def compare(call):
    asked.clear()
    r = subprocess.run(["sh", "-c", call["line"]], env=environment(
        PATH=os.environ["PATH"], AWS_MAX_ATTEMPTS="1", AWS_PAGER=""),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, timeout=120)
    assert asked, (call["line"], r.stderr.decode())
    method, target, body = asked[0]
    path, _, query = target.partition("?")
    assert method == call["method"], (call["line"], method)
    ours = call["path"]
    if "bucket" in call:
        ours = "/" + call["bucket"] + ours.rstrip("/")
    assert urllib.parse.unquote(path) == urllib.parse.unquote(ours), \
        (call["line"], path, ours)
    theirs = [p for p in fields(query) if p[0] != "encoding-type"]
    own = [p for p in fields(call["query"]) if p[0] != "encoding-type"]
    assert theirs == own, (call["line"], theirs, own)
    if call["body"].startswith("Action="):
        assert fields(body.decode()) == fields(call["body"]), \
            (call["line"], fields(body.decode()), fields(call["body"]))


def main():
    if not shutil.which("aws"):
        skip("all", "there is no AWS CLI here")
        finish()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    out = subprocess.run([os.path.join(BUILD, "contract_cli_line"), url],
                         stdout=subprocess.PIPE, check=True)
    for text in out.stdout.decode().splitlines():
        call = json.loads(text)

        def one():
            compare(call)
        one.__name__ = call["name"]
        case(one)
    finish()


main()
