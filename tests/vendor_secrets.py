"""Made-up secrets of the shapes that vendors give out, and innocent ids and names that look a little like them."""

from __future__ import annotations

import random
import string
import uuid
from collections.abc import Iterator
from typing import Final

_LETTERS: Final = string.ascii_letters + string.digits
_random = random.Random(1)


def _key(size: int, of: str = _LETTERS) -> str:
    made = "".join(_random.choice(of) for _ in range(size - 3))
    return (
        made[:8]
        + "aB3"[: 3 if of == _LETTERS else 0]
        + made[8:]
        + ("" if of == _LETTERS else "".join(_random.choice(of) for _ in range(3)))
    )


_HEX: Final = string.hexdigits[:16]
_UPPER: Final = string.ascii_uppercase + string.digits

SECRETS: Final = {
    "OpenAI project": f"sk-proj-{_key(48)}",
    "OpenAI old": f"sk-{_key(48)}",
    "Anthropic": f"sk-ant-api03-{_key(40)}-{_key(40)}AA",
    "OpenRouter": f"sk-or-v1-{_key(64, _HEX)}",
    "Groq": f"gsk_{_key(52)}",
    "xAI": f"xai-{_key(80)}",
    "Perplexity": f"pplx-{_key(48)}",
    "NVIDIA": f"nvapi-{_key(64)}",
    "Hugging Face": f"hf_{_key(34, string.ascii_letters)}",
    "Replicate": f"r8_{_key(37)}",
    "Voyage": f"pa-{_key(43)}",
    "Together": f"tgp_v1_{_key(43)}",
    "Fireworks": f"fw_{_key(24)}",
    "Jina": f"jina_{_key(32, _HEX)}{_key(28)}",
    "Cohere": _key(40),
    "Mistral": _key(32),
    "Zhipu": f"{_key(32, _HEX)}.{_key(16)}",
    "Azure": _key(32, _HEX),
    "AWS id": f"AKIA{_key(16, _UPPER)}",
    "AWS session id": f"ASIA{_key(16, _UPPER)}",
    "AWS secret": f"wJalr{_key(9)}/K7{_key(8)}/bPx{_key(11)}",
    "Bedrock": f"ABSK{_key(60)}==",
    "Google": f"AIza{_key(35)}",
    "Google access": f"ya29.{_key(60)}-{_key(20)}",
    "Google refresh": f"1//0{_key(60)}",
    "Google client": f"GOCSPX-{_key(28)}",
    "GitHub": f"ghp_{_key(36)}",
    "GitHub fine": f"github_pat_{_key(22)}_{_key(59)}",
    "GitLab": f"glpat-{_key(20)}",
    "Databricks": f"dapi{_key(32, _HEX)}",
    "Slack": f"xoxb-{_key(12, string.digits)}-{_key(24)}",
    "Stripe": f"sk_live_{_key(24)}",
    "JWT": f"eyJhbGciOiJIUzI1NiJ9.eyJ{_key(40)}.{_key(43)}",
    "SendGrid": f"SG.{_key(22)}.{_key(43)}",
    "UUID": str(uuid.UUID(int=_random.getrandbits(128), version=4)),
    "40 hexadecimal digits": _key(40, _HEX),
}
NEEDS_A_WORD: Final = frozenset({"Azure", "UUID", "40 hexadecimal digits"})
"""What looks like any id or hash: a secret only beside a word that says so."""

_MODELS: Final = (
    "gpt-4o-mini-2024-07-18", "command-r-plus-08-2024", "claude-3-5-sonnet-20241022", "us.anthropic.claude-haiku-4-5-20251001-v1:0",
    "meta-llama/Meta-Llama-3.1-405B-Instruct-Turbo", "mistral-small-3.1-24b-instruct-2503", "text-embedding-3-large", "ms-marco-MiniLM-L-12-v2",
    "Qwen/Qwen2.5-VL-72B-Instruct-AWQ", "gemini-2.5-flash-preview-09-2025", "deepseek-ai/DeepSeek-R1-Distill-Qwen-32B", "nomic-embed-text-v1.5",
    "accounts/fireworks/models/llama-v3p1-70b-instruct", "@cf/meta/llama-3.3-70b-instruct-fp8-fast", "ft:gpt-4o-mini-2024-07-18:acme::9Xk2AbCd",
)  # fmt: skip


def innocent(count: int) -> Iterator[str]:
    """Yield ids, hashes, names and sentences as errors and logs have them; the same each time."""
    pick = random.Random(2)

    def of(letters: str, size: int) -> str:
        return "".join(pick.choice(letters) for _ in range(size))

    def identifier() -> str:
        return str(uuid.UUID(int=pick.getrandbits(128), version=4))

    forms = (
        lambda: f"model '{pick.choice(_MODELS)}' not found",
        lambda: pick.choice(_MODELS),
        lambda: f"request id: {identifier()}",
        lambda: f"Request ID: req_{of(_LETTERS, 24)}",
        lambda: f"(request id: 202504{of(string.digits, 20)}{of(_LETTERS, 8)})",
        lambda: f"trace_id={of(_HEX, 32)} span_id={of(_HEX, 16)}",
        lambda: f"commit {of(_HEX, 40)}",
        lambda: f"sha256:{of(_HEX, 64)}",
        lambda: f"organization org-{of(_LETTERS, 24)} on tokens per min (TPM): Limit 30000",
        lambda: f"chatcmpl-{of(_LETTERS, 29)}",
        lambda: f"resp_{of(_HEX, 48)}",
        lambda: f"Thread thread_{of(_LETTERS, 24)} already has an active run run_{of(_LETTERS, 24)}.",
        lambda: f"File 'file-{of(_LETTERS, 22)}' not found",
        lambda: f"project {identifier()} does not have access to model {pick.choice(_MODELS)}",
        lambda: f"https://api.example.com/v1/projects/{identifier()}/models/{pick.choice(_MODELS)}:generate?alt=sse",
        lambda: f"arn:aws:bedrock:us-east-1:{of(string.digits, 12)}:inference-profile/{pick.choice(_MODELS)}",
        lambda: f"maximum context length is {pick.randrange(10**6)} tokens, however you requested {pick.randrange(10**6)} tokens",
        lambda: f"max_tokens: {pick.randrange(10**5)}, token: {pick.choice(['identifier', 'end of input', '}'])}",
        lambda: f"2026-11-21T10:00:{pick.randrange(60):02}.{of(string.digits, 6)}Z ERROR app.worker-{of(_HEX, 10)}-{of(string.ascii_lowercase, 5)}",
        lambda: f"cf-ray: {of(_HEX, 16)}-FRA, etag W/\"{of(_HEX, 32)}\"",
        lambda: f"Unknown key: {pick.choice(['response_format', 'max_completion_tokens', 'logit_bias'])}",
        lambda: f"user {of(string.ascii_lowercase, 8)}@example.com, account {of(string.digits, 12)}",
        lambda: f"/usr/lib/python3.11/site-packages/openai/_base_client.py:{pick.randrange(2000)}",
        lambda: f"com.example.service.ConversationMemoryRepositoryImpl${of(_UPPER, 2)}Lambda{of(string.digits, 4)}",
        lambda: f"You do not have the required permission on tool call call_{of(_LETTERS, 24)}",
    )  # fmt: skip
    for number in range(count):
        yield forms[number % len(forms)]()
