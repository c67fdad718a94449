#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""An image on EBS out of an instance, step by step, against the simulator:
killed behind every step and begun again, there is one of each thing."""
import concurrent.futures
import fcntl
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
from work import killed

URL = sim("--latency", "30")
WHERE = ("-o", "json", "--endpoint-url", URL)
EC2 = boto3.client("ec2", endpoint_url=URL, region_name="us-east-1",
                   aws_access_key_id=KEY, aws_secret_access_key=SECRET)


def env(state):
    return environment(XDG_STATE_HOME=os.path.join(HOME, state))


def jobs(state, *words):
    return run("jobs", *words, *WHERE, env=env(state))


def begin(state, one, *words):
    return run("do", "instances.convert", one, *words, *WHERE,
               env=env(state))


def job(state):
    found = rows(jobs(state))
    assert len(found) == 1, found
    return found[0]


def made(state):
    """Everything in AWS that carries the work's tag, by step."""
    work = job(state)["id"]
    found = {}
    for tag in EC2.describe_tags(Filters=[
            {"Name": "key", "Values": ["tucuxi:work"]}])["Tags"]:
        if tag["Value"].startswith(work):
            found.setdefault(tag["Value"].split("/")[1], []).append(
                tag["ResourceId"])
    return found


RUNNING = [i for r in EC2.describe_instances(Filters=[
    {"Name": "instance-state-name", "Values": ["running"]}])["Reservations"]
    for i in r["Instances"] if i.get("Platform") != "windows"]


def kill_and_go_on(number, event, step):
    state, one = f"kill-{event}-{step}", RUNNING[number % len(RUNNING)]
    before = ("volume", "attach")
    words = ("do", "instances.convert", one["InstanceId"],
             f"image_name={state}", "--yes")
    if step in before:
        killed((*words, *WHERE), env(state), event, step)
        assert job(state)["state"] == "parked", job(state)
        r = jobs(state, "resume", job(state)["id"])
    else:
        r = begin(state, one["InstanceId"], f"image_name={state}", "--yes")
    assert r.returncode == 3, (state, r.stderr)
    if step not in before:
        killed(("jobs", "resume", job(state)["id"], "--yes", *WHERE),
               env(state), event, step)
    r = jobs(state, "resume", job(state)["id"], "--yes")
    assert r.returncode == 0, (state, r.stderr)
    now, things = job(state), made(state)
    assert now["state"] == "done", now
    assert {name: len(ids) for name, ids in things.items()} == {
        "volume": 1, "snapshot": 1, "proof": 1}, (state, things)
    images = EC2.describe_images(Owners=["self"], Filters=[
        {"Name": "name", "Values": [state]}])["Images"]
    assert [i["ImageId"] for i in images] == [now["made"]]
    r = jobs(state, "cancel", now["id"], "--confirm=clean 4")
    assert r.returncode == 0, (state, r.stderr)
    assert not EC2.describe_images(Owners=["self"], Filters=[
        {"Name": "name", "Values": [state]}])["Images"]
    assert job(state)["state"] == "cancelled"


def an_image_as_the_source():
    image = next(i for i in EC2.describe_images(Owners=["self"])["Images"]
                 if i["Architecture"] == "x86_64" and
                 i.get("Platform") != "windows")
    r = run("do", "images.convert", image["ImageId"], "image_name=again",
            "type=t3.micro", "proof=false", "--yes", *WHERE,
            env=env("image"))
    assert r.returncode == 3, (r.stderr, r.stdout)
    r = jobs("image", "resume", job("image")["id"], "--yes")
    assert r.returncode == 0, (r.stderr, r.stdout)
    now, things = job("image"), made("image")
    assert len(things["launch"]) == len(things["volume"]) == 1, things
    r = jobs("image", "clean", now["id"], "--confirm=clean 2")
    assert r.returncode == 0, (r.stderr, r.stdout)
    state = EC2.describe_instances(InstanceIds=things["launch"])[
        "Reservations"][0]["Instances"][0]["State"]["Name"]
    assert state in ("shutting-down", "terminated"), state


# They wait more than they work: all at once, beside the rest.
POINTS = [(event, step) for step in ("volume", "attach", "detach", "snapshot",
                                     "register", "prove")
          for event in ("begin", "done")]
POOL = concurrent.futures.ThreadPoolExecutor(len(POINTS) + 1)
IMAGE = POOL.submit(an_image_as_the_source)
KILLED = [POOL.submit(kill_and_go_on, 3 + i, *point)
          for i, point in enumerate(POINTS)]


