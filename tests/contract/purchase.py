#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Buying a reservation with `tucuxi do`, under each fault; what was bought is
read back with the real AWS CLI."""
import http.client
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from program import (HOME, TUCUXI, case, environment, finish, one_line, rows,
                     run, sim, skip)

AWS = shutil.which("aws", path="/usr/bin:/bin:/usr/local/bin")
JOURNAL = os.path.join(HOME, ".local/state/tucuxi/journal.ndjson")
BUY = "PurchaseReservedInstancesOffering"


def do(url, *words, **more):
    return run("do", "reserved-offerings.buy", *words, "-o", "json",
               "--endpoint-url", url, **more)


def offering(url, *words):
    r = run("ls", "reserved-offerings", "InstanceType=m6i.large",
            "MaxDuration=31536000", "OfferingType=All Upfront", *words,
            "-r", "us-east-1", "-o", "json", "--columns", "all",
            "--endpoint-url", url)
    return rows(r)[0]


def reserved(url):
    """Count and state of each, by Amazon's own client."""
    if not AWS:
        r = run("ls", "reserved-instances", "-o", "json", "--endpoint-url",
                url)
        return [(row["count"], row["state"]) for row in rows(r)]
    r = subprocess.run(
        [AWS, "ec2", "describe-reserved-instances", "--endpoint-url", url,
         "--region", "us-east-1", "--output", "json"],
        env=environment(PATH="/usr/local/bin:/usr/bin:/bin"),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, timeout=120)
    assert r.returncode == 0, r.stderr
    return [(i["InstanceCount"], i["State"])
            for i in json.loads(r.stdout)["ReservedInstances"]]


def bought(url, count=7):
    """No reservation has seven at first."""
    return sum(n == count for n, _ in reserved(url))


def journal():
    if not os.path.exists(JOURNAL):
        return []
    with open(JOURNAL) as f:
        return [json.loads(line) for line in f]


def sent(lines):
    """Purchases that left, dry runs left out."""
    return [line for line in lines if line["event"] == "intent" and
            line["parameters"].get("DryRun") != "true"]


def silent(*words):
    """Begins a purchase that is never answered, which takes a while."""
    url = sim("--fault", f"down/{BUY}*1+1")
    return url, subprocess.Popen(
        [TUCUXI, "do", "reserved-offerings.buy", *words, "-o", "json",
         "--endpoint-url", url], stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=environment(XDG_STATE_HOME=os.path.join(HOME, "silent")))


URL = sim()
OFFER = offering(URL)
ID, EACH = OFFER["id"], float(OFFER["upfront"])
TOTAL = f"{7 * EACH:.2f}"
SEVEN = (ID, "count=7")
AGREED = ("--confirm=YES", "--total=" + TOTAL)
SILENT = silent(*SEVEN, *AGREED)
if not AWS:
    skip("the AWS CLI", "is not installed, reservations are read with `ls`")


@case
def a_wrong_line():
    for words, status, said in (
            ((), 2, "no targets"), ((ID,), 2, "needs count"),
            ((ID, "count=0"), 2, "1 to 10000"),
            ((ID, "count=x"), 2, "1 to 10000"),
            ((ID, "cuont=1"), 2, "count")):
        r = do(URL, *words, *AGREED)
        one_line(r, said)
        assert r.returncode == status, words
    r = do(URL, "00000000-0000-4000-8000-000000000000", "count=1", *AGREED)
    assert r.returncode == 1 and rows(r)[0]["result"] == "failed"
    r = run("do", "reserved-instances.buy", "type=m6i.large",
            "--endpoint-url", URL)
    assert r.returncode == 2 and b"for the screen" in r.stderr
    assert run("ls", "instances", "--total=1").returncode == 2
    assert not journal()


