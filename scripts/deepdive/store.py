"""Results kept between runs, by the hash of all they depend on; losing any of them costs time, never truth."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from pathlib import Path
from typing import Any

CACHE = Path(".cache") / "check"
"""Where a project keeps results, below the folder of its configuration file."""

_KEEP_SECONDS = 30 * 86_400.0
_LARGEST = 16 * 1024 * 1024


def digest(*parts: str | bytes) -> str:
    """SHA-256 over the parts, each with its length, so that no two lists of parts are alike."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big"))
        total.update(data)
    return total.hexdigest()


class Store:
    """One folder with one file per result, named by the key and never changed once written.

    An entry is replaced at once, so a kill leaves the old state or the new; one whose checksum or
    key is wrong counts as absent. Runs side by side write the same bytes under the same name.
    ``folder`` None, or one that cannot be written, keeps nothing.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder if folder is not None and _writable(folder) else None

    def __eq__(self, other: object) -> bool:
        """Stores over one folder are one."""
        return isinstance(other, Store) and self.folder == other.folder

    def __hash__(self) -> int:
        """As equality asks."""
        return hash(self.folder)

    def get(self, key: str) -> Any:
        """The result under ``key``; None when there is none that can be believed."""
        if self.folder is None:
            return None
        file = self.folder / key
        try:
            if file.stat().st_size > _LARGEST:
                return None
            head, _, body = file.read_bytes().partition(b"\n")
            if head.decode("ascii") != digest(key, body):
                return None
            os.utime(file)
            return json.loads(body)
        except (OSError, ValueError):
            return None

    def put(self, key: str, result: Any) -> None:
        """Keep ``result`` (JSON types). A full disk or a vanished folder is no reason to fail."""
        if self.folder is None:
            return
        body = json.dumps(result, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        temporary = self.folder / f".{key}.{os.getpid()}"
        try:
            temporary.write_bytes(digest(key, body).encode("ascii") + b"\n" + body)
            os.replace(temporary, self.folder / key)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink()

    def prune(self) -> None:
        """Drop what no run asked for in a month."""
        if self.folder is None:
            return
        limit = time.time() - _KEEP_SECONDS
        with contextlib.suppress(OSError), os.scandir(self.folder) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    if entry.stat().st_mtime < limit:
                        os.unlink(entry)


def _writable(folder: Path) -> bool:
    if is_committed(folder):
        return False  # whoever may propose a change could have written such results
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def is_committed(folder: Path) -> bool:
    """Whether the repository around ``folder`` tracks a file of it, as far as its index shows."""
    absolute = Path(os.path.abspath(folder))
    for root in absolute.parents:
        index = root / ".git" / "index"
        if index.is_file():
            try:
                return f"{absolute.relative_to(root).as_posix()}/".encode() in index.read_bytes()
            except OSError:
                return False
    return False
