"""The server for those who write shows what a build would hold, each page as it stands when it is asked for."""

from __future__ import annotations

import re
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from mkdocs.structure.files import Files

from deepdive.cli import main
from deepdive.plugin.edition import Edition
from deepdive.plugin.preview import Preview, preview
from deepdive.plugin.project import CONFIGURATION_PROBLEMS, open_config
from deepdive.watching import Aside

ROOT = Path(__file__).resolve().parents[1]
PAGES = [
    "index.html",
    "hardware/index.html",
    "hardware/accelerators/index.html",
    "serving/kv-cache/index.html",
    "reference/tools/vllm/index.html",
    "reference/tools/index.html",
    "reference/glossary/index.html",
    "reference/map/index.html",
    "learn/calculators/index.html",
]
OTHERS = [
    "404.html",
    "sitemap.xml",
    "reference/tools/vllm/index.md",
    "overview/index.html",
    "api/v1/tools/vllm.json",
    "assets/names.json",
    "assets/topics.json",
    "assets/javascripts/site.js",
    "assets/mermaid/mermaid.min.js",
]


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The real site, with the address of the real site."""
    config = open_config(ROOT / "mkdocs.yml")
    config.site_dir = str(tmp_path_factory.mktemp("edition"))
    config.plugins.on_startup(command="build", dirty=False)
    environment, files = config.theme.get_env(), Files([])
    files.add_files_from_theme(environment, config)
    return Edition(config, environment, list(files))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_the_one_a_build_writes(edition: Edition, built: Path, path: str) -> None:
    assert edition.make(path)
    shown = (Path(edition.config.site_dir) / path).read_text("utf-8")
    assert _body(shown) == _body((built / path).read_text("utf-8"))


@pytest.mark.parametrize("path", OTHERS)
def test_every_other_file_is_the_one_a_build_writes(edition: Edition, built: Path, path: str) -> None:
    assert edition.make(path)
    assert _dateless((Path(edition.config.site_dir) / path).read_bytes()) == _dateless((built / path).read_bytes())


def test_every_file_of_a_build_has_its_place(edition: Edition, built: Path) -> None:
    held = {file.relative_to(built).as_posix() for file in built.rglob("*") if file.is_file()}
    # Search is built when somebody searches; a preview is crawled by nobody and shared by nobody.
    left_out = {one for one in held if one.startswith(("pagefind/", "assets/cards/"))} | {"sitemap.xml.gz"}
    assert not held - left_out - set(edition.sources) - set(edition.others)


def test_only_what_is_asked_for_is_made(site: Callable[..., Path]) -> None:
    with _serving(site("valid")) as server:
        assert "Cache" in _get(server, "/serving/cache/")
        assert server.edition.made == {"serving/cache/index.html"}


def test_a_change_is_shown_and_told_to_the_browser(site: Callable[..., Path]) -> None:
    folder = site("valid")
    with _serving(folder) as server:
        page, before = folder / "docs/serving/cache.md", _get(server, "/serving/cache/")
        epoch = re.search(r"livereload\((\d+),", before)
        assert epoch
        page.write_text(page.read_text("utf-8") + "\nNewly written.\n", "utf-8")
        # What the script in the page asks: it waits until there is something new.
        assert int(_get(server, f"/livereload/{epoch[1]}/1")) > int(epoch[1])
        assert "Newly written." in _get(server, "/serving/cache/")


def test_a_changed_row_changes_its_page_and_its_data(site: Callable[..., Path]) -> None:
    folder = site("valid")
    with _serving(folder) as server:
        table, summary = folder / "docs/serving/engines.yml", "Serves a model over an interface of its own."
        for path in ("/reference/tools/newer/", "/api/v1/tools/newer.json"):
            assert summary in _get(server, path)
        table.write_text(table.read_text("utf-8").replace(summary, "Answers every request at once."), "utf-8")
        server.renew()
        for path in ("/reference/tools/newer/", "/api/v1/tools/newer.json"):
            shown = _get(server, path)
            assert "Answers every request at once." in shown
            assert summary not in shown


def test_a_page_that_is_gone_is_not_found(site: Callable[..., Path]) -> None:
    folder = site("valid", {"docs/serving/extra.md": "# Extra\n"})
    with _serving(folder) as server:
        assert "Extra" in _get(server, "/serving/extra")  # sent on to where the page stands
        (folder / "docs/serving/extra.md").unlink()
        server.renew()
        for path in ("/serving/extra/", "/serving/extra", "/nowhere/", "/../mkdocs.yml", "/..%2fmkdocs.yml"):
            with pytest.raises(urllib.error.HTTPError, match="404") as refused:
                _get(server, path)
            refused.value.close()


def test_a_broken_configuration_leaves_the_edition_before(site: Callable[..., Path]) -> None:
    folder = site("valid")
    config = folder / "mkdocs.yml"
    with _serving(folder) as server:
        good = config.read_text("utf-8")
        config.write_text("plugins: [nonesuch]\n", "utf-8")
        server.renew()
        assert "Cache" in _get(server, "/serving/cache/")
        config.write_text(good.replace("site_name: ", "site_name: Renamed "), "utf-8")
        server.renew()
        assert "Renamed " in _get(server, "/serving/cache/")


def test_a_configuration_broken_from_the_start_is_a_problem(site: Callable[..., Path]) -> None:
    with (
        pytest.raises(CONFIGURATION_PROBLEMS),
        preview(site("valid", {"mkdocs.yml": "plugins: [nonesuch]\n"}) / "mkdocs.yml"),
    ):
        pass


@pytest.mark.parametrize("address", ["nonsense", "127.0.0.1:", ":8000", "127.0.0.1:99999", "127.0.0.1:http"])
def test_an_address_that_is_none_is_refused(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["serve", "--address", address])
    assert f"'{address}' is no address" in capsys.readouterr().err


def test_a_port_that_is_taken_is_a_usage_problem(site: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        config = site("valid") / "mkdocs.yml"
        assert main(["serve", "--config-file", str(config), "--address", f"127.0.0.1:{port}"]) == 2
    assert "cannot be served" in capsys.readouterr().err


def test_a_page_that_cannot_be_rendered_says_why(site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> str:
        raise ValueError("<no> such thing")

    with _serving(site("valid")) as server:
        monkeypatch.setattr("deepdive.plugin.edition.content", fail)
        assert "ValueError: &lt;no&gt; such thing" in _get(server, "/serving/cache/")


def test_texts_are_indexed_when_somebody_searches(site: Callable[..., Path]) -> None:
    folder = site("valid")
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("search: false", "search: true"), "utf-8")
    with _serving(folder) as server:
        assert not Path(server.root, "pagefind").exists()
        assert "pagefind" in _get(server, "/pagefind/pagefind.js")


def test_a_command_aside_runs_once_for_changes_that_follow_each_other(tmp_path: Path) -> None:
    told = tmp_path / "told"
    aside = Aside([sys.executable, "-c", f"open({str(told)!r}, 'a').write('x')"], seconds=0.1)
    for _ in range(3):
        aside.again()
    _until(lambda: told.exists() and told.read_text() == "x")
    time.sleep(0.3)
    assert told.read_text() == "x"
    aside.stop()


def test_a_run_aside_that_is_overtaken_is_ended() -> None:
    aside = Aside([sys.executable, "-c", "import time; time.sleep(600)"], seconds=0)
    aside.again()
    _until(lambda: aside.process is not None)
    overtaken = aside.process
    assert overtaken is not None
    aside.again()
    assert overtaken.returncode is not None
    aside.stop()


@contextmanager
def _serving(folder: Path) -> Iterator[Preview]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with preview(folder / "mkdocs.yml", ("127.0.0.1", port)) as server:
        loop = threading.Thread(target=server.serve)  # type: ignore[no-untyped-call]
        loop.start()
        _until(lambda: server.serve_thread.is_alive())
        yield server
    loop.join(timeout=10)
    assert not loop.is_alive()


def _get(server: Preview, path: str) -> str:
    with urllib.request.urlopen(server.url.rstrip("/") + path, timeout=60) as answer:
        return str(answer.read().decode())


def _until(true: Callable[[], bool]) -> None:
    for _ in range(1000):
        if true():
            return
        time.sleep(0.01)
    raise TimeoutError


def _body(html: str) -> str:
    return html[html.index("<body") : html.rindex("</body>")]


def _dateless(content: bytes) -> bytes:
    return re.sub(rb"<lastmod>[^<]*</lastmod>", b"", content.partition(b"<body")[2] or content)
