"""The source builds strictly with MkDocs and with ProperDocs, and every promise of the API is kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import Files

from deepdive.examples import run
from deepdive.export.api import api_files
from deepdive.export.schema import export_schemas
from deepdive.load.corpus import load_corpus
from deepdive.pipeline import example_paths
from deepdive.yaml_source import read

ROOT = Path(__file__).resolve().parents[1]
CORPUS = load_corpus(ROOT / "docs", ROOT)


def test_properdocs_builds_the_same_source_strictly(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "properdocs",
        "build",
        "--strict",
        "--config-file",
        "mkdocs.yml",
        "--site-dir",
        str(tmp_path / "site"),
    ]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ}, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert (tmp_path / "site/reference/tools/vllm/index.html").exists()
    assert (tmp_path / "site/api/v1/tools/vllm.json").exists()
    assert "data-to=" in (tmp_path / "site/overview/index.html").read_text("utf-8")


def test_pages_made_from_data_need_no_place_in_the_navigation(site: Callable[..., Path]) -> None:
    config = load_config(str(site("valid") / "mkdocs.yml"))
    config = config.plugins.on_config(config)
    pages = config.plugins.on_files(Files([]), config=config).documentation_pages()
    assert "hardware/memory.md" in {page.src_uri for page in pages}
    assert not [page.src_uri for page in pages if page.inclusion.is_in_nav()]


def test_the_committed_schemas_are_those_of_the_models() -> None:
    for path, content in export_schemas().items():
        assert (ROOT / "docs" / path).read_text("utf-8") == content, "run `make schema`"


@pytest.mark.parametrize("path", CORPUS.files.tables)
def test_every_table_is_valid_against_the_schema_its_first_line_names(path: str) -> None:
    text = (ROOT / "docs" / path).read_text("utf-8")
    first = text.partition("\n")[0]
    prefix = "# yaml-language-server: $schema="
    assert first.startswith(prefix)
    schema = json.loads(((ROOT / "docs" / path).parent / first.removeprefix(prefix)).resolve().read_text("utf-8"))
    jsonschema.validate(json.loads(json.dumps(read(text, path).data, default=str)), schema)


def test_the_api_names_every_table_and_tool() -> None:
    files = {path: make() for path, make in api_files(CORPUS.catalog).items()}
    index: dict[str, Any] = json.loads(files["api/v1/index.json"])
    assert {table["id"] for table in index["tables"]} == {table.id for table in CORPUS.catalog.tables}
    assert {tool["id"] for tool in index["tools"]} == set(CORPUS.catalog.tools)
    for entry in [*index["tables"], *index["tools"]]:
        assert json.loads(files[entry["url"]])["id"] == entry["id"]


def test_a_figure_in_the_api_has_value_unit_and_kind() -> None:
    table = json.loads(api_files(CORPUS.catalog)["api/v1/tables/hardware/accelerators.json"]())
    (row,) = [row for row in table["rows"] if row["id"] == "h100-sxm"]
    assert row["memory_bandwidth"]["value"] == 3.35
    assert row["memory_bandwidth"]["unit"] == "TB/s"
    assert row["peak_dense"]["bf16"]["unit"] == "TFLOPS"


def test_the_api_says_what_the_ids_of_a_column_are_called() -> None:
    table = json.loads(api_files(CORPUS.catalog)["api/v1/tables/serving/inference-engines.json"]())
    names = {column["path"]: column.get("names", {}) for column in table["columns"]}
    (row,) = [row for row in table["rows"] if row["id"] == "vllm"]
    assert names["category"][row["category"]] == CORPUS.catalog.categories[row["category"]].title
    assert row["works_with"]
    for one in row["works_with"]:
        assert names["works_with"][one] == CORPUS.catalog.tools[one].name
    assert names["name"] == names["license"] == {}


def test_every_required_name_is_a_tool_or_an_alias() -> None:
    required = (Path(__file__).parent / "required-tools.txt").read_text("utf-8").splitlines()
    known = {name.casefold() for tool in CORPUS.catalog.tools.values() for name in (tool.name, *tool.aliases)}
    assert len(required) == 62
    assert [name for name in required if name.casefold() not in known] == []


@pytest.mark.parametrize("path", example_paths(CORPUS))
def test_an_example_prints_what_its_page_shows(path: str) -> None:
    output, failure = run(ROOT / "docs" / path)
    assert failure == ""
    assert output == (ROOT / "docs" / path).with_suffix(".out").read_text("utf-8"), "run `make record`"


def test_every_layer_has_a_page_that_runs_an_example() -> None:
    assert {path.partition("/")[0] for path in example_paths(CORPUS)} >= {
        "hardware",
        "infrastructure",
        "frameworks",
        "training",
        "serving",
        "applications",
    }
