"""Writes what carriers make of a program's lines, and what loggers of other languages write, a JSON object a line.

Carriers put a line into their own record: Docker, Kubernetes, journald, cloud logs. Their forms are those of their
documentation, and what is in them is a real line. Loggers of Go, Java and .NET are written by hand from theirs.
"""

from __future__ import annotations

import json

QUOTA = "You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors."
BODY = {"error": {"message": QUOTA, "type": "insufficient_quota", "param": None, "code": "insufficient_quota"}}
PYTHON = f"openai.RateLimitError: Error code: 429 - {BODY}"
GO = f'POST "https://api.openai.com/v1/chat/completions": 429 Too Many Requests {json.dumps(BODY["error"])}'
LENGTH = "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens. Please reduce the length of the messages."
JAVA = (
    f"com.openai.errors.BadRequestException: 400: {LENGTH}\n"
    "\tat com.openai.core.http.HttpRequest.send(HttpRequest.kt:41)\n\tat app.Chat.ask(Chat.java:12)\n"
)
TIME = "2026-11-21T10:00:00.123456789Z"
PINO = json.dumps({"level": 50, "time": 1795990752164, "pid": 1, "hostname": "api-1", "msg": f"failed: 429 {QUOTA}"})
FINE = "10:00:00 INFO chat: answered in 429 ms with 500 tokens"
ENTRY, LONG = "openai/insufficient-quota", "openai/context-length-exceeded"
SHARED = "http/context-length-exceeded"  # a wording of several providers, of which nothing names one

