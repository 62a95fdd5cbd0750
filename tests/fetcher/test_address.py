"""Which addresses are fetched at all."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdigest.errors import UnsafeAddress
from newsdigest.fetcher.address import is_global_unicast, next_target, parse_target

UNSAFE_IPS = [
    "127.0.0.1",
    "10.0.0.1",
    "172.16.9.9",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "0.1.2.3",
    "192.0.0.192",
    "192.88.99.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:808:808::1",
    "2001:0:4136:e378::1",
    "2001:db8::1",
    "fc00::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "100::1",
]


@pytest.mark.parametrize("ip", UNSAFE_IPS)
def test_an_address_that_is_not_global_unicast_is_refused(ip: str) -> None:
    assert not is_global_unicast(ipaddress.ip_address(ip))
    with pytest.raises(UnsafeAddress):
        parse_target(f"https://[{ip}]/" if ":" in ip else f"https://{ip}/")


@pytest.mark.parametrize("ip", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "2a00:1450:4001::200e", "::ffff:8.8.8.8"])
def test_a_public_address_is_taken(ip: str) -> None:
    assert is_global_unicast(ipaddress.ip_address(ip))


@pytest.mark.parametrize(
    "host",
    [
        "2130706433",
        "0x7f.1",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "127.0.0.1.",
        "１２７.０.０.１",
        "127。0。0。1",
        "0xA9FEA9FE",
    ],
)
def test_other_spellings_of_loopback_are_seen_through(host: str) -> None:
    with pytest.raises(UnsafeAddress):
        parse_target(f"http://{host}/feed")


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/feed",
        "file:///etc/passwd",
        "gopher://example.org/",
        "https://user@example.org/feed",
        "https://user:secret@example.org/feed",
        "https://example.org:8443/feed",
        "http://example.org:443/feed",
        "https://example.org:22/",
        "https:///feed",
        "https://exa mple.org/",
        "https://example.org\\@127.0.0.1/",
        "https://example.org/\r\nX: y",
        "https://[::1%25eth0]/",
        "https://1.2.3.999/",
        "https://example.12/",
        "//example.org/feed",
        "",
    ],
)
def test_what_is_no_plain_web_address_is_refused(address: str) -> None:
    with pytest.raises(UnsafeAddress) as caught:
        parse_target(address)
    assert str(caught.value).endswith(".")


def test_an_address_is_written_in_one_form() -> None:
    target = parse_target("HTTPS://Bücher.Example:443/ä?q=日本")
    assert target.address == "https://xn--bcher-kva.example/%C3%A4?q=%E6%97%A5%E6%9C%AC"
    assert target.port == 443
    assert parse_target(" https://example.org/a b.html\n").address == "https://example.org/a%20b.html"
    assert parse_target("https://example.org").address == "https://example.org/"


def test_a_redirect_must_not_leave_https() -> None:
    start = parse_target("https://example.org/feed")
    assert next_target(start, "/other").address == "https://example.org/other"
    assert next_target(start, "//news.example.org/x").host == "news.example.org"
    for location in (
        "http://example.org/feed",
        "https://127.0.0.1/",
        "file:///etc/passwd",
        "https://example.org:8080/",
    ):
        with pytest.raises(UnsafeAddress):
            next_target(start, location)


@given(st.text(max_size=60))
def test_no_text_breaks_the_check(text: str) -> None:
    for address in (text, f"https://{text}/", f"https://example.org/{text}"):
        try:
            target = parse_target(address)
        except UnsafeAddress:
            continue
        assert target.address.isascii()
        assert parse_target(target.address) == target
