#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Volumes and snapshots by `tucuxi do`, read back with the real AWS CLI: what
is done, what is refused before AWS is asked, and what AWS refuses."""
import json
import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from program import HOME, case, environment, finish, rows, run, sim

AWS = shutil.which("aws", path="/usr/bin:/bin:/usr/local/bin")
JOURNAL = os.path.join(HOME, ".local/state/tucuxi/journal.ndjson")
OTHER = "963068290131"

if not AWS:
    print("skip storage: the AWS CLI is not installed")
    print("0 passed, 0 failed, 1 skipped")
    sys.exit(0)

URL = sim()


def do(*words, url=URL, env=None, **more):
    return run("do", *words, "-o", "json", "--endpoint-url", url, env=env,
               **more)


def done(*words, count=1, **more):
    """It was done; the rows."""
    r = do(*words, "--yes", **more)
    assert r.returncode == 0, (words, r.stderr, r.stdout)
    found = rows(r)
    assert [row["result"] for row in found] == ["done"] * count, found
    return found if count > 1 else found[0]


def refused(code, *words, **more):
    """AWS said no, in its own words."""
    r = do(*words, *([] if "--confirm" in words else ["--yes"]), **more)
    assert r.returncode == 1, (words, r.stdout, r.stderr)
    text = r.stdout.decode() + r.stderr.decode()
    assert code in text, (words, text)


def wrong(said, *words):
    """Told before anything is sent."""
    before = journal()
    r = do(*words, "--yes")
    text = r.stderr.decode()
    assert r.returncode == 2, (words, r.returncode, text)
    assert said in text and text.count("\n") == 1, (words, text)
    assert journal() == before, words


def journal():
    if not os.path.exists(JOURNAL):
        return []
    with open(JOURNAL) as f:
        return [json.loads(line) for line in f]


def aws(*words, region="us-east-1", url=URL, env=None, service="ec2"):
    r = subprocess.run(
        [AWS, service, *words, "--endpoint-url", url, "--region", region,
         "--output", "json"],
        env=dict(env or environment(), PATH="/usr/local/bin:/usr/bin:/bin"),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, timeout=120)
    assert r.returncode == 0, (words, r.stderr)
    return json.loads(r.stdout) if r.stdout.strip() else None


def volume(id):
    return aws("describe-volumes", "--volume-ids", id)["Volumes"][0]


def snapshot(id, region="us-east-1"):
    return aws("describe-snapshots", "--snapshot-ids", id,
               region=region)["Snapshots"][0]


def shares(id):
    return aws("describe-snapshot-attribute", "--snapshot-id", id,
               "--attribute", "createVolumePermission")[
                   "CreateVolumePermissions"]


def ls(resource, *words, region="us-east-1"):
    r = run("ls", resource, "-r", region, "-o", "json", "--endpoint-url",
            URL, *words)
    assert r.returncode == 0, r.stderr
    return rows(r)


INSTANCES = [r for r in ls("instances") if r["state"] == "running"]
HOST = INSTANCES[0]
ZONE = HOST["zone"]
ELSEWHERE = next(r for r in INSTANCES if r["zone"] != ZONE)
SNAPSHOTS = [r for r in ls("snapshots") if r["state"] == "completed"]
PLAIN = [r["id"] for r in SNAPSHOTS if not r["encrypted"]]
ENCRYPTED = [r["id"] for r in SNAPSHOTS if r["encrypted"]]


def new_volume(*words):
    made = done("volumes.create", "zone=" + ZONE, *words, "--wait")
    assert made["after"] == "available", made
    return made["made"]


@case
def sizes_and_speeds_out_of_range():
    for said, *words in (
            ("size is a number from 1 to 65536 GiB", "size=0"),
            ("size is a number", "size=65537"),
            ("size is a number", "size=ten"),
            ("st1 volumes have 125 to 16384 GiB", "size=124", "type=st1"),
            ("standard volumes have 1 to 1024", "size=1025",
             "type=standard"),
            ("iops: io2 volumes need it", "size=10", "type=io2"),
            ("at most 50 a GiB, with 10 GiB 500", "size=10", "type=io1",
             "iops=501"),
            ("gp2 volumes have no number", "size=10", "type=gp2",
             "iops=500"),
            ("gp3 volumes have 3000 to 80000", "size=999", "iops=2999"),
            ("throughput is a number from 125", "size=9", "throughput=1"),
            ("751 MiB/s need iops=3004", "size=99", "iops=3000",
             "throughput=751"),
            ("st1 volumes have none", "size=999", "type=st1",
             "throughput=125"),
            ("type is one of: gp3", "size=9", "type=gp4"),
            ("tags is KEY=VALUE", "size=9", "tags=x"),
            ("create needs size: Size, or snapshot",)):
        wrong(said, "volumes.create", "zone=" + ZONE, *words)
    wrong("create needs zone", "volumes.create", "size=9")
    refused("InvalidZone.NotFound", "volumes.create", "zone=us-east-1z",
            "size=9")
    refused("expect size >=", "volumes.create", "zone=" + ZONE, "size=1",
            "snapshot=" + PLAIN[0])
    refused("InvalidSnapshot.NotFound", "volumes.create", "zone=" + ZONE,
            "snapshot=snap-00000000000000000")


@case
def a_volume_is_made():
    v = volume(new_volume("size=10", "tags=Name=data", "tags=env=test"))
    assert (v["Size"], v["VolumeType"], v["Iops"], v["Throughput"]) == (
        10, "gp3", 3000, 125)
    assert (v["AvailabilityZone"], v["State"], v["Encrypted"]) == (
        ZONE, "available", False)
    assert {t["Key"]: t["Value"] for t in v["Tags"]} == {
        "Name": "data", "env": "test"}
    v = volume(new_volume("size=100", "type=io2", "iops=5000",
                          "encrypted=true", "key=alias/mine",
                          "multi_attach=true"))
    assert (v["VolumeType"], v["Iops"], v["Encrypted"]) == (
        "io2", 5000, True)
    assert v["KmsKeyId"].endswith("alias/mine") and v["MultiAttachEnabled"]
    v = volume(new_volume("snapshot=" + ENCRYPTED[0]))
    assert v["SnapshotId"] == ENCRYPTED[0] and v["Encrypted"]
    assert v["Size"] == snapshot(ENCRYPTED[0])["VolumeSize"]


@case
def like_one_that_is_there():
    old = next(r for r in ls("volumes") if r["type"] == "gp2" and
               r["zone"] != ZONE)
    made = volume(done("volumes.create", old["id"])["made"])
    assert (made["AvailabilityZone"], made["Size"], made["VolumeType"]) == (
        old["zone"], old["gib"], "gp2")


@case
def attached_and_detached():
    one, two = new_volume("size=1"), new_volume("size=1")
    wrong("attach needs instance", "volumes.attach", one)
    wrong("device is a device such as", "volumes.attach", one,
          "instance=" + HOST["id"], "device=/dev/floppy")
    refused("InvalidVolume.ZoneMismatch", "volumes.attach", one,
            "instance=" + ELSEWHERE["id"])
    row = done("volumes.attach", one, "instance=" + HOST["id"], "--wait")
    assert row["after"] == "attached", row
    at = volume(one)["Attachments"][0]
    assert (at["InstanceId"], at["State"], at["Device"]) == (
        HOST["id"], "attached", "/dev/sdf")
    refused("VolumeInUse", "volumes.attach", one, "instance=" + HOST["id"])
    refused("already in use", "volumes.attach", two,
            "instance=" + HOST["id"], "device=/dev/xvdf")
    done("volumes.attach", two, "instance=" + HOST["id"])
    assert volume(two)["Attachments"][0]["Device"] == "/dev/sdg"
    of_host = aws("describe-instances", "--instance-ids", HOST["id"])
    mapped = {m["DeviceName"]: m["Ebs"]["VolumeId"] for m in of_host[
        "Reservations"][0]["Instances"][0]["BlockDeviceMappings"]}
    assert mapped["/dev/sdf"] == one and mapped["/dev/sdg"] == two
    refused("VolumeInUse", "volumes.delete", one, "--confirm", one[-4:])
    assert do("volumes.force-detach", two, "--yes").returncode == 3
    r = do("volumes.force-detach", two, "--confirm", two[-4:], "--wait")
    assert rows(r)[0]["after"] == "available", r.stdout
    row = done("volumes.detach", one, "--wait")
    assert (row["before"], row["after"]) == ("in-use", "available")
    assert not volume(one)["Attachments"]
    refused("IncorrectState", "volumes.detach", one)
    r = do("volumes.delete", one, two, "--confirm", "delete 2", "--wait")
    assert [row["result"] for row in rows(r)] == ["done"] * 2, r.stdout
    assert not [v for v in aws("describe-volumes")["Volumes"]
                if v["VolumeId"] in (one, two)]


@case
def the_root_is_not_taken_from_a_running_one():
    root = aws("describe-instances", "--instance-ids", HOST["id"])[
        "Reservations"][0]["Instances"][0]["BlockDeviceMappings"][0]
    refused("OperationNotPermitted", "volumes.detach",
            root["Ebs"]["VolumeId"])


@case
def modified_while_in_use():
    one = new_volume("size=10")
    refused("cannot be smaller", "volumes.modify", one, "size=9")
    row = done("volumes.modify", one, "size=20", "type=gp3", "iops=4000",
               "throughput=500")
    assert row["after"] == "modifying", row
    found = aws("describe-volumes-modifications", "--volume-ids", one)[
        "VolumesModifications"][0]
    assert (found["OriginalSize"], found["TargetSize"],
            found["TargetIops"], found["TargetThroughput"]) == (
                10, 20, 4000, 500)
    refused("IncorrectModificationState", "volumes.modify", one, "size=21")
    wrong("no number of operations", "volumes.modify", one, "type=gp2",
          "iops=500")


@case
def io_and_its_enabling():
    ill = aws("describe-volume-status", "--filters",
              "Name=volume-status.status,Values=impaired")[
                  "VolumeStatuses"][0]["VolumeId"]
    done("volumes.enable-io", ill)
    status = aws("describe-volume-status", "--volume-ids", ill)
    assert status["VolumeStatuses"][0]["VolumeStatus"]["Status"] == "ok"
    done("volumes.auto-io", ill, "on=true")
    assert aws("describe-volume-attribute", "--volume-id", ill,
               "--attribute", "autoEnableIO")["AutoEnableIO"]["Value"]


@case
def a_snapshot_with_a_description():
    one = new_volume("size=3", "encrypted=true")
    wrong("at most 255 characters", "volumes.snapshot", one,
          "description=" + "é" * 256)
    row = done("volumes.snapshot", one, "description=before <the> upgrade",
               "tags=Name=keep")
    s = snapshot(row["made"])
    assert (s["Description"], s["VolumeId"], s["VolumeSize"]) == (
        "before <the> upgrade", one, 3)
    assert s["State"] == "pending" and s["Progress"] != "100%"
    assert s["Tags"] == [{"Key": "Name", "Value": "keep"}]
    refused("IncorrectState", "volumes.create", "zone=" + ZONE,
            "snapshot=" + row["made"])
    for _ in range(4):
        done("volumes.snapshot", one)
    refused("ConcurrentSnapshotLimitExceeded", "volumes.snapshot", one)
    row = done("volumes.snapshot", new_volume("size=1"), "--wait")
    assert row["after"] == "completed", row
    assert snapshot(row["made"])["Progress"] == "100%"


@case
def shared_with_accounts():
    one = PLAIN[0]
    for bad, said in (("96306829013", "12 digits, these are 11"),
                      ("9630682901311", "these are 13"),
                      ("96306829013x", "'x' is none"),
                      ("amazon", "12 digits"), ("", "may not be empty")):
        wrong(said, "snapshots.share", one, "accounts=" + bad)
    wrong("share needs accounts", "snapshots.share", one)
    before = shares(one)
    done("snapshots.share", one, "accounts=9630-6829-0131",
         "accounts=111122223333")
    assert shares(one) == before + [
        {"UserId": u} for u in (OTHER, "111122223333")
        if {"UserId": u} not in before]
    wrong("accounts is an account", "snapshots.unshare", one, "accounts=x")
    done("snapshots.unshare", one, "accounts=" + OTHER,
         "accounts=111122223333")
    assert shares(one) == []


@case
def shared_with_everyone_is_typed():
    one = snapshot(next(s for s in PLAIN if not shares(s)))
    name = {t["Key"]: t["Value"] for t in one.get("Tags", [])}.get(
        "Name") or one["SnapshotId"][-4:]
    one = one["SnapshotId"]
    r = do("snapshots.share", one, "everyone=true", "--yes")
    assert r.returncode == 3 and shares(one) == [], r.stdout
    assert b"destroy" in r.stderr and b"GroupNames[]=all" in r.stderr
    r = do("snapshots.share", one, "everyone=true", "--confirm", name)
    assert r.returncode == 0, (r.stdout, r.stderr)
    assert shares(one) == [{"Group": "all"}]
    done("snapshots.unshare", one, "everyone=true")
    assert shares(one) == []


def challenge(*words):
    """What has to be typed."""
    r = do(*words, "--confirm", "no")
    assert r.returncode == 3, (words, r.stdout)
    return r.stderr.decode().rsplit("--confirm=", 1)[1].strip().strip("'")


@case
def what_is_encrypted_is_not_shared():
    one = ENCRYPTED[0]
    refused("OperationNotPermitted", "snapshots.share", one,
            "accounts=" + OTHER)
    words = ("snapshots.share", one, "everyone=true")
    refused("OperationNotPermitted", *words, "--confirm", challenge(*words))


@case
def what_everyone_can_use_is_found_and_hidden():
    exposed = [r["id"] for r in ls("exposed-snapshots")]
    theirs = aws("describe-snapshots", "--owner-ids", "self",
                 "--restorable-by-user-ids", "all")["Snapshots"]
    assert exposed and sorted(exposed) == sorted(
        s["SnapshotId"] for s in theirs)
    done("exposed-snapshots.hide", *exposed, count=len(exposed))
    assert ls("exposed-snapshots") == []
    assert {"Group": "all"} not in shares(exposed[0])
    exposed = [r["id"] for r in ls("exposed-images")]
    assert len(exposed) == 1
    done("exposed-images.hide", exposed[0])
    assert ls("exposed-images") == []
    assert aws("describe-images", "--image-ids", exposed[0])["Images"][0][
        "Public"] is False


@case
def copied_to_regions():
    wrong("is a region such as", "snapshots.copy", PLAIN[0], "to=Ireland")
    wrong("copy needs to", "snapshots.copy", PLAIN[0])
    there = done("snapshots.copy", PLAIN[0], ENCRYPTED[0], "to=eu-west-1",
                 "to=us-west-2", "description=over there",
                 "tags=Name=copy", count=4)
    assert sorted(row["region"] for row in there) == [
        "eu-west-1", "eu-west-1", "us-west-2", "us-west-2"]
    for row in there:
        s = snapshot(row["made"], region=row["region"])
        assert s["Description"] == "over there"
        assert s["Encrypted"] == (row["id"] in ENCRYPTED)
        assert s["Tags"] == [{"Key": "Name", "Value": "copy"}]
    sent = [line["parameters"] for line in journal()
            if line.get("operation") == "CopySnapshot" and
            "parameters" in line]
    assert sent and all(p["SourceRegion"] == "us-east-1" and
                        "http" not in p["PresignedUrl"] for p in sent), sent
    row = done("snapshots.copy", PLAIN[0], "to=us-east-1",
               "encrypted=true", "--wait")
    assert snapshot(row["made"])["Encrypted"]
    r = do("snapshots.copy", PLAIN[0], "to=eu-north-1", "to=us-nowhere-9",
           "--yes")
    assert sorted((row["region"], row["result"]) for row in rows(r)) == [
        ("eu-north-1", "done"), ("us-nowhere-9", "failed")], r.stdout


@case
def deleted_unless_an_image_uses_it():
    image = aws("describe-images", "--owners", "self")["Images"][0]
    used = image["BlockDeviceMappings"][0]["Ebs"]["SnapshotId"]
    words = ("snapshots.delete", used)
    refused("InvalidSnapshot.InUse", *words, "--confirm", challenge(*words))
    one = done("volumes.snapshot", new_volume("size=1"))["made"]
    r = do("snapshots.delete", one, "--confirm", one[-4:])
    assert r.returncode == 0, r.stdout
    refused("no snapshot", "snapshots.delete", one, "--confirm", one[-4:])
    amazon = aws("describe-snapshots", "--owner-ids", "amazon")[
        "Snapshots"][0]["SnapshotId"]
    refused("AuthFailure", "snapshots.delete", amazon, "--confirm",
            amazon[-4:])


def other_account():
    """Somebody of another account, by a role."""
    c = aws("assume-role", "--role-arn", "arn:aws:iam::" + OTHER +
            ":role/reader", "--role-session-name", "test", service="sts")[
                "Credentials"]
    return environment(AWS_ACCESS_KEY_ID=c["AccessKeyId"],
                       AWS_SECRET_ACCESS_KEY=c["SecretAccessKey"],
                       AWS_SESSION_TOKEN=c["SessionToken"])


@case
def anyone_may_make_a_volume_of_what_is_shared():
    one, them = PLAIN[1], other_account()
    done("snapshots.unshare", one, "accounts=" + OTHER)
    done("snapshots.unshare", one, "everyone=true")
    refused("no snapshot", "snapshots.volume", one, "zone=us-east-1b",
            env=them)
    done("snapshots.share", one, "accounts=" + OTHER)
    row = done("snapshots.volume", one, "zone=us-east-1b", "tags=Name=got",
               "--wait", env=them)
    made = aws("describe-volumes", "--volume-ids", row["made"], env=them)[
        "Volumes"][0]
    assert (made["SnapshotId"], made["State"]) == (one, "available")
    refused("AuthFailure", "snapshots.share", one, "accounts=111122223333",
            env=them)
    row = done("snapshots.copy", one, "to=us-east-1", env=them)
    mine = aws("describe-snapshots", "--snapshot-ids", row["made"],
               env=them)["Snapshots"][0]
    assert mine["OwnerId"] == OTHER
    done("snapshots.unshare", one, "accounts=" + OTHER)
    refused("no snapshot", "snapshots.volume", one, "zone=us-east-1b",
            env=them)


@case
def dry_runs_change_nothing():
    free = new_volume("size=1")
    for words in (("volumes.create", "zone=" + ZONE, "size=1"),
                  ("volumes.attach", free, "instance=" + HOST["id"]),
                  ("volumes.modify", free, "size=2"),
                  ("volumes.snapshot", free), ("volumes.delete", free),
                  ("snapshots.share", PLAIN[2], "accounts=" + OTHER),
                  ("snapshots.copy", PLAIN[2], "to=eu-west-1"),
                  ("snapshots.volume", PLAIN[2], "zone=" + ZONE)):
        r = do(*words, "--dry-run")
        assert r.returncode == 0, (words, r.stderr, r.stdout)
        assert rows(r)[0]["result"] == "dry-run" and not rows(r)[0]["made"]
    v = volume(free)
    assert (v["State"], v["Size"]) == ("available", 1)


@case
def read_only_refuses_every_change():
    actions = [row for row in rows(run("do", "--list", "-o", "json"))
               if row["action"].split(".")[0] in (
                   "volumes", "snapshots", "images", "exposed-snapshots",
                   "exposed-images") and row["kind"] != "read"]
    assert len(actions) > 20
    before = journal()
    for row in actions:
        fields = [f.rstrip("*") for f in (row["fields"] or "").split()
                  if f.endswith("*")]
        value = {"accounts": OTHER, "zone": ZONE, "size": "1",
                 "device": "/dev/sdf", "to": "eu-west-1", "at": "in 3d",
                 "tags": "a=b"}
        words = [f + "=" + value.get(f, "abc") for f in fields]
        targets = [] if row["action"].endswith(".create") else ["x-1"]
        r = do(row["action"], *targets, *words, "--yes", "--read-only",
               url="http://127.0.0.1:1")
        assert r.returncode == 4, (row, r.returncode, r.stderr)
    assert journal() == before


@case
def a_snapshot_is_never_sent_twice():
    url = sim("--fault", "drop-after/CreateSnapshot")
    one = rows(run("ls", "volumes", "-o", "json", "--endpoint-url", url))[0]
    before = len(journal())
    r = do("volumes.snapshot", one["id"], "description=once", "--yes",
           url=url)
    assert rows(r)[0]["result"] == "unknown", r.stdout
    assert journal()[before + 1]["attempts"] == 1
    made = aws("describe-snapshots", "--owner-ids", "self", "--filters",
               "Name=description,Values=once", url=url)["Snapshots"]
    assert len(made) == 1, made


@case
def a_volume_is_made_once_however_often_it_is_sent():
    url = sim("--fault", "drop-after/CreateVolume*1")
    r = do("volumes.create", "zone=" + ZONE, "size=7", "--yes", url=url)
    assert rows(r)[0]["result"] == "done", (r.stdout, r.stderr)
    made = aws("describe-volumes", "--filters", "Name=size,Values=7",
               url=url)["Volumes"]
    assert len(made) == 1, made


finish()
