/* SPDX-License-Identifier: MIT */
#include "ui/form.h"

#include "base/mem.h"
#include "base/vec.h"
#include "base/xdg.h"
#include "cli/command.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#define FILE_MOST (1u << 20)

void input_init(struct input *in, const struct action_field *field)
{
	*in = (struct input){ .field = field };
	edit_init(&in->edit, "");
}

void input_clear(struct input *in)
{
	edit_clear(&in->edit);
	free(in->now);
}

bool input_is_empty(const struct input *in)
{
	return !in->edit.text.len;
}

static bool is_path(const struct input *in)
{
	return in->field->type == FIELD_FILE ||
		in->field->type == FIELD_SAVE;
}

/* The words of a list, else the whole text as one. */
static bool split(const struct input *in, struct words *words,
	struct error *err)
{
	const char *line = in->edit.text.p;
	bool ok = true;

	*words = (struct words){ 0 };
	if (!field_is_list(in->field)) {
		if (*line)
			*VEC_PUSH(words) = xstrdup(line);
		return true;
	}
	while (ok && line) {
		struct words more = { 0 };

		ok = words_split(&more, &line, err);
		for (size_t i = 0; i < more.count; i++)
			*VEC_PUSH(words) = xstrdup(more.items[i]);
		words_clear(&more);
	}
	return ok;
}

void input_check(struct input *in)
{
	struct words words;

	error_reset(&in->err);
	if (split(in, &words, &in->err) && !is_path(in))
		for (size_t i = 0; i < words.count; i++)
			if (!field_check(in->field, words.items[i], NULL,
			    &in->err))
				break;
	words_clear(&words);
}

static bool toggle(struct input *in)
{
	bool on = str_eq(in->edit.text.p, "true") ||
		(!in->edit.text.len && str_eq(in->field->value, "true")) ||
		(!in->edit.text.len && str_eq(in->now, "true"));

	edit_set(&in->edit, on ? "false" : "true");
	return true;
}

/* The places of the choices, in one word list. */
static size_t choice_count(const struct input *in)
{
	size_t n = 0;

	for (const char *p = in->field->choices; *p; n++) {
		p += strcspn(p, " ");
		p += strspn(p, " ");
	}
	return n;
}

static char *choice_at(const struct input *in, size_t i)
{
	const char *p = in->field->choices;

	for (; i; i--) {
		p += strcspn(p, " ");
		p += strspn(p, " ");
	}
	return xstrndup(p, strcspn(p, " "));
}

void input_cycle(struct input *in, int by)
{
	const char *text = in->edit.text.len ? in->edit.text.p :
		in->field->value;
	size_t count = choice_count(in), at = by > 0 ? count - 1 : 0;
	char *word;

	for (size_t i = 0; text && i < count; i++) {
		word = choice_at(in, i);
		if (!strcmp(word, text))
			at = i;
		free(word);
	}
	word = choice_at(in, (at + count + (size_t)by) % count);
	edit_set(&in->edit, word);
	free(word);
}

static bool choice_key(struct input *in, int key)
{
	if (key == KEYCODE_SPACE || key == KEYCODE_RIGHT)
		input_cycle(in, 1);
	else if (key == KEYCODE_LEFT)
		input_cycle(in, -1);
	else if (key == KEYCODE_BACKSPACE || key == KEYCODE_DEL ||
	    key == ('u' | KEYCODE_CTRL))
		edit_set(&in->edit, "");
	else
		return false;
	return true;
}

/* By a line up or down; false: there is none. */
static bool move_line(struct edit *e, int by)
{
	const char *text = e->text.p;
	size_t start = e->cursor, column, to;

	while (start && text[start - 1] != '\n')
		start--;
	column = e->cursor - start;
	if (by < 0) {
		if (!start)
			return false;
		for (to = start - 1; to && text[to - 1] != '\n';)
			to--;
	} else {
		to = e->cursor + strcspn(text + e->cursor, "\n");
		if (!text[to])
			return false;
		to++;
	}
	while (column-- && text[to] && text[to] != '\n')
		to++;
	while (to && ((unsigned char)text[to] & 0xc0) == 0x80)
		to--;
	e->cursor = to;
	return true;
}

static bool lines_key(struct input *in, int key)
{
	if (key == KEYCODE_ENTER)
		edit_replace(&in->edit, in->edit.cursor, "\n");
	else if (key == KEYCODE_UP || key == KEYCODE_DOWN)
		return move_line(&in->edit, key == KEYCODE_UP ? -1 : 1);
	else
		return false;
	return true;
}

