"""What an error without a status tells of it in words: the name of a class, or a reason phrase."""

from __future__ import annotations

import pytest

from errdex.classifier.catalog import Catalog
from errdex.model.category import Basis


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("RubyLLM::RateLimitError: slow", 429),
        ("RubyLLM::BadRequestError (message):\n  /app/lib/ruby_llm/error.rb:62:in `parse_error'", 400),
        ("   Prism\\Prism\\Exceptions\\PrismRateLimitedException\n\n  You hit a limit. Details: []", 429),
        ("com.example.ai.RateLimitException: hm", 429),
        ("Caused by: com.example.ServiceUnavailableException: upstream", 503),
        ("Acme.Ai.UnauthorizedException: no", 401),
        ("acme.errors.RateLimitExceededError: no", 429),
        ("MyLlmInternalServerError('x')", 500),
        ("2025-01-01 12:00:00 ERROR worker - acme.llm.TooManyRequestsException: hm", 429),
        ("raised: GatewayTimeoutError", 504),
        ("Error: Acme API error: Unauthorized", 401),
        ("Error: API request failed: Forbidden", 403),
        ("Failed to fetch models: Method Not Allowed.", 405),
        ('Error { code: "AccessDeniedException", message: "There was a problem. Please contact us" }', 403),
        ('{"code":"UNAUTHORIZED","message":"x y z"}', 401),
        ('{"message": "hm", "type": "payload-too-large"}', 413),
        ("Le code d'état de réponse n'indique pas la réussite : 404 (Not Found).\n   à System.Net.Http.f()", 404),
        ("Der Antwortstatuscode gibt keinen Erfolg an: 503 (Service Unavailable).\n   bei System.Net.Http.f()", 503),
        ("[chat] Stream error: Error: Acme API error: Unauthorized\n    at Object.f (app\\route.ts:104:8)", 401),
    ],
)
def test_told(text: str, status: int, catalog: Catalog) -> None:
    answer = catalog.classify(text)
    assert answer.status == catalog.why(text)["evidence"]["status"] == status
    assert answer.basis in (Basis.EXCEPTION, Basis.STATUS)


@pytest.mark.parametrize(
    "text",
    [
        "except RateLimitError:",
        "The SDK raises RateLimitError when too much is sent",
        "- RateLimitError\n- BadRequestError",
        "catch (com.example.RateLimitException e) {",
        "src/errors/RateLimitException/index.ts",
        "sqlalchemy.exc.InvalidRequestError: This session is in 'prepared' state",
        "FileNotFoundError: [Errno 2] No such file or directory: 'x'",
        "java.nio.file.AccessDeniedException: /var/lib/x",
        "An error occurred (AccessDenied) when calling the PutObject operation: Access Denied",
        "Unauthorized access is logged here",
        "Chapter 4: Forbidden Love",
    ],
)
def test_untold(text: str, catalog: Catalog) -> None:
    """In code, lists, prose and paths a class is only mentioned; databases' and files' classes tell no status."""
    evidence = catalog._full.reader.read_text(text, asserted=True)
    assert evidence.told is None


def test_words_outweigh_a_class(catalog: Catalog) -> None:
    answer = catalog.classify("acme.BadRequestError: the prompt is too long: 300000 tokens > 200000 maximum")
    assert answer.category == "context_length"


def test_nobody_says_that_it_is_an_error(catalog: Catalog) -> None:
    assert not catalog.detect("com.example.ai.RateLimitException: hm")


@pytest.mark.parametrize(
    ("name", "status"), [("AcmeRateLimitError", 429), ("RateLimited", 429), ("UnauthorizedException", 401)]
)
def test_a_caught_exception(name: str, status: int, catalog: Catalog) -> None:
    error = type(name, (ValueError,), {"__module__": "acme.errors"})("hm")
    assert catalog.classify(error).status == status
