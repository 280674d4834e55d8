"""Reads evidence from exceptions, responses and SDK objects by their attributes; no SDK is imported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from errdex.model.type_names import Any, Final
from errdex.read.attributes import as_mapping, attributes, is_a, module_of, paths_of
from errdex.read.evidence import Evidence, SeenException
from errdex.read.raw_text import shorten
from errdex.read.text import TextReader
from errdex.read.vocabulary import Vocabulary

# Attributes in which SDKs and HTTP clients keep the parts of a response; the first non-empty one is used.
_STATUSES: Final = ("status_code", "http_status", "status", "code")
_HEADERS: Final = ("headers", "hdrs", "_headers")
_CODES: Final = ("code", "type", "error_code", "status")
_BODIES: Final = ("body", "details", "json_body", "detail", "_content", "_body")
_ERRORS: Final = ("error",)
"""Attribute in which programs keep the error object out of a body."""
_MESSAGES: Final = ("api_message", "message")
_RESPONSES: Final = ("response", "_response", "raw_response")
_ADDRESSES: Final = ("url", "_url", "_request_url")
_PARSED: Final = (Mapping, list, tuple)
_PROVIDERS: Final = ("llm_provider",)
"""Attribute in which LiteLLM names the provider that it called."""
_OPERATIONS: Final = ("operation_name",)
"""Attribute in which botocore names the operation; its codes are shared by all AWS services."""
_CLIENTS: Final = frozenset({"httpx", "httpx2", "yarl"})
"""Modules whose URLs are objects; their `str()` is known to have no side effects."""

_LOOKED_UP: Final = (
    *(_STATUSES, _HEADERS, _CODES, _BODIES, _ERRORS, _MESSAGES, _RESPONSES, _ADDRESSES),
    *(_OPERATIONS, _PROVIDERS, ("_request",)),
)
_NAMES: Final = tuple(dict.fromkeys(name for names in _LOOKED_UP for name in names))
"""All attributes asked for, each once."""


def read_object(value: object, evidence: Evidence, reader: TextReader, vocabulary: Vocabulary) -> None:
    """Add the evidence in an exception, a response or another SDK object."""
    own = attributes(value, _NAMES)
    answers = [own]
    response = next((own[name] for name in _RESPONSES if name in own), None)
    if issubclass(type(response), Mapping):
        answers.append({"body": response})  # botocore: the parsed body, with status and headers
    elif response is not None:
        answers.append(attributes(response, _NAMES))
    status = next((found for answer in answers for found in map(_as_status, _of(answer, _STATUSES)) if found), None)
    if status is not None:
        evidence.status, evidence.strong = status, True
    is_error = is_a(value, BaseException)
    if not is_error and status is None:
        evidence.asserted = False  # an answer, or part of one; whether it reports an error, its contents must show
    if is_error:
        evidence.exceptions += _classes(type(value), vocabulary)
        evidence.codes += [code for code in _of(own, _CODES) if is_a(code, str) and code]
        evidence.fields += [("operation", name) for name in _of(own, _OPERATIONS) if is_a(name, str)]
        named = (name.lower() for name in _of(own, _PROVIDERS) if is_a(name, str))
        evidence.providers += filter(None, map(vocabulary.providers.names.get, named))
    elif owner := vocabulary.providers.owner_of(f"{module_of(type(value))}."):
        evidence.providers.append(owner)
    for answer in answers:
        for headers in filter(_are_headers, _of(answer, _HEADERS)):
            evidence.add_headers(headers)
        _read_address(answer, evidence, vocabulary)
    bodies = [body for answer in answers for body in _of(answer, _BODIES)]
    bodies += [{"error": error} for error in _of(own, _ERRORS) if issubclass(type(error), Mapping)]
    if not any(_read_body(body, evidence, reader, status) for body in bodies):
        if not is_error and not evidence.headers and (fields := as_mapping(value)):
            reader.read_body(fields, evidence, status)
        elif text := next(filter(None, _texts(value, own)), ""):
            # Without a status it is the program's own text, in which the API's may stand anywhere.
            reader.read(text, evidence, status=status, known=is_error and status is not None, whole=is_error)
    if status is not None:  # the response's own status, whatever the body says
        evidence.status, evidence.strong = status, True


def _classes(kind: type[Any], vocabulary: Vocabulary) -> Iterator[SeenException]:
    """Yield a class and its bases up to the first that the catalog knows: programs subclass SDK exceptions."""
    for number, path in enumerate(paths_of(kind)):
        if number and path.startswith("builtins."):
            return  # any library's class may derive from TimeoutError
        yield SeenException(path, 0)
        if vocabulary.classes.knows(path):
            return


def _of(own: dict[str, Any], names: tuple[str, ...]) -> Iterator[Any]:
    return (own[name] for name in names if name in own)


def _as_status(value: object) -> int | None:
    """Return an error's HTTP status as a plain int (enum members are converted); None for anything else."""
    number = is_a(value, int) and not is_a(value, bool) and 400 <= value <= 599
    return int(value) if number else None  # type: ignore[call-overload]


def _are_headers(value: object) -> bool:
    """Tell whether a value holds headers: a mapping, or the standard library's `email.message.Message`."""
    kind = type(value)
    return issubclass(kind, Mapping) or any(path == "email.message.Message" for path in paths_of(kind))


def _read_body(body: object, evidence: Evidence, reader: TextReader, status: int | None) -> bool:
    """Add the evidence in a body; return False if it is not a body, or contains no message."""
    before = len(evidence.messages)
    if is_a(body, bytes) or is_a(body, bytearray):
        body = bytes(body).decode("utf-8", "replace")
    if is_a(body, str):
        if body and not body.isspace():
            reader.read_content(shorten(body), evidence, status)
    elif issubclass(type(body), _PARSED) or (body := as_mapping(body)):
        reader.read_body(body, evidence, status)
    return len(evidence.messages) > before


def _read_address(answer: dict[str, Any], evidence: Evidence, vocabulary: Vocabulary) -> None:
    """Add the provider whose host was called."""
    addresses = [*_of(answer, _ADDRESSES)]
    if "_request" in answer:
        addresses += attributes(answer["_request"], _ADDRESSES).values()
    for address in addresses:
        if is_a(address, str) or module_of(type(address)).partition(".")[0] in _CLIENTS:
            host = str(address).partition("?")[0].lower()
            evidence.called |= host.startswith("http")
            evidence.providers += [
                name for name in vocabulary.providers.of_host(host) if name not in evidence.providers
            ]


def _texts(value: object, own: dict[str, Any]) -> Iterator[str]:
    """Yield the texts that may say what happened, the best first."""
    yield from (text for text in _of(own, _MESSAGES) if is_a(text, str))
    if is_a(value, BaseException):
        args = vars(BaseException)["args"].__get__(value)  # the slot itself: a subclass may hide it behind a property
        if not is_a(args, tuple):
            return
        if is_a(value, OSError) and len(args) > 1 and is_a(args[0], int) and is_a(args[1], str):
            # OSErrors are written the way they print; TLS errors already begin with a bracket
            yield args[1] if args[1][:1] == "[" else f"[Errno {int(args[0])}] {args[1]}"
        yield " ".join(arg for arg in args if is_a(arg, str))
