#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""EC2's network in the simulator, held against boto3.

Every reply is walked against AWS's own model (sim_cli.py), and every refusal
is AWS's code. The last line is "N passed, N failed, N skipped".
"""
import json
import os
import subprocess
import sys

import botocore

import sim_cli
from sim_cli import Sim, refused

tests = []


def test(function):
    tests.append(function)
    return function


def ids(rows, name):
    return [row[name] for row in rows]


def new_vpc(ec2, cidr, **more):
    return ec2.create_vpc(CidrBlock=cidr, **more)['Vpc']['VpcId']


def vpc_named(ec2, name):
    return ec2.describe_vpcs(Filters=[
        {'Name': 'tag:Name', 'Values': [name]}])['Vpcs'][0]['VpcId']


LISTS = (
    ('describe_vpcs', 'Vpcs', 'VpcId'),
    ('describe_subnets', 'Subnets', 'SubnetId'),
    ('describe_security_groups', 'SecurityGroups', 'GroupId'),
    ('describe_security_group_rules', 'SecurityGroupRules',
     'SecurityGroupRuleId'),
    ('describe_dhcp_options', 'DhcpOptions', 'DhcpOptionsId'),
    ('describe_internet_gateways', 'InternetGateways', 'InternetGatewayId'),
    ('describe_network_acls', 'NetworkAcls', 'NetworkAclId'),
    ('describe_route_tables', 'RouteTables', 'RouteTableId'),
    ('describe_network_interfaces', 'NetworkInterfaces',
     'NetworkInterfaceId'),
    ('describe_nat_gateways', 'NatGateways', 'NatGatewayId'),
    ('describe_vpc_peering_connections', 'VpcPeeringConnections',
     'VpcPeeringConnectionId'),
    ('describe_vpc_endpoints', 'VpcEndpoints', 'VpcEndpointId'),
)

WHOLE = (
    ('describe_addresses', 'Addresses', 'AllocationId'),
    ('describe_vpn_gateways', 'VpnGateways', 'VpnGatewayId'),
    ('describe_customer_gateways', 'CustomerGateways', 'CustomerGatewayId'),
    ('describe_vpn_connections', 'VpnConnections', 'VpnConnectionId'),
)


@test
def every_list_has_rows_of_one_id(sim):
    for region in ('us-east-1', 'eu-west-3'):
        ec2 = sim.client('ec2', region)
        for call, key, name in LISTS + WHOLE:
            rows = getattr(ec2, call)()[key]
            assert rows, f'{call} is empty'
            found = ids(rows, name)
            assert len(found) == len(set(found)), call


@test
def lists_page_and_find_by_id(sim):
    ec2 = sim.client('ec2')
    for call, key, name in LISTS:
        whole = ids(getattr(ec2, call)()[key], name)
        pages = ec2.get_paginator(call).paginate(
            PaginationConfig={'PageSize': 5})
        assert ids([r for p in pages for r in p[key]], name) == whole, call
    for call, key, name in LISTS + WHOLE:
        whole = ids(getattr(ec2, call)()[key], name)
        parameter = {'DhcpOptionsId': 'DhcpOptionsIds'}.get(name, name + 's')
        rows = getattr(ec2, call)(**{parameter: whole[-1:]})[key]
        assert ids(rows, name) == whole[-1:], call
        prefix = whole[0].split('-')[0]
        try:
            getattr(ec2, call)(**{parameter: [prefix + '-0123456789abcdef0']})
        except sim_cli.ClientError as error:
            code = error.response['Error']['Code']
            assert 'NotFound' in code, f'{call}: {code}'
        else:
            raise AssertionError(f'{call} finds what is not there')


@test
def tables_ask_for_filters_that_there_are(sim):
    """Every drill-down by a filter into these lists is answered."""
    program = os.path.join(os.environ.get('BUILD', '.'),
                           'contract_dump_tables')
    tables = json.loads(subprocess.run([program], check=True,
                                       stdout=subprocess.PIPE).stdout)
    ours = {row[0] for row in LISTS + WHOLE} | {'describe_instances'}
    lists = {r['name']: r['list']['name'] for r in tables['resources']
             if botocore.xform_name(r['list']['name']) in ours}
    ec2 = sim.client('ec2')
    asked = set()
    for drill in (d for r in tables['resources'] for d in r['drills']
                  if d.get('resource') in lists):
        for argument in drill['arguments']:
            if not argument['parameter'].endswith('[0].Name'):
                continue
            asked.add((lists[drill['resource']], argument['value'],
                       argument['parameter'].split('[')[0]))
    assert len(asked) > 30
    for operation, name, parameter in sorted(asked):
        call = getattr(ec2, botocore.xform_name(operation))
        call(**{parameter: [{'Name': name, 'Values': ['nothing']}]})


@test
def things_name_things_that_are_there(sim):
    ec2 = sim.client('ec2')
    have = {}
    for call, key, name in LISTS + WHOLE:
        have[name] = set(ids(getattr(ec2, call)()[key], name))
    for eni in ec2.describe_network_interfaces()['NetworkInterfaces']:
        assert eni['SubnetId'] in have['SubnetId']
        assert eni['VpcId'] in have['VpcId']
        assert {g['GroupId'] for g in eni['Groups']} <= have['GroupId']
    for address in ec2.describe_addresses()['Addresses']:
        if 'NetworkInterfaceId' in address:
            assert address['NetworkInterfaceId'] in have['NetworkInterfaceId']
    for vpc in ec2.describe_vpcs()['Vpcs']:
        assert vpc['DhcpOptionsId'] in have['DhcpOptionsId']
    for nat in ec2.describe_nat_gateways()['NatGateways']:
        assert nat['SubnetId'] in have['SubnetId']
        eni = ec2.describe_network_interfaces(NetworkInterfaceIds=[
            nat['NatGatewayAddresses'][0]['NetworkInterfaceId']])
        assert eni['NetworkInterfaces'][0]['InterfaceType'] == 'nat_gateway'
    for rule in ec2.describe_security_group_rules()['SecurityGroupRules']:
        assert rule['GroupId'] in have['GroupId']


@test
def interfaces_are_those_of_instances(sim):
    ec2 = sim.client('ec2')
    instance = next(i for i in sim_cli.instances(ec2)
                    if i['State']['Name'] == 'running' and
                    'PublicIpAddress' in i)
    eni, = ec2.describe_network_interfaces(Filters=[
        {'Name': 'attachment.instance-id',
         'Values': [instance['InstanceId']]}])['NetworkInterfaces']
    assert eni['PrivateIpAddress'] == instance['PrivateIpAddress']
    assert eni['Association']['PublicIp'] == instance['PublicIpAddress']
    assert eni['NetworkInterfaceId'] == \
        instance['NetworkInterfaces'][0]['NetworkInterfaceId']


# Security groups ------------------------------------------------------------

@test
def groups_are_made_and_deleted(sim):
    ec2 = sim.client('ec2', 'eu-west-1')
    vpc = vpc_named(ec2, 'prod')
    group = ec2.create_security_group(
        GroupName='db', Description='databases', VpcId=vpc,
        TagSpecifications=[{'ResourceType': 'security-group', 'Tags': [
            {'Key': 'Name', 'Value': 'db'}]}])['GroupId']
    row, = ec2.describe_security_groups(GroupIds=[group])['SecurityGroups']
    assert row['VpcId'] == vpc and row['IpPermissions'] == []
    assert row['IpPermissionsEgress'][0]['IpProtocol'] == '-1'
    assert row['Tags'] == [{'Key': 'Name', 'Value': 'db'}]
    refused('InvalidGroup.Duplicate', ec2.create_security_group,
            GroupName='db', Description='x', VpcId=vpc)
    for name in ('sg-x', 'default', 'a\nb'):
        refused('InvalidParameterValue', ec2.create_security_group,
                GroupName=name, Description='x', VpcId=vpc)
    refused('InvalidVpcID.NotFound', ec2.create_security_group,
            GroupName='y', Description='x', VpcId='vpc-0123456789abcdef0')
    refused('DryRunOperation', ec2.delete_security_group, GroupId=group,
            DryRun=True)
    ec2.delete_security_group(GroupId=group)
    refused('InvalidGroup.NotFound', ec2.delete_security_group,
            GroupId=group)
    for name, code in (('default', 'CannotDelete'),
                       ('internal', 'DependencyViolation')):
        found, = ec2.describe_security_groups(Filters=[
            {'Name': 'group-name', 'Values': [name]},
            {'Name': 'vpc-id', 'Values': [vpc]}])['SecurityGroups']
        refused(code, ec2.delete_security_group, GroupId=found['GroupId'])


def rules_of(ec2, group, egress=False):
    rows = ec2.describe_security_group_rules(Filters=[
        {'Name': 'group-id', 'Values': [group]}])['SecurityGroupRules']
    return [r for r in rows if r['IsEgress'] == egress]


@test
def rules_come_and_go(sim):
    ec2 = sim.client('ec2', 'eu-west-1')
    group = ec2.create_security_group(GroupName='r', Description='d')
    group = group['GroupId']
    ssh = {'IpProtocol': 'tcp', 'FromPort': 22, 'ToPort': 22, 'IpRanges': [
        {'CidrIp': '203.0.113.7/32', 'Description': 'me'},
        {'CidrIp': '198.51.100.0/24'}]}
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[ssh])
    rows = rules_of(ec2, group)
    assert [r['CidrIpv4'] for r in rows] == ['203.0.113.7/32',
                                             '198.51.100.0/24']
    assert rows[0]['Description'] == 'me' and rows[0]['FromPort'] == 22
    told, = ec2.describe_security_groups(
        GroupIds=[group])['SecurityGroups'][0]['IpPermissions']
    assert len(told['IpRanges']) == 2 and told['ToPort'] == 22
    assert group in ids(ec2.describe_security_groups(Filters=[
        {'Name': 'ip-permission.cidr', 'Values': ['203.0.113.7/32']},
        {'Name': 'ip-permission.from-port', 'Values': ['22']}
    ])['SecurityGroups'], 'GroupId')
    refused('InvalidPermission.Duplicate',
            ec2.authorize_security_group_ingress, GroupId=group,
            IpPermissions=[ssh])
    for bad, code in (
            ({'IpProtocol': 'x'}, 'InvalidPermission.Malformed'),
            ({'FromPort': 23}, 'InvalidParameterValue'),
            ({'FromPort': 70000, 'ToPort': 70001}, 'InvalidParameterValue'),
            ({'IpRanges': [{'CidrIp': '1.2.3.4'}]}, 'InvalidParameterValue'),
            ({'IpRanges': [], 'UserIdGroupPairs': [
                {'GroupId': 'sg-0123456789abcdef0'}]},
             'InvalidGroup.NotFound')):
        refused(code, ec2.authorize_security_group_ingress, GroupId=group,
                IpPermissions=[dict(ssh, **bad)])
    change = {'IpProtocol': 'tcp', 'FromPort': 2222, 'ToPort': 2222,
              'CidrIpv4': '203.0.113.7/32', 'Description': 'moved'}
    rule = rows[0]['SecurityGroupRuleId']
    ec2.modify_security_group_rules(GroupId=group, SecurityGroupRules=[
        {'SecurityGroupRuleId': rule, 'SecurityGroupRule': change}])
    row, = ec2.describe_security_group_rules(
        SecurityGroupRuleIds=[rule])['SecurityGroupRules']
    assert row['FromPort'] == 2222 and row['Description'] == 'moved'
    ec2.revoke_security_group_ingress(GroupId=group,
                                      SecurityGroupRuleIds=[rule])
    refused('InvalidSecurityGroupRuleId.NotFound',
            ec2.revoke_security_group_ingress, GroupId=group,
            SecurityGroupRuleIds=[rule])
    refused('InvalidPermission.NotFound', ec2.revoke_security_group_ingress,
            GroupId=group, IpPermissions=[dict(ssh, FromPort=21, ToPort=21)])
    ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=[dict(
        ssh, IpRanges=ssh['IpRanges'][1:])])
    assert rules_of(ec2, group) == []
    ec2.authorize_security_group_egress(GroupId=group, IpPermissions=[{
        'IpProtocol': 'udp', 'FromPort': 53, 'ToPort': 53,
        'Ipv6Ranges': [{'CidrIpv6': '::/0'}]}])
    assert len(rules_of(ec2, group, True)) == 2
    many = [{'CidrIp': f'10.0.{n}.0/24'} for n in range(60)]
    refused('RulesPerSecurityGroupLimitExceeded',
            ec2.authorize_security_group_ingress, GroupId=group,
            IpPermissions=[dict(ssh, IpRanges=many + [
                {'CidrIp': '10.1.0.0/24'}])])
    ec2.delete_security_group(GroupId=group)


# Addresses ------------------------------------------------------------------

@test
def addresses_live(sim):
    ec2 = sim.client('ec2', 'eu-west-2')
    mine = ec2.allocate_address(Domain='vpc')
    instance = next(i for i in sim_cli.instances(ec2)
                    if i['State']['Name'] == 'running' and
                    'PublicIpAddress' not in i)['InstanceId']
    refused('DryRunOperation', ec2.associate_address, InstanceId=instance,
            AllocationId=mine['AllocationId'], DryRun=True)
    link = ec2.associate_address(InstanceId=instance,
                                 AllocationId=mine['AllocationId'])
    row, = sim_cli.instances(ec2, InstanceIds=[instance])
    assert row['PublicIpAddress'] == mine['PublicIp']
    eni, = ec2.describe_network_interfaces(Filters=[
        {'Name': 'association.public-ip', 'Values': [mine['PublicIp']]}
    ])['NetworkInterfaces']
    assert eni['Association']['AllocationId'] == mine['AllocationId']
    refused('Resource.AlreadyAssociated', ec2.associate_address,
            InstanceId=instance, AllocationId=mine['AllocationId'],
            AllowReassociation=False)
    refused('InvalidIPAddress.InUse', ec2.release_address,
            AllocationId=mine['AllocationId'])
    ec2.disassociate_address(AssociationId=link['AssociationId'])
    refused('InvalidAssociationID.NotFound', ec2.disassociate_address,
            AssociationId=link['AssociationId'])
    ec2.release_address(AllocationId=mine['AllocationId'])
    refused('InvalidAllocationID.NotFound', ec2.release_address,
            AllocationId=mine['AllocationId'])
    refused('InvalidAddress.NotFound', ec2.describe_addresses,
            PublicIps=[mine['PublicIp']])
    refused('InvalidAddress.NotFound', ec2.release_address,
            PublicIp=mine['PublicIp'])
    made = []
    try:
        for _ in range(20):
            made.append(ec2.allocate_address()['AllocationId'])
    except sim_cli.ClientError as error:
        assert error.response['Error']['Code'] == 'AddressLimitExceeded'
    assert 0 < len(made) < 20
    for allocation in made:
        ec2.release_address(AllocationId=allocation)


# VPCs -----------------------------------------------------------------------

@test
def a_vpc_from_nothing(sim):
    ec2 = sim.client('ec2', 'ca-central-1')
    vpc = new_vpc(ec2, '10.50.0.0/16')
    only = [{'Name': 'vpc-id', 'Values': [vpc]}]
    for name, before in (('enableDnsSupport', True),
                         ('enableDnsHostnames', False)):
        key = name[0].upper() + name[1:]

        def value():
            return ec2.describe_vpc_attribute(
                VpcId=vpc, Attribute=name)[key]['Value']
        assert value() == before
        ec2.modify_vpc_attribute(VpcId=vpc, **{key: {'Value': not before}})
        assert value() != before
    refused('InvalidParameterCombination', ec2.modify_vpc_attribute,
            VpcId=vpc, EnableDnsSupport={'Value': True},
            EnableDnsHostnames={'Value': True})
    refused('MissingParameter', ec2.modify_vpc_attribute, VpcId=vpc)
    main, = ec2.describe_route_tables(Filters=only)['RouteTables']
    assert main['Associations'][0]['Main']
    group, = ec2.describe_security_groups(Filters=only)['SecurityGroups']
    assert group['GroupName'] == 'default'
    acl, = ec2.describe_network_acls(Filters=only)['NetworkAcls']
    assert acl['IsDefault'] and len(acl['Entries']) == 4
    for cidr, code in (('10.51.0.0/24', 'InvalidSubnet.Range'),
                       ('10.50.0.0/29', 'InvalidSubnet.Range'),
                       ('10.50.0.0', 'InvalidParameterValue')):
        refused(code, ec2.create_subnet, VpcId=vpc, CidrBlock=cidr)
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock='10.50.1.0/24',
                               AvailabilityZone='ca-central-1b')['Subnet']
    assert subnet['AvailableIpAddressCount'] == 251
    refused('InvalidSubnet.Conflict', ec2.create_subnet, VpcId=vpc,
            CidrBlock='10.50.1.128/25')
    refused('InvalidParameterValue', ec2.create_subnet, VpcId=vpc,
            CidrBlock='10.50.2.0/24', AvailabilityZone='us-east-1a')
    ec2.modify_subnet_attribute(SubnetId=subnet['SubnetId'],
                                MapPublicIpOnLaunch={'Value': True})
    acl, = ec2.describe_network_acls(Filters=only)['NetworkAcls']
    assert ids(acl['Associations'], 'SubnetId') == [subnet['SubnetId']]
    refused('DependencyViolation', ec2.delete_vpc, VpcId=vpc)
    gateway = ec2.create_internet_gateway()['InternetGateway']
    gateway = gateway['InternetGatewayId']
    refused('Gateway.NotAttached', ec2.detach_internet_gateway,
            InternetGatewayId=gateway, VpcId=vpc)
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    refused('Resource.AlreadyAssociated', ec2.attach_internet_gateway,
            InternetGatewayId=gateway, VpcId=vpc)
    refused('DependencyViolation', ec2.delete_internet_gateway,
            InternetGatewayId=gateway)
    routes(ec2, vpc, subnet['SubnetId'], gateway)
    nat_gateway(ec2, subnet['SubnetId'], vpc, gateway)
    ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    ec2.delete_internet_gateway(InternetGatewayId=gateway)


def routes(ec2, vpc, subnet, gateway):
    table = ec2.create_route_table(VpcId=vpc)['RouteTable']['RouteTableId']
    link = ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
    refused('Resource.AlreadyAssociated', ec2.associate_route_table,
            RouteTableId=table, SubnetId=subnet)
    ec2.create_route(RouteTableId=table, GatewayId=gateway,
                     DestinationCidrBlock='0.0.0.0/0')
    refused('RouteAlreadyExists', ec2.create_route, RouteTableId=table,
            GatewayId=gateway, DestinationCidrBlock='0.0.0.0/0')
    refused('InvalidGatewayID.NotFound', ec2.create_route, GatewayId='x-1',
            RouteTableId=table, DestinationCidrBlock='10.1.0.0/16')
    refused('InvalidParameterValue', ec2.create_route, GatewayId=gateway,
            RouteTableId=table, DestinationCidrBlock='everywhere')
    refused('InvalidRoute.NotFound', ec2.delete_route, RouteTableId=table,
            DestinationCidrBlock='10.1.0.0/16')
    refused('InvalidParameterValue', ec2.delete_route, RouteTableId=table,
            DestinationCidrBlock='10.50.0.0/16')
    refused('DependencyViolation', ec2.delete_route_table,
            RouteTableId=table)
    row, = ec2.describe_route_tables(Filters=[
        {'Name': 'association.subnet-id', 'Values': [subnet]}])['RouteTables']
    assert row['RouteTableId'] == table
    assert [r['State'] for r in row['Routes']] == ['active', 'active']
    ec2.delete_route(RouteTableId=table, DestinationCidrBlock='0.0.0.0/0')
    main, = ec2.describe_route_tables(Filters=[
        {'Name': 'vpc-id', 'Values': [vpc]},
        {'Name': 'association.main', 'Values': ['true']}])['RouteTables']
    refused('InvalidParameterValue', ec2.disassociate_route_table,
            AssociationId=main['Associations'][0]['RouteTableAssociationId'])
    other = ec2.replace_route_table_association(
        AssociationId=link['AssociationId'],
        RouteTableId=main['RouteTableId'])
    ec2.disassociate_route_table(AssociationId=other['NewAssociationId'])
    ec2.delete_route_table(RouteTableId=table)


def nat_gateway(ec2, subnet, vpc, gateway):
    address = ec2.allocate_address()['AllocationId']
    ask = {'SubnetId': subnet, 'AllocationId': address, 'ClientToken': 'one'}
    nat = ec2.create_nat_gateway(**ask)['NatGateway']
    assert nat['State'] == 'pending'
    again = ec2.create_nat_gateway(**ask)['NatGateway']
    assert again['NatGatewayId'] == nat['NatGatewayId']
    refused('IdempotentParameterMismatch', ec2.create_nat_gateway,
            **dict(ask, ConnectivityType='private'))
    refused('Resource.AlreadyAssociated', ec2.create_nat_gateway,
            **dict(ask, ClientToken='two'))
    refused('OperationNotPermitted', ec2.disassociate_address,
            AssociationId=ec2.describe_addresses(AllocationIds=[address])[
                'Addresses'][0]['AssociationId'])
    refused('DependencyViolation', ec2.detach_internet_gateway,
            InternetGatewayId=gateway, VpcId=vpc)
    refused('DependencyViolation', ec2.delete_subnet, SubnetId=subnet)
    ec2.delete_nat_gateway(NatGatewayId=nat['NatGatewayId'])
    row, = ec2.describe_nat_gateways(
        NatGatewayIds=[nat['NatGatewayId']])['NatGateways']
    assert row['State'] == 'deleting'
    ec2.release_address(AllocationId=address)


@test
def acl_entries(sim):
    ec2 = sim.client('ec2', 'ap-south-1')
    vpc = vpc_named(ec2, 'stage')
    acl = ec2.create_network_acl(VpcId=vpc)['NetworkAcl']['NetworkAclId']
    entry = {'NetworkAclId': acl, 'RuleNumber': 100, 'Protocol': '6',
             'RuleAction': 'allow', 'Egress': False,
             'CidrBlock': '10.0.0.0/8', 'PortRange': {'From': 22, 'To': 22}}
    ec2.create_network_acl_entry(**entry)
    refused('NetworkAclEntryAlreadyExists', ec2.create_network_acl_entry,
            **entry)
    for bad in ({'RuleNumber': 0}, {'RuleNumber': 32767},
                {'Protocol': 'what'}, {'CidrBlock': '10'}):
        refused('InvalidParameterValue', ec2.create_network_acl_entry,
                **dict(entry, **bad))
    ec2.replace_network_acl_entry(**dict(entry, RuleAction='deny'))
    row, = ec2.describe_network_acls(NetworkAclIds=[acl])['NetworkAcls']
    assert [e['RuleAction'] for e in row['Entries']
            if e['RuleNumber'] == 100] == ['deny']
    ec2.delete_network_acl_entry(NetworkAclId=acl, RuleNumber=100,
                                 Egress=False)
    refused('InvalidNetworkAclEntry.NotFound', ec2.delete_network_acl_entry,
            NetworkAclId=acl, RuleNumber=100, Egress=False)
    default, = ec2.describe_network_acls(Filters=[
        {'Name': 'vpc-id', 'Values': [vpc]},
        {'Name': 'default', 'Values': ['true']}])['NetworkAcls']
    refused('InvalidParameterValue', ec2.delete_network_acl,
            NetworkAclId=default['NetworkAclId'])
    link = default['Associations'][0]['NetworkAclAssociationId']
    new = ec2.replace_network_acl_association(
        AssociationId=link, NetworkAclId=acl)['NewAssociationId']
    refused('DependencyViolation', ec2.delete_network_acl, NetworkAclId=acl)
    ec2.replace_network_acl_association(
        AssociationId=new, NetworkAclId=default['NetworkAclId'])
    ec2.delete_network_acl(NetworkAclId=acl)


@test
def dhcp_options(sim):
    ec2 = sim.client('ec2', 'ap-south-1')
    made = ec2.create_dhcp_options(DhcpConfigurations=[
        {'Key': 'domain-name', 'Values': ['example.test']},
        {'Key': 'ntp-servers', 'Values': ['10.0.0.1', '10.0.0.2']}])
    made = made['DhcpOptions']
    assert made['DhcpConfigurations'][1]['Values'][1]['Value'] == '10.0.0.2'
    refused('InvalidParameterValue', ec2.create_dhcp_options,
            DhcpConfigurations=[{'Key': 'no', 'Values': ['x']}])
    vpc = vpc_named(ec2, 'stage')
    ec2.associate_dhcp_options(DhcpOptionsId=made['DhcpOptionsId'],
                               VpcId=vpc)
    refused('DependencyViolation', ec2.delete_dhcp_options,
            DhcpOptionsId=made['DhcpOptionsId'])
    ec2.associate_dhcp_options(DhcpOptionsId='default', VpcId=vpc)
    ec2.delete_dhcp_options(DhcpOptionsId=made['DhcpOptionsId'])


@test
def peerings(sim):
    ec2 = sim.client('ec2', 'ap-south-1')
    stage, prod = vpc_named(ec2, 'stage'), vpc_named(ec2, 'prod')
    refused('VpcPeeringConnectionAlreadyExists',
            ec2.create_vpc_peering_connection, VpcId=stage, PeerVpcId=prod)
    made = ec2.create_vpc_peering_connection(VpcId=prod, PeerVpcId=stage)
    made = made['VpcPeeringConnection']
    assert made['Status']['Code'] == 'initiating-request'
    peering = made['VpcPeeringConnectionId']
    refused('InvalidStateTransition', ec2.accept_vpc_peering_connection,
            VpcPeeringConnectionId=peering)
    failed = ec2.create_vpc_peering_connection(
        VpcId=prod, PeerVpcId=prod)['VpcPeeringConnection']
    assert failed['Status']['Code'] == 'failed'
    row, = ec2.describe_vpc_peering_connections(Filters=[
        {'Name': 'tag:Name', 'Values': ['stage-prod']}
    ])['VpcPeeringConnections']
    ec2.delete_vpc_peering_connection(
        VpcPeeringConnectionId=row['VpcPeeringConnectionId'])
    refused('InvalidStateTransition', ec2.delete_vpc_peering_connection,
            VpcPeeringConnectionId=row['VpcPeeringConnectionId'])


@test
def endpoints(sim):
    ec2 = sim.client('ec2', 'ap-south-1')
    vpc = vpc_named(ec2, 'prod')
    subnet = ec2.describe_subnets(Filters=[
        {'Name': 'vpc-id', 'Values': [vpc]}])['Subnets'][0]['SubnetId']
    refused('InvalidServiceName', ec2.create_vpc_endpoint, VpcId=vpc,
            ServiceName='com.amazonaws.eu-west-1.s3')
    made = ec2.create_vpc_endpoint(
        VpcId=vpc, ServiceName='com.amazonaws.ap-south-1.ssm',
        VpcEndpointType='Interface', SubnetIds=[subnet],
        ClientToken='t')['VpcEndpoint']
    assert made['State'] == 'pending' and made['NetworkInterfaceIds']
    bad = ec2.delete_vpc_endpoints(VpcEndpointIds=[
        made['VpcEndpointId'], 'vpce-0123456789abcdef0'])['Unsuccessful']
    assert ids(bad, 'ResourceId') == ['vpce-0123456789abcdef0']


@test
def vpns(sim):
    ec2 = sim.client('ec2', 'ap-south-1')
    for bad in ({'IpAddress': 'x', 'BgpAsn': 1},
                {'IpAddress': '192.0.2.1', 'BgpAsn': 0}):
        refused('InvalidParameterValue', ec2.create_customer_gateway,
                Type='ipsec.1', **bad)
    theirs = ec2.create_customer_gateway(
        Type='ipsec.1', IpAddress='192.0.2.1', BgpAsn=65001)
    theirs = theirs['CustomerGateway']['CustomerGatewayId']
    ours = ec2.create_vpn_gateway(Type='ipsec.1')['VpnGateway']
    ours = ours['VpnGatewayId']
    vpc = vpc_named(ec2, 'stage')
    ec2.attach_vpn_gateway(VpnGatewayId=ours, VpcId=vpc)
    refused('VpnGatewayAttachmentLimitExceeded', ec2.attach_vpn_gateway,
            VpnGatewayId=ours, VpcId=vpc)
    vpn = ec2.create_vpn_connection(
        Type='ipsec.1', CustomerGatewayId=theirs, VpnGatewayId=ours,
        Options={'StaticRoutesOnly': True})['VpnConnection']
    assert len(vpn['VgwTelemetry']) == 2
    refused('IncorrectState', ec2.delete_customer_gateway,
            CustomerGatewayId=theirs)
    refused('IncorrectState', ec2.delete_vpn_gateway, VpnGatewayId=ours)
    ec2.delete_vpn_connection(VpnConnectionId=vpn['VpnConnectionId'])
    ec2.delete_customer_gateway(CustomerGatewayId=theirs)
    ec2.detach_vpn_gateway(VpnGatewayId=ours, VpcId=vpc)


@test
def interfaces_are_made_and_moved(sim):
    ec2 = sim.client('ec2', 'ap-south-1')
    instance = next(i for i in sim_cli.instances(ec2)
                    if i['State']['Name'] == 'running')
    ask = {'SubnetId': instance['SubnetId'], 'Description': 'second',
           'ClientToken': 'eni'}
    made = ec2.create_network_interface(**ask)['NetworkInterface']
    eni = made['NetworkInterfaceId']
    assert ec2.create_network_interface(**ask)['NetworkInterface'][
        'NetworkInterfaceId'] == eni
    assert made['Groups'][0]['GroupName'] == 'default'
    refused('InvalidIPAddress.InUse', ec2.create_network_interface,
            SubnetId=instance['SubnetId'],
            PrivateIpAddress=instance['PrivateIpAddress'])
    refused('InvalidParameterValue', ec2.create_network_interface,
            SubnetId=instance['SubnetId'], PrivateIpAddress='192.0.2.1')
    link = ec2.attach_network_interface(
        NetworkInterfaceId=eni, DeviceIndex=1,
        InstanceId=instance['InstanceId'])['AttachmentId']
    refused('InvalidParameterValue', ec2.delete_network_interface,
            NetworkInterfaceId=eni)
    ec2.modify_network_interface_attribute(
        NetworkInterfaceId=eni, SourceDestCheck={'Value': False})
    refused('OperationNotPermitted', ec2.detach_network_interface,
            AttachmentId=instance['NetworkInterfaces'][0]['Attachment'][
                'AttachmentId'])
    ec2.detach_network_interface(AttachmentId=link)
    ec2.delete_network_interface(NetworkInterfaceId=eni)


if __name__ == '__main__':
    sys.exit(sim_cli.main(tests, with_cli=False))
