"""Everything about texts that depends on the catalog: its providers, their classes, heads and labels."""

from __future__ import annotations

from errdex.catalog.compiled import Rules
from errdex.evidence.classes import Classes
from errdex.evidence.heads import Heads
from errdex.evidence.labels import Labels
from errdex.evidence.providers import Providers


class Cues:
    """What the readers of texts share for one catalog."""

    def __init__(self, rules: Rules) -> None:
        self.providers = Providers(rules)
        self.labels = Labels(self.providers)
        self.classes = Classes(rules, self.providers, self.labels)
        self.heads = Heads(rules)
        self.prefixes = [
            *(prefix for provider in rules.providers.values() for prefix in provider["prefixes"]),
            *self.heads.single,
        ]
        """What may stand between a label and a message, folded."""
