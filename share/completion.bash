# SPDX-License-Identifier: MIT
# bash completion of tucuxi, which knows itself what may stand where.

_tucuxi() {
	local rest=${COMP_LINE:0:COMP_POINT} word gap skip= breaks i
	local -a words=()

	# Bash has split at = and : as well: what no blank parts is one word.
	for ((i = 0; i <= COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		gap=${rest%%[![:blank:]]*}
		rest=${rest#"$gap"}
		[[ $rest == "$word"* ]] || word=$rest
		rest=${rest#"$word"}
		if [[ $gap || i -eq 0 ]]; then
			words+=("$word")
		else
			words[-1]+=$word
		fi
	done
	# It puts back only what stands behind the last of them.
	breaks=${COMP_WORDBREAKS//[^=:]/}
	[[ $breaks ]] && skip=${words[-1]%"${words[-1]##*[$breaks]}"}
	COMPREPLY=()
	while IFS=$'\t' read -r word gap; do
		if [[ $word == :files ]]; then
			compopt -o filenames 2>/dev/null
			mapfile -t COMPREPLY < <(
				compgen -f -- "${words[-1]#--*=}")
			return
		fi
		COMPREPLY+=("${word#"$skip"}")
	done < <("$1" complete -- "${words[@]:1}" 2>/dev/null)
	[[ ${COMPREPLY[0]-} == *[/=] ]] && compopt -o nospace 2>/dev/null
}
complete -F _tucuxi tucuxi
