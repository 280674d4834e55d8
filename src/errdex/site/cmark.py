"""The Markdown of our pages as HTML, by cmark, which reads thousands of pages in the time of some fifty otherwise.

Python-Markdown, which MkDocs uses, makes the same of it, with the extensions `attr_list`, `md_in_html`, `tables`,
`toc` and `pymdownx.superfences`: whoever has `errdex docs` write the pages can build them without this module.
"""

from __future__ import annotations

import html
import re
import secrets
from typing import Final, NamedTuple

import cmarkgfm
from cmarkgfm.cmark import Options
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

_MARK: Final = f"x{secrets.token_hex(8)}"  # a word that no text contains
_BLOCK: Final = re.compile(r'^(<div class="[\w -]+") markdown="1">$', re.MULTILINE)
_CLASS: Final = re.compile(r"\{ \.([\w-]+) \}")
_MARKED: Final = re.compile(rf"{_MARK}([\w-]+?){_MARK}")
_OF_PARAGRAPH: Final = re.compile(rf"<p>((?:(?!<p>).)*)\n{_MARKED.pattern}</p>", re.DOTALL)
_OF_ELEMENT: Final = re.compile(rf"<(a|strong)\b([^>]*>(?:(?!</\1>).)*</\1>){_MARKED.pattern}", re.DOTALL)
_CODE: Final = re.compile(r'<pre><code class="language-([\w+#-]+)">(.*?)</code></pre>', re.DOTALL)
_HEADING: Final = re.compile(r"<h([1-6])>(.*?)</h\1>")
_TAG: Final = re.compile(r"<[^>]*>")


class Heading(NamedTuple):
    """A heading: its level, the `id` by which it is linked to, and its text as HTML without tags."""

    level: int
    id: str
    text: str


def to_html(markdown: str, permalink: str = "") -> tuple[str, list[Heading]]:
    """Return a page's Markdown as HTML, and its headings; each ends in a link to itself if `permalink` is its text."""
    marked = _CLASS.sub(rf"{_MARK}\g<1>{_MARK}", _BLOCK.sub(r"\1>", markdown))
    made = cmarkgfm.markdown_to_html_with_extensions(marked, Options.CMARK_OPT_UNSAFE, ["table"])
    made = _OF_PARAGRAPH.sub(r'<p class="\2">\1</p>', made)
    made = _OF_ELEMENT.sub(r'<\1 class="\3"\2', made)
    made = _MARKED.sub(r"{ .\1 }", made)  # part of a text
    made = _CODE.sub(_highlighted, made)
    headings: list[Heading] = []

    def with_id(found: re.Match[str]) -> str:
        heading = _heading(found, {heading.id for heading in headings})
        headings.append(heading)
        link = f'<a class="headerlink" href="#{heading.id}" title="Permanent link">{permalink}</a>' if permalink else ""
        return f'<h{heading.level} id="{heading.id}">{found[2]}{link}</h{heading.level}>'

    return _HEADING.sub(with_id, made), headings


def _heading(found: re.Match[str], taken: set[str]) -> Heading:
    text = _TAG.sub("", found[2])
    words = re.sub(r"[^\w\s-]", "", html.unescape(text)).strip().lower()
    name = re.sub(r"[-\s]+", "-", words) or "_"
    number = 0
    while (unique := f"{name}_{number}" if number else name) in taken:
        number += 1
    return Heading(int(found[1]), unique, text)


def _highlighted(found: re.Match[str]) -> str:
    """Return a block of code as the theme expects it: its classes, and the code's words by their kinds."""
    language, code = found[1], html.unescape(found[2])
    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        lexer = get_lexer_by_name("text")
    made: str = highlight(code, lexer, HtmlFormatter(cssclass=f"language-{language} highlight", wrapcode=True))
    return made.rstrip("\n")
