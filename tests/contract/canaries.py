#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""No secret shows: canaries for keys, and everything that we leave behind
searched for them; no core, no readable memory, no file for others."""
import base64
import glob
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from peer import Peer                                        # noqa: E402
from program import (HOME, TUCUXI, case, environment, finish,  # noqa: E402
                     run, skip)
from screen import Screen                                    # noqa: E402

CANARIES = {name: f"CaNaRy{name}0123456789abcdefghij+/=" for name in (
    "FileSecret", "FileToken", "EnvSecret", "EnvToken", "RoleSecret",
    "RoleToken", "ExternalId", "OtherProfile")}
FILE_KEY, ROLE_KEY = "AKIACANARYFILE000001", "ASIACANARYROLE000001"
INSTANCE = "i-0123456789abcdef0"
PAGE = f"""<DescribeInstancesResponse><reservationSet><item>
<ownerId>123456789012</ownerId><instancesSet><item><instanceId>{INSTANCE}
</instanceId><instanceState><name>running</name></instanceState></item>
</instancesSet></item></reservationSet></DescribeInstancesResponse>"""


def reply(handler):
    """As S3 does, errors repeat what was signed, the token with it."""
    action = handler.form.get("Action")
    if action == "AssumeRole":
        return handler.send(
            "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>"
            f"{ROLE_KEY}</AccessKeyId><SecretAccessKey>"
            f"{CANARIES['RoleSecret']}</SecretAccessKey><SessionToken>"
            f"{CANARIES['RoleToken']}</SessionToken><Expiration>"
            "2037-01-01T00:00:00Z</Expiration></Credentials>"
            "</AssumeRoleResult></AssumeRoleResponse>")
    if action == "DescribeInstances":
        return handler.send(PAGE)
    token = handler.headers.get("x-amz-security-token", "")
    return handler.send(
        "<Error><Code>SignatureDoesNotMatch</Code><Message>The request "
        "signature does not match.</Message><Token-0>" + token +
        "</Token-0><CanonicalRequest>x-amz-security-token:" + token +
        "</CanonicalRequest></Error>", 403)


server = Peer(reply)
WORK = {name: os.path.join(HOME, "xdg-" + name.split("_")[1].lower())
        for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME",
                     "XDG_RUNTIME_HOME", "XDG_DATA_HOME")}
LOG = os.path.join(HOME, "log")
os.umask(0)

with open(os.path.join(HOME, "credentials"), "w") as file:
    file.write(f"""[default]
aws_access_key_id = {FILE_KEY}
aws_secret_access_key = {CANARIES['FileSecret']}
aws_session_token = {CANARIES['FileToken']}
[other]
aws_access_key_id = {FILE_KEY}
aws_secret_access_key = {CANARIES['OtherProfile']}
""")
with open(os.path.join(HOME, "config"), "w") as file:
    file.write(f"""[default]