@case
def a_wrong_line():
    one = RUNNING[0]["InstanceId"]
    for words, said in (((), "image_name"),
                        (("image_name=one", "size=0"), "size")):
        r = begin("wrong", one, *words, "--yes")
        one_line(r, said)
        assert r.returncode == 2, r.stderr
    r = begin("wrong", one, "image_name=one")
    assert r.returncode == 3, r.stderr
    assert b"CreateVolume" in r.stderr, r.stderr
    for words in (("resume", "00000000"), ("show", "x"), ("cancel", "1")):
        r = jobs("wrong", *words)
        one_line(r, "no work")
        assert r.returncode == 1, r.stderr
    assert jobs("wrong", "resume").returncode == 2
    assert rows(jobs("wrong")) == []


@case
def from_the_first_step_to_the_last():
    one = RUNNING[0]
    r = begin("whole", one["InstanceId"], "image_name=whole", "size=12",
              "proof=false", "--yes")
    assert r.returncode == 3, (r.stderr, r.stdout)
    assert rows(r)[0]["result"] == "waiting"
    assert b"rsync" in r.stderr
    now = job("whole")
    assert now["state"] == "waiting" and now["made"] is None, now
    volume = made("whole")["volume"]
    assert len(volume) == 1
    there = EC2.describe_volumes(VolumeIds=volume)["Volumes"][0]
    assert there["Size"] == 12, there
    assert there["AvailabilityZone"] == one["Placement"]["AvailabilityZone"]
    assert there["Attachments"][0]["InstanceId"] == one["InstanceId"]
    r = jobs("whole", "resume", now["id"])
    one_line(r, "waits for a person")
    assert r.returncode == 3
    r = run("jobs", "show", now["id"][:8], env=env("whole"))
    assert volume[0].replace("-", "").encode() in r.stdout, r.stdout
    r = jobs("whole", "resume", now["id"][:8], "--yes")
    assert r.returncode == 0, (r.stderr, r.stdout)
    now = job("whole")
    assert now["state"] == "done", now
    image = EC2.describe_images(ImageIds=[now["made"]])["Images"][0]
    assert image["Name"] == "whole" and image["State"] == "available"
    assert image["RootDeviceName"] == one["RootDeviceName"]
    assert image["Architecture"] == one["Architecture"]
    assert image["EnaSupport"] == one["EnaSupport"], (image, one)
    assert image["VirtualizationType"] == one["VirtualizationType"]
    required = one["MetadataOptions"]["HttpTokens"] == "required"
    assert (image.get("ImdsSupport") == "v2.0") == required, image
    r = jobs("whole", "clean", now["id"])
    one_line(r, "--confirm='clean ", volume[0])
    assert r.returncode == 3
    r = jobs("whole", "clean", now["id"], "--confirm=clean 1")
    assert r.returncode == 0, (r.stderr, r.stdout)
    assert job("whole")["left"] == 0
    left = EC2.describe_volumes(Filters=[
        {"Name": "volume-id", "Values": volume}])["Volumes"]
    assert {v["State"] for v in left} <= {"deleting"}, left
    assert EC2.describe_images(ImageIds=[now["made"]])["Images"]
    assert jobs("whole", "forget", now["id"]).returncode == 0
    assert rows(jobs("whole")) == []


@case
def two_consoles_share_the_folder():
    one = RUNNING[1]["InstanceId"]
    r = begin("shared", one, "image_name=shared", "proof=false", "--yes")
    assert r.returncode == 3, r.stderr
    found = job("shared")["id"]
    with open(os.path.join(HOME, "shared/tucuxi/work", found)) as f:
        fcntl.flock(f, fcntl.LOCK_EX)
        r = jobs("shared", "resume", found, "--yes")
        one_line(r, "open in another")
    r = jobs("shared", "resume", found, "--yes", "--read-only")
    assert r.returncode == 4, r.stderr
    other = run("jobs", "resume", found, "--yes", "-o", "json",
                "--endpoint-url", "http://127.0.0.1:1", env=env("shared"))
    one_line(other, "was begun at", URL)
    with open(os.path.join(HOME, "shared/tucuxi/work", found), "a") as f:
        f.write('{"at":"2026-11-')
    r = jobs("shared", "cancel", found, "--confirm=clean 2")
    assert r.returncode == 0, (r.stderr, r.stdout)
    assert job("shared")["state"] == "cancelled"
    with open(os.path.join(HOME, "shared/tucuxi/work", found)) as f:
        text = f.read()
    assert SECRET not in text and KEY not in text
    assert os.stat(f.name).st_mode & 0o777 == 0o600


@case
def out_of_an_image():
    IMAGE.result()


@case
def killed_at_each_step():
    for future in KILLED:
        future.result()


finish()
