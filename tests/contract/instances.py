#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every action of instances by `tucuxi do`, read back with the real AWS CLI;
the AWS CLI doing the same against the simulator; what either is refused."""
import base64
import json
import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from program import (HOME, case, environment, finish, one_line, rows, run,
                     sim, skip)

HERE = os.path.dirname(os.path.abspath(__file__))
URL = sim()
PATH = os.environ.get("PATH", "") + ":/usr/local/bin:/usr/bin:/bin"
JOURNAL = os.path.join(HOME, ".local/state/tucuxi/journal.ndjson")
PASSWORD = "Tr0ub4dor&3-tucuxi"


def find_cli():
    for path in [shutil.which("aws", path=PATH), "/usr/bin/aws"]:
        if path and os.path.exists(path) and subprocess.run(
                [path, "--version"], env=environment(PATH=PATH),
                capture_output=True).returncode == 0:
            return path
    return None


AWS = find_cli()


def aws(*words, url=URL, fails=None):
    """The answer of `aws ec2 WORDS`; fails: the code it is refused with."""
    r = subprocess.run(
        [AWS, "ec2", "--endpoint-url", url, "--region", "us-east-1",
         "--output", "json", *words], stdin=subprocess.DEVNULL,
        env=environment(PATH=PATH, AWS_PAGER="", AWS_MAX_ATTEMPTS="1"),
        capture_output=True, text=True, timeout=120)
    if fails:
        assert r.returncode != 0 and f"({fails})" in r.stderr, r.stderr
        return None
    assert r.returncode == 0, (words, r.stderr)
    return json.loads(r.stdout) if r.stdout.strip() else None


def do(*words, url=URL, **more):
    return run("do", *words, "-o", "json", "--endpoint-url", url, **more)


def done(*words, **more):
    r = do(*words, **more)
    assert r.returncode == 0, (words, r.stderr, r.stdout)
    assert {row["result"] for row in rows(r)} == {"done"}, r.stdout
    return rows(r)


def refused(code, *words, **more):
    """By AWS, in its own words."""
    r = do(*words, **more)
    assert r.returncode == 1, (words, r.stdout, r.stderr)
    assert code in rows(r)[0]["error"], (code, rows(r)[0])


def listed(url=URL):
    return rows(run("ls", "instances", "-o", "json", "--endpoint-url", url))


def some(state, **more):
    return [row["id"] for row in listed() if row["state"] == state and
            row["lifecycle"] != "spot" and
            all(row[k] == v for k, v in more.items())]


def instance(i, url=URL):
    found = aws("describe-instances", "--instance-ids", i, url=url)
    return found["Reservations"][0]["Instances"][0]


def attribute(i, name, url=URL):
    found = aws("describe-instance-attribute", "--instance-id", i,
                "--attribute", name, url=url)
    return next(v for k, v in found.items() if k != "InstanceId")


def made(result):
    return result[0]["made"].split()


def write(name, text):
    path = os.path.join(HOME, name)
    with open(path, "w") as f:
        f.write(text)
    return path


if not AWS:
    skip("instances", "the AWS CLI is not installed")
    finish()

RUNNING, STOPPED = some("running"), some("stopped")
WEB = next(i for i in RUNNING if instance(i).get("PublicIpAddress"))
IMAGE = instance(WEB)["ImageId"]


@case
def launch_like_this():
    like = instance(WEB)
    data = write("boot.sh", "#!/bin/sh\necho hello é\n")
    result = done(
        "instances.launch", WEB, "--yes", "count=2", "tags=Name=new-1",
        "tags=note=a=b", "volume_tags=of=new", "root_size=40",
        "root_encrypted=true", "disk_size=77", "disk_type=gp3",
        "disk_goes=false", "user_data=@" + data, "role=ssm-managed",
        "monitoring=true", "protection=true", "shutdown=terminate")
    ids = made(result)
    assert len(ids) == 2
    for i in ids:
        new = instance(i)
        for key in ("ImageId", "InstanceType", "SubnetId", "KeyName",
                    "VpcId"):
            assert new.get(key) == like.get(key), key
        assert new["SecurityGroups"] == like["SecurityGroups"]
        tags = {t["Key"]: t["Value"] for t in new["Tags"]}
        assert tags == {"Name": "new-1", "note": "a=b"}, tags
        assert new["Monitoring"]["State"] == "enabled"
        assert new["MetadataOptions"]["HttpTokens"] == "required"
        assert new["IamInstanceProfile"]["Arn"].endswith("/ssm-managed")
        assert attribute(i, "disableApiTermination") == {"Value": True}
        assert attribute(i, "instanceInitiatedShutdownBehavior") == {
            "Value": "terminate"}
        sent = base64.b64decode(attribute(i, "userData")["Value"])
        assert sent.decode() == "#!/bin/sh\necho hello é"
        volumes = aws("describe-volumes", "--filters",
                      "Name=attachment.instance-id,Values=" + i,
                      "Name=tag:of,Values=new")["Volumes"]
        found = {v["Attachments"][0]["Device"]: v for v in volumes}
        assert found["/dev/xvda"]["Size"] == 40
        assert found["/dev/xvda"]["Encrypted"]
        assert found["/dev/sdf"]["Size"] == 77
        assert not found["/dev/sdf"]["Attachments"][0]["DeleteOnTermination"]
    # what AWS tags by itself is not taken along; data is not in the journal
    with open(JOURNAL) as f:
        text = f.read()
    assert "aws:" not in text.split("RunInstances", 1)[1].split("\n")[0]
    assert "hello" not in text and "aGVsbG8" not in text


@case
def launch_with_a_public_address_and_spot():
    i, = made(done("instances.launch", WEB, "public=false", "--yes"))
    new = instance(i)
    assert "PublicIpAddress" not in new
    assert new["SecurityGroups"] == instance(WEB)["SecurityGroups"]
    result = done("instances.launch", "image=" + IMAGE, "type=t3.small",
                  "zone=us-east-1b", "spot=true", "max_price=0.5",
                  "credits=standard", "public=true", "--yes", "--wait")
    i, = made(result)
    new = instance(i)
    assert new["State"]["Name"] == "running"
    assert new["InstanceLifecycle"] == "spot"
    assert new["Placement"]["AvailabilityZone"] == "us-east-1b"
    assert new["PublicIpAddress"]


@case
def launches_that_are_refused():
    base = ("image=" + IMAGE, "type=t3.micro", "--yes")
    for code, words in (
            ("InvalidParameterValue", ("image=" + IMAGE, "type=m7g.large")),
            ("InvalidParameterValue", ("image=" + IMAGE, "type=t3.huge")),
            ("InvalidAMIID.Malformed", ("image=nonsense", "type=t3.micro")),
            ("InvalidAMIID.NotFound",
             ("image=ami-0123456789abcdef0", "type=t3.micro")),
            ("InvalidKeyPair.NotFound", (*base, "key=nobody")),
            ("InvalidGroup.NotFound",
             (*base, "groups=sg-0123456789abcdef0")),
            ("InvalidSubnetID.NotFound",
             (*base, "subnet=subnet-0123456789abcdef0")),
            ("InvalidParameterValue", (*base, "role=nobody")),
            ("InvalidBlockDeviceMapping", (*base, "root_size=1")),
            ("SpotMaxPriceTooLow",
             (*base, "spot=true", "max_price=0.00001")),
            ("VcpuLimitExceeded",
             ("image=" + IMAGE, "type=m6i.4xlarge", "count=41"))):
        refused(code, "instances.launch", *words,
                *(() if "--yes" in words else ("--yes",)))
    for fault, code in (("capacity", "InsufficientInstanceCapacity"),
                        ("denied/RunInstances", "UnauthorizedOperation")):
        url = sim("--fault", fault)
        refused(code, "instances.launch", *base, url=url)
    for words, said in (
            (("type=t3.micro",), "needs image"),
            (("image=x", "type=t3.micro", "count=0"), "1 to 1000"),
            (("image=x", "type=t3.micro", "user_data=#!/bin/sh"), "@FILE"),
            (("image=x", "type=t3.micro", "max_price=free"), "dollars"),
            (("image=x", "type=t3.micro", "tags=aws:x=1"), "keeps for"),
            (("image=x", "type=t3.micro", "root_device=/dev/x"), "no field")):
        r = do("instances.launch", *words, "--yes")
        one_line(r, said)
        assert r.returncode == 2, words
    big = write("big", "x" * 16385)
    r = do("instances.launch", *base, "user_data=@" + big)
    one_line(r, "16384")
    assert r.returncode == 2


@case
def a_launch_that_aws_is_late_to_know():
    url = sim("--fault", "late=60000/RunInstances")
    one = listed(url)[0]["id"]
    i, = made(done("instances.launch", one, "--yes", url=url))
    aws("describe-instances", "--instance-ids", i, url=url,
        fails="InvalidInstanceID.NotFound")


@case
def what_needs_it_stopped():
    one, other = STOPPED[0], STOPPED[1]
    kind = "m7g.xlarge" if instance(one)["Architecture"] == "arm64" else \
        "m6i.xlarge"
    done("instances.modify", one, "type=" + kind, "--yes")
    assert instance(one)["InstanceType"] == kind
    done("instances.user-data", other, "data=#!/bin/sh\necho é", "--yes")
    text = base64.b64decode(attribute(other, "userData")["Value"]).decode()
    assert text == "#!/bin/sh\necho é"
    refused("IncorrectInstanceState", "instances.modify", RUNNING[1],
            "type=m6i.xlarge", "--yes")
    refused("IncorrectInstanceState", "instances.user-data", RUNNING[1],
            "data=x", "--yes")


@case
def protection():
    one, other = RUNNING[2:4]
    done("instances.protect", one, "--yes")
    assert attribute(one, "disableApiTermination") == {"Value": True}
    name = instance(one)["Tags"]
    name = next((t["Value"] for t in name if t["Key"] == "Name"), one[-4:])
    refused("OperationNotPermitted", "instances.terminate", one,
            "--confirm", name)
    done("instances.protect", one, "on=false", "--yes")
    done("instances.protect-stop", other, "--yes")
    refused("OperationNotPermitted", "instances.stop", other, "--yes")
    done("instances.protect-stop", other, "on=false", "--yes")
    done("instances.terminate", one, "--confirm", name)
    assert instance(one)["State"]["Name"] == "shutting-down"
    done("instances.stop", other, "force=true", "--yes")


@case
def settings():
    one = RUNNING[4]
    done("instances.source-check", one, "on=false", "--yes")
    assert not instance(one)["SourceDestCheck"]
    done("instances.shutdown", one, "does=terminate", "--yes")
    assert attribute(one, "instanceInitiatedShutdownBehavior") == {
        "Value": "terminate"}
    done("instances.keep-volume", one, "device=/dev/xvda", "goes=false",
         "--yes")
    assert not instance(one)["BlockDeviceMappings"][0]["Ebs"][
        "DeleteOnTermination"]
    refused("InvalidInstanceAttributeValue", "instances.keep-volume", one,
            "device=/dev/sdz", "goes=true", "--yes")
    done("instances.metadata", one, "tokens=required", "hops=5",
         "tags=enabled", "--yes", "--wait")
    options = instance(one)["MetadataOptions"]
    assert (options["HttpTokens"], options["HttpPutResponseHopLimit"],
            options["InstanceMetadataTags"]) == ("required", 5, "enabled")
    done("instances.monitor", one, "on=false", "--yes")
    assert instance(one)["Monitoring"]["State"] == "disabled"
    done("instances.monitor", one, "--yes")
    assert instance(one)["Monitoring"]["State"] == "enabled"
    r = do("instances.metadata", one, "hops=65", "--yes")
    one_line(r, "1 to 64")
    refused("UnsupportedHibernationConfiguration", "instances.hibernate",
            one, "--yes")


@case
def security_groups():
    one = instance(RUNNING[5])
    groups = [g["GroupId"] for g in aws(
        "describe-security-groups", "--filters",
        "Name=vpc-id,Values=" + one["VpcId"])["SecurityGroups"]][:2]
    done("instances.groups", one["InstanceId"],
         *("groups=" + g for g in groups), "--yes")
    has = instance(one["InstanceId"])
    assert {g["GroupId"] for g in has["SecurityGroups"]} == set(groups)
    assert {g["GroupId"] for g in has["NetworkInterfaces"][0]["Groups"]} == \
        set(groups)
    refused("InvalidGroup.NotFound", "instances.groups", one["InstanceId"],
            "groups=sg-0123456789abcdef0", "--yes")
    others = aws("describe-security-groups")["SecurityGroups"]
    foreign = next(g["GroupId"] for g in others if g["VpcId"] != one["VpcId"])
    refused("InvalidParameter", "instances.groups", one["InstanceId"],
            "groups=" + foreign, "--yes")


def profile(i):
    found = aws("describe-iam-instance-profile-associations", "--filters",
                "Name=instance-id,Values=" + i)
    return [a["IamInstanceProfile"]["Arn"].split("/")[-1]
            for a in found["IamInstanceProfileAssociations"]]


@case
def role():
    one = next(i for i in RUNNING if "IamInstanceProfile" not in instance(i))
    done("instances.role", one, "role=backup", "--yes")
    assert profile(one) == ["backup"]
    done("instances.role", one, "--yes", "role=arn:aws:iam::210987654321:"
         "instance-profile/ssm-managed")
    assert profile(one) == ["ssm-managed"]
    done("instances.role", one, "remove=true", "--yes")
    assert profile(one) == []
    refused("InvalidParameterValue", "instances.role", one, "role=nobody",
            "--yes")
    r = do("instances.role", one, "--yes")
    one_line(r, "needs role")


@case
def what_it_says():
    one = RUNNING[6]
    r = run("do", "instances.console", one, "--endpoint-url", URL)
    assert r.returncode == 0, r.stderr
    theirs = aws("get-console-output", "--instance-id", one)["Output"]
    assert r.stdout.decode().split() == theirs.split()
    assert b"login:" in r.stdout
    r = run("do", "instances.console", one, "--read-only",
            "--endpoint-url", URL)
    assert r.returncode == 0, r.stderr
    old = next(row["id"] for row in listed() if row["state"] == "running" and
               row["type"].startswith("t2."))
    r = run("do", "instances.console", old, "latest=true",
            "--endpoint-url", URL)
    assert r.returncode == 1 and b"UnsupportedOperation" in r.stderr


@case
def windows_password():
    key = os.path.join(HERE, "keys", "windows-2024.pem")
    windows = some("running", platform="Windows")[0]

    def password(*words):
        return run("do", "instances.password", *words, "--endpoint-url", URL)

    r = password(windows, "key=@" + key, "--yes")
    assert r.stdout.decode() == PASSWORD + "\n", (r.stdout, r.stderr)
    assert r.returncode == 0
    theirs = subprocess.run(
        [AWS, "ec2", "--endpoint-url", URL, "--region", "us-east-1",
         "--output", "text", "get-password-data", "--instance-id", windows,
         "--priv-launch-key", key], env=environment(PATH=PATH),
        capture_output=True, text=True, timeout=60)
    assert PASSWORD in theirs.stdout, theirs.stderr
    assert password(windows, "key=@" + key).returncode == 3
    assert password(windows, "key=@" + key, "--yes",
                    "--read-only").returncode == 4
    one_line(password(windows, "key=secret", "--yes"), "@FILE")
    wrong = write("wrong.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n")
    r = password(windows, "key=@" + wrong, "--yes")
    assert r.returncode == 2 and b"PEM" in r.stderr and not r.stdout
    r = password(RUNNING[7], "key=@" + key, "--yes")
    assert r.returncode == 1 and b"nothing to show" in r.stderr
    with open(JOURNAL) as f:
        text = f.read()
    assert "PRIVATE KEY" not in text and PASSWORD not in text


@case
def attach():
    free = aws("describe-volumes", "--filters",
               "Name=status,Values=available")["Volumes"][0]
    zone = free["AvailabilityZone"]
    here = next(row["id"] for row in listed() if row["zone"] == zone and
                row["state"] == "running")
    there = next(row["id"] for row in listed() if row["zone"] != zone and
                 row["state"] == "running")
    volume = "volume=" + free["VolumeId"]
    refused("InvalidVolume.ZoneMismatch", "instances.attach", there, volume,
            "--yes")
    done("instances.attach", here, volume, "device=/dev/sdh", "--yes")
    names = [m["DeviceName"] for m in instance(here)["BlockDeviceMappings"]]
    assert "/dev/sdh" in names
    refused("VolumeInUse", "instances.attach", here, volume,
            "device=/dev/sdi", "--yes")


@case
def denied_by_a_policy():
    url = sim("--fault", "denied/TerminateInstances")
    some_there = [row["id"] for row in listed(url)
                  if row["state"] == "running"][:3]
    r = do("instances.terminate", *some_there, "--confirm=terminate 3",
           url=url)
    assert r.returncode == 1
    assert all("UnauthorizedOperation" in row["error"] for row in rows(r))
    aws("terminate-instances", "--instance-ids", some_there[0], url=url,
        fails="UnauthorizedOperation")
    assert instance(some_there[0], url)["State"]["Name"] == "running"


# The same by Amazon's own client.

@case
def run_instances_by_the_cli():
    tags = ("ResourceType=instance,Tags=[{Key=Name,Value=cli}]",
            "ResourceType=volume,Tags=[{Key=of,Value=cli}]")
    data = write("cli.sh", "#!/bin/sh\n")
    words = ("run-instances", "--image-id", IMAGE, "--instance-type",
             "t3.micro", "--count", "1:2", "--key-name", "ops-2025",
             "--user-data", "file://" + data, "--associate-public-ip-address",
             "--metadata-options", "HttpTokens=required",
             "--iam-instance-profile", "Name=backup", "--client-token",
             "cli-1", "--tag-specifications", *tags,
             "--block-device-mappings",
             "DeviceName=/dev/sdf,Ebs={VolumeSize=9,VolumeType=gp3}")
    first = aws(*words)
    assert len(first["Instances"]) == 2
    again = aws(*words)
    assert again["ReservationId"] == first["ReservationId"]
    i = first["Instances"][0]["InstanceId"]
    assert base64.b64decode(attribute(i, "userData")["Value"]) == \
        b"#!/bin/sh\n"
    row = next(row for row in listed() if row["id"] == i)
    assert row["name"] == "cli" and row["role"].endswith("/backup")
    aws("run-instances", "--image-id", IMAGE, "--instance-type", "t3.small",
        "--client-token", "cli-1", fails="IdempotentParameterMismatch")
    aws("run-instances", "--image-id", IMAGE, "--instance-type", "m7g.large",
        fails="InvalidParameterValue")
    aws("run-instances", "--image-id", IMAGE, "--instance-type", "t3.micro",
        "--dry-run", fails="DryRunOperation")


@case
def attributes_by_the_cli():
    one = STOPPED[2]
    arm = instance(one)["Architecture"] == "arm64"
    aws("modify-instance-attribute", "--instance-id", one, "--instance-type",
        "Value=" + ("m7g.xlarge" if arm else "m6i.xlarge"))
    aws("modify-instance-attribute", "--instance-id", one,
        "--user-data", "Value=" + base64.b64encode(b"hi").decode())
    aws("modify-instance-attribute", "--instance-id", one,
        "--disable-api-termination")
    aws("modify-instance-attribute", "--instance-id", one,
        "--no-source-dest-check")
    assert attribute(one, "disableApiTermination") == {"Value": True}
    aws("modify-instance-attribute", "--instance-id", RUNNING[9],
        "--instance-type", "Value=m6i.xlarge",
        fails="IncorrectInstanceState")
    aws("terminate-instances", "--instance-ids", one,
        fails="OperationNotPermitted")
    aws("monitor-instances", "--instance-ids", RUNNING[9])
    aws("modify-instance-metadata-options", "--instance-id", RUNNING[9],
        "--http-tokens", "required", "--http-endpoint", "disabled")
    row = next(row for row in listed() if row["id"] == RUNNING[9])
    assert row["monitoring"] == "enabled"


finish()
