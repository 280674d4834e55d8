"""What makes a site of thousands of pages quick to build: less Markdown to read, and a navigation rendered once."""

from __future__ import annotations

import re
import secrets
from copy import copy
from typing import Any, Final

from jinja2 import ChoiceLoader, DictLoader, Environment, PrefixLoader, pass_context
from jinja2.runtime import Context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.pages import Page

EXTENSIONS: Final = ("admonition", "attr_list", "md_in_html", "tables", "pymdownx.superfences")
"""The Markdown extensions that the pages need."""
_USED: Final = ("admonition", "attr_list", "tables", "pymdownx.superfences", "pymdownx.highlight", "toc")
"""Those with which they are read here; the last two only if the site has them."""
_BLOCK: Final = re.compile(r'^(<div class="errdex-[\w -]+") markdown="1">$|^(</div>)$', re.MULTILINE)
_NAV: Final = "partials/nav.html"
_THEIRS: Final = "theme"


class MadePage(Page):
    """A page of ours. There are thousands: each is read with the few Markdown extensions that it needs."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the Markdown, with those of the site's extensions that our pages use.

        `md_in_html` would take more than a third of the time, only for the blocks around cards and tables: here a word
        that no text contains stands for the beginning and the end of each.
        """
        ours = copy(config)
        left_out = {"toc"} if "toc" in self.meta.get("hide", ()) else {}  # it looks at each cell of the long tables
        extensions = [name for name in _USED if name in config.markdown_extensions and name not in left_out]
        ours.data = {**config.data, "markdown_extensions": extensions}
        tags: list[str] = []
        word = secrets.token_hex(8)

        def marked(found: re.Match[str]) -> str:
            tags.append(f"{found[1]}>" if found[1] else found[2])
            return f"\n{word}x{len(tags) - 1}x\n"

        assert self.markdown is not None
        self.markdown = _BLOCK.sub(marked, self.markdown)
        super().render(ours, files)
        assert self.content is not None
        self.content = re.sub(rf"<p>{word}x(\d+)x</p>", lambda found: tags[int(found[1])], self.content)


def render_navigation_once(env: Environment) -> None:
    """Make a theme's navigation the same text for all made pages of a depth that it does not list.

    It is the largest part of each page, and differs by the way to the site's root alone. A theme without a template
    of Material's name is left as it is.
    """
    theirs = env.loader
    if theirs is None or _NAV not in env.list_templates():
        return
    rendered: dict[str, str] = {}

    @pass_context
    def navigation(context: Context) -> str:
        page = context.get("page")
        template = env.get_template(f"{_THEIRS}/{_NAV}")
        values: dict[str, Any] = context.get_all()
        if not isinstance(page, MadePage) or page.file.inclusion != InclusionLevel.NOT_IN_NAV:
            return template.render(values)
        root = str(context.get("base_url"))
        if root not in rendered:
            rendered[root] = template.render(values)
        return rendered[root]

    env.globals["errdex_navigation"] = navigation
    ours = DictLoader({_NAV: "{{ errdex_navigation() }}"})
    env.loader = ChoiceLoader([ours, theirs, PrefixLoader({_THEIRS: theirs})])
