"""Our pages by cmark: as Python-Markdown makes them for whoever builds them without the plugin."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from markdown import Markdown

from errdex.site.cmark import to_html
from tests.conftest import Share

EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc", "pymdownx.highlight", "pymdownx.superfences"]
CONFIGURED = {"pymdownx.highlight": {"pygments_lang_class": True}}


class _Parts(HTMLParser):
    """Collects texts, and tags with their attributes, of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = [f"{name}={value}" for name, value in sorted(attrs) if not (value or "").startswith("__code")]
        if tag != "p" or kept:  # a list's items are paragraphs to one of them
            self._part(f"<{tag} {' '.join(kept)}>")

    def handle_endtag(self, tag: str) -> None:
        if tag != "p":
            self._part(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._text += data

    def _part(self, tag: str = "") -> None:
        text = " ".join(self._text.split())
        self.found += [text] * bool(text) + [tag]
        self._text = ""


def parts(page: str) -> list[str]:
    reader = _Parts()
    reader.feed(page)
    reader.close()
    reader._part()
    return reader.found


def test_both_make_the_same_of_our_pages(texts: dict[str, str], share: Share) -> None:
    pages = [path for path in texts if path.endswith(".md") and not path.endswith("errors/index.md")]
    for path in share(pages, 0, parts=25):
        text = re.sub(r"\A---\n.*?\n---\n", "", texts[path], flags=re.DOTALL)
        theirs = Markdown(extensions=EXTENSIONS, extension_configs=CONFIGURED).convert(text)
        assert parts(to_html(text)[0]) == parts(theirs), path


@pytest.mark.parametrize(
    ("markdown", "made"),
    [
        ("a\n{ .errdex-path }", '<p class="errdex-path">a</p>\n'),
        ("**yes**{ .errdex-yes } [x](y.md){ .z }", '<p><strong class="errdex-yes">yes</strong> <a class="z" href="y.md">x</a></p>\n'),
        ("`{ .errdex-yes }` and { .b } in a text", "<p><code>{ .errdex-yes }</code> and { .b } in a text</p>\n"),
        ("&#123; .errdex-path &#125;", "<p>{ .errdex-path }</p>\n"),
        ('<div class="errdex-list" markdown="1">\n\n*a*\n\n</div>', '<div class="errdex-list">\n<p><em>a</em></p>\n</div>\n'),
    ],
)  # fmt: skip
def test_classes_are_those_of_our_own_marks(markdown: str, made: str) -> None:
    assert to_html(markdown)[0] == made


def test_headings_and_code() -> None:
    made, headings = to_html("# A `b`\n\n## Sources\n\n## Sources\n\n```python\nx = 1\n```\n", permalink="#")
    assert [(heading.level, heading.id, heading.text) for heading in headings] == [
        (1, "a-b", "A b"),
        (2, "sources", "Sources"),
        (2, "sources_1", "Sources"),
    ]
    assert '<h2 id="sources_1">Sources<a class="headerlink" href="#sources_1" title="Permanent link">#</a></h2>' in made
    assert '<div class="language-python highlight"><pre><span></span><code><span class="n">x</span>' in made