@case
def nothing_is_bought_unless_both_answers_are_right():
    before = reserved(URL)
    for words in ((), ("--yes",), ("--confirm=YES",), ("--total=" + TOTAL,),
                  ("--confirm=yes", "--total=" + TOTAL),
                  ("--confirm=Yes", "--total=" + TOTAL),
                  ("--confirm=YES ", "--total=" + TOTAL),
                  ("--confirm= YES", "--total=" + TOTAL),
                  ("--confirm=YES again", "--total=" + TOTAL),
                  ("--confirm=YES", f"--total={7 * EACH + .01:.2f}"),
                  ("--confirm=YES", f"--total={7 * EACH - .01:.2f}"),
                  ("--confirm=YES", f"--total={7 * EACH:.3f}"),
                  ("--confirm=YES", f"--total={7 * EACH:.0f}."),
                  ("--confirm=YES", f"--total=${TOTAL}"),
                  ("--confirm=YES", "--total=0"), ("--confirm=YES",
                                                   "--total=")):
        r = do(URL, *SEVEN, *words)
        assert r.returncode == 3, words
        assert [row["result"] for row in rows(r)] == ["not-sent"], words
        last = r.stderr.decode().splitlines()[-1]
        assert f"--confirm=YES --total={TOTAL}" in last, last
        assert "dollars" in last and f"${7 * EACH:,.2f}" in last, last
    assert reserved(URL) == before
    assert not sent(journal())


@case
def what_people_read_first():
    text = do(URL, *SEVEN).stderr.decode()
    for word in ("2109-8765-4321", "us-east-1", "m6i.large", "any zone",
                 "Linux/UNIX", "standard", "1 year", "All Upfront", ID,
                 "running m6i.large", f"7 × ${EACH:,.2f}", "effective",
                 "on demand $0.0960/h", "breaks even after", "saves",
                 "Dry run: passed", "This buys. It cannot be undone"):
        assert word in text, (word, text)


@case
def a_dry_run_buys_nothing():
    before = reserved(URL), len(sent(journal()))
    r = do(URL, *SEVEN, *AGREED, "--dry-run")
    assert r.returncode == 0, r.stderr
    assert rows(r)[0]["result"] == "dry-run"
    assert (reserved(URL), len(sent(journal()))) == before


@case
def read_only_refuses_before_it_looks():
    r = do("http://127.0.0.1:1", *SEVEN, *AGREED, "--read-only")
    one_line(r, "read-only", "spend")
    assert r.returncode == 4


@case
def bought_once_and_not_again_by_the_same_line():
    url = sim()
    before = len(sent(journal()))
    r = do(url, *SEVEN, *AGREED)
    assert r.returncode == 0, r.stderr
    row = rows(r)[0]
    assert row["result"] == "done" and row["made"] and row["request_id"]
    assert bought(url) == 1
    lines = sent(journal())[before:]
    assert len(lines) == 1
    assert lines[0]["parameters"] == {
        "ReservedInstancesOfferingId": ID, "InstanceCount": "7"}, lines
    r = do(url, *SEVEN, *AGREED)
    assert r.returncode == 3
    assert row["made"] in r.stderr.decode()
    assert "'YES again'" in r.stderr.decode().splitlines()[-1]
    assert bought(url) == 1
    r = do(url, *SEVEN, "--confirm=YES again", "--total=" + TOTAL)
    assert r.returncode == 0, r.stderr
    assert bought(url) == 2


@case
def by_the_hour():
    """No Upfront: the total is that of the whole term."""
    url = sim()
    r = run("ls", "reserved-offerings", "InstanceType=m6i.large",
            "MaxDuration=31536000", "OfferingType=No Upfront", "-o", "json",
            "--columns", "all", "--endpoint-url", url)
    one = rows(r)[0]
    total = f"{round(float(one['hourly']) * 8760 * 7, 2):.2f}"
    r = do(url, one["id"], "count=7", "--confirm=YES", "--total=" + total)
    assert r.returncode == 0, r.stderr
    assert "Now         7 × $0.00 = $0.00" in r.stderr.decode()


