"""Masks keys, tokens and passwords by their shape, wherever text of a raw error is shown or kept.

A hole of kind `secret` says where a message has a secret; these rules are for all other places. What they mask becomes
`[secret]`. Ids, hashes and names of models stay readable, unless a word such as `key` or `token` stands beside them.
"""

from __future__ import annotations

import os
import re

from errdex.model.type_names import Final
from errdex.rules import Pattern, pattern

MASK: Final = "[secret]"
SWITCH: Final = "ERRDEX_SHOW_SECRETS"
"""Name of the environment variable that, if not empty, switches masking off."""
_SHOWN: Final = bool(os.environ.get(SWITCH))
_SHORT: Final = 8
_REACH: Final = 64  # characters beside a token in which a word makes it a secret

_NOT_A_VALUE: Final = (
    r"(?!(?:none|null|nil|undefined|true|false|required|missing|invalid|empty|is|are|was|must|not|no|the"
    r"|your|an?|expected"
    r"|string|field|value|and|or|in|for|to|from|with|please|check)(?:[^\w]|$)|(?:your|my)[-_ ]|[$<{*]|\[secret\])"
)
_KEY_NAMES: Final = (
    r"(?:api|access|secret|private|subscription|account|auth|signing|encryption|service|master|license"
    r"|virtual)[-_ ]?keys?"
    r"|(?:access|auth|refresh|id|session|security|bearer|api|csrf|bot|service)[-_ ]?token"
    r"|client[-_ ]?secret|authorization|(?:x-amz-)?(?:signature|credential|security-token)|sig|x-api-key|secret"
)
_QUOTE: Final = r"[\"'`\\]{0,4}+"
_ASSIGNS: Final = rf"{_QUOTE}[ \t]{{0,3}}(?::|=>|=|%3[aA]|%3[dD])[ \t]{{0,3}}+"
_SCHEME: Final = r"(?:(?:bearer|basic|token|digest|apikey) {1,3})?"
_VALUE: Final = r"[^\s\"'`,;&{}()<>\\]"
_NAMES_OF_PASSWORDS: Final = r"(?:passw(?:or)?d|passphrase|passwd|pwd)"
_RUN: Final = r"[A-Za-z0-9]"
# Words and numbers of model names and ids are short; a run of twelve that mixes letters and digits is none of them.
_MIXED: Final = rf"(?=[A-Za-z]{{0,11}}[0-9])(?=[0-9]{{0,11}}[A-Za-z]){_RUN}{{12}}"
_PREFIXES: Final = (
    r"sk|pk|rk|gsk|csk|xai|pplx|nvapi|gh[pousr]|github_pat|glpat|hf|r8|pa|tgp|fw|jina|tvly|npm|pypi"
    r"|do[op]_v1|shp(?:at|ss|ca)"
    r"|whsec|lsv2|vck|fal|hvs|sq0[a-z]{3}|cpk|rpa|psk"
)

