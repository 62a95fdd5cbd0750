"""Canonical addresses: one article, one address, whatever tracking, AMP or mobile form carried us there."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

_PREFIXES = (
    "utm_",
    "mtm_",
    "pk_",
    "matomo_",
    "hsa_",
    "at_",
    "ns_",
    "oly_",
    "vero_",
    "hmb_",
    "itm_",
    "stm_",
    "trk_",
    "sc_",
    "__hs",
)


def words_of(listed: str) -> frozenset[str]:
    """A set of words from one line of them."""
    return frozenset(listed.split())


_TRACKING = words_of(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid li_fat_id igshid igsh mc_cid "
    "mc_eid mkt_tok _hsenc _hsmi hsctatracking ref ref_src ref_url iref cmp cmpid cmp_id icid ito ocid smid "
    "smtyp partner ncid sref xtor spm scm share_from share_token sharefrom shareid sharetype from_source "
    "fromsource wxsharefrom isappinstalled nsukey s_cid s_kwcid cid_src ssrd taid tag_src wt_mc wickedid "
    "wprov rss rssfeed feedtype source_rss feature app campaign_id _ga _gl _openstat epik guccounter "
    "guce_referrer guce_referrer_sig sfmc_id sfmc_activityid soc_src soc_trk n_cid dicbo mibextid rdid "
    "share_url traffic_source trafficsource"
)
_WHOLE = re.compile(
    r"https?://[A-Za-z0-9.-]+/[A-Za-z0-9._~%!$&'()*+,=:@/-]*(?:\?[A-Za-z0-9._~%!$&'()*+,=:@/-]*[A-Za-z0-9/=])?"
)
_OTHER_SCHEME = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_AMP_PARAMETERS = {("output", "amp"), ("outputtype", "amp"), ("amp", "1"), ("amp", "true"), ("amp", ""), ("isamp", "1")}
_AMP_TAIL = re.compile(r"(?:/amp(?:\.html)?/?|[./]amp\.html)$", re.IGNORECASE)
_MOBILE = re.compile(r"^(?:m|mobile|amp|sp|wap|touch|3g)\.(?=[^.]+\.)", re.IGNORECASE)
_AMP_CACHE = re.compile(r"^/(?:amp/|[cv]/)(?:s/)?([^/]+\..*)$")
_PORTS = {"http": 80, "https": 443}
# Second-level labels under which a country's registry sells names (Public Suffix List, the common part), and hosts
# on which every subdomain has another owner.
_SECOND_LEVEL = words_of(
    "co com or org go gov ne net ac edu ad gr lg ed mil gob gouv gub nhs ltd plc id web info press nom asso "
    "tm sch police"
)
_SHARED_HOSTS = words_of(
    "github.io gitlab.io blogspot.com wordpress.com substack.com hatenablog.com hatenablog.jp hateblo.jp "
    "tumblr.com medium.com pages.dev vercel.app netlify.app web.app herokuapp.com livedoor.blog seesaa.net "
    "fc2.com cocolog-nifty.com typepad.com weebly.com wixsite.com ghost.io neocities.org azurewebsites.net "
    "cloudfront.net amazonaws.com"
)


@lru_cache(maxsize=8192)  # an entry's addresses are asked for when it is looked up and again when it is decided
def canonical_address(address: str, base: str = "") -> str:
    """Return the one form of an address; relative ones are resolved against ``base``.

    Lower-case scheme and host, no default port, no fragment, no tracking parameters, AMP and mobile forms folded. What is no http
    address comes back stripped but otherwise as it was. The function is idempotent.
    """
    resolved = resolve(address, base)
    parts = _split(resolved)
    if parts is None:
        return resolved
    scheme, host, port, path, query = parts
    host, path = _outside_amp_cache(host, path)
    host = _MOBILE.sub("", host) if host.count(".") >= 2 else host
    path = _normal_path(path)
    kept = [(k, v) for k, v in parse_qsl(query, keep_blank_values=True) if not _tracking(k, v, host)]
    netloc = f"{host}:{port}" if port and port != _PORTS[scheme] else host
    # A fragment that is dropped may leave white space at the end.
    return urlunsplit((scheme, netloc, path, urlencode(kept), "")).strip()


def resolve(address: str, base: str = "") -> str:
    """Return ``address`` without white space around or line breaks within, absolute where ``base`` allows it."""
    plain = re.sub(r"[\t\r\n]+", "", (address or "").strip())
    if not base or not plain or is_whole(plain):
        return plain
    try:
        return urljoin(base, plain)
    except ValueError:
        return plain


def web_address(address: str, base: str = "") -> str:
    """Return the address as ``resolve`` does, or an empty string where it is none of the web (``javascript:``, ``mailto:``, ``at:``)."""
    found = resolve(address, base)
    return "" if _OTHER_SCHEME.match(found) else found


def is_whole(address: str) -> bool:
    """Whether an address is absolute and so plain that joining it to any base would give it back letter for letter."""
    return _WHOLE.fullmatch(address) is not None


def same_article(first: str, second: str) -> bool:
    """Whether two addresses are one article's: canonical forms equal but for scheme and ``www.``."""
    return _key(first) == _key(second)


