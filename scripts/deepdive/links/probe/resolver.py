"""Names to addresses, each judged before it is handed to a socket, and failures told apart."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Awaitable, Callable
from functools import partial

from aiohttp.abc import AbstractResolver, ResolveResult

Lookup = Callable[[str], Awaitable[list[str]]]
Rule = Callable[[str], str]


class NoName(OSError):
    """The name does not exist, says a name server."""


class NameTrouble(OSError):
    """No usable answer about the name: nothing is known."""


class Forbidden(OSError):
    """The name leads to addresses no packet may go to."""


async def system_lookup(host: str) -> list[str]:
    """The host's addresses by the system's resolver.

    A look-up cannot be cancelled. It runs in a thread of its own that dies with the process, so
    that a hanging name server delays neither the others nor the end of a run.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[str]] = loop.create_future()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            result: list[str] | OSError = list(dict.fromkeys(str(info[4][0]) for info in found))
        except OSError as problem:
            result = problem
        except UnicodeError:
            result = socket.gaierror(socket.EAI_NONAME, "not a name")
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(_deliver, answer, result)

    threading.Thread(target=ask, daemon=True, name=f"look up {host}").start()
    return await answer


def _deliver(answer: asyncio.Future[list[str]], result: list[str] | OSError) -> None:
    if answer.done():
        return
    if isinstance(result, OSError):
        answer.set_exception(result)
    else:
        answer.set_result(result)


class CheckedResolver(AbstractResolver):
    """What aiohttp asks for addresses. It gets only those the rule allows, IPv6 first."""

    def __init__(self, lookup: Lookup, rule: Rule) -> None:
        self._lookup, self._rule = lookup, rule

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The allowed addresses. Raises NoName, NameTrouble or Forbidden."""
        try:
            found = await self._lookup(host)
        except socket.gaierror as problem:
            raise name_failure(problem, host) from problem
        except UnicodeError as problem:
            raise NoName(f"'{host}' is not a name") from problem
        if not found:
            raise NoName(f"the name {host} has no address")
        words = {address: self._rule(address) for address in found}
        allowed = [address for address, word in words.items() if not word]
        if not allowed:
            # The address is not named: reports are public, and an inside address is nobody's business.
            raise Forbidden(f"the name {host} leads to an address that is not public ({next(iter(words.values()))})")
        make = partial(_result, host, port)
        return [make(address) for address in sorted(allowed, key=lambda one: ":" not in one)]

    async def close(self) -> None:
        """Nothing is held."""


def _result(host: str, port: int, address: str) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    return ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=flags)


def name_failure(problem: socket.gaierror, host: str) -> OSError:
    """What a resolver's error number says: no such name, or nothing."""
    if problem.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)):
        return NoName(f"the name {host} does not exist (DNS)")
    if problem.errno == socket.EAI_AGAIN:
        return NameTrouble(f"the name servers of {host} did not answer (DNS)")
    return NameTrouble(f"the name servers of {host} failed (DNS)")


def checked_socket(rule: Rule) -> Callable[..., socket.socket]:
    """A maker of sockets that looks once more, at the very address the connection goes to.

    aiohttp does not ask a resolver about literal addresses; this is the gate they meet.
    """

    def make(info: tuple[int, int, int, str, tuple[object, ...]]) -> socket.socket:
        word = rule(str(info[4][0]))
        if word:
            raise Forbidden(f"the address is not public ({word})")
        return socket.socket(info[0], info[1], info[2])

    return make
