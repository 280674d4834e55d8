"""The keys that a scanner looks for: every line that reports an API error contains at least one of them."""

from __future__ import annotations

import re
from typing import Final

from errdex.classifier.catalog import Catalog
from errdex.read.body_keys import OBJECT_VALUE
from errdex.read.signals.numbers import BETWEEN
from errdex.read.vocabulary import Vocabulary
from errdex.rules.compiled import Rules

_STATUS: Final = "[45][0-9][0-9]"
_GAP: Final = r"[ \t]+"  # a space of the normal form; what else it may be in a text, a scanner looks for anywhere
_ASSIGNED: Final = r"[\\\"'`\x80-\xff \t]*[:=]"


class LineKeys:
    """The keys of a catalog; a line that reports one of its errors contains at least one.

    Attributes:
        literals: Maps literals to the templates that contain them; lower case, words separated by single spaces. A key
            of several literals has them on separate lines; anything may come between them in a text.
        names: Exception classes, machine codes and field values, spelled exactly.
        templates: Maps the first key word of templates to the second, the third and the template's number.
        triggers: Words of exception classes, codes, fields and statuses, as bytes.
        telling: All of these words.
        characters_in: Returns those of them that are single Chinese, Japanese or Korean characters of a text.
        patterns: Regular expressions, case-insensitive, for statuses where clients write them, for field names followed
            by a separator, and for error objects.
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
        self.characters_in = vocabulary.characters_in
        endings = {*vocabulary.before_statuses, *vocabulary.providers.names}
        endings = {word for word in endings if not any(word[start:] in endings for start in range(1, len(word)))}
        between = rf"[{re.escape(BETWEEN.replace(chr(10), ''))}\x80-\xff]"  # includes non-ASCII spaces and quotes
        # After a word that introduces a status, or at the start of the line; after another number only in the forms
        # that `read.signals.status` knows.
        self.patterns = [
            # Faster than as one alternation. A bracket may close behind a name.
            *(rf"{re.escape(word)}\]?{between}+{_STATUS}" for word in sorted(endings)),
            rf"^{between}*{_STATUS}",
            rf"http/[123](?:\.[0-9])?{_GAP}{_STATUS}",
            rf"[0-9/:., TZ-]{_GAP}{_STATUS}:[ \t]*[\[{{]",
            rf"\({_STATUS}{_GAP}[A-Z]",
            rf"[\"']{_STATUS}:?{_GAP}[A-Z]",  # at the start of a field
            rf"{_STATUS}{_GAP}(?:client|server){_GAP}error:",
            rf"{_STATUS},{_GAP}message=",
            rf"(?:error|failed|failure){_GAP}(?:with|code|response|occurred)[^\n]{{0,80}}[ :(]{_STATUS}",
            "error" + OBJECT_VALUE,
            *(f"(?-i:{field}){_ASSIGNED}" for field in sorted(fields)),
        ]
