"""Addresses: made absolute, and brought to the one form that names a story."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

_PORTS = {"http": "80", "https": "443"}
_DROPPED_BY_BROWSERS = re.compile(r"[\t\n\r]")
_LOGIN = re.compile(r"(?<=://)[^/?#]*@")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_PLAIN = re.compile(r"https?://[a-z0-9.-]+(?::(?!80/|443/)\d+(?=/))?(?:/[A-Za-z0-9/._~!$&'()*+,;=@-]*)?", re.ASCII)
_WHOLE = re.compile(r"https?://[a-z0-9.-]+(?::\d+)?(?:/[^?#\s]*(?:\?[^#\s]+)?(?:#\S+)?)?")
_ROOTED = re.compile(r"/(?![./])(?:[^?#\s/;.]|\.(?![./])|[/;](?!\.))*(?:\?[^#\s]+)?(?:#\S+)?")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.ASCII)
_AMP_COPY = re.compile(
    r"https?://(?:(?:www\.)?google\.[a-z.]{2,6}/amp|[a-z0-9-]+\.cdn\.ampproject\.org/[a-z](?:/[a-z])?)/s/([^/?#]+\.[^?#]+(?:\?.*)?)",
    re.IGNORECASE,
)
"""A copy that a search engine keeps of a page for phones, whose own address stands in that of the copy."""
_LONGEST_HOST = 1000
_FIRST_PAGE = re.compile(r"/?(?:[a-z]{2}(?:-[a-z]{2})?/?)?(?:(?:index|home|default)(?:\.\w{3,5})?/?)?", re.IGNORECASE)
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/?#]*", re.IGNORECASE)
_RESERVED = "%/:=&?~#+!$,;'@()*[]|"
_TRACKING_FAMILIES = re.compile(
    r"(?:utm|mtm|pk|piwik|matomo|hsa|guce|ns|wt|at|fb_action|fb_source|fb_ref)_\w+|wt\.\w+|_?_hs\w+|aspsessionid\w+"
)
_TRACKING_NAMES = """
    fbclid gclid dclid gclsrc gbraid wbraid gad_source gad_campaignid msclkid yclid ttclid twclid li_fat_id
    srsltid s_kwcid ef_id igshid igsh mc_cid mc_eid _ga _gl _hsenc _hsmi mkt_tok vero_id vero_conv oly_enc_id
    oly_anon_id ml_subscriber ml_subscriber_hash xtor xtref smid smtyp cmp cmpid icid ncid ocid ito intcmp
    int_cmp sr_share soc_src soc_trk sc_cid sc_src sc_lid sc_uid sc_llid guccounter __twitter_impression
    traffic_source feedname feedtype partnerid spm trk trkcampaign ftag dicbo ref_src ref_url wprov share_source
    share_medium sharetype phpsessid jsessionid sessionid session_id oscsid cfid cftoken
"""
_TRACKING = frozenset(_TRACKING_NAMES.split())
_FROM_A_FEED = re.compile(r"(?:partner|emc|ref|source|from|via|src|cid|output|campaign|medium)=(?:rss|feed|atom)|rss=1")


ENTRY = ":~:entry="
"""What stands in the fragment of an address before the name of an entry; a browser does not look at it."""


LONGEST_URL = 8000
"""Characters of an address; RFC 9110 asks for as many, and what is longer is a picture or a program in itself."""


def absolute(href: str, base: str) -> str:
    """The address that a page at `base` means by `href`; empty unless it is http, https or broadsheet, or endless.

    A login in it is left out: what a page or feed names is for everybody.
    """
    address = absolute_with_login(href, base)
    return _LOGIN.sub("", address, count=1) if "@" in address else address


def absolute_with_login(href: str, base: str) -> str:
    """The same for an address in a reader's own list, with the login that stands in it."""
    if len(href) > LONGEST_URL:
        return ""
    href = _DROPPED_BY_BROWSERS.sub("", href.strip()) if href else ""
    if not href or _WHOLE.fullmatch(href):
        return href
    if _ROOTED.fullmatch(href) and (origin := _origin(base)):
        return origin + href
    try:
        if base.startswith("broadsheet:") and not _SCHEME.match(href):
            return _in_handbook(href, base)
        address = urljoin(base, href)
        parts = urlsplit(address)
    except ValueError:  # "http://[half an IPv6 address"
        return ""
    if parts.scheme == "broadsheet":
        return address
    return address.replace(" ", "%20") if parts.scheme in _PORTS and parts.netloc else ""


@lru_cache(maxsize=256)
def _origin(base: str) -> str:
    """Scheme and network of a plain address, "" for any other."""
    return "/".join(base.split("/", 3)[:3]) if _WHOLE.fullmatch(base) else ""


