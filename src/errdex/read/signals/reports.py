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
_LEVEL: Final = (
    r"[\[<(|]?(?i:trace|debug|info|notice|warn(?:ing)?|err(?:or)?|crit(?:ical)?|fatal|severe)(?![\w-])[\]>)|]?"
)
_GAP: Final = r"(?: ?[|:-]{1,2} ?| )"
# Names before a colon that are no logger's: of commits, notes and tests, and of texts that somebody wrote.
_NO_LOGGER: Final = (
    r"(?:fix|feat|docs?|tests?|chore|refactor|note|todo|example|mock|prompt|input|output|question|query|title|subject"
    r"|content|text|user|assistant|human|comment|answer|reply|summary|description)\b"
)
_LOGGER: Final = (
    r"(?:\[[\w.:/@$ -]{1,60}\] {0,2}){0,3}"
    rf"(?:(?!{_NO_LOGGER})[\w.$/@-]{{1,60}}(?:\[\d{{1,10}}\])?(?: ?:[\w.]{{1,40}}:\d{{1,5}})?(?: ?[:|] ?| - ))?"
)
_LOG_HEAD: Final[Pattern] = (
    rf"(?:{_TIME}{_GAP}(?:{_LEVEL}{_GAP})?|{_LEVEL}{_GAP}(?:{_TIME}{_GAP})?){_LOGGER}"
    r"|[\w.-]{1,30}[-_]\d{1,3} +\| "
)

# What happened is told in several words, of which one speaks of trouble.
_SEVERAL: Final[Pattern] = r"\w[^\n|]* [^\n|]"
_TROUBLE: Final[Pattern] = (
    r"(?i)overload|exceed|too (?:many|long|large|big)|rate.?limit|\breached\b|insufficient|not enough|quota|credit"
    r"|balance|invalid|incorrect|unauthori[sz]ed|forbidden|denied|unavailable|exhausted|expired|unsupported|\bnot\b"
    r"|cannot|unable|fail|error|timed? ?out|bad gateway|blocked|flagged|rejected|busy|throttl|try again|no longer"
    r"|deprecated|capacity"
)
# It is no advice, as in a policy or a commit's title, and no definition or question, as in documentation.
_ADVISES: Final[Pattern] = (
    r"(?i)(?:retr(?:y|ies)|back ?off|wait|use|check|do|don't|switch|fall|fallback|try|see|add|set|increase|reduce"
    r"|upgrade|truncate|contact|skip|abort|handle|fix|support|return|raise|map|treat|log|ignore|stop|shorten|rotate"
    r"|alert|page|notify|send|show|drop|tests?|remove|update|make|improve|exponential|merge|what|why|how|when|if|never"
    r"|always)\b"
)
_DEFINES: Final[Pattern] = (
    r"(?i)\b(?:when|whenever|means|indicates|signals|occurs|happens|(?:is|are) (?:returned|raised|thrown|sent))\b"
    r"|^\w+ if\b|[=-]>|\?\s*$"
)

_STATUSES: Final = frozenset(str(status.value) for status in HTTPStatus if status >= 400) | {"520", "522", "524", "529"}
_PHRASES: Final = "|".join(
    [
        *(status.phrase.lower().replace("'", ".") for status in HTTPStatus if status >= 400),
        r"(?:is |was )?overloaded(?:_error)?",
        r"(?:is |was )?rate[ _-]?limit(?:ed| reached| exceeded|_error)?",
        r"insufficient[ _]quota|quota exceeded",
        r"(?:request entity|content) too large|unprocessable (?:entity|content)",  # which of the two differs by Python
        r"resource[ _]exhausted|unavailable|timeout|error|capacity exceeded|invalid api key",
    ]
)
_GOES_ON: Final = (
    r"(?:retrying|trying|waiting|sleeping|backing|giving|falling|switching|will (?:retry|try|wait)|attempt \d"
    r"|retry (?:in|after|\d))"
)
# Behind a count there is what was counted, and behind a title often a question.
_END: Final = (
    rf"(?:[.!]?\s*$|\s*[:,;.] {_GOES_ON}|\s*[:;] (?!what|why|how)[a-z'\x01]|\s*:?\s*\x01| - [a-z]"
    r"| \((?![0-9.]+ ?(?:%|m?s\b)))"
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
    (rf"(?i)(?:\[{_NAME}\]:?|{_NAME}:) $", rf"(?i)(?: (?:{_PHRASES}){_END}|[,;.] {_GOES_ON})"),
    (rf"(?i){_RETURNED}{_WHAT} $", rf"(?i)(?: (?:{_PHRASES}))?{_END}"),
    (rf"(?i){_GOT} $", rf"(?i)(?: (?:{_PHRASES}))?(?: (?:error|response|status))? from {_NAME}(?: api)?{_END}"),
)
_TAGGED: Final[Pattern] = rf"(?i)\[{_NAME}\]:? $"
_TAGGED_ACCOUNT: Final[Pattern] = r":\s+(?=[A-Za-z])"


def opens(lines: Lines, position: int) -> bool:
    """Tell whether a position is where a text begins, or where a line goes on behind the head that a logger wrote."""
    start, _ = lines.at(position)
    if start == 0 and lines.is_indented():
        return False
    if position == start:
        return start == 0
    return position - start <= _MAX_HEAD and re.fullmatch(_LOG_HEAD, lines.text[start:position]) is not None


def tells_of_trouble(words: str) -> bool:
    """Tell whether words behind a code or a status say what went wrong, and not what to do or what a code means."""
    words = words.partition("\n")[0][:_AFTER]
    if re.match(_SEVERAL, words) is None or re.match(_ADVISES, words) or re.search(_DEFINES, words):
        return False
    return re.search(_TROUBLE, words) is not None


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
    told = re.match(_TAGGED_ACCOUNT, after)
    tag = re.search(_TAGGED, before) if told else None
    if told is None or tag is None or tag[1].lower() not in names or not tells_of_trouble(after[told.end() :]):
        return False
    return _begins(lines, begin + tag.start(), labels)


def _is_named(words: Collection[str | None], names: Collection[str]) -> bool:
    return any(word is not None and word.lower() in names for word in words)


def _begins(lines: Lines, position: int, labels: Labels) -> bool:
    """Tell whether a report may begin at a position: at the beginning, or behind the label of an error."""
    return opens(lines, position) or labels.introduces(lines, position)
