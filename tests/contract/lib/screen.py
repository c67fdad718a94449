# SPDX-License-Identifier: MIT
"""The full screen from outside: the program on a pseudo terminal."""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

from program import TUCUXI, environment

# What curses and the program itself may send: movements, colours, modes,
# character sets, keypad.
SEQUENCE = re.compile(
    rb"\x1b(?:\[[0-9;?>=!]*[A-Za-z@`]|\([0AB]|\)[0AB]|[=>78M]|\[\?[0-9;]*\$p)")


class Screen:
    """Everything that the program has sent is in .bytes."""

    def __init__(self, *arguments, env=None, size=(24, 80), command=None,
                 uid=None):
        env = dict(env or environment())
        env.setdefault("TERM", "xterm-256color")
        env = {k: v for k, v in env.items() if v != ""}
        self.bytes, self.status, self.gone = b"", None, False
        line = command or [TUCUXI, *arguments]
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack(
                "HHHH", size[0], size[1], 0, 0))
            try:
                if uid:
                    os.setgid(uid)
                    os.setuid(uid)
                os.execve(line[0], line, env)
            finally:
                os._exit(127)
        self.modes = termios.tcgetattr(self.fd)

    def read(self, seconds):
        """Takes what comes until then; False: the other side is gone."""
        end = time.monotonic() + seconds
        while not self.gone:
            left = end - time.monotonic()
            if left < 0 or not select.select([self.fd], [], [], left)[0]:
                return True
            try:
                more = os.read(self.fd, 65536)
            except OSError:
                more = b""
            self.gone = not more
            self.bytes += more
            if len(more) < 4096:
                return True
        return False

    def wait(self, text, seconds=30):
        """Until the text has come; movements between its words count as
        blanks. What came before is not looked at again."""
        start, end = len(self.bytes), time.monotonic() + seconds
        while time.monotonic() < end:
            if text in plain(self.bytes[start:]):
                return self
            if not self.read(0.2):
                break
        raise AssertionError((text, plain(self.bytes)[-2000:]))

    def settle(self, quiet=0.5):
        """Until nothing comes any more."""
        before = -1
        while before != len(self.bytes) and not self.gone:
            before = len(self.bytes)
            self.read(quiet)
        return self

    def send(self, keys):
        os.write(self.fd, keys.encode() if isinstance(keys, str) else keys)
        return self

    def resize(self, rows, columns):
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ,
                    struct.pack("HHHH", rows, columns, 0, 0))

    def hang_up(self):
        os.close(self.fd)
        self.gone = True

    def is_alive(self):
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = status
        return self.status is None

    def wait_exit(self, seconds=15):
        """The status as waitpid() has it."""
        end = time.monotonic() + seconds
        while self.is_alive() and time.monotonic() < end:
            if self.gone:
                time.sleep(0.02)
            else:
                self.read(0.05)
        assert self.status is not None, "it does not end"
        while not self.gone and self.read(0.1) and \
                select.select([self.fd], [], [], 0)[0]:
            pass
        return self.status

    def close(self):
        if self.is_alive():
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if not self.gone:
            os.close(self.fd)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def plain(raw):
    """Without the program's own sequences."""
    return SEQUENCE.sub(b" ", raw).decode("utf-8", "replace")


def is_left(screen, more=()):
    """Alternate screen and focus mode off, cursor shown."""
    raw = screen.bytes
    for on, off in ((b"\x1b[?1049h", b"\x1b[?1049l"),
                    (b"\x1b[?1004h", b"\x1b[?1004l"),
                    (b"\x1b[?25l", b"\x1b[?25h"), *more):
        assert raw.rfind(off) > raw.rfind(on), (on, raw[-300:])


def is_given_back(screen):
    """The paste mode too, which shells switch on for themselves."""
    is_left(screen, [(b"\x1b[?2004h", b"\x1b[?2004l")])
