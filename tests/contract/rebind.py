#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every key of every keymap bound to another one by a start-up file: the new
ones work and stand in the help, the old ones do nothing."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from program import HOME, case, environment, finish, run, sim
from screen import Screen, plain

URL = sim("--instances", "20")
SOURCE = os.environ.get("TUCUXI_SRCDIR") or os.path.join(
    os.path.dirname(__file__), "../..")

# Characters that no keymap binds; where text is typed, Alt with a letter.
LETTERS = [chr(c) for c in (*range(0x430, 0x450), *range(0x451, 0x460),
                            *range(0x3b1, 0x3ca), *range(0x561, 0x587),
                            *range(0x10d0, 0x10f1))]
ALT = [f"Alt-{c}" for c in "0123456789acegijklmnopqrstuvwxyz"]


def quote(word):
    return "'" + word + "'" if word not in ("'",) else '"' + word + '"'


def bindings(name):
    """(context, key, command) of a file, as its lines have them."""
    with open(os.path.join(SOURCE, "keymaps", name + ".keys")) as f:
        for line in f:
            if line.startswith("bind "):
                _, context, key, command = line.rstrip("\n").split(" ", 3)
                yield context, key.strip("'\""), command


def rebound(keymap):
    """The lines of the start-up file, and (context, command) → new key."""
    files = ["default"] + ([keymap] if keymap != "default" else [])
    found = {(c, k): line for f in files for c, k, line in bindings(f)}
    lines, new = [f"set keymap {keymap}"], {}
    letters, alts = iter(LETTERS), iter(ALT)
    for (context, key), command in found.items():
        lines.append(f"unbind {context} {quote(key)}")
        if (context, command) in new:
            continue
        typed = context.startswith("input")
        new[context, command] = next(alts if typed else letters)
        lines.append(f"bind {context} {new[context, command]} {command}")
    return lines, new


def bytes_of(key):
    return "\x1b" + key[4:] if key.startswith("Alt-") else key


def check(keymap):
    lines, new = rebound(keymap)
    home = os.path.join(HOME, "config-" + keymap)
    os.makedirs(os.path.join(home, "tucuxi"), exist_ok=True)
    with open(os.path.join(home, "tucuxi", "tucuxirc"), "w") as f:
        f.write("\n".join(lines) + "\n")
    env = environment(XDG_CONFIG_HOME=home, LANG="C.UTF-8",
                      XDG_STATE_HOME=os.path.join(home, "state"))

    def key(command, context="global"):
        return bytes_of(new[context, command])

    with Screen("--endpoint-url", URL, env=env, size=(220, 120)) as s:
        s.wait("Resources").settle()
        # the old keys: nothing moves, nothing opens
        assert "mistake" not in plain(s.bytes), plain(s.bytes)
        for old in (":", "?", "j", "\r", "p", "q"):
            before = len(s.bytes)
            s.send(old).settle()
            assert len(s.bytes) - before < 400, old
        assert ": does nothing here" in plain(s.bytes)
        # the new ones: a command, typed and entered by rebound keys
        s.send(key("prompt")).settle()
        s.send("instances").settle()
        s.send(key("enter", "input"))
        s.wait("web-2", 10)
        s.settle()
        s.send(key("filter")).settle()
        s.send("web").settle()
        s.send(key("back", "input"))
        s.settle()
        s.send(key("describe", "table"))
        s.wait("instanceId", 10)
        s.send(key("back")).settle()
        s.send(key("actions", "table"))
        s.wait("Terminate", 10)
        s.settle()
        # a letter in a menu is the action's own; what it asks is rebound
        s.send("b")
        s.wait("RebootInstances", 10)
        s.settle()
        s.send(key("back", "input"))
        s.settle()
        start = len(s.bytes)
        s.send(key("help"))
        s.wait("Everywhere", 10)
        s.settle()
        shown = plain(s.bytes[start:])
        for (context, command), name in new.items():
            if context in ("global", "table"):
                assert f"{name} " in shown or "favourite" in command, \
                    (context, command, name)
        s.send(key("back")).settle()
        s.send(key("quit"))
        assert s.wait_exit() == 0


@case
def every_key_has_a_new_name():
    for name in ("default", "vi", "emacs", "fkeys"):
        lines, new = rebound(name)
        assert len(set(new.values())) == len(new), name
        assert sum(line.startswith("unbind") for line in lines) >= len(new)


@case
def default_keys():
    check("default")


@case
def vi_keys():
    check("vi")


@case
def emacs_keys():
    check("emacs")


@case
def function_keys():
    check("fkeys")


finish()