_CUES: Final = (
    ("private key",),
    ("@",),
    ("cookie",),
    ("passw", "pwd", "passphrase"),
    ("passw", "pwd", "passphrase"),
    ("key", "token", "secret", "authorization", "sig", "credential"),
    ("key", "token", "secret", "authorization", "sig", "credential"),
    ("authorization",),
    ("bearer", "basic"),
    ("-", "_"),
    ("a", "g", "1//0", "x", "sg.", ":aa", ".", "dapi"),
)
"""Of each rule, what a text in lower case must have one of."""
_RULES: Final[tuple[Pattern, ...]] = (
    r"()-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|$(?![\s\S]))()",
    r"(://)[^\s/@:\"'<>]{0,200}:(?![0-9]{1,5}(?:[/\s\"'?#)]|$))[^\s@\"'<>]{1,300}(@)",
    rf"(?i)(\b(?:set-)?cookie{_ASSIGNS}{_QUOTE})(?!\[secret\])[^\n\"'`]{{4,4000}}()",
    rf"(?i)({_NAMES_OF_PASSWORDS}s?{_ASSIGNS}[bu]?{_QUOTE}){_NOT_A_VALUE}{_VALUE}{{3,4000}}()",
    rf"(?i)({_NAMES_OF_PASSWORDS} (?:is|was):? {_QUOTE}){_NOT_A_VALUE}(?=[A-Za-z]{{0,40}}[0-9]){_VALUE}{{6,4000}}()",
    # A value that is quoted, or that has a digit or a sign: not the next word of a sentence.
    rf"(?i)(\b(?:{_KEY_NAMES}){_ASSIGNS}[bu]?[\"'`\\]{{1,4}}{_SCHEME}){_NOT_A_VALUE}{_VALUE}{{6,4000}}()",
    rf"(?i)(\b(?:{_KEY_NAMES}){_ASSIGNS}{_SCHEME}){_NOT_A_VALUE}(?=[A-Za-z]{{0,40}}[0-9+/=_.~-]){_VALUE}{{6,4000}}()",
    rf"(?i)(\bauthorization{_ASSIGNS}{_QUOTE}(?:bearer|basic|token) {{1,3}}){_NOT_A_VALUE}{_VALUE}{{4,4000}}()",
    (
        rf"(?i)(\b(?:bearer|basic)[ \t]{{1,4}}[\"'`]?){_NOT_A_VALUE}"
        rf"(?=[A-Za-z]{{0,60}}[0-9+/=_.~])[A-Za-z0-9+/=_.~:-]{{8,4000}}()"
    ),
    (
        rf"(?<![A-Za-z0-9_])()(?:{_PREFIXES})[-_](?=[A-Za-z0-9_-]{{0,60}}?(?:{_MIXED}"
        rf"|{_RUN}{{30}}))[A-Za-z0-9_./+=-]{{12,4000}}()"
    ),
    (
        r"(?<![A-Za-z0-9])()(?:(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}|ABSK[A-Za-z0-9+/=]{20,}|AIza[A-Za-z0-9_-]{20,}"
        r"|ya29\.[A-Za-z0-9_.-]{10,}|GOCSPX-[A-Za-z0-9_-]{10,}|1//0[A-Za-z0-9_-]{20,}|xox[a-z]-[A-Za-z0-9-]{10,}"
        r"|eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_.-]{8,}|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|dapi[0-9a-f]{30,}"
        r"|[0-9]{8,10}:AA[A-Za-z0-9_-]{30,}|[0-9a-f]{32}\.[A-Za-z0-9]{16})()"
    ),
)
"""What is a secret anywhere; of each, the text of both groups is kept."""
_LONG: Final[Pattern] = (
    r"(?<![A-Za-z0-9_+/.-])(?:(?=[A-Za-z0-9]{0,60}[A-Z])(?=[A-Za-z0-9]{0,60}[a-z])"
    r"(?=[A-Za-z]{0,60}[0-9])[A-Za-z0-9]{32,400}"
    r"(?![A-Za-z0-9_])|(?=[A-Za-z0-9/]{0,40}[+/])(?=[A-Z0-9+/]{0,40}[a-z])(?=[a-z0-9+/]{0,40}[A-Z])"
    r"(?=[A-Za-z+/]{0,40}[0-9])"
    r"[A-Za-z0-9+/]{40}(?![A-Za-z0-9_+/.-]))"
)
"""What is longer and more mixed than ids are, as the keys of Mistral, Cohere and AWS, which have no prefix."""
_TOKEN: Final[Pattern] = (
    rf"(?<![A-Za-z0-9_+/.~-])(?=[A-Za-z0-9_+/.~-]{{0,60}}?(?:{_MIXED}|[0-9a-f]{{8}}-[0-9a-f]{{4}}-))"
    r"[A-Za-z0-9_+/.~-]{15,4000}[A-Za-z0-9_+/~=-]=?"
)
"""What is a secret beside a word that says so."""
_BESIDE: Final[Pattern] = (
    r"(?i)(?:^|[^a-z])(?:(?:api|access)?[-_ ]?key|token|secret|password|passwd|credentials?|authorization|cookie)"
    r"(?![a-rt-z]|s?[-_ ]?id)|[\"'](?:code|type)[\"'] ?: ?[\"']$"
)
_BEHIND: Final[Pattern] = (
    r"(?i)[\"'`)]{0,3} {1,2}(?:is|was|as) (?:not )?(?:an? |the )?(?:in)?(?:valid"
    r"|correct)? ?(?:api[ _-]?)?(?:key|token|secret)"
)
_IS_ID: Final[Pattern] = (
    r"(?i)(?:request|req|trace|tracking|correlation|org(?:anization)?|project|account|user|deployment"
    r"|resource|model|batch|file"
    r"|thread|run|log|message|response|job|commit|sha|hash|digest|ray|fingerprint|version|tenant"
    r"|app(?:lication)?|client|team"
    r"|ref(?:erence)?|object|subscription|workspace|endpoint|请求)[-_ ]{0,2}(?:id|ids|key id)?"
    r"[\"'`]{0,3}[ \t]{0,2}[:：=#(<]{0,2}[ \t]{0,2}[\"'`<]{0,2}$"
)
_ID_FORM: Final[Pattern] = (
    r"(?:org|req|proj|user|chatcmpl|resp|msg|run|asst|thread|file|batch|call|toolu|cmpl|gen|ft|ftjob|acct"
    r"|team|dep|sess)[-_]"
)
_ID_NAME: Final[Pattern] = (
    r"(?i)(?:id|ids|hash|sha[0-9]*|digest|version|ray|fingerprint|organization|project|account|tenant|team|resource|job|file)$"
)
_MAYBE: Final[Pattern] = (
    rf"(?i)[@=:]|%3|{_RUN}{{12}}|[a-z0-9+/]{{40}}|[0-9a-f]{{8}}-[0-9a-f]{{4}}-|passw|pwd|passphrase|bearer|basic|private"
    r"|absk|ya29\.|xox|gocspx|aiza|1//0|sg\.|eyj"
)
"""What every text with a secret has: a sign that assigns, a long run, or one of the words and forms of the rules."""
_ROUNDS: Final = 4
"""How often a text with secrets is looked at again, at most."""
_REMEMBERED: Final = 40  # characters of a text
_MANY: Final = 1_000  # texts
_CLEAN: dict[str, None] = {}
"""Short texts that have no secret: most values are names of models, and come again and again."""


