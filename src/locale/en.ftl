# English. One sentence a key; the same keys stand in kk.ftl and ru.ftl.

error = error
warning = warning
count-inquiries = { $n ->
        [one] { $n } inquiry
        *[other] { $n } inquiries
    }
count-promises = { $n ->
        [one] { $n } promise
        *[other] { $n } promises
    }

problem-file-missing = there is no such file; expected { $expected }
problem-file-missing-advice = Add the file, or start from `saual init`.
problem-file-unreadable = the file cannot be read: { $reason }
problem-file-unreadable-advice = Check the file's permissions, then save it again as UTF-8 text.
problem-file-too-large = the file has { $megabytes } MB; at most { $limit } MB can be read
problem-file-too-large-advice = Split the table into projects by period.
problem-file-outside = «{ $value }» does not name a file of the folder `programmes`
problem-file-outside-advice = Put the text into `programmes/` and give its name alone.
problem-table-twice = the table stands here and in { $other }
problem-table-twice-advice = Keep one of the two files; only { $other } was read.
problem-not-utf8 = byte { $byte } of the row is not UTF-8
problem-not-utf8-advice = Save the file as UTF-8 (in Excel: “CSV UTF-8”).
problem-not-toml = cannot be read: { $reason }
problem-not-toml-advice = Mend the place named; docs/formats.md shows every field.
problem-not-json = the line is not JSON: { $reason }
problem-not-json-advice = Write one JSON object on each line, without line breaks inside.
problem-not-an-object = expected an object with named fields, found { $found }
problem-not-an-object-advice = Write the row as {"{"}"id": …, "text": …{"}"}.
problem-not-text = expected a text, found { $found }
problem-not-text-advice = Write one text in quotation marks.
problem-ragged-row = the row has { $found } cells, the header { $expected }
problem-ragged-row-advice = A text with a comma or a line break needs quotation marks around it.
problem-quote-open = a quotation mark is opened here and never closed: the rest of the file went into this row
problem-quote-open-advice = Close the quotation mark, or write it twice ("") where it belongs to the text.
problem-column-missing = there is no column `{ $column }`; the columns are: { $found }
problem-column-missing-advice = Add the column, or rename the one that holds it.
problem-column-twice = the column `{ $column }` stands twice
problem-column-twice-advice = Rename or delete one of the two.
problem-column-misspelt = the column `{ $found }` is unknown and `{ $expected }` is missing
problem-column-misspelt-advice = If `{ $expected }` was meant, mend the header.
problem-empty = is empty
problem-empty-advice = Fill the cell, or delete the row.
problem-text-too-long = the text has { $kilobytes } KB; at most { $limit } KB are read
problem-text-too-long-advice = Look for a quotation mark that is never closed; split a text that is really so long.
problem-id-twice = the id «{ $id }» stands already in line { $first }
problem-id-twice-advice = Give each row an id of its own.
problem-id-broken = the id «{ $value }» has spaces or control characters in it
problem-id-broken-advice = Write it with letters, digits, hyphens and dots.
problem-not-a-date = «{ $value }» is not a date
problem-not-a-date-advice = Write YYYY-MM-DD, or a period YYYY-MM-DD/YYYY-MM-DD.
problem-not-a-number = «{ $value }» is not a number
problem-not-a-number-advice = Write digits alone; the words belong in `quote`.
problem-not-a-choice = «{ $value }» is none of: { $choices }
problem-not-a-choice-advice = Write one of these words, or leave the cell empty.
problem-dangling = «{ $value }» is not in `{ $table }`
problem-dangling-advice = { $nearest ->
        [empty] Add it to `{ $table }`, or mend the spelling.
        *[other] Is «{ $nearest }» meant? Add an alias, or add a row to `{ $table }`.
    }
problem-ambiguous = «{ $value }» may be any of: { $candidates }
problem-ambiguous-advice = Write the id, or a fuller name.
problem-date-outside-period = { $value } lies outside the monitored period { $period }
problem-date-outside-period-advice = The row is kept; mend the date or the period if one is wrong.
problem-period-reversed = the period { $value } ends before it begins
problem-period-reversed-advice = Write the earlier day first.
problem-reply-before-inquiry = the reply of { $value } is older than the inquiry of { $inquiry }
problem-reply-before-inquiry-advice = Mend one of the two dates.
problem-nothing-to-read = the file is empty
problem-nothing-to-read-advice = Write a header with the columns' names, or delete the file.
problems-more = … and { $n } more; `--json` gives all.

