#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`tucuxi ssh` against the simulator with programs of our own on PATH: what
they are called with, and that nothing from outside becomes an option."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
try:
    import boto3
except ImportError:
    print("skip all: boto3 is not installed")
    print("0 passed, 0 failed, 1 skipped")
    sys.exit(0)
from program import (HOME, KEY, SECRET, case, environment, finish, one_line,
                     rows, run, sim)

URL = sim()
EC2 = boto3.client("ec2", endpoint_url=URL, region_name="us-east-1",
                   aws_access_key_id=KEY, aws_secret_access_key=SECRET)
BIN, MORE = os.path.join(HOME, "bin"), os.path.join(HOME, "more")
LOG = os.path.join(HOME, "log")
RC = os.path.join(HOME, ".config/tucuxi/tucuxirc")
for folder, names in ((BIN, ("ssh",)), (MORE, ("aws",
                                               "session-manager-plugin"))):
    os.mkdir(folder)
    for name in names:
        path = os.path.join(folder, name)
        with open(path, "w") as f:
            f.write(f"#!/bin/sh\nprintf '%s\\n' {name} \"$@\" >{LOG}\n"
                    f"echo \"$AWS_REGION $AWS_PROFILE\" >>{LOG}\nexit 7\n")
        os.chmod(path, 0o755)
os.makedirs(os.path.dirname(RC))


def ssh(*words, path=BIN + ":/usr/bin:/bin", status=7, **more):
    if os.path.exists(LOG):
        os.unlink(LOG)
    r = run("ssh", "--endpoint-url", URL, *words,
            env=environment(PATH=path, **more))
    assert r.returncode == status, (r.returncode, r.stderr)
    return open(LOG).read().splitlines() if os.path.exists(LOG) else None


def refused(said, *words, status=2, **more):
    r = run("ssh", "--endpoint-url", URL, *words,
            env=environment(PATH=BIN + ":/usr/bin:/bin", **more))
    one_line(r, said)
    assert r.returncode == status, (r.returncode, r.stderr)


FLEET = rows(run("ls", "instances", "-o", "json", "--endpoint-url", URL))
UP = [row for row in FLEET if row["state"] == "running"]
ONE = next(row for row in UP if row["name"] and row["public_ip"] and
           [r["name"] for r in FLEET].count(row["name"]) == 1)


def name(row, text):
    EC2.create_tags(Resources=[row["id"]],
                    Tags=[{"Key": "Name", "Value": text}])


@case
def a_wrong_line():
    down = next(row for row in FLEET if row["state"] == "stopped")
    refused("to which")
    refused("to which", "", status=2)
    refused("no instance", "nobody-is-called-so", status=1)
    refused("no instance", "i-00000000000000000", status=1)
    refused("stopped", down["id"])
    refused("nobody logs in to volumes", "vol-00000000000000000")
    refused("no setting", ONE["id"], "usr=me")
    refused("user's name", ONE["id"], "user=-oProxyCommand=id")
    refused("SETTING=VALUE", ONE["id"], "me")
    refused("no way", ONE["id"], "via=telnet")
    refused("session-manager-plugin" if os.path.exists("/usr/bin/aws") else
            "aws", ONE["id"], "via=ssm", status=1)
    r = run("ssh", ONE["id"], "--read-only", env=environment())
    assert r.returncode == 4, r.stderr
    refused("no region", ONE["id"], AWS_REGION=None)


@case
def by_id_by_name_with_a_command():
    assert ssh(ONE["id"]) == ["ssh", "--", ONE["public_ip"], "us-east-1 "]
    assert ssh(ONE["name"], "user=me", "address=private", "--", "uptime",
               "a b;c") == ["ssh", "-l", "me", "--", ONE["private_ip"],
                            "uptime", "a b;c", "us-east-1 "]
    assert ssh(ONE["name"], "forward=8080:80")[1:4] == [
        "-N", "-L", "127.0.0.1:8080:localhost:80"]


@case
def names_that_several_have():
    a, b = [row for row in UP if row["id"] != ONE["id"]][:2]
    name(a, "twin")
    name(b, "twin")
    refused(a["id"], "twin")
    EC2.stop_instances(InstanceIds=[b["id"]])
    assert ssh("twin")[2] in (a["public_ip"], a["private_ip"])


@case
def nothing_from_outside_is_an_option():
    row = [row for row in UP if row["id"] != ONE["id"]][5]
    for text in ("-oProxyCommand=touch x", "$(touch x)", "a;b", "a\nb"):
        name(row, text)
        with open(RC, "w") as f:
            f.write("ssh * host={name}\n")
        refused("host=", row["id"])
        with open(RC, "w") as f:
            f.write("ssh * user={name}\n")
        refused("user=", row["id"])
    os.unlink(RC)


@case
def rules_of_the_start_up_file():
    with open(RC, "w") as f:
        f.write(f"set theme dark\nssh {ONE['name'][:-1]}* user=u1 port=2222\n"
                "ssh id:i-* profile:nobody user=u2\n"
                f"ssh image:{ONE['image']} jump=bastion; ssh * via=ssh\n")
    assert ssh(ONE["id"])[:7] == ["ssh", "-l", "u1", "-p", "2222", "-J",
                                  "bastion"]
    with open(RC, "w") as f:
        f.write("ssh * usr=me\n")
    refused("tucuxirc:1", ONE["id"])
    os.unlink(RC)


@case
def through_session_manager():
    path = f"{MORE}:{BIN}:/usr/bin:/bin"
    assert ssh(ONE["id"], "via=ssm", path=path) == [
        "aws", "ssm", "start-session", "--target", ONE["id"], "--region",
        "us-east-1", "us-east-1 "]
    assert ssh(ONE["id"], "via=ssm", "forward=5432:db.internal:5433",
               path=path)[-3:-1] == [
        "--parameters",
        "host=db.internal,portNumber=5433,localPortNumber=5432"]
    assert ssh(ONE["id"], "via=instance-connect", "user=ubuntu",
               path=path)[-2] == "--os-user=ubuntu"
    refused("runs no command", ONE["id"], "via=ssm", "--", "uptime")


finish()
