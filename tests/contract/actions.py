#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`tucuxi do` against the simulator: what it did is read back with the real
AWS CLI, what it must not do is looked for in the journal and in AWS."""
import json
import os
import shutil
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from program import (HOME, TUCUXI, case, environment, finish, one_line, rows,
                     run, sim, skip)

AWS = shutil.which("aws", path="/usr/bin:/bin:/usr/local/bin")
URL = sim()
JOURNAL = os.path.join(HOME, ".local/state/tucuxi/journal.ndjson")


def do(*words, url=URL, env=None, **more):
    return run("do", *words, "-o", "json", "--endpoint-url", url, env=env,
               **more)


def instances(url=URL, region="us-east-1", state="running", spot=False):
    """Ids in that state, by `ls`."""
    r = run("ls", "instances", "-r", region, "-o", "json", "--endpoint-url",
            url)
    return [row["id"] for row in rows(r) if row["state"] == state and
            (row["lifecycle"] == "spot") == spot]


def aws_states(ids, url=URL, region="us-east-1"):
    """The same, by Amazon's own client."""
    r = subprocess.run(
        [AWS, "ec2", "describe-instances", "--endpoint-url", url, "--region",
         region, "--output", "json", "--instance-ids", *ids],
        env=environment(PATH="/usr/local/bin:/usr/bin:/bin"),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, timeout=120)
    assert r.returncode == 0, r.stderr
    found = {i["InstanceId"]: i["State"]["Name"]
             for g in json.loads(r.stdout)["Reservations"]
             for i in g["Instances"]}
    return [found[i] for i in ids]


def states(ids, url=URL, region="us-east-1"):
    if AWS:
        return aws_states(ids, url, region)
    r = run("ls", "instances", "-r", region, "-o", "json", "--endpoint-url",
            url)
    found = {row["id"]: row["state"] for row in rows(r)}
    return [found[i] for i in ids]


def journal():
    if not os.path.exists(JOURNAL):
        return []
    with open(JOURNAL) as f:
        return [json.loads(line) for line in f]


RUNNING = instances()
SPOT = instances(spot=True)
if not AWS:
    skip("the AWS CLI", "is not installed, states are read with `ls`")


@case
def every_action_is_listed_with_its_kind():
    r = run("do", "--list", "-o", "json")
    assert r.returncode == 0, r.stderr
    kinds = {row["action"]: row["kind"] for row in rows(r)}
    assert kinds["instances.start"] == "change"
    assert kinds["instances.stop"] == "disrupt"
    assert kinds["instances.terminate"] == "destroy"
    text = run("do", "--list").stdout.decode()
    assert text.count("\n") == len(kinds) + 1


@case
def a_wrong_line():
    one = RUNNING[0]
    for words, said in (
            ((), "--list"), (("stop", one), "RESOURCE.ACTION"),
            (("instnaces.stop", one), "instances"),
            (("instances.stpo", one), "start, stop"),
            (("instances.stop",), "no targets"),
            (("instances.stop", one, "forse=true"), "no field 'forse': force"),
            (("instances.stop", one, "force=maybe"), "true or false"),
            (("instances.stop", one, "force=@/no/file"), "/no/file"),
            (("instances.stop", ""), "empty"),
            (("instances.stop", "arn:aws:s3:::bucket"), "not the ARN")):
        r = do(*words, "--yes")
        one_line(r, said)
        assert r.returncode == (1 if said == "/no/file" else 2), words
        assert r.stdout == b""
    r = do("instances.stop", one, "--yes", env=environment(AWS_REGION=None))
    one_line(r, "no region")
    assert r.returncode == 2
    assert run("ls", "instances", "--yes").returncode == 2
    assert not journal()


