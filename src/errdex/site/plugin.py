"""The mkdocs plugin `errdex`: adds the pages and data of a catalog to the site that mkdocs builds.

A picture of what the catalog covers stands where a page has `<div class="errdex-coverage"></div>`.

```yaml
plugins:
  - search
  - errdex:
      catalog: errors-of-our-api   # a folder of YAML; default: the built-in catalog
      folder: errors               # where the pages go
      source: https://github.com/us/api/blob/main/errors-of-our-api/{path}#L{line}
      everything: false            # true: the built-in entries get pages too
      policy: false                # true: a content security policy, which allows what the site itself contains
```
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from errdex.model.errors import ErrdexError
from errdex.site import SiteCatalog, render, search, what_changed
from errdex.site.content_policy import with_policy
from errdex.site.coverage import PLACE, coverage
from errdex.site.data import ASSETS, SCRIPTS, STYLES
from errdex.site.fast_build import MadePage, render_navigation_once
from errdex.site.site_catalog import FOLDER

_INDEX: Final = "search/search_index.json"
# Material's pages name the search's Worker in their settings, and load the theme's script right after them.
_WORKER: Final = re.compile(r'"search": ?"[^"]*/workers/search\.[\w.]+\.js"')
_BUNDLE: Final = re.compile(r'<script src="[^"]*/javascripts/bundle\.[\w.]+\.js"')


def _up(page: Page) -> str:
    """Return the way from a page to the site's root: empty, or `../` repeated."""
    return "" if page.url == "./" else "../" * page.url.count("/")


class Options(Config):  # type: ignore[no-untyped-call]
    """Options of the plugin."""

    catalog = config_options.Optional(config_options.Dir(exists=True))
    folder = config_options.Type(str, default=FOLDER)
    source = config_options.Optional(config_options.Type(str))
    everything = config_options.Type(bool, default=False)
    policy = config_options.Type(bool, default=False)


class ErrdexPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Adds pages to a site, and finds them in its search where the theme is Material."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add our styles and scripts, and find out whether the search is Material's."""
        config.extra_css += STYLES
        config.extra_javascript += SCRIPTS
        if self.config.catalog:
            config.watch.append(self.config.catalog)
        self.made: frozenset[str] = frozenset()
        material: Any = config.plugins.get("material/search")
        self.searches = bool(material and material.config.enabled)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages, but not to the navigation, which every page would repeat."""
        options = self.config
        try:
            site = SiteCatalog.load(options.catalog, options.folder, options.source, options.everything)
        except ErrdexError as error:
            raise PluginError(str(error)) from error
        made = {path: text for path, text in render(site).items() if not files.get_file_from_path(path)}
        for path, text in made.items():  # a page written by hand takes precedence
            listed = path == f"{site.folder}/index.md"
            level = InclusionLevel.INCLUDED if listed else InclusionLevel.NOT_IN_NAV
            file = File.generated(config, path, content=text, inclusion=level)
            files.append(file)
            if path.endswith(".md"):
                MadePage(None, file, config)
        self.made = frozenset(path for path in made if path.endswith(".md"))
        self.site = site
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Have the navigation rendered once for all pages that it does not list."""
        render_navigation_once(env)
        return env

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Draw the picture of coverage; leave our pages out of the theme's index, which our search does not need."""
        if self.searches and page.file.src_uri in self.made:
            page.meta["search"] = {"exclude": True}
        if PLACE in markdown:
            ending = "/" if config.use_directory_urls else ".html"
            markdown = markdown.replace(PLACE, coverage(self.site, _up(page), ending))
        return markdown

    @event_priority(-100)  # after what other plugins do to the page
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Name our Worker in place of the theme's, the feed, and what the page may load."""
        if self.searches:
            output = self._with_search(output, page, config)
        if self.site.history is not None:
            feed = f"{_up(page)}{self.site.folder}/{what_changed.NAME}.xml"
            link = f'<link rel="feed alternate" type="application/atom+xml" title="What changed" href="{feed}">'
            output = output.replace("</head>", f"{link}</head>", 1)
        if self.config.policy:
            output = with_policy(output, page.content or "", not config.use_directory_urls)
        return output

    def _with_search(self, output: str, page: Page, config: MkDocsConfig) -> str:
        worker = f"{_up(page)}{ASSETS}/search_worker.js"
        output = _WORKER.sub(f'"search": "{worker}"', output, count=1)
        if config.use_directory_urls:
            return output
        # Such a site may be read from the file system, where the page needs the script too.
        return _BUNDLE.sub(lambda found: f'<script src="{worker}"></script>{found[0]}', output, count=1)

    @event_priority(-100)  # after the theme's search, which writes its index at the same event
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Move the other pages from the theme's index, which every page loads, to where our search looks for them."""
        if not self.searches:
            return
        site = Path(config.site_dir)
        index = json.loads((site / _INDEX).read_text(encoding="utf-8"))
        ending = "/" if config.use_directory_urls else ".html"
        script = search.pages_script(self.site.folder, ending, index["docs"])
        (site / ASSETS / search.PAGES).write_text(script, encoding="utf-8")
        empty = json.dumps({**index, "docs": []})
        (site / _INDEX).write_text(empty, encoding="utf-8")
        (site / _INDEX).with_suffix(".js").write_text(f"var __index = {empty}", encoding="utf-8")
