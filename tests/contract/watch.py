#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`ls --watch`: what changes is a row, faults are told and do not end it,
Ctrl-C does, and a terminal gets the table in place."""
import fcntl
import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from program import TUCUXI, case, children, environment, finish, one_line
from program import run, sim

PATIENCE = 60


def watch(url, *arguments, resource="instances"):
    child = subprocess.Popen(
        [TUCUXI, "ls", resource, "--watch=2", "--endpoint-url", url,
         *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        bufsize=0, env=environment())
    children.append(child)
    return child


def until(stream, wanted):
    """Lines up to the one that has it."""
    lines, deadline = [], time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if not select.select([stream], [], [], 1)[0]:
            continue
        line = stream.readline().decode()
        assert line, (wanted, lines[-3:])
        lines.append(line)
        if wanted in line:
            return lines
    raise AssertionError((wanted, lines[-3:]))


def end(child):
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=PATIENCE)
    assert child.returncode == 0, (child.returncode, err)
    return out.decode(), err.decode()


@case
def bad_lines():
    for words in (("--watch=1",), ("--watch=x",), ("--watch", "5"),
                  ("--watch", "-o", "xml"), ("--watch", "--sort", "nme")):
        r = run("ls", "instances", *words)
        one_line(r)
        assert r.returncode == 2, words
    r = run("get", "instances", "i-1", "--watch")
    one_line(r, "ls")
    assert r.returncode == 2
    for form in ("ndjson", "json"):
        r = run("ls", "instances", "--watch", "-o", form,
                env=environment(AWS_REGION=None))
        one_line(r, "region")
        assert r.returncode == 2 and not r.stdout


@case
def what_changes_is_a_row():
    url = sim("--instances", "20")
    child = watch(url, "-o", "ndjson")
    rows = [json.loads(child.stdout.readline()) for _ in range(20)]
    assert {row["change"] for row in rows} == {"+"}
    running = next(row for row in rows if row["state"] == "running")
    r = run("do", "instances.stop", running["id"], "--yes",
            "--endpoint-url", url)
    assert r.returncode == 0, r.stderr
    row = json.loads(until(child.stdout, running["id"])[-1])
    assert row["change"] == "~" and row["state"].startswith("stop"), row
    assert row["time"] > running["time"]
    out, err = end(child)
    assert not err, err


@case
def what_went_is_a_row():
    url = sim("--instances", "20")
    child = watch(url, "-o", "tsv", "--filter", "state:running",
                  "--columns", "instance,state")
    first = child.stdout.readline().decode().split("\t")
    assert first[1] == "+" and first[3] == "running\n", first
    r = run("do", "instances.stop", first[2], "--yes", "--endpoint-url", url)
    assert r.returncode == 0, r.stderr
    gone = until(child.stdout, "\t-\t")[-1].split("\t")
    assert gone[2:] == first[2:], gone
    end(child)


@case
def an_array_is_closed():
    child = watch(sim("--instances", "20"), "-o", "json")
    until(child.stdout, "}")
    out, err = end(child)
    assert out.rstrip().endswith("]"), out


@case
def faults_are_told_once_and_pass():
    child = watch(sim("--instances", "20", "--fault",
                      "500@us-east-1/DescribeInstances*5"),
                  "-o", "ndjson")
    said = until(child.stderr, "answers again")
    assert len(said) == 2 and "us-east-1: " in said[0], said
    until(child.stdout, '"+"')
    end(child)


@case
def a_region_that_fails_does_not_hide_another():
    child = watch(sim("--instances", "20", "--fault", "500@eu-west-1"),
                  "-r", "us-east-1,eu-west-1", "-o", "ndjson")
    until(child.stdout, '"us-east-1"')
    until(child.stderr, "eu-west-1: ")
    end(child)


@case
def a_reader_that_goes_away():
    url = sim("--instances", "20")
    r = subprocess.run(
        ["bash", "-c", f"'{TUCUXI}' ls instances --watch=2 -o tsv "
         f"--endpoint-url {url} | head -1"], env=environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=PATIENCE)
    assert r.stdout.count(b"\n") == 1 and not r.stderr, r


@case
def a_terminal_gets_the_table_in_place():
    url = sim("--instances", "200")
    pid, fd = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("4H", 12, 80, 0, 0))
        line = [TUCUXI, "ls", "instances", "--watch=2", "--endpoint-url",
                url]
        os.execve(TUCUXI, line, environment(TERM="xterm"))
    seen, deadline = b"", time.monotonic() + PATIENCE
    while seen.count(b"\033[?7h") < 2 and time.monotonic() < deadline:
        if select.select([fd], [], [], 1)[0]:
            seen += os.read(fd, 65536)
    os.write(fd, b"\x03")
    status = os.waitpid(pid, 0)[1]
    frame = seen.split(b"\033[H\033[2J")[1].split(b"\033[?7h")[0]
    assert status == 0, status
    assert frame.startswith(b"Instances  200  "), frame
    assert frame.count(b"\r\n") <= 11 and b"and 192 more" in frame, frame


finish()