@case
def nothing_is_done_unasked():
    two = RUNNING[:2]
    for words, said in (
            (("instances.stop", *two), "--yes"),
            (("instances.start", *two), "--yes"),
            (("instances.terminate", *two, "--yes"),
             "--confirm='terminate 2'"),
            (("instances.terminate", *two, "--confirm=terminate 3"),
             "--confirm='terminate 2'"),
            (("instances.terminate", two[0], "--confirm", two[0]),
             "--confirm=web-")):
        r = do(*words)
        one_line(r, said)
        assert r.returncode == 3, words
        assert [row["result"] for row in rows(r)] == \
            ["not-sent"] * len(rows(r)), words
    assert states(two) == ["running", "running"]
    assert not journal()


@case
def a_dry_run_changes_nothing():
    r = do("instances.stop", RUNNING[0], "--dry-run")
    assert r.returncode == 0, r.stderr
    assert rows(r)[0]["result"] == "dry-run"
    assert states(RUNNING[:1]) == ["running"]
    assert journal()[0]["parameters"]["DryRun"] == "true"
    r = do("instances.stop", SPOT[0], "--dry-run")
    assert r.returncode == 1 and rows(r)[0]["result"] == "failed"


@case
def read_only_refuses_before_it_looks():
    before = len(journal())
    r = do("instances.stop", RUNNING[0], "--yes", "--read-only",
           url="http://127.0.0.1:1")
    one_line(r, "read-only", "disrupt")
    assert r.returncode == 4 and r.stdout == b""
    assert len(journal()) == before


@case
def stop_and_start():
    two = RUNNING[2:4]
    r = do("instances.stop", *two, two[0], "force=true", "--yes", "--wait")
    assert r.returncode == 0, r.stderr
    assert [(row["id"], row["before"], row["after"], row["result"])
            for row in sorted(rows(r), key=lambda row: two.index(row["id"]))
            ] == [(i, "running", "stopped", "done") for i in two]
    assert all(row["request_id"] and row["account"] and
               row["region"] == "us-east-1" for row in rows(r))
    assert states(two) == ["stopped", "stopped"]
    lines = "\n".join(two).encode() + b"\n\n"
    r = do("instances.start", "-", "--yes", input=lines, stdin=None)
    assert r.returncode == 0, r.stderr
    assert {row["after"] for row in rows(r)} == {"pending"}
    assert set(states(two)) <= {"pending", "running"}


@case
def values_from_elsewhere():
    one, path = RUNNING[15], os.path.join(HOME, "yes")
    with open(path, "w") as f:
        f.write("true\n")
    for value, given in (("@" + path, b""), ("-", b"true\n")):
        r = do("instances.stop", one, "force=" + value, "--dry-run",
               input=given, stdin=None)
        assert r.returncode == 0, r.stderr
        assert journal()[-2]["parameters"]["Force"] == "true"
    r = run("do", "instances.stop", "--dry-run", "-o", "json",
            "--endpoint-url", URL, "--", one, "force=true")
    assert {row["id"]: row["result"] for row in rows(r)} == {
        one: "dry-run", "force=true": "failed"}


@case
def one_that_is_refused_takes_no_other_down():
    good, bad = RUNNING[4:14], SPOT[:2]
    missing = "i-00000000000000000"
    r = do("instances.stop", *good[:5], bad[0], missing, *good[5:], bad[1],
           "-y")
    assert r.returncode == 1, r.stderr
    found = {row["id"]: row for row in rows(r)}
    assert len(found) == 13
    assert {found[i]["result"] for i in good} == {"done"}
    for i in bad:
        assert found[i]["result"] == "failed"
        assert "UnsupportedOperation" in found[i]["error"], found[i]
    assert "-r all" in found[missing]["error"]
    assert set(states(good)) <= {"stopping", "stopped"}
    assert states(bad) == ["running", "running"]


@case
def by_arn_and_over_regions():
    there = instances(region="eu-west-1")[:2]
    arn = "arn:aws:ec2:eu-west-1:210987654321:instance/" + there[0]
    r = do("instances.stop", arn, "--yes", env=environment(AWS_REGION=None))
    assert r.returncode == 0, (r.stderr, r.stdout)
    assert rows(r)[0]["region"] == "eu-west-1"
    wrong = arn.replace("210987654321", "111111111111")
    assert do("instances.start", wrong, "--yes").returncode == 1
    r = do("instances.stop", there[1], RUNNING[14], "--yes", "-r",
           "us-east-1,eu-west-1")
    assert r.returncode == 0, r.stderr
    assert {row["region"] for row in rows(r)} == {"us-east-1", "eu-west-1"}
    assert set(states(there, region="eu-west-1")) <= {"stopping", "stopped"}