error-file = { $path }: { $reason }
error-not-found = there is no such file or folder
error-not-allowed = access is denied
error-out-is-project = this is the project itself; choose another folder for the outputs
error-model = { $file }: { $reason }
error-unknown = the project has no { $what } «{ $name }»{ $hint }
error-problems = { $n ->
        [one] { $n } problem stands
        *[other] { $n } problems stand
    } in the project's tables. Mend them, or run with --keep-going to go on without the rows concerned.
error-internal = a fault of the program, not of your data: { $reason }. Please report it with the command that you typed.
thing-inquiry = inquiry
thing-promise = promise
thing-split = split

help-usage = Usage
help-commands = Commands
help-options = Options
help-arguments = Arguments
help-example = Example:
help-exit-codes = Exit codes: 0 done · 1 done, with findings · 2 usage · 3 the input could not be used · 4 internal fault
help-saual = Links parliamentary inquiries to election promises and shows, promise by promise, what evidence of work there is.
help-init = Start a project: a folder with a monitor.toml and example tables
help-check = Read a project and report every problem of its files, changing nothing
help-run = Match inquiries to promises, draw up the evidence matrix, audit published totals; write tables and a page
help-eval = Measure links and topics against the project's gold labels, beside two baselines
help-train = Fit the link model on the gold labels of the train split
help-query = Search the project's promises for a text of your own, with explanations
help-explain = Show why an inquiry and a promise have the score they have
help-completions = Print a completion script for a shell
help-arg-dir = The project's folder
help-arg-project = The project's folder
help-arg-out = Where to write
help-arg-split = Owners to use: train, dev, test or all
help-arg-frequencies = Also write the document frequencies of the project's words
help-arg-name = The model's name and version
help-arg-text = The text
help-arg-top = How many promises to show
help-arg-inquiry = The inquiry's id
help-arg-promise = The promise's id
help-arg-shell = The shell
help-arg-keep-going = Go on without the rows that have problems
help-arg-model = Another link model (a .toml file, see `saual train`)
help-arg-beyond = Also score the best N promises of other owners for each inquiry
help-arg-cache = Folder for the index [default: .saual in the project]
help-arg-help = Print help
help-arg-version = Print the version
help-arg-json = Print data as JSON
help-arg-quiet = Print nothing but data and errors
help-arg-lang = Language of messages: kk, ru or en [default: from the locale]
help-arg-threads = Threads to use [default: one for each core]
example-init = saual init my-project
example-check = saual check corpus/mazhilis-2023
example-run = saual run corpus/mazhilis-2023 --out out
example-eval = saual eval corpus/oblast-x
example-train = saual train corpus/oblast-x --out links.toml
example-query = saual query "Our village has had no clean water for a month: ауылда таза ауыз су жоқ" --project corpus/oblast-x
example-explain = saual explain kuspan-a-q02 kuspan-a-p02 --project corpus/mazhilis-2023
example-completions = saual completions bash > saual.bash

init-exists = the file is there already; nothing was written
init-done = { $dir } is ready. Fill in the tables, then: saual check { $dir }
check-good = { $people } people, { $promises } clauses, { $inquiries } inquiries: no errors, { $warnings } warnings.
check-bad = { $errors ->
        [one] { $errors } error
        *[other] { $errors } errors
    }, { $warnings } warnings. What could be read: { $people } people, { $promises } clauses, { $inquiries } inquiries.
step-reading = reading texts
step-indexing = indexing clauses
step-linking = linking inquiries
step-weighing = weighing evidence

run-counts = { $people } people · { $promises } promises · { $inquiries } inquiries · { $links } pairs scored
run-written = Written to { $dir }/: { $files }
run-open = Open { $page } in a browser.
evidence-title = Evidence of work, by promise
evidence-awaiting = of those without evidence, { $n } have inquiries that a person should look at
evidence-caveat = Links are suggestions of the model. No status says that a promise was kept.
column-owner = whose promises
column-promises = promises
column-evidence = with evidence
column-awaiting = to look at
column-comparison = compared
column-found = found
column-weight = weight
owners-more = … and { $n } more
owners-without = { $n ->
        [one] { $n } person
        *[other] { $n } people
    } whose promises the project does not hold
topics-title = Inquiries by public-interest topic (an inquiry may have several)
audit-title = Published figures: { $n ->
        [one] { $n } finding
        *[other] { $n } findings
    } in { $checks } checks