def canonical(url: str) -> str:
    """The form of an address that is the identity of a story; empty if it is no address.

    Scheme and host in lower case, a host name as punycode, no default port, no credentials, no fragment (but one that
    names an entry of a feed), no session, none of the parameters that only say where a reader came from; of a search
    engine's copy of a page for phones, that of the page. Percent escapes are in upper case, and stand only where they
    must.
    """
    if len(url) > LONGEST_URL:
        return ""
    url = url.strip()
    if ("/amp/s/" in url or ".ampproject.org/" in url) and (found := _AMP_COPY.fullmatch(url)):
        url = f"https://{found[1]}"
    if _PLAIN.fullmatch(url) and ";" not in url:
        return url if url.count("/") > 2 else url + "/"
    try:
        parts = urlsplit(url)
        network = _network(parts)
    except ValueError:
        return ""
    if parts.scheme == "broadsheet":
        return urlunsplit(parts._replace(fragment=""))
    if parts.scheme not in _PORTS or not network:
        return ""
    path = _escaped(_SESSION.sub("", parts.path)) or "/"
    fragment = parts.fragment if ENTRY in parts.fragment else ""
    return urlunsplit((parts.scheme, network, path, _escaped(_without_tracking(parts.query)), fragment))


def is_of_a_feed(url: str) -> bool:
    """Whether an address names an entry of a feed that has no page of its own; what stands there is not the entry."""
    return ENTRY in url


def address_of_entry(page: str, identity: str) -> str:
    """The address of an entry of a feed that has no page of its own: that of the page, with a digest of what it is."""
    from hashlib import blake2b

    digest = blake2b(identity.encode("utf-8", "replace"), digest_size=6).hexdigest()
    address, _, fragment = page.partition("#")
    return f"{address}#{fragment}{ENTRY}{digest}"


def page_of_entry(url: str) -> str:
    """The page at which an address stands, without what names an entry of a feed there."""
    return url.partition("#")[0] if is_of_a_feed(url) else url


def is_home(url: str) -> bool:
    """Whether a canonical address is that of a site's first page, in some language perhaps, or no address at all."""
    parts = urlsplit(url)
    return bool(_FIRST_PAGE.fullmatch(parts.path)) and not parts.query


def host(url: str) -> str:
    """The host an address names, in lower case, without port; empty if it names none."""
    try:
        return ascii_host(urlsplit(url).hostname or "")
    except ValueError:
        return ""


def _in_handbook(href: str, base: str) -> str:
    """Relative addresses inside the bundled edition, whose scheme urljoin does not know."""
    joined = urljoin("http://handbook/" + base.removeprefix("broadsheet:"), href)
    return "broadsheet:" + joined.removeprefix("http://handbook/") if joined.startswith("http://handbook/") else ""


def _network(parts: SplitResult) -> str:
    name = ascii_host(parts.hostname or "")
    if ":" in name:
        name = f"[{name}]"
    port = str(parts.port or "")
    return name if port in ("", _PORTS.get(parts.scheme)) else f"{name}:{port}"


def ascii_host(name: str) -> str:
    """The one form of a host's name: IDNA 2008 as UTS 46 maps it, an IPv4 address in its four numbers.

    Raises ValueError for what can be no host: with it, "127.1" and "2130706433" are the address that they stand for.
    """
    if not name.isascii():
        import idna

        if len(name) > _LONGEST_HOST:
            raise ValueError("longer than any host's name")
        mapped = idna.uts46_remap(name, std3_rules=False, transitional=False)
        name = ".".join(label if label.isascii() else idna.alabel(label).decode() for label in mapped.split("."))
    last = name.removesuffix(".").rpartition(".")[2]
    return _ipv4(name.removesuffix(".")) if _NUMBER.fullmatch(last) and ":" not in name else name


def _ipv4(name: str) -> str:
    """An IPv4 address of one to four numbers, octal and hexadecimal among them, as browsers read it."""
    *first, last = (_number(part) for part in name.split("."))
    room = 4 - len(first)
    if room < 1 or any(number > 255 for number in first) or last >= 256**room:
        raise ValueError(f"no address: {name}")
    return ".".join(map(str, [*first, *last.to_bytes(room, "big")]))


def _number(part: str) -> int:
    if not _NUMBER.fullmatch(part) or len(part) > _LONGEST_HOST:
        raise ValueError(f"no number: {part}")
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    return int(part, 8) if part.startswith("0") and len(part) > 1 else int(part)


def _without_tracking(query: str) -> str:
    """The query without tracking parameters, the others in their order."""
    if not query:
        return ""
    return "&".join(pair for pair in query.split("&") if pair and not _tracks(pair.lower()))


def _tracks(pair: str) -> bool:
    name = pair.partition("=")[0]
    return name in _TRACKING or bool(_TRACKING_FAMILIES.fullmatch(name) or _FROM_A_FEED.fullmatch(pair))


def _escaped(part: str) -> str:
    if "%" in part:
        part = _ESCAPE.sub(_plainest, part)
    return quote(part, safe=_RESERVED)


def _plainest(escape: re.Match[str]) -> str:
    """An escape as the character itself where that is always allowed, else in upper case (RFC 3986, 6.2.2)."""
    character = unquote(escape[0], errors="replace")
    return character if character.isascii() and (character.isalnum() or character in "-._~") else escape[0].upper()
