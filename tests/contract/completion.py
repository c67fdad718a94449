#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Completion in real shells: what they offer at the end of a line. bash is
asked line by line and at a terminal, fish by `complete -C`, zsh at a
terminal."""
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from program import HOME, TUCUXI, case, environment, finish, one_line, run
from program import skip

BIN = os.path.join(HOME, "bin")
os.mkdir(BIN)
os.symlink(os.path.abspath(TUCUXI), os.path.join(BIN, "tucuxi"))
with open(os.path.join(HOME, "config"), "w") as file:
    file.write("[default]\nregion = eu-west-1\n[profile acme-dev]\n"
               "region = us-west-2\n[profile acme-prod]\n")
with open(os.path.join(HOME, "log-file"), "w"):
    pass
for shell in ("bash", "zsh", "fish"):
    with open(os.path.join(HOME, shell), "wb") as file:
        file.write(run("completion", shell).stdout)

DRIVER = r'''
. "$HOME/bash"
COMP_WORDBREAKS=$' \t\n"\'@><=;|&(:'
COMP_LINE=$1 COMP_POINT=${#1}
shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_tucuxi tucuxi
printf '%s\n' "${COMPREPLY[@]}"
'''


def shell_environment():
    return environment(PATH=f"{BIN}:/usr/bin:/bin", TERM="dumb")


def split(line):
    """As bash does it: = and : stand alone, runs of them too."""
    found = re.findall(r"[=:]+|'[^']*'|[^\s=:]+", line)
    return found + [""] if line[-1] in " =:" else found


def bash(line):
    r = subprocess.run(["bash", "--norc", "-c", DRIVER, "bash", line,
                        *split(line)], env=shell_environment(), cwd=HOME,
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                       timeout=60)
    assert not r.stderr, r.stderr
    return [word for word in r.stdout.decode().split("\n") if word]


@case
def no_shell_is_an_error():
    for words in ((), ("tcsh",), ("bash", "zsh")):
        r = run("completion", *words)
        one_line(r, "bash", "zsh", "fish")
        assert r.returncode == 2


@case
def nothing_is_broken_by_what_is_typed():
    for line in (("--nonsense", ""), ("--", "-"), ("-", "-"), ("--=",),
                 ("ls", "nothing", "--columns", ""), ("\x1b[2J\n",),
                 ("-p", "x,,"), ("ls", "://", "--sort", "-")):
        r = run("complete", "--", *line)
        assert r.returncode == 0 and not r.stderr, (line, r.stderr)
        assert b"\x1b" not in r.stdout


@case
def verbs_and_places():
    first = bash("tucuxi ")
    assert {"ls", "get", "instances", "s3://"} <= set(first), first
    assert "complete" not in first
    assert bash("tucuxi ls snap") == ["snapshots"]
    assert bash("tucuxi ls eb") == ["ebs"]
    assert "ls" not in bash("tucuxi ls ")
    assert bash("tucuxi help cre") == ["creds"]
    assert bash("tucuxi endpoints rd") == ["rds"]
    assert bash("tucuxi get volumes vol-1 ") == []


@case
def options_that_fit():
    assert bash("tucuxi --pro") == ["--profile"]
    assert bash("tucuxi ls --colu") == ["--columns"]
    assert bash("tucuxi get --colu") == []
    assert bash("tucuxi ls -- --colu") == []


@case
def values():
    assert bash("tucuxi -p acme") == ["acme-dev", "acme-prod"]
    assert bash("tucuxi -p acme-dev,acme") == ["acme-dev,acme-prod"]
    assert bash("tucuxi -r eu-west-") == ["eu-west-1", "eu-west-2",
                                          "eu-west-3"]
    assert "all" in bash("tucuxi -r ")
    assert bash("tucuxi get instances -o ") == ["yaml", "json", "xml"]
    assert bash("tucuxi --keymap v") == ["vi"]
    assert "dark" in bash("tucuxi --theme ")
    assert bash("tucuxi --log log-") == ["log-file"]


@case
def columns_of_the_resource():
    assert bash("tucuxi ls instances --columns sta") == ["state"]
    assert bash("tucuxi ls volumes --sort -gi") == ["-gib"]
    assert "key,size" in bash("tucuxi ls s3://bucket/ --columns key,")
    assert bash("tucuxi ls --columns ") == []


@case
def actions_and_their_fields():
    assert bash("tucuxi do instances.st") == ["instances.start",
                                              "instances.stop"]
    assert bash("tucuxi do instances.stop i-1 i-2 i-3 i-4 for") == ["force="]
    assert bash("tucuxi do instances.stop i-1 force=t") == ["true"]
    assert bash("tucuxi do instances.launch i-1 count=2 ima") == ["image="]
    assert bash("tucuxi do nothing.stop i-1 for") == []
    assert bash("tucuxi do instances. x=") == []


@case
def what_stands_behind_breaks():
    assert bash("tucuxi --region=eu-west-1,eu-west-2,eu-west-") == [
        "eu-west-1,eu-west-2,eu-west-3"]
    assert bash("tucuxi ls --filter 'a b' snap") == ["snapshots"]
    assert bash("tucuxi --endpoint-url http://localhost:80 ls snap") == [
        "snapshots"]


def at_terminal(command, setup, typed, wanted):
    """Types at an interactive shell until `wanted` shows up."""
    pid, fd = pty.fork()
    if pid == 0:
        os.chdir(HOME)
        os.execvpe(command[0], command, shell_environment())
    # Terminals are told blanks in many ways: one is as good as several.
    seen, deadline = "", time.monotonic() + 60
    os.write(fd, f"{setup}; echo re''ady\n".encode())
    sent = False
    try:
        while wanted not in seen and time.monotonic() < deadline:
            if not select.select([fd], [], [], 1)[0]:
                continue
            seen += os.read(fd, 4096).decode(errors="replace")
            seen = re.sub(" +", " ", seen.replace(" \b", ""))
            if not sent and "ready" in seen:
                seen, sent = "", True
                os.write(fd, typed.encode())
    except OSError:
        pass
    finally:
        os.kill(pid, 9)
        os.close(fd)
        os.waitpid(pid, 0)
    assert wanted in seen, repr(seen)


@case
def bash_at_a_terminal():
    at_terminal(["bash", "--norc", "-i"], '. "$HOME/bash"',
                "tucuxi ls snap\t--sort -gi\t", "snapshots --sort -gib")


def zsh_at_a_terminal():
    at_terminal(["zsh", "-f", "-i"],
                'autoload -U compinit; compinit -u -D; . "$HOME/zsh"',
                "tucuxi ls snap\t--sort -gi\t", "snapshots --sort -gib")


def zsh_installed():
    at_terminal(["zsh", "-f", "-i"],
                'mkdir f; cp zsh f/_tucuxi; fpath=(~/f $fpath); '
                'autoload -U compinit; compinit -u -D',
                "tucuxi get ins\t-o x\t", "instances -o xml")


def fish_complete():
    def fish(line):
        r = subprocess.run(["fish", "--no-config", "-c",
                            'source "$HOME/fish"; complete -C $argv[1]',
                            line], env=shell_environment(), cwd=HOME,
                           stdout=subprocess.PIPE, timeout=60)
        return [row.split("\t")[0] for row in
                r.stdout.decode().splitlines()]

    assert fish("tucuxi ls snap") == ["snapshots"]
    assert "s3://" in fish("tucuxi ls ")
    assert fish("tucuxi ls volumes --sort -gi") == ["-gib"]
    assert fish("tucuxi --region=eu-west-3") == ["--region=eu-west-3"]
    assert "log-file" in fish("tucuxi --log log-")


for check in (zsh_at_a_terminal, zsh_installed, fish_complete):
    shell = check.__name__.split("_")[0]
    if shutil.which(shell):
        case(check)
    else:
        skip(check.__name__, f"no {shell} here")
finish()
