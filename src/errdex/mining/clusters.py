"""Messages that differ in values only, grouped by drain3, each group as a template with holes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from errdex.authoring.template import to_regex
from errdex.mining.unknown_errors import Unknown
from errdex.model.errors import ErrdexError
from errdex.rules.holes import KINDS
from errdex.rules.normal_form import normalise

_MOST_CLUSTERS: Final = 1_000
_SIMILAR: Final = 0.5  # share of words that two messages of a cluster have in common
_MOST_KEPT: Final = 40  # messages of a cluster from which its template is made
_LEAST_LITERAL: Final = 8  # letters that a template needs
_ORDER: Final = ("int", "duration", "url", "number", "word")
_KINDS: Final = {kind: re.compile(KINDS[kind]) for kind in _ORDER}
_EDGES: Final = re.compile(r"^([\"'`(\[{<]*)(.*?)([\"'`)\]}>.,;:!?]*)$", re.DOTALL)
_QUOTED: Final = re.compile(r"(['\"`])([^'\"`\n]{0,120}[ ][^'\"`\n]{0,120})\1")
_JOIN: Final = "\u2423"  # stands for a blank in a quotation, which is one word


class Cluster:
    """Errors of one wording.

    Attributes:
        errors: How many there are.
        providers: Whose they are, with counts.
        statuses: Their HTTP statuses, with counts.
        suggested: The best guess at their category, with its probability.
    """

    def __init__(self) -> None:
        self.errors = 0
        self.providers: Counter[str | None] = Counter()
        self.statuses: Counter[int | None] = Counter()
        self.suggested = ("unknown", 0.0)
        self.messages: dict[str, None] = {}

    def add(self, error: Unknown) -> None:
        """Add an error."""
        self.providers[error.provider] += 1
        self.statuses[error.status] += 1
        self.suggested = max(self.suggested, (error.category, error.confidence), key=lambda one: one[1])
        if len(self.messages) < _MOST_KEPT:
            self.messages.setdefault(error.message)

    def template(self) -> str | None:
        """Return the template that all messages kept match; None if they have too little in common."""
        rows = [_words(message) for message in self.messages]
        if len({len(row) for row in rows}) != 1:
            return None
        words = [_hole(column) for column in zip(*rows, strict=True)]
        template = " ".join(words)
        literal = re.sub(r"\{_:\w+\}", "", template)
        if len(re.findall(r"[^\W\d_]", literal)) < _LEAST_LITERAL or words[0].startswith("{_:"):
            return None
        pattern = re.compile(to_regex(template), re.IGNORECASE)
        matches = all(pattern.match(normalise(message).strip()) for message in self.messages)
        return template if matches else None


class Clusters:
    """Groups errors by their wording.

    Raises:
        ErrdexError: drain3 is not installed.
    """

    def __init__(self) -> None:
        try:
            from drain3.drain import Drain
        except ImportError as error:
            raise ErrdexError('errdex mine needs drain3: pip install "errdex[mine]"') from error
        self._drain: Any = Drain(sim_th=_SIMILAR, max_clusters=_MOST_CLUSTERS)
        self._clusters: dict[int, Cluster] = {}

    def add(self, error: Unknown) -> Cluster:
        """Add an error to the cluster of its wording, or to a new one."""
        found, _ = self._drain.add_log_message(" ".join(_words(error.message)))
        cluster = self._clusters.setdefault(found.cluster_id, Cluster())
        cluster.add(error)
        return cluster

    def __iter__(self) -> Iterator[Cluster]:
        """Yield the clusters, the largest first."""
        return iter(sorted(self._clusters.values(), key=lambda cluster: -cluster.errors))


def _words(message: str) -> list[str]:
    """Split a message into words; a quotation is one."""
    joined = _QUOTED.sub(lambda found: found[0].replace(" ", _JOIN), message)
    return joined.split()


def _hole(column: tuple[str, ...]) -> str:
    """Return what stands in a template for a word of all messages: the word, or a hole with what surrounds it."""
    edges = [_EDGES.match(word) for word in dict.fromkeys(column)]
    parts = [match.groups() for match in edges if match]
    before, after = {part[0] for part in parts}, {part[2] for part in parts}
    values = [part[1] for part in parts]
    varies = len(parts) > 1
    if varies and (len(before) > 1 or len(after) > 1):
        return "{_:text}"
    head, tail = before.pop(), after.pop()
    quoted = bool(head and tail) and head[-1] == tail[0] and head[-1] in "'\"`"
    if quoted and (varies or _JOIN not in values[0]):
        return _literal(head[:-1]) + "{_:name}" + _literal(tail[1:])
    has_digits = any(map(str.isdigit, values[0]))  # and so varies from line to line, although only one may be kept
    for kind in _ORDER[: None if varies or has_digits else 3]:
        if all(_KINDS[kind].fullmatch(value) for value in values):
            return f"{_literal(head)}{{_:{kind}}}{_literal(tail)}"
    return "{_:text}" if varies else _literal(column[0])


def _literal(text: str) -> str:
    return text.replace(_JOIN, " ").replace("{", "{{").replace("}", "}}")
