"""Compiles the catalog when the package is built or installed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Writes the compiled catalog into the package before its files are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile `catalog/`."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from errdex.authoring.build import build

        build(root / "catalog")
