#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The terminal side from outside: signals, job control, terminals that are
small, unknown or gone. What tests/screens can say better stands there."""
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from program import (TUCUXI, case, environment, finish, one_line,  # noqa: E402
                     run)
from screen import Screen, is_given_back, is_left, plain  # noqa: E402



def demo(*arguments, **more):
    return Screen("--demo=30", "instances", *arguments, **more)


def ready(screen):
    return screen.wait("INSTANCE").settle()


def cpu():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


@case
def signals_end_it_and_give_the_terminal_back():
    for sig in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        with demo() as s:
            ready(s)
            os.kill(s.pid, sig)
            status = s.wait_exit()
            assert os.WIFEXITED(status), (sig, status)
            is_given_back(s)


@case
def a_quit_signal_is_nothing():
    with demo() as s:
        ready(s)
        os.kill(s.pid, signal.SIGQUIT)
        s.send("\x1c?")
        s.wait("In tables")
        s.send("Q")
        assert os.WEXITSTATUS(s.wait_exit()) == 0


@case
def a_crash_gives_the_terminal_back_and_leaves_no_core():
    if os.environ.get("ASAN_OPTIONS"):
        return
    with demo() as s:
        ready(s)
        os.kill(s.pid, signal.SIGSEGV)
        status = s.wait_exit()
        assert not (os.WIFSIGNALED(status) and os.WCOREDUMP(status))
        is_given_back(s)


@case
def a_terminal_that_is_gone():
    with demo() as s:
        ready(s)
        s.hang_up()
        status = s.wait_exit(10)
        assert os.WIFEXITED(status) or \
            os.WTERMSIG(status) == signal.SIGHUP, status
    with demo() as s:                   # in the middle of the start
        s.read(0.05)
        s.hang_up()
        s.wait_exit(10)


@case
def a_terminal_that_is_gone_without_a_signal():
    """The shell that started it ignores SIGHUP (nohup, setsid)."""
    before = cpu()
    line = f"trap '' HUP; exec '{TUCUXI}' --demo=30 instances"
    with Screen(command=["/bin/bash", "-c", line]) as s:
        ready(s)
        s.hang_up()
        s.wait_exit(10)
        assert cpu() - before < 8, "it span"


@case
def the_first_hint_is_given_once():
    home = tempfile.mkdtemp(prefix="tucuxi-first-")
    for told in (True, False):
        with Screen("--endpoint-url", "http://127.0.0.1:9",
                    env=environment(HOME=home)) as s:
            s.wait("Resources").settle()
            assert (b"New here?" in s.bytes) == told, told
            s.send("Q")
            assert os.WEXITSTATUS(s.wait_exit()) == 0
    shutil.rmtree(home)


@case
def ctrl_z_and_back_in_a_shell():
    env = environment(PS1="shell$ ", HISTFILE="/dev/null")
    with Screen(command=["/bin/bash", "--norc", "--noprofile", "-i"],
                env=env) as s:
        s.wait("shell$")
        s.send(f"'{TUCUXI}' --demo=30 instances\r")
        ready(s)
        for _ in range(3):
            s.send("\x1a")
            s.wait("Stopped")
            is_left(s)
            s.send("fg\r")
            s.wait("INSTANCE").settle()
        s.send("Q")
        s.wait("shell$")
        is_left(s)
        s.send("echo status $?; exit\r")
        s.wait("status 0")


@case
def any_size_from_the_start():
    for size in ((5, 20), (1, 1), (2, 200), (200, 2), (10, 40), (60, 300)):
        with demo(size=size) as s:
            s.settle(1.0)
            assert s.is_alive(), (size, plain(s.bytes))
            s.resize(24, 80)
            s.wait("INSTANCE")
            s.send("Q")
            assert s.wait_exit() == 0, size
            is_given_back(s)


@case
def resized_without_end():
    with demo() as s:
        ready(s)
        for i in range(60):
            s.resize(1 + i * 7 % 50, 1 + i * 13 % 150)
            s.read(0.01)
        s.resize(24, 80)
        s.settle()
        s.send("Q")
        assert s.wait_exit() == 0


@case
def terminals_that_are_none():
    for term, word in (("", "TERM is not set"), ("no-such-terminal",
                       "no-such-terminal"), ("dumb", "dumb")):
        with demo(env=environment(TERM=term)) as s:
            assert os.WEXITSTATUS(s.wait_exit()) == 1
            text = s.bytes.decode().replace("\r\n", "\n")
            assert text.startswith("tucuxi: ") and word in text, text
            assert text.count("\n") == 1 and "\x1b" not in text, text


@case
def standard_input_that_is_closed():
    r = subprocess.run(["bash", "-c", f"'{TUCUXI}' --demo <&-"],
                       env=environment(TERM="xterm"), timeout=30,
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    one_line(r, "terminal")
    assert r.returncode in (1, 2)


@case
def keys_that_come_before_it_is_ready():
    with demo() as s:
        s.send("Q")
        status = s.wait_exit(20)
        assert os.WIFEXITED(status), status


@case
def nonsense_from_the_keyboard():
    with demo() as s:
        ready(s)
        for noise in (b"\xff\xfe\x80", b"\x1b[", b"\x1b[999999999999;1~",
                      b"\x1b]0;x\x07", b"\x1bO", b"\x00", b"\xc3",
                      b"\x1b[200~" + b"x" * 100000 + b"\x1b[201~",
                      b"\x1b[I\x1b[O" * 100, b"\x1b[<35;10;10M" * 50):
            s.send(noise)
            s.settle(0.2)
            assert s.is_alive(), noise[:40]
        s.send("\x1b\x1b")
        s.settle(0.3)
        s.send("Q")
        s.settle(0.5)
        if s.is_alive():
            os.kill(s.pid, signal.SIGTERM)
        assert os.WIFEXITED(s.wait_exit())


@case
def ls_and_what_it_writes_to():
    line = f"set -o pipefail; '{TUCUXI}' ls instances --demo"
    for tail in ("| head -1", "| head -c 1", "| true"):
        r = subprocess.run(["bash", "-c", line + tail], env=environment(),
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                           timeout=60)
        assert r.stderr == b"", (tail, r.stderr)
        assert r.returncode in (0, 1, 141), (tail, r.returncode)
    for form in ("table", "tsv", "csv", "json", "ndjson", "yaml"):
        with open("/dev/full", "w") as full:
            r = run("ls", "instances", "--demo", "-o", form, stdout=full)
        one_line(r, "standard output")
        assert r.returncode == 1, form
    for verb in (["regions"], ["creds"], ["resources"], ["endpoints"],
                 ["--help"], ["--version"]):
        with open("/dev/full", "w") as full:
            r = run(*verb, stdout=full)
        assert r.returncode == 1, (verb, r.returncode)
        one_line(r, "standard output")


@case
def ls_is_interrupted():
    for sig in (signal.SIGINT, signal.SIGTERM):
        child = subprocess.Popen(
            [TUCUXI, "ls", "instances", "--demo", "--fault", "down"],
            env=environment(), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(0.5)    # in the middle of it; any moment would do
        child.send_signal(sig)
        child.communicate(timeout=10)
        assert child.returncode in (-sig, 128 + sig, 1), child.returncode


@case
def ls_to_a_terminal_that_is_gone():
    with Screen("ls", "instances", "--demo=3000", "-o", "yaml") as s:
        s.read(0.5)
        s.hang_up()
        s.wait_exit(20)


@case
def output_has_no_colours_outside_of_a_terminal():
    r = run("ls", "instances", "--demo", "-o", "table")
    assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", r.stdout)


finish()
