"""The workflows: pinned, without rights they do not need, and deaf to a stranger's text."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
BIN = Path(sys.executable).parent


def load(file: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    data["on"] = data.pop(True, data.get("on"))  # YAML 1.1 reads the key `on` as a boolean
    return data


def steps(file: Path) -> list[dict[str, Any]]:
    return [step for job in load(file)["jobs"].values() for step in job["steps"]]


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def test_there_are_workflows() -> None:
    assert {file.stem for file in WORKFLOWS} == {"check", "freshness", "links", "new-tool", "publish"}


def test_zizmor_finds_nothing() -> None:
    done = run(str(BIN / "zizmor"), "--offline", "--no-progress", "--persona", "pedantic", ".github")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", [str(file) for file in WORKFLOWS]),
        ("vendor.dependabot", [".github/dependabot.yml"]),
    ],
)
def test_the_files_are_valid_against_their_schemas(schema: str, files: list[str]) -> None:
    done = run(str(BIN / "check-jsonschema"), "--builtin-schema", schema, *files)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_no_rights_but_those_a_job_names(file: Path) -> None:
    data = load(file)
    assert data["permissions"] == {}
    for name, job in data["jobs"].items():
        assert isinstance(job["permissions"], dict), name
        assert job["timeout-minutes"] <= 60, name
        if file.stem == "check":
            assert job["permissions"] == {"contents": "read"}, name


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_actions_are_pinned_by_commit_and_leave_no_credentials(file: Path) -> None:
    text = file.read_text("utf-8")
    for step in steps(file):
        if "uses" in step:
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", step["uses"]), step["uses"]
            assert re.search(rf"{re.escape(step['uses'])} # v\d+\.\d+\.\d+", text), "the tag stands beside the commit"
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_no_expression_stands_in_a_script(file: Path) -> None:
    for step in steps(file):
        assert "${{" not in step.get("run", ""), step


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_a_strangers_change_starts_nothing_with_rights(file: Path) -> None:
    triggers = load(file)["on"]
    assert "pull_request_target" not in triggers
    assert "workflow_run" not in triggers
    assert not re.search(r"\$\{\{\s*secrets\.", file.read_text("utf-8"))


def test_a_change_is_judged_by_its_base() -> None:
    check = load(ROOT / ".github/workflows/check.yml")["jobs"]["check"]
    checkouts = [step["with"] for step in check["steps"] if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts[0]["ref"] == "${{ github.event.pull_request.base.sha }}"
    assert (checkouts[0]["path"], checkouts[1]["path"]) == ("base", "change")
    for step in check["steps"]:
        for word in step.get("run", "").split():
            # Of the change, only its docs folder is named, and only as something to read.
            assert "change" not in word or word.startswith("change/docs") or word == "changes", word


def test_what_a_change_brings_runs_without_a_network() -> None:
    for step in steps(ROOT / ".github/workflows/check.yml"):
        script = step.get("run", "")
        if script and ".venv/.ready" not in script:
            assert ".ci/offline" in script, script


def test_offline_means_loopback_alone() -> None:
    probe = (
        "import socket\n"
        "server = socket.create_server(('127.0.0.1', 0)); socket.create_connection(server.getsockname()).close()\n"
        "try:\n    socket.create_connection(('192.0.2.1', 80), 2)\nexcept OSError as problem:\n    print(problem.errno)\n"
    )
    done = run(str(ROOT / ".ci/offline"), sys.executable, "-c", probe)
    assert (done.returncode, done.stdout) == (0, "101\n"), done.stderr  # network is unreachable


def test_the_check_passes_without_a_network() -> None:
    done = run(str(ROOT / ".ci/offline"), sys.executable, "scripts/validate.py", "--no-links")
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_the_deployment_may_deploy() -> None:
    jobs = load(ROOT / ".github/workflows/publish.yml")["jobs"]
    assert load(ROOT / ".github/workflows/publish.yml")["on"]["push"] == {"branches": ["main"]}
    for name, job in jobs.items():
        assert ("id-token" in job["permissions"]) == (name == "deploy")
    assert [step["uses"].split("@")[0] for step in jobs["deploy"]["steps"]] == ["actions/deploy-pages"]
    assert jobs["deploy"]["if"] == "github.ref == 'refs/heads/main'"


def test_verdicts_of_links_go_from_one_scheduled_run_to_the_next() -> None:
    probing = load(ROOT / ".github/workflows/links.yml")["jobs"]["probe"]
    assert probing["if"] == "github.ref == 'refs/heads/main'"
    named = [step for step in probing["steps"] if "verdicts-" in str(step)]
    assert [step["if"] for step in named] == ["github.event_name == 'schedule'"] * 2
    restore, save = named
    order = [step.get("name", "") for step in probing["steps"]]
    assert probing["steps"].index(restore) < order.index("Probe") < probing["steps"].index(save)
    # A stranger's pull request can leave an artifact of any name; it cannot leave one in a scheduled run.
    assert "--workflow links.yml --event schedule --branch main" in restore["run"]
    assert restore["run"].count(".cache/links") == 1
    assert restore["env"]["SHARD"] == "${{ matrix.shard }}"
    assert save["with"]["name"] == "verdicts-${{ matrix.shard }}"
    # Folders that begin with a dot are left out unless asked for.
    assert (save["with"]["path"], save["with"]["include-hidden-files"]) == (".cache/links", True)


def test_a_changed_hash_stops_the_installation(tmp_path: Path) -> None:
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    pinned = [line.split("==")[0] for line in lines if re.match(r"[a-z0-9].*==", line)]
    hashed = "\n".join(lines).count("--hash=sha256:")
    assert hashed >= len(pinned) > 40
    name, version = next(
        re.match(r"(markdown)==([\w.]+)", line).groups() for line in lines if line.startswith("markdown==")
    )  # type: ignore[union-attr]
    wheel = tmp_path / f"{name}-{version}-py3-none-any.whl"
    wheel.write_bytes(b"not what was pinned")
    wanted = tmp_path / "requirements.txt"
    start = lines.index(next(line for line in lines if line.startswith("markdown==")))
    end = next((index for index in range(start + 1, len(lines)) if not lines[index].startswith(" ")), len(lines))
    wanted.write_text("\n".join(lines[start:end]) + "\n", "utf-8")
    done = run(
        sys.executable,
        "-m",
        "pip",
        "install",
        "--no-index",
        "--no-deps",
        "--find-links",
        str(tmp_path),
        "--target",
        str(tmp_path / "t"),
        "--require-hashes",
        "-r",
        str(wanted),
    )
    assert done.returncode != 0
    assert "DO NOT MATCH" in done.stderr or "hash" in done.stderr.lower()


@pytest.mark.parametrize("name", ["offline", "propose-row", "tracking-issue", "run"])
def test_scripts_stop_at_the_first_fault_and_can_run(name: str) -> None:
    file = ROOT / ".ci" / name
    assert os.access(file, os.X_OK)
    assert re.search(r"^set -euo? ?(pipefail)?$|^set -eu", file.read_text("utf-8"), re.M)
    assert run("bash", "-n", str(file)).returncode == 0


@pytest.mark.parametrize("arguments", [["$(id)", "1"], ["../x", "1"], ["a;b", "1"], ["fine-row", "1; id"], ["", ""]])
def test_a_branch_is_named_by_an_id_or_not_at_all(arguments: list[str]) -> None:
    done = run(str(ROOT / ".ci/propose-row"), *arguments)
    assert done.returncode == 2
    assert done.stderr == "not an id and a number\n"


def test_the_issue_of_overdue_rows_is_written_to_the_length_of_an_issue() -> None:
    (script,) = (one["run"] for one in steps(ROOT / ".github/workflows/freshness.yml") if "tracking-issue" in str(one))
    assert "--format issue" in script
    assert "No problems found" in script


def proposed(folder: Path, row: str, issue: str, text: str) -> subprocess.CompletedProcess[str]:
    """Run propose-row in a fresh clone of ``folder``/origin, with a `gh` that opens one pull request a branch."""
    clone = folder / f"{row}-{issue}-{len(list(folder.iterdir()))}"
    subprocess.run(["git", "clone", "--quiet", folder / "origin", clone], check=True, capture_output=True)
    (clone / "docs").mkdir(exist_ok=True)
    (clone / "docs/table.yml").write_text(text, "utf-8")
    environment = {**os.environ, "PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "OPENED": str(folder / "opened")}
    command = [ROOT / ".ci/propose-row", row, issue]
    return subprocess.run(command, cwd=clone, env=environment, capture_output=True, text=True, check=False)


def test_an_issue_replaces_its_own_row_and_no_other(tmp_path: Path) -> None:
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.com"]
    start = tmp_path / "start"
    subprocess.run([*git, "init", "--quiet", "--initial-branch", "main", start], check=True)
    subprocess.run([*git, "-C", start, "commit", "--quiet", "--allow-empty", "--message", "Start"], check=True)
    subprocess.run([*git, "clone", "--quiet", "--bare", start, tmp_path / "origin"], check=True)
    (tmp_path / "bin").mkdir()
    stub = tmp_path / "bin/gh"
    stub.write_text(
        "#!/bin/sh\n"
        'case "$1 $2" in\n'
        '"pr create") ! grep -qx -- "$4" "$OPENED" 2>/dev/null && echo "$4" >> "$OPENED" ;;\n'
        '"pr view") grep -qx -- "$3" "$OPENED" ;;\n'
        "esac\n",
        "utf-8",
    )
    stub.chmod(0o755)
    for issue, text in (("1", "first\n"), ("2", "second\n"), ("1", "first, mended\n")):
        done = proposed(tmp_path, "foo-serve", issue, text)
        assert done.returncode == 0, done.stderr
    branches = (tmp_path / "opened").read_text("utf-8").splitlines()
    assert branches == ["new-tool/foo-serve-1", "new-tool/foo-serve-2"]
    show = [
        subprocess.run(
            ["git", "-C", tmp_path / "origin", "show", f"{branch}:docs/table.yml"],
            capture_output=True, text=True, check=True,
        ).stdout
        for branch in branches
    ]  # fmt: skip
    assert show == ["first, mended\n", "second\n"]


@pytest.mark.parametrize("hook", ["format", "lint"])
def test_a_commit_leaves_the_examples_as_they_are(hook: str) -> None:
    (repository,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    (entry,) = (one["entry"] for one in repository["hooks"] if one["id"] == hook)
    program, *arguments = entry.split()
    assert program == ".venv/bin/ruff"
    examples = sorted(str(file.relative_to(ROOT)) for file in (ROOT / "docs").rglob("examples/*.py"))
    assert examples
    dry = ["--check"] if hook == "format" else ["--no-cache"]
    done = run(str(BIN / "ruff"), *arguments, *dry, *examples)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    # Force-excluding leaves in what is ours to format.
    assert "1 file" in run(str(BIN / "ruff"), "format", "--force-exclude", "--check", "scripts/validate.py").stdout


def test_the_form_fills_fields_of_a_row() -> None:
    from deepdive.authoring.form import FURTHER, HEADINGS

    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/new-tool.yml").read_text("utf-8"))
    asked = {part["attributes"]["label"].casefold(): part["id"] for part in form["body"] if "id" in part}
    assert asked.pop(FURTHER) == "further"
    assert asked == {heading: field for heading, field in HEADINGS.items() if field != "status"}
    assert form["labels"] == ["new-tool"]


def test_what_judges_is_owned_apart_from_what_is_judged() -> None:
    owners = (ROOT / ".github/CODEOWNERS").read_text("utf-8")
    for path in (
        "/.github/",
        "/.ci/",
        "/scripts/",
        "/tests/",
        "/overrides/",
        "/mkdocs.yml",
        "/requirements.txt",
        "/links.yml",
    ):
        assert re.search(rf"^{re.escape(path)}\s+@\S+/maintainers$", owners, re.M), path
