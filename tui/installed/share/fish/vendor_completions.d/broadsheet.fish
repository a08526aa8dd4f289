# Completions of broadsheet for fish, as `broadsheet completions fish` prints them. Made, not written.
function _shtab_broadsheet_scan
  set -g _shtab_broadsheet_cmdpath ''
  set -g _shtab_broadsheet_npos 0
  set -l tokens (commandline -opc)
  set -e tokens[1]
  set -l expect_value 0
  for t in $tokens
    if test $expect_value -eq 1
      set expect_value 0
      continue
    end
    switch "$t"
      case '--*=*'
        continue
      case '-*'
        if contains -- $t $_shtab_broadsheet_opts_with_value
          set expect_value 1
        end
        continue
      case '*'
        if test $_shtab_broadsheet_npos -eq 0
          set -l candidate $t
          if test -n "$_shtab_broadsheet_cmdpath"
            set candidate "$_shtab_broadsheet_cmdpath $t"
          end
          if contains -- $candidate $_shtab_broadsheet_commands
            set -g _shtab_broadsheet_cmdpath $candidate
            continue
          end
        end
        set -g _shtab_broadsheet_npos (math $_shtab_broadsheet_npos + 1)
    end
  end
end

# Condition helper: true if the current (sub)command path equals the given one.
function _shtab_broadsheet_using
  _shtab_broadsheet_scan
  test "$_shtab_broadsheet_cmdpath" = "$argv"
end

set -g _shtab_broadsheet_commands add sources remove refresh list front brief show cite highlight extract search watch searches mark related import export arrange passages keep prune sync backup completions config doctor
set -g _shtab_broadsheet_opts_with_value --also-to --count --days --drop --every --follow --forget --header --home --import --keep --leave-out --limit --max-bytes --missing --missing-from --most --mute --note --output --pages --paragraph --proxy --query --read-as --secret --since --source --stories --tag --untag --url --width --words

complete -c broadsheet -e
complete -c broadsheet -f

