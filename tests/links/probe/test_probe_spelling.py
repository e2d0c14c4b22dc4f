"""Addresses as text (items 39 to 55): refused without a socket, warned about, or the same address after all."""

from __future__ import annotations

import pytest

from deepdive.diagnostic import Location
from deepdive.links.probe.addresses import numeric_host, refusal
from deepdive.links.probe.collect import Collected, Place
from deepdive.links.probe.diagnose import diagnose
from deepdive.links.probe.report import Report
from deepdive.links.probe.spelling import Refused, follow, redact, spell
from deepdive.links.probe.suppressions import Suppression
from deepdive.links.probe.verdict import Kind
from deepdive.model.address import AddressProblem, check_address

UNSAFE, MALFORMED = Kind.UNSAFE, Kind.MALFORMED
REFUSED = [
    ("39", "javascript:alert(1)", UNSAFE), ("39", "data:text/html,x", UNSAFE), ("39", "file:///etc/passwd", UNSAFE), ("39", "vbscript:x", UNSAFE), ("39", "ftp://example.com/", UNSAFE),
    ("40", " JaVaScRiPt:alert(1)", UNSAFE), ("40", "java\tscript:alert(1)", UNSAFE), ("40", "\x01javascript:alert(1)", UNSAFE), ("40", "java\nscript:alert(1)", UNSAFE),
    ("41", "//example.com/x", UNSAFE), ("41", "\\\\example.com\\x", UNSAFE), ("41", "/\\example.com", UNSAFE),
    ("43", "https://user:secret@example.com/", UNSAFE), ("43", "https://user@example.com/", UNSAFE), ("43", "https://good.example.com@evil.example.com/", UNSAFE),
    ("45", "https://example.com/ ", MALFORMED), ("45", "https://example.com/a b", MALFORMED), ("45", "https://example.com\\@evil.example.com/", MALFORMED),
    ("46", "http://127.0.0.1/", UNSAFE), ("46", "http://10.1.2.3/", UNSAFE), ("46", "http://169.254.169.254/latest/", UNSAFE), ("46", "http://2130706433/", UNSAFE), ("46", "http://0x7f000001/", UNSAFE),
    ("46", "http://0177.0.0.1/", UNSAFE), ("46", "http://127.1/", UNSAFE), ("46", "http://0x7f.1/", UNSAFE), ("46", "http://127.0.0.1./", UNSAFE), ("46", "http://１２７.0.0.1/", UNSAFE), ("46", "http://127。0。0。1/", UNSAFE),
    ("47", "http://[::ffff:169.254.169.254]/", UNSAFE), ("47", "http://0.0.0.0/", UNSAFE), ("47", "http://100.64.0.1/", UNSAFE), ("47", "http://[::1]/", UNSAFE), ("47", "http://[::]/", UNSAFE),
    ("48", "http://[64:ff9b::a9fe:a9fe]/", UNSAFE), ("48", "http://[64:ff9b::10.0.0.1]/", UNSAFE),
    ("49", "https://example.com:0/", UNSAFE), ("49", "https://example.com:99999/", UNSAFE),
    ("50", "https://example.com/%zz", MALFORMED), ("50", "https://example.com/100%", MALFORMED),
    ("53", "https://example.com/" + "a" * 2048, MALFORMED),
    ("55", "https://intranet/", UNSAFE), ("55", "https://printer.local/", UNSAFE), ("55", "https://localhost:8000/", UNSAFE), ("55", "https://db.internal/", UNSAFE),
    ("46", "https://[fe80::1%25eth0]/", UNSAFE), ("46", "https://%31%32%37.0.0.1/", UNSAFE), ("50", "https://", MALFORMED), ("50", "https://[bad/", MALFORMED), ("50", "https://-a.example.com/", MALFORMED),
]  # fmt: skip


@pytest.mark.parametrize(
    ("item", "written", "kind"), REFUSED, ids=lambda value: str(value)[:40].encode("ascii", "replace").decode()
)
def test_refused_without_a_socket(item: str, written: str, kind: Kind) -> None:
    with pytest.raises(Refused) as refused:
        spell(written)
    assert refused.value.kind is kind
    assert refused.value.fix


