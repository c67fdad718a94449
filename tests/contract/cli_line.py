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

# The CLI takes half a second to load: it is loaded once, and each line runs
# in a fork of that. Words come as JSON; what it said and its status go back.
PRELOADED = """
import json, os, sys, tempfile
from awscli.clidriver import create_clidriver
create_clidriver()
print("ready", flush=True)
for line in sys.stdin:
    said = tempfile.TemporaryFile()
    child = os.fork()
    if not child:
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
        sys.argv = ["aws", *json.loads(line)]
        status = 255
        try:
            status = create_clidriver().main(sys.argv[1:])
        except SystemExit as end:
            status = end.code
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status or 0)
    os.waitpid(child, 0)
    said.seek(0)
    print(json.dumps(said.read().decode(errors="replace")), flush=True)
"""
TOKENS = {"ClientToken"}        # the CLI makes its own
with open(os.path.join(os.path.dirname(__file__), "newer.json")) as f:
    NEWER = {entry["operation"] for entry in json.load(f)}
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


def env():
    return environment(PATH=os.environ["PATH"], AWS_MAX_ATTEMPTS="1",
                       AWS_PAGER="")


def preloaded():
    """The CLI, loaded; None where it is no module of this Python."""
    child = subprocess.Popen([sys.executable, "-c", PRELOADED], env=env(),
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL, text=True)
    return child if child.stdout.readline() == "ready\n" else None


def run(line, cli):
    """A shell takes the line apart; what the CLI said."""
    if not cli:
        r = subprocess.run(["sh", "-c", line], env=env(), timeout=120,
                           stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                           stderr=subprocess.STDOUT)
        return r.stdout.decode()
    words = subprocess.run(
        ["sh", "-c", "aws() { printf '%s\\0' \"$@\"; }; " + line],
        stdout=subprocess.PIPE, check=True).stdout.decode().split("\0")[:-1]
    cli.stdin.write(json.dumps(words) + "\n")
    cli.stdin.flush()
    return json.loads(cli.stdout.readline())


def compare(call, cli):
    asked.clear()
    said = run(call["line"], cli)
    if not asked and "Unknown options" in said and call["name"] in NEWER:
        skip(call["line"], "is newer than the CLI here")
        return
    assert asked, (call["line"], said)
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
    cli = preloaded()
    for text in dict.fromkeys(out.stdout.decode().splitlines()):
        call = json.loads(text)

        def one():
            compare(call, cli)
        one.__name__ = call["name"]
        case(one)
    if cli:
        cli.stdin.close()
        cli.wait(30)
    finish()


main()
