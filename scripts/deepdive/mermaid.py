"""Edge: the Mermaid library itself, run without a browser, asked whether it can read a diagram.

``mermaidx`` carries the library, an interpreter and a stand-in for the browser's document. Its public
interface draws; drawing takes twenty times as long as reading, so the scripts are loaded here and only
``mermaid.parse`` is called. The only module that knows the interpreter.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

_COMMENT = re.compile(r"^[ \t]*%%(?!\{)[^\n]*$", re.M)
# What the library takes out before it counts lines: the front matter, and directives.
_SETTINGS = re.compile(r"\A[ \t]*-{3}[ \t]*\n.*?\n[ \t]*-{3}[ \t]*\n|%%\{(?:(?!\}%%|%%\{).)*\}%%", re.S)
_ASK = """
globalThis.__answer = null;
mermaid.parse(%s).then(
  () => { globalThis.__answer = JSON.stringify({}); },
  (fault) => {
    const place = (fault && fault.hash && fault.hash.loc) || {};
    globalThis.__answer = JSON.stringify({
      message: String((fault && fault.message) || fault), line: place.first_line || 0,
    });
  },
);
"""

# The library's lexers try some thirty expressions at every word, each anchored to the start of the text. The
# interpreter looks for such a start at every later character too; a sticky copy looks once and finds the same.
_ANCHORED = r"""
(() => {
  "use strict";
  const match = String.prototype.match;
  const copies = new WeakMap();
  const anchored = (source) => {
    let outside = source.replace(/\\./g, "").replace(/\[[^\]]*\]/g, "");
    for (let before = ""; before !== outside; ) {
      before = outside;
      outside = outside.replace(/\([^()]*\)/g, "");
    }
    return source.startsWith("^") && !outside.includes("|");
  };
  const copy = (pattern) => {
    if (!(pattern instanceof RegExp)) return false;
    const made = /^i?$/.test(pattern.flags) && anchored(pattern.source) && new RegExp(pattern.source, pattern.flags + "y");
    copies.set(pattern, made);
    return made;
  };
  String.prototype.match = function (pattern) {
    const sticky = copies.get(pattern) ?? copy(pattern);
    if (!sticky) return match.call(this, pattern);
    sticky.lastIndex = 0;
    return sticky.exec(this);
  };
})();
"""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a diagram cannot be drawn: the library's words, and the line of the diagram (1-based; 0 when it names none)."""

    message: str
    line: int


def library() -> Path:
    """The file of the library that pages load, the same that judges diagrams."""
    import mermaidx

    return Path(mermaidx.__file__).parent / "assets" / "mermaid.js"


def edition() -> str:
    """What a verdict depends on beside the diagram: the library, and how its lines are counted here."""
    return f"{version('mermaidx')} {_SETTINGS.pattern}"


def parse(diagram: str) -> Unreadable | None:
    """None when the library reads ``diagram``; else what it says."""
    # The library drops comments, settings and leading blank lines before it counts; emptied lines keep the count.
    whole = _COMMENT.sub("", diagram)
    text = whole.lstrip("\n")
    answer = _asked(text)
    if not answer:
        return None
    bare = _SETTINGS.sub(lambda found: "\n" * found.group().count("\n"), text).lstrip()
    counted = _asked(bare) if bare != text else answer
    named = re.search(r"\bline[: ]+(\d+)", str(counted.get("message", "")))
    line = int(counted.get("line", 0)) or (int(named.group(1)) if named else 0)
    skipped = whole.count("\n") - bare.count("\n")
    last = whole.rstrip().count("\n") + 1
    return Unreadable(str(answer["message"]), min(line + skipped, last) if line else 0)


def _asked(text: str) -> dict[str, Any]:
    context = _context()
    context.eval(_ASK % json.dumps(text))
    while _step(context):
        pass
    answer = context.eval("__flat(String(globalThis.__answer))")
    if answer == "null":
        raise RuntimeError("the diagram library gave no answer")
    found: dict[str, Any] = json.loads(answer)
    return found


def _step(context: Any) -> bool:
    """Run one waiting job; False when there is none."""
    try:
        return bool(context.execute_pending_job())
    except StopIteration:
        return False


@cache
def _context() -> Any:
    import quickjs
    from mermaidx.engines import _common

    context = quickjs.Context()
    context.set_memory_limit(512 * 1024 * 1024)
    context.set_max_stack_size(1024 * 1024)
    # The stand-in document measures text when it draws; reading never does.
    context.eval("globalThis.__flat = (v) => (typeof v === 'string' ? v.slice(0) : v); globalThis.__log = () => {};")
    for script in (*_common.context_scripts(), _ANCHORED):
        context.eval(script)
    return context
