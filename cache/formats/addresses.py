"""Addresses as they are written into files: nothing in them can end where they stand."""

from __future__ import annotations

import re

_SCHEMES = ("http://", "https://", "broadsheet:")
_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9\-._~:/?#@!$&()*+,;=%]")  # RFC 3986, without the quotes and brackets it allows
_HALF_A_CODE = re.compile("%(?![0-9A-Fa-f]{2})")


def written(address: str) -> str:
    """The address with all percent-encoded that RFC 3986 does not allow; "" where it leads to no page."""
    if not address.startswith(_SCHEMES):
        return ""
    scheme, slashes, rest = address.partition("//")
    host, slash, path = rest.partition("/")
    if "[" in host:  # an IPv6 address, the only place for brackets
        return (
            f"{scheme}{slashes}{host}{slash}{_encoded(path)}" if re.fullmatch(r"\[[0-9a-f:.]+\](:\d+)?", host) else ""
        )
    return _encoded(address)


def _encoded(part: str) -> str:
    encoded = _HALF_A_CODE.sub("%25", _NOT_ALLOWED.sub(_percent, part))
    before, fragment, after = encoded.partition("#")
    return before + fragment + after.replace("#", "%23")


def _percent(character: re.Match[str]) -> str:
    return "".join(f"%{octet:02X}" for octet in character[0].encode("utf-8", "replace"))
