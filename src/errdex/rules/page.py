"""What the page of an entry says of it: its keys as in the YAML, where those that equal a default are missing."""

from __future__ import annotations

from typing import Any

from errdex.model.category import Category
from errdex.model.scope import Action, Scope

Page = dict[str, Any]
"""An entry as in its YAML."""


def provider_of(page: Page) -> str:
    """Return the part of an entry's id before the slash."""
    return str(page["id"].partition("/")[0])


def statuses(page: Page) -> list[int]:
    """Return the documented statuses of an entry."""
    status = page.get("status")
    return status if isinstance(status, list) else [] if status is None else [status]


def is_retryable(page: Page) -> bool:
    """Return an entry's own verdict, or its category's."""
    own: bool | None = page.get("retryable")
    return Category(page["category"]).retryable if own is None else own


def scope_of(page: Page) -> Scope:
    """Return an entry's own scope, or its category's."""
    return Scope(page["scope"]) if "scope" in page else Category(page["category"]).scope


def action_of(page: Page) -> Action:
    """Return an entry's own action, or what its category and verdict lead to."""
    return Action(page["action"]) if "action" in page else Category(page["category"]).action_for(is_retryable(page))
