#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The simulator held against real clients: boto3 and the AWS CLI.

Every XML reply is walked against AWS's own service model; an element that
the model does not know fails. The simulator is `$TUCUXI sim --port 0`
($TUCUXI_SIM, if set, is the whole command instead). The last line is
"N passed, N failed, N skipped".
"""
import datetime
import hashlib
import io
import json
import os
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
import urllib.error
import urllib.request
import xml.etree.ElementTree as ElementTree

try:
    import boto3
    import botocore.parsers
    from botocore.config import Config
    from botocore.exceptions import ClientError
except ImportError:
    print('boto3 is not installed')
    print('0 passed, 0 failed, 1 skipped')
    sys.exit(0)

KEY = 'AKIATUCUXIDEMO000001'
SECRET = 'tucuxi/demo+secret/key/of/no/value/0001x'
ACCOUNT = '210987654321'
ODD_KEY = 'a b/c+d é%20//x'

# What AWS sends since later than the oldest model that is tested with
# (botocore 1.29, 2022-12): operation -> elements.
NEWER = {
    'ListBuckets': {'BucketRegion', 'ContinuationToken', 'Prefix'},
    'DescribeImages': {'imageAllowed', 'sourceInstanceId'},
    '*': {'ChecksumCRC64NVME', 'ChecksumType'},
}

unknown = []


# Walking replies ------------------------------------------------------------

def bare(tag):
    return tag.split('}', 1)[-1]


def item_name(shape):
    return shape.member.serialization.get('name', 'member')


def walk(element, shape, operation, path):
    if shape.type_name == 'structure':
        walk_structure(element, shape, operation, path)
    elif shape.type_name == 'list':
        for child in element:
            if bare(child.tag) != item_name(shape):
                unknown.append(f'{path}/{bare(child.tag)}')
            walk(child, shape.member, operation, f'{path}/{bare(child.tag)}')
    elif len(element):
        unknown.append(f'{path}: children in a {shape.type_name}')


def walk_structure(element, shape, operation, path):
    members = {}
    for name, member in shape.members.items():
        wire = member.serialization.get('name', name)
        flat = member.serialization.get('flattened')
        if member.type_name == 'list' and flat:
            wire = member.member.serialization.get('name', wire)
            members[wire] = member.member
        else:
            members[wire] = member
    newer = NEWER.get(operation, set()) | NEWER['*']
    for child in element:
        name = bare(child.tag)
        if name in members:
            walk(child, members[name], operation, f'{path}/{name}')
        elif name not in newer:
            unknown.append(f'{operation}: {path}/{name}')


def check_reply(parser, response, shape):
    """The elements of a good reply are all in the model."""
    body = response['body']
    if response['status_code'] >= 300 or not body or shape is None:
        return
    if not isinstance(body, bytes) or not body.lstrip().startswith(b'<'):
        return
    operation = shape.name
    for tail in ('Result', 'Response', 'Output', 'Message'):
        if operation.endswith(tail):
            operation = operation[:-len(tail)]
    root = ElementTree.fromstring(body)
    if isinstance(parser, botocore.parsers.EC2QueryParser):
        for child in list(root):
            if bare(child.tag) == 'requestId':
                root.remove(child)
        walk(root, shape, operation, bare(root.tag))
    elif isinstance(parser, botocore.parsers.QueryParser):
        result = root
        wrapper = shape.serialization.get('resultWrapper')
        for child in root:
            if bare(child.tag) == wrapper:
                result = child
            elif bare(child.tag) != 'ResponseMetadata':
                unknown.append(f'{operation}: {bare(child.tag)}')
        walk(result, shape, operation, wrapper or '')
    elif isinstance(parser, botocore.parsers.RestXMLParser):
        payload = shape.serialization.get('payload')
        if payload:
            shape = shape.members[payload]
            if shape.type_name != 'structure':
                return
        if bare(root.tag) != 'LocationConstraint':
            walk(root, shape, operation, bare(root.tag))


original_parse = botocore.parsers.ResponseParser.parse


def parse(self, response, shape):
    check_reply(self, response, shape)
    return original_parse(self, response, shape)


botocore.parsers.ResponseParser.parse = parse


# The simulator and its clients ----------------------------------------------

class Sim:
    def __init__(self, *options):
        command = os.environ.get('TUCUXI_SIM')
        words = shlex.split(command) if command else [
            os.environ.get('TUCUXI', './tucuxi'), 'sim']
        self.process = subprocess.Popen(
            words + ['--port', '0', *options], stdout=subprocess.PIPE,
            text=True)
        line = self.process.stdout.readline()
        if not line.startswith('listening on '):
            raise RuntimeError(f'the simulator said {line!r}')
        self.url = line.split()[-1]
        self.port = self.url.rsplit(':', 1)[-1]

    def client(self, service, region='us-east-1', **config):
        keys = config.pop('keys', None) or {
            'AccessKeyId': KEY, 'SecretAccessKey': SECRET}
        url = config.pop('url', self.url)
        config.setdefault('retries', {'max_attempts': 0})
        if service == 's3':
            config.setdefault('signature_version', 's3v4')
        return boto3.client(
            service, region_name=region, endpoint_url=url,
            aws_access_key_id=keys['AccessKeyId'],
            aws_secret_access_key=keys['SecretAccessKey'],
            aws_session_token=keys.get('SessionToken'),
            config=Config(**config))

    def stop(self):
        self.process.terminate()
        try:
            return self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return None


def refused(code, function, **arguments):
    """The call fails with that code."""
    try:
        function(**arguments)
    except ClientError as error:
        got = error.response['Error']['Code']
        assert got == code, f'{got} instead of {code}'
        return error.response
    raise AssertionError(f'not refused ({code})')


tests = []


def test(function):
    tests.append(function)
    return function


def instances(ec2, **arguments):
    pages = ec2.get_paginator('describe_instances').paginate(**arguments)
    return [i for page in pages for r in page['Reservations']
            for i in r['Instances']]


# STS ------------------------------------------------------------------------

@test
def sts_identity(sim):
    me = sim.client('sts').get_caller_identity()
    assert me['Account'] == ACCOUNT and me['Arn'].endswith(':user/demo')


@test
def sts_bad_keys(sim):
    bad = {'AccessKeyId': 'AKIANOBODY0000000000', 'SecretAccessKey': SECRET}
    wrong = {'AccessKeyId': KEY, 'SecretAccessKey': 'wrong'}
    for service, call, unknown_key, bad_secret in (
            ('sts', 'get_caller_identity', 'InvalidClientTokenId',
             'SignatureDoesNotMatch'),
            ('ec2', 'describe_regions', 'AuthFailure', 'AuthFailure'),
            ('rds', 'describe_db_instances', 'InvalidClientTokenId',
             'SignatureDoesNotMatch'),
            ('s3', 'list_buckets', 'InvalidAccessKeyId',
             'SignatureDoesNotMatch')):
        refused(unknown_key, getattr(sim.client(service, keys=bad), call))
        refused(bad_secret, getattr(sim.client(service, keys=wrong), call))


@test
def sts_assume_role(sim):
    arn = 'arn:aws:iam::123456789012:role/path/admin'
    sts = sim.client('sts')
    session = sts.assume_role(RoleArn=arn, RoleSessionName='me',
                              DurationSeconds=900)['Credentials']
    left = session['Expiration'] - datetime.datetime.now(
        datetime.timezone.utc)
    assert 880 < left.total_seconds() <= 901
    me = sim.client('sts', keys=session).get_caller_identity()
    assert me['Account'] == '123456789012'
    assert me['Arn'].endswith(':assumed-role/admin/me')
    assert instances(sim.client('ec2', keys=session))
    no_token = dict(session, SessionToken='x' * 300)
    refused('InvalidClientTokenId',
            sim.client('sts', keys=no_token).get_caller_identity)
    refused('InvalidToken', sim.client('s3', keys=no_token).list_buckets)
    refused('ValidationError', sts.assume_role, RoleArn='arn:aws:iam::x:nope1',
            RoleSessionName='me')
    refused('ValidationError', sts.assume_role, RoleArn=arn,
            RoleSessionName='me', DurationSeconds=50000)


@test
def sts_web_identity(sim):
    from botocore import UNSIGNED
    sts = boto3.client('sts', region_name='us-east-1', endpoint_url=sim.url,
                       config=Config(signature_version=UNSIGNED))
    role = dict(RoleArn='arn:aws:iam::123456789012:role/pod',
                RoleSessionName='pod')
    keys = sts.assume_role_with_web_identity(
        WebIdentityToken='a.b.c', **role)['Credentials']
    me = sim.client('sts', keys=keys).get_caller_identity()
    assert me['Arn'].endswith(':assumed-role/pod/pod')
    refused('InvalidIdentityToken', sts.assume_role_with_web_identity,
            WebIdentityToken='abcd', **role)
    refused('MissingAuthenticationToken', sts.get_caller_identity)


@test
def no_credentials_at_all(sim):
    for path, status in (('/', 403),
                         ('/?Action=GetCallerIdentity&Version=2011-06-15',
                          403)):
        try:
            urllib.request.urlopen(sim.url + path)
            raise AssertionError('not refused')
        except urllib.error.HTTPError as error:
            assert error.code == status


# EC2 ------------------------------------------------------------------------

@test
def ec2_regions_and_zones(sim):
    ec2 = sim.client('ec2')
    enabled = ec2.describe_regions()['Regions']
    every = ec2.describe_regions(AllRegions=True)['Regions']
    states = {r['OptInStatus'] for r in every}
    assert len(every) > len(enabled) >= 17
    assert states == {'opt-in-not-required', 'opted-in', 'not-opted-in'}
    assert len(ec2.describe_availability_zones()['AvailabilityZones']) == 6
    for region in enabled:
        name = region['RegionName']
        assert 5 <= len(instances(sim.client('ec2', name)))
    refused('AuthFailure', sim.client('ec2', 'af-south-1').describe_regions)
    refused('InvalidClientTokenId',
            sim.client('rds', 'af-south-1').describe_db_instances)


@test
def ec2_instances_by_page(sim):
    ec2 = sim.client('ec2')
    whole = instances(ec2)
    paged = instances(ec2, PaginationConfig={'PageSize': 7})
    ids = [i['InstanceId'] for i in whole]
    assert len(ids) == 240 == len(set(ids))
    assert [i['InstanceId'] for i in paged] == ids
    first = ec2.describe_instances(MaxResults=5)
    count = sum(len(r['Instances']) for r in first['Reservations'])
    assert count == 5
    for size in (4, 1001):
        refused('InvalidParameterValue', ec2.describe_instances,
                MaxResults=size)
    refused('InvalidParameterCombination', ec2.describe_instances,
            MaxResults=5, InstanceIds=ids[:1])
    refused('InvalidParameterValue', ec2.describe_instances,
            NextToken='nonsense')
    refused('InvalidParameterValue',
            sim.client('ec2', 'eu-west-1').describe_instances,
            NextToken=first['NextToken'])
    refused('InvalidParameterValue', ec2.describe_volumes,
            NextToken=first['NextToken'])


@test
def ec2_instance_ids(sim):
    ec2 = sim.client('ec2')
    some = [i['InstanceId'] for i in instances(ec2)][10:13]
    found = instances(ec2, InstanceIds=some)
    assert [i['InstanceId'] for i in found] == some
    refused('InvalidInstanceID.Malformed', ec2.describe_instances,
            InstanceIds=['i-xyz'])
    refused('InvalidInstanceID.NotFound', ec2.describe_instances,
            InstanceIds=['i-0123456789abcdef0'])
    refused('InvalidInstanceID.NotFound',
            sim.client('ec2', 'eu-west-1').describe_instances,
            InstanceIds=some)


@test
def ec2_filters(sim):
    ec2 = sim.client('ec2')
    whole = instances(ec2)

    def by(name, *values):
        return instances(ec2, Filters=[{'Name': name, 'Values': values}])

    running = by('instance-state-name', 'running')
    assert len(running) == sum(
        i['State']['Name'] == 'running' for i in whole)
    web = by('tag:Name', 'web-*')
    assert web and all(
        {t['Key']: t['Value'] for t in i['Tags']}['Name'].startswith('web-')
        for i in web)
    assert by('tag:team', 'R&D <search>')
    assert by('tag-key', 'aws:autoscaling:groupName')
    volume = web[0]['BlockDeviceMappings'][0]['Ebs']['VolumeId']
    one = by('block-device-mapping.volume-id', volume)
    assert [i['InstanceId'] for i in one] == [web[0]['InstanceId']]
    both = instances(ec2, Filters=[
        {'Name': 'instance-state-name', 'Values': ['running', 'stopped']},
        {'Name': 'instance-type', 'Values': ['m6i.*']}])
    assert both and all(i['InstanceType'].startswith('m6i.') for i in both)
    refused('InvalidParameterValue', ec2.describe_instances,
            Filters=[{'Name': 'no-such', 'Values': ['x']}])


@test
def ec2_names(sim):
    names = [t['Value'] for i in instances(sim.client('ec2'))
             for t in i.get('Tags', []) if t['Key'] == 'Name']
    assert 'データ収集-東京-1' in names
    assert any(len(name) > 200 for name in names)
    assert any('é' in name for name in names)
    assert len(names) < 240


@test
def ec2_volumes(sim):
    ec2 = sim.client('ec2')
    volumes = {v['VolumeId']: v for page in ec2.get_paginator(
        'describe_volumes').paginate(PaginationConfig={'PageSize': 50})
        for v in page['Volumes']}
    attached = {}
    for i in instances(ec2):
        for mapping in i['BlockDeviceMappings']:
            attached[mapping['Ebs']['VolumeId']] = i['InstanceId']
    assert attached.items() <= {
        v: a['InstanceId'] for v, d in volumes.items()
        for a in d['Attachments']}.items()
    orphans = [v for v in volumes.values() if not v['Attachments']]
    assert orphans and all(v['State'] == 'available' for v in orphans)
    assert {'gp3', 'io2'} <= {v['VolumeType'] for v in volumes.values()}
    ill = ec2.describe_volume_status(Filters=[
        {'Name': 'volume-status.status', 'Values': ['impaired']}])
    assert ill['VolumeStatuses'][0]['Actions']


@test
def ec2_status(sim):
    ec2 = sim.client('ec2')
    pages = ec2.get_paginator('describe_instance_status')
    running = [s for p in pages.paginate() for s in p['InstanceStatuses']]
    every = [s for p in pages.paginate(
        IncludeAllInstances=True, PaginationConfig={'PageSize': 20})
        for s in p['InstanceStatuses']]
    assert len(every) == 240 > len(running) > 150
    assert any(s['InstanceStatus']['Status'] == 'impaired' for s in running)
    codes = {e['Code'] for s in running for e in s.get('Events', [])}
    assert codes
    found = ec2.describe_instance_status(Filters=[
        {'Name': 'event.code', 'Values': [codes.pop()]}])
    assert found['InstanceStatuses']


@test
def ec2_network_and_images(sim):
    ec2 = sim.client('ec2')
    vpcs = {v['VpcId'] for v in ec2.describe_vpcs()['Vpcs']}
    subnets = {s['SubnetId']: s for s in ec2.describe_subnets()['Subnets']}
    groups = {g['GroupId'] for g in
              ec2.describe_security_groups()['SecurityGroups']}
    images = {i['ImageId'] for i in ec2.describe_images()['Images']}
    own = ec2.describe_images(Owners=['self'])['Images']
    assert 0 < len(own) < len(images)
    for i in instances(ec2):
        assert i['ImageId'] in images
        if i['State']['Name'] == 'terminated':
            assert 'VpcId' not in i
            continue
        subnet = subnets[i['SubnetId']]
        assert subnet['VpcId'] == i['VpcId'] and i['VpcId'] in vpcs
        zone = i['Placement']['AvailabilityZone']
        assert subnet['AvailabilityZone'] == zone
        assert {g['GroupId'] for g in i['SecurityGroups']} <= groups
    snapshots = ec2.describe_snapshots(OwnerIds=['self'])['Snapshots']
    every = ec2.describe_snapshots()['Snapshots']
    assert 0 < len(snapshots) < len(every)
    assert all(s['OwnerId'] == ACCOUNT for s in snapshots)


@test
def ec2_power(sim):
    ec2 = sim.client('ec2', 'eu-west-3')
    fleet = instances(ec2)
    by_state = {}
    for i in fleet:
        if i.get('InstanceLifecycle') != 'spot':
            by_state.setdefault(i['State']['Name'], []).append(
                i['InstanceId'])
    one, two = by_state['running'][:2]
    refused('DryRunOperation', ec2.stop_instances, InstanceIds=[one],
            DryRun=True)
    change = ec2.stop_instances(InstanceIds=[one])['StoppingInstances'][0]
    assert change['PreviousState']['Name'] == 'running'
    assert change['CurrentState'] == {'Code': 64, 'Name': 'stopping'}
    refused('IncorrectInstanceState', ec2.start_instances, InstanceIds=[one])
    refused('IncorrectInstanceState', ec2.reboot_instances,
            InstanceIds=[one])
    refused('InvalidInstanceID.NotFound', ec2.terminate_instances,
            InstanceIds=[two, 'i-0123456789abcdef0'])
    assert instances(ec2, InstanceIds=[two])[0]['State']['Name'] == 'running'
    ec2.reboot_instances(InstanceIds=[two])
    gone = ec2.terminate_instances(InstanceIds=[two])
    gone = gone['TerminatingInstances'][0]
    assert gone['CurrentState']['Name'] == 'shutting-down'
    again = ec2.terminate_instances(InstanceIds=[two])
    assert again['TerminatingInstances'][0]['PreviousState'][
        'Name'] == 'shutting-down'


@test
def ec2_launch(sim):
    ec2 = sim.client('ec2', 'eu-central-1')
    image = next(i for i in ec2.describe_images()['Images']
                 if i['Architecture'] == 'x86_64')
    made = ec2.run_instances(
        ImageId=image['ImageId'], InstanceType='t3.micro', MinCount=1,
        MaxCount=2, UserData='#!/bin/sh', Monitoring={'Enabled': True},
        IamInstanceProfile={'Name': 'backup'}, BlockDeviceMappings=[
            {'DeviceName': '/dev/sdf', 'Ebs': {'VolumeSize': 9}}],
        TagSpecifications=[{'ResourceType': 'instance', 'Tags': [
            {'Key': 'Name', 'Value': 'boto'}]}])
    assert len(made['Instances']) == 2
    one = made['Instances'][0]['InstanceId']
    assert instances(ec2, InstanceIds=[one])[0]['Tags'] == [
        {'Key': 'Name', 'Value': 'boto'}]
    for name in ('instanceType', 'userData', 'disableApiTermination',
                 'disableApiStop', 'instanceInitiatedShutdownBehavior',
                 'sourceDestCheck', 'ebsOptimized', 'groupSet',
                 'blockDeviceMapping', 'rootDeviceName'):
        ec2.describe_instance_attribute(InstanceId=one, Attribute=name)
    ec2.modify_instance_attribute(InstanceId=one,
                                  DisableApiTermination={'Value': True})
    refused('OperationNotPermitted', ec2.terminate_instances,
            InstanceIds=[one])
    refused('IncorrectInstanceState', ec2.modify_instance_attribute,
            InstanceId=one, InstanceType={'Value': 't3.small'})
    refused('InvalidKeyPair.NotFound', ec2.run_instances, MinCount=1,
            MaxCount=1, ImageId=image['ImageId'], InstanceType='t3.micro',
            KeyName='nobody')
    ec2.unmonitor_instances(InstanceIds=[one])
    ec2.monitor_instances(InstanceIds=[one])
    ec2.modify_instance_metadata_options(InstanceId=one, HttpTokens='required')
    found = ec2.describe_iam_instance_profile_associations(
        Filters=[{'Name': 'instance-id', 'Values': [one]}])
    found = found['IamInstanceProfileAssociations'][0]['AssociationId']
    new = ec2.replace_iam_instance_profile_association(
        AssociationId=found, IamInstanceProfile={'Name': 'ssm-managed'})
    new = new['IamInstanceProfileAssociation']['AssociationId']
    ec2.disassociate_iam_instance_profile(AssociationId=new)
    ec2.associate_iam_instance_profile(
        InstanceId=one, IamInstanceProfile={'Name': 'backup'})
    ec2.get_console_output(InstanceId=one)
    ec2.get_password_data(InstanceId=one)


@test
def ec2_tags(sim):
    ec2 = sim.client('ec2', 'eu-west-2')
    one = instances(ec2)[0]['InstanceId']
    volume = ec2.describe_volumes()['Volumes'][0]['VolumeId']
    ec2.create_tags(Resources=[one, volume], Tags=[
        {'Key': 'note', 'Value': '<&"é日>'}, {'Key': 'empty', 'Value': ''}])

    def tags(name):
        pages = ec2.get_paginator('describe_tags').paginate(
            Filters=[{'Name': 'key', 'Values': [name]}],
            PaginationConfig={'PageSize': 5})
        return {t['ResourceId']: t['Value'] for p in pages
                for t in p['Tags']}

    assert tags('note') == {one: '<&"é日>', volume: '<&"é日>'}
    found = instances(ec2, Filters=[
        {'Name': 'tag:note', 'Values': ['<&"é日>']}])
    assert [i['InstanceId'] for i in found] == [one]
    ec2.delete_tags(Resources=[one], Tags=[{'Key': 'note'}])
    ec2.delete_tags(Resources=[volume],
                    Tags=[{'Key': 'note', 'Value': 'other'}])
    assert tags('note') == {volume: '<&"é日>'}
    refused('InvalidParameterValue', ec2.create_tags, Resources=[one],
            Tags=[{'Key': 'aws:x', 'Value': 'y'}])
    refused('TagLimitExceeded', ec2.create_tags, Resources=[one],
            Tags=[{'Key': f'k{n}', 'Value': ''} for n in range(50)])
    refused('InvalidID', ec2.create_tags, Resources=['x-1'],
            Tags=[{'Key': 'k', 'Value': ''}])
    every = [t for p in ec2.get_paginator('describe_tags').paginate(
        PaginationConfig={'PageSize': 9}) for t in p['Tags']]
    assert len(every) == len(ec2.describe_tags()['Tags'])


@test
def unknown_actions(sim):
    refused('InvalidAction', sim.client('ec2').describe_hosts)
    refused('InvalidAction', sim.client('rds').describe_events)
    refused('InvalidAction', sim.client('sts').get_session_token)
    refused('InvalidAction', sim.client('iam').list_users)
    refused('NotImplemented', sim.client('s3').get_bucket_cors,
            Bucket='acme-app-data')


# RDS ------------------------------------------------------------------------

@test
def rds_lists(sim):
    rds = sim.client('rds')
    pages = rds.get_paginator('describe_db_instances')
    every = [d for p in pages.paginate() for d in p['DBInstances']]
    small = [d for p in pages.paginate(PaginationConfig={'PageSize': 20})
             for d in p['DBInstances']]
    names = [d['DBInstanceIdentifier'] for d in every]
    assert names == sorted(names) and small == every
    assert len({d['Engine'] for d in every}) >= 5
    assert any(d['PendingModifiedValues'] for d in every)
    assert any(d['MultiAZ'] for d in every)
    clusters = rds.describe_db_clusters()['DBClusters']
    for cluster in clusters:
        writers = [m for m in cluster['DBClusterMembers']
                   if m['IsClusterWriter']]
        assert len(writers) == 1
        members = {m['DBInstanceIdentifier']
                   for m in cluster['DBClusterMembers']}
        found = rds.describe_db_instances(Filters=[{
            'Name': 'db-cluster-id',
            'Values': [cluster['DBClusterIdentifier']]}])
        assert members == {d['DBInstanceIdentifier']
                           for d in found['DBInstances']} <= set(names)
    assert rds.describe_pending_maintenance_actions()[
        'PendingMaintenanceActions']
    for size in (19, 101):
        refused('InvalidParameterValue', rds.describe_db_instances,
                MaxRecords=size)
    refused('InvalidParameterValue', rds.describe_db_instances, Marker='x')
    refused('InvalidParameterValue', rds.describe_db_instances,
            Filters=[{'Name': 'nope', 'Values': ['x']}])
    refused('DBInstanceNotFound', rds.describe_db_instances,
            DBInstanceIdentifier='nobody')
    refused('DBClusterNotFoundFault', rds.describe_db_clusters,
            DBClusterIdentifier='nobody')


@test
def rds_power(sim):
    rds = sim.client('rds')
    one = 'office-crm'
    status = rds.describe_db_instances(DBInstanceIdentifier=one)[
        'DBInstances'][0]['DBInstanceStatus']
    assert status == 'available'
    stopped = rds.stop_db_instance(DBInstanceIdentifier=one)
    assert stopped['DBInstance']['DBInstanceStatus'] == 'stopping'
    refused('InvalidDBInstanceState', rds.start_db_instance,
            DBInstanceIdentifier=one)
    refused('InvalidDBInstanceState', rds.reboot_db_instance,
            DBInstanceIdentifier=one)
    refused('InvalidParameterCombination', rds.stop_db_instance,
            DBInstanceIdentifier='shop-aurora-writer')
    refused('DBInstanceNotFound', rds.stop_db_instance,
            DBInstanceIdentifier='nobody')
    started = rds.start_db_instance(DBInstanceIdentifier='reporting-old')
    assert started['DBInstance']['DBInstanceStatus'] == 'starting'


# S3 -------------------------------------------------------------------------

@test
def s3_buckets(sim):
    s3 = sim.client('s3')
    names = [b['Name'] for b in s3.list_buckets()['Buckets']]
    assert names == sorted(names) and len(names) >= 8
    regions = set()
    for name in names:
        where = s3.get_bucket_location(Bucket=name)['LocationConstraint']
        regions.add(where or 'us-east-1')
    assert len(regions) >= 5
    assert s3.get_bucket_encryption(Bucket=names[0])
    assert s3.get_bucket_versioning(Bucket=names[0])
    assert s3.get_public_access_block(Bucket=names[0])
    refused('NoSuchBucketPolicy', s3.get_bucket_policy_status,
            Bucket=names[0])
    status = s3.get_bucket_policy_status(Bucket='static.acme.example')
    assert status['PolicyStatus']['IsPublic']


@test
def s3_bucket_life(sim):
    s3 = sim.client('s3', 'eu-west-1')
    refused('InvalidBucketName', s3.create_bucket, Bucket='Bad_Name')
    refused('IllegalLocationConstraintException', s3.create_bucket,
            Bucket='contract-life')
    where = {'LocationConstraint': 'eu-west-1'}
    s3.create_bucket(Bucket='contract-life', CreateBucketConfiguration=where)
    refused('BucketAlreadyOwnedByYou', s3.create_bucket,
            Bucket='contract-life', CreateBucketConfiguration=where)
    s3.put_object(Bucket='contract-life', Key='x', Body=b'1')
    refused('BucketNotEmpty', s3.delete_bucket, Bucket='contract-life')
    s3.delete_object(Bucket='contract-life', Key='x')
    s3.delete_bucket(Bucket='contract-life')
    refused('NoSuchBucket', s3.list_objects_v2, Bucket='contract-life')
    refused('404', s3.head_bucket, Bucket='contract-life')


@test
def s3_wrong_region(sim):
    """boto3 finds the region by itself, from the refusal."""
    s3 = sim.client('s3', 'us-east-1')
    assert s3.list_objects_v2(Bucket='acme-backups-eu')['KeyCount']
    request = urllib.request.Request(s3.generate_presigned_url(
        'list_objects_v2', Params={'Bucket': 'acme-media-tokyo'}))
    try:
        urllib.request.urlopen(request)
        raise AssertionError('not refused')
    except urllib.error.HTTPError as error:
        assert error.code == 301
        assert error.headers['x-amz-bucket-region'] == 'ap-northeast-1'
        assert b'PermanentRedirect' in error.read()


def keys_of(s3, **arguments):
    pages = s3.get_paginator(arguments.pop('call', 'list_objects_v2'))
    keys, folders = [], []
    for page in pages.paginate(**arguments):
        keys += [o['Key'] for o in page.get('Contents', [])]
        folders += [p['Prefix'] for p in page.get('CommonPrefixes', [])]
    return keys, folders


@test
def s3_listing(sim):
    s3 = sim.client('s3')
    bucket = 'acme-app-data'
    keys, _ = keys_of(s3, Bucket=bucket)
    assert keys == sorted(keys, key=lambda k: k.encode())
    assert ODD_KEY in keys and 'weird/tab\there.txt' in keys
    for call in ('list_objects', 'list_objects_v2'):
        for size in (1, 3, 1000):
            config = {'PageSize': size}
            if size > 1:
                paged, _ = keys_of(s3, call=call, Bucket=bucket,
                                   PaginationConfig=config)
                assert paged == keys
            top, folders = keys_of(s3, call=call, Bucket=bucket,
                                   Delimiter='/', PaginationConfig=config)
            assert top == [k for k in keys if '/' not in k]
            assert folders == sorted({k.split('/')[0] + '/' for k in keys
                                      if '/' in k})
            deep, folders = keys_of(
                s3, call=call, Bucket=bucket, Delimiter='/',
                Prefix='reports/2026/', PaginationConfig=config)
            assert not deep and len(folders) == 10
    after, _ = keys_of(s3, Bucket=bucket, StartAfter='reports/2026/05')
    assert after == [k for k in keys if k > 'reports/2026/05']
    page = s3.list_objects_v2(Bucket=bucket, MaxKeys=2, FetchOwner=True)
    assert page['IsTruncated'] and page['Contents'][0]['Owner']['ID']
    refused('InvalidArgument', s3.list_objects_v2, Bucket=bucket,
            ContinuationToken='nonsense')
    refused('InvalidArgument', s3.list_objects_v2, Bucket='acme-web-assets',
            ContinuationToken=page['NextContinuationToken'])
    assert s3.list_objects_v2(Bucket=bucket, MaxKeys=0)['KeyCount'] == 0


@test
def s3_objects(sim):
    s3 = sim.client('s3')
    s3.create_bucket(Bucket='contract-objects')
    bucket = 'contract-objects'
    data = os.urandom(100000)
    for key in (ODD_KEY, 'a/../b/./c', '/lead', 'x?y#z&w=1', '日本/é',
                "it's (fine)!*~"):
        put = s3.put_object(Bucket=bucket, Key=key, Body=data,
                            Metadata={'who': 'me'}, ContentType='text/x')
        assert put['ETag'] == '"%s"' % hashlib.md5(data).hexdigest()
        got = s3.get_object(Bucket=bucket, Key=key)
        assert got['Body'].read() == data
        assert got['Metadata'] == {'who': 'me'}
        assert got['ContentType'] == 'text/x'
        head = s3.head_object(Bucket=bucket, Key=key)
        assert head['ContentLength'] == len(data)
    keys, _ = keys_of(s3, Bucket=bucket)
    assert len(keys) == 6 and 'a/../b/./c' in keys
    part = s3.get_object(Bucket=bucket, Key=ODD_KEY, Range='bytes=10-19')
    assert part['Body'].read() == data[10:20]
    assert part['ContentRange'] == 'bytes 10-19/100000'
    tail = s3.get_object(Bucket=bucket, Key=ODD_KEY, Range='bytes=-7')
    assert tail['Body'].read() == data[-7:]
    refused('InvalidRange', s3.get_object, Bucket=bucket, Key=ODD_KEY,
            Range='bytes=100000-')
    etag = put['ETag']
    assert s3.get_object(Bucket=bucket, Key=ODD_KEY, IfMatch=etag)
    refused('PreconditionFailed', s3.get_object, Bucket=bucket, Key=ODD_KEY,
            IfMatch='"0"')
    refused('304', s3.get_object, Bucket=bucket, Key=ODD_KEY,
            IfNoneMatch=etag)
    refused('NoSuchKey', s3.get_object, Bucket=bucket, Key='nobody')
    refused('404', s3.head_object, Bucket=bucket, Key='nobody')
    refused('BadDigest', s3.put_object, Bucket=bucket, Key='m', Body=b'x',
            ContentMD5='1B2M2Y8AsgTpgAmY7PhCfg==')
    refused('KeyTooLongError', s3.put_object, Bucket=bucket, Key='k' * 1025,
            Body=b'')
    for algorithm in ('CRC32', 'SHA1', 'SHA256'):
        put = s3.put_object(Bucket=bucket, Key='sum', Body=data,
                            ChecksumAlgorithm=algorithm)
        got = s3.get_object(Bucket=bucket, Key='sum', ChecksumMode='ENABLED')
        assert got['Body'].read() == data
        assert got[f'Checksum{algorithm}'] == put[f'Checksum{algorithm}']
    refused('BadDigest', s3.put_object, Bucket=bucket, Key='sum', Body=b'y',
            ChecksumCRC32='AAAAAA==')
    copy = s3.copy_object(Bucket=bucket, Key='copy +é',
                          CopySource={'Bucket': bucket, 'Key': ODD_KEY})
    assert copy['CopyObjectResult']['ETag'] == etag
    refused('InvalidRequest', s3.copy_object, Bucket=bucket, Key=ODD_KEY,
            CopySource={'Bucket': bucket, 'Key': ODD_KEY})
    keys, _ = keys_of(s3, Bucket=bucket)
    reply = s3.delete_objects(Bucket=bucket, Delete={
        'Objects': [{'Key': key} for key in keys]})
    assert {d['Key'] for d in reply['Deleted']} == set(keys)
    s3.delete_bucket(Bucket=bucket)


@test
def s3_seeded_content(sim):
    s3 = sim.client('s3')
    got = s3.get_object(Bucket='acme-app-data', Key=ODD_KEY)
    body = got['Body'].read()
    assert len(body) == got['ContentLength'] > 0
    half = len(body) // 2
    rest = s3.get_object(Bucket='acme-app-data', Key=ODD_KEY,
                         Range=f'bytes={half}-')
    assert rest['Body'].read() == body[half:]
    west = sim.client('s3', 'eu-west-1')
    refused('InvalidObjectState', west.get_object, Bucket='acme-archive',
            Key='ledger/2016/q1.tar.gz')
    huge = west.list_objects_v2(Bucket='acme-backups-eu',
                                Prefix='postgres/')['Contents'][0]
    assert huge['Size'] > 1 << 30
    piece = west.get_object(Bucket='acme-backups-eu', Key=huge['Key'],
                            Range=f'bytes={huge["Size"] - 5}-')
    assert len(piece['Body'].read()) == 5


@test
def s3_multipart(sim):
    s3 = sim.client('s3', 'us-east-2')
    bucket, key = 'acme-empty', 'big é+file'
    data = os.urandom(5 << 20)
    upload = s3.create_multipart_upload(Bucket=bucket, Key=key,
                                        Metadata={'n': '1'})['UploadId']
    assert s3.list_multipart_uploads(Bucket=bucket)['Uploads']
    parts = []
    for number, piece in ((1, data), (2, data), (3, b'end')):
        etag = s3.upload_part(Bucket=bucket, Key=key, UploadId=upload,
                              PartNumber=number, Body=piece)['ETag']
        parts.append({'PartNumber': number, 'ETag': etag})
    listed = s3.list_parts(Bucket=bucket, Key=key, UploadId=upload)
    assert [p['ETag'] for p in listed['Parts']] == [
        p['ETag'] for p in parts]
    name = dict(Bucket=bucket, Key=key, UploadId=upload)
    refused('InvalidPartOrder', s3.complete_multipart_upload,
            MultipartUpload={'Parts': parts[::-1]}, **name)
    refused('InvalidPart', s3.complete_multipart_upload, MultipartUpload={
        'Parts': [{'PartNumber': 1, 'ETag': '"0"'}]}, **name)
    refused('EntityTooSmall', s3.complete_multipart_upload,
            MultipartUpload={'Parts': [
                dict(parts[2], PartNumber=3), {'PartNumber': 4, 'ETag': s3
                 .upload_part(PartNumber=4, Body=b'x', **name)['ETag']}]},
            **name)
    done = s3.complete_multipart_upload(MultipartUpload={'Parts': parts},
                                        **name)
    sums = b''.join(hashlib.md5(p).digest() for p in (data, data, b'end'))
    assert done['ETag'] == '"%s-3"' % hashlib.md5(sums).hexdigest()
    got = s3.get_object(Bucket=bucket, Key=key)
    assert got['Body'].read() == data + data + b'end'
    assert got['Metadata'] == {'n': '1'}
    refused('NoSuchUpload', s3.abort_multipart_upload, **name)
    copy = s3.create_multipart_upload(Bucket=bucket, Key='copy')['UploadId']
    piece = s3.upload_part_copy(
        Bucket=bucket, Key='copy', UploadId=copy, PartNumber=1,
        CopySource={'Bucket': bucket, 'Key': key},
        CopySourceRange='bytes=0-9')['CopyPartResult']['ETag']
    assert piece == '"%s"' % hashlib.md5(data[:10]).hexdigest()
    s3.abort_multipart_upload(Bucket=bucket, Key='copy', UploadId=copy)
    assert 'Uploads' not in s3.list_multipart_uploads(Bucket=bucket)
    s3.delete_object(Bucket=bucket, Key=key)


@test
def s3_transfer_manager(sim):
    s3 = sim.client('s3', 'us-east-2')
    data = os.urandom((17 << 20) + 3)
    s3.upload_fileobj(io.BytesIO(data), 'acme-empty', 'managed')
    out = io.BytesIO()
    s3.download_fileobj('acme-empty', 'managed', out)
    assert out.getvalue() == data
    s3.delete_object(Bucket='acme-empty', Key='managed')


@test
def s3_presigned(sim):
    s3 = sim.client('s3', 'us-east-2')
    where = {'Bucket': 'acme-empty', 'Key': ODD_KEY}
    put = s3.generate_presigned_url('put_object', Params=where)
    request = urllib.request.Request(put, data=b'hello', method='PUT')
    request.add_header('Content-Type', '')
    assert urllib.request.urlopen(request).status == 200
    get = s3.generate_presigned_url('get_object', Params=where)
    assert urllib.request.urlopen(get).read() == b'hello'
    for bad, code in ((get[:-1] + ('0' if get[-1] != '0' else '1'),
                       b'SignatureDoesNotMatch'),
                      (get.replace('X-Amz-Expires=3600',
                                   'X-Amz-Expires=900'),
                       b'SignatureDoesNotMatch')):
        try:
            urllib.request.urlopen(bad)
            raise AssertionError('not refused')
        except urllib.error.HTTPError as error:
            assert error.code == 403 and code in error.read()
    s3.delete_object(**where)


@test
def s3_virtual_host(sim):
    """As resolvers do that know .localhost (RFC 6761, 6.3)."""
    resolve = socket.getaddrinfo

    def loopback(host, *rest, **more):
        local = str(host).endswith('localhost')
        return resolve('127.0.0.1' if local else host, *rest, **more)

    socket.getaddrinfo = loopback
    try:
        virtual_host(sim)
    finally:
        socket.getaddrinfo = resolve


def virtual_host(sim):
    url = f'http://localhost:{sim.port}'
    s3 = sim.client('s3', 'us-east-2', url=url,
                    s3={'addressing_style': 'virtual'})
    s3.put_object(Bucket='acme-empty', Key=ODD_KEY, Body=b'v')
    assert s3.get_object(Bucket='acme-empty',
                         Key=ODD_KEY)['Body'].read() == b'v'
    s3.delete_object(Bucket='acme-empty', Key=ODD_KEY)
    wrong = sim.client('s3', 'us-west-1', url=url,
                       s3={'addressing_style': 'virtual'})
    assert wrong.list_objects_v2(Bucket='acme-web-assets')['KeyCount']


# Many at once, faults, the CLI ------------------------------------------------

@test
def many_connections(sim):
    failures = []

    def work():
        try:
            assert len(instances(sim.client('ec2'), PaginationConfig={
                'PageSize': 50})) == 240
        except Exception as error:     # reported below
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures[0]


@test
def faults_from_the_command_line(sim):
    """Each fault as boto3 sees it; counts run out."""
    cases = (
        ('throttle*1', 'ec2', 'RequestLimitExceeded'),
        ('throttle*1', 's3', 'SlowDown'),
        ('throttle*1', 'rds', 'Throttling'),
        ('500*1', 'ec2', 'InternalError'),
        ('503*1', 'rds', 'ServiceUnavailable'),
        ('denied*1', 'ec2', 'UnauthorizedOperation'),
        ('denied*1', 's3', 'AccessDenied'),
        ('expired*1', 'sts', 'ExpiredToken'),
        ('expired*1', 's3', 'ExpiredToken'),
        ('optin*1', 'ec2', 'AuthFailure'),
        ('skew=1000*1', 's3', 'RequestTimeTooSkewed'),
        ('skew=-400*1', 'ec2', 'RequestExpired'),
        ('retry-after=1500*1', 'ec2', 'RequestLimitExceeded'),
        ('html*1', 'ec2', '502'),
    )
    calls = {'ec2': 'describe_regions', 's3': 'list_buckets',
             'rds': 'describe_db_instances', 'sts': 'get_caller_identity'}
    for fault, service, code in cases:
        other = Sim('--fault', fault)
        try:
            call = getattr(other.client(service), calls[service])
            refused(code, call)
            call()
        finally:
            assert other.stop() == 0


@test
def broken_connections(sim):
    for fault in ('drop*1', 'drop-after*1', 'cut*1'):
        other = Sim('--fault', fault)
        try:
            ec2 = other.client('ec2')
            try:
                ec2.describe_instances()
                raise AssertionError(f'{fault}: answered')
            except AssertionError:
                raise
            except Exception:          # each client has its own words
                pass
            ec2.describe_instances()
        finally:
            assert other.stop() == 0


@test
def stops_while_silent(sim):
    other = Sim('--fault', 'down')
    ec2 = other.client('ec2', read_timeout=60)
    thread = threading.Thread(target=lambda: ignore(ec2.describe_regions))
    thread.start()
    thread.join(0.5)
    assert thread.is_alive()
    assert other.stop() == 0
    thread.join(5)
    assert not thread.is_alive()


def ignore(function):
    try:
        function()
    except Exception:
        pass


def clis():
    found = []
    for path in ('/usr/bin/aws', shutil.which('aws')):
        if path and os.access(path, os.X_OK) and path not in found:
            found.append(path)
    return found


class Cli:
    def __init__(self, path, sim, home):
        self.path, self.sim, self.home = path, sim, home

    def __call__(self, *words, region='us-east-1', fails=False):
        environment = {
            'PATH': os.environ['PATH'], 'HOME': self.home,
            'AWS_ACCESS_KEY_ID': KEY, 'AWS_SECRET_ACCESS_KEY': SECRET,
            'AWS_DEFAULT_REGION': region, 'AWS_REGION': region,
            'AWS_EC2_METADATA_DISABLED': 'true', 'AWS_PAGER': '',
            'AWS_MAX_ATTEMPTS': '1', 'LC_ALL': 'C.UTF-8',
            'NO_PROXY': '*'}
        done = subprocess.run(
            [self.path, '--endpoint-url', self.sim.url, *words],
            env=environment, capture_output=True, text=True, timeout=120)
        if fails:
            assert done.returncode != 0
            return done.stderr
        assert done.returncode == 0, done.stderr
        return done.stdout


def cli_test(cli):
    me = json.loads(cli('sts', 'get-caller-identity', '--output', 'json'))
    assert me['Account'] == ACCOUNT
    count = cli('ec2', 'describe-instances', '--page-size', '50', '--query',
                'length(Reservations[].Instances[])', '--output', 'json')
    assert int(count) == 240
    error = cli('ec2', 'describe-instances', region='me-south-1', fails=True)
    assert '(AuthFailure)' in error
    names = cli('rds', 'describe-db-instances', '--query',
                'DBInstances[].DBInstanceIdentifier', '--output', 'text')
    assert 'orders-db' in names
    assert 'acme-app-data' in cli('s3', 'ls')
    assert ODD_KEY in cli('s3', 'ls', '--recursive', 's3://acme-app-data/a')
    with tempfile.TemporaryDirectory() as folder:
        cli_files(cli, folder)


def cli_files(cli, folder):
    small = os.path.join(folder, 'small é.txt')
    big = os.path.join(folder, 'big.bin')
    data = os.urandom(20 << 20)
    with open(small, 'w') as out:
        out.write('hello\n')
    with open(big, 'wb') as out:
        out.write(data)
    there = 's3://acme-empty/cli/'
    for path, key in ((small, ODD_KEY), (big, 'big')):
        cli('s3', 'cp', '--quiet', path, there + key, region='us-east-2')
        back = path + '.back'
        cli('s3', 'cp', '--quiet', there + key, back, region='us-east-2')
        with open(path, 'rb') as one, open(back, 'rb') as two:
            assert one.read() == two.read()
    copy = os.path.join(folder, 'tree')
    cli('s3', 'sync', '--quiet', there, copy, region='us-east-2')
    assert os.path.getsize(os.path.join(copy, 'big')) == len(data)
    cli('s3', 'mv', '--quiet', there + 'big', there + 'moved',
        region='us-east-2')
    assert 'moved' in cli('s3', 'ls', there, region='us-east-2')
    cli('s3', 'rm', '--quiet', '--recursive', there, region='us-east-2')
    assert not cli('s3', 'ls', '--recursive', 's3://acme-empty',
                   region='us-east-2').strip()


# Running --------------------------------------------------------------------

def run(name, function, counts):
    unknown.clear()
    try:
        said = function()
        if unknown:
            raise AssertionError('not in AWS\'s model: ' + ', '.join(
                sorted(set(unknown))[:8]))
    except Exception:                  # counted, and shown
        counts['failed'] += 1
        print(f'not ok {name}')
        traceback.print_exc(file=sys.stdout)
        return
    if said:
        counts['skipped'] += 1
        print(f'ok {name} # SKIP {said}')
    else:
        counts['passed'] += 1
        print(f'ok {name}')


def main(own=None, with_cli=True):
    """The tests of this file, or those of another that walks replies too."""
    counts = {'passed': 0, 'failed': 0, 'skipped': 0}
    wanted = sys.argv[1:]
    for name in list(os.environ):
        if name.startswith('AWS_') or name.lower().endswith('_proxy'):
            del os.environ[name]
    sim = Sim()
    with tempfile.TemporaryDirectory() as home:
        os.environ['HOME'] = home
        for function in own or tests:
            if not wanted or function.__name__ in wanted:
                run(function.__name__, lambda: function(sim), counts)
        for path in clis() if with_cli else ():
            name = 'cli ' + path
            if not wanted or 'cli' in wanted:
                run(name, lambda: cli_test(Cli(path, sim, home)), counts)
    if sim.stop() != 0:
        counts['failed'] += 1
        print('not ok the simulator ended badly')
    print('{passed} passed, {failed} failed, {skipped} skipped'.format(
        **counts))
    return counts['failed'] > 0


if __name__ == '__main__':
    sys.exit(main())
