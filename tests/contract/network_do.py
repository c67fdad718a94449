#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`tucuxi do` on EC2's network: what it did is read back with the real AWS
CLI; what it must not do, and what AWS refuses, is said and leaves nothing."""
import json
import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from program import case, environment, finish, rows, run, sim, skip

AWS = shutil.which("aws", path="/usr/bin:/bin:/usr/local/bin")
URL = sim()


def do(*words):
    return run("do", *words, "-o", "json", "--endpoint-url", URL)


def done(*words):
    """All well; what was made."""
    r = do(*words)
    assert r.returncode == 0, (words, r.stdout, r.stderr)
    return [row.get("made") or "" for row in rows(r)][0]


def make(*words):
    made = done(*words, "--yes")
    assert made, words
    return made


def refused(code, *words):
    """AWS says no: the row has its code, nothing was done."""
    r = do(*words)
    assert r.returncode == 1, (words, r.returncode, r.stderr)
    assert code in r.stdout.decode(), (code, r.stdout)


def wrong(said, *words):
    """The line itself is wrong: nothing is sent."""
    r = do(*words, "--yes")
    assert r.returncode == 2, (words, r.returncode, r.stdout, r.stderr)
    assert said in r.stderr.decode(), r.stderr


def ls(resource, *words):
    r = run("ls", resource, *words, "-o", "json", "--endpoint-url", URL)
    assert r.returncode == 0, r.stderr
    return rows(r)


def aws(operation, *words):
    """What Amazon's own client reads; the one list of the answer."""
    r = subprocess.run(
        [AWS, "ec2", operation, "--endpoint-url", URL, "--region",
         "us-east-1", "--output", "json", *words],
        env=environment(PATH="/usr/local/bin:/usr/bin:/bin"),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, timeout=120)
    assert r.returncode == 0, r.stderr
    return next(iter(json.loads(r.stdout).values()))


if not AWS:
    skip("the AWS CLI", "is not installed")
    finish()


def nat_gateway(subnet):
    address = make("addresses.allocate", "tags=Name=out")
    nat = make("nat-gateways.new", f"subnet={subnet}", f"address={address}")
    found, = aws("describe-nat-gateways", "--nat-gateway-ids", nat)
    assert found["NatGatewayAddresses"][0]["AllocationId"] == address
    assert found["State"] == "pending"
    refused("InvalidIPAddress.InUse", "addresses.release", address,
            "--confirm=out")
    done("nat-gateways.delete", nat, f"--confirm={nat[-4:]}")
    done("addresses.release", address, "--confirm=out")
    assert address not in [a["AllocationId"]
                           for a in aws("describe-addresses")]


@case
def a_vpc_is_built_and_taken_down():
    vpc = make("vpcs.new", "cidr=10.60.0.0/16", "tags=Name=lab")
    found, = aws("describe-vpcs", "--vpc-ids", vpc)
    assert found["Tags"] == [{"Key": "Name", "Value": "lab"}]
    done("vpcs.dns-names", vpc, "on=true", "--yes")
    subnet = make("subnets.new", f"vpc={vpc}", "cidr=10.60.1.0/24",
                  "zone=us-east-1b", "tags=Name=lab-b")
    found, = aws("describe-subnets", "--subnet-ids", subnet)
    assert found["AvailabilityZone"] == "us-east-1b"
    done("subnets.modify", subnet, "public=true", "--yes")
    found, = aws("describe-subnets", "--subnet-ids", subnet)
    assert found["MapPublicIpOnLaunch"]
    gateway = make("internet-gateways.new")
    done("internet-gateways.attach", gateway, f"vpc={vpc}", "--yes")
    refused("Resource.AlreadyAssociated", "internet-gateways.attach",
            gateway, f"vpc={vpc}", "--yes")
    table = make("route-tables.new", f"vpc={vpc}")
    done("route-tables.associate", table, f"subnet={subnet}", "--yes")
    done("routes.new", f"table={table}", "destination=0.0.0.0/0",
         f"gateway={gateway}", "--yes")
    refused("RouteAlreadyExists", "routes.new", f"table={table}",
            "destination=0.0.0.0/0", f"gateway={gateway}", "--yes")
    found, = aws("describe-route-tables", "--route-table-ids", table)
    assert found["Routes"][1]["GatewayId"] == gateway
    assert found["Associations"][0]["SubnetId"] == subnet
    nat_gateway(subnet)
    refused("DependencyViolation", "vpcs.delete", vpc, "--confirm=lab")
    done("routes.delete", f"{table}/0.0.0.0/0", "--yes")
    assert len(aws("describe-route-tables", "--route-table-ids",
                   table)[0]["Routes"]) == 1
    done("route-tables.disassociate", table, "--yes")
    done("route-tables.delete", table, f"--confirm={table[-4:]}")
    done("internet-gateways.detach", gateway, "--yes")
    done("internet-gateways.delete", gateway, f"--confirm={gateway[-4:]}")


