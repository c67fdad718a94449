#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The manual page: it says everything that the tables have, and formatters
find nothing wrong with it."""
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from program import HOME, case, finish, rows, run, skip

SRCDIR = os.environ.get("TUCUXI_SRCDIR", ".")
page = run("manual")
PATH = os.path.join(HOME, "tucuxi.1")
with open(PATH, "wb") as file:
    file.write(page.stdout)


def words(pattern, text):
    return set(re.findall(pattern, text, re.M))


def plain():
    """The page as read, without what troff needs."""
    text = page.stdout.decode()
    for mark, sign in ((r"\-", "-"), (r"\fB", ""), (r"\fI", ""),
                       (r"\fR", ""), (r"\(ti", "~"), (r"\(ga", "`"),
                       (r"\(aq", "'"), (r"\(dq", '"'), (r"\e", "\\")):
        text = text.replace(mark, sign)
    return text


@case
def it_is_written():
    assert page.returncode == 0, page.stderr
    assert b"@" + b"OPTIONS" not in page.stdout
    titles = re.findall(r"^\.SH (.*)$", plain(), re.M)
    assert titles == ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "VERBS",
                      "RESOURCES", "ACTIONS", "FILTERS", "COLUMNS", "VIEWS",
                      "KEYS", "COMMANDS", "SETTINGS",
                      "LOGGING IN", "WORK IN SEVERAL STEPS", "FAULTS",
                      "FILES", "ENVIRONMENT", "EXIT STATUS",
                      "EXAMPLES", "SEE ALSO"], titles


@case
def every_option_and_verb_is_there():
    shown = run("--help").stdout.decode()
    text = plain()
    options = words(r"^  .*?(--[a-z-]+)", shown)
    verbs = words(r"^  ([a-z]+)(?: \S+)*  ", shown.split("Options")[0])
    assert len(options) > 15 and len(verbs) > 6, (options, verbs)
    for option in options:
        assert option in text, option
    for verb in verbs:
        assert re.search(rf"^{verb}\b", text, re.M), verb


@case
def every_resource_is_there():
    for row in rows(run("resources", "-o", "json")):
        assert f"\n{row['resource']}\n{row['title']}" in plain(), row


@case
def every_action_is_there():
    listed = rows(run("do", "--list", "-o", "json"))
    assert listed
    for row in listed:
        assert f"\n{row['action']}" in plain(), row
        for field in (row["fields"] or "").split():
            assert f"{field.rstrip('*')}=" in plain(), row


@case
def every_key_is_there():
    with open(os.path.join(SRCDIR, "keymaps/default.keys")) as file:
        lines = [line.split() for line in file if line.startswith("bind ")]
    text = plain()
    for context, *_ in (line[1:] for line in lines):
        assert f"\n.SS {context}\n" in text, context
    for line in lines:
        command = " ".join(line[3:])
        if not re.search(r" [1-9]$", command):
            assert f"\n{command}: " in text, command


@case
def lines_are_short_enough_for_people():
    for line in page.stdout.decode().splitlines():
        assert len(line) <= 100, line
        assert line == line.rstrip(), line


def is_accepted(name, *command):
    if not shutil.which(command[0]):
        skip(name, f"no {command[0]} here")
        return

    def check():
        r = subprocess.run([*command, PATH], stdout=subprocess.PIPE,
                           stderr=subprocess.STDOUT, timeout=60)
        # mandoc says all on its output, groff prints the page there.
        said = r.stdout.decode(errors="replace")
        if command[0] != "mandoc":
            said = "".join(line for line in said.splitlines(True)
                           if re.search(r"(warning|error)", line)
                           and PATH in line)
        assert r.returncode == 0 and not said, said
    check.__name__ = name
    case(check)


is_accepted("mandoc_finds_nothing", "mandoc", "-Tlint")
is_accepted("groff_finds_nothing", "groff", "-man", "-ww", "-Tutf8", "-k")
finish()