NOTED = [
    ("44", "https://аррӏе.com/", "xn--"), ("44", "https://xn--80ak6aa92e.com/", "xn--"), ("44", "https://exаmple.com/", "xn--"),
    ("49", "https://example.com:8443/", "8443"), ("54", "https://example.com/?utm_source=x", "tracking"), ("54", "https://example.com/?a=1&fbclid=2", "tracking"),
]  # fmt: skip


@pytest.mark.parametrize(("item", "written", "word"), NOTED)
def test_asked_and_warned_about(item: str, written: str, word: str) -> None:
    spelled = spell(written)
    assert spelled
    assert word in " ".join(spelled.notes)


SAME = [
    ("https://example.com", "https://example.com/"), ("https://EXAMPLE.com:443/", "https://example.com/"), ("https://example.com./", "https://example.com/"),
    ("https://example.com/café", "https://example.com/caf%C3%A9"), ("https://example.com/caf%c3%a9", "https://example.com/caf%C3%A9"), ("https://example.com/%7Euser", "https://example.com/~user"),
    ("https://example.com/?q=ü", "https://example.com/?q=%C3%BC"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_item_51_spellings_of_one_address_are_one(one: str, other: str) -> None:
    first, second = spell(one), spell(other)
    assert first
    assert second
    assert first.url == second.url == other


def test_item_54_tracking_is_taken_off_and_the_rest_stays() -> None:
    spelled = spell("https://example.com/a?id=1&utm_medium=x&b#c")
    assert spelled
    assert spelled.cleaned == "https://example.com/a?id=1&b#c"


def test_item_43_a_password_is_never_repeated() -> None:
    assert "hunter2" not in redact("https://me:hunter2@example.com/x?y=me@example.com")
    with pytest.raises(Refused) as refused:
        spell("https://me:hunter2@example.com/")
    assert "hunter2" not in refused.value.reason + refused.value.fix


SECRET = [
    "//user:hunter2@example.com/x", "\\\\user:hunter2@example.com\\x", "http://user:hunter2@example.com/", "https://user:hunter2@example.com/", "ftp://user:hunter2@example.com/", "https:user:hunter2@example.com/", "https:/user:hunter2@example.com",
    "https://user:hun/hunter2@example.com/x", "https://user:hun#hunter2@example.com/", "https://user:hun?hunter2@example.com/", "https://user:hunter2/x@example.com/", "http://user:12/hunter2@example.com/", "//user:hun/hunter2@example.com/x",
    "https://user:hun hunter2@example.com/x", "https://user:hunter2@[::1]/", "https://user:%zzhunter2@example.com/", "https://user%3Ahunter2%40example.com/", "https://a@b:hunter2@example.com/?x=me@example.com", "https://user:hunter2@example.com/" + "a" * 3000,
]  # fmt: skip


@pytest.mark.parametrize("written", SECRET, ids=lambda written: f"item-43-{written[:40]}")
def test_item_43_no_message_repeats_a_password(written: str) -> None:
    with pytest.raises(Refused) as refused:
        spell(written)
    place = Place(Location("page.md"))
    (found,) = diagnose(Collected(refused=[(written, refused.value, place)]), Report(), [], Location("mkdocs.yml"))
    with pytest.raises(AddressProblem) as problem:
        check_address(written)
    for message in (found.message, str(found.fix), str(problem.value), problem.value.fix):
        assert "hun" not in message
        assert "12" not in message


def test_item_43_the_advice_stays_whole() -> None:
    with pytest.raises(Refused) as refused:
        spell("https://me:hunter2@example.com/")
    place = Place(Location("page.md"))
    (found,) = diagnose(Collected(refused=[("x", refused.value, place)]), Report(), [], Location("mkdocs.yml"))
    assert found.fix == "remove everything before the @, and change that password."


@pytest.mark.parametrize(
    ("base", "location", "expected"),
    [
        ("http", "///b.example.com/x", "http://b.example.com/x"),
        ("http", "////b.example.com/x", "http://b.example.com/x"),
        ("http", "http:///b.example.com/x", "http://b.example.com/x"),
        ("http", "/\\/b.example.com/x", "http://b.example.com/x"),
        ("http", "https:b.example.com/x", "https://b.example.com/x"),
        ("https", "http:/b.example.com/x", "http://b.example.com/x"),
        ("https", "https:b/x", "https://a.example.com/b/x"),
        ("https", "https:/b/x", "https://a.example.com/b/x"),
        ("https", "/b//x", "https://a.example.com/b//x"),
    ],
)
def test_item_92_slashes_of_a_redirect_are_read_as_browsers_read_them(base: str, location: str, expected: str) -> None:
    assert follow(location, f"{base}://a.example.com/page", frozenset({80, 443})).url == expected


@pytest.mark.parametrize("host", ["169.254.169.254", "127.0.0.1", "[::1]", "localhost"])
@pytest.mark.parametrize("lead", ["//", "///", "http:///", "http://///", "https:", "https:/", "/\\/", "\\\\\\"])
def test_item_92_no_number_of_slashes_hides_a_private_host(lead: str, host: str) -> None:
    with pytest.raises(Refused) as refused:
        follow(f"{lead}{host}/", "http://a.example.com/page", frozenset({80, 443}))
    assert refused.value.kind is UNSAFE


def test_an_at_sign_in_a_path_is_no_password() -> None:
    assert spell("https://example.com/@name/post")
    assert redact("https://example.com/@name/post") == "https://example.com/@name/post"


def test_item_52_a_host_is_compared_label_by_label() -> None:
    import datetime

    ours = Suppression("github.com", "*", "r", "o", datetime.date.max, Location("links.yml"), "github.com")
    below = Suppression("*.github.com", "*", "r", "o", datetime.date.max, Location("links.yml"), "*.github.com")
    assert ours.covers("https://github.com/a")
    assert below.covers("https://docs.github.com/a")
    for trick in (
        "https://evilgithub.com/a",
        "https://github.com.evil.example.com/",
        "https://evil.example.com/github.com",
    ):
        assert not ours.covers(trick)
        assert not below.covers(trick)


def test_only_a_star_of_a_pattern_stands_for_something_else() -> None:
    import datetime

    def covered(path: str, rest: str) -> bool:
        one = Suppression("a.com", path, "r", "o", datetime.date.max, Location("links.yml"), f"a.com{path}")
        return one.covers(f"https://a.com{rest}")

    assert covered("/x[1]", "/x[1]")
    assert not covered("/x[1]", "/x1")
    assert covered("/page?id=1", "/page?id=1")
    assert not covered("/page?id=1", "/pageZid=1")
    assert covered("/[a]/*?x", "/[a]/b/c?x")


@pytest.mark.parametrize(
    "written", ["page.md", "#anchor", "mailto:a@example.com", "tool:vllm", "fact:x.y", "../a/b", ""]
)
def test_what_is_not_external_is_nobodys_business_here(written: str) -> None:
    assert spell(written) is None


PUBLIC = [
    "93.184.215.14",
    "8.8.8.8",
    "2606:4700::1111",
    "64:ff9b::808:808",
    "172.15.0.1",
    "172.32.0.1",
    "100.63.255.255",
    "100.128.0.1",
]
PRIVATE = [
    "0.0.0.0", "0.1.2.3", "10.0.0.5", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.168.1.1",
    "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "168.63.129.16", "192.88.99.1", "::", "::1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::a9fe:a9fe",
    "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:a9fe:a9fe::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "100::1", "2001:db8::1", "3fff::1",
    "2606:4700::5efe:a00:1", "5f00::1", "4000::1", "fe80::1%eth0",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_may_be_reached(address: str) -> None:
    assert refusal(address) == ""


@pytest.mark.parametrize("address", PRIVATE, ids=lambda address: f"items-46-47-48-{address}")
def test_an_address_that_is_not_public_may_not(address: str) -> None:
    assert refusal(address)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.1", "127.0.0.1"),
        ("0x7f.0.0.1", "127.0.0.1"),
        ("017700000001", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("256.1.1.1", ""),
        ("a.1", ""),
        ("1.2.3.4.5", ""),
        ("08.1", ""),
        ("example.com", None),
        ("0x.com", None),
    ],
)
def test_item_46_a_host_is_read_as_the_c_library_reads_it(host: str, expected: str | None) -> None:
    assert numeric_host(host) == expected
