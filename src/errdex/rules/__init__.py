"""What is read at run time: compiled rules, the normal form of texts, tokens, and how a template's units run."""

from __future__ import annotations

from typing import Annotated

Pattern = Annotated[str, "a regular expression"]
"""The type of a constant that `re` compiles when a text first needs it; the JavaScript twin gets it translated."""
