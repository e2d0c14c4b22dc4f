"""The whole site as a folder of sources, for generators that run no MkDocs plugin (Zensical).

It holds every page, those made from data included, the files for programs, and a configuration that inherits the
project's. The fences stay fences: whoever builds the folder runs our Markdown extension, which finds the rows
below ``docs/`` of the folder it is run in.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from deepdive.judge import UsageProblem
from deepdive.plugin import DeepDivePlugin
from deepdive.plugin.project import CONFIGURATION_PROBLEMS, open_config, open_files

# What this command wrote last; a folder without it is somebody else's.
_PROOF = ".deepdive-pages"


def write_sources(config_file: Path, out: Path) -> int:
    """Write the sources of a project into ``out``, replacing those of the time before; returns the number of files.

    Raises UsageProblem for a folder with other files, and for a configuration that MkDocs cannot use.
    """
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / _PROOF).is_file())):
        raise UsageProblem(f"{out} holds files that `deepdive pages` did not put there; name another folder.")
    try:
        config = open_config(config_file)
        files = {one.src_uri: one.content_bytes for one in open_files(config) if one.inclusion.is_included()}
    except CONFIGURATION_PROBLEMS as problem:
        raise UsageProblem(f"{config_file} cannot be used: {problem}") from problem
    own = config.plugins.get("deepdive")
    moved = dict(own.site.corpus.redirects.moved) if isinstance(own, DeepDivePlugin) else {}
    for part in ("docs", "overrides"):
        shutil.rmtree(out / part, ignore_errors=True)
    out.mkdir(parents=True, exist_ok=True)
    (out / _PROOF).write_text("", "utf-8")
    for path, content in files.items():
        file = out / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (out / "overrides").mkdir()
    if config.theme.custom_dir:
        # Styles and scripts alone: the templates speak to MkDocs's own objects.
        shutil.copytree(Path(config.theme.custom_dir) / "assets", out / "overrides" / "assets", dirs_exist_ok=True)
    (out / "mkdocs.yml").write_text(_settings(config_file, out, moved), "utf-8")
    return len(files)


def _settings(config_file: Path, out: Path, moved: dict[str, str]) -> str:
    lines = [
        "# Written by `deepdive pages`; run the generator in the folder that holds the project's own docs/.",
        f"INHERIT: {json.dumps(os.path.relpath(config_file.resolve(), out.resolve()))}",
        "docs_dir: docs",
        "site_dir: site",
        "theme: {custom_dir: overrides}",
        "plugins:",
        "  - search",
        f"  - redirects: {{redirect_maps: {json.dumps(moved)}}}",
    ]
    return "\n".join(lines) + "\n"
