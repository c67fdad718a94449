# SPDX-License-Identifier: MIT
# fish completion of tucuxi, which knows itself what may stand where.

function __tucuxi_complete
	set -l words (commandline -opc)
	set -l last (commandline -ct)
	set -l shown ($words[1] complete -- $words[2..-1] "$last" 2>/dev/null)
	if string match -q -- ':files*' $shown
		__fish_complete_path (string replace -r -- '^--[a-z-]+=' '' "$last")
	else
		printf '%s\n' $shown
	end
end

complete -c tucuxi -f -a '(__tucuxi_complete)'
