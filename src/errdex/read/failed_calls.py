"""Log records in JSON whose fields say that a call of a provider failed: `{"level": "error", "status": 429, …}`.

The level, the status and whose it is are then evidence enough, whatever the record's message says.
"""

from __future__ import annotations

from collections.abc import Mapping

from errdex.model.type_names import Any, Final
from errdex.read import body_keys as known
from errdex.read.signals.providers import Providers
from errdex.rules.tokens import words

_OWNER_KEYS: Final = (
    "provider", "provider_name", "llm_provider", "model_provider", "ai_provider", "custom_llm_provider", "upstream",
    "gen_ai.system", "gen_ai.provider.name",
)  # fmt: skip
"""Keys whose whole value is a provider's name."""
_ADDRESS_KEYS: Final = (
    "url", "host", "base_url", "api_base", "endpoint", "http.url", "url.full", "server.address", "upstream_host",
)  # fmt: skip
# A server's record of a request that it answered itself, which may be one about a provider.
_SERVED_KEYS: Final = frozenset(
    {
        "path", "uri", "route", "handler", "remote_addr", "remote_ip", "client_ip", "clientip", "ip", "user_agent",
        "useragent", "referer", "referrer", "request_path", "http.route", "url.path", "req", "request", "res",
        "responsetime",
    }
)  # fmt: skip


def owner_of(record: Mapping[Any, Any], keys: Mapping[str, Any], providers: Providers) -> str | None:
    """Return the provider whose call failed, as the fields of a log record with a status say; None if they do not.

    Args:
        record: The record.
        keys: Its keys, by their lower case.
        providers: The catalog's providers.
    """
    if not (_SERVED_KEYS.isdisjoint(keys) and known.is_trouble(record, keys, warning=True)):
        return None
    for low in _OWNER_KEYS:
        name = record.get(keys.get(low))
        if isinstance(name, str) and name.lower() in providers.names:
            return providers.names[name.lower()]
    for low in _ADDRESS_KEYS:
        address = record.get(keys.get(low))
        if isinstance(address, str) and not address.startswith("/"):
            low = address.lower().partition("?")[0]
            called = providers.named_in(low, {*words(low)}, hosts_only=True)
            if called:
                return called[0]
    return None