region = us-east-1
[profile role]
region = us-east-1
source_profile = default
role_arn = arn:aws:iam::123456789012:role/r
external_id = {CANARIES['ExternalId']}
""")

FILES = environment(AWS_ACCESS_KEY_ID=None, AWS_SECRET_ACCESS_KEY=None,
                    AWS_ENDPOINT_URL=server.url, **WORK)
VARIABLES = environment(AWS_SECRET_ACCESS_KEY=CANARIES["EnvSecret"],
                        AWS_SESSION_TOKEN=CANARIES["EnvToken"],
                        AWS_ENDPOINT_URL=server.url, **WORK)


def search(what, data):
    for name, canary in CANARIES.items():
        forms = (canary, canary.split("+")[0],
                 urllib.parse.quote(canary, safe=""),
                 base64.b64encode(canary.encode()).decode().rstrip("=")[:-1])
        for form in forms:
            assert form.encode() not in data, (what, name)


def search_files():
    """What we wrote; and nobody else may read it."""
    for top in list(WORK.values()) + [LOG]:
        for path in [top, *glob.glob(top + "/**", recursive=True)]:
            if not os.path.lexists(path):
                continue
            mode = os.lstat(path).st_mode
            if path != top or stat.S_ISREG(mode):
                want = 0o700 if stat.S_ISDIR(mode) else 0o600
                assert stat.S_IMODE(mode) == want, (path, oct(mode))
            if stat.S_ISREG(mode):
                with open(path, "rb") as f:
                    search(path, f.read())


LINES = [["ls", "instances"], ["ls", "buckets"], ["ls", "db-instances"],
         ["ls", "s3://some-bucket/"], ["get", "instances", INSTANCE],
         ["get", "buckets", "b"], ["creds"], ["regions"], ["endpoints"],
         ["resources"], ["--help"], ["--version"], ["ls", "--help"]]


@case
def every_verb_and_format():
    for env in (FILES, VARIABLES):
        for profile in ([], ["-p", "role"], ["-p", "default,other"]):
            for line in LINES:
                for form in ("json", "table"):
                    r = run(*line, "-o", form, *profile, "--log", LOG,
                            env=env)
                    search((line, form), r.stdout + r.stderr)
                    if line[0] not in ("ls", "get", "creds"):
                        break
    with open(LOG, "rb") as f:
        text = f.read()
    assert b"AssumeRole" in text and b"SignatureDoesNotMatch" in text
    search_files()


@case
def errors_of_the_chain():
    """Files that are wrong beside a secret name the line, not its text."""
    secret = CANARIES["FileSecret"]
    for i, broken in enumerate((
            f"[default]\naws_secret_access_key {secret}\n",
            f"aws_secret_access_key = {secret}\n",
            f"[default\naws_secret_access_key = {secret}\n",
            f"[default]\naws_secret_access_key = {secret}\n",
            f"[default]\naws_access_key_id = x\n {secret}\n{secret}\n",
            f"[{secret}]\n[default]\nregion={secret}\n")):
        path = os.path.join(HOME, f"broken-{i}")
        with open(path, "w") as f:
            f.write(broken)
        r = run("ls", "instances", "--log", LOG,
                env=FILES | {"AWS_SHARED_CREDENTIALS_FILE": path,
                             "AWS_CONFIG_FILE": "/dev/null"})
        assert r.returncode in (1, 2), r
        if i < 5:
            search(broken, r.stdout + r.stderr)
    search_files()


def proc(pid, name):
    with open(f"/proc/{pid}/{name}", "rb") as f:
        return f.read()


def look_at(screen):
    """While it runs: no child, no secret on a line, no core."""
    pid = screen.pid
    for task in os.listdir(f"/proc/{pid}/task"):
        assert proc(pid, f"task/{task}/children") == b"", "it has children"
        search("comm", proc(pid, f"task/{task}/comm"))
    search("cmdline", proc(pid, "cmdline"))
    limits = proc(pid, "limits").decode()
    line = next(x for x in limits.split("\n") if "core file" in x)
    assert line.split()[4:6] == ["0", "0"], line


def walk(screen, first):
    """Everywhere that a key leads."""
    screen.wait(first).settle()
    look_at(screen)
    for keys in ("\r", "\x1b", "y", "fff\x1b", "d", "\x1b", "?", "\x1b",
                 "!", "\x1b", "p", "\x1b", "r", "\x1b", "R", "\x12",
                 ":creds\r", "\x1b", ":messages\r", "\x1b", ":set\r",
                 "\x1b", ":buckets\r", "\x1b", ":ls s3://b/\r", "\x1b",
                 ":profile role\r", "\x12", ":profile other\r", "c", "C",
                 "\x1b", "J", "\x1b", "a", "\x1b"):
        screen.send(keys)
        screen.settle(0.15)
        assert screen.is_alive(), keys
    look_at(screen)
    screen.send("\x1b")
    screen.settle(0.3)
    screen.send("Q")
    screen.settle(0.3)
    if screen.is_alive():
        os.kill(screen.pid, signal.SIGTERM)
    assert os.WIFEXITED(screen.wait_exit())
    search("the screen", screen.bytes)
    search_files()


@case
def the_screen():
    for env in (FILES, VARIABLES):
        with Screen("instances", "--log", LOG, env=env) as s:
            walk(s, INSTANCE)
    with Screen("instances", "-p", "role", "--log", LOG, env=FILES) as s:
        walk(s, INSTANCE)


@case
def the_demo():
    for env in (FILES, VARIABLES):
        with Screen("--demo=30", "instances", "--log", LOG, env=env) as s:
            walk(s, "INSTANCE")


def wait_for_no_core(child):
    until = time.monotonic() + 10
    while time.monotonic() < until and child.poll() is None:
        with open(f"/proc/{child.pid}/limits") as f:
            line = next(line for line in f if "core file" in line)
        if line.split()[4:6] == ["0", "0"]:
            return
        time.sleep(0.02)
    raise AssertionError("cores are allowed")


@case
def a_crash_leaves_nothing():
    """With a limit that would allow a core."""
    where = os.path.join(HOME, "crash")
    os.mkdir(where)
    for sig in (signal.SIGSEGV, signal.SIGABRT, signal.SIGQUIT):
        child = subprocess.Popen(
            ["bash", "-c", "ulimit -c unlimited 2>/dev/null; exec \"$0\" ls "
             "instances --demo --fault down", os.path.abspath(TUCUXI)], cwd=where,
            env=VARIABLES | {"ASAN_OPTIONS": "handle_segv=0:handle_abort=0"},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        wait_for_no_core(child)
        os.kill(child.pid, sig)
        try:
            status = child.wait(timeout=2)
        except subprocess.TimeoutExpired:
            child.kill()
            status = child.wait()
        assert status < 0, (sig, status)
    assert os.listdir(where) == [], os.listdir(where)


def is_sanitized():
    with open(TUCUXI, "rb") as f:
        return b"__asan_init" in f.read()


def memory_is_not_for_others():
    """What cannot be dumped has files of root's in /proc; its folder there
    stays its own."""
    uid = 65534 if os.getuid() == 0 else None
    where = os.path.join("/tmp", f"tucuxi-copy-{os.getpid()}")
    shutil.copy(TUCUXI, where)
    os.chmod(where, 0o755)
    env = VARIABLES | {"HOME": "/nonexistent"}
    try:
        with Screen(command=[where, "--demo=30", "instances"], env=env,
                    uid=uid) as s:
            s.wait("INSTANCE")
            assert os.stat(f"/proc/{s.pid}/mem").st_uid == 0
    finally:
        os.unlink(where)


if is_sanitized():
    skip("memory_is_not_for_others", "a sanitizer wants to look")
else:
    case(memory_is_not_for_others)
finish()
