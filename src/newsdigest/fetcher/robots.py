"""robots.txt after RFC 9309: which paths of a host a robot of our name may fetch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

PRODUCT = "newsdigest"
MAXIMUM_BYTES = 500 * 1024
_TOKEN = re.compile(r"[a-z_-]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rule:
    """One Allow or Disallow line with its path pattern, percent-encoded in the one form."""

    allow: bool
    pattern: str


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host for us. ``reachable`` is false where the host failed to say (5xx, no answer): then pages are closed.

    ``note`` says what was odd, such as a web page in the place of the file.
    """

    rules: tuple[Rule, ...] = ()
    crawl_delay: float | None = None
    reachable: bool = True
    note: str = ""

    def forbids(self, path: str) -> bool:
        """Whether a rule for us closes the path: the longest pattern decides, Allow wins a tie."""
        if path == "/robots.txt":
            return False
        encoded = _encoded(path)
        matching = [rule for rule in self.rules if _matches(rule.pattern, encoded)]
        if not matching:
            return False
        return not max(matching, key=lambda rule: (len(rule.pattern), rule.allow)).allow


ALLOWED = Robots()
UNREACHABLE = Robots(reachable=False)


def parse_robots(body: bytes, product: str = PRODUCT) -> Robots:
    """Read a robots.txt (UTF-8, at most 500 KiB of it); a web page in its place allows all and says so."""
    text = body[:MAXIMUM_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
    if text.lstrip()[:200].lower().startswith(("<!doctype", "<html", "<?xml", "<head", "<script")):
        return Robots(note="a web page stands in the place of robots.txt")
    groups = _groups(text)
    ours = [group for group in groups if product.lower() in group.agents]
    chosen = ours or [group for group in groups if "*" in group.agents]
    delays = [group.crawl_delay for group in chosen if group.crawl_delay is not None]
    return Robots(tuple(rule for group in chosen for rule in group.rules), max(delays, default=None))


class _Group:
    def __init__(self) -> None:
        self.agents: set[str] = set()
        self.rules: list[Rule] = []
        self.crawl_delay: float | None = None
        self.closed = False


def _groups(text: str) -> list[_Group]:
    groups: list[_Group] = []
    for line in re.split(r"\r\n|\r|\n", text):
        key, colon, value = line.split("#", 1)[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key in ("user-agent", "useragent"):
            if not groups or groups[-1].closed:
                groups.append(_Group())
            groups[-1].agents.add(_agent(value))
        elif groups:
            _add(groups[-1], key, value)
    return groups


def _agent(value: str) -> str:
    if value.startswith("*"):
        return "*"
    token = _TOKEN.match(value)
    return token.group().lower() if token else ""


def _add(group: _Group, key: str, value: str) -> None:
    if key in ("allow", "disallow"):
        group.closed = True
        if value:
            group.rules.append(Rule(key == "allow", _encoded(value)))
    elif key == "crawl-delay":
        group.closed = True
        try:
            delay = float(value)
        except ValueError:
            return
        if 0 <= delay < float("inf"):
            group.crawl_delay = delay


def _encoded(path: str) -> str:
    # RFC 9309 2.2.2: compare octets, so that "/ä", "/%C3%A4" and "/%c3%a4" are the same path.
    return re.sub(r"%[0-9A-Fa-f]{2}", lambda m: _octet(m.group()), quote(path, safe="/%:@!$&'()*+,;=?[]~-._"))


def _octet(escape: str) -> str:
    byte = unquote_to_bytes(escape)
    return byte.decode("ascii") if re.fullmatch(rb"[A-Za-z0-9._~-]", byte) else escape.upper()


def _matches(pattern: str, path: str) -> bool:
    # Piece by piece instead of a regular expression: a pattern of many stars must not take exponential time.
    anchored = pattern.endswith("$")
    first, *pieces = (pattern[:-1] if anchored else pattern).split("*")
    if not path.startswith(first):
        return False
    position = len(first)
    if not pieces:
        return not anchored or position == len(path)
    last = pieces.pop() if anchored else ""
    for piece in pieces:
        found = path.find(piece, position)
        if found < 0:
            return False
        position = found + len(piece)
    return path.endswith(last) and len(path) - len(last) >= position