audit-restated-finding = { $group }, { $measure }: published with different values, { $published }
audit-restated-holds = { $group }, { $measure }: published several times, always { $published }
audit-sum-of-parts-finding = { $group }, { $measure }: { $published } published, but the parts give { $sum }{ $counted }
audit-sum-of-parts-holds = { $group }, { $measure }: { $sum }{ $counted } adds up
audit-sum-of-rows-finding = { $group }, { $measure }: { $published } published, but the { $rows } rows give { $sum }{ $counted }
audit-sum-of-rows-holds = { $group }, { $measure }: the { $rows } rows give { $counted }, as published
audit-headcount-finding = { $group }: { $published } deputies published, but the table of people has { $counted }
audit-headcount-holds = { $group }: { $counted } deputies, as published
audit-average-finding = { $group }, { $measure }: { $published } published, but the division gives { $counted }
audit-average-holds = { $group }, { $measure }: { $published } agrees with { $counted }
audit-other-finding = { $group }, { $measure }: { $published } published, but { $counted } counted
audit-other-holds = { $group }, { $measure }: { $counted } counted, as published

status-programme-not-obtained = programme not obtained
status-untestable = cannot be tested
status-no-evidence = no evidence found
status-co-signed = co-signed an inquiry
status-initiated = began an inquiry
status-answered = inquiry answered
status-acted = acted on
status-outcome-verified = outcome verified
status-contradicted = contradicted
empty-not-obtained = The programme was not obtained: nothing can be said.
empty-no-inquiries = The project holds no inquiry of this author.
empty-no-match = None of the author's inquiries reads like this promise.
empty-awaits-review = There are inquiries that may pursue it: a person should look.
zone-suggest = suggested link
zone-review = for a person to look at
zone-leave = left alone

comparison-prior = before comparing
comparison-coverage = words of the promise found in the inquiry
comparison-focus = the same, in the title and the request itself
comparison-contrast = more than inquiries in general share with it
comparison-rank = nearness beside the author's other promises
comparison-rare-term = the rarest word in common
comparison-place = place
comparison-number = number
comparison-institution = institution
comparison-topic = topic in common
comparison-scope = whose promise
comparison-role = part taken in the inquiry
comparison-sum = score (log-odds)
level-shared = the same
level-elsewhere = another
level-unnamed = not named
level-none = none in common
level-role-none = took no part
level-own = own
level-co-signed = of a co-signatory
level-party = of the party
level-all = of somebody else
level-initiator = initiator
level-cosigner = co-signatory
shared-words = Words in common
query-nothing = No promise shares a word with this text.
explain-out-of-scope = { $promise } is a promise of nobody who took part in { $inquiry }; add --beyond 1000 to score it all the same.
eval-title = Split «{ $split }»: { $inquiries } inquiries ({ $linked } with a link), { $pairs } judged pairs, { $links } links
eval-interval = [95 % interval, bootstrap over inquiries, 1,000 resamples]
eval-topics = Topics: macro-F1 { $f1 }
train-done = { $file }: fitted on { $pairs } pairs ({ $links } links) of { $owners } owners; penalty { $penalty }, log-loss on held-out owners { $loss }

measure-deputies = deputies
measure-inquiries-initiated = inquiries initiated
measure-inquiries-cosigned = inquiries co-signed
measure-meetings-in-district = meetings in the district
measure-meetings-out-of-district = meetings outside the district
measure-districts = districts
measure-candidates = candidates
measure-candidates-per-seat = candidates for a seat
measure-activists = activists
measure-regions = regions
measure-theses = theses
measure-convocation = number of the convocation
measure-problem-groups = groups of problems
measure-profiles-without-meetings = profiles without meetings
group-none = not named
page-fictional = Everything here is invented: people, parties, places and texts. Any likeness is chance.
page-source = Source
page-matrix = Evidence matrix
page-matrix-how = One square is one promise. The sign and the shade say what evidence of work on it there is; press a square to read the evidence itself.
page-look = framed: there are also inquiries for a person to look at
page-cells = promises
page-without = The project holds no promise of { $n ->
        [one] { $n } person
        *[other] { $n } people
    }; this says nothing about their work:
