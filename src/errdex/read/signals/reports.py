"""What a line of a log begins with if it reports an error: `[openrouter] 429 Too Many Requests`, `got 503 from gemini`.

Only the head that a logger writes may come before it. Behind anything else, the same words are a test's name, a
comment, an item of a list or a sentence about errors in general.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from http import HTTPStatus

from errdex.model.type_names import Final
from errdex.read.lines import Lines
from errdex.read.signals.labels import Labels
from errdex.rules import Pattern

_BEFORE: Final = 60  # characters before a status in which a report's words are looked for …
_AFTER: Final = 200  # … and behind it
_MAX_HEAD: Final = 200

# A time without seconds is that of a chat, where a name before a colon is a speaker's.
_TIME: Final = (
    r"(?:[\[(]?(?:\d{4}[-/]\d\d[-/]\d\d[T ])?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z| ?[+-]\d\d:?\d\d| UTC)?[\])]?"
    r"|[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d(?: [\w.-]{1,60})?"
    r"|[\[(]?\d{10}(?:\d{3}|\.\d{1,9})?[\])]?)"
)
_LEVELS: Final = r"(?:trace|debug|info|notice|warn(?:ing)?|err(?:or)?|crit(?:ical)?|fatal|severe)"
_LEVEL: Final = rf"[\[<(|]?(?i:{_LEVELS})(?![\w-])[\]>)|]?"
# Without a time, `Error` may begin a sentence or a title.
_MARKED_LEVEL: Final = rf"(?:(?:{_LEVELS.upper()})(?![\w-])|[\[<(](?i:{_LEVELS})[\]>)]|(?i:{_LEVELS})(?=:))"
_GAP: Final = r"(?: ?[|:-]{1,2} ?| )"
# Names before a colon that are no logger's: of commits, notes and tests, and of texts that somebody wrote.
_NO_LOGGER: Final = (
    r"(?:fix|feat|docs?|tests?|chore|refactor|note|todo|example|mock|fake|codes?|errors?|scenario|chaos|expect\w*|step|case|simulat\w+"
    r"|prompt|input|output|question|query|title|subject|content|text|user|assistant|human|comment|answer|reply|summary"
    r"|description)\b"
)
_LOGGER: Final = (
    r"(?:\[[\w.:/@$ -]{1,60}\] {0,2}){0,3}"
    rf"(?:(?!{_NO_LOGGER})[\w.$/@-]{{1,60}}(?:\[\d{{1,10}}\])?(?: ?:[\w.]{{1,40}}:\d{{1,5}})?(?: ?[:|] ?| - ))?"
)
_CONTAINER: Final = r"[\w.-]{1,30}[-_]\d{1,3} +\| "
_NAMED_LEVEL: Final = rf"[\w.-]{{1,40}}(?: [A-Z]\w{{1,40}})?:{_LEVELS.upper()}: (?:[\w-]{{1,60}}\.py:\d{{1,5}} - )?"
RECORD_HEAD: Final = rf"(?:{_CONTAINER})?{_TIME}{_GAP}(?:{_NAMED_LEVEL}|(?:{_LEVEL}{_GAP})?{_LOGGER})"
"""What a logger writes before a message: the time and, behind it, level, thread and logger."""
# Narrower than the head in `labels`, which may hold any words: there a message that the catalog knows follows it.
_LOG_HEAD: Final[Pattern] = (
    rf"(?:{_TIME}{_GAP}(?:{_LEVEL}{_GAP})?|{_MARKED_LEVEL}{_GAP}(?:{_TIME}{_GAP})?){_LOGGER}"
    r"|[\w.-]{1,30}[-_]\d{1,3} +\| "
)
# A label that speaks of errors in general.
_IN_GENERAL: Final[Pattern] = (
    r"(?i)(?:errors|codes?): *$|assert|\b(?:common|known|typical|possible|example|sample|expected)\b"
)

_STATUSES: Final = frozenset(str(status.value) for status in HTTPStatus if status >= 400) | {"520", "522", "524", "529"}
_PHRASES: Final = "(?:{})".format(
    "|".join(
        [
            *(status.phrase.lower().replace("'", ".") for status in HTTPStatus if status >= 400),
            r"(?:is |was )?overloaded(?:_error)?",
            r"(?:is |was )?rate[ _-]?limit(?:ed| reached| exceeded|_error)?",
            r"insufficient[ _]quota|quota exceeded",
            r"(?:request entity|content) too large|unprocessable (?:entity|content)",  # which of two differs by Python
            r"resource[ _]exhausted|unavailable|timeout|error|capacity exceeded|invalid api key",
        ]
    )
)
# What tells that something went wrong: the words that begin it, or a verb and one word of trouble.
_BEGINS: Final = (
    r"(?:too (?:many|long|large)|insufficient|invalid|incorrect|not enough|no (?:such|credits?|access|longer)|exceeded"
    r"|rate.?limit (?:is )?(?:reached|exceeded|hit)|quota (?:exceeded|exhausted)|unable to|cannot|could not|failed to"
    r"|unauthori[sz]ed|access denied)\b"
)
_VERB: Final = (
    r"\b(?:is|are|was|were|has|have|had|would|will|does|did|do|can|cannot|could|exceeds?|exceeded|reached|failed"
    r"|requires?|must|ran|hit)\b"
)
_TROUBLE: Final = (
    r"(?:\b(?:is|are|was|were|be|currently|temporarily) overloaded|exceed|too (?:many|much|long|large|big|low|busy)"
    r"|\breached\b|\b(?:ran|run) out\b|used up|exhausted|insufficient|not enough|invalid|incorrect|unauthori[sz]ed"
    r"|denied|unavailable|expired|unsupported"
    r"|\bnot (?:found|exist|available|support|valid|allowed|permitted|have|enabled)"
    r"|no access|had an error|cannot|unable|failed|timed out|blocked|flagged|rejected|throttled|try again|no longer)"
)
# It is no advice, as in a policy or a commit's title, and no definition or question, as in documentation.
_ADVICE: Final = (
    r"(?:retr(?:y|ies)|back ?off|wait|use|check|do|don't|switch|fall|fallback|try|see|add|set|increase|reduce"
    r"|upgrade|truncate|contact|skip|abort|handle|fix|support|return|raise|map|treat|log|ignore|stop|shorten|rotate"
    r"|alert|page|notify|send|show|drop|tests?|remove|update|make|improve|exponential|merge|what|why|how|when|if|never"
    r"|always)\b"
)
_IN_DOCUMENTS: Final = (
    r"(?:\b(?:when|whenever|means|indicates|signals|occurs|happens|(?:is|are) (?:returned|raised|thrown|sent))\b"
    r"|[=-]>|\||\?\s*$)"
)
_ACCOUNT: Final = (
    rf"(?=[a-z'])(?!{_ADVICE})(?!\w+ if\b)(?![^\n]{{0,200}}?{_IN_DOCUMENTS})"
    rf"(?:{_PHRASES}(?=[.!]?\s*$|[.,;:!] |\n)|{_BEGINS} |(?=\w+ [^\n]{{0,120}}?{_VERB})(?=[^\n]{{0,160}}?{_TROUBLE}))"
)
_TOLD: Final[Pattern] = rf"(?i)(?=\S+ \S){_ACCOUNT}"
_GOES_ON: Final = (
    r"(?:retrying|trying|waiting|sleeping|backing|giving|falling|switching|will (?:retry|try|wait)|attempt \d"
    r"|retry (?:in|after|\d))"
)
# Behind a count there is what was counted, and behind a title often a question.
_END: Final = (
    rf"(?:[.!]?\s*$|\s*[:,;.] {_GOES_ON}| - {_GOES_ON}|(?:\s*[:;]| -) {_ACCOUNT}|\s*:?\s*\x01"
    rf"| \((?:{_GOES_ON}|{_PHRASES}|request|model|try|req))"
)
_NAME: Final = r"([a-z][\w.-]{2,30})"
_WHAT: Final = r"(?: http)?(?: error)?(?: status)?(?: code)?"
_RETURNED: Final = rf"(?:(?:upstream|provider|the) )?{_NAME}(?: api)? (?:returned|(?:responded|answered|failed) with)"
_GOT: Final = (
    rf"(?:(?:got|received){_WHAT}|(?:(?:[a-z]+ ){{1,3}}failed with )?(?:unexpected |bad |error )?"
    r"(?:http(?: status)?|status)(?: code)?)"
)
# (before the status, behind it); one of the two has the provider's name in a group.
_REPORTS: Final[tuple[tuple[Pattern, Pattern], ...]] = (
    (rf"(?i)(?:\[{_NAME}\]:?|{_NAME}:) $", rf"(?i)(?::? {_PHRASES}{_END}|[,;.] {_GOES_ON}|: {_ACCOUNT})"),
    (rf"(?i){_RETURNED}{_WHAT} $", rf"(?i)(?: {_PHRASES})?{_END}"),
    (rf"(?i){_GOT} $", rf"(?i)(?: {_PHRASES})?(?: (?:error|response|status))? from {_NAME}(?: api)?{_END}"),
)
_TAGGED: Final[Pattern] = rf"(?i)\[{_NAME}\]:? *$"


def opens(lines: Lines, position: int) -> bool:
    """Tell whether a position is where a text begins, or where a line goes on behind the head that a logger wrote."""
    start, _ = lines.at(position)
    if start == 0 and lines.is_indented():
        return False
    if position == start:
        return start == 0
    return position - start <= _MAX_HEAD and re.fullmatch(_LOG_HEAD, lines.text[start:position]) is not None


def tells_of_trouble(words: str) -> bool:
    """Tell whether words behind a code say what went wrong, and not what to do or what the code means."""
    return re.match(_TOLD, words.partition("\n")[0][:_AFTER]) is not None


def is_tagged(before: str, names: Collection[str]) -> bool:
    """Tell whether a text ends in a provider's name in brackets."""
    found = re.search(_TAGGED, before)
    return found is not None and found[1].lower() in names


