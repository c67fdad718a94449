#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every row of the catalogue held against AWS's own service models.

Operations, parameters with their wire names, places and types, paging, and
the paths of rows, columns, joins, identities and drills. What AWS has added
since the installed models were made is listed in newer.json, with AWS's page
and the date of the entry.
"""
import glob
import gzip
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
passed = failed = 0


# Strings in AWS's models that its own clients encode in base64.
ENCODED = {("RunInstances", "UserData")}


def check(ok, what):
    global passed, failed
    if ok:
        passed += 1
    else:
        failed += 1
        print("FAILED", what)
    return ok


def data_folder():
    try:
        import botocore
        return os.path.join(os.path.dirname(botocore.__file__), "data")
    except ImportError:
        return "/usr/lib/python3/dist-packages/botocore/data"


def load(path):
    if os.path.exists(path):
        return json.load(open(path))
    if os.path.exists(path + ".gz"):
        return json.load(gzip.open(path + ".gz"))
    return None


class Model:
    """One service's model, read as its wire form reads it."""

    def __init__(self, service):
        folder = os.path.join(data_folder(), service["name"],
                              service["version"])
        self.service = service
        self.protocol = service["protocol"]
        self.model = load(os.path.join(folder, "service-2.json"))
        pages = load(os.path.join(folder, "paginators-1.json"))
        self.pages = (pages or {}).get("pagination", {})

    def shape(self, name):
        return self.model["shapes"][name]

    def operation(self, name):
        return self.model["operations"].get(name)

    # -- requests --

    def name_in_query(self, member, name):
        """What ec2 and query call a member of a structure."""
        if self.protocol == "ec2":
            if "queryName" in member:
                return member["queryName"]
            wire = member.get("locationName", name)
            return wire[0].upper() + wire[1:]
        return member.get("locationName", name)

    def input(self, operation, path):
        """(shape, wire name, place) of "Filters[].Values[]"; None."""
        op = self.operation(operation)
        if "input" not in op:
            return None
        shape, wire, place = self.shape(op["input"]["shape"]), [], "body"
        for step in path.split("."):
            name, lists = re.match(r"([^[{]+)((?:\[\])*)", step).groups()
            member = shape.get("members", {}).get(name)
            if member is None:
                return None
            place = member.get("location", place)
            shape = self.shape(member["shape"])
            if place != "body":
                wire.append(member.get("locationName", name))
            else:
                wire.append(self.name_in_query(member, name))
            for _ in range(len(lists) // 2):
                if shape["type"] != "list":
                    return None
                wire += self.list_wire(shape, member, wire)
                shape = self.shape(shape["member"]["shape"])
        return shape, ".".join(wire), place

    def list_wire(self, shape, member, wire):
        if self.protocol == "ec2":
            return ["N"]
        item = shape["member"].get("locationName", "member")
        if shape.get("flattened"):
            if "locationName" in shape["member"]:
                wire[-1] = item
            return ["N"]
        return [item, "N"]

    # -- replies --

    def root(self, operation):
        """The reply's root as a stack of one (name, shape) level."""
        output = self.operation(operation).get("output")
        if not output:
            return None
        shape = self.shape(output["shape"])
        if "payload" in shape:
            below = shape["members"][shape["payload"]]["shape"]
            return [self.shape(below)]
        if "resultWrapper" in output:
            shape = {"type": "structure", "members": {
                output["resultWrapper"]: {"shape": output["shape"]}}}
        return [shape]

    def children(self, shape):
        """XML elements below a shape: {name: shape}."""
        if shape["type"] == "structure":
            found = {}
            for name, member in shape.get("members", {}).items():
                if member.get("location"):
                    continue
                below = self.shape(member["shape"])
                wire = member.get("locationName", name)
                if below["type"] == "list" and below.get("flattened"):
                    wire = below["member"].get("locationName", wire)
                    below = self.shape(below["member"]["shape"])
                found[wire] = below
            return found
        if shape["type"] == "list":
            item = shape["member"].get("locationName", "member")
            return {item: self.shape(shape["member"]["shape"])}
        return {}

    def walk(self, stack, path):
        """The stack below the path; None where the model knows none."""
        stack = list(stack)
        for step in split(path):
            if step == "..":
                stack.pop()
                continue
            if step == ".":
                continue
            predicate = re.match(r"([^[]*)\[([^=\]]+)=.*\]$", step)
            if predicate:
                name, inner = predicate.groups()
                below = self.children(stack[-1])
                names = [name] if name else list(below)
                hits = [n for n in names if n in below and
                        self.walk(stack + [below[n]], inner)]
                if not hits:
                    return None
                stack.append(below[hits[0]])
                continue
            below = self.children(stack[-1])
            if step not in below:
                return None
            stack.append(below[step])
        return stack


def split(path):
    """Steps; slashes inside [] do not count."""
    return [s for s in re.findall(r"(?:\[[^]]*\]|[^/\[])+", path) if s]


class Checker:
    def __init__(self, tables, newer):
        self.tables = tables
        self.newer = newer
        self.used = set()
        self.models = {s["name"]: Model(s) for s in tables["services"]}
        self.resources = {r["name"]: r for r in tables["resources"]}

    def is_newer(self, model, operation, member):
        for i, entry in enumerate(self.newer):
            if (entry["service"], entry["operation"], entry["member"]) == (
                    model.service["name"], operation, member):
                self.used.add(i)
                return True
        return False

    def check_service(self, service):
        name = service["name"]
        model = self.models[name]
        if not check(model.model, f"{name}: no model of that version"):
            return
        meta = model.model["metadata"]
        protocol = meta["protocol"]
        if protocol == "json":
            protocol = "json-" + meta["jsonVersion"]
        check(protocol == service["protocol"], f"{name}: protocol {protocol}")
        check(meta["endpointPrefix"] == service["prefix"], f"{name}: prefix")
        check(meta.get("signingName", meta["endpointPrefix"]) ==
              service.get("signing", service["prefix"]), f"{name}: signing")
        check(meta["apiVersion"] == service["version"], f"{name}: version")
        check(meta.get("targetPrefix") == service.get("target"),
              f"{name}: target")
        env = meta["serviceId"].upper().replace(" ", "_").replace("-", "_")
        check(env == service["env"], f"{name}: env is {env}")

    def check_parameter(self, model, op, parameter):
        what = f"{model.service['name']}:{op['name']}({parameter['path']})"
        found = model.input(op["name"], parameter["path"])
        if not found:
            check(self.is_newer(model, op["name"], parameter["path"]),
                  what + ": not in AWS's model")
            return
        shape, wire, place = found
        types = {"long": "integer", "float": "double"}
        kind = types.get(shape["type"], shape["type"])
        mine = parameter["type"]
        encoded = (op["name"], parameter["path"]) in ENCODED
        check(kind == mine or (kind == "list" and mine == "string") or
              (encoded and mine == "blob"),
              f"{what}: its type is {kind}")
        check(place == parameter["place"], f"{what}: its place is {place}")
        if place == "uri":
            check(parameter.get("wire", wire) == wire, f"{what}: {wire}")
        elif place != "body" or model.protocol in ("ec2", "query"):
            check(self.wire(model, parameter) == wire,
                  f"{what}: its wire name is {wire}")

    @staticmethod
    def wire(model, parameter):
        """What protocol_query.c makes of a row."""
        if "wire" in parameter:
            return parameter["wire"]
        path = parameter["path"]
        if parameter["place"] != "body":
            return path
        path = path.replace("[]", ".N" if model.protocol == "ec2"
                            else ".member.N")
        if model.protocol == "ec2":
            path = ".".join(p[0].upper() + p[1:] for p in path.split("."))
        return path

    def check_operation(self, model, op, paged=True):
        name = op["name"]
        what = f"{model.service['name']}:{name}"
        theirs = model.operation(name)
        if not check(theirs, what + ": no such operation"):
            return False
        if model.protocol.startswith("rest"):
            http = theirs["http"]
            check(http["method"] == op.get("method", "POST"),
                  f"{what}: method {http['method']}")
            check(http["requestUri"] == op.get("uri", "/"),
                  f"{what}: URI {http['requestUri']}")
        for parameter in op["parameters"]:
            self.check_parameter(model, op, parameter)
        members = model.shape(theirs["input"]["shape"]) \
            if "input" in theirs else {}
        have = {p["path"].split("[")[0].split(".")[0]
                for p in op["parameters"]}
        for need in members.get("required", []):
            check(need in have, f"{what}: {need} is required")
        if paged:
            self.check_paging(model, op, what)
        return True

    def check_paging(self, model, op, what):
        paging = op["paging"]
        theirs = model.pages.get(op["name"])
        sent = {p["path"] for p in op["parameters"]}
        for part in ("token_in", "token_in2", "size"):
            if part in paging:
                check(paging[part] in sent, f"{what}: {part} is no parameter")
        for part in ("token_out", "token_out2", "more"):
            if part in paging:
                self.check_path(model, op["name"], model.root(op["name"]),
                                "", paging[part], f"{what}: {part}")
        if not theirs:
            check("token_in" not in paging or self.is_newer(
                model, op["name"], paging["token_in"]),
                f"{what}: AWS does not page it")
            return
        first = (theirs["input_token"] if isinstance(
            theirs["input_token"], str) else theirs["input_token"][0])
        check(paging.get("token_in") == first, f"{what}: token is {first}")
        if "limit_key" in theirs:
            check(paging.get("size") in (None, theirs["limit_key"]),
                  f"{what}: size is {theirs['limit_key']}")
        out = theirs["output_token"]
        out = (out if isinstance(out, str) else out[0]).split(" ")[0]
        last = paging.get("token_out", "").split("/")[-1]
        check(last.lower() == out.split(".")[-1].lower(),
              f"{what}: token out is {out}")

    def check_path(self, model, operation, stack, above, path, what):
        """Every alternative is checked; the first found stack is given."""
        found = None
        for part in path.split("|"):
            below = model.walk(stack, part) if stack else None
            full = f"{above}/{part}" if above else part
            check(below or self.is_newer(model, operation, full),
                  f"{what}: AWS has no {full}")
            found = found or below
        return found

    def check_row_paths(self, resource, model, op, kinds, paths, what):
        """A path is right if a row of some kind has it."""
        for path in paths:
            for part in path.split("|"):
                hit = any(stack and model.walk(stack, part)
                          for _, stack in kinds)
                hit = hit or any(self.is_newer(
                    model, op["name"], f"{above}/{part}")
                    for above, _ in kinds)
                check(hit, f"{what}: AWS has no {part}")

    def check_join(self, resource, model, join, columns):
        what = f"{resource['name']}, join {join['name']}"
        op = join["operation"]
        if not self.check_operation(model, op):
            return
        sent = {p["path"] for p in op["parameters"]}
        for name in join["arguments"] + [join["ids"]] * ("ids" in join):
            check(name in sent, f"{what}: {name} is no parameter")
        stack = self.check_path(model, op["name"], model.root(op["name"]), "",
                                join["rows"], what)
        kinds = [(join["rows"], stack)]
        self.check_row_paths(resource, model, op, kinds,
                             [join[k] for k in ("key",) if k in join] +
                             columns, what)
        if "key" not in join:
            check("[]" not in join.get("ids", "[]"),
                  f"{what}: several ids, but no key to tell rows apart")

    def check_drills(self, resource, model, op, kinds, drills):
        for drill in drills:
            what = f"{resource['name']}, {drill['title']}"
            if "resource" not in drill:
                continue
            if drill["resource"] == "*":     # whatever the id is of
                self.check_row_paths(resource, model, op, kinds,
                                     [drill["path"]], what)
                continue
            to = self.resources.get(drill["resource"])
            if not check(to, what + ": no such resource"):
                continue
            sent = {p["path"] for p in to["list"]["parameters"]}
            self.check_filters(to, drill, what)
            for argument in drill["arguments"]:
                name = re.sub(r"\[\d+\]", "[]", argument["parameter"])
                check(name in sent, f"{what}: {name} is no parameter")
                if "path" in argument:
                    self.check_row_paths(resource, model, op, kinds,
                                         [argument["path"]], what)

    def check_filters(self, to, drill, what):
        """EC2's filters are known by the words about the parameter only."""
        model = self.models[to["service"]]
        theirs = model.operation(to["list"]["name"])
        for argument in drill["arguments"]:
            name = argument.get("value", "")
            if not re.match(r"Filters?\[0\]\.Name$", argument["parameter"]):
                continue
            member = argument["parameter"].split("[")[0]
            about = model.shape(theirs["input"]["shape"])["members"][
                member].get("documentation", "")
            name = "tag" if name.startswith("tag:") else name
            check(not about or re.search(
                rf"<code>{re.escape(name)}(</code>|:)", about),
                f"{what}: {to['list']['name']} has no filter {name}")

    def check_resource(self, resource):
        model = self.models[resource["service"]]
        op = resource["list"]
        name = resource["name"]
        if not self.check_operation(model, op):
            return
        check(op["effect"] == "read", f"{name}: listing is not READ")
        root = model.root(op["name"])
        kinds = [(row["path"], self.check_path(
            model, op["name"], root, "", row["path"], name))
            for row in resource["rows"]]
        sent = {p["path"] for p in op["parameters"]}
        for argument in (resource["arguments"] + resource["whole"] +
                         resource["scope"]):
            check(argument in sent, f"{name}: {argument} is no parameter")
        if "get" in resource:
            check(resource["get"] in sent, f"{name}: get is no parameter")
        paths = resource["paths"] + [c["path"] for c in resource["columns"]
                                     if "path" in c and "join" not in c]
        paths += [j["here"] for j in resource["joins"]]
        if resource["tags"]:
            item, key, value = resource["tags"]
            paths += [item, f"{item}/{key}", f"{item}/{value}"]
        self.check_row_paths(resource, model, op, kinds, paths, name)
        for join in resource["joins"]:
            self.check_join(resource, model, join, [
                c["path"] for c in resource["columns"]
                if c.get("join") == join["name"] and "path" in c])
        self.check_drills(resource, model, op, kinds, resource["drills"])
        for row, kind in zip(resource["rows"], kinds):
            self.check_drills(resource, model, op, [kind], row["drills"])
        self.check_actions(resource, model, op, kinds)
        self.check_lists(resource, model, op)

    def check_wait(self, resource, model, op, kinds, action, what):
        """What was made is followed, if something was."""
        to = self.resources.get(action.get("makes"))
        if to:
            model, op = self.models[to["service"]], to["list"]
            root = model.root(op["name"])
            kinds = [(row["path"], model.walk(root, row["path"]))
                     for row in to["rows"]]
        self.check_row_paths(to or resource, model, op, kinds,
                             [action["wait_path"]], what)

    def check_actions(self, resource, model, op, kinds):
        for action in resource["actions"]:
            what = f"{resource['name']}.{action['name']}"
            if "operation" not in action:
                continue
            theirs = action["operation"]
            if not self.check_operation(model, theirs):
                continue
            sent = {p["path"] for op2 in [theirs] + action["turns"]
                    for p in op2["parameters"]}
            for turn in action["turns"]:
                self.check_operation(model, turn)
            self.check_reads(model, action, what)
            self.check_row_paths(resource, model, op, kinds, action["paths"],
                                 what)
            self.check_drills(resource, model, op, kinds,
                              action["dependents"])
            target = [re.sub(r"\[\d+\]", "[]", action["target"])] \
                if "target" in action else []
            for name in action["arguments"] + action["fields"] + target:
                check(name in sent, f"{what}: {name} is no parameter")
            if "wait_path" in action:
                self.check_wait(resource, model, op, kinds, action, what)
            self.check_verify(action, resource, model, op, kinds, what)
            for key in ("answer_made", "answer_text"):
                if key in action:
                    self.check_path(model, theirs["name"],
                                    model.root(theirs["name"]), "",
                                    action[key], what)
            if "answer_rows" in action:
                stack = self.check_path(model, theirs["name"],
                                        model.root(theirs["name"]), "",
                                        action["answer_rows"], what)
                self.check_row_paths(
                    resource, model, theirs, [(action["answer_rows"], stack)],
                    [action["answer_id"], action["answer_state"]], what)

    def check_reads(self, model, action, what):
        """Every path of a field is in a reply of one of them."""
        found = set()
        for read in action["reads"]:
            if not self.check_operation(model, read["operation"], False):
                continue
            sent = {p["path"] for p in read["operation"]["parameters"]}
            for name in read["arguments"]:
                check(name in sent, f"{what}: {name} is no parameter")
            root = model.root(read["operation"]["name"])
            found |= {p for p in read["paths"] if model.walk(root, p)}
        for read in action["reads"]:
            for path in read["paths"]:
                check(path in found, f"{what}: nothing has {path}")
    def rows_of(self, name):
        """What check_row_paths wants to know of another resource."""
        resource = self.resources[name]
        model, op = self.models[resource["service"]], resource["list"]
        return resource, model, op, [(row["path"], self.check_path(
            model, op["name"], model.root(op["name"]), "", row["path"],
            name)) for row in resource["rows"]]

    def check_verify(self, action, resource, model, op, kinds, what):
        verify = action.get("verify")
        if not verify:
            return
        self.check_row_paths(*self.rows_of(verify["resource"]),
                             verify["paths"], what)
        self.check_row_paths(resource, model, op, kinds, verify["rows"],
                             what)

    def check_lists(self, resource, model, op):
        """Every list that a reply may hold is named, so that documents keep
        their shape; item and member need no naming."""
        if model.protocol == "ec2":
            return
        named = set(resource.get("lists", "").split())
        plain = {n.split("/")[-1] for n in named}
        rows = model.walk(model.root(op["name"]), resource["rows"][0]["path"])
        seen = set()

        def visit(shape):
            if id(shape) in seen or shape["type"] not in ("structure", "list"):
                return
            seen.add(id(shape))
            if shape["type"] == "list" and not shape.get("flattened"):
                item = shape["member"].get("locationName", "member")
                check(item == "member" or item in plain,
                      f"{resource['name']}: list of {item} is not in .lists")
            for below in model.children(shape).values():
                visit(below)

        if rows:
            visit(rows[-1])

    def check_step(self, step):
        """A result may be read of two operations: one has it."""
        model, op = self.models[step["service"]], step["operation"]
        what = f"work {step['name']}, {step['step']}"
        if not self.check_operation(model, op):
            return
        sent = {p["path"] for p in op["parameters"]}
        for path in step["arguments"]:
            check(path in sent, f"{what}: {path} is no parameter")
        root = model.root(op["name"])
        for path in step["results"]:
            check(any(model.walk(root, part) for part in path.split("|")),
                  f"{what}: AWS has no {path}")

    def check_derived(self):
        """Names that computed cells look for: somewhere in a reply."""
        folder = os.path.join(HERE, "../../src/catalogue")
        shapes = [(m, shape) for m in self.models.values()
                  for shape in m.model["shapes"].values()
                  if shape["type"] == "structure"]
        names = set()
        for source in glob.glob(os.path.join(folder, "derive*.c")):
            text = open(source).read()
            names |= set(re.findall(
                r'(?:leaf|child|children)\((?:[^()";]|\([^()]*\))*"([^"]+)"',
                text))
            names |= {n for block in re.findall(
                r"paths\[\] = \{(.*?)\}", text, re.S)
                for n in re.findall(r'"([^"]+)"', block)}
        check(len(names) > 20, "computed cells: names are not found")
        for name in sorted(names):
            known = any(m.walk([shape], name) for m, shape in shapes)
            for i, entry in enumerate(self.newer):
                if entry["member"].split("/")[-1] == name.split("/")[0]:
                    self.used.add(i)
                    known = True
            check(known, f"computed cells: AWS has no {name}")

    def check_newer(self):
        """Entries that nobody needs, or that the model knows, are errors."""
        for i, entry in enumerate(self.newer):
            what = f"newer.json: {entry['operation']} {entry['member']}"
            for key in ("service", "operation", "member", "date", "page"):
                check(key in entry, f"{what}: no {key}")
            model = self.models[entry["service"]]
            known = model.input(entry["operation"], entry["member"])
            root = model.root(entry["operation"])
            known = known or (root and model.walk(root, entry["member"]))
            check(not known, what + ": the model knows it by now")
            check(i in self.used, what + ": nobody needs it")


def main():
    program = os.path.join(os.environ.get("BUILD", "."),
                           "contract_dump_tables")
    if not glob.glob(os.path.join(data_folder(), "ec2", "*")):
        print("skip: AWS's models (python3-botocore) are not installed")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    tables = json.loads(subprocess.run([program], check=True,
                                       stdout=subprocess.PIPE).stdout)
    newer = json.load(open(os.path.join(HERE, "newer.json")))
    checker = Checker(tables, newer)
    for service in tables["services"]:
        checker.check_service(service)
    for resource in tables["resources"]:
        checker.check_resource(resource)
    for step in tables["workflows"]:
        checker.check_step(step)
    checker.check_derived()
    checker.check_newer()
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return failed > 0


sys.exit(main())
