/* SPDX-License-Identifier: MIT */
/* `tucuxi complete`, which shells ask, and `tucuxi completion`, which makes
 * them ask. */
#include "base/embedded.h"
#include "cli/complete.h"
#include "cli/verb.h"

/* Broken files complete nothing; the command itself will tell. */
int verb_complete(const struct options *o)
{
	struct error ignored = ERROR_INIT;
	struct doc_names *names = doc_names_new();
	struct catalogue *catalogue = catalogue_open(names);
	struct profiles *profiles = profiles_load(aws_env_process(),
		&ignored);
	struct str text = STR_INIT;
	struct saved_all saved;
	struct complete c = { .catalogue = catalogue, .words = o->arguments,
		.count = o->argument_count };
	int status;

	if (!profiles)
		profiles = profiles_empty();
	c.profiles = profiles;
	saved_init(&saved, catalogue);
	saved_load(&saved, catalogue, false);
	c.saved = &saved;
	complete_words(&c, &text);
	status = verb_print(text.p);
	str_clear(&text);
	saved_clear(&saved);
	profiles_free(profiles);
	catalogue_close(catalogue);
	doc_names_free(names);
	return status;
}

int verb_completion(const struct options *o)
{
	struct error err = ERROR_INIT;
	struct str name = STR_INIT;
	const char *text = NULL;

	if (o->argument_count == 1) {
		str_addf(&name, "completion.%s", o->arguments[0]);
		text = embedded_file(name.p);
	}
	str_clear(&name);
	if (text)
		return verb_print(text);
	error_set(&err, ERR_USAGE, "completion: for which shell? bash, zsh "
		"or fish, as in `source <(tucuxi completion bash)`");
	return verb_fail(&err);
}
