#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""EC2's smaller things, done with `tucuxi do` and read back with the real AWS
CLI: key pairs, placement groups, launch templates, spot requests, tags; and
what is listed of reserved instances held against what the CLI lists."""
import json
import os
import shutil
import stat
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from program import (HOME, case, environment, finish, one_line, rows, run,
                     sim, skip)

AWS = shutil.which("aws", path="/usr/bin:/bin:/usr/local/bin")
KEYGEN = shutil.which("ssh-keygen", path="/usr/bin:/bin:/usr/local/bin")
URL = sim("--instances", "80")
JOURNAL = os.path.join(HOME, ".local/state/tucuxi/journal.ndjson")


def do(*words):
    return run("do", *words, "-o", "json", "--endpoint-url", URL)


def done(*words):
    r = do(*words)
    assert r.returncode == 0, (words, r.stdout, r.stderr)
    found = rows(r)
    assert all(row["result"] == "done" for row in found), found
    return found[0]


def refused(*words, code):
    r = do(*words)
    assert r.returncode == 1, (words, r.stdout, r.stderr)
    assert code in rows(r)[0]["error"], rows(r)


def ls(*words):
    r = run("ls", *words, "-o", "json", "--endpoint-url", URL)
    assert r.returncode == 0, r.stderr
    return rows(r)


def aws(*words):
    r = subprocess.run(
        [AWS, "ec2", *words, "--endpoint-url", URL, "--region", "us-east-1",
         "--output", "json"],
        env=environment(PATH="/usr/local/bin:/usr/bin:/bin"),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, timeout=120)
    assert r.returncode == 0, r.stderr
    return json.loads(r.stdout) if r.stdout.strip() else None


if not AWS:
    skip("EC2's smaller things", "the AWS CLI is not installed")
    finish()


@case
def a_new_key_goes_into_a_file_and_nowhere_else():
    file = os.path.join(HOME, "new.pem")
    r = do("key-pairs.new", "name=made here", f"file={file}", "tags=team=ops",
           "--yes")
    assert r.returncode == 0, r.stderr
    pem = open(file).read()
    assert pem.startswith("-----BEGIN RSA PRIVATE KEY-----")
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
    for text in (r.stdout.decode(), r.stderr.decode(), open(JOURNAL).read()):
        assert pem.split("\n")[1] not in text
    key = aws("describe-key-pairs", "--key-names", "made here")["KeyPairs"][0]
    assert key["KeyPairId"] == rows(r)[0]["made"], rows(r)
    assert key["Tags"] == [{"Key": "team", "Value": "ops"}]
    if KEYGEN:
        subprocess.run([KEYGEN, "-y", "-f", file], check=True,
                       stdout=subprocess.DEVNULL)


@case
def a_file_that_is_there_is_not_overwritten():
    file = os.path.join(HOME, "precious")
    open(file, "w").write("mine")
    r = do("key-pairs.new", "name=second", f"file={file}", "--yes")
    assert r.returncode == 1 and "not overwritten" in rows(r)[0]["error"]
    assert open(file).read() == "mine"
    assert "second" not in [k["KeyName"] for k in
                            aws("describe-key-pairs")["KeyPairs"]]
    refused("key-pairs.new", "name=ops-2025", f"file={file}2", "--yes",
            code="InvalidKeyPair.Duplicate")
    assert not os.path.exists(file + "2")


@case
def a_public_key_is_imported_and_a_private_one_never():
    if not KEYGEN:
        skip("import", "ssh-keygen is not installed")
        return
    for kind in "rsa", "ed25519":
        file = os.path.join(HOME, kind)
        subprocess.run([KEYGEN, "-q", "-N", "", "-t", kind, "-f", file],
                       check=True)
        one_line(do("key-pairs.import", f"name={kind}", f"key=@{file}",
                    "--yes"), "private key")
        done("key-pairs.import", f"name={kind}", f"key=@{file}.pub", "--yes")
        key = aws("describe-key-pairs", "--key-names", kind)["KeyPairs"][0]
        assert key["KeyType"] == kind
        form = ["-E", "md5"] if kind == "rsa" else []
        if kind == "ed25519":
            shown = subprocess.run([KEYGEN, "-l", *form, "-f", file],
                                   check=True, stdout=subprocess.PIPE)
            assert key["KeyFingerprint"].rstrip("=") in \
                shown.stdout.decode(), (key, shown.stdout)
    file = os.path.join(HOME, "short.pub")
    with open(file, "w") as f:
        f.write("ssh-rsa AAAA\n")
    one_line(do("key-pairs.import", "name=x", f"key=@{file}", "--yes"),
             "OpenSSH")
    one_line(do("key-pairs.import", "name=x", "key=ssh-rsa AAAA", "--yes"),
             "key=@FILE")


@case
def a_key_is_deleted_by_its_name_typed():
    key = next(k for k in ls("key-pairs") if k["name"] == "anna")
    r = do("key-pairs.delete", key["id"], "--yes")
    assert r.returncode == 3
    one_line(r, "--confirm=anna")
    done("key-pairs.delete", key["id"], "--confirm=anna")
    assert "anna" not in [k["KeyName"] for k in
                          aws("describe-key-pairs")["KeyPairs"]]


@case
def placement_groups():
    done("placement-groups.new", "name=rows of disks", "strategy=partition",
         "partitions=5", "tags=a=b", "--yes")
    group = aws("describe-placement-groups", "--group-names",
                "rows of disks")["PlacementGroups"][0]
    assert (group["PartitionCount"], group["Strategy"]) == (5, "partition")
    assert group["Tags"] == [{"Key": "a", "Value": "b"}]
    refused("placement-groups.new", "name=training", "strategy=cluster",
            "--yes", code="InvalidPlacementGroup.Duplicate")
    refused("placement-groups.delete", "cache-apart", "--confirm=cache-apart",
            code="InvalidPlacementGroup.InUse")
    one_line(do("placement-groups.new", "name=x", "strategy=near", "--yes"),
             "cluster spread partition")
    done("placement-groups.tag", "rows of disks", "tags=env=test", "--yes")
    done("placement-groups.untag", "rows of disks", "keys=a", "--yes")
    group = aws("describe-placement-groups", "--group-names",
                "rows of disks")["PlacementGroups"][0]
    assert group["Tags"] == [{"Key": "env", "Value": "test"}]
    done("placement-groups.delete", "rows of disks",
         "--confirm=rows of disks")
    left = aws("describe-placement-groups")["PlacementGroups"]
    assert all(g["State"] == "deleting" for g in left
               if g["GroupName"] == "rows of disks")


@case
def launch_templates():
    template = next(t for t in ls("launch-templates") if t["name"] == "batch")
    refused("launch-templates.set-default", template["id"], "version=9",
            "--yes", code="InvalidLaunchTemplateId.VersionNotFound")
    done("launch-templates.set-default", template["id"], "version=2", "--yes")
    found = aws("describe-launch-templates", "--launch-template-ids",
                template["id"])["LaunchTemplates"][0]
    assert found["DefaultVersionNumber"] == 2
    versions = aws("describe-launch-template-versions", "--launch-template-id",
                   template["id"])["LaunchTemplateVersions"]
    assert [v["DefaultVersion"] for v in versions] == [False, True]
    mine = ls("launch-template-versions",
              "LaunchTemplateId=" + template["id"])
    assert [v["version"] for v in mine] == [1, 2]
    assert len(ls("launch-template-versions")) == 4
    done("launch-templates.delete", template["id"], "--confirm=batch")
    names = [t["LaunchTemplateName"] for t in
             aws("describe-launch-templates")["LaunchTemplates"]]
    assert "batch" not in names and "web-prod" in names


@case
def spot_requests():
    image = ls("images")[0]["id"]
    one_line(do("spot-requests.new", "type=m6i.large", f"image={image}",
                "price=cheap", "--yes"), "price", "dollars")
    refused("spot-requests.new", "type=m6i.large", f"image={image}",
            "key=nobody", "--yes", code="InvalidKeyPair.NotFound")
    made = done("spot-requests.new", "type=m6i.large", f"image={image}",
                "price=$0.001", "count=2", "kind=persistent", "key=ops-2025",
                "tags=job=render", "--yes")["made"].split()
    assert len(made) == 2
    found = aws("describe-spot-instance-requests",
                "--spot-instance-request-ids",
                *made)["SpotInstanceRequests"]
    for request in found:
        assert request["SpotPrice"] == "0.001000"
        assert request["Type"] == "persistent"
        assert request["LaunchSpecification"]["KeyName"] == "ops-2025"
        assert request["Tags"] == [{"Key": "job", "Value": "render"}]
    done("spot-requests.cancel", made[0], "--yes")
    states = [r["State"] for r in
              aws("describe-spot-instance-requests",
                  "--spot-instance-request-ids",
                  *made)["SpotInstanceRequests"]]
    assert sorted(states) == ["cancelled", "open"]
    refused("spot-requests.cancel", "sir-01234567", "--yes",
            code="no spot request")


@case
def tags_on_whatever_has_them():
    ids = [ls(name)[0]["id"] for name in
           ("instances", "volumes", "snapshots", "images", "key-pairs",
            "launch-templates", "spot-requests")]
    for name, one in zip(("instances", "volumes", "snapshots", "images",
                          "key-pairs", "launch-templates", "spot-requests"),
                         ids):
        done(name + ".tag", one, "tags=cost center=42=x", "tags=empty=",
             "--yes")
        done(name + ".untag", one, "keys=empty", "--yes")
    found = {t["ResourceId"]: t["Value"] for t in
             aws("describe-tags", "--filters",
                 "Name=key,Values=cost center,empty")["Tags"]}
    assert found == {one: "42=x" for one in ids}, found
    mine = ls("tags", "Filters.key=cost center")
    assert sorted(t["resource"] for t in mine) == sorted(ids)
    done("tags.set", ids[0] + "/cost center", "value=43", "--yes")
    done("tags.delete", ids[1] + "/cost center", "--yes")
    found = {t["ResourceId"]: t["Value"] for t in
             aws("describe-tags", "--filters",
                 "Name=key,Values=cost center")["Tags"]}
    assert found == {one: "43" if one == ids[0] else "42=x"
                     for one in ids if one != ids[1]}, found


@case
def tags_that_aws_keeps_or_has_enough_of():
    one = ls("instances")[0]["id"]
    one_line(do("instances.tag", one, "tags=aws:x=y", "--yes"), "aws:")
    one_line(do("instances.tag", one, "tags=novalue", "--yes"), "KEY=VALUE")
    one_line(do("instances.untag", one, "keys=AWS:x", "--yes"), "aws:")
    one_line(do("instances.tag", one, "--yes"), "needs tags")
    refused("instances.tag", one, *[f"tags=k{n}=v" for n in range(50)],
            "--yes", code="TagLimitExceeded")
    many = [r["id"] for r in ls("instances")][:30]
    r = do("instances.tag", *many, "tags=wave=1", "--yes")
    assert [row["result"] for row in rows(r)] == ["done"] * 30
    tagged = aws("describe-tags", "--filters", "Name=key,Values=wave")["Tags"]
    assert sorted(t["ResourceId"] for t in tagged) == sorted(many)


@case
def offerings_are_those_that_aws_lists():
    theirs = aws("describe-reserved-instances-offerings", "--instance-type",
                 "m6i.large", "--offering-class", "standard",
                 "--product-description", "Linux/UNIX",
                 "--instance-tenancy", "default"
                 )["ReservedInstancesOfferings"]
    mine = ls("reserved-offerings", "InstanceType=m6i.large",
              "OfferingClass=standard", "ProductDescription=Linux/UNIX",
              "InstanceTenancy=default")
    assert len(mine) == len(theirs) > 40
    found = {o["ReservedInstancesOfferingId"]: o for o in theirs}
    assert any(o["Marketplace"] for o in theirs)
    for row in mine:
        o = found[row["offering"]]
        hours = o["Duration"] / 3600
        hourly = sum(c["Amount"] for c in
                     o.get("RecurringCharges", []))
        assert abs(row["effective"] -
                   (o["FixedPrice"] / hours + hourly)) < 6e-5, (row, o)
        assert abs(row["total"] -
                   (o["FixedPrice"] + hourly * hours)) < 0.01, (row, o)
        assert (row["seller"] == "third-party") == o["Marketplace"]
    r = run("ls", "reserved-offerings", "InstanceTyp=x", "--endpoint-url",
            URL)
    assert r.returncode == 2
    one_line(r, "InstanceType")


@case
def a_purchase_is_listed():
    offer = ls("reserved-offerings", "InstanceType=c7g.2xlarge",
               "OfferingType=No Upfront", "MaxDuration=31536000",
               "OfferingClass=convertible")[0]["offering"]
    bought = aws("purchase-reserved-instances-offering",
                 "--reserved-instances-offering-id", offer,
                 "--instance-count", "2")["ReservedInstancesId"]
    row = next(r for r in ls("reserved-instances") if r["id"] == bought)
    assert (row["type"], row["count"], row["state"], row["paid"]) == \
        ("c7g.2xlarge", 2, "payment-pending", "No Upfront")


@case
def a_reservation_is_moved():
    row = next(r for r in ls("reserved-instances") if r["type"] ==
               "m7g.large" and r["state"] == "active")
    one_line(do("reserved-instances.modify", row["id"], "for=zone", "--yes"),
             "zone")
    refused("reserved-instances.modify", row["id"], "count=5", "--yes",
            code="InvalidParameterValue")
    done("reserved-instances.modify", row["id"], "for=zone",
         "zone=us-east-1b", "--yes")
    found = [r for r in
             aws("describe-reserved-instances")["ReservedInstances"]
             if r["InstanceType"] == "m7g.large"]
    moved = [r for r in found if r["State"] == "active"]
    assert [(r["AvailabilityZone"], r["InstanceCount"], r["Scope"])
            for r in moved] == [("us-east-1b", 6, "Availability Zone")]
    assert [r["State"] for r in found if r["ReservedInstancesId"] ==
            row["id"]] == ["retired"]


@case
def spot_prices_are_those_of_now():
    theirs = aws("describe-spot-price-history", "--instance-types",
                 "m6i.large", "--product-descriptions", "Linux/UNIX",
                 "--max-items", "200")["SpotPriceHistory"]
    newest = {}
    for price in theirs:
        newest.setdefault(price["AvailabilityZone"], price["SpotPrice"])
    mine = ls("spot-prices", "InstanceTypes=m6i.large",
              "ProductDescriptions=Linux/UNIX")
    assert {p["zone"]: p["price"] for p in mine} == \
        {zone: float(price) for zone, price in newest.items()}
    assert all(0.02 < p["price"] < 0.06 for p in mine)


@case
def types_come_by_the_hundred_at_most():
    mine = {t["type"]: t for t in ls("instance-types")}
    theirs = aws("describe-instance-types")["InstanceTypes"]
    assert len(mine) == len(theirs)
    for t in theirs:
        row = mine[t["InstanceType"]]
        assert row["vcpu"] == t["VCpuInfo"]["DefaultVCpus"]
        assert abs(row["gib"] - t["MemoryInfo"]["SizeInMiB"] / 1024) < 0.01


finish()
