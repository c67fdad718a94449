#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Saved views, sets of regions and profiles, and columns by tag or path on
the command line: what the start-up file and the state file say of them."""
import csv
import io
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from program import (HOME, case, environment, finish, one_line,  # noqa: E402
                     rows, run, sim)
from screen import Screen  # noqa: E402

URL = sim()
CONFIG = os.path.join(HOME, "xdg-config")
STATE = os.path.join(HOME, "xdg-state")


def write(folder, name, text):
    os.makedirs(os.path.join(folder, "tucuxi"), exist_ok=True)
    with open(os.path.join(folder, "tucuxi", name), "w") as f:
        f.write(text)


def tucuxi(*arguments, **more):
    env = environment(XDG_CONFIG_HOME=CONFIG, XDG_STATE_HOME=STATE, **more)
    return run(*arguments, env=env)


def ls(*arguments, **more):
    return tucuxi("ls", *arguments, "--endpoint-url", URL, **more)


write(CONFIG, "tucuxirc", """set times utc
alias big instances
regionset eu eu-west-1 eu-central-1
profileset both one two
view large volumes /gib>400 sort=-gib,name columns=name=9,gib,tag.env
view abroad instances regions=eu columns=name,zone; source more
""")
write(CONFIG, "more", "view of-two buckets profile=both columns=name\n")
write(STATE, "state", "state 1\nview typed "
      "'instances /web sort=-name columns=name'\n")


@case
def of_the_tables():
    r = ls("--view", "unattached", "-o", "json")
    assert r.returncode == 0, r.stderr
    assert rows(r) and {v["state"] for v in rows(r)} == {"available"}
    sizes = [v["gib"] for v in rows(r)]
    assert sizes == sorted(sizes, reverse=True), sizes
    assert ls("volumes", "--view", "unattached", "-o", "json").stdout == \
        ls("volumes.unattached", "-o", "json").stdout == r.stdout


@case
def of_the_start_up_file():
    r = ls("--view", "large", "-o", "json")
    assert r.returncode == 0, r.stderr
    assert list(rows(r)[0]) == ["id", "region", "account", "name", "gib",
                                "tag.env"]
    assert min(v["gib"] for v in rows(r)) > 400


@case
def of_the_state_file():
    r = ls("typed", "-o", "csv")
    assert r.returncode == 0, r.stderr
    names = [row["name"] for row in csv.DictReader(
        io.StringIO(r.stdout.decode()))]
    assert names and all("web" in name for name in names)


@case
def what_is_said_beside_it_stands_above():
    r = ls("--view", "large", "--filter", "state=in-use", "--columns",
           "state,gib", "-o", "json")
    assert {v["state"] for v in rows(r)} == {"in-use"}
    assert min(v["gib"] for v in rows(r)) > 400
    assert list(rows(r)[0]) == ["id", "region", "account", "state", "gib"]


@case
def regions_of_a_view_and_of_a_set():
    both = {"eu-west-1", "eu-central-1"}
    r = ls("abroad", "-o", "json")
    assert {v["region"] for v in rows(r)} == both, r.stderr
    r = ls("abroad", "-r", "us-west-2", "-o", "json")
    assert {v["region"] for v in rows(r)} == {"us-west-2"}
    r = ls("instances", "-r", "eu,us-west-2", "-o", "json")
    assert {v["region"] for v in rows(r)} == both | {"us-west-2"}


@case
def a_set_of_profiles():
    keys = "".join(f"[{name}]\naws_access_key_id = "
                   f"AKIATUCUXIDEMO000001\naws_secret_access_key = "
                   f"tucuxi/demo+secret/key/of/no/value/0001x\n"
                   for name in ("one", "two"))
    path = os.path.join(HOME, "two-credentials")
    with open(path, "w") as f:
        f.write(keys)
    more = {"AWS_SHARED_CREDENTIALS_FILE": path, "AWS_ACCESS_KEY_ID": None,
            "AWS_SECRET_ACCESS_KEY": None}
    once = ls("buckets", "-p", "one", "-o", "json", **more)
    assert once.returncode == 0, once.stderr
    for r in (ls("buckets", "-p", "both", "-o", "json", **more),
              ls("of-two", "-o", "json", **more)):
        assert r.returncode == 0, r.stderr
        assert len(rows(r)) >= len(rows(once))
    r = ls("buckets", "-p", "neither", **more)
    one_line(r, "neither")


@case
def wrong_names():
    one_line(ls("--view", "unattache"), "no view unattache",
             "did you mean unattached?")
    one_line(ls("instances", "--view", "large"), "view of volumes")
    one_line(ls("--view", "large", "--columns", "gob"), "gob")
    one_line(tucuxi("get", "instances", "i-1", "--view", "large"),
             "--view does nothing for get")
    one_line(ls("no-such-thing"), "no-such-thing")
    for r in (ls("--view", "unattache"), ls("instances", "--view", "large")):
        assert r.returncode == 2


@case
def a_mistake_in_the_file_is_told_with_its_place():
    write(CONFIG, "more", "view of-two buckets\nview broken volumes "
          "sort=gob\n")
    r = ls("typed", "-o", "csv")
    assert r.returncode == 0
    assert b"more:2: " in r.stderr and b"gob" in r.stderr, r.stderr
    r = ls("instances", "-o", "csv")     # nobody asks for the file
    assert r.stderr == b"", r.stderr


@case
def completion():
    r = tucuxi("complete", "--", "ls", "--view", "")
    for name in ("large", "typed", "volumes.unattached"):
        assert f"\n{name}\t" in "\n" + r.stdout.decode(), r.stdout
    r = tucuxi("complete", "--", "ls", "instances", "--region", "eu,us-east")
    assert b"eu,us-east-1\t" in r.stdout
    r = tucuxi("complete", "--", "ls", "instances", "--region", "e")
    assert b"eu\teu-west-1,eu-central-1" in r.stdout
    r = tucuxi("complete", "--", "lar")
    assert b"large\t" in r.stdout
    r = tucuxi("complete", "--", "ls", "vol")
    assert r.stdout.decode().split("\t")[0] == "volumes"
    assert b"unattached" not in r.stdout, r.stdout
    r = tucuxi("complete", "--", "ls", "volumes.una")
    assert r.stdout.startswith(b"volumes.unattached\t")


@case
def columns_by_tag_and_path():
    r = ls("instances", "--columns",
           'name,tag.env,tag."a,b",.placement.availabilityZone',
           "--sort", "-.placement.availabilityZone,name", "-o", "json")
    assert r.returncode == 0, r.stderr
    zones = [v[".placement.availabilityZone"] for v in rows(r)]
    assert zones == sorted(zones, reverse=True)
    assert {v['tag."a,b"'] for v in rows(r)} == {None}
    assert "prod" in {v["tag.env"] for v in rows(r)}
    r = ls("instances", "--columns", 'tag."a,b"', "-o", "csv")
    assert csv.DictReader(io.StringIO(r.stdout.decode())).fieldnames[-1] == \
        'tag."a,b"'
    one_line(ls("buckets", "--columns", "tag.env"), "have no tags")
    one_line(ls("instances", "--columns", ".a["), "path")


def screen(*arguments):
    return Screen(*arguments, "--endpoint-url", URL, env=environment(
        XDG_CONFIG_HOME=CONFIG, XDG_STATE_HOME=STATE))


@case
def remembered_from_run_to_run():
    """Columns, their widths, the sort, a view and a bookmark."""
    with screen("instances") as s:
        s.wait("INSTANCE").settle()
        s.send(":columns name=14,tag.env,.placement.tenancy\r")
        s.wait("TENANCY")
        s.send(":sort tag.env,-name\r")
        s.send(":view save mine\r")
        s.wait("saved as view mine")
        s.send(":bookmark 'over there'\r")
        s.wait("bookmarked as over there")
        s.send("Q")
        assert os.WEXITSTATUS(s.wait_exit()) == 0
    with open(os.path.join(STATE, "tucuxi", "state")) as f:
        state = f.read()
    for line in ("columns instances name=14,tag.env,.placement.tenancy",
                 "sort instances tag.env,-name",
                 "view mine 'instances sort=tag.env,-name "
                 "columns=name=14,tag.env,.placement.tenancy "
                 "regions=us-east-1'",
                 "bookmark 'over there' 'instances @default us-east-1'"):
        assert f"\n{line}\n" in state, (line, state)
    with screen("instances") as s:
        s.wait("TENANCY").settle()
        s.send(":columns default\r")
        s.wait("INSTANCE").settle()
        s.send("'")
        s.wait("over there")
        s.send("\r")
        s.wait("INSTANCE").settle()
        s.send(":view delete mine\r")
        s.wait("view mine is deleted")
        s.send("Q")
        s.wait_exit()
    with open(os.path.join(STATE, "tucuxi", "state")) as f:
        state = f.read()
    assert "columns instances" not in state and "view mine" not in state
    assert "view typed" in state, "what nobody touched stays"


@case
def a_view_of_the_file_is_not_overwritten():
    with screen("large") as s:
        s.wait("Volumes").settle()
        s.send(":view save large\r")
        s.wait("large is in your tucuxirc")
        s.send(":view delete large\r")
        s.wait("take its line out there")
        s.send("Q")
        s.wait_exit()


@case
def a_file_from_the_screen():
    path = os.path.join(HOME, "rows.csv")
    with screen("instances") as s:
        s.wait("INSTANCE").settle()
        s.send(f":save {path}\r")
        s.wait("saved 240 rows")
        s.send("Q")
        s.wait_exit()
    with open(path, newline="") as f:
        saved = list(csv.DictReader(f))
    listed = {row["id"]: row for row in rows(ls("instances", "-o", "json"))}
    assert len(saved) == 240
    for row in saved:
        assert row["name"] == (listed[row["id"]]["name"] or "")
        assert row["type"] == listed[row["id"]]["type"]
    assert not [n for n in os.listdir(HOME) if ".part-" in n]


finish()
