"""What a note says of an answer."""

from __future__ import annotations

import json

import errdex
from errdex.logfilter.notes import as_logfmt, as_object

WEEK = (
    "You've hit your usage limit. Upgrade to Pro (https://openai.com/chatgpt/pricing) or try again in 5 days 22 hours."
)


def test_when_a_limit_opens_stands_where_no_retry_does() -> None:
    note = as_logfmt(errdex.classify(WEEK)).decode()
    assert " retryable=false resets_in=511200 fix=" in note
    minute = as_logfmt(errdex.classify("You are past the per minute request limit, please wait and try again later."))
    assert b" retryable=true retry_after=60 fix=" in minute
    assert b"resets_in" not in as_logfmt(errdex.classify("invalid api token"))


def test_an_object_says_all_of_it() -> None:
    said = json.loads(as_object(errdex.classify(WEEK)))
    assert (said["scope"], said["action"], said["resets_in"], said["retry_after"]) == ("account", "wait", 511_200, None)
