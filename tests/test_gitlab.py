"""The pipeline that docs/contributing/gitlab.md shows: valid, without secrets, and only of commands that exist."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from deepdive.cli import _parser

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs/contributing/gitlab.md").read_text("utf-8")
(TEXT,) = re.findall(r'^```yaml title="\.gitlab-ci\.yml"\n(.*?)^```$', PAGE, re.S | re.M)
PIPELINE: dict[str, Any] = yaml.safe_load(TEXT)
JOBS: dict[str, dict[str, Any]] = {name: job for name, job in PIPELINE.items() if "script" in job}
LINES = [(name, line) for name, job in JOBS.items() for line in job["script"]]
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M)) | {".venv/.ready"}


def test_the_pipeline_is_valid_against_the_schema_of_gitlab(tmp_path: Path) -> None:
    file = tmp_path / ".gitlab-ci.yml"
    program = str(Path(sys.executable).parent / "check-jsonschema")
    for text, wanted in ((TEXT, 0), (TEXT.replace("parallel: 8", "parallel: many"), 1)):
        file.write_text(text, "utf-8")
        done = subprocess.run(
            [program, "--builtin-schema", "vendor.gitlab-ci", str(file)], capture_output=True, text=True, check=False
        )
        assert done.returncode == wanted, done.stdout + done.stderr


def test_there_is_a_job_for_everything_the_workflows_do() -> None:
    assert set(JOBS) == {"check", "tests", "preview", "pages", "links", "links-report", "freshness"}
    assert {rule["if"] for rule in JOBS["check"]["rules"]} == {'$CI_PIPELINE_SOURCE == "merge_request_event"'}
    (when,) = (rule["if"] for rule in JOBS["pages"]["rules"])
    assert "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH" in when
    assert "schedule" in JOBS["links"]["rules"][0]["if"]
    assert JOBS["links"]["parallel"] == 8


@pytest.mark.parametrize(("job", "line"), LINES, ids=[f"{job}: {line}" for job, line in LINES])
def test_every_line_calls_what_exists(job: str, line: str) -> None:
    bare = re.sub(r"^[A-Z_]+=\$\([^)]*\) ", "", line)
    program, *arguments = shlex.split(re.sub(r" > [\w.-]+$", "", bare))
    if program == "make":
        if arguments[0] == "-C":
            assert arguments.pop(1) == "base"
            arguments.pop(0)
        assert len(arguments) == 1
        assert arguments[0] in TARGETS
        return
    assert program in (".venv/bin/deepdive", "base/.venv/bin/deepdive")
    # The command line itself says whether it knows the command and its options; it ends the process on one it does not.
    options = _parser().parse_args(arguments)
    assert options.run
    codes = set(getattr(options, "only", None) or [])
    assert codes <= set(re.findall(r"^### (\S+)$", (ROOT / "docs/contributing/checks.md").read_text("utf-8"), re.M))


def test_a_change_is_judged_by_its_base_and_sees_no_secret() -> None:
    assert JOBS["check"]["before_script"] == ['git worktree add --detach base "$CI_MERGE_REQUEST_DIFF_BASE_SHA"']
    for line in JOBS["check"]["script"]:
        assert "base" in line, line
    assert [name for name, job in JOBS.items() if name != "check" and "before_script" in job] == []
    assert not re.search(r"TOKEN|SECRET|PASSWORD", TEXT)
    assert set(PIPELINE["variables"]) == {"GIT_DEPTH"}
