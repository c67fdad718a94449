# SPDX-License-Identifier: MIT
"""Work in several steps, killed where its file says that it is."""
import os
import subprocess
import time

from program import TUCUXI


def stands(state, event, step):
    """Is that line in a file of the state folder's work?"""
    folder = os.path.join(state, "tucuxi/work")
    for name in os.listdir(folder) if os.path.isdir(folder) else ():
        with open(os.path.join(folder, name)) as f:
            if f'"event":"{event}","step":"{step}"' in f.read():
                return True
    return False


def killed(words, env, event, step, before=lambda: None):
    """Runs it until that line is written, and not an instant longer."""
    state = env["XDG_STATE_HOME"]
    child = subprocess.Popen(
        [TUCUXI, *words], env=env, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while not stands(state, event, step) and child.poll() is None:
        assert time.monotonic() < end, (event, step)
        time.sleep(0.002)
    before()
    child.kill()
    child.wait()
    assert stands(state, event, step), (event, step, "it ended before")