def rules_of(group, out=False):
    return [r for r in aws("describe-security-group-rules", "--filters",
                           f"Name=group-id,Values={group}")
            if r["IsEgress"] == out]


def group_used():
    return next(g["id"] for g in ls("sg") if g["name"] == "public-web")


@case
def rules_are_added_changed_copied_and_revoked():
    group = make("security-groups.new", "name=do", "description=by hand")
    other = make("security-groups.new", "name=do-2", "description=a copy")
    wrong("10.1.0.0/16 was meant", "sgr.add", f"group={group}", "from=22",
          "to=22", "cidr=10.1.2.3/16")
    wrong("cidr", "sgr.add", f"group={group}", "from=22", "to=22")
    wrong("from", "sgr.add", f"group={group}", "from=70000", "to=22",
          "cidr=10.0.0.0/8")
    wrong("tcp", "sgr.add", f"group={group}", "protocol=smtp", "from=1",
          "to=1", "cidr=10.0.0.0/8")
    rule = make("sgr.add", f"group={group}", "from=8000", "to=8010",
                "cidr=203.0.113.7", "note=one host")
    found, = rules_of(group)
    assert found["SecurityGroupRuleId"] == rule
    assert found["CidrIpv4"] == "203.0.113.7/32"
    assert found["Description"] == "one host"
    refused("InvalidPermission.Duplicate", "sgr.add", f"group={group}",
            "from=8000", "to=8010", "cidr=203.0.113.7", "--yes")
    refused("InvalidParameterValue", "sgr.add", f"group={group}",
            "from=9", "to=8", "cidr=203.0.113.7", "--yes")
    done("sgr.edit", rule, "note=the same host", "--yes")
    found, = rules_of(group)
    assert found["Description"] == "the same host"
    assert (found["FromPort"], found["ToPort"]) == (8000, 8010)
    copy = make("sgr.copy", rule, f"group={other}")
    found, = rules_of(other)
    assert found["SecurityGroupRuleId"] == copy
    assert found["CidrIpv4"] == "203.0.113.7/32"
    refused("DependencyViolation", "security-groups.delete", group_used(),
            "--confirm=public-web")
    mine = make("sgr.let-in", f"group={group}", "address=198.51.100.4")
    done("sgr.revoke", mine, rule, "--yes")
    assert rules_of(group) == []
    out = make("sgr.add-out", f"group={group}", "protocol=udp", "from=53",
               "to=53", "peer=ipv6", "cidr6=2001:db8::/32")
    assert out in [r["SecurityGroupRuleId"] for r in rules_of(group, True)]
    done("sgr.revoke-out", out, "--yes")
    done("security-groups.delete", group, "--confirm=do")
    done("security-groups.delete", other, "--confirm=do-2")


@case
def one_group_in_several_regions():
    r = do("security-groups.new", "name=many", "description=d", "-r",
           "us-east-1,eu-west-1,ap-south-1", "--yes")
    made = {row["region"]: row["made"] for row in rows(r)}
    assert r.returncode == 0 and len(made) == 3, (r.stdout, r.stderr)
    for region, group in made.items():
        found = ls("sg", "-r", region, "--filter", "name=many")
        assert [g["id"] for g in found] == [group], region
    again = do("security-groups.new", "name=many", "description=d", "-r",
               "us-east-1,us-west-2", "--yes")
    assert again.returncode == 1
    ends = {row["region"]: row["result"] for row in rows(again)}
    assert ends == {"us-east-1": "failed", "us-west-2": "done"}, ends


@case
def nothing_is_opened_unasked():
    group = group_used()
    before = len(rules_of(group))
    for words in (("sgr.add", f"group={group}", "from=22", "to=22",
                   "cidr=0.0.0.0/0"),
                  ("addresses.allocate",), ("vpcs.new", "cidr=10.9.0.0/16"),
                  ("security-groups.delete", group, "--yes")):
        assert do(*words).returncode == 3, words
        read_only = run("do", *words, "--yes", "--read-only",
                        "--endpoint-url", URL)
        assert read_only.returncode == 4, words
    assert len(rules_of(group)) == before


@case
def an_address_goes_to_an_instance_and_back():
    instance = next(i["id"] for i in ls("instances")
                    if i["state"] == "running" and not i["public_ip"])
    address = make("addresses.allocate")
    done("addresses.associate", address, f"instance={instance}", "--yes")
    found, = aws("describe-addresses", "--allocation-ids", address)
    assert found["InstanceId"] == instance
    wrong("instance", "addresses.associate", address)
    done("addresses.disassociate", address, "--yes")
    found, = aws("describe-addresses", "--allocation-ids", address)
    assert "AssociationId" not in found
    done("addresses.release", address, f"--confirm={address[-4:]}")


