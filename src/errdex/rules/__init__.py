"""What is used at run time: the compiled rules, the normal form of texts, tokens, and the matching of templates."""

from __future__ import annotations

from typing import Annotated

Pattern = Annotated[str, "a regular expression"]
"""Type of a pattern constant that is compiled on first use; the build translates it for the JavaScript twin."""