complete -c broadsheet -n _shtab_broadsheet_using -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n _shtab_broadsheet_using -l home -xka "(__fish_complete_directories)" -d 'keep everything under DIR'
complete -c broadsheet -n _shtab_broadsheet_using -l linear -d 'open the reader for screen readers and Braille'
complete -c broadsheet -n _shtab_broadsheet_using -l version -d 'show program'"'"'s version number and exit'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a add -d 'find the best source at an address and keep it'
complete -c broadsheet -n '_shtab_broadsheet_using add' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using add' -l dry-run -d 'what each source found there would give; none is kept'
complete -c broadsheet -n '_shtab_broadsheet_using add' -l json -d 'print JSON'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a sources -d 'the sources you have'
complete -c broadsheet -n '_shtab_broadsheet_using sources' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using sources' -l json -d 'print JSON'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a remove -d 'take a source out'
complete -c broadsheet -n '_shtab_broadsheet_using remove' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using remove' -l with-kept -d 'also what you keep of it: saved, tagged, noted and so on'
complete -c broadsheet -n '_shtab_broadsheet_using remove' -l yes -d 'with --with-kept: do not ask'
complete -c broadsheet -n '_shtab_broadsheet_using remove' -l json -d 'print JSON'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a refresh -d 'fetch what is due, full text included'
complete -c broadsheet -n '_shtab_broadsheet_using refresh' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using refresh' -l max-bytes -x -d 'stop after so many bytes, such as 300k or 5M'
complete -c broadsheet -n '_shtab_broadsheet_using refresh' -l force -d 'ask also sources that are not due yet'
complete -c broadsheet -n '_shtab_broadsheet_using refresh' -l scheduled -d 'for cron: leave alone what was asked within the hour, or the day'
complete -c broadsheet -n '_shtab_broadsheet_using refresh' -l teasers -d 'headlines only; the texts come with a later refresh'
complete -c broadsheet -n '_shtab_broadsheet_using refresh' -l most -x -d 'articles of one source; as set, or 200, without; the rest is left'
complete -c broadsheet -n '_shtab_broadsheet_using refresh' -l strict -d 'exit with 1 where any source failed, not only all'
complete -c broadsheet -n '_shtab_broadsheet_using refresh' -l pages -x -d 'follow a section to its Nth page'
complete -c broadsheet -n '_shtab_broadsheet_using refresh' -l json -d 'print JSON'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a list -d 'articles, newest first'
complete -c broadsheet -n '_shtab_broadsheet_using list' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using list' -l unread -d 'only what is not read yet'
complete -c broadsheet -n '_shtab_broadsheet_using list' -l saved -d 'only what is saved'
complete -c broadsheet -n '_shtab_broadsheet_using list' -l source -x -d 'only from this source: its number, title or address'
complete -c broadsheet -n '_shtab_broadsheet_using list' -l since -x -d 'not older than this: 24h, 7d, 2w or 2026-11-01'
complete -c broadsheet -n '_shtab_broadsheet_using list' -l limit -x -d 'at most so many'
complete -c broadsheet -n '_shtab_broadsheet_using list' -l json -d 'print JSON'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a front -d 'the front page: what happened, how many say so, what is new'
complete -c broadsheet -n '_shtab_broadsheet_using front' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using front' -l since -x -d 'looked (since you last looked), today, 24h, week, or any age such as 6h or 3d; 24h without'
complete -c broadsheet -n '_shtab_broadsheet_using front' -l stories -x -d 'at most so many; 20 without'
complete -c broadsheet -n '_shtab_broadsheet_using front' -l all-of-a-topic -d 'any number of one topic among the first ten'
complete -c broadsheet -n '_shtab_broadsheet_using front' -l why -d 'say of each story why it stands where it does'
complete -c broadsheet -n '_shtab_broadsheet_using front' -l looked -d 'note that you looked; what lands later is new'
complete -c broadsheet -n '_shtab_broadsheet_using front' -l dossiers -d 'the storylines that the stories go on, event by event'
complete -c broadsheet -n '_shtab_broadsheet_using front' -l follow -x -d 'follow the topic of an article, or no longer'
complete -c broadsheet -n '_shtab_broadsheet_using front' -l mute -x -d 'mute the story of an article until something else happens in it, or no longer'
complete -c broadsheet -n '_shtab_broadsheet_using front' -l json -d 'print JSON'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a brief -d 'the front page as text, Markdown, HTML, JSON, or as an e-book with its articles'
complete -c broadsheet -n '_shtab_broadsheet_using brief' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using brief' -l since -x -d 'looked (since you last looked), today, 24h, week, or any age such as 6h or 3d; 24h without'
complete -c broadsheet -n '_shtab_broadsheet_using brief' -l stories -x -d 'at most so many; 12 without'
complete -c broadsheet -n '_shtab_broadsheet_using brief' -l all-of-a-topic -d 'any number of one topic among the first ten'
complete -c broadsheet -n '_shtab_broadsheet_using brief' -l markdown -d 'print Markdown'
complete -c broadsheet -n '_shtab_broadsheet_using brief' -l html -d 'print an HTML page, complete in itself'
complete -c broadsheet -n '_shtab_broadsheet_using brief' -l json -d 'print JSON'
complete -c broadsheet -n '_shtab_broadsheet_using brief' -l epub -d 'write an e-book, the articles behind; needs --output'
complete -c broadsheet -n '_shtab_broadsheet_using brief' -l output -xka "(__fish_complete_path (commandline -ct))" -d 'write to this file, not to standard output'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a show -d 'one article as text, fetched first if it is not on disk'
complete -c broadsheet -n '_shtab_broadsheet_using show' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using show' -l json -d 'print JSON'
complete -c broadsheet -n '_shtab_broadsheet_using show' -l markdown -d 'print Markdown'
complete -c broadsheet -n '_shtab_broadsheet_using show' -l story -d 'its story as a timeline: what each report adds'
complete -c broadsheet -n '_shtab_broadsheet_using show' -l changes -d 'what its site changed in it since it was kept'
complete -c broadsheet -n '_shtab_broadsheet_using show' -l width -x -d 'columns; as wide as reads well without'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a cite -d 'a citation of an article, or of a paragraph, in Markdown'
complete -c broadsheet -n '_shtab_broadsheet_using cite' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using cite' -l paragraph -x -d 'with its Nth paragraph, as JSON'"'"'s text has them'
complete -c broadsheet -n '_shtab_broadsheet_using cite' -l json -d 'print JSON'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a highlight -d 'what is highlighted in an article; highlight a paragraph, or take that back'
complete -c broadsheet -n '_shtab_broadsheet_using highlight' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using highlight' -l paragraph -x -d 'its Nth paragraph, as JSON'"'"'s text has them'
complete -c broadsheet -n '_shtab_broadsheet_using highlight' -l words -x -d 'these words of it, or of the paragraph'
complete -c broadsheet -n '_shtab_broadsheet_using highlight' -l note -x -d 'keep this note on the highlight; an empty one takes it away'
complete -c broadsheet -n '_shtab_broadsheet_using highlight' -l remove -d 'take the highlight away, be its words in the text or not'
complete -c broadsheet -n '_shtab_broadsheet_using highlight' -l json -d 'print JSON'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a extract -d 'the article in a saved page, without keeping it'
complete -c broadsheet -n '_shtab_broadsheet_using extract' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using extract' -l url -x -d 'the address the saved page came from'
complete -c broadsheet -n '_shtab_broadsheet_using extract' -l json -d 'print JSON'
complete -c broadsheet -n '_shtab_broadsheet_using extract' -l markdown -d 'print Markdown'
complete -c broadsheet -n '_shtab_broadsheet_using extract' -l explain -d 'say of each block why it was kept or dropped'
complete -c broadsheet -n '_shtab_broadsheet_using extract' -l width -x -d 'columns; as wide as reads well without'
complete -c broadsheet -n '_shtab_broadsheet_using extract; and test $_shtab_broadsheet_npos -eq 0' -ka "(__fish_complete_path (commandline -ct))" -d 'a saved page, an address, or - for standard input'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a search -d 'ranked, with the place where the words stand'
complete -c broadsheet -n '_shtab_broadsheet_using search' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using search' -l limit -x -d 'at most so many'
complete -c broadsheet -n '_shtab_broadsheet_using search' -l json -d 'print JSON'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a watch -d 'what a query finds, as it lands, as JSON'
complete -c broadsheet -n '_shtab_broadsheet_using watch' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using watch' -l followed -d 'what is of a topic that you follow, without a query'
complete -c broadsheet -n '_shtab_broadsheet_using watch' -l limit -x -d 'at most so many'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a searches -d 'the searches kept as sections, with their counts'
complete -c broadsheet -n '_shtab_broadsheet_using searches' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using searches' -l keep -x -d 'keep a search as a section of this name'
complete -c broadsheet -n '_shtab_broadsheet_using searches' -l drop -x -d 'keep it no longer'
complete -c broadsheet -n '_shtab_broadsheet_using searches' -l json -d 'print JSON'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a mark -d 'read, saved, tags and a note'
complete -c broadsheet -n '_shtab_broadsheet_using mark' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using mark' -l read -d 'it is read'
complete -c broadsheet -n '_shtab_broadsheet_using mark' -l unread -d 'it is unread'
complete -c broadsheet -n '_shtab_broadsheet_using mark' -l save -d 'save it for later, with a star'
complete -c broadsheet -n '_shtab_broadsheet_using mark' -l let-go -d 'save it no longer'
complete -c broadsheet -n '_shtab_broadsheet_using mark' -l tag -x -d 'give it this tag, too'
complete -c broadsheet -n '_shtab_broadsheet_using mark' -l untag -x -d 'take this tag away'
complete -c broadsheet -n '_shtab_broadsheet_using mark' -l note -x -d 'keep this note on it; an empty one takes it away'
complete -c broadsheet -n '_shtab_broadsheet_using mark' -l json -d 'print JSON'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a related -d 'the stories beside an article, and why'
complete -c broadsheet -n '_shtab_broadsheet_using related' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using related' -l limit -x -d 'at most so many'
complete -c broadsheet -n '_shtab_broadsheet_using related' -l json -d 'print JSON'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a import -d 'sources or articles from a file'
complete -c broadsheet -n '_shtab_broadsheet_using import' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using import' -l marks -d 'of a pack: its sender'"'"'s marks, too, whoever that is'
complete -c broadsheet -n '_shtab_broadsheet_using import' -l no-marks -d 'of articles: without what their sender marked'
complete -c broadsheet -n '_shtab_broadsheet_using import' -l marks-only -d 'of articles: only that, for those that are here'
complete -c broadsheet -n '_shtab_broadsheet_using import' -l json -d 'print JSON'
complete -c broadsheet -n '_shtab_broadsheet_using import; and test $_shtab_broadsheet_npos -eq 0' -ka "(__fish_complete_path (commandline -ct))" -d 'OPML, JSON Lines, a pack or a list of addresses, another reader'"'"'s export, or a folder; - for standard input'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a export -d 'sources or articles into a file'
complete -c broadsheet -n '_shtab_broadsheet_using export' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using export' -l query -x -d 'which articles; all without'
complete -c broadsheet -n '_shtab_broadsheet_using export' -l since -x -d 'not older than this: 24h, 7d, 2w or 2026-11-01'
complete -c broadsheet -n '_shtab_broadsheet_using export' -l max-bytes -x -d 'of a pack: stop at this size, best first'
complete -c broadsheet -n '_shtab_broadsheet_using export' -l missing-from -xka "(__fish_complete_path (commandline -ct))" -d 'of a pack or JSON Lines: only what another'"'"'s receipt does not name'
complete -c broadsheet -n '_shtab_broadsheet_using export' -l pictures -d 'of a pack or an EPUB: with the pictures on disk'
complete -c broadsheet -n '_shtab_broadsheet_using export' -l output -xka "(__fish_complete_path (commandline -ct))" -d 'where to write; standard output without'
complete -c broadsheet -n '_shtab_broadsheet_using export' -l json -d 'with --output: print as JSON what was written'
complete -c broadsheet -n '_shtab_broadsheet_using export; and test $_shtab_broadsheet_npos -eq 0' -ka "opml markdown epub jsonl pack receipt urls" -d 'opml, markdown, epub, jsonl, pack, receipt, urls'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a arrange -d 'how a source is asked: budget, proxy, headers'
complete -c broadsheet -n '_shtab_broadsheet_using arrange' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using arrange' -l max-bytes -x -d 'at most so many bytes a refresh, such as 300k'
complete -c broadsheet -n '_shtab_broadsheet_using arrange' -l most -x -d 'at most so many articles a refresh, such as 50'
complete -c broadsheet -n '_shtab_broadsheet_using arrange' -l proxy -x -d 'ask it through this proxy'
complete -c broadsheet -n '_shtab_broadsheet_using arrange' -l header -x -d 'send this'
complete -c broadsheet -n '_shtab_broadsheet_using arrange' -l secret -x -d 'send this header; its value is asked for'
complete -c broadsheet -n '_shtab_broadsheet_using arrange' -l also-to -x -d 'send the headers there too'
complete -c broadsheet -n '_shtab_broadsheet_using arrange' -l every -x -d 'no sooner than so long after the last time: 6h, 2d; 0 for no such time'
complete -c broadsheet -n '_shtab_broadsheet_using arrange' -l pause -d 'ask it only where it is named'
complete -c broadsheet -n '_shtab_broadsheet_using arrange' -l resume -d 'ask it with the others again'
complete -c broadsheet -n '_shtab_broadsheet_using arrange' -l read-as -xka "feed sitemap section" -d 'read what it answers as this'
complete -c broadsheet -n '_shtab_broadsheet_using arrange' -l plain -d 'take all of this away'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a passages -d 'which passages are no part of a site'"'"'s stories'
complete -c broadsheet -n '_shtab_broadsheet_using passages' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using passages' -l leave-out -x -d 'this passage is no part of its stories'
complete -c broadsheet -n '_shtab_broadsheet_using passages' -l keep -x -d 'this passage is part of them, though it recurs or was dropped'
complete -c broadsheet -n '_shtab_broadsheet_using passages' -l forget -x -d 'say nothing of this passage any more'
complete -c broadsheet -n '_shtab_broadsheet_using passages' -l import -xka "(__fish_complete_path (commandline -ct))" -d 'take what --json printed elsewhere'
complete -c broadsheet -n '_shtab_broadsheet_using passages' -l missing -x -d 'print what the page of an article holds beside its text'
complete -c broadsheet -n '_shtab_broadsheet_using passages' -l begins -d 'TEXT is how passages begin that are meant'
complete -c broadsheet -n '_shtab_broadsheet_using passages' -l place -d 'TEXT is a place on the page, as --missing prints it'
complete -c broadsheet -n '_shtab_broadsheet_using passages' -l json -d 'print JSON'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a keep -d 'how long, or how many of, a source'"'"'s articles are kept'
complete -c broadsheet -n '_shtab_broadsheet_using keep' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using keep' -l days -x -d 'no longer than so many days; for ever without'
complete -c broadsheet -n '_shtab_broadsheet_using keep' -l count -x -d 'no more than so many; all without'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a prune -d 'remove what is kept no longer'
complete -c broadsheet -n '_shtab_broadsheet_using prune' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using prune' -l dry-run -d 'only say what would be removed'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a sync -d 'not yet: exchange marks with a feed server'
complete -c broadsheet -n '_shtab_broadsheet_using sync' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a backup -d 'a sound copy of the library, be it in use or not'
complete -c broadsheet -n '_shtab_broadsheet_using backup' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using backup' -l json -d 'print JSON'
complete -c broadsheet -n '_shtab_broadsheet_using backup; and test $_shtab_broadsheet_npos -eq 0' -ka "(__fish_complete_path (commandline -ct))" -d 'where the copy goes, in place of an earlier one'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a completions -d 'what bash, zsh or fish need to complete all this, printed'
complete -c broadsheet -n '_shtab_broadsheet_using completions' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using completions; and test $_shtab_broadsheet_npos -eq 0' -ka "bash zsh fish" -d 'bash, zsh, fish'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a config -d 'the settings, and where each is from; --init writes the file'
complete -c broadsheet -n '_shtab_broadsheet_using config' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using config' -l keys -d 'list all keys by the names that [keys] may have'
complete -c broadsheet -n '_shtab_broadsheet_using config' -l init -d 'write a settings file with all settings, explained'
complete -c broadsheet -n '_shtab_broadsheet_using config' -l json -d 'print JSON'
complete -c broadsheet -n '_shtab_broadsheet_using; and test $_shtab_broadsheet_npos -eq 0' -a doctor -d 'check library, configuration and terminal'
complete -c broadsheet -n '_shtab_broadsheet_using doctor' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '_shtab_broadsheet_using doctor' -l repair -d 'repair the library, keeping the damaged file aside'
complete -c broadsheet -n '_shtab_broadsheet_using doctor' -l delete-kept -d 'delete the copies that repairs and upgrades have kept'
complete -c broadsheet -n '_shtab_broadsheet_using doctor' -l yes -d 'with --delete-kept: do not ask'
complete -c broadsheet -n '_shtab_broadsheet_using doctor' -l json -d 'print JSON'