page-evidence = Evidence, promise by promise
page-evidence-how = Under each promise: who did what and when, the passage that speaks for it, and why the model connects the two. Marked words are shared, as forms of one word or as words of one meaning in Kazakh and Russian.
page-party-programme = programme of the party
page-probability = probability
page-why = Why this link?
page-awaiting = For a person to look at:
page-diagrams = Diagrams
page-diagrams-how = Availability and origin of programmes, inquiries by faction and by deputy, meetings with voters. Numbers alone do not show commitment: do not rank by them.
page-as-table = as a table
source-published = As published in the source.
source-counted = Counted from the project's tables.
diagram-availability = 1. Availability of programmes, deputies
diagram-origin = 2. Origin of programmes, deputies
diagram-factions = 3. Deputies and inquiries by faction
diagram-deputies = 4. Inquiries by deputy
diagram-meetings = 5. Meetings with voters, by deputy
availability-open = found in open sources
availability-on-request = sent on request
availability-not-obtained = not obtained
availability-unknown = not stated
origin-own = own
origin-own-and-party = own and the party's
origin-party = the party's alone
origin-none = no programme
origin-unknown = not stated
page-topics = Public-interest topics
page-topics-how = Inquiries by topic and by the faction of their initiator. An inquiry may touch several topics or none; the words that decided stand in brackets.
page-topic = topic
page-all = all
page-audit = Do the published figures add up?
page-audit-how = { $checks } relations between published figures were checked; { $n } do not hold. Each finding shows the words of the source.
page-against = held against { $n ->
        [one] { $n } figure
        *[other] { $n } figures
    }
page-adds-up = What adds up
page-inquiries = Inquiries
page-addressee = to
page-cosigners = co-signed by
page-topics-of = topics
page-suggested = suggested promises
page-method = How this was made
page-method-linking = Each inquiry was held against every promise of its initiator, of its co-signatories and of their parties: { $pairs } pairs. A model with readable weights gave each pair a probability; { $suggested } pairs lie above the threshold and are shown as evidence. People confirm or reject them.
page-method-ladder = The statuses are a ladder of evidence. An inquiry never lifts a promise above “began an inquiry”, a reply never above “inquiry answered”; anything more needs a record of the outcome with its source.
page-method-limits = The model reads words and a bilingual glossary, not meaning: it misses links that share no term, and a suggestion may be wrong. What the tables do not hold is not evidence of inaction.
page-link-model = link model
page-analyzer = language tables
page-taxonomy = taxonomy
page-inputs = Input files and their hashes
page-footer = Made with saual. Links are suggestions; no status says that a promise was kept or broken.
page-caveat = This page shows evidence of work on promises, not whether they were kept.
page-partial = The inquiries at hand are a part of all there were: a missing link says nothing.
page-left-out = { $n ->
        [one] { $n } row
        *[other] { $n } rows
    } with problems were left out.
tile-evidence = promises with evidence of work, of all promises
tile-awaiting = further promises with inquiries for a person to look at
tile-linked = inquiries linked to a promise, of all inquiries
tile-findings = relations between published figures that do not hold, of all checked
act-initiated = Began an inquiry
act-co-signed = Co-signed an inquiry
act-reply = Reply
act-meeting = Meeting with voters
act-outcome = Outcome reported by a source

help-text = Pipe tools: one line of text in, one line out (stem, language, cyrillic, fold)
help-people = Find out who is meant: one name a line in, one JSON object a line out
help-segment = Cut a programme text into clauses, one JSON object a line
help-arg-tool = What to do with each line
help-arg-people = The table of people
help-arg-file = The text file
example-text = echo "Aqtaýda taza sý joq" | saual text cyrillic
example-people = echo "А.Куспан" | saual people resolve --people corpus/mazhilis-2023/people.csv
example-segment = saual segment tests/fixtures/programme.txt

# Review
store-not-a-store = { $path } is not a store of decisions
store-newer = { $path } was made by a later version of saual; update the program
store-key-reused = the key «{ $key }» was already used for another decision
store-invalid = field «{ $field }» of a decision is not as it must be
store-altered = decision { $id } was altered: its content does not fit its id
store-nothing-to-undo = there is nothing to undo
decisions-option-needed = needed for this action
decisions-written = Written: { $path }
decisions-exported = Decisions exported: { $n }
decisions-merged = New decisions: { $added }; already known: { $known }
decisions-unpacked = The pack was laid out in { $dir }. Now run: saual review { $dir }
decisions-checked = Decisions: { $n }; faults: { $faults }
help-decisions = Reviewers' decisions: export, import (packs too), append, pack, unpack, backup, check
help-arg-action = What to do
help-arg-files = Files to read: packs, .jsonl or .csv
help-arg-reviewer = Whose decisions or pack
help-arg-to = The file to write (.csv, else .jsonl)
example-decisions = saual decisions export corpus/oblast-x --out decisions.csv