def trusted_canonical(page: str, stated: str) -> str:
    """Return the canonical form of what a page's ``rel=canonical`` states, or of the page's own address.

    It is believed on the same registrable domain only, and never where it points at the front page while the page is not.
    """
    own = canonical_address(page)
    other = canonical_address(stated, page) if stated else own
    if other == own or registrable_domain(other) != registrable_domain(own) or not registrable_domain(own):
        return own
    front = (urlsplit(other).path or "/") == "/" and not urlsplit(other).query
    return own if front else other


def registrable_domain(address: str) -> str:
    """Return the domain somebody registered (``example.co.jp``), the IP address, or an empty string."""
    parts = _split(address)
    if parts is None:
        return ""
    labels = parts[1].split(".")
    if labels[-1].isdigit() or ":" in parts[1]:
        return parts[1]
    size = 2
    if len(labels) >= 3 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL:
        size = 3
    if len(labels) >= 3 and ".".join(labels[-2:]) in _SHARED_HOSTS:
        size = 3
    return ".".join(labels[-size:])


def _split(address: str) -> tuple[str, str, int | None, str, str] | None:
    """Scheme, host, port, path and query of an http address, or None."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in _PORTS or not host:
        return None
    if ":" in host:
        host = f"[{host}]"
    return parts.scheme.lower(), host, port, parts.path, parts.query


def _outside_amp_cache(host: str, path: str) -> tuple[str, str]:
    """Unfold ``www.google.com/amp/s/host/path`` and ``host.cdn.ampproject.org/c/s/host/path``."""
    match = _AMP_CACHE.match(path)
    if match and (
        host.endswith(".cdn.ampproject.org") or (host.startswith("www.google.") and path.startswith("/amp/"))
    ):
        inner_host, _, inner_path = match[1].partition("/")
        return inner_host.lower(), f"/{inner_path}"
    return host, path


def _normal_path(path: str) -> str:
    plain = (
        quote(unquote(path, errors="surrogateescape"), safe="/:@!$&'()*+,;=~-._%", errors="surrogateescape")
        if "%" in path
        else path
    )
    plain = re.sub(r"^/amp/(?=.)", "/", plain) if plain.count("/") > 2 else plain
    folded = _AMP_TAIL.sub("", plain)
    if folded != plain and plain.lower().endswith(".amp.html"):
        folded += ".html"
    return folded or "/"


def _tracking(name: str, value: str, host: str) -> bool:
    lowered = name.lower()
    if lowered.startswith(_PREFIXES) or lowered in _TRACKING:
        return True
    return (lowered, value.lower()) in _AMP_PARAMETERS


def _key(address: str) -> str:
    canonical = canonical_address(address)
    return re.sub(r"^https?://(?:www\.)?", "", canonical).rstrip("/")