@case
def never_twice_whatever_goes_wrong():
    """Each fault hits the purchase, behind its dry run."""
    for fault, result, count, said in (
            ("drop-after", "unknown", 1, "there is a new one now"),
            ("cut", "unknown", 1, "there is a new one now"),
            ("garbage", "unknown", 1, "there is a new one now"),
            ("html", "unknown", 1, "there is a new one now"),
            ("drop", "unknown", 0, "no new one"),
            ("500", "unknown", 0, "no new one"),
            ("throttle", "failed", 0, "RequestLimitExceeded"),
            ("expired", "failed", 0, "expired"),
            ("denied", "failed", 0, "not authorized")):
        url = sim("--fault", f"{fault}/{BUY}*1+1")
        before = len(journal())
        r = do(url, *SEVEN, *AGREED)
        assert r.returncode == 1, (fault, r.returncode, r.stderr)
        row = rows(r)[0]
        assert row["result"] == result, (fault, row)
        assert said in row["error"], (fault, row)
        assert bought(url) == count, fault
        lines = sent(journal()[before:])
        assert len(lines) == 1, (fault, lines)
        outcome = [line for line in journal()[before:]
                   if line["event"] == "outcome" and
                   line["id"] == lines[0]["id"]]
        assert outcome[0]["attempts"] == 1, (fault, outcome)
        if count:
            assert do(url, *SEVEN, *AGREED).returncode == 3, fault
            assert bought(url) == count, fault


@case
def what_goes_wrong_before_it_sends_nothing():
    for fault in (f"drop-after/{BUY}*1", f"500/{BUY}*1",
                  f"expired/{BUY}*1", "denied/DescribeReservedInstances+1",
                  "denied/DescribeReservedInstancesOfferings+1"):
        url = sim("--fault", fault)
        before = len(journal())
        r = do(url, *SEVEN, *AGREED)
        assert r.returncode == 1, (fault, r.returncode, r.stderr)
        assert not sent(journal()[before:]), fault
        assert run("ls", "ri", "--endpoint-url", sim()).returncode == 0


class Dearer(http.server.BaseHTTPRequestHandler):
    """The simulator, but the offer costs more from the third look on."""
    protocol_version = "HTTP/1.1"
    looks = 0
    home = ""

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        to = http.client.HTTPConnection(
            urllib.parse.urlparse(Dearer.home).netloc)
        to.putrequest("POST", self.path, skip_host=True,
                      skip_accept_encoding=True)
        for name, value in self.headers.items():
            to.putheader(name, value)
        to.endheaders(body)
        reply = to.getresponse()
        text = reply.read()
        if b"Action=DescribeReservedInstancesOfferings" in body:
            Dearer.looks += 1
            if Dearer.looks > 2:
                text = re.sub(rb"<fixedPrice>\d+", rb"<fixedPrice>9999", text)
        self.send_response(reply.status)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


@case
def a_price_that_changes_meanwhile_sends_nothing():
    Dearer.home = sim()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Dearer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    before = len(journal())
    r = do("http://127.0.0.1:%d" % server.server_port, *SEVEN, *AGREED)
    server.shutdown()
    assert Dearer.looks == 3, Dearer.looks
    assert r.returncode == 3, (r.returncode, r.stderr)
    assert "the price changed" in rows(r)[0]["error"], rows(r)
    assert not sent(journal()[before:])
    assert bought(Dearer.home) == 0


@case
def followed_until_it_is_active():
    r = run("do", "reserved-offerings.buy", *SEVEN, *AGREED, "--wait", "-o",
            "json", "--endpoint-url", sim())
    assert r.returncode == 0, r.stderr
    row = rows(r)[0]
    assert row["after"] == "active" and row["made"], row


@case
def no_answer_in_time():
    url, child = SILENT
    out, err = child.communicate(timeout=120)
    assert child.returncode == 1, err
    row = json.loads(out)[0]
    assert row["result"] == "unknown" and "silent for" in row["error"], row
    assert "no new one" in row["error"], row
    assert bought(url) == 0


finish()
