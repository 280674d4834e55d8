"""The mkdocs plugin `errdex`: adds the pages and data of a catalog to the site that mkdocs builds.

```yaml
plugins:
  - search
  - errdex:
      catalog: errors-of-our-api   # a folder of YAML; default: the built-in catalog
      folder: errors               # where the pages go
      source: https://github.com/us/api/blob/main/errors-of-our-api/{path}#L{line}
      everything: false            # true: the built-in entries get pages too
```
"""

from __future__ import annotations

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel

from errdex.model.errors import ErrdexError
from errdex.site import SiteCatalog, render
from errdex.site.data import SCRIPTS, STYLES
from errdex.site.site_catalog import FOLDER

EXTENSIONS = ("admonition", "attr_list", "md_in_html", "tables", "pymdownx.superfences")
"""The Markdown extensions that the pages need."""


class Options(Config):  # type: ignore[no-untyped-call]
    """Options of the plugin."""

    catalog = config_options.Optional(config_options.Dir(exists=True))
    folder = config_options.Type(str, default=FOLDER)
    source = config_options.Optional(config_options.Type(str))
    everything = config_options.Type(bool, default=False)


class ErrdexPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Adds pages to a site."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Enable what the pages need."""
        extensions: list[str] = config.markdown_extensions
        extensions += [name for name in EXTENSIONS if name not in extensions]
        config.extra_css += STYLES
        config.extra_javascript += SCRIPTS
        if self.config.catalog:
            config.watch.append(self.config.catalog)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages, but not to the navigation, which every page would repeat."""
        options = self.config
        try:
            site = SiteCatalog.load(options.catalog, options.folder, options.source, options.everything)
        except ErrdexError as error:
            raise PluginError(str(error)) from error
        for path, text in render(site).items():
            if files.get_file_from_path(path):
                continue  # a page written by hand takes precedence
            listed = path == f"{site.folder}/index.md"
            level = InclusionLevel.INCLUDED if listed else InclusionLevel.NOT_IN_NAV
            files.append(File.generated(config, path, content=text, inclusion=level))
        return files
