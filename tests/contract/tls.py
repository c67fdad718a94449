#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""TLS is always verified, and says by name what is wrong; AWS_CA_BUNDLE,
a CONNECT proxy and NO_PROXY are honoured."""
import http.server
import os
import shutil
import socket
import socketserver
import ssl
import subprocess
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from program import HOME, case, environment, finish, one_line, rows, run, skip

PAGE = (b'<?xml version="1.0"?><DescribeInstancesResponse xmlns="http://ec2.'
        b'amazonaws.com/doc/2016-11-15/"><requestId>r</requestId>'
        b'<reservationSet><item><instancesSet><item><instanceId>'
        b'i-0123456789abcdef0</instanceId></item></instancesSet></item>'
        b'</reservationSet></DescribeInstancesResponse>')


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_):
        pass


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, cwd=HOME,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def certificate(name, subject, expired=False):
    """A certificate of our own CA for an address; serves it: the port."""
    path = os.path.join(HOME, name)
    with open(path + ".ext", "w") as f:
        f.write(f"subjectAltName={subject}\n")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", name + ".key",
            "-out", name + ".csr", "-subj", "/CN=" + name)
    if expired:
        sign_in_the_past(name)
    else:
        openssl("x509", "-req", "-in", name + ".csr", "-CA", "ca.crt",
                "-CAkey", "ca.key", "-CAcreateserial", "-extfile",
                name + ".ext", "-out", name + ".crt", "-days", "30")
    return serve(path)


def sign_in_the_past(name):
    """Only `openssl ca` takes dates, and it wants its little database."""
    conf = os.path.join(HOME, "ca.cnf")
    with open(conf, "w") as f:
        f.write(f"[ca]\ndefault_ca=d\n[d]\nnew_certs_dir={HOME}\n"
                f"database={HOME}/index\nserial={HOME}/serial\n"
                "default_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n")
    open(os.path.join(HOME, "index"), "w").close()
    with open(os.path.join(HOME, "serial"), "w") as f:
        f.write("1000\n")
    openssl("ca", "-batch", "-config", conf, "-cert", "ca.crt", "-keyfile",
            "ca.key", "-in", name + ".csr", "-out", name + ".crt",
            "-extfile", name + ".ext", "-startdate", "20200101000000Z",
            "-enddate", "20200201000000Z")


def serve(path):
    server = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path + ".crt", path + ".key")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


class Proxy(socketserver.BaseRequestHandler):
    asked = []

    def handle(self):
        head = b""
        while b"\r\n\r\n" not in head:
            more = self.request.recv(4096)
            if not more:
                return
            head += more
        line = head.split(b"\r\n")[0].decode()
        Proxy.asked.append(line)
        host, port = line.split()[1].rsplit(":", 1)
        up = socket.create_connection((host, int(port)))
        self.request.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        threading.Thread(target=self.copy, args=(up, self.request),
                         daemon=True).start()
        self.copy(self.request, up)

    @staticmethod
    def copy(source, target):
        try:
            while True:
                data = source.recv(65536)
                if not data:
                    break
                target.sendall(data)
        except OSError:
            pass
        finally:
            try:
                target.shutdown(socket.SHUT_WR)
            except OSError:
                pass


def ls(port, **env):
    return run("ls", "instances", "-o", "json", "--endpoint-url",
               f"https://127.0.0.1:{port}", env=environment(**env))


if not shutil.which("openssl"):
    skip("tls", "no openssl program here")
    finish()
openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key",
        "-out", "ca.crt", "-subj", "/CN=test CA", "-days", "30")
openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout",
        "self.key", "-out", "self.crt", "-subj", "/CN=127.0.0.1", "-addext",
        "subjectAltName=IP:127.0.0.1", "-days", "30")
CA = os.path.join(HOME, "ca.crt")
good = certificate("good", "IP:127.0.0.1")


@case
def self_signed_is_refused():
    r = ls(serve(os.path.join(HOME, "self")))
    one_line(r, "self", "AWS_CA_BUNDLE")
    assert r.returncode == 1 and rows(r) == []


@case
def unknown_issuer_is_refused():
    r = ls(good)
    one_line(r, "certificate")
    assert r.returncode == 1


@case
def expired_is_refused():
    r = ls(certificate("old", "IP:127.0.0.1", expired=True),
           AWS_CA_BUNDLE=CA)
    one_line(r, "expired")
    assert r.returncode == 1


@case
def wrong_host_is_refused():
    r = ls(certificate("other", "DNS:example.org"), AWS_CA_BUNDLE=CA)
    one_line(r, "127.0.0.1")
    assert r.returncode == 1


@case
def a_bundle_is_accepted():
    r = ls(good, AWS_CA_BUNDLE=CA)
    assert r.returncode == 0, r.stderr
    assert rows(r)[0]["id"] == "i-0123456789abcdef0"


@case
def a_proxy_is_used_and_left_out():
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Proxy)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    proxy = f"http://127.0.0.1:{server.server_address[1]}"
    r = ls(good, AWS_CA_BUNDLE=CA, HTTPS_PROXY=proxy)
    assert r.returncode == 0, r.stderr
    assert Proxy.asked == [f"CONNECT 127.0.0.1:{good} HTTP/1.1"]
    r = ls(good, AWS_CA_BUNDLE=CA, HTTPS_PROXY=proxy, NO_PROXY="127.0.0.1")
    assert r.returncode == 0 and len(Proxy.asked) == 1, Proxy.asked


@case
def a_dead_proxy_is_named():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    r = ls(good, AWS_CA_BUNDLE=CA, HTTPS_PROXY=f"http://127.0.0.1:{port}")
    one_line(r, "proxy")
    assert r.returncode == 1


finish()
