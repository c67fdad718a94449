#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What is copied reaches the terminal's clipboard (OSC 52), through a real
tmux too, in each of the two ways that it may let it through."""
import base64
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from program import TUCUXI, case, environment, finish, skip  # noqa: E402
from screen import Screen  # noqa: E402

FOLDER = tempfile.mkdtemp(prefix="tucuxi-tmux-")


def copied(s):
    """What the terminal was told, once it was."""
    for _ in range(100):
        found = re.search(rb"\x1b\]52;c?;([A-Za-z0-9+/=]+)[\x07\x1b]",
                          s.bytes)
        if found:
            return base64.b64decode(found.group(1))
        s.read(0.1)
    raise AssertionError("no OSC 52 came")


@case
def without_a_multiplexer():
    with Screen("--demo=30", "instances") as s:
        s.wait("INSTANCE").settle()
        s.send("c")
        s.wait("copied id")
        assert copied(s).startswith(b"i-")
        s.send("Q")
        s.wait_exit()


def through_tmux(setting):
    conf = os.path.join(FOLDER, "conf")
    socket = os.path.join(FOLDER, "socket")
    with open(conf, "w") as f:
        f.write(setting)
    env = environment(TERM="xterm-256color", PATH=os.environ["PATH"])
    try:
        with Screen(command=[shutil.which("tmux"), "-S", socket, "-f", conf,
                             "new-session", f"'{TUCUXI}' --demo=30 instances"],
                    env=env) as s:
            s.wait("INSTANCE").settle()
            s.send("c")
            assert copied(s).startswith(b"i-")
            s.send("Q")
            s.wait_exit()
    finally:
        subprocess.run(["tmux", "-S", socket, "kill-server"], env=env,
                       stderr=subprocess.DEVNULL)


if shutil.which("tmux"):
    @case
    def tmux_takes_it_as_its_own():
        through_tmux("set -s set-clipboard on\n")

    @case
    def tmux_lets_the_envelope_pass():
        through_tmux("set -s set-clipboard off\n"
                     "set -g allow-passthrough on\n")
else:
    skip("tmux", "there is none here")
shutil.rmtree(FOLDER, ignore_errors=True)
finish()
