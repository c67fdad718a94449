#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Images by `tucuxi do`, read back with the real AWS CLI."""
import json
import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from program import case, environment, finish, rows, run, sim

AWS = shutil.which("aws", path="/usr/bin:/bin:/usr/local/bin")
OTHER = "963068290131"

if not AWS:
    print("skip images: the AWS CLI is not installed")
    print("0 passed, 0 failed, 1 skipped")
    sys.exit(0)

URL = sim()


def do(*words):
    return run("do", *words, "-o", "json", "--endpoint-url", URL)


def done(*words, count=1):
    words = words if "--confirm" in words else (*words, "--yes")
    r = do(*words)
    assert r.returncode == 0, (words, r.stderr, r.stdout)
    found = rows(r)
    assert [row["result"] for row in found] == ["done"] * count, found
    return found if count > 1 else found[0]


def refused(code, *words):
    r = do(*words, *([] if "--confirm" in words else ["--yes"]))
    assert r.returncode == 1, (words, r.stdout, r.stderr)
    text = r.stdout.decode() + r.stderr.decode()
    assert code in text, (words, text)


def wrong(said, *words):
    r = do(*words, "--yes")
    text = r.stderr.decode()
    assert r.returncode == 2 and said in text, (words, r.returncode, text)


def aws(*words, region="us-east-1", fails=False):
    r = subprocess.run(
        [AWS, "ec2", *words, "--endpoint-url", URL, "--region", region,
         "--output", "json"],
        env=environment(PATH="/usr/local/bin:/usr/bin:/bin"),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, timeout=120)
    if fails:
        return r.stderr.decode()
    assert r.returncode == 0, (words, r.stderr)
    return json.loads(r.stdout) if r.stdout.strip() else None


def image(id, region="us-east-1"):
    return aws("describe-images", "--image-ids", id, region=region)[
        "Images"][0]


def permissions(id):
    return aws("describe-image-attribute", "--image-id", id, "--attribute",
               "launchPermission")["LaunchPermissions"]


def ls(resource, *words):
    r = run("ls", resource, "-o", "json", "--endpoint-url", URL, *words)
    assert r.returncode == 0, r.stderr
    return rows(r)


SNAPSHOTS = [r for r in ls("snapshots") if r["state"] == "completed"]
PLAIN = [r for r in SNAPSHOTS if not r["encrypted"]]
ENCRYPTED = [r for r in SNAPSHOTS if r["encrypted"]]
RUNNING = [r for r in ls("instances") if r["state"] == "running"]


@case
def registered_of_a_snapshot():
    one = PLAIN[0]["id"]
    for said, *words in (
            ("register needs name", "description=x"),
            ("name has 3 to 128 characters, these are 2", "name=ab"),
            ("these are 129", "name=" + "a" * 129),
            ("name has letters, digits", "name=a&b"),
            ("name has letters, digits", "name=héllo"),
            ("root is a device", "name=good", "root=sda1x"),
            ("boot is one of", "name=good", "boot=floppy"),
            ("size is a number", "name=good", "size=0")):
        wrong(said, "snapshots.register", one, *words)
    row = done("snapshots.register", one, "name=posts (2009)",
               "architecture=arm64", "boot=uefi", "imds=v2.0",
               "root=/dev/sda1", "--wait")
    assert row["after"] == "available", row
    i = image(row["made"])
    assert (i["Name"], i["Architecture"], i["VirtualizationType"],
            i["RootDeviceName"], i["EnaSupport"], i["BootMode"],
            i["ImdsSupport"]) == ("posts (2009)", "arm64", "hvm",
                                  "/dev/sda1", True, "uefi", "v2.0")
    disk = i["BlockDeviceMappings"][0]
    assert (disk["DeviceName"], disk["Ebs"]["SnapshotId"],
            disk["Ebs"]["VolumeType"]) == ("/dev/sda1", one, "gp3")
    refused("InvalidAMIName.Duplicate", "snapshots.register", one,
            "name=posts (2009)")
    refused("expect size >=", "snapshots.register", one, "name=small",
            "size=1")


