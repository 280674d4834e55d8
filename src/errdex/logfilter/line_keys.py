"""What every line that holds an API error holds: what a scanner of whole logs looks for."""

from __future__ import annotations

import re
from typing import Final

from errdex.classifier.catalog import Catalog
from errdex.read.body_keys import OBJECT_VALUE
from errdex.read.signals.numbers import BETWEEN, STATUS_ENDINGS
from errdex.read.vocabulary import Vocabulary
from errdex.rules.compiled import Rules

_STATUS: Final = "[45][0-9][0-9]"
_ASSIGNED: Final = r"[\\\"'`\x80-\xff \t]*[:=]"


class LineKeys:
    """What a line of a catalog's errors holds at least one of.

    Attributes:
        literals: To the templates that have them; lower case, single blanks between their words. Between several, each
            in a line, there may be anything.
        names: Exception classes, machine codes and values of fields, as they are spelled.
        templates: First key word of templates to their second, their third and their numbers.
        triggers: These words and the numbers of statuses, as bytes.
        telling: All of these.
        patterns: Regular expressions, case-insensitive, of statuses where clients write them, of names of fields with
            what parts them from their values, and of error objects.
    """

    @classmethod
    def of(cls, catalog: Catalog) -> LineKeys:
        """Return the keys of a catalog."""
        return cls(catalog._full.rules, catalog._full.vocabulary)

    def __init__(self, rules: Rules, vocabulary: Vocabulary) -> None:
        self.literals = rules.line_keys
        names, fields = {*rules.codes, *vocabulary.classes.names}, set()
        for key, found in vocabulary.fields.items():
            for name, value in found:
                if key.decode() in value.lower():
                    names.add(value)
                else:
                    fields.add(re.escape(name))
        self.names = sorted(names)
        self.templates = rules.words
        self.triggers = vocabulary.triggers
        self.telling = vocabulary.telling
        endings = {*STATUS_ENDINGS, *vocabulary.providers.names}
        endings = {word for word in endings if not any(word.endswith(other) for other in endings - {word})}
        before = "|".join(map(re.escape, sorted(endings)))
        between = rf"[{re.escape(BETWEEN.replace(chr(10), ''))}\x80-\xff]"  # blanks and quotes beyond ASCII among them
        # Behind a word of statuses, or alone in front; behind another number only in the forms of `statuses`.
        self.patterns = [
            rf"(?:{before}){between}+{_STATUS}",
            rf"^{between}*{_STATUS}",
            rf"http/[123](?:\.[0-9])? {_STATUS}",
            rf"[0-9/:., TZ-] {_STATUS}: ?[\[{{]",
            rf"\({_STATUS} [A-Z]",
            rf"[\"']{_STATUS}:? [A-Z]",  # at the start of a field
            rf"{_STATUS} (?:client|server) error: ",
            rf"{_STATUS}, message=",
            rf"(?:error|failed|failure) (?:with|code|response|occurred)[^\n]{{0,80}}[ :(]{_STATUS}",
            "error" + OBJECT_VALUE,
            *(f"(?-i:{field}){_ASSIGNED}" for field in sorted(fields)),
        ]
