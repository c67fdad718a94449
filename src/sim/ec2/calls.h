/* SPDX-License-Identifier: MIT */
/*
 * The operations of EC2; each reads its parameters and leaves an answer.
 * Under the world's lock.
 */
#ifndef SIM_EC2_CALLS_H
#define SIM_EC2_CALLS_H

struct call;

void ec2_create_tags(struct call *c);
void ec2_delete_tags(struct call *c);
void ec2_describe_tags(struct call *c);
void ec2_describe_instances(struct call *c);
void ec2_describe_instance_status(struct call *c);
void ec2_describe_volumes(struct call *c);
void ec2_describe_volume_status(struct call *c);
void ec2_describe_regions(struct call *c);
void ec2_describe_zones(struct call *c);
void ec2_describe_images(struct call *c);
void ec2_describe_snapshots(struct call *c);
void ec2_start_instances(struct call *c);
void ec2_stop_instances(struct call *c);
void ec2_reboot_instances(struct call *c);
void ec2_terminate_instances(struct call *c);
void ec2_run_instances(struct call *c);
void ec2_describe_attribute(struct call *c);
void ec2_modify_attribute(struct call *c);
void ec2_modify_metadata(struct call *c);
void ec2_monitor_instances(struct call *c);
void ec2_unmonitor_instances(struct call *c);
void ec2_get_console_output(struct call *c);
void ec2_get_password_data(struct call *c);
void ec2_associate_profile(struct call *c);
void ec2_replace_profile(struct call *c);
void ec2_disassociate_profile(struct call *c);
void ec2_describe_profiles(struct call *c);

#endif
