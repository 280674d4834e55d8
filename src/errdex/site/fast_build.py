"""What makes a site of thousands of pages quick to build: cmark for their Markdown, and a navigation rendered once."""

from __future__ import annotations

import posixpath
import re
from html import unescape
from typing import Any, Final
from urllib.parse import unquote

from jinja2 import ChoiceLoader, DictLoader, Environment, PrefixLoader, pass_context
from jinja2.runtime import Context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from errdex.site.cmark import Heading, to_html

_LINK: Final = re.compile(r'(<a (?:class="[\w-]+" )?href=")(?![a-z]+:|[#/])([^"#]+)')
_NAV: Final = "partials/nav.html"
_THEIRS: Final = "theme"
_log: Final = get_plugin_logger("errdex")


class MadePage(Page):
    """A page of ours, of which there are thousands."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the Markdown, and turn the names of files in its links into their addresses."""
        assert self.markdown is not None
        permalink = (config.mdx_configs or {}).get("toc", {}).get("permalink", "")
        made, headings = to_html(self.markdown, "&para;" if permalink is True else permalink or "")
        self.content = _LINK.sub(lambda found: found[1] + self._address(unquote(unescape(found[2])), files), made)
        self.toc = TableOfContents(_nested(headings))
        self.present_anchor_ids = {heading.id for heading in headings}

    def _address(self, target: str, files: Files) -> str:
        """Return the address of a file that a link names by its way from this page's own."""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.file.src_uri), target))
        file = files.get_file_from_path(path)
        if file is None:
            _log.warning(f"{self.file.src_uri} links to {target}, which is no file of the site")
            return target
        return file.url_relative_to(self.file)


def _nested(headings: list[Heading]) -> list[AnchorLink]:
    """Return links to headings, each with those of the parts under it."""
    top: list[AnchorLink] = []
    open_links: list[AnchorLink] = []
    for heading in headings:
        link = AnchorLink(heading.text, heading.id, heading.level)
        while open_links and open_links[-1].level >= link.level:
            open_links.pop()
        (open_links[-1].children if open_links else top).append(link)
        open_links.append(link)
    return top


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
