/* SPDX-License-Identifier: MIT */
#include "aws/profile.h"

#include "aws_files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

static const struct service ec2 = {
	.name = "ec2", .env = "EC2", .prefix = "ec2"
};
static const struct service elbv2 = {
	.name = "elbv2", .env = "ELASTIC_LOAD_BALANCING_V2",
	.prefix = "elasticloadbalancing"
};

static void a_broken_file_is_named(void **state)
{
	struct error err = ERROR_INIT;
	struct aws_files f;

	(void)state;
	aws_files_open(&f, "[default]\nnonsense\n", NULL);
	assert_null(profiles_load(&f.env, &err));
	assert_int_equal(err.kind, ERR_PARSE);
	assert_non_null(strstr(err.text, "/.aws/config line 2"));
	error_reset(&err);
	aws_files_set(&f, "AWS_CONFIG_FILE", "$HOME/.aws");
	assert_null(profiles_load(&f.env, &err));
	assert_int_equal(err.kind, ERR_IO);
	aws_files_close(&f);
}

static void bad_settings_are_refused(void **state)
{
	static const struct {
		const char *profile, *region, *url, *says;
	} bad[] = {
		{ "none", NULL, NULL, "profile 'none' (--profile) is neither" },
		{ "default", NULL, NULL, "profile 'default' (--profile)" },
		{ NULL, "eu west", NULL, "'eu west' (--region) is not" },
		{ NULL, "", NULL, "'' (--region) is not" },
		{ NULL, NULL, "ftp://x", "--endpoint-url: the endpoint URL" },
		{ "region", NULL, NULL, "'-x' (profile region) is not" },
		{ "style", NULL, NULL, "addressing_style 'both'" },
		{ "attempts", NULL, NULL, "max_attempts '0' (profile att" },
		{ "services", NULL, NULL, "wants [services gone]" },
	};
	struct error err = ERROR_INIT;
	struct aws_files f;
	size_t i;

	(void)state;
	aws_files_open(&f, "[profile region]\nregion = -x\n"
		"[profile style]\ns3 =\n  addressing_style = both\n"
		"[profile attempts]\nmax_attempts = 0\n"
		"[profile services]\nservices = gone\n", NULL);
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		aws_files_refuse(&f, bad[i].profile, bad[i].region,
			bad[i].url, &err);
		if (!strstr(err.text, bad[i].says))
			fail_msg("%s", err.text);
	}
	aws_files_set(&f, "AWS_REGION", "a/b");
	aws_files_refuse(&f, NULL, NULL, NULL, &err);
	assert_non_null(strstr(err.text, "'a/b' (AWS_REGION)"));
	aws_files_set(&f, "AWS_PROFILE", "");
	aws_files_refuse(&f, NULL, NULL, NULL, &err);
	assert_non_null(strstr(err.text, "AWS_PROFILE is set but empty"));
	aws_files_close(&f);
}

static void missing_files_are_empty_ones(void **state)
{
	struct aws_files f;

	(void)state;
	aws_files_open(&f, NULL, NULL);
	aws_files_resolve(&f, NULL);
	assert_int_equal(profiles_count(f.profiles), 0);
	assert_string_equal(f.config.profile, "default");
	assert_false(f.config.profile_explicit);
	assert_null(f.config.region);
	assert_null(f.config.region_source);
	assert_null(profiles_get(f.profiles, "default", "region"));
	assert_null(profiles_name(f.profiles, 0));
	aws_files_close(&f);
}

