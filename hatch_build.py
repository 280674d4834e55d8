"""Build hook: compiles the catalog when the package is built or installed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Writes the compiled catalog into the package before its files are collected, and packs the twin's modules too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile `catalog/`."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from errdex.authoring.build import build
        from errdex.rules.compiled import read_rules
        from errdex.site import twin

        build(root / "catalog")
        if version == "editable":
            twin.write(read_rules())
            return
        for name in twin.modules():
            build_data["force_include"][str(twin.CHECKOUT / f"{name}.js")] = f"errdex/site/errdex-js/{name}.js"
