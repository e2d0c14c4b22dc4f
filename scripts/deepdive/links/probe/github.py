"""GitHub repositories asked for in batches: which were renamed, which were archived, and when."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp

ENDPOINT = "https://api.github.com/graphql"
_BATCH = 50
_LARGEST = 2 * 1024 * 1024
_SECONDS = 30.0
_SLUG = re.compile(r"[\w-]{1,100}/[\w.-]{1,100}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class RepositoryState:
    """What GitHub says of ``asked``: its present name, and the day it was archived (empty: it was not)."""

    asked: str
    name: str
    archived: str = ""

    @property
    def renamed(self) -> bool:
        """Whether it goes by another name now; GitHub's spelling of capitals is no other name."""
        return self.asked.lower() != self.name.lower()


class NotAsked(Exception):
    """GitHub gave no usable answer; the reason in words, without the token."""


async def ask_github(
    session: aiohttp.ClientSession, slugs: Sequence[str], token: str, endpoint: str = ENDPOINT
) -> dict[str, RepositoryState]:
    """The state of each repository GitHub knows, by the slug asked for. Raises NotAsked."""
    wanted = sorted({slug for slug in slugs if _SLUG.fullmatch(slug)}, key=str.lower)
    found: dict[str, RepositoryState] = {}
    for start in range(0, len(wanted), _BATCH):
        found |= await _ask_batch(session, wanted[start : start + _BATCH], token, endpoint)
    return found


async def _ask_batch(
    session: aiohttp.ClientSession, slugs: list[str], token: str, endpoint: str
) -> dict[str, RepositoryState]:
    body = json.dumps({"query": _query(len(slugs)), "variables": _variables(slugs)})
    headers = {"Authorization": f"bearer {token}", "Content-Type": "application/json", "Accept-Encoding": "identity"}
    try:
        async with (
            asyncio.timeout(_SECONDS),
            session.post(endpoint, data=body, headers=headers, allow_redirects=False) as reply,
        ):
            if reply.status != 200:
                raise NotAsked(f"GitHub answers {reply.status}")
            raw = bytearray()
            while data := await reply.content.read(64 * 1024):
                raw += data
                if len(raw) > _LARGEST:
                    raise NotAsked("GitHub's answer is too large")
        answers = json.loads(raw)["data"]
        return dict(_states(slugs, answers))
    except (aiohttp.ClientError, OSError, asyncio.IncompleteReadError) as problem:
        raise NotAsked(f"GitHub could not be asked ({type(problem).__name__})") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotAsked("GitHub's answer cannot be read") from None


def _query(count: int) -> str:
    names = ", ".join(f"$o{number}: String!, $n{number}: String!" for number in range(count))
    fields = "nameWithOwner isArchived archivedAt"
    asked = " ".join(
        f"r{number}: repository(owner: $o{number}, name: $n{number}) {{ {fields} }}" for number in range(count)
    )
    return f"query({names}) {{ {asked} }}"


def _variables(slugs: list[str]) -> dict[str, str]:
    # Names travel as variables: nothing that a row holds becomes part of the question.
    pairs = [slug.split("/") for slug in slugs]
    return {f"{letter}{number}": pair[place] for number, pair in enumerate(pairs) for place, letter in enumerate("on")}


def _states(slugs: list[str], answers: dict[str, Any]) -> list[tuple[str, RepositoryState]]:
    states = []
    for number, slug in enumerate(slugs):
        answer = answers.get(f"r{number}")
        if not isinstance(answer, dict) or not _SLUG.fullmatch(str(answer.get("nameWithOwner"))):
            continue
        day = str(answer.get("archivedAt") or "")[:10]
        archived = (day if _DATE.fullmatch(day) else "an unknown day") if answer.get("isArchived") is True else ""
        states.append((slug, RepositoryState(slug, str(answer["nameWithOwner"]), archived)))
    return states
