# SPDX-License-Identifier: MIT
"""What the contract scripts share: the program, the simulator, counting."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import traceback

TUCUXI = os.environ.get("TUCUXI", "./tucuxi")
KEY, SECRET = "AKIATUCUXIDEMO000001", "tucuxi/demo+secret/key/of/no/value/0001x"
HOME = tempfile.mkdtemp(prefix="tucuxi-contract-")
counts = {"passed": 0, "failed": 0, "skipped": 0}
children = []


def environment(**more):
    env = {"PATH": "/usr/bin:/bin", "HOME": HOME, "LANG": "C.UTF-8",
           "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET,
           "AWS_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true",
           "AWS_CONFIG_FILE": os.path.join(HOME, "config"),
           "AWS_SHARED_CREDENTIALS_FILE": os.path.join(HOME, "credentials")}
    for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
        if name in os.environ:
            env[name] = os.environ[name]
    env.update(more)
    return {k: v for k, v in env.items() if v is not None}


def run(*arguments, env=None, **more):
    more.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.run([TUCUXI, *arguments], env=env or environment(),
                          stdout=more.pop("stdout", subprocess.PIPE),
                          stderr=subprocess.PIPE, timeout=120, **more)


def sim(*options):
    child = subprocess.Popen([TUCUXI, "sim", "--port", "0", *options],
                             stdout=subprocess.PIPE, text=True,
                             env=environment())
    children.append(child)
    found = re.search(r"http://\S+", child.stdout.readline())
    assert found, "the simulator did not start"
    return found.group(0)


def skip(name, why):
    print(f"skip {name}: {why}")
    counts["skipped"] += 1


def case(function):
    """Runs it now; what it asserts decides."""
    try:
        function()
        counts["passed"] += 1
        print(f"ok   {function.__name__}")
    except Exception:
        counts["failed"] += 1
        print(f"FAIL {function.__name__}")
        traceback.print_exc(file=sys.stdout)
    return function


def finish():
    for child in children:
        child.kill()
    shutil.rmtree(HOME, ignore_errors=True)
    print("{passed} passed, {failed} failed, {skipped} skipped"
          .format(**counts))
    sys.exit(1 if counts["failed"] else 0)


def one_line(result, *words):
    """One clear line on standard error that has the words; no partial rows."""
    text = result.stderr.decode()
    assert text.startswith("tucuxi: "), text
    assert text.count("\n") == 1, text
    for word in words:
        assert word in text, (word, text)


def rows(result):
    return json.loads(result.stdout)
