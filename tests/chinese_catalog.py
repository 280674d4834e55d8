"""A user's own catalog with messages that have no Latin word, and texts that hold them or only their characters."""

from __future__ import annotations

import json
from pathlib import Path

MESSAGES = {
    "own/full": "小部件上游已经满员，请过一会儿再试",
    "own/no-money": "部件余额不足，请充值",
    "own/no-plan": "当前部件套餐暂未开放 {model:name} 权限",
    "own/japanese": "部品の同時実行数が上限に達しました。しばらくお待ちください",
    "own/korean": "부품 요청 한도를 초과했습니다. 잠시 후 다시 시도해 주세요",
}
SHORT = "own/no-money"
"""The entry whose message is so short that other evidence must support it."""

FULL = MESSAGES["own/full"]
MONEY = MESSAGES[SHORT]
FOUND = {
    FULL: "own/full",
    f"{FULL}。": "own/full",
    f"{FULL}！": "own/full",
    f"{FULL} (request id: 20250423020142736330894dLoIRrS6)": "own/full",
    f"{FULL}（request id: 20250423020142736330894dLoIRrS6）": "own/full",
    f"{FULL}，请求 ID：20250423": "own/full",
    f"调用失败：{FULL}": "own/full",
    f"报错: {FULL}": "own/full",
    f"错误:{FULL}": "own/full",
    f"错误信息：“{FULL}”": "own/full",
    f"2026-11-21 10:11:12 ERROR [gateway] {FULL}": "own/full",
    f"2026-11-21 10:11:12 INFO relay: 请求出错: {FULL}": "own/full",
    f"Error code: 429 - {{'error': {{'message': '{FULL}', 'type': 'x'}}}}": "own/full",
    json.dumps({"code": 1, "message": FULL}, ensure_ascii=False): "own/full",
    json.dumps({"code": 1, "message": FULL}): "own/full",
    json.dumps({"error": {"message": FULL}}): "own/full",
    json.dumps({"level": "error", "msg": json.dumps({"error": {"message": FULL}})}): "own/full",
    MONEY: SHORT,
    f"{MONEY}。": SHORT,
    json.dumps({"error": {"message": MONEY}}, ensure_ascii=False): SHORT,
    json.dumps({"error": {"message": MONEY}}): SHORT,
    f"HTTP 402: {MONEY}": SHORT,
    "错误：当前部件套餐暂未开放 GLM-5 权限": "own/no-plan",
    "エラー: 部品の同時実行数が上限に達しました。しばらくお待ちください。": "own/japanese",
    "오류: 부품 요청 한도를 초과했습니다. 잠시 후 다시 시도해 주세요": "own/korean",
    # cut off by a logger
    f"ERROR: {FULL[:12]}": "own/full",
    f"ERROR: {FULL[:12]}…": "own/full",
}
"""Text → the entry it reports."""

LEFT = [
    "小部件厂已经满了，上游的员工请过一会儿再来试",
    "请再试一会儿，小部件的上游已经没有满员",
    f"用户问：为什么提示“{FULL}”？",
    f"[10:21] 小王：今天又看到“{FULL}”了，谁去看一下",
    f"{FULL}这个提示是什么意思？",
    f"如果看到{FULL}，就换一个分组",
    f"| 429 | {FULL} |",
    f"[10:22] 小李：{MONEY}",
    f"2026-11-21 10:11:12 INFO 短信已发送 {MONEY}",
    f"电话卡的{MONEY}",
    "余额不足的部件，请充电",
    "部件余额充足，请不要充值",
    json.dumps({"level": "info", "text": "小部件厂已经满了，上游的员工请过一会儿再来试"}),
    "当前部件套餐的权限暂未开放",
]
"""Texts with the same characters that report nothing."""


def chinese_catalog(folder: Path) -> Path:
    """Write the catalog into a folder."""
    (folder / "own").mkdir()
    (folder / "own" / "provider.yaml").write_text(
        "provider: own\nname: Own\ndocs: https://own.test/errors\n", encoding="utf-8"
    )
    entries = [
        {
            "id": name,
            "title": "A title of an entry",
            "status": 429,
            "category": "rate_limit",
            "messages": [message],
            "meaning": "What it means, at length.",
            "fix": "What to change, at length.",
            "examples": [message.replace("{model:name}", "glm-5")],
            **({"support": "required"} if name == SHORT else {}),
        }
        for name, message in MESSAGES.items()
    ]
    (folder / "own" / "e.yaml").write_text(json.dumps(entries), encoding="utf-8")
    return folder