static void sections_become_profiles(void **state)
{
	struct aws_files f;

	(void)state;
	aws_files_open(&f, "[default]\nregion = d\n"
		"[profile web-10]\nregion = a\n"
		"[profile web-2]\nregion = b\n"
		"[profile \"a b\"]\nregion = c\n"
		"[profile 'it''s'  ]\nregion = e\n"
		"[profile one two]\nregion = x\n"
		"[profile \"open]\nregion = x\n"
		"[profiles y]\nregion = x\n"
		"[preview]\ncloudfront = true\n"
		"[sso-session corp]\nsso_region = eu-west-1\n"
		"[services dev]\nec2 =\n  endpoint_url = http://x\n",
		"[profile web-2]\nregion = other\n"
		"[raw name]\naws_access_key_id = R\n"
		"[DEFAULT]\naws_access_key_id = X\n"
		"[web-2]\nregion = b2\naws_access_key_id = W\n");
	aws_files_load(&f);
	assert_int_equal(profiles_count(f.profiles), 7);
	assert_string_equal(profiles_name(f.profiles, 0), "a b");
	assert_string_equal(profiles_name(f.profiles, 5), "web-2");
	assert_string_equal(profiles_name(f.profiles, 6), "web-10");
	assert_true(profiles_has(f.profiles, "its"));
	assert_true(profiles_has(f.profiles, "profile web-2"));
	assert_false(profiles_has(f.profiles, "DEFAULT"));
	assert_false(profiles_has(f.profiles, "preview"));
	assert_string_equal(profiles_get(f.profiles, "web-2", "region"),
		"b2");
	assert_string_equal(profiles_get_config(f.profiles, "web-2",
		"region"), "b");
	assert_null(profiles_get_config(f.profiles, "web-2",
		"aws_access_key_id"));
	assert_null(profiles_get_credentials(f.profiles, "default",
		"region"));
	assert_string_equal(profiles_get_sso(f.profiles, "corp",
		"sso_region"), "eu-west-1");
	assert_null(profiles_get_sso(f.profiles, "dev", "sso_region"));
	assert_true(profiles_has_services(f.profiles, "dev"));
	assert_string_equal(profiles_label(f.profiles, "web-2"),
		"profile web-2");
	assert_int_equal(profiles_warning_count(f.profiles), 0);
	aws_files_close(&f);
}

static void the_later_of_two_names_counts(void **state)
{
	struct aws_files f;

	(void)state;
	aws_files_open(&f, "[default]\nregion = a\noutput = json\n"
		"[profile default]\nregion = b\n", NULL);
	aws_files_load(&f);
	assert_string_equal(profiles_get(f.profiles, "default", "region"),
		"b");
	assert_null(profiles_get(f.profiles, "default", "output"));
	assert_int_equal(profiles_warning_count(f.profiles), 1);
	assert_non_null(strstr(profiles_warning(f.profiles, 0),
		"[default] and [profile default] are one profile"));
	assert_null(profiles_warning(f.profiles, 1));
	aws_files_close(&f);
}

static void paths_are_expanded(void **state)
{
	static const char *const cases[][2] = {
		{ "/a/$B/c", "/a/bee/c" }, { "/a/${B}c", "/a/beec" },
		{ "$NONE/x", "$NONE/x" }, { "${B", "${B" }, { "$", "$" },
		{ "~nobody-here/x", "~nobody-here/x" }, { "a~", "a~" },
		{ "", "" },
	};
	struct aws_files f;
	char *path;
	size_t i;

	(void)state;
	aws_files_open(&f, NULL, NULL);
	aws_files_set(&f, "B", "bee");
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		path = aws_env_expand(&f.env, cases[i][0]);
		assert_string_equal(path, cases[i][1]);
		free(path);
	}
	path = aws_env_expand(&f.env, "~/x");
	assert_int_equal(strncmp(path, f.home, strlen(f.home)), 0);
	assert_string_equal(path + strlen(f.home), "/x");
	free(path);
	aws_files_close(&f);
}

