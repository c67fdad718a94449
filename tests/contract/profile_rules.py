#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`profile` lines of tucuxirc bind verbs too: what changes is refused for
profiles and accounts that are locked, read back by the AWS CLI's library."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from program import HOME, case, environment, finish, one_line, rows, run, sim

URL = sim("--instances", "6")


def rules(text):
    folder = os.path.join(HOME, ".config", "tucuxi")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "tucuxirc"), "w") as f:
        f.write(text)


def tucuxi(*words, profile="prod"):
    return run(*words, "-p", profile, "--endpoint-url", URL,
               env=environment(AWS_ACCESS_KEY_ID=None,
                               AWS_SECRET_ACCESS_KEY=None))


def running():
    return [r["id"] for r in rows(tucuxi("ls", "instances", "-o", "json"))
            if r["state"] == "running"]


with open(os.path.join(HOME, "credentials"), "w") as f:
    for name in ("prod", "dev"):
        f.write(f"[{name}]\naws_access_key_id = "
                f"{environment()['AWS_ACCESS_KEY_ID']}\n"
                f"aws_secret_access_key = "
                f"{environment()['AWS_SECRET_ACCESS_KEY']}\n")
WAS = running()


def stop(profile="prod"):
    return tucuxi("do", "instances.stop", WAS[0], "--yes", profile=profile)


@case
def a_typing_mistake_locks():
    rules("set theme dark\nprofile pro* raed-only\n")
    r = tucuxi("ls", "instances", "-o", "json")
    assert r.returncode == 0 and len(rows(r)) == 6
    one_line(r, "tucuxirc:2:", "did you mean read-only", "pro* is read-only")
    assert stop().returncode == 4
    assert running() == WAS


@case
def a_name_is_locked():
    rules("profile pro* read-only\n")
    r = stop()
    assert r.returncode == 4, r
    one_line(r, "read-only")
    assert running() == WAS


@case
def reading_goes_on():
    rules("profile * read-only\n")
    r = tucuxi("ls", "instances", "-o", "json")
    assert r.returncode == 0 and not r.stderr and len(rows(r)) == 6


@case
def an_account_is_locked():
    account = rows(tucuxi("creds", "-o", "json"))[0]["account"] or \
        rows(tucuxi("ls", "instances", "-o", "json"))[0]["account"]
    rules(f"profile {account[:4]}-* read-only\n")
    r = stop()
    assert r.returncode == 4, r
    assert running() == WAS


@case
def write_does_not_lift_it():
    rules("profile prod read-only\n")
    r = tucuxi("do", "instances.stop", WAS[0], "--yes", "--write")
    assert r.returncode == 4, r
    assert running() == WAS


@case
def others_are_free():
    rules("profile pro* read-only\nprofile 9999* read-only\n")
    r = stop(profile="dev")
    assert r.returncode == 0, r
    assert WAS[0] not in running()


finish()
