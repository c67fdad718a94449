#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Volumes, snapshots and images of the simulator, held against boto3.

Every reply is walked against AWS's own model (sim_cli.py), and every refusal
is AWS's code. The last line is "N passed, N failed, N skipped".
"""
import sys
import time

import sim_cli
from sim_cli import Sim, refused

FRIEND = '963068290131'
ZONE = 'us-east-1a'


def until(read, wanted):
    """The simulator's clock is the wall's."""
    for _ in range(300):
        if read() == wanted:
            return
        time.sleep(0.1)
    raise AssertionError(f'{read()} is not {wanted}')


def volumes(sim):
    ec2 = sim.client('ec2')
    id = ec2.create_volume(
        AvailabilityZone=ZONE, Size=10, VolumeType='gp3', Encrypted=True,
        TagSpecifications=[{'ResourceType': 'volume', 'Tags': [
            {'Key': 'Name', 'Value': 'é<&>'}]}])['VolumeId']
    until(lambda: ec2.describe_volumes(VolumeIds=[id])['Volumes'][0]['State'],
          'available')
    host = next(i for r in ec2.describe_instances(Filters=[
        {'Name': 'availability-zone', 'Values': [ZONE]},
        {'Name': 'instance-state-name', 'Values': ['running']}])[
            'Reservations'] for i in r['Instances'])['InstanceId']
    ec2.attach_volume(VolumeId=id, InstanceId=host, Device='/dev/sdk')
    until(lambda: ec2.describe_volumes(Filters=[
        {'Name': 'attachment.instance-id', 'Values': [host]},
        {'Name': 'attachment.device', 'Values': ['/dev/sdk']}])[
            'Volumes'][0]['Attachments'][0]['State'], 'attached')
    ec2.modify_volume(VolumeId=id, Size=20, Iops=4000)
    page = ec2.describe_volumes_modifications(Filters=[
        {'Name': 'modification-state', 'Values': ['modifying',
                                                  'optimizing']}])
    assert page['VolumesModifications'][0]['VolumeId'] == id
    refused('IncorrectModificationState', ec2.modify_volume, VolumeId=id,
            Size=30)
    ec2.modify_volume_attribute(VolumeId=id, AutoEnableIO={'Value': True})
    for name in ('autoEnableIO', 'productCodes'):
        ec2.describe_volume_attribute(VolumeId=id, Attribute=name)
    ec2.enable_volume_io(VolumeId=id)
    ec2.detach_volume(VolumeId=id, InstanceId=host, Force=True)
    until(lambda: ec2.describe_volumes(VolumeIds=[id])['Volumes'][0]['State'],
          'available')
    ec2.delete_volume(VolumeId=id)


def snapshots(sim):
    ec2, there = sim.client('ec2'), sim.client('ec2', region='eu-west-1')
    whole = ec2.describe_snapshots(OwnerIds=['self'], Filters=[
        {'Name': 'status', 'Values': ['completed']}])['Snapshots']
    plain = next(s['SnapshotId'] for s in whole if not s['Encrypted'])
    hidden = next(s['SnapshotId'] for s in whole if s['Encrypted'])
    volume = ec2.describe_volumes()['Volumes'][0]['VolumeId']
    ec2.create_snapshot(VolumeId=volume, Description='é<&>')
    for id in (plain, hidden):
        there.copy_snapshot(SourceRegion='us-east-1', SourceSnapshotId=id)
    ec2.modify_snapshot_attribute(
        SnapshotId=plain, CreateVolumePermission={
            'Add': [{'UserId': FRIEND}, {'Group': 'all'}]})
    for name in ('createVolumePermission', 'productCodes'):
        ec2.describe_snapshot_attribute(SnapshotId=plain, Attribute=name)
    ec2.describe_snapshots(RestorableByUserIds=['all'], OwnerIds=['self'])
    ec2.reset_snapshot_attribute(SnapshotId=plain,
                                 Attribute='createVolumePermission')
    refused('OperationNotPermitted', ec2.modify_snapshot_attribute,
            SnapshotId=hidden, CreateVolumePermission={
                'Add': [{'UserId': FRIEND}]})
    refused('InvalidUserID.Malformed', ec2.modify_snapshot_attribute,
            SnapshotId=plain, CreateVolumePermission={
                'Add': [{'UserId': FRIEND[:-1]}]})


def images(sim):
    ec2, there = sim.client('ec2'), sim.client('ec2', region='eu-west-1')
    own = ec2.describe_images(Owners=['self'])['Images'][0]['ImageId']
    host = ec2.describe_instances(Filters=[
        {'Name': 'instance-state-name', 'Values': ['running']}])[
            'Reservations'][0]['Instances'][0]['InstanceId']
    made = ec2.create_image(InstanceId=host, Name='walked', NoReboot=True)
    ec2.describe_images(ImageIds=[made['ImageId']])
    there.copy_image(SourceRegion='us-east-1', SourceImageId=own,
                     Name='walked')
    ec2.modify_image_attribute(ImageId=own, LaunchPermission={
        'Add': [{'UserId': FRIEND}]})
    ec2.modify_image_attribute(ImageId=own, Description={'Value': 'é<&>'})
    for name in ('launchPermission', 'description', 'blockDeviceMapping',
                 'productCodes'):
        ec2.describe_image_attribute(ImageId=own, Attribute=name)
    ec2.reset_image_attribute(ImageId=own, Attribute='launchPermission')
    ec2.enable_image_deprecation(ImageId=own,
                                 DeprecateAt=time.time() + 86400)
    ec2.disable_image_deprecation(ImageId=own)
    ec2.deregister_image(ImageId=made['ImageId'])
    refused('InvalidAMIID.NotFound', ec2.deregister_image,
            ImageId=made['ImageId'])


if __name__ == '__main__':
    sys.exit(sim_cli.main([volumes, snapshots, images], with_cli=False))
