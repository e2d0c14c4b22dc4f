"""An address of a row is public https, judged as text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deepdive.model.address import AddressProblem, _examined, check_address

REFUSED = [
    "javascript:alert(1)", " javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x", "ftp://example.com/",
    "//example.com/", "http://example.com/", "https://user:secret@example.com/", "https://user@example.com/", "https://127.0.0.1/", "https://10.0.0.1/", "https://2130706433/",
    "https://0x7f000001/", "https://0177.0.0.1/", "https://127.1/", "https://[::1]/", "https://[::ffff:169.254.169.254]/", "https://[64:ff9b::a9fe:a9fe]/", "https://0.0.0.0/",
    "https://100.64.0.1/", "https://localhost/", "https://printer.local/", "https://intranet/", "https://example.com:8443/", "https://example.com:0/", "https://example.com:99999/",
    "https://example.com/%zz", "https://example.com/a b", "https://example.com/ ", "https://аррӏе.com/", "https://xn--80ak6aa92e.com/", "https://example.com/?utm_source=x",
    "https://example.com/?fbclid=1", "https://example.com/" + "a" * 2100, "https://", "https:///path", "https://exa_mple.com/", "https://example.com/|x", "https://example.com/<b>", "https://-x.com/",
]  # fmt: skip


@pytest.mark.parametrize("url", REFUSED)
def test_refused(url: str) -> None:
    with pytest.raises(AddressProblem) as problem:
        check_address(url)
    assert problem.value.fix


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/",
        "https://example.com",
        "https://sub.example.co.uk/a/b.html?q=1&x=y#z",
        "https://example.com:443/",
        "https://en.wikipedia.org/wiki/Caf%C3%A9",
        "https://arxiv.org/abs/2203.15556",
        "https://example.com/a~b;c=d,(e)!$'*+",
    ],
)
def test_accepted_unchanged(url: str) -> None:
    assert check_address(url) == url


def test_a_password_is_not_repeated() -> None:
    with pytest.raises(AddressProblem) as problem:
        check_address("https://user:hunter2@example.com/")
    assert "hunter2" not in str(problem.value) + problem.value.fix


def _verdict(judge: Callable[[str], str], url: str) -> str:
    try:
        return judge(url)
    except AddressProblem as problem:
        return f"refused: {problem}"


PIECES = st.sampled_from(
    ["a", "0", "-", ".", "..", "com", "local", "xn--", "a" * 63, "a" * 64, "/", "//", "#", "?", "@", ":", ":443", "%41", "%", "_", "~", "\n",
     "0x7f", "127", "é", "A", "utm_source=x", "[", "\\", "home", ".b", "org"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join))
def test_what_is_told_at_once_is_what_an_examination_tells(rest: str) -> None:
    url = f"https://{rest}"
    assert _verdict(check_address, url) == _verdict(_examined, url)


@pytest.mark.parametrize("host", ["a." * 130 + "com", "a" * 64 + ".com", "example.home", "a.xn--b", "example.com."])
def test_a_host_that_looks_plain(host: str) -> None:
    assert _verdict(check_address, f"https://{host}/") == _verdict(_examined, f"https://{host}/")
