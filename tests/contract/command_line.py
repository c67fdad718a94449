#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The command line with bad input, faults and broken pipes: one clear line
each, the right exit status, whole output or none that could be mistaken."""
import os
import socket
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from program import (HOME, TUCUXI, case, environment, finish, one_line, rows,
                     run, sim)

URL = sim()


def ls(*arguments, env=None, **more):
    return run("ls", *arguments, "--endpoint-url", URL, env=env, **more)


@case
def every_instance_once():
    r = ls("instances", "-o", "json")
    assert r.returncode == 0, r.stderr
    ids = [row["id"] for row in rows(r)]
    assert len(ids) == len(set(ids)) == 240, len(ids)
    assert {row["region"] for row in rows(r)} == {"us-east-1"}


@case
def unknown_option():
    r = run("--profle", "x")
    one_line(r, "--profle", "--profile")
    assert r.returncode == 2


@case
def unknown_verb_or_resource():
    r = ls("instnaces")
    one_line(r, "instnaces", "instances")
    assert r.returncode == 2
    r = run("lss", "instances")
    one_line(r, "lss")
    assert r.returncode == 2


@case
def unknown_column_and_format():
    r = ls("instances", "--columns", "stat")
    one_line(r, "stat", "state")
    assert r.returncode == 2
    r = ls("instances", "-o", "jsn")
    one_line(r, "jsn", "json")
    assert r.returncode == 2


@case
def bad_filter():
    r = ls("instances", "--filter", "/(/")
    one_line(r)
    assert r.returncode == 2


@case
def unknown_profile():
    r = run("ls", "instances", "-p", "nobody")
    one_line(r, "nobody")
    assert r.returncode in (1, 2)


@case
def malformed_region():
    r = ls("instances", "-r", "us east 1")
    one_line(r, "us east 1")
    assert r.returncode == 2


@case
def no_region():
    r = ls("instances", env=environment(AWS_REGION=None))
    one_line(r, "region", "-r")
    assert r.returncode == 2


@case
def no_credentials():
    r = ls("instances", env=environment(AWS_ACCESS_KEY_ID=None,
                                        AWS_SECRET_ACCESS_KEY=None))
    one_line(r, "credentials")
    assert r.returncode == 1
    assert r.stdout.strip() in (b"",), r.stdout


@case
def broken_configuration_line():
    path = os.path.join(HOME, "broken")
    with open(path, "w") as f:
        f.write("[default]\nregion = eu-west-1\nthis line is wrong\n")
    r = ls("instances", env=environment(AWS_CONFIG_FILE=path))
    one_line(r, path, "3")
    assert r.returncode in (1, 2)


@case
def dead_endpoint():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    r = run("ls", "instances", "--endpoint-url", f"http://127.0.0.1:{port}",
            "-o", "json")
    one_line(r, str(port))
    assert r.returncode == 1
    assert rows(r) == []


@case
def bad_url():
    for url in ("ftp://x", "http://", "http://a b/", "nonsense"):
        r = run("ls", "instances", "--endpoint-url", url)
        one_line(r)
        assert r.returncode == 2, url


@case
def not_a_terminal():
    r = run("--demo", stdout=subprocess.PIPE)
    one_line(r, "terminal")
    assert r.returncode in (1, 2)


@case
def a_bad_signature_is_refused():
    r = ls("instances", env=environment(AWS_SECRET_ACCESS_KEY="wrong"))
    one_line(r, "us-east-1")
    assert r.returncode in (0, 1)
    assert r.stdout.strip() in (b"", b"NAME"), r.stdout[:80]


@case
def get_one_document():
    first = rows(ls("instances", "-o", "json"))[0]["id"]
    r = run("get", "instances", first, "-o", "json", "--endpoint-url", URL)
    assert r.returncode == 0, r.stderr
    assert first in r.stdout.decode()
    r = run("get", "instances", "i-00000000000000000", "--endpoint-url", URL)
    one_line(r, "i-00000000000000000")
    assert r.returncode == 1


@case
def sort_and_filter():
    r = ls("instances", "-o", "json", "--sort", "-name", "--filter",
           "running")
    names = [row["name"] for row in rows(r) if row["name"]]
    assert len(names) > 10
    assert names[0] > names[-1]


@case
def faults_name_the_region_and_leave_the_rest():
    for fault, word in (("throttle", "RequestLimitExceeded"),
                        ("500", "InternalError"), ("503", "Unavailable"),
                        ("cut", ""), ("drop", ""), ("garbage", ""),
                        ("html", ""), ("expired", "expired")):
        url = sim("--fault", f"{fault}@eu-west-1")
        r = run("ls", "instances", "-r", "us-east-1,eu-west-1", "-o", "json",
                "--endpoint-url", url)
        text = r.stderr.decode()
        assert "eu-west-1: " in text and word in text, (fault, text)
        assert text.count("\n") == 1, (fault, text)
        regions = {row["region"] for row in rows(r)}
        assert "us-east-1" in regions, (fault, regions)
        assert r.returncode == 1, (fault, r.returncode)


@case
def denied_is_a_note_unless_strict():
    url = sim("--fault", "denied@eu-west-1")
    line = ["ls", "instances", "-r", "us-east-1,eu-west-1", "-o", "json",
            "--endpoint-url", url]
    r = run(*line)
    assert r.returncode == 0 and b"eu-west-1: " in r.stderr, r.stderr
    assert run(*line, "--strict").returncode == 1


@case
def a_reader_that_goes_away():
    r = subprocess.run(
        ["bash", "-c", f"set -o pipefail; '{TUCUXI}' ls instances -o tsv "
         f"--endpoint-url {URL} | head -1"], env=environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    assert r.stdout.count(b"\n") == 1
    assert r.stderr == b"", r.stderr


@case
def a_full_disk():
    with open("/dev/full", "w") as full:
        r = ls("instances", "-o", "json", stdout=full)
    one_line(r, "standard output")
    assert r.returncode == 1


@case
def closed_standard_input_and_output():
    r = subprocess.run(
        ["bash", "-c", f"'{TUCUXI}' ls instances -o tsv --endpoint-url {URL} "
         "<&- | wc -l"], env=environment(), stdout=subprocess.PIPE,
        timeout=60)
    assert int(r.stdout) == 240, r.stdout
    r = subprocess.run(
        ["bash", "-c", f"'{TUCUXI}' ls instances --endpoint-url {URL} >&-"],
        env=environment(), stderr=subprocess.PIPE, timeout=60)
    assert r.returncode in (0, 1)


@case
def secrets_stay_inside():
    log = os.path.join(HOME, "log")
    secret = "SECRETSECRETsecretsecret0123456789abcdef"
    token = "TOKENTOKENtokentoken0123456789"
    env = environment(AWS_SECRET_ACCESS_KEY=secret, AWS_SESSION_TOKEN=token)
    r = ls("instances", "--log", log, env=env)
    c = run("creds", "-o", "json", env=env)
    with open(log, "rb") as f:
        everything = r.stdout + r.stderr + c.stdout + c.stderr + f.read()
    assert secret.encode() not in everything
    assert token.encode() not in everything
    assert os.stat(log).st_mode & 0o77 == 0


finish()