@case
def made_of_an_instance():
    one = RUNNING[0]["id"]
    r = do("images.create", "instance=" + one, "name=of an instance")
    assert r.returncode == 3 and b"(disrupt)" in r.stderr, r.stderr
    r = do("images.create", "instance=" + one, "name=of an instance",
           "no_reboot=true")
    assert r.returncode == 3 and b"(change)" in r.stderr, r.stderr
    row = done("images.create", "instance=" + one, "name=of an instance",
               "no_reboot=true", "tags=env=test", "--wait")
    i = image(row["made"])
    disks = aws("describe-instances", "--instance-ids", one)[
        "Reservations"][0]["Instances"][0]["BlockDeviceMappings"]
    assert [d["DeviceName"] for d in i["BlockDeviceMappings"]] == [
        d["DeviceName"] for d in disks]
    assert i["Tags"] == [{"Key": "env", "Value": "test"}]
    taken = aws("describe-snapshots", "--snapshot-ids",
                i["BlockDeviceMappings"][0]["Ebs"]["SnapshotId"])[
                    "Snapshots"][0]
    assert taken["VolumeId"] == disks[0]["Ebs"]["VolumeId"]
    refused("InvalidInstanceID.NotFound", "images.create",
            "instance=i-00000000000000000", "name=nothing")


@case
def copied_to_regions():
    one = aws("describe-images", "--owners", "self")["Images"][0]
    wrong("name has 3 to 128", "images.copy", one["ImageId"],
          "to=eu-west-1", "name=x")
    there = done("images.copy", one["ImageId"], "to=eu-west-1",
                 "to=us-west-2", "name=over there", "copy_tags=true",
                 count=2)
    for row in there:
        i = image(row["made"], region=row["region"])
        assert (i["Name"], i["Architecture"]) == (
            "over there", one["Architecture"])
        assert i.get("Tags") == one.get("Tags")
        assert i["BlockDeviceMappings"][0]["Ebs"]["SnapshotId"] != one[
            "BlockDeviceMappings"][0]["Ebs"]["SnapshotId"]
    refused("InvalidAMIName.Duplicate", "images.copy", one["ImageId"],
            "to=eu-west-1", "name=over there")


@case
def shared_and_taken_back():
    one = done("snapshots.register", PLAIN[1]["id"], "name=to share")["made"]
    wrong("these are 11", "images.share", one, "accounts=96306829013")
    done("images.share", one, "accounts=9630-6829-0131")
    assert permissions(one) == [{"UserId": OTHER}]
    r = do("images.share", one, "everyone=true", "--yes")
    assert r.returncode == 3 and b"destroy" in r.stderr, r.stderr
    done("images.share", one, "everyone=true", "--confirm", "to share")
    assert image(one)["Public"]
    assert one in [r["id"] for r in ls("exposed-images")]
    done("images.unshare", one, "everyone=true")
    done("images.unshare", one, "accounts=" + OTHER)
    assert permissions(one) == [] and not image(one)["Public"]
    hidden = done("snapshots.register", ENCRYPTED[0]["id"],
                  "name=encrypted one")["made"]
    refused("encrypted", "images.share", hidden, "accounts=" + OTHER)


@case
def described_deprecated_deregistered():
    kept = PLAIN[2]["id"]
    one = done("snapshots.register", kept, "name=short lived")["made"]
    done("images.modify", one, "description=for a while")
    assert image(one)["Description"] == "for a while"
    wrong("at is a time", "images.deprecate", one, "at=tomorrow")
    refused("InvalidParameterValue", "images.deprecate", one,
            "at=2009-12-04T00:00:00Z")
    done("images.deprecate", one, "at=in 90d")
    assert image(one)["DeprecationTime"]
    done("images.undeprecate", one)
    assert "DeprecationTime" not in image(one)
    done("images.deregister", one, "--confirm", "short lived")
    assert "InvalidAMIID.NotFound" in aws(
        "describe-images", "--image-ids", one, fails=True)
    assert aws("describe-snapshots", "--snapshot-ids", kept)["Snapshots"]
    one = done("snapshots.register", kept, "name=with all")["made"]
    done("images.deregister", one, "snapshots=true", "--confirm",
         "with all")
    assert "InvalidSnapshot.NotFound" in aws(
        "describe-snapshots", "--snapshot-ids", kept, fails=True)
    amazon = next(i["ImageId"] for i in aws("describe-images", "--owners",
                                            "amazon")["Images"])
    refused("AuthFailure", "images.modify", amazon, "description=mine")


finish()