@case
def destroyed_by_its_name_or_by_count():
    r = run("ls", "instances", "-o", "json", "--endpoint-url", URL)
    named = [row for row in rows(r) if row["state"] == "running" and
             row["name"]][-3:]
    r = do("instances.terminate", named[0]["id"], "--confirm",
           named[0]["name"])
    assert r.returncode == 0, r.stderr
    ids = [row["id"] for row in named[1:]]
    r = do("instances.terminate", *ids, "--confirm=terminate 2")
    assert r.returncode == 0, r.stderr
    assert states([named[0]["id"], *ids]) == ["shutting-down"] * 3


@case
def in_doubt_is_told_and_sent_once():
    url = sim("--fault", "drop-after/RebootInstances")
    some = instances(url)[:3]
    before = len(journal())
    r = do("instances.reboot", *some, "--yes", url=url)
    assert r.returncode == 1
    assert [row["result"] for row in rows(r)] == ["unknown"] * 3
    assert "may have been done" in rows(r)[0]["error"]
    assert [line["event"] for line in journal()[before:]] == \
        ["intent", "outcome"]
    assert journal()[-1]["attempts"] == 1


@case
def ctrl_c_still_says_what_became_of_each():
    url = sim("--fault", "down/RebootInstances")
    some = instances(url)[:3]
    child = subprocess.Popen(
        [TUCUXI, "do", "instances.reboot", *some, "--yes", "-o", "json",
         "--endpoint-url", url], env=environment(), stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
    before = len(journal())
    for _ in range(200):
        if len(journal()) > before:
            break
        time.sleep(0.05)
    time.sleep(0.3)
    child.send_signal(signal.SIGINT)
    out, _ = child.communicate(timeout=60)
    assert child.returncode == 1, child.returncode
    assert [row["result"] for row in json.loads(out)] == ["unknown"] * 3


@case
def the_journal_can_be_read():
    assert os.stat(JOURNAL).st_mode & 0o777 == 0o600
    r = run("journal", "-o", "json")
    assert r.returncode == 0, r.stderr
    assert len(rows(r)) == len(journal()) / 2
    assert {row["result"] for row in rows(r)} >= {"ok", "aws", "unknown"}
    assert any("InstanceIds[0]=" in row["parameters"] for row in rows(r))
    with open(JOURNAL, "a") as f:
        f.write('{"at":"2026-11-23T00:00:00Z","id":"x","event":"intent",'
                '"operation":"StopInstances"}\nnot ours\n')
    r = run("journal", "-o", "json")
    assert r.returncode == 1
    one_line(r, "journal", "cannot be read")
    assert rows(r)[-1]["result"] == "unknown"


@case
def without_a_journal_nothing_is_changed():
    state = os.path.join(HOME, "file")
    open(state, "w").close()
    env = environment(XDG_STATE_HOME=state)
    one = RUNNING[20]
    r = do("instances.stop", one, "--yes", env=env)
    assert r.returncode == 1
    assert rows(r)[0]["result"] == "failed"
    assert "was not sent" in rows(r)[0]["error"], rows(r)
    assert states([one]) == ["running"]
    r = run("ls", "instances", "--endpoint-url", URL, "-o", "json", env=env)
    assert r.returncode == 0 and len(rows(r)) > 100


@case
def a_demo_leaves_no_trace():
    before = len(open(JOURNAL).readlines())
    first = rows(run("ls", "instances", "--demo", "-o", "json"))[0]["id"]
    r = run("do", "instances.stop", first, "--demo", "--yes", "-o", "json")
    assert rows(r)[0]["result"] == "done", r.stderr
    assert len(open(JOURNAL).readlines()) == before


finish()
