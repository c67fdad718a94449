/* SPDX-License-Identifier: MIT */
/*
 * The program: command line, process guards, simulator where one is asked
 * for, then a verb or the screen. The only file that starts the simulator.
 */
#include "aws/http.h"
#include "base/clock.h"
#include "base/embedded.h"
#include "base/log.h"
#include "base/random.h"
#include "cli/help.h"
#include "cli/verb.h"
#include "config.h"
#include "doc/reader.h"
#include "sim/sim.h"
#include "ui/app.h"
#include "ui/control.h"
#include "ui/keymap.h"
#include "ui/manual.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* Keys and tokens live in this process: no core file, no ptrace by others
 * (ux.md 1.9). A closed standard descriptor would be handed to a socket. */
static void guard_process(void)
{
	struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
#ifndef TUCUXI_SANITIZED
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			open("/dev/null", fd ? O_WRONLY : O_RDONLY);
	signal(SIGPIPE, SIG_IGN);
	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C");  /* AWS writes 1.5 everywhere */
}

/* Tests set the clock and the seed; nobody else does. */
static void apply_test_environment(void)
{
	const char *wall = getenv("TUCUXI_CLOCK");
	const char *seed = getenv("TUCUXI_SEED");

	if (wall)
		clock_set_virtual(strtoll(wall, NULL, 10));
	if (seed)
		random_seed(strtoull(seed, NULL, 10));
}

static bool number(const char *name, const char *text, long high, long *out,
	struct error *err)
{
	*out = 0;
	if (!text || str_int(text, 0, high, out))
		return true;
	return error_set(err, ERR_USAGE, "--%s %s: a number from 0 to %ld",
		name, text, high);
}

static struct sim *start_sim(const struct options *o, struct error *err)
{
	long port, instances, objects, seed, latency;
	struct sim_options so = { 0 };
	struct sim *sim;

	if (!number("port", o->port, 65535, &port, err) ||
	    !number("instances", o->instances, 100000000, &instances, err) ||
	    !number("objects", o->objects, 1000000000, &objects, err) ||
	    !number("seed", o->seed, 1000000000, &seed, err) ||
	    !number("latency", o->latency, 600000, &latency, err))
		return NULL;
	so.port = (unsigned)port;
	so.instances = o->demo ? o->demo_instances : (size_t)instances;
	so.objects = (size_t)objects;
	so.seed = (uint64_t)seed;
	so.latency = (unsigned)latency;
	sim = sim_start(&so, err);
	for (size_t i = 0; sim && i < o->fault_count; i++) {
		if (sim_fault(sim, o->faults[i], err))
			continue;
		sim_stop(sim);
		return NULL;
	}
	return sim;
}

/* `tucuxi sim`: serves until a signal ends it. */
static int serve(const struct options *o)
{
	struct error err = ERROR_INIT;
	struct sim *sim;
	sigset_t set;
	int sig;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	sim = start_sim(o, &err);
	if (!sim)
		return verb_fail(&err);
	printf("listening on http://127.0.0.1:%u\n", sim_port(sim));
	printf("  aws_access_key_id %s\n  aws_secret_access_key %s\n",
		SIM_ACCESS_KEY, SIM_SECRET_KEY);
	fflush(stdout);
	sigwait(&set, &sig);
	sim_stop(sim);
	return 0;
}

static bool inject(void *sim, const char *spec, struct error *err)
{
	return sim_fault(sim, spec, err);
}

static char *operations(void *sim)
{
	return sim_operations(sim);
}

static int run(struct runtime *rt, struct sim *sim)
{
	const struct app_sim hooks = { sim, inject, operations };
	const struct options *o = rt->options;
	const struct verb *verb = o->verb ? verb_find(o->verb) : NULL;

	if (verb) {
		runtime_read_rules(rt);
		return verb->run(rt);
	}
	return app_run(rt, sim ? &hooks : NULL);
}

static int start(const struct options *o)
{
	struct error err = ERROR_INIT;
	struct runtime rt = { 0 };
	struct sim *sim = NULL;
	char endpoint[64];
	struct demo_access demo = { endpoint, SIM_ACCESS_KEY,
		SIM_SECRET_KEY };
	int status;

	if (!o->verb)
		app_prepare();
	if (o->log && !log_open(o->log, &err))
		return verb_fail(&err);
	if (o->demo && !(sim = start_sim(o, &err)))
		return verb_fail(&err);
	if (sim)
		snprintf(endpoint, sizeof(endpoint), "http://127.0.0.1:%u",
			sim_port(sim));
	if (runtime_open(&rt, o, sim ? &demo : NULL, &err))
		status = run(&rt, sim);
	else
		status = verb_fail(&err);
	runtime_close(&rt);
	if (sim)
		sim_stop(sim);
	log_close();
	return status;
}

static int say_help(const struct options *o, const char *verb)
{
	struct error err = ERROR_INIT;
	struct str text = STR_INIT;
	int status;

	if (verb && !verb_find(verb)) {
		error_set(&err, ERR_USAGE, "no verb '%s' — tucuxi --help "
			"lists them", verb);
		return verb_fail(&err);
	}
	if (o->version)
		str_add(&text, "tucuxi " TUCUXI_VERSION "\n");
	else
		help_text(&text, verb);
	if (!o->version && str_eq(verb, "sim"))
		str_addf(&text, "\nFaults, KIND[=VALUE][@REGION]"
			"[/OPERATION][*COUNT]:\n%s", sim_fault_help());
	status = verb_print(text.p);
	str_clear(&text);
	return status;
}

static int say_manual(void)
{
	struct doc_names *names = doc_names_new();
	struct catalogue *catalogue = catalogue_open(names);
	struct keymap *keymap = keymap_new();
	struct str text = STR_INIT;
	struct error err = ERROR_INIT;
	struct manual manual = { .out = &text, .catalogue = catalogue,
		.keymap = keymap, .version = TUCUXI_VERSION,
		.faults = sim_fault_help() };
	bool ok = keymap_load(keymap, "default.keys",
		embedded_file("default.keys"), &err) &&
		manual_write(&manual, embedded_file("tucuxi.1.in"), &err);
	int status = ok ? verb_print(text.p) : verb_fail(&err);

	str_clear(&text);
	keymap_free(keymap);
	catalogue_close(catalogue);
	doc_names_free(names);
	return status;
}

int main(int argc, char **argv)
{
	static struct options o;
	const struct verb *verb;
	struct error err = ERROR_INIT;
	int status;

	guard_process();
	apply_test_environment();
	if (!options_parse(&o, argc, argv, &err))
		return verb_fail(&err);
	if (o.help || o.version)
		return say_help(&o, o.verb);
	if (str_eq(o.verb, "help"))
		return say_help(&o, o.argument_count ? o.arguments[0] : NULL);
	if (str_eq(o.verb, "sim"))
		return serve(&o);
	if (str_eq(o.verb, "manual"))
		return say_manual();
	verb = o.verb ? verb_find(o.verb) : NULL;
	if (verb && verb->alone)
		return verb->alone(&o);
	http_global_init();
	reader_global_init();
	status = start(&o);
	reader_global_clear();
	http_global_clear();
	return status;
}