def masked(text: str, beside: bool = False, name: str = "") -> str:
    """Return a text with `[secret]` in place of each key, token and password in it.

    Args:
        text: Any text; time is linear in its length.
        beside: Whether words around the text speak of keys, tokens or passwords.
        name: What the text is, if known: an id stays readable, unless it has the form of a vendor's key.

    >>> masked("model 'sk-proj-AbCdEf0123456789AbCd' of https://bob:pw1@host/x not found")
    "model '[secret]' of https://[secret]@host/x not found"
    """
    if _SHOWN or len(text) < _SHORT or (text in _CLEAN and not beside):
        return text
    plain = text
    if pattern(_MAYBE).search(text):
        is_id = bool(name) and pattern(_ID_NAME).search(name) is not None
        for _ in range(_ROUNDS):  # one secret may have stuck to another, and hidden how it begins
            before, plain = plain, _masked_once(plain, beside, is_id)
            if plain == before:
                break
        if is_id:
            return plain
    if plain == text and len(text) < _REMEMBERED and not beside:
        if len(_CLEAN) > _MANY:
            _CLEAN.clear()
        _CLEAN[text] = None
    return plain


def _masked_once(text: str, beside: bool, is_id: bool) -> str:
    plain: str = pattern(_LONG).sub(lambda found: _long(found, is_id), _by_form(text))
    if not is_id:
        plain = pattern(_TOKEN).sub(lambda found: MASK if beside or _is_beside(found) else found[0], plain)
    return plain


def _by_form(text: str) -> str:
    low = text.lower()
    for cues, rule in zip(_CUES, _RULES, strict=True):
        for cue in cues:
            if cue in low:
                text = pattern(rule).sub(_kept, text)
                break
    return text


def masked_value(name: str, value: str) -> str:
    """Return the value of a field, masked by its own shape or because of the field's name."""
    shown = masked(f'{name}="{value}"')
    shown = shown[len(name) + 2 : -1] if shown.startswith(f'{name}="') else MASK
    return shown if shown != value or pattern(_ID_NAME).search(name) else masked(value, beside=True)


def is_secret(code: str) -> bool:
    """Tell whether what stands in the place of a machine code is a secret, or so mixed that it is no code."""
    return masked(code, beside=True) != code


def _long(found: re.Match[str], is_id: bool) -> str:
    """Return a long token as it is if it stands for an id, which has letters and digits alone."""
    return found[0] if found[0].isalnum() and (is_id or _is_id(found)) else MASK


def _kept(found: re.Match[str]) -> str:
    return f"{found[1]}{MASK}{found[2]}"


def _is_beside(found: re.Match[str]) -> bool:
    """Tell whether a word beside a token says that it is a secret, and none that it is an id."""
    text, start, end = found.string, found.start(), found.end()
    if pattern(_BEHIND).match(text[end : end + _REACH]):
        return True
    return pattern(_BESIDE).search(text[max(0, start - _REACH) : start]) is not None and not _is_id(found)


def _is_id(found: re.Match[str]) -> bool:
    """Tell whether a token is an id, by its own form or by the word before it."""
    start = found.start()
    if pattern(_ID_FORM).match(found[0]):
        return True
    return pattern(_IS_ID).search(found.string[max(0, start - _REACH) : start]) is not None
