#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Keys, placement groups, templates, types, spot and reserved instances in
the simulator, held against boto3.

Every reply is walked against AWS's own model (sim_cli.py). The last line is
"N passed, N failed, N skipped".
"""
import datetime
import sys

import sim_cli
from sim_cli import Sim, refused

tests = []


def test(function):
    tests.append(function)
    return function


LISTS = (
    ('describe_launch_templates', 'LaunchTemplates', 'LaunchTemplateId'),
    ('describe_spot_instance_requests', 'SpotInstanceRequests',
     'SpotInstanceRequestId'),
    ('describe_instance_types', 'InstanceTypes', 'InstanceType'),
    ('describe_reserved_instances_offerings', 'ReservedInstancesOfferings',
     'ReservedInstancesOfferingId'),
)

WHOLE = (
    ('describe_key_pairs', 'KeyPairs', 'KeyPairId'),
    ('describe_placement_groups', 'PlacementGroups', 'GroupId'),
    ('describe_reserved_instances', 'ReservedInstances',
     'ReservedInstancesId'),
)


@test
def every_list_has_rows_of_one_id(sim):
    for region in ('us-east-1', 'eu-west-3'):
        ec2 = sim.client('ec2', region)
        for call, key, name in LISTS + WHOLE:
            rows = getattr(ec2, call)()[key]
            found = [row[name] for row in rows]
            assert found or call == 'describe_spot_instance_requests', call
            assert len(set(found)) == len(found), call


@test
def pages_are_the_whole_list(sim):
    ec2 = sim.client('ec2')
    for call, key, name in LISTS[:3]:
        pages = [p[key] for p in ec2.get_paginator(call).paginate(
            PaginationConfig={'PageSize': 5})]
        assert all(len(page) <= 5 for page in pages), call
        assert [row[name] for page in pages for row in page] == \
            [row[name] for row in getattr(ec2, call)()[key]], call
    pages = [p['ReservedInstancesOfferings'] for p in ec2.get_paginator(
        'describe_reserved_instances_offerings').paginate()]
    assert all(len(page) <= 100 for page in pages)
    found = [o['ReservedInstancesOfferingId'] for p in pages for o in p]
    assert len(set(found)) == len(found) > 5000


@test
def ids_and_filters_choose(sim):
    ec2 = sim.client('ec2')
    for call, key, name in LISTS + WHOLE:
        row = getattr(ec2, call)()[key][-1]
        param = {'GroupId': 'GroupIds',
                 'ReservedInstancesId': 'ReservedInstancesIds'}.get(
                     name, name + 's')
        found = getattr(ec2, call)(**{param: [row[name]]})[key]
        assert [r[name] for r in found] == [row[name]], call
        assert refused('InvalidParameterValue', getattr(ec2, call),
                       Filters=[{'Name': 'no-such', 'Values': ['x']}])


@test
def offerings_cost_what_the_price_on_demand_allows(sim):
    ec2 = sim.client('ec2')
    rows = [o for p in ec2.get_paginator(
        'describe_reserved_instances_offerings').paginate(
            InstanceType='m6i.large', ProductDescription='Linux/UNIX',
            InstanceTenancy='default', IncludeMarketplace=False)
        for o in p['ReservedInstancesOfferings']]
    assert {o['Duration'] for o in rows} == {31536000, 94608000}
    assert {o['OfferingType'] for o in rows} == {
        'No Upfront', 'Partial Upfront', 'All Upfront'}

    def hourly(o):
        return o['FixedPrice'] * 3600 / o['Duration'] + sum(
            c['Amount'] for c in o.get('RecurringCharges', []))
    for o in rows:
        assert 0.03 < hourly(o) < 0.096, o
        assert not o['Marketplace']
        assert (o['Scope'] == 'Region') == ('AvailabilityZone' not in o)
    three = min(hourly(o) for o in rows if o['Duration'] == 94608000)
    assert three < min(hourly(o) for o in rows if o['Duration'] == 31536000)
    windows = ec2.describe_reserved_instances_offerings(
        InstanceType='m6i.large', ProductDescription='Windows',
        OfferingType='No Upfront')['ReservedInstancesOfferings']
    assert min(hourly(o) for o in windows) > 0.092


@test
def the_marketplace_is_flagged_and_can_be_left_out(sim):
    ec2 = sim.client('ec2')
    rows = ec2.describe_reserved_instances_offerings(
        Filters=[{'Name': 'marketplace', 'Values': ['true']}])[
            'ReservedInstancesOfferings']
    assert rows
    for o in rows:
        assert o['Marketplace'] and o['PricingDetails'][0]['Count'] > 0
        assert o['Duration'] < 31536000
    assert not ec2.describe_reserved_instances_offerings(
        IncludeMarketplace=False,
        Filters=[{'Name': 'marketplace', 'Values': ['true']}])[
            'ReservedInstancesOfferings']


@test
def spot_prices_go_back_ninety_days(sim):
    ec2 = sim.client('ec2')
    asked = dict(InstanceTypes=['c6i.xlarge'], AvailabilityZone='us-east-1b',
                 ProductDescriptions=['Linux/UNIX'])
    rows = [r for p in ec2.get_paginator(
        'describe_spot_price_history').paginate(
            PaginationConfig={'PageSize': 50}, **asked)
        for r in p['SpotPriceHistory']]
    times = [r['Timestamp'] for r in rows]
    assert times == sorted(times, reverse=True) and len(times) > 150
    now = datetime.datetime.now(datetime.timezone.utc)
    assert times[0] <= now + datetime.timedelta(minutes=1)
    day = datetime.timedelta(days=1)
    assert 89 * day < times[0] - times[-1] < 92 * day
    assert all(0.03 < float(r['SpotPrice']) < 0.09 for r in rows), rows[:3]
    then = times[40] + datetime.timedelta(minutes=1)
    one = ec2.describe_spot_price_history(StartTime=then, EndTime=then,
                                          **asked)['SpotPriceHistory']
    assert [r['Timestamp'] for r in one] == [times[40]]


@test
def templates_and_their_versions(sim):
    ec2 = sim.client('ec2')
    name = 'web-prod'
    rows = [v for p in ec2.get_paginator(
        'describe_launch_template_versions').paginate(
            LaunchTemplateName=name, PaginationConfig={'PageSize': 5})
        for v in p['LaunchTemplateVersions']]
    assert [v['VersionNumber'] for v in rows] == list(range(1, 13))
    assert [v['VersionNumber'] for v in rows if v['DefaultVersion']] == [11]
    latest = ec2.describe_launch_template_versions(
        Versions=['$Latest'])['LaunchTemplateVersions']
    assert len(latest) == 3
    found = ec2.describe_launch_template_versions(
        LaunchTemplateName=name,
        Filters=[{'Name': 'http-tokens', 'Values': ['optional']}])
    assert len(found['LaunchTemplateVersions']) == 1
    ec2.modify_launch_template(LaunchTemplateName=name, DefaultVersion='12')
    ec2.delete_launch_template(LaunchTemplateName=name)
    refused('InvalidLaunchTemplateName.NotFoundException',
            ec2.describe_launch_templates, LaunchTemplateNames=[name])


@test
def everything_that_is_made_is_walked(sim):
    ec2 = sim.client('ec2')
    key = ec2.create_key_pair(KeyName='walked', KeyType='ed25519')
    assert key['KeyMaterial'].startswith('-----BEGIN PRIVATE KEY-----')
    refused('InvalidKeyPair.Duplicate', ec2.create_key_pair,
            KeyName='walked')
    ec2.delete_key_pair(KeyPairId=key['KeyPairId'])
    ec2.create_placement_group(GroupName='walked', Strategy='spread',
                               TagSpecifications=[{
                                   'ResourceType': 'placement-group',
                                   'Tags': [{'Key': 'a', 'Value': 'b'}]}])
    ec2.delete_placement_group(GroupName='walked')
    image = ec2.describe_images(Owners=['self'])['Images'][0]['ImageId']
    group = ec2.describe_security_groups()['SecurityGroups'][0]['GroupId']
    made = ec2.request_spot_instances(
        SpotPrice='0.5', InstanceCount=2, LaunchSpecification={
            'ImageId': image, 'InstanceType': 'c6i.large',
            'SecurityGroupIds': [group]})['SpotInstanceRequests']
    assert [r['State'] for r in made] == ['open', 'open']
    ec2.cancel_spot_instance_requests(SpotInstanceRequestIds=[
        made[0]['SpotInstanceRequestId']])
    refused('DryRunOperation', ec2.request_spot_instances, DryRun=True,
            LaunchSpecification={'ImageId': image})
    token = dict(ClientToken='once', LaunchSpecification={
        'ImageId': image, 'InstanceType': 'c6i.large'})
    twice = {ec2.request_spot_instances(**token)['SpotInstanceRequests'][0][
        'SpotInstanceRequestId'] for _ in range(2)}
    assert len(twice) == 1


@test
def purchases_are_counted(sim):
    ec2 = sim.client('ec2')
    offer = ec2.describe_reserved_instances_offerings(
        InstanceType='t3.large', OfferingType='All Upfront',
        IncludeMarketplace=False)['ReservedInstancesOfferings'][0]
    before = len(ec2.describe_reserved_instances()['ReservedInstances'])
    for n in range(2):
        ec2.purchase_reserved_instances_offering(
            InstanceCount=1 + n, ReservedInstancesOfferingId=offer[
                'ReservedInstancesOfferingId'])
    rows = ec2.describe_reserved_instances(Filters=[
        {'Name': 'instance-type', 'Values': ['t3.large']}])[
            'ReservedInstances']
    assert sorted(r['InstanceCount'] for r in rows) == [1, 2]
    assert {r['FixedPrice'] for r in rows} == {offer['FixedPrice']}
    after = ec2.describe_reserved_instances()['ReservedInstances']
    assert len(after) == before + 2
    refused('ReservedInstancesLimitExceeded',
            ec2.purchase_reserved_instances_offering, InstanceCount=20,
            ReservedInstancesOfferingId=offer['ReservedInstancesOfferingId'])


if __name__ == '__main__':
    sys.exit(sim_cli.main(tests, with_cli=False))
