"""The content security policy: what the site contains runs, and nothing that got into a page does."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, expect

from errdex.site.content_policy import with_policy

META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
INJECTED = (
    '<script>document.title = "ran"</script><img src="x:" onerror="document.title = \'ran\'"><p id="injected">here</p>'
)
SCHEME = "document.body.getAttribute('data-md-color-scheme')"


def scripts(page: str) -> str:
    """Return what a page's policy says of scripts."""
    found = META.findall(page)
    assert len(found) == 1
    (said,) = (part for part in found[0].split("; ") if part.startswith("script-src "))
    return said.removeprefix("script-src ")


def test_the_themes_scripts_are_allowed_by_hash_and_those_of_the_content_are_not() -> None:
    content = "<p>x</p><script>bad()</script>"
    page = (
        f'<html><head><title>x</title></head><body>{content}<script>good()</script><script src="a.js"></script></body>'
    )
    assert scripts(with_policy(page, content, False)) == "'self' 'sha256-IRA2iZvUDFbLz1qyyGmG3cLebjS6JSAFrGn2oQY4D64='"
    assert scripts(with_policy(page.replace("good()", ""), content, True)).startswith("'self' file: 'sha256-")
    data = '<head></head><script type="application/json">{}</script><script type=application/ld+json>{}</script>'
    assert scripts(with_policy(data, "", False)) == "'self'"


def test_each_page_has_a_policy_that_allows_no_unknown_script(built: Path) -> None:
    pages = [*built.glob("**/*.html")]
    assert len(pages) > 2_000
    hashes = set()
    for page in pages:
        if page.name == "404.html":
            continue  # made by the theme, without a page's event
        allowed = scripts(page.read_text("utf-8")).split()
        assert {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "data:"}.isdisjoint(allowed)
        hashes |= {*allowed}
    assert len(hashes) < 12, "the theme has few scripts, which differ by a page's depth at most"


def _with(text: str, route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("<article", f"{text}<article", 1))


def test_what_is_put_into_a_page_does_not_run(browser: Browser, site: str) -> None:
    context = browser.new_context()
    tab = context.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.route("**/errors/cohere/model-not-found/", lambda route: _with(INJECTED, route))
    tab.goto(f"{site}errors/cohere/model-not-found/")
    expect(tab.locator("#injected")).to_have_text("here")
    tab.wait_for_timeout(200)
    title = tab.title()
    context.close()
    assert title != "ran"
    assert sum("Content Security Policy" in text for text in said) >= 2


def _switch(tab: Page) -> list[str]:
    """Switch the palette three times; return the schemes."""
    found = [tab.evaluate(SCHEME)]
    for _ in range(3):
        tab.locator(".md-header__option label:not([hidden])").click()
        found.append(tab.evaluate(SCHEME))
    return found


def test_the_palette_is_switched_and_kept(browser: Browser, site: str) -> None:
    """By scripts of the theme that stand in the page."""
    context = browser.new_context(color_scheme="light")
    tab = context.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    tab.goto(f"{site}retries/")
    assert _switch(tab) == ["default", "default", "slate", "default"]
    tab.locator(".md-header__option label:not([hidden])").click()
    tab.locator(".md-header__option label:not([hidden])").click()
    tab.goto(f"{site}errors/cohere/model-not-found/")
    assert tab.evaluate(SCHEME) == "slate"
    context.close()
    assert said == []
