/* SPDX-License-Identifier: MIT */
#include "cli/verb.h"

#include <string.h>

#define ROWS "table tsv csv json ndjson yaml"
#define DOCUMENT "yaml json xml"

static const struct verb screen = {
	.name = "", .arguments = "[TARGET]", .help = "the console, full screen",
	.more = "TARGET is a resource (instances), an id, an ARN or s3://BUCKET/PREFIX/. "
		"Without it you are where you left off. Press ? for the keys that work where you are.",
	.words = { WORD_PLACE },
	.examples = {
		{ "tucuxi --demo", "look around: no account, no network" },
		{ "tucuxi instances -r all", "every instance, in every region" },
		{ "tucuxi i-0f3a9c2b7d1e4a5b6", "one thing, by its id" },
		{ "tucuxi s3://bucket/logs/", "a folder" },
		{ "tucuxi -p dev,prod volumes --read-only", "two accounts in one table, only to look" },
	},
};

static const struct verb verbs[] = {
	{ .name = "ls", .arguments = "RESOURCE [PARAMETER=VALUE...]", .run = verb_ls,
	  .help = "the same table on standard output",
	  .more = "RESOURCE is one of `tucuxi resources`, or s3://BUCKET/PREFIX for objects. "
		"PARAMETER=VALUE asks AWS for less, by a parameter of the listing's operation or by one of its "
		"filters: `ls reserved-offerings InstanceType=m6i.large`, "
		"`ls public-images Owners=amazon Filters.name='al2023*'`. "
		"Rows are written as pages arrive, unless --sort or a joined column holds them. "
		"What could not be fetched is named on standard error. With --watch a terminal gets the table anew "
		"each time, everything else a row for what came (+), changed (~) or went (-), and the time; "
		"Ctrl-C ends it.",
	  .formats = ROWS, .words = { WORD_PLACE },
	  .examples = {
		{ "tucuxi ls instances -r all", "over all regions" },
		{ "tucuxi ls volumes --filter state:available --sort -gib", "unused, largest first" },
		{ "tucuxi ls instances -o json | jq -r '.[].id'", "for a script" },
		{ "tucuxi ls s3://bucket/logs/ -o tsv", "objects under a prefix" },
		{ "tucuxi ls instances --watch=10 -o ndjson", "each change from now on" },
	  } },
	{ .name = "get", .arguments = "RESOURCE ID", .run = verb_get,
	  .help = "one whole document, as AWS sent it",
	  .formats = DOCUMENT, .words = { WORD_RESOURCE, WORD_OTHER },
	  .examples = {
		{ "tucuxi get instances i-0f3a9c2b7d1e4a5b6", "as YAML" },
		{ "tucuxi get buckets my-bucket -o json", "as JSON" },
	  } },
	{ .name = "do", .arguments = "ACTION TARGET... [FIELD=VALUE...]", .run = verb_do,
	  .help = "an action on any number of things, a row for each",
	  .more = "ACTION is RESOURCE.ACTION, of `tucuxi do --list`. TARGET is an id or an ARN; - reads them "
		"from standard input. FIELD=@FILE and FIELD=- read a value; -- ends fields. What changes or "
		"disrupts needs --yes, what destroys needs --confirm with the one's name (or the last four of "
		"its id), or the action and the number of targets; without it the rows say what would be sent "
		"and the exit status is 3. One of unknown outcome is never sent again.",
	  .formats = ROWS, .words = { WORD_ACTION, WORD_FIELD },
	  .examples = {
		{ "tucuxi do --list", "what can be done" },
		{ "tucuxi do instances.start i-0f3a9c2b7d1e4a5b6 --yes --wait", "until it runs" },
		{ "tucuxi do instances.stop - force=true --yes <ids", "many, one a line" },
		{ "tucuxi do instances.terminate i-0f3a9c2b7d1e4a5b6 --confirm=web-3", "by its name" },
	  } },
	{ .name = "creds", .arguments = "", .run = verb_creds,
	  .help = "which credentials and region are used, and why",
	  .formats = ROWS,
	  .examples = {
		{ "tucuxi creds -p dev,prod", "of two profiles" },
	  } },
	{ .name = "regions", .arguments = "", .run = verb_regions,
	  .help = "the regions tucuxi knows", .formats = ROWS },
	{ .name = "endpoints", .arguments = "[SERVICE]", .run = verb_endpoints,
	  .help = "where each service answers, by region",
	  .formats = ROWS, .words = { WORD_SERVICE },
	  .examples = {
		{ "tucuxi endpoints rds -r eu-west-1", "one service in one region" },
	  } },
	{ .name = "resources", .arguments = "", .run = verb_resources,
	  .help = "what can be listed, with the short names", .formats = ROWS },
	{ .name = "ssh", .arguments = "NAME|ID [SETTING=VALUE...] [-- COMMAND...]", .run = verb_ssh,
	  .help = "log in to an instance, or reach a port of it",
	  .more = "User, key and way are those of the `ssh` lines in tucuxirc, then of the line: user, key, host, "
		"address (public, private), port, via (ssh, ssm, instance-connect), jump, forward (LOCAL:REMOTE or "
		"LOCAL:HOST:REMOTE). ssh reads its own configuration as ever. Without an address it goes through "
		"Session Manager. The exit status is ssh's.",
	  .words = { WORD_OTHER, WORD_OTHER },
	  .examples = {
		{ "tucuxi ssh web-3", "a shell, by its name" },
		{ "tucuxi ssh i-0f3a9c2b7d1e4a5b6 user=ubuntu -- uptime", "one command" },
		{ "tucuxi ssh db-1 via=ssm forward=5432", "its port 5432 as our own" },
	  } },
	{ .name = "firewall", .arguments = "leftovers|reap [RULE...]", .run = verb_firewall,
	  .help = "rules that the firewall for the moment left behind",
	  .more = "They are found by their tags, whoever opened them on whichever machine. reap removes those that "
		"are named, else those that are past their time or whose tucuxi is dead. "
		"`tucuxi do instances.firewall ID` opens one.",
	  .formats = ROWS, .words = { WORD_OTHER, WORD_OTHER },
	  .examples = {
		{ "tucuxi firewall leftovers -r all", "everywhere" },
		{ "tucuxi firewall reap --yes", "away with what nobody uses" },
	  } },
	{ .name = "jobs", .arguments = "[show|resume|cancel|clean|forget ID]", .run = verb_jobs,
	  .help = "work in several steps: how far it is, going on, taking it back",
	  .more = "Kept in $XDG_STATE_HOME/tucuxi/work, so that it goes on after the program was closed or killed. "
		"ID may be its beginning. resume goes on; with --yes also what waited for a person. cancel takes back "
		"what was made, clean removes what is no longer needed of what is done: both say what that is, and "
		"want --confirm='clean N'.",
	  .formats = ROWS, .words = { WORD_OTHER, WORD_OTHER },
	  .examples = {
		{ "tucuxi jobs", "what was begun, and how far it is" },
		{ "tucuxi jobs resume 3f2a9c1b --yes", "its person's step is done" },
	  } },
	{ .name = "guard", .arguments = "ID", .hidden = true, .run = verb_guard, .words = { WORD_OTHER },
	  .help = "takes work back whose owner has died: tucuxi starts it" },
	{ .name = "journal", .arguments = "", .run = verb_journal,
	  .help = "what was sent that changes anything, and what came of it",
	  .more = "Kept in $XDG_STATE_HOME/tucuxi/journal.ndjson. Where it cannot be written nothing is "
		"changed. A result of unknown: nobody saw the answer.",
	  .formats = ROWS },
	{ .name = "sim", .arguments = "",
	  .help = "the simulator alone, as a server on 127.0.0.1",
	  .more = "It speaks to anything that speaks AWS, prints its address and the key it knows, "
		"and serves until Ctrl-C.",
	  .examples = {
		{ "tucuxi sim --port 8773 --instances 100000", "a big fleet" },
		{ "tucuxi sim --fault throttle@eu-west-1", "a region that is busy" },
		{ "tucuxi ls instances --endpoint-url http://127.0.0.1:8773", "asks it" },
	  } },
	{ .name = "help", .arguments = "[VERB]",
	  .help = "this, or the help of a verb", .words = { WORD_VERB } },
	{ .name = "completion", .arguments = "bash|zsh|fish",
	  .alone = verb_completion, .words = { WORD_SHELL },
	  .help = "what a shell needs to complete tucuxi's words",
	  .more = "`make install` puts it where the shells look for it; this is for everywhere else.",
	  .examples = {
		{ "source <(tucuxi completion bash)", "in ~/.bashrc" },
		{ "source <(tucuxi completion zsh)", "in ~/.zshrc, behind compinit" },
		{ "tucuxi completion fish | source", "in ~/.config/fish/config.fish" },
	  } },
	{ .name = "complete", .arguments = "-- WORD...", .hidden = true,
	  .alone = verb_complete, .words = { WORD_OTHER },
	  .help = "what may stand at the last word: shells ask" },
	{ .name = "manual", .arguments = "",
	  .help = "this program's manual page, for man",
	  .examples = {
		{ "tucuxi manual | man -l -", "read it where nothing is installed" },
	  } },
	{ .name = NULL },
};

const struct verb *verb_table(void)
{
	return verbs;
}

const struct verb *verb_screen(void)
{
	return &screen;
}

const struct verb *verb_find(const char *name)
{
	for (const struct verb *v = verbs; v->name; v++)
		if (!strcmp(v->name, name))
			return v;
	return NULL;
}