static void environment_beats_profile(void **state)
{
	struct aws_files f;

	(void)state;
	aws_files_open(&f, "[default]\nregion = eu-west-1\n"
		"[profile a]\nregion = us-west-2\nuse_fips_endpoint = True\n"
		"ca_bundle = ~/ca.pem\nmax_attempts = 5\ns3 =\n"
		"  addressing_style = path\n[profile b]\n", NULL);
	aws_files_resolve(&f, NULL);
	assert_string_equal(f.config.region, "eu-west-1");
	assert_string_equal(f.config.region_source, "profile default");

	aws_files_set(&f, "AWS_DEFAULT_PROFILE", "b");
	aws_files_set(&f, "AWS_PROFILE", "a");
	aws_files_resolve(&f, NULL);
	assert_string_equal(f.config.profile, "a");
	assert_false(f.config.profile_explicit);
	assert_string_equal(f.config.region, "us-west-2");
	assert_true(f.config.use_fips);
	assert_false(f.config.use_dualstack);
	assert_true(f.config.s3_path_style);
	assert_int_equal(f.config.max_attempts, 5);
	assert_null(strstr(f.config.ca_bundle, "~"));

	aws_files_set(&f, "AWS_DEFAULT_REGION", "sa-east-1");
	aws_files_set(&f, "AWS_USE_FIPS_ENDPOINT", "");
	aws_files_set(&f, "AWS_CA_BUNDLE", "/ca");
	aws_files_resolve(&f, "b");
	assert_string_equal(f.config.profile, "b");
	assert_true(f.config.profile_explicit);
	assert_string_equal(f.config.region, "sa-east-1");
	assert_string_equal(f.config.region_source, "AWS_DEFAULT_REGION");
	aws_files_set(&f, "AWS_REGION", "ca-west-1");
	aws_files_resolve(&f, "a");
	assert_string_equal(f.config.region_source, "AWS_REGION");
	assert_false(f.config.use_fips);
	assert_string_equal(f.config.ca_bundle, "/ca");
	aws_files_set(&f, "AWS_REGION", "");
	aws_files_resolve(&f, "a");
	assert_null(f.config.region);
	aws_files_close(&f);
}

static const char *url_of(const struct aws_files *f,
	const struct service *service)
{
	const char *source;

	return config_endpoint_url(&f->config, service, &source);
}

static void endpoint_urls_have_an_order(void **state)
{
	struct aws_files f;
	struct error err = ERROR_INIT;

	(void)state;
	aws_files_open(&f, "[default]\nservices = dev\n"
		"endpoint_url = http://profile\n[services dev]\n"
		"elastic_load_balancing_v2 =\n  endpoint_url = http://dev\n",
		NULL);
	aws_files_resolve(&f, NULL);
	assert_string_equal(url_of(&f, &ec2), "http://profile");
	assert_string_equal(url_of(&f, &elbv2), "http://dev");
	aws_files_set(&f, "AWS_ENDPOINT_URL", "");
	assert_string_equal(url_of(&f, &elbv2), "http://dev");
	aws_files_set(&f, "AWS_ENDPOINT_URL", "http://env");
	assert_string_equal(url_of(&f, &elbv2), "http://env");
	aws_files_set(&f, "AWS_ENDPOINT_URL_EC2", "http://ec2");
	assert_string_equal(url_of(&f, &ec2), "http://ec2");
	aws_files_set(&f, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "TRUE");
	assert_null(url_of(&f, &ec2));
	config_clear(&f.config);
	assert_true(config_resolve(&f.config, &f.env, f.profiles, NULL, NULL,
		"http://flag/", &err));
	assert_string_equal(url_of(&f, &ec2), "http://flag/");
	aws_files_close(&f);
}

static void nothing_comes_from_an_empty_environment(void **state)
{
	struct profiles *p = profiles_empty();
	struct error err = ERROR_INIT;
	struct aws_config config;

	(void)state;
	assert_true(config_resolve(&config, aws_env_empty(), p, NULL,
		"us-east-1", NULL, &err));
	assert_string_equal(config.region_source, "--region");
	assert_int_equal(profiles_count(p), 0);
	assert_string_equal(profiles_config_file(p), "");
	assert_null(aws_env_get(aws_env_empty(), "PATH"));
	assert_non_null(aws_env_get(aws_env_process(), "PATH"));
	config_clear(&config);
	profiles_free(p);
	profiles_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_broken_file_is_named),
		cmocka_unit_test(bad_settings_are_refused),
		cmocka_unit_test(missing_files_are_empty_ones),
		cmocka_unit_test(sections_become_profiles),
		cmocka_unit_test(the_later_of_two_names_counts),
		cmocka_unit_test(paths_are_expanded),
		cmocka_unit_test(environment_beats_profile),
		cmocka_unit_test(endpoint_urls_have_an_order),
		cmocka_unit_test(nothing_comes_from_an_empty_environment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
