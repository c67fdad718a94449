#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What comes from outside: names that would drive a terminal, replies that
would eat memory, servers that break HTTP. One clear line each, and no byte
of theirs as it is on the terminal."""
import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from peer import Peer                                        # noqa: E402
from program import (HOME, TUCUXI, case, environment, finish,  # noqa: E402
                     rows, run)
from screen import SEQUENCE, Screen, plain                   # noqa: E402

NAMES = {
    "escape": "\x1b[31337mred\x1b]0;title\x07\x1bP1$r\x1b\\",
    "c1": "\u009b31337m\u009d0;title\u009c\u0090x\u0085",
    "c0": "".join(map(chr, range(1, 32))) + "\x7f",
    "nul": "a\x00b",
    "bidi": "safe\u202egnp.exe\u202c\u2066x\u2069\u200f\u061c",
    "marks": "e" + "\u0301" * 400 + "end",
    "lines": "one\ntwo\r\nthree\u2028four\u2029five\tsix",
    "invisible": "a\u200b\u200d\ufeff\u00ad\u2060\U000e0041b",
    "wide": "\u65e5\u672c\u8a9e\U0001f600\U0001f468\u200d\U0001f469",
    "long": "x" * (1 << 20),
    "formula": "=cmd|'/c calc'!A1",
    "quotes": "\"',;:{}[]&<>|`$(id)\\",
    "noncharacter": "\ufffe\uffff\ufdd0",
}
XML_ONLY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
BAD = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e"
                 "\u2066-\u2069\u200e\u200f\u061c\u2028\u2029]")
EC2 = "http://ec2.amazonaws.com/doc/2016-11-15/"


def escaped(text):
    return "".join(f"&#{ord(c)};" if c in "&<>\"'\t\r\n" or ord(c) > 126
                   else c for c in text)


def page(items):
    return (f"<DescribeInstancesResponse xmlns='{EC2}'><requestId>r"
            "</requestId><reservationSet><item><ownerId>123456789012"
            "</ownerId><instancesSet>" + "".join(items) +
            "</instancesSet></item></reservationSet>"
            "</DescribeInstancesResponse>")


def instance(i, name):
    return (f"<item><instanceId>i-{i:017x}</instanceId><instanceState>"
            "<code>16</code><name>running</name></instanceState>"
            "<instanceType>t3.nano</instanceType><tagSet><item><key>Name"
            f"</key><value>{name}</value></item></tagSet></item>")


INSTANCES = [XML_ONLY.sub("", NAMES[n]) for n in NAMES]
FLEET = page(instance(i, escaped(n)) for i, n in enumerate(INSTANCES))
KEYS = [n for n in NAMES.values() if len(n) < 1000] + ["\x1b[2J/", "../.."]
OBJECTS = ("<ListBucketResult><Name>b</Name><EncodingType>url</EncodingType>"
           "<IsTruncated>false</IsTruncated>" + "".join(
               "<Contents><Key>" + urllib.parse.quote(k) + "</Key><Size>1"
               "</Size><LastModified>2026-01-01T00:00:00Z</LastModified>"
               "</Contents>" for k in KEYS) +
           "<Contents><Key>invalid%FF%FE%80%C0%AF%ED%A0%80</Key><Size>2"
           "</Size></Contents></ListBucketResult>")


class Answer:
    """Set by a test: called with the handler."""
    body = staticmethod(lambda handler: handler.send(FLEET))


server = Peer(lambda handler: Answer.body(handler))
ENV = environment(AWS_ENDPOINT_URL=server.url)


def gives(text, status=200, **headers):
    Answer.body = staticmethod(
        lambda handler: handler.send(text, status, **headers))


def raw(*pieces):
    """Bytes as they are, and then the connection closes."""
    def body(handler):
        handler.close_connection = True
        for piece in pieces:
            for part in (piece if not isinstance(piece, bytes) else [piece]):
                handler.wfile.write(part)
    Answer.body = staticmethod(body)


def is_clean(data, what):
    text = data.decode()                 # and all of it is UTF-8
    found = BAD.search(text)
    assert not found, (what, found, text[max(0, found.start() - 60):][:120])


def ls(*arguments, **more):
    return run("ls", *arguments, env=ENV, **more)


@case
def names_in_every_format():
    for what, reply, count in (
            ("instances", FLEET, len(INSTANCES)),
            ("s3://b/", OBJECTS, len(KEYS) + 1)):
        gives(reply)
        for form in ("table", "tsv", "csv", "json", "ndjson", "yaml"):
            for more in ([], ["--columns", "all"]):
                r = ls(what, "-o", form, *more)
                assert r.returncode == 0, (form, r.stderr)
                is_clean(r.stdout, (what, form))
                lines = r.stdout.count(b"\n")
                if form in ("tsv", "ndjson"):
                    assert lines == count, (form, lines, count)


@case
def json_tells_the_truth():
    gives(FLEET)
    names = [row["name"] for row in rows(ls("instances", "-o", "json"))]
    for name in INSTANCES:
        assert name in names, name[:60]
    gives(OBJECTS)
    keys = [row["name"] for row in rows(ls("s3://b/", "-o", "json"))]
    for key in KEYS:
        assert key in keys or "\x00" in key, (key, keys)


@case
def documents():
    gives(page([instance(0, escaped(NAMES["c1"] + NAMES["bidi"] +
                                    NAMES["lines"] + NAMES["marks"]))]))
    for form in ("yaml", "json", "xml"):
        r = run("get", "instances", f"i-{0:017x}", "-o", form, env=ENV)
        assert r.returncode == 0, r.stderr
        is_clean(r.stdout, form)


def screen_is_clean(s):
    raw_bytes = s.bytes
    for own in (b"\x1b]R", b"\x1b]11;?\x1b\\"):    # palette, background
        raw_bytes = raw_bytes.replace(own, b"")
    found = re.search(b"\x1b[]PX^_].{,40}", raw_bytes)
    assert not found, found
    assert not re.search(rb"(\x1b\[|\xc2\x9b|\x9b)31337", raw_bytes)
    rest = SEQUENCE.sub(b"", raw_bytes)
    rest = re.sub(rb"[\r\n\b\t\x0e\x0f]", b"", rest)
    is_clean(rest, "the screen")


def look_around(s):
    s.settle(1.0)
    for keys in ("j", "j", "j", "G", "g", "w", "l", "l", "/safe\r", "\x1b",
                 "/[\x1b", "\x1b", "\r", "\x1b", "y", "f", "f", "jjjjj",
                 "\x1b", "d", "jjj", "\x1b", "i", "\x1b", "!", "\x1b"):
        s.send(keys)
        s.settle(0.12)
        assert s.is_alive(), keys
    for size in ((40, 132), (10, 40), (60, 220), (24, 80)):
        s.resize(*size)
        s.settle(0.12)
    assert s.is_alive()
    s.send("\x1b")
    s.settle(0.2)
    s.send("Q")
    s.settle(0.3)
    if s.is_alive():
        os.kill(s.pid, signal.SIGTERM)
    s.wait_exit()
    assert "31337m" in plain(s.bytes), plain(s.bytes)[-1500:]
    screen_is_clean(s)


@case
def names_on_the_screen():
    gives(FLEET)
    for more in ({}, {"NO_COLOR": "1"}, {"LANG": "C"}, {"TERM": "linux"}):
        with Screen("instances", env=ENV | more) as s:
            look_around(s)
    gives(OBJECTS)
    with Screen("s3://b/", env=ENV) as s:
        look_around(s)


def complains(what, *words, most=400, seconds=30, status=1):
    """One line, soon, in little memory, nothing on standard output."""
    began = time.monotonic()
    child = subprocess.Popen([TUCUXI, "ls", "instances", "-o", "tsv"],
                             env=ENV, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = child.stdout.read(), child.stderr.read()
    _, code, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(code)
    text = err.decode()
    is_clean(err, what)
    assert child.returncode == status, (what, child.returncode, text[:300])
    assert text.startswith("tucuxi: ") and text.count("\n") == 1, (what, text)
    assert len(text) < 1000, (what, len(text))
    for word in words:
        assert word in text, (what, word, text)
    assert out == b"", (what, out[:100])
    assert time.monotonic() - began < seconds, (what, "too slow")
    assert usage.ru_maxrss < most * 1024, (what, usage.ru_maxrss)


def complains_after(what, text):
    gives(text)
    complains(what, most=700)


@case
def replies_that_are_no_xml():
    for what, body in (
            ("nothing", b""),
            ("text", b"hello"),
            ("binary", bytes(range(256)) * 100),
            ("half", FLEET[:3000].encode()),
            ("two roots", b"<a/><b/>"),
            ("invalid UTF-8", page([instance(0, "ab")]).encode().replace(
                b"ab", b"\xff\xfe\xc0\xaf\x80")),
            ("raw escape", page([instance(0, "\x1b[31337m")])),
            ("escape by number", page([instance(0, "&#27;[31337m")])),
            ("NUL", page([instance(0, "a\x00b")])),
            ("unknown entity", page([instance(0, "&nbsp;")])),
            ("UTF-16", FLEET[:500].encode("utf-16")),
            ("JSON", b"{\"a\": [1, 2, \"\x1b[31337m"),
            ("name of escapes", b"<\xc2\x9b31337m>")):
        gives(body)
        if what == "nothing":
            r = ls("instances", "-o", "tsv")
            assert r.stdout == b"", r.stdout
            continue
        complains(what)


@case
def bombs_and_entities():
    laughs = "".join(f"<!ENTITY l{i} \"{f'&l{i - 1};' * 10}\">"
                     for i in range(1, 10))
    for what, head, name in (
            ("laughs", f"<!DOCTYPE d [<!ENTITY l0 \"ha\">{laughs}]>",
             "&l9;"),
            ("quadratic", "<!DOCTYPE d [<!ENTITY q \"" + "q" * 100000 +
             "\">]>", "&q;" * 20000),
            ("itself", "<!DOCTYPE d [<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">"
             "]>", "&a;"),
            ("a file", "<!DOCTYPE d [<!ENTITY f SYSTEM \"file:///etc/passwd"
             "\">]>", "&f;"),
            ("a page", f"<!DOCTYPE d SYSTEM \"{server.url}/evil.dtd\" [<!"
             f"ENTITY h SYSTEM \"{server.url}/evil\"><!ENTITY % p SYSTEM "
             f"\"{server.url}/evil\"> %p;]>", "&h;"),
            ("a parameter", "<!DOCTYPE d [<!ENTITY % a \"<!ENTITY b 'x'>\">"
             " %a;]>", "&b;")):
        seen = []
        text = "<?xml version='1.0'?>" + head + page([instance(0, name)])

        def body(handler, text=text, seen=seen):
            seen.append(handler.path)
            handler.send(text if handler.path == "/" else "<!ENTITY x 'y'>")
        Answer.body = staticmethod(body)
        complains(what)
        assert set(seen) == {"/"}, (what, seen)


@case
def shapes_that_are_too_much():
    deep = 1000000
    complains_after("deep", "<a>" * deep)
    complains_after("deep and closed", "<a>" * deep + "</a>" * deep)
    complains_after("attributes", "<a " + " ".join(
        f"a{i}='x'" for i in range(100000)) + ">")
    complains_after("a name", "<" + "n" * 20000000)
    complains_after("a comment", "<a><!--" + "c" * 20000000)
    complains_after("json", "[" * deep)


@case
def a_hundred_megabytes():
    block = os.urandom(1 << 20)
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n"
    raw(head, [block] * 100)
    complains("garbage")
    raw(head, [b"<"], [b"a" * (1 << 20)] * 99)
    complains("one name")
    raw(b"HTTP/1.1 500 No\r\nContent-Length: 104857600\r\n\r\n",
        [b"\x1b" * (1 << 20)] * 100)
    complains("an error's body")
    raw(b"HTTP/1.1 400 No\r\n\r\n<Response><Errors><Error><Code>X</Code>"
        b"<Message>", [b"m" * (1 << 20)] * 100)
    complains("an error's message")


@case
def http_that_is_wrong():
    good = FLEET.encode()
    short = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"
    raw(short % (len(good) + 1000), good)
    complains("too little")
    raw(short % (len(good) // 2), good)
    complains("too much")
    raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
    complains("chunks")
    raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"ffffffffffffffff\r\n" + good)
    complains("a large chunk")
    raw(b"HTTP/1.1 999999 \x1b[31337m\r\n\r\n")
    complains("a status")
    raw(b"\x1b[31337m\r\n\r\n")
    complains("no HTTP")
    raw(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n" + good)
    complains("a negative length")
    raw(b"")
    complains("nothing at all")
    raw(b"HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:1/\x1b\r\n"
        b"Content-Length: 0\r\n\r\n")
    complains("a redirect")
    raw(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3"
        b"\r\n\r\n\x1f\x8b\x08")
    complains("an encoding")


@case
def headers_without_end():
    raw(b"HTTP/1.1 200 OK\r\n", (b"X-%d: %s\r\n" % (i, b"v" * 1000)
                                 for i in range(200000)))
    complains("many headers")
    raw(b"HTTP/1.1 200 OK\r\nX-Long: ", [b"v" * 65536] * 2000)
    complains("a long header")
    raw([b"HTTP/1.1 100 Continue\r\n\r\n"] * 2000000)
    complains("continue", seconds=60)


@case
def errors_that_would_drive_a_terminal():
    evil = NAMES["c1"] + NAMES["bidi"] + "\n\r\tline" + NAMES["marks"]
    gives("<Response><Errors><Error><Code>" + escaped("Evil" + evil) +
          "</Code><Message>" + escaped(evil) + "</Message></Error></Errors>"
          "<RequestID>" + escaped(evil) + "</RequestID></Response>", 400)
    complains("an error")
    gives("<html>\x1b[31337m\x1b]0;x\x07</html>", 502,
          x_amzn_requestid="\x9b31337m")
    complains("a proxy's page")
    gives("{\"__type\":\"x#\\u001b[31337m\",\"message\":\"\\u001b]0;\"}",
          400)
    complains("JSON")
    log = os.path.join(HOME, "log")
    gives("<Response><Errors><Error><Code>" + escaped(evil) + "</Code>"
          "</Error></Errors></Response>", 400, x_amzn_requestid="\x9b313")
    ls("instances", "--log", log)
    with open(log, "rb") as f:
        is_clean(f.read(), "log")


@case
def pages_without_end():
    """The same token again and again is noticed."""
    def body(handler):
        Answer.count += 1
        handler.send(page([instance(0, "n")]).replace(
            "</DescribeInstancesResponse>", "<nextToken>again</nextToken>"
            "</DescribeInstancesResponse>"))
    Answer.count, Answer.body = 0, staticmethod(body)
    r = ls("instances", "-o", "json", stdout=subprocess.PIPE)
    assert Answer.count < 10, Answer.count
    assert r.returncode == 1, r.returncode
    assert [row["id"] for row in rows(r)] == [f"i-{0:017x}"], r.stdout[:300]


finish()