RECORDS: list[tuple[str, object, str | None]] = [
    ("Docker json-file", {"log": f"{PYTHON}\n", "stream": "stderr", "time": TIME}, ENTRY),
    ("Docker json-file, JSON in it", {"log": f"{PINO}\n", "stream": "stdout", "time": TIME}, ENTRY),
    ("Docker json-file, fine", {"log": f"{FINE}\n", "stream": "stdout", "time": TIME}, None),
    ("Kubernetes CRI", f"{TIME} stderr F {PYTHON}", ENTRY),
    ("Kubernetes CRI, JSON in it", f"{TIME} stdout F {PINO}", ENTRY),
    ("Kubernetes CRI, fine", f"{TIME} stdout F {FINE}", None),
    ("Fluent Bit on Kubernetes", {"date": 1795990752.1, "log": PYTHON, "stream": "stderr", "logtag": "F", "kubernetes": {"pod_name": "chat-1", "labels": {"app": "chat"}}}, ENTRY),
    ("Fluent Bit on Kubernetes, fine", {"date": 1795990752.1, "log": FINE, "stream": "stdout", "kubernetes": {"pod_name": "chat-429"}}, None),
    ("Google Cloud, textPayload", {"insertId": "a1", "logName": "projects/p/logs/stderr", "resource": {"type": "k8s_container", "labels": {"pod_name": "chat"}}, "severity": "ERROR", "textPayload": PYTHON, "timestamp": TIME}, ENTRY),
    ("Google Cloud, jsonPayload", {"insertId": "a1", "jsonPayload": {"message": f"failed: {PYTHON}", "logger": "app"}, "logName": "projects/p/logs/app", "resource": {"type": "global"}, "severity": "ERROR", "timestamp": TIME}, ENTRY),
    ("Google Cloud, jsonPayload, fine", {"insertId": "a1", "jsonPayload": {"message": FINE}, "logName": "projects/p/logs/app", "severity": "INFO", "httpRequest": {"status": 429, "requestUrl": "/me"}, "timestamp": TIME}, None),
    ("AWS Lambda, an invocation's error", {"errorMessage": f"Error code: 429 - {BODY}", "errorType": "RateLimitError", "requestId": "c6af9ac6", "stackTrace": ['  File "/var/task/app.py", line 9, in handler\n    ask()\n']}, ENTRY),
    ("AWS Lambda, an invocation's bug", {"errorMessage": "'usage'", "errorType": "KeyError", "requestId": "c6af9ac6", "stackTrace": ['  File "/var/task/app.py", line 9, in handler\n    ask()\n']}, None),
    ("AWS Lambda, Node", {"timestamp": TIME, "level": "ERROR", "requestId": "c6af9ac6", "message": {"errorType": "RateLimitError", "errorMessage": f"429 {QUOTA}", "status": 429, "stackTrace": [f"Error: 429 {QUOTA}", "    at APIError.generate (/var/task/index.js:1:1)"]}}, ENTRY),
    ("journald", {"__REALTIME_TIMESTAMP": "1795990752164000", "PRIORITY": "3", "SYSLOG_IDENTIFIER": "chat", "_PID": "500", "MESSAGE": PYTHON}, ENTRY),
    ("journald, fine", {"__REALTIME_TIMESTAMP": "1795990752164000", "PRIORITY": "6", "SYSLOG_IDENTIFIER": "chat", "_PID": "429", "MESSAGE": FINE}, None),
    ("zap JSON", {"level": "error", "ts": 1795990752.164, "caller": "chat/ask.go:41", "msg": "completion failed", "error": GO, "stacktrace": "main.ask\n\t/srv/ask.go:41\nmain.main\n\t/srv/main.go:9"}, ENTRY),
    ("zap JSON, fine", {"level": "info", "ts": 1795990752.164, "caller": "chat/ask.go:41", "msg": "served", "status": 429, "path": "/me", "method": "GET"}, None),
    ("zap JSON, bug", {"level": "error", "ts": 1795990752.164, "caller": "chat/ask.go:41", "msg": "panic", "error": "runtime error: index out of range [5] with length 3"}, None),
    ("zerolog", {"level": "error", "error": GO, "model": "gpt-4o", "time": TIME, "message": "completion failed"}, ENTRY),
    ("slog JSON", {"time": TIME, "level": "ERROR", "msg": "completion failed", "err": GO}, ENTRY),
    ("slog text", f'time={TIME} level=ERROR msg="completion failed" err={json.dumps(GO)}', ENTRY),
    ("slog text, fine", f'time={TIME} level=INFO msg="served" status=429 path=/me method=GET', None),
    ("logrus text", f'time="2026-11-21T10:00:00Z" level=error msg="completion failed" error={json.dumps(GO)} model=gpt-4o', ENTRY),
    ("logfmt, fine", f'time={TIME} level=info msg="quota of disk checked" used=429 limit=500', None),
    ("logstash-logback-encoder", {"@timestamp": TIME, "@version": "1", "message": "completion failed", "logger_name": "app.Chat", "thread_name": "main", "level": "ERROR", "level_value": 40000, "stack_trace": JAVA}, SHARED),
    ("logstash-logback-encoder, fine", {"@timestamp": TIME, "@version": "1", "message": FINE, "logger_name": "app.Chat", "level": "INFO", "level_value": 20000}, None),
    ("Log4j 2 JSON", {"instant": {"epochSecond": 1795990752}, "thread": "main", "level": "ERROR", "loggerName": "app.Chat", "message": "completion failed", "thrown": {"localizedMessage": f"400: {LENGTH}", "message": f"400: {LENGTH}", "name": "com.openai.errors.BadRequestException", "extendedStackTrace": JAVA}}, SHARED),
    ("Serilog CLEF", {"@t": TIME, "@mt": "Completion failed after {Tries}", "@l": "Error", "@x": f"System.ClientModel.ClientResultException: HTTP 400 (invalid_request_error: context_length_exceeded)\nParameter: messages\n\n{LENGTH}\n   at OpenAI.Chat.ChatClient.CompleteChat()", "Tries": 3}, LONG),
    ("Serilog CLEF, fine", {"@t": TIME, "@mt": "Answered with {Tokens}", "Tokens": 500, "StatusCode": 429}, None),
    ("Datadog", {"status": "error", "service": "chat", "message": "completion failed", "error.kind": "openai.RateLimitError", "error.message": f"Error code: 429 - {BODY}", "error.stack": f"Traceback (most recent call last):\n  File \"/srv/app.py\", line 3, in ask\n    client.create()\n{PYTHON}", "timestamp": TIME}, ENTRY),
    ("Datadog, fine", {"status": "info", "service": "chat", "message": "quota raised", "http.status_code": 429, "http.url": "/me", "timestamp": TIME}, None),
]  # fmt: skip

if __name__ == "__main__":
    for logger, record, entry in RECORDS:
        line = record if isinstance(record, str) else json.dumps(record, ensure_ascii=False)
        print(json.dumps({"logger": logger, "version": None, "record": line, "entry": entry}))
