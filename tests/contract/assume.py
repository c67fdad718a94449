#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Credentials end to end: roles are assumed once however many regions ask,
renewed in the middle of a listing, taken from container and instance, and
what we cannot do says which AWS CLI line helps."""
import http.server
import json
import os
import re
import sys
import threading
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from program import HOME, case, environment, finish, rows, run  # noqa: E402

REGIONS = ("us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 sa-east-1 "
           "eu-west-1 eu-west-2 eu-west-3 eu-central-1 eu-north-1 "
           "ap-south-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 "
           "ap-southeast-1 ap-southeast-2").split()
OPT_IN = ("af-south-1 ap-east-1 ap-south-2 ap-southeast-3 ap-southeast-4 "
          "ca-west-1 eu-central-2 eu-south-1 eu-south-2 il-central-1 "
          "me-central-1 me-south-1 mx-central-1 ap-southeast-5 "
          "ap-southeast-7 ap-east-2 ap-southeast-6").split()
STS = "https://sts.amazonaws.com/doc/2011-06-15/"


class World:
    """What the server plays, and what it has been asked."""

    def __init__(self, lifetime=3600, pages=1, latency=0.0):
        self.lifetime, self.pages, self.latency = lifetime, pages, latency
        self.assumed, self.asked, self.keys = [], [], {}
        self.refuse_once = False
        self.refused = 0
        self.imds_token = "IMDS-TOKEN"
        self.lock = threading.Lock()

    def new_key(self, source):
        with self.lock:
            key = f"ASIA{len(self.keys):016d}"
            self.keys[key] = int(time.time() + 1) + self.lifetime
            self.assumed.append(source)
        return key, time.strftime("%Y-%m-%dT%H:%M:%SZ",
                                  time.gmtime(self.keys[key]))


class Peer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    world = World()

    def log_message(self, *_):
        pass

    def answer(self, body, status=200):
        body = body.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def key(self):
        found = re.search("Credential=([^/]+)/[0-9]+/([^/]+)",
                          self.headers["Authorization"] or "")
        return found.groups() if found else ("", "")

    def do_PUT(self):
        self.world.asked.append(self.path)
        self.answer(self.world.imds_token)

    def do_GET(self):
        roles = "/latest/meta-data/iam/security-credentials/"
        self.world.asked.append(self.path)
        if self.path.startswith("/latest/") and self.headers[
                "x-aws-ec2-metadata-token"] != self.world.imds_token:
            return self.answer("", 401)
        if self.path == roles:
            return self.answer("instance-role")
        if self.path.startswith("/container") and \
                self.headers["Authorization"] != "Basic canary":
            return self.answer("", 403)
        key, until = self.world.new_key(self.path)
        self.answer(json.dumps({
            "Code": "Success", "Type": "AWS-HMAC", "AccessKeyId": key,
            "SecretAccessKey": "s", "Token": "t", "Expiration": until}))

    def do_POST(self):
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = dict(urllib.parse.parse_qsl(text))
        self.arrived = time.time()
        time.sleep(self.world.latency)
        if form["Action"] == "AssumeRole":
            return self.assume_role(form)
        return self.describe(form)

    def assume_role(self, form):
        key, until = self.world.new_key((self.key()[0], form["RoleArn"]))
        self.answer(
            f"<AssumeRoleResponse xmlns='{STS}'><AssumeRoleResult>"
            f"<Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>"
            "s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>"
            f"{until}</Expiration></Credentials></AssumeRoleResult>"
            "</AssumeRoleResponse>")

    def describe(self, form):
        world, (key, region) = self.world, self.key()
        page = int(form.get("NextToken", "0"))
        with world.lock:
            expired = world.keys.get(key, 2e9) < self.arrived or \
                world.refuse_once and page == 2
            if expired:
                world.refuse_once = False
                world.refused += 1
        if expired:
            return self.answer(
                "<Response><Errors><Error><Code>RequestExpired</Code>"
                "<Message>Request has expired.</Message></Error></Errors>"
                "</Response>", 400)
        more = f"<nextToken>{page + 1}</nextToken>" \
            if page + 1 < world.pages else ""
        items = "".join(f"<item><instanceId>i-{region}-{page}-{i}"
                        "</instanceId></item>" for i in range(10))
        self.answer("<DescribeInstancesResponse xmlns='http://ec2.amazonaws"
                    ".com/doc/2016-11-15/'><reservationSet><item>"
                    f"<instancesSet>{items}</instancesSet></item>"
                    f"</reservationSet>{more}</DescribeInstancesResponse>")


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128


server = Server(("127.0.0.1", 0), Peer)
threading.Thread(target=server.serve_forever, daemon=True).start()
URL = f"http://127.0.0.1:{server.server_port}"
ROLE = "role_arn = arn:aws:iam::123456789012:role/"
CONFIG = f"""
[profile base]
aws_access_key_id = AKIABASE000000000000
aws_secret_access_key = base/secret
[profile r]
{ROLE}r
source_profile = base
[profile chain]
{ROLE}chain
source_profile = r
[profile mfa]
{ROLE}mfa
source_profile = base
mfa_serial = arn:aws:iam::123456789012:mfa/me
[profile sso]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = admin
[sso-session corp]
sso_start_url = https://corp.example/start
sso_region = us-east-1
[profile login]
login_session = arn:aws:iam::123456789012:user/me
[profile web]
{ROLE}web
web_identity_token_file = /nowhere/token
[profile process]
credential_process = /bin/echo canary
[profile machine]
{ROLE}machine
credential_source = Ec2InstanceMetadata
[profile nothing]
output = json
"""
with open(os.path.join(HOME, "config"), "w") as file:
    file.write(CONFIG)


def bare(**more):
    """No keys in the environment, everything asked of the server."""
    return environment(AWS_ACCESS_KEY_ID=None, AWS_SECRET_ACCESS_KEY=None,
                       AWS_ENDPOINT_URL=URL, **more)


def ls(world, *arguments, env=None):
    Peer.world = world
    return run("ls", "i", "-o", "json", *arguments, env=env or bare())


def listed(result, regions, pages):
    """Every id of every page once."""
    assert result.returncode == 0, result.stderr.decode()
    ids = sorted(row["id"] for row in rows(result))
    assert ids == sorted(f"i-{r}-{p}-{i}" for r in regions
                         for p in range(pages) for i in range(10)), len(ids)


def fails(world, profile, *words):
    result = ls(world, "-p", profile)
    text = result.stderr.decode()
    assert result.returncode == 1, (result.returncode, text)
    assert rows(result) == [], result.stdout
    for word in words:
        assert word in text, (word, text)
    assert "canary" not in text, text


@case
def seventeen_regions_assume_one_role():
    world = World(latency=0.05)
    listed(ls(world, "-p", "r", "-r", ",".join(REGIONS)), REGIONS, 1)
    assert len(world.assumed) == 1, world.assumed
    assert world.assumed[0][0] == "AKIABASE000000000000", world.assumed


@case
def thirty_four_regions_assume_one_role():
    everywhere = REGIONS + OPT_IN
    world = World(latency=0.2, pages=2)
    listed(ls(world, "-p", "r", "-r", ",".join(everywhere)), everywhere, 2)
    assert len(world.assumed) == 1, world.assumed


@case
def a_role_of_a_role_is_two():
    world = World(latency=0.02)
    listed(ls(world, "-p", "chain", "-r", ",".join(REGIONS)), REGIONS, 1)
    assert [arn.rsplit("/")[-1] for _, arn in world.assumed] == \
        ["r", "chain"], world.assumed
    assert world.assumed[1][0] == "ASIA" + "0" * 16, world.assumed


@case
def two_profiles_are_two_sessions():
    world = World(latency=0.02)
    result = ls(world, "-p", "r,chain", "-r", ",".join(REGIONS))
    assert result.returncode == 0, result.stderr
    assert len(world.assumed) == 3, world.assumed


@case
def keys_that_come_too_late():
    world = World(lifetime=-60, latency=0.3)
    result = ls(world, "-p", "r", "-r", ",".join(REGIONS))
    assert result.returncode == 1, result.stderr
    assert b"expired at" in result.stderr, result.stderr
    assert len(world.assumed) == 1, len(world.assumed)


@case
def credentials_that_end_in_mid_list():
    world = World(lifetime=2, pages=24, latency=0.2)
    listed(ls(world, "-p", "r", "-r", "eu-west-1,us-east-1"),
           ["eu-west-1", "us-east-1"], 24)
    assert 2 <= len(world.assumed) <= 5, world.assumed
    assert world.refused <= 2, world.refused


@case
def credentials_that_are_revoked_in_mid_list():
    world = World(pages=5, latency=0.01)
    world.refuse_once = True
    listed(ls(world, "-p", "r", "-r", "eu-west-1"), ["eu-west-1"], 5)
    assert len(world.assumed) == 2, world.assumed
    assert world.refused == 1, world.refused


@case
def keys_that_nobody_can_renew():
    world = World(pages=5)
    world.refuse_once = True
    result = ls(world, "-p", "base", "-r", "eu-west-1")
    assert result.returncode == 1, result.stderr
    assert len(rows(result)) == 20, len(rows(result))
    assert b"has expired" in result.stderr, result.stderr


@case
def a_container():
    world = World(lifetime=2, pages=12, latency=0.3)
    listed(ls(world, "-r", "eu-west-1,us-east-1", env=bare(
        AWS_CONTAINER_CREDENTIALS_FULL_URI=URL + "/container/x",
        AWS_CONTAINER_AUTHORIZATION_TOKEN="Basic canary")),
        ["eu-west-1", "us-east-1"], 12)
    assert 2 <= len(world.assumed) <= 5, world.assumed
    world = World()
    result = ls(world, "-r", "eu-west-1", env=bare(
        AWS_CONTAINER_CREDENTIALS_FULL_URI=URL + "/container/x",
        AWS_CONTAINER_AUTHORIZATION_TOKEN="Basic wrong-canary"))
    assert result.returncode == 1, result.stderr
    assert b"container credentials: HTTP status 403" in result.stderr
    assert b"canary" not in result.stderr, result.stderr
    assert len(world.asked) == 3, world.asked


@case
def an_instance():
    world = World()
    listed(ls(world, "-r", ",".join(REGIONS), env=bare(
        AWS_EC2_METADATA_DISABLED=None,
        AWS_EC2_METADATA_SERVICE_ENDPOINT=URL)), REGIONS, 1)
    assert len(world.assumed) == 1, world.assumed
    assert len(world.asked) == 3, world.asked


@case
def an_instance_that_assumes_a_role():
    world = World()
    listed(ls(world, "-p", "machine", "-r", "eu-west-1", env=bare(
        AWS_EC2_METADATA_DISABLED=None,
        AWS_EC2_METADATA_SERVICE_ENDPOINT=URL)), ["eu-west-1"], 1)
    assert len(world.assumed) == 2, world.assumed
    assert world.assumed[1][0] == "ASIA" + "0" * 16, world.assumed


@case
def a_person_is_needed():
    world = World()
    fails(world, "mfa", "profile mfa", "MFA code",
          "arn:aws:iam::123456789012:mfa/me")
    assert world.assumed == world.asked == [], world.assumed


@case
def what_we_cannot_do_says_what_helps():
    export = "aws configure export-credentials --profile"
    fails(World(), "sso", "aws sso login --profile sso", export + " sso")
    fails(World(), "login", "aws login --profile login", export + " login")
    fails(World(), "web", export + " web")
    fails(World(), "process", export + " process")
    fails(World(), "nothing", "nothing")


finish()