def is_reported(lines: Lines, position: int, labels: Labels, names: Collection[str]) -> bool:
    """Tell whether a line begins with a provider's name and the status at a position, as one report.

    Args:
        lines: The text.
        position: Where the status is.
        labels: Tell where a report may begin, besides the beginning of a line.
        names: Providers' names, in lower case.
    """
    text = lines.text
    end = position + 3
    if text[position:end] not in _STATUSES:
        return False
    line, line_end = lines.at(position)
    begin = max(line, position - _BEFORE)
    before, after = text[begin:position], text[end : min(line_end, end + _AFTER)]
    for left, right in _REPORTS:
        head = re.search(left, before)
        rest = re.match(right, after) if head else None
        if head and rest and _is_named((*head.groups(), *rest.groups()), names):
            return _begins(lines, begin + head.start(), labels)
    return False


def _is_named(words: Collection[str | None], names: Collection[str]) -> bool:
    return any(word is not None and word.lower() in names for word in words)


def _begins(lines: Lines, position: int, labels: Labels) -> bool:
    """Tell whether a report may begin at a position: at the beginning, or behind the label of an error."""
    if opens(lines, position):
        return True
    start, _ = lines.at(position)
    before = lines.text[max(start, position - _BEFORE) : position]
    return labels.introduces(lines, position) and re.search(_IN_GENERAL, before) is None
