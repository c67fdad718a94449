#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The sessions of the posts, typed with boto 2 against one simulator and done
by `tucuxi do` in another: equal worlds, as the real AWS CLI reads them."""
import json
import os
import shutil
import subprocess
import sys
import time
import warnings

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from program import (KEY, SECRET, case, environment, finish, rows, run, sim)

warnings.simplefilter("ignore")
AWS = shutil.which("aws", path="/usr/bin:/bin:/usr/local/bin")
try:
    from boto.ec2.connection import EC2Connection
    from boto.ec2.regioninfo import EC2RegionInfo
    from boto.exception import EC2ResponseError
except ImportError:
    AWS = None
if not AWS:
    print("skip boto2: boto 2 or the AWS CLI is not installed")
    print("0 passed, 0 failed, 1 skipped")
    sys.exit(0)

FRIEND = "963068290131"
THEIRS, OURS = sim("--seed", "7"), sim("--seed", "7")


def connect(url, region="us-east-1"):
    host, port = url.split("//")[1].split(":")
    c = EC2Connection(KEY, SECRET, is_secure=False, host=host,
                      port=int(port.strip("/")), region=EC2RegionInfo(
                          name=region, endpoint=host))
    c._auth_handler.region_name = region     # boto guesses it of the host
    c._auth_handler.service_name = "ec2"
    return c


def until(thing, state, attempts=300):
    """What the posts do by hand: update() until it says so."""
    for _ in range(attempts):
        thing.update()
        if getattr(thing, "state", None) == state or thing.status == state:
            return
        time.sleep(0.2)
    raise AssertionError(f"{thing} is not {state}")


def do(*words):
    r = run("do", *words, "--yes", "--wait", "-o", "json", "--endpoint-url",
            OURS)
    assert r.returncode == 0, (words, r.stderr, r.stdout)
    return rows(r)[0]


def aws(url, *words):
    r = subprocess.run(
        [AWS, "ec2", *words, "--endpoint-url", url, "--region", "us-east-1",
         "--output", "json"],
        env=environment(PATH="/usr/local/bin:/usr/bin:/bin"),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, timeout=120)
    assert r.returncode == 0, (words, r.stderr)
    return json.loads(r.stdout)


def timeless(value):
    """The same without the times of the two runs, which differ."""
    if isinstance(value, dict):
        return {k: timeless(v) for k, v in value.items()
                if k not in ("CreateTime", "AttachTime", "StartTime",
                             "LaunchTime", "CreationDate", "Progress",
                             "DeprecationTime", "UsageOperationUpdateTime",
                             "StateTransitionReason")}
    if isinstance(value, list):
        return [timeless(v) for v in value]
    return value


def equal_worlds(*words):
    theirs, ours = aws(THEIRS, *words), aws(OURS, *words)
    assert timeless(theirs) == timeless(ours), words
    return theirs


CONN = connect(THEIRS)
SERVER = next(i for r in CONN.get_all_instances() for i in r.instances
              if i.state == "running")


@case
def s2_a_volume_for_an_instance():
    v = CONN.create_volume(10, SERVER.placement)
    until(v, "available")
    v.attach(SERVER.id, "/dev/sdh")
    until(v, "in-use")
    made = do("volumes.create", "size=10", "zone=" + SERVER.placement,
              "type=gp2")["made"]
    assert made == v.id, (made, v.id)
    do("volumes.attach", made, "instance=" + SERVER.id, "device=/dev/sdh")
    for _ in range(100):
        v.update()
        if v.attach_data.status == "attached":
            break
        time.sleep(0.1)
    found = equal_worlds("describe-volumes", "--volume-ids", v.id)
    at = found["Volumes"][0]["Attachments"][0]
    assert (at["Device"], at["InstanceId"], at["State"]) == (
        "/dev/sdh", SERVER.id, "attached")
    equal_worlds("describe-instances", "--instance-ids", SERVER.id)
    v.detach()
    until(v, "available")
    do("volumes.detach", made)
    equal_worlds("describe-volumes")


@case
def s3_a_snapshot_for_friends():
    v = CONN.get_all_volumes(filters={"size": "10", "status": "available",
                                      "volume-type": "gp2"})[-1]
    s = v.create_snapshot("The data of the posts")
    until(s, "completed")
    row = do("volumes.snapshot", v.id, "description=The data of the posts")
    assert (row["made"], row["after"]) == (s.id, "completed"), row
    s.share([FRIEND])
    assert s.get_permissions()["user_ids"] == [FRIEND]
    do("snapshots.share", s.id, "accounts=9630-6829-0131")
    equal_worlds("describe-snapshot-attribute", "--snapshot-id", s.id,
                 "--attribute", "createVolumePermission")
    s.share(groups=["all"])
    assert s.get_permissions() == {"user_ids": [FRIEND], "groups": ["all"]}
    r = run("do", "snapshots.share", s.id, "everyone=true", "--confirm",
            s.id[-4:], "-o", "json", "--endpoint-url", OURS)
    assert r.returncode == 0, r.stderr
    found = equal_worlds("describe-snapshots", "--restorable-by-user-ids",
                         "all", "--owner-ids", "self")
    assert s.id in [one["SnapshotId"] for one in found["Snapshots"]]
    s.unshare(groups=["all"])
    s.unshare([FRIEND])
    assert s.get_permissions() == {}
    do("snapshots.unshare", s.id, "everyone=true")
    do("snapshots.unshare", s.id, "accounts=" + FRIEND)
    found = equal_worlds("describe-snapshot-attribute", "--snapshot-id",
                         s.id, "--attribute", "createVolumePermission")
    assert found["CreateVolumePermissions"] == []
    of_it = s.create_volume(SERVER.placement)
    until(of_it, "available")
    made = do("snapshots.volume", s.id, "zone=" + SERVER.placement,
              "type=gp2")["made"]
    assert made == of_it.id
    equal_worlds("describe-volumes")
    equal_worlds("describe-snapshots", "--owner-ids", "self")


@case
def the_same_is_refused():
    for call, words in (
            (lambda: CONN.attach_volume("vol-00000000000000000", SERVER.id,
                                        "/dev/sdh"), None),
            (lambda: CONN.create_volume(10, "us-east-1z"),
             ("volumes.create", "size=10", "zone=us-east-1z")),
            (lambda: CONN.modify_snapshot_attribute(
                CONN.get_all_snapshots(owner="amazon")[0].id,
                user_ids=[FRIEND]),
             ("snapshots.share",
              CONN.get_all_snapshots(owner="amazon")[0].id,
              "accounts=" + FRIEND))):
        try:
            call()
            raise AssertionError(words)
        except EC2ResponseError as e:
            code = e.error_code
        if words:
            r = run("do", *words, "--yes", "-o", "json", "--endpoint-url",
                    OURS)
            assert r.returncode == 1 and code in r.stdout.decode(), (
                code, r.stdout)


finish()
