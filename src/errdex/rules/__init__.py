"""What is used at run time: the compiled rules, the normal form of texts, tokens, and the matching of templates."""

from __future__ import annotations

import re
from functools import cache

Pattern = str
"""Type of a pattern constant that is compiled on first use; the build translates it for the JavaScript twin."""
pattern = cache(re.compile)
"""Compile a pattern on first use and keep it; `re` has a cache too, but a slower one."""
