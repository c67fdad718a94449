#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The journal under faults and kill -9: each changing request that arrived
has one intent that says the same, and each intent has an outcome or is told
as unknown. A proxy before the simulator writes down what arrives, and cuts,
delays and refuses. TUCUXI_JOURNAL_RUNS=1000 makes it long."""
import http.client
import http.server
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from program import HOME, TUCUXI, case, environment, finish, rows, run, sim

RUNS = int(os.environ.get("TUCUXI_JOURNAL_RUNS", "60"))
SEED = int(os.environ.get("TUCUXI_JOURNAL_SEED", "1"))
SIM = urllib.parse.urlsplit(sim("--instances", str(RUNS * 2 + 40)))
JOURNAL = os.path.join(HOME, ".local/state/tucuxi/journal.ndjson")
CHANGES = {"StartInstances", "StopInstances", "RebootInstances",
           "CreateTags", "TerminateInstances"}
FAULTS = ("none", "none", "cut", "lost", "500", "throttle", "kill", "kill")
chance = random.Random(SEED)
lock = threading.Lock()
arrived = []                    # (operation, parameters) of what changes
faults = {}                     # instance → what happens to its change
throttled = set()               # those that were told to come later, once


def fields(body):
    return dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))


def target_of(form):
    return next((v for k, v in form.items()
                 if v.startswith("i-") and k.endswith(".1")), None)


class Proxy(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        form = fields(body)
        fault = None
        if form.get("Action") in CHANGES:
            with lock:
                arrived.append((form["Action"], form))
            fault = faults.get(target_of(form))
        if fault == "500":
            return self.refuse(fault)
        if fault == "throttle" and target_of(form) not in throttled:
            throttled.add(target_of(form))
            return self.refuse(fault)
        if fault == "lost":                 # nobody answers, nothing is done
            self.close_connection = True
            return None
        to = http.client.HTTPConnection(SIM.hostname, SIM.port, timeout=30)
        to.request("POST", self.path, body, dict(self.headers.items()))
        answer = to.getresponse()
        data = answer.read()
        to.close()
        if fault == "cut":                  # it is done, and nobody knows
            self.close_connection = True
            return None
        if fault == "kill":
            time.sleep(0.15)                # so that a kill can fall into it
        self.send_response(answer.status)
        for name in ("Content-Type", "x-amzn-RequestId"):
            if answer.headers.get(name):
                self.send_header(name, answer.headers[name])
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        try:
            self.wfile.write(data)
        except OSError:                     # it was killed meanwhile
            self.close_connection = True

    def refuse(self, fault):
        code = "InternalError" if fault == "500" else "RequestLimitExceeded"
        data = (f"<Response><Errors><Error><Code>{code}</Code><Message>no"
                "</Message></Error></Errors><RequestID>r-1</RequestID>"
                "</Response>").encode()
        self.send_response(500 if fault == "500" else 503)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
URL = f"http://127.0.0.1:{server.server_port}"


def act(instance, words, fault, wait):
    """One run of the program, killed where that is its fault."""
    faults[instance] = fault
    child = subprocess.Popen(
        [TUCUXI, "do", *words, instance, "--yes", "--endpoint-url", URL],
        env=environment(), stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if fault == "kill":
        try:
            child.wait(wait)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
    child.wait(120)


def all_runs():
    found = rows(run("ls", "instances", "-o", "json", "--endpoint-url",
                     SIM.geturl()))
    plans = []
    for row in found[:RUNS]:
        words = ["instances.reboot"] if row["state"] == "running" else \
            ["instances.tag", "tags=note=a b&c=d"]
        if chance.random() < 0.3:
            words = ["instances.start"]
        plans.append((row["id"], words, chance.choice(FAULTS),
                      chance.uniform(0.01, 0.3)))
    work = iter(plans)

    def worker():
        while True:
            with lock:
                plan = next(work, None)
            if not plan:
                return
            act(*plan)

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()


def wire(parameters):
    """The journal's names as EC2 writes them: InstanceIds[0] → .1"""
    names = {"InstanceIds": "InstanceId", "Resources": "ResourceId",
             "Tags": "Tag"}
    out = {}
    for name, value in parameters.items():
        for ours, theirs in names.items():
            if name.startswith(ours + "["):
                index, rest = name[len(ours) + 1:].split("]", 1)
                name = f"{theirs}.{int(index) + 1}{rest}"
        out[name] = value
    return out


def read_journal():
    intents, outcomes = {}, {}
    with open(JOURNAL) as f:
        for line in f:
            record = json.loads(line)
            to = intents if record["event"] == "intent" else outcomes
            assert record["id"] not in to, record
            to[record["id"]] = record
    return intents, outcomes


print(f"seed {SEED}, {RUNS} runs")
all_runs()


@case
def some_of_all_kinds_arrived():
    assert len(arrived) >= RUNS / 2, len(arrived)
    assert {a for a, _ in arrived} >= {"RebootInstances"}


@case
def each_change_that_arrived_has_one_intent_that_says_the_same():
    intents, _ = read_journal()
    said = {}
    for record in intents.values():
        form = wire(record["parameters"])
        said.setdefault((record["operation"], target_of(form)),
                        []).append(form)
    for operation, form in arrived:
        own = said.get((operation, target_of(form)), [])
        assert len(own) == 1, (operation, form, own)
        sent = {k: v for k, v in form.items()
                if k not in ("Action", "Version")}
        assert sent == own[0], (sent, own[0])


@case
def what_may_not_be_repeated_arrived_once():
    """But for what AWS itself had no time for."""
    seen = [target_of(f) for a, f in arrived if a == "RebootInstances" and
            target_of(f) not in throttled]
    assert len(seen) == len(set(seen))


@case
def each_intent_has_its_outcome_or_is_unknown():
    intents, outcomes = read_journal()
    assert set(outcomes) <= set(intents)
    told = {row["id"]: row for row in rows(run("journal", "-o", "json"))}
    assert set(told) == set(intents)
    for name in intents:
        if name not in outcomes:
            assert told[name]["result"] == "unknown", told[name]
    # among so many, some kill falls between the two
    assert len(outcomes) < len(intents) or RUNS < 500


finish()