@case
def entries_of_an_acl():
    vpc = next(v["id"] for v in ls("vpcs") if v["name"] == "stage")
    acl = make("network-acls.new", f"vpc={vpc}", "tags=Name=tight")
    done("network-acl-entries.new", f"acl={acl}", "out=false", "number=100",
         "action=deny", "protocol=6", "cidr=203.0.113.0/24", "from=22",
         "to=22", "--yes")
    found, = aws("describe-network-acls", "--network-acl-ids", acl)
    entry = found["Entries"][-1]
    assert entry["RuleAction"] == "deny" and entry["PortRange"]["To"] == 22
    refused("NetworkAclEntryAlreadyExists", "network-acl-entries.new",
            f"acl={acl}", "out=false", "number=100", "action=allow",
            "protocol=-1", "cidr=0.0.0.0/0", "--yes")
    done("network-acl-entries.replace", f"{acl}/false/100", "action=allow",
         "--yes")
    found, = aws("describe-network-acls", "--network-acl-ids", acl)
    assert found["Entries"][-1]["RuleAction"] == "allow"
    done("network-acl-entries.delete", f"{acl}/false/100", "--yes")
    found, = aws("describe-network-acls", "--network-acl-ids", acl)
    assert len(found["Entries"]) == 2
    done("network-acls.delete", acl, "--confirm=tight")


@case
def what_hangs_on_a_vpc():
    vpcs = {v["name"]: v["id"] for v in ls("vpcs")}
    options = make("dhcp-options.new", "domain=lab.test", "ntp=10.0.0.1",
                   "ntp=10.0.0.2")
    found, = aws("describe-dhcp-options", "--dhcp-options-ids", options)
    values = {c["Key"]: [v["Value"] for v in c["Values"]]
              for c in found["DhcpConfigurations"]}
    assert values["ntp-servers"] == ["10.0.0.1", "10.0.0.2"]
    assert values["domain-name"] == ["lab.test"]
    done("vpcs.dhcp", vpcs["stage"], f"options={options}", "--yes")
    refused("DependencyViolation", "dhcp-options.delete", options,
            f"--confirm={options[-4:]}")
    done("vpcs.dhcp", vpcs["stage"], "options=default", "--yes")
    done("dhcp-options.delete", options, f"--confirm={options[-4:]}")
    endpoint = make("vpc-endpoints.new", f"vpc={vpcs['prod']}",
                    "service=com.amazonaws.us-east-1.dynamodb")
    refused("InvalidServiceName", "vpc-endpoints.new",
            f"vpc={vpcs['prod']}", "service=com.amazonaws.mars.s3", "--yes")
    done("vpc-endpoints.delete", endpoint, f"--confirm={endpoint[-4:]}")
    peering = next(p["id"] for p in ls("vpc-peerings"))
    refused("VpcPeeringConnectionAlreadyExists", "vpc-peerings.new",
            f"vpc={vpcs['stage']}", f"peer={vpcs['prod']}", "--yes")
    done("vpc-peerings.delete", peering, "--confirm=stage-prod")
    found, = aws("describe-vpc-peering-connections",
                 "--vpc-peering-connection-ids", peering)
    assert found["Status"]["Code"] == "deleted"


@case
def the_way_to_the_office():
    theirs = make("customer-gateways.new", "address=192.0.2.9", "asn=65010",
                  "device=router")
    wrong("address", "customer-gateways.new", "address=office")
    ours = make("vpn-gateways.new")
    vpc = next(v["id"] for v in ls("vpcs") if v["name"] == "stage")
    done("vpn-gateways.attach", ours, f"vpc={vpc}", "--yes")
    vpn = make("vpn-connections.new", f"customer={theirs}",
               f"gateway={ours}", "static=true")
    found, = aws("describe-vpn-connections", "--vpn-connection-ids", vpn)
    assert found["Options"]["StaticRoutesOnly"]
    refused("IncorrectState", "customer-gateways.delete", theirs,
            f"--confirm={theirs[-4:]}")
    done("vpn-connections.delete", vpn, f"--confirm={vpn[-4:]}")
    done("customer-gateways.delete", theirs, f"--confirm={theirs[-4:]}")
    done("vpn-gateways.detach", ours, "--yes")


@case
def an_interface_is_moved():
    instance = next(i for i in ls("instances") if i["state"] == "running")
    eni = make("network-interfaces.new", f"subnet={instance['subnet']}",
               "description=spare")
    found, = aws("describe-network-interfaces", "--network-interface-ids",
                 eni)
    assert found["Description"] == "spare"
    group = found["Groups"][0]["GroupId"]
    done("network-interfaces.groups", eni, f"groups={group}", "--yes")
    done("network-interfaces.check", eni, "on=false", "--yes")
    found, = aws("describe-network-interfaces", "--network-interface-ids",
                 eni)
    assert not found["SourceDestCheck"]


finish()
