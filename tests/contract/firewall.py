#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The firewall for the moment against the simulator, with an ssh of our own:
the rule is there while ssh runs and gone afterwards, whoever was killed."""
import glob
import json
import os
import shutil
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
try:
    import boto3
except ImportError:
    print("skip all: boto3 is not installed")
    print("0 passed, 0 failed, 1 skipped")
    sys.exit(0)
from peer import Peer
from program import (HOME, KEY, SECRET, TUCUXI, case, environment, finish,
                     one_line, rows, run, sim)
from screen import Screen
from work import killed

URL = sim("--latency", "20")
BIN = os.path.join(HOME, "bin")
LOG = os.path.join(HOME, "ssh.log")
HOLD = os.path.join(HOME, "hold")
CIDR = "198.51.100.7/32"
os.mkdir(BIN)
with open(os.path.join(BIN, "ssh"), "w") as f:
    f.write(f"""#!/bin/sh
printf '%s\\n' "$#" "$@" "$AWS_REGION" >{LOG}.new
mv {LOG}.new {LOG}
while [ -e {HOLD} ]; do sleep 0.05; done
exit 7
""")
os.chmod(os.path.join(BIN, "ssh"), 0o755)
PATH = BIN + ":/usr/bin:/bin"


def env(state=None, **more):
    more.setdefault("PATH", PATH)
    if state:
        more["XDG_STATE_HOME"] = state
    return environment(**more)


def tucuxi(*words, state=None, url=URL, **more):
    return run(*words, "-o", "json", "--endpoint-url", url,
               env=env(state, **more))


def running(url=URL):
    r = run("ls", "instances", "-o", "json", "--endpoint-url", url)
    return [row for row in rows(r) if row["state"] == "running" and
            row["public_ip"]]


def rules(cidr=CIDR, url=URL):
    """By Amazon's own client."""
    pages = client(url).get_paginator("describe_security_group_rules")
    return [rule for page in pages.paginate()
            for rule in page["SecurityGroupRules"]
            if rule.get("CidrIpv4") == cidr]


