"""A request's path, host and headers → which call of which API it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import unquote

from errdex.wall.apis import anthropic, bedrock, cohere, google
from errdex.wall.apis.call import Operation
from errdex.wall.apis.openai import operations

APIS: Final = ("openai", "anthropic", "cohere", "google", "bedrock", "mistral", "groq")
"""The APIs, each also a prefix of paths: `/cohere/v2/chat` is `/v2/chat` of Cohere."""
BASES: Final = {
    "openai": "/openai/v1",
    "anthropic": "/anthropic",
    "cohere": "/cohere",
    "google": "/google",
    "bedrock": "/bedrock",
    "mistral": "/mistral",
    "groq": "/groq",
}
"""API → the path to add to the wall's address for the base URL of its SDK."""
_COPIES: Final = {api: operations(api) for api in ("openai", "mistral", "groq")}
_GOOGLE: Final = re.compile(r"/models/(?P<model>.+):(?P<call>\w+)\Z")
_BEDROCK: Final = re.compile(r"/model/(?P<model>.+)/(?P<call>[\w-]+)\Z")
_HOSTS: Final = {
    "groq": "groq",
    "mistral": "mistral",
}
"""Word in a host or an SDK's `user-agent` → the API, among those that share their paths with OpenAI's."""


class Found(NamedTuple):
    """The call that a request is, and the model if its path names it."""

    operation: Operation
    model: str | None


def find(path: str, headers: Mapping[str, str]) -> Found | None:
    """Return the call that a request is; None if no API has it.

    Args:
        path: The path, as sent.
        headers: The request's headers, by names in lower case.
    """
    path = unquote(path)
    prefix, _, rest = path[1:].partition("/")
    api = prefix if prefix in APIS else None
    # Groq's own paths begin with /openai, so this prefix decides only where nothing else does.
    if api and api != "openai":
        path = f"/{rest}"
    if (named := _GOOGLE.search(path)) and named["call"] in google.OPERATIONS:
        return Found(google.OPERATIONS[named["call"]], named["model"])
    if (named := _BEDROCK.search(path)) and named["call"] in bedrock.OPERATIONS:
        return Found(bedrock.OPERATIONS[named["call"]], named["model"])
    parts = path.strip("/").split("/")
    ends = ["/".join(parts[-count:]) for count in (2, 1) if len(parts) >= count]
    for end in ends:
        for table in (cohere.OPERATIONS, anthropic.OPERATIONS):
            if end in table and api != "openai":
                return Found(table[end], None)
    for end in ends:
        if end in _COPIES["openai"]:
            return Found(_COPIES[_copy(api, headers)][end], None)
    return None


def _copy(api: str | None, headers: Mapping[str, str]) -> str:
    if api in ("mistral", "groq"):
        return api
    said = f"{headers.get('host', '')} {headers.get('user-agent', '')}".lower()
    return next((name for word, name in _HOSTS.items() if word in said), "openai")


def api_of(path: str, headers: Mapping[str, str]) -> str:
    """Return the API that a request without a known call most likely means."""
    prefix = path[1:].partition("/")[0]
    return prefix if prefix in APIS and prefix != "openai" else _copy(None, headers)