bool input_key(struct input *in, int key)
{
	bool changed = false, mine;

	switch (in->field->type) {
	case FIELD_SWITCH:
		mine = key == KEYCODE_SPACE || key == KEYCODE_LEFT ||
			key == KEYCODE_RIGHT ? toggle(in) :
			key == KEYCODE_BACKSPACE && choice_key(in, key);
		break;
	case FIELD_CHOICE:
		mine = choice_key(in, key);
		break;
	case FIELD_LINES:
		mine = lines_key(in, key) ||
			edit_key(&in->edit, key, &changed);
		break;
	default:
		mine = edit_key(&in->edit, key, &changed);
	}
	if (mine) {
		in->touched = true;
		input_check(in);
	}
	return mine;
}

void input_paste(struct input *in, const char *text)
{
	if (in->field->type == FIELD_SWITCH ||
	    in->field->type == FIELD_CHOICE)
		return;
	if (in->field->type == FIELD_LINES) {
		char *copy = xstrdup(text);

		for (char *p = copy; *p; p++)
			if (*p == '\r')
				*p = '\n';
		edit_replace(&in->edit, in->edit.cursor, copy);
		mem_wipe_free(copy);
	} else {
		edit_insert(&in->edit, text, strlen(text));
	}
	in->touched = true;
	input_check(in);
}

size_t input_word(const struct input *in)
{
	const char *text = in->edit.text.p;
	size_t at = in->edit.cursor;

	if (!field_is_list(in->field))
		return 0;
	while (at && text[at - 1] != ' ')
		at--;
	return at;
}

void input_take_word(struct input *in, const char *word)
{
	struct str quoted = STR_INIT;
	bool list = field_is_list(in->field);

	if (list) {
		words_quote(&quoted, word);
		str_addc(&quoted, ' ');
		edit_replace(&in->edit, input_word(in), quoted.p);
	} else {
		edit_set(&in->edit, word);
	}
	in->touched = true;
	input_check(in);
	str_clear(&quoted);
}

/* ~/ is home. */
static char *full_path(const char *text)
{
	struct str path = STR_INIT;
	char *home;

	if (text[0] == '~' && (text[1] == '/' || !text[1])) {
		home = xdg_home();
		str_addf(&path, "%s%s", home, text + 1);
		free(home);
	} else {
		str_add(&path, text);
	}
	return str_take(&path);
}

static bool store_file(const struct input *in, struct form *form,
	struct error *err)
{
	char *path = full_path(in->edit.text.p), *data;
	size_t len;
	bool ok = xdg_read_file(path, FILE_MOST, &data, &len, err);

	free(path);
	if (!ok)
		return false;
	if (memchr(data, '\0', len))
		ok = error_set(err, ERR_USAGE, "%s holds a zero byte",
			in->edit.text.p);
	else
		ok = form_set(form, in->field, data, err);
	mem_wipe_free(data);
	return ok;
}

static bool store_path(const struct input *in, struct form *form,
	struct error *err)
{
	char *path = full_path(in->edit.text.p);
	bool ok = form_set(form, in->field, path, err);

	free(path);
	return ok;
}

bool input_store(const struct input *in, struct form *form, bool files,
	struct error *err)
{
	struct words words;
	bool ok;

	form_unset(form, in->field);
	if (input_is_empty(in))
		return true;
	if (in->field->type == FIELD_FILE)
		return !files || store_file(in, form, err);
	if (in->field->type == FIELD_SAVE)
		return store_path(in, form, err);
	ok = split(in, &words, err);
	for (size_t i = 0; ok && i < words.count; i++)
		ok = form_set(form, in->field, words.items[i], err);
	words_clear(&words);
	if (!ok)
		form_unset(form, in->field);
	return ok;
}

/* What entries of a folder that begin so have in common. */
static size_t common(const char *folder, const char *begin, struct str *out,
	bool *is_folder)
{
	size_t len = strlen(begin), count = 0;
	DIR *dir = opendir(folder);
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		const char *name = entry->d_name;
		size_t n = 0;

		if (strncmp(name, begin, len) || (*name == '.' && !len))
			continue;
		*is_folder = entry->d_type == DT_DIR;
		if (!count++)
			str_add(out, name);
		while (n < out->len && out->p[n] == name[n])
			n++;
		str_truncate(out, n);
	}
	if (dir)
		closedir(dir);
	return count;
}

bool input_complete_path(struct input *in)
{
	char *path = full_path(in->edit.text.p);
	char *slash = strrchr(path, '/');
	const char *begin = slash ? slash + 1 : path;
	struct str found = STR_INIT, text = STR_INIT;
	bool is_folder = false, grown;
	size_t count, typed = strlen(begin);

	if (slash)
		str_addn(&text, path, (size_t)(slash + 1 - path));
	count = common(slash ? text.p : ".", begin, &found, &is_folder);
	grown = count && (found.len > typed || (count == 1 && is_folder));
	str_add(&text, found.p);
	if (count == 1 && is_folder)
		str_addc(&text, '/');
	if (grown) {
		edit_set(&in->edit, text.p);
		in->touched = true;
	}
	str_clear(&found);
	str_clear(&text);
	free(path);
	return grown;
}