def until(what, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("it did not come to be")


def hold():
    open(HOLD, "w").close()
    if os.path.exists(LOG):
        os.unlink(LOG)


def release():
    if os.path.exists(HOLD):
        os.unlink(HOLD)


def begin(one, *words, state=None, url=URL):
    return subprocess.Popen(
        [TUCUXI, "do", "instances.firewall", one, f"cidr={CIDR}", *words,
         "--yes", "-o", "json", "--endpoint-url", url], env=env(state),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE)


def guards(state):
    """Processes that look after work of that folder."""
    found = []
    for path in glob.glob("/proc/[0-9]*/cmdline"):
        try:
            words = open(path, "rb").read().split(b"\0")
            about = open(os.path.dirname(path) + "/environ", "rb").read()
        except OSError:
            continue
        if b"guard" in words and (b"XDG_STATE_HOME=" + state.encode()) in \
                about.split(b"\0"):
            found.append(int(path.split("/")[2]))
    return found


def client(url=URL):
    return boto3.client("ec2", endpoint_url=url, region_name="us-east-1",
                        aws_access_key_id=KEY, aws_secret_access_key=SECRET)


RUNNING = running()


@case
def a_wrong_line():
    one = RUNNING[0]["id"]
    for words, said in ((("cidr=300.1.1.1",), "cidr"),
                        (("port=0",), "port"), (("hours=x",), "hours")):
        r = tucuxi("do", "instances.firewall", one, *words, "--yes")
        one_line(r, said)
        assert r.returncode == 2, r.stderr
    r = tucuxi("do", "instances.firewall", one, f"cidr={CIDR}")
    assert r.returncode == 3, r.stderr
    r = tucuxi("do", "instances.firewall", one, "--yes", "--read-only")
    assert r.returncode == 4, r.stderr
    r = tucuxi("do", "instances.firewall", one, f"cidr={CIDR}",
               "group=sg-00000000000000000", "--yes")
    assert r.returncode != 0 and b"is not a security group" in r.stderr + \
        r.stdout, (r.stdout, r.stderr)
    assert not rules()


@case
def open_while_ssh_runs():
    one = RUNNING[1]
    hold()
    child = begin(one["id"])
    until(lambda: os.path.exists(LOG))
    there = rules()
    assert [(r["FromPort"], r["ToPort"], r["IpProtocol"], r["IsEgress"])
            for r in there] == [(22, 22, "tcp", False)], there
    assert "tucuxi:" in there[0]["Description"], there
    tags = {t["Key"]: t["Value"] for t in there[0]["Tags"]}
    assert set(tags) == {"tucuxi:work", "tucuxi:who", "tucuxi:until"}, tags
    release()
    out, err = child.communicate(timeout=60)
    assert child.returncode == 0, err
    assert json.loads(out)[0]["result"] == "done"
    assert not rules()
    said = open(LOG).read().splitlines()
    assert said == ["2", "--", one["public_ip"], "us-east-1"], said


@case
def an_equal_rule_stays():
    one = RUNNING[2]["id"]
    hold()
    first = begin(one)
    until(lambda: os.path.exists(LOG))
    rule = rules()
    os.unlink(LOG)
    second = begin(one, state=os.path.join(HOME, "second"))
    until(lambda: os.path.exists(LOG))
    second.kill()
    second.wait()
    time.sleep(0.5)
    assert rules() == rule
    release()
    assert first.wait(60) == 0
    assert not rules()


@case
def the_console_is_killed():
    one = RUNNING[3]["id"]
    hold()
    child = begin(one)
    until(lambda: os.path.exists(LOG))
    assert rules()
    child.kill()
    child.wait()
    until(lambda: not rules())
    release()


@case
def everybody_is_killed():
    one, state = RUNNING[4]["id"], os.path.join(HOME, "third")
    hold()
    child = begin(one, state=state)
    until(lambda: os.path.exists(LOG))
    for pid in until(lambda: guards(state)):
        os.kill(pid, signal.SIGKILL)
    child.kill()
    child.wait()
    release()
    time.sleep(0.3)
    assert rules()
    left = rows(tucuxi("jobs", state=state))
    assert len(left) == 1 and left[0]["state"] == "waiting", left
    r = tucuxi("jobs", "resume", left[0]["id"][:8], state=state)
    assert r.returncode == 0, r.stderr
    assert not rules()
    assert rows(tucuxi("jobs", state=state))[0]["state"] == "done"


def console(state):
    return Screen("instances", "--endpoint-url", URL,
                  env=env(os.path.join(HOME, state)), size=(30, 100))


def begin_on_screen(screen):
    screen.wait("running").settle()
    time.sleep(0.5)
    screen.send(":filter name=web-1\r").settle()
    time.sleep(0.5)
    screen.send(f":do firewall cidr={CIDR}\r").settle()
    screen.send("\x13").settle()
    time.sleep(0.5)
    screen.send("y")
    until(lambda: os.path.exists(LOG))


@case
def the_screen_is_killed():
    hold()
    with console("screen") as screen:
        begin_on_screen(screen)
        assert rules()
        os.kill(screen.pid, signal.SIGKILL)
        until(lambda: not rules())
    release()


@case
def the_next_console_says_what_was_left():
    state = os.path.join(HOME, "screen-2")
    hold()
    with console("screen-2") as screen:
        begin_on_screen(screen)
        for pid in until(lambda: guards(state)):
            os.kill(pid, signal.SIGKILL)
        os.kill(screen.pid, signal.SIGKILL)
    release()
    time.sleep(0.3)
    assert rules()
    with console("screen-2") as screen:
        screen.wait("left unfinished")
        screen.settle().send("J")
        screen.wait("Port 22 of").settle().send("\r")
        screen.wait("Close port 22").settle().send("\r")
        until(lambda: not rules())


@case
def killed_at_each_step():
    for n, (event, step) in enumerate((
            ("begin", "open"), ("done", "open"), ("wait", "connect"),
            ("done", "connect"), ("begin", "close"), ("done", "close"))):
        state = os.path.join(HOME, f"killed-{event}-{step}")

        def kill_guards():
            for pid in guards(state):
                os.kill(pid, signal.SIGKILL)
        killed(("do", "instances.firewall", RUNNING[6 + n]["id"],
                f"cidr={CIDR}", "--yes", "--endpoint-url", URL), env(state),
               event, step, kill_guards)
        left = rows(tucuxi("jobs", state=state))
        assert len(left) == 1, left
        if left[0]["state"] != "done":
            r = tucuxi("jobs", "resume", left[0]["id"], state=state)
            assert r.returncode == 0, (event, step, r.stderr)
        assert not rules(), (event, step)
        assert rows(tucuxi("jobs", state=state))[0]["state"] == "done"


@case
def leftovers_from_anywhere():
    one, state = RUNNING[5]["id"], os.path.join(HOME, "fourth")
    other = os.path.join(HOME, "fifth")
    hold()
    child = begin(one, state=state)
    until(lambda: os.path.exists(LOG))
    for pid in until(lambda: guards(state)):
        os.kill(pid, signal.SIGKILL)
    child.kill()
    child.wait()
    shutil.rmtree(state)
    release()
    found = rows(tucuxi("firewall", "leftovers", state=other))
    assert len(found) == 1 and found[0]["state"] == "open", found
    assert "@" in found[0]["who"] and found[0]["until"], found
    rule = found[0]["id"]
    r = tucuxi("firewall", "reap", state=other)
    assert r.returncode == 0 and rows(r) == [], r.stdout
    r = tucuxi("firewall", "reap", "sgr-00000000000000000", state=other)
    one_line(r, "not left by")
    r = tucuxi("firewall", "reap", rule, state=other)
    one_line(r, "--yes")
    assert r.returncode == 3 and rules()
    r = tucuxi("firewall", "reap", rule, "--yes", "--read-only", state=other)
    assert r.returncode == 4 and rules()
    client().create_tags(Resources=[rule], Tags=[
        {"Key": "tucuxi:until", "Value": "2020-01-01T00:00:00Z"}])
    found = rows(tucuxi("firewall", "leftovers", state=other))
    assert found[0]["state"] == "overdue", found
    r = tucuxi("firewall", "reap", "--yes", state=other)
    assert r.returncode == 0, r.stderr
    assert rows(r)[0]["state"] == "removed"
    assert not rules()
    assert tucuxi("firewall", "shut").returncode == 2


@case
def our_own_address():
    peer = Peer(lambda h: h.send("198.51.100.99\n"))
    os.makedirs(os.path.join(HOME, ".config/tucuxi"), exist_ok=True)
    path = os.path.join(HOME, ".config/tucuxi/tucuxirc")
    with open(path, "w") as f:
        f.write(f"set address-url {peer.url}/ip\n"
                "ssh web-* user=ec2-user key=~/{key}.pem\nssh * port=2222\n")
    web = next(row for row in RUNNING if row["name"].startswith("web-")
               and row["key"])
    r = tucuxi("do", "instances.firewall", web["id"], "--yes")
    assert r.returncode == 0, (r.stderr, r.stdout)
    said = open(LOG).read().splitlines()
    assert said[1:7] == ["-l", "ec2-user", "-p", "2222", "-i",
                         f"{HOME}/{web['key']}.pem"], said
    peer.reply = lambda h: h.send("<html>")
    r = tucuxi("do", "instances.firewall", web["id"], "--yes")
    assert r.returncode != 0
    assert "cidr=ADDRESS" in rows(r)[0]["error"], rows(r)
    os.unlink(path)


finish()
