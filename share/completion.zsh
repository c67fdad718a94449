#compdef tucuxi
# SPDX-License-Identifier: MIT
# zsh completion of tucuxi, which knows itself what may stand where.

_tucuxi() {
	local word help
	local -a whole open

	while IFS=$'\t' read -r word help; do
		if [[ $word == :files ]]; then
			compset -P '--*='
			_files
			return
		elif [[ $word == *[/=] ]]; then
			open+=("${word//:/\\:}:$help")
		else
			whole+=("${word//:/\\:}:$help")
		fi
	done < <("${(Q)words[1]}" complete -- \
		"${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)
	_describe -t words tucuxi whole -- open -S ''
}

# Installed it is run as the function itself, sourced it names itself.
if [[ $funcstack[1] == _tucuxi ]]; then
	_tucuxi "$@"
else
	compdef _tucuxi tucuxi
fi
