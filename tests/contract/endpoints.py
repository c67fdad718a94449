#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Hosts, signing regions and signing names held against AWS's own data.

endpoints.json of the installed botocore is the measure for every service of
the catalogue, and for those that will come, in every region where AWS says
the service is: plain, FIPS, dual-stack and both. Where we differ, a row of
DIFFERENT says why.
"""
import collections
import json
import os
import re
import subprocess
import sys

BUILD = os.environ.get("BUILD") or os.environ.get("TUCUXI_BUILD") or "."
DRIVER = os.path.join(BUILD, "contract_resolve")

# name, prefix, signing name, flag: services that have no tables yet.
OTHERS = """
ec2 ec2 - -|s3 s3 - s3|rds rds - -|cloudfront cloudfront - global
cloudwatch monitoring - -|elbv2 elasticloadbalancing - -
autoscaling autoscaling - -|iam iam - global|sts sts - -|sqs sqs - -
sns sns - -|sdb sdb - -|ses email ses -|route53 route53 - global
cloudformation cloudformation - -|elasticache elasticache - -
elasticbeanstalk elasticbeanstalk - -|redshift redshift - -
dynamodb dynamodb - -|lambda lambda - -|ecs ecs - -|eks eks - -|logs logs - -
ssm ssm - -|secretsmanager secretsmanager - -|kms kms - -|acm acm - -
ecr api.ecr ecr -|events events - -|swf swf - -
storagegateway storagegateway - -|emr elasticmapreduce - -
mturk mturk-requester - -|cloudsearch cloudsearch - -
cloudtrail cloudtrail - -|apigateway apigateway - -
efs elasticfilesystem - -|opensearch es - -
resource-explorer-2 resource-explorer-2 - -|config config - -
organizations organizations - global|pricing api.pricing pricing -
ce ce - global|support support - global|health health - global
resourcegroupstaggingapi tagging - -|service-quotas servicequotas - -
account account - global|sso portal.sso awsssoportal -
sso-oidc oidc sso-oauth -|glacier glacier - -|stepfunctions states - -
importexport importexport IngestionService global
"""

VARIANTS = ("plain", "fips", "dual", "fips-dual")

GOV = "us-gov-(east|west)-1"
NEWER = "endpoint rules of botocore 1.43"

# Prefix, variant, region, our host (each a pattern for the whole text), and
# why it may differ from AWS's file.
DIFFERENT = [
    ("health", "plain", ".*",
     r"health\.(us-east-1|cn-northwest-1)\.amazonaws\.com(\.cn)?",
     "global.health is an alias that leads to the active region's host; "
     "this is the host itself"),
    ("resource-explorer-2", "plain|fips", ".*",
     r"resource-explorer-2(-fips)?\.[a-z0-9-]+\.amazonaws\.com(\.cn)?",
     NEWER + ": answers under the usual name too"),
    ("(cloudformation|elasticbeanstalk|redshift|swf|glacier|portal\\.sso|"
     "oidc)", "fips", GOV, r"[a-z.]+\.us-gov-(east|west)-1\.amazonaws\.com",
     NEWER + ": GovCloud's only host is the FIPS one"),
    ("(monitoring|events)", "fips-dual", GOV,
     r"[a-z]+\.us-gov-(east|west)-1\.api\.aws",
     NEWER + ": GovCloud's only host is the FIPS one"),
    ("(swf|states)", "dual", GOV, r"[a-z]+-fips\.us-gov-(east|west)-1\."
     r"api\.aws", NEWER + ": GovCloud's dual-stack host is the FIPS one"),
    ("s3", "dual|fips-dual", "eusc-.*", r"s3(-fips)?\.dualstack\..*",
     NEWER + ": as everywhere, where the file has no word on it"),
    ("(rds|sqs|elasticmapreduce)", "fips", "us-isob?-.*", r"[a-z]+-fips\..*",
     NEWER + ": the -fips name there too"),
    ("dynamodb", "fips", GOV, r"dynamodb\.us-gov-(east|west)-1\..*",
     NEWER + ": GovCloud's only host is the FIPS one"),
    ("s3", "fips-dual", "cn-.*", r"s3-fips\.dualstack\..*",
     "China has no FIPS hosts; neither name exists"),
    ("api\\.ecr", "fips", ".*", r"ecr-fips\..*",
     "the name that AWS documents where there is one; the file has it for "
     "the United States only"),
    ("api\\.ecr", "dual|fips-dual", ".*", r"ecr(-fips)?\..*",
     NEWER + ": a name of its own for dual-stack"),
    ("elasticfilesystem", "dual|fips-dual", ".*", r"efs(-fips)?\..*",
     NEWER + ": a name of its own for dual-stack"),
    ("es", "dual", ".*", r"aos\..*",
     NEWER + ": a name of its own for dual-stack"),
    ("secretsmanager", "dual|fips-dual", ".*",
     r"secretsmanager(-fips)?\.[a-z0-9-]+\.amazonaws\.com(\.cn)?",
     NEWER + ": the usual host is dual-stack"),
]


def services():
    rows = {}
    for text in OTHERS.replace("\n", "|").split("|"):
        if text.strip():
            row = text.split()
            rows[row[0]] = row
    listed = subprocess.run([DRIVER, "services"], check=True, text=True,
                            stdout=subprocess.PIPE).stdout
    for line in listed.splitlines():
        row = line.split("\t")
        rows[row[0]] = row
    return list(rows.values())


def measure():
    """AWS's data: the file, and botocore's own reader of it."""
    import botocore
    import botocore.regions
    path = os.path.join(os.path.dirname(botocore.__file__), "data",
                        "endpoints.json")
    # Loaded twice: the reader fills in defaults as it goes.
    return json.load(open(path)), botocore.regions.EndpointResolver(
        json.load(open(path)))


def check_regions(data):
    """Every region that AWS lists is in ours, with its title."""
    listed = subprocess.run([DRIVER, "regions"], check=True, text=True,
                            stdout=subprocess.PIPE).stdout
    ours = dict(line.split("\t", 1) for line in listed.splitlines())
    wrong = 0
    for partition in data["partitions"]:
        for name, region in partition["regions"].items():
            want = partition["partition"] + "\t" + region["description"]
            if ours.get(name, "").lower() != want.lower():
                print("FAILED region", name, want, "ours", ours.get(name))
                wrong += 1
    return sum(len(p["regions"]) for p in data["partitions"]) - wrong, wrong


def tags(variant):
    return sorted({"plain": [], "fips": ["fips"], "dual": ["dualstack"],
                   "fips-dual": ["dualstack", "fips"]}[variant])


def places(data, prefix, is_global):
    """(region to ask for, name of the endpoint in AWS's file, variant).

    A whole partition's endpoint has the variants that are listed for it;
    others have those of the partition too, which botocore fills in."""
    for partition in data["partitions"]:
        there = partition["services"].get(prefix)
        if not there:
            continue
        whole = is_global and there.get("partitionEndpoint")
        for region in partition["regions"]:
            name = whole or region
            entry = there["endpoints"].get(name, {"deprecated": True})
            if entry.get("deprecated"):
                continue
            listed = entry.get("variants", []) + there.get(
                "defaults", {}).get("variants", [])
            if not whole:
                listed += partition["defaults"]["variants"]
            listed = [sorted(v["tags"]) for v in listed] + [[]]
            for variant in VARIANTS:
                if tags(variant) in listed:
                    yield region, name, variant


def expected(resolver, row, region, name, variant):
    found = resolver.construct_endpoint(
        row[1], name, use_fips_endpoint="fips" in variant,
        use_dualstack_endpoint="dual" in variant)
    if not found:
        return None
    scope = found.get("credentialScope", {})
    signing = row[1] if row[2] == "-" else row[2]
    return (found["hostname"], scope.get("region", region),
            scope.get("service", signing))


def excuse(row, variant, region, host):
    for i, rule in enumerate(DIFFERENT):
        if all(re.fullmatch(pattern, text) for pattern, text in
               zip(rule, (row[1], variant, region, host))):
            return i
    return None


def main():
    try:
        data, resolver = measure()
    except ImportError:
        print("skip: botocore is not installed")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    asked = []
    for row in services():
        for region, name, variant in places(data, row[1],
                                            row[3] == "global"):
            want = expected(resolver, row, region, name, variant)
            if want:
                asked.append((row, region, variant, want))
    lines = "".join("\t".join(row + [region, variant]) + "\n"
                    for row, region, variant, _ in asked)
    answers = subprocess.run([DRIVER, "hosts"], input=lines, text=True,
                             check=True, stdout=subprocess.PIPE)
    passed, failed = check_regions(data)
    used = collections.Counter()
    for (row, region, variant, want), line in zip(
            asked, answers.stdout.splitlines(), strict=True):
        got = tuple(line.split("\t"))
        if got == want:
            passed += 1
            continue
        why = excuse(row, variant, region, got[0])
        if why is not None and got[1:] == want[1:]:
            used[why] += 1
            passed += 1
            continue
        failed += 1
        print("FAILED", row[0], region, variant, "AWS", *want, "ours", *got)
    for i, rule in enumerate(DIFFERENT):
        if used[i]:
            print(f"differs {used[i]} times: {rule[0]} {rule[1]}: {rule[4]}")
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return failed > 0


sys.exit(main())
