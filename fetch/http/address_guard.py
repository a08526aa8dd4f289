"""The address guard: what a page, feed or redirect points at may not lead from the public net into a private one.

A zone is the kind of network an address belongs to. What the reader types may be anywhere; what a source found in one
zone points at may be public, or in that very zone, and nowhere else. `fetch.http.transport` asks about the address it
is about to connect to, so a name that resolves elsewhere the second time gains nothing.
"""

from __future__ import annotations

import ipaddress
from typing import Literal, TypeAlias

from fetch.errors import Refused
from fetch.links import ascii_host

Zone: TypeAlias = Literal["public", "private", "loopback", "local"]
Reach: TypeAlias = Literal["anywhere", "public", "private", "loopback", "local"]
"""How far a request may go: "anywhere" for what the reader typed, else the zone its source was found in."""

_SHARED = ipaddress.ip_network("100.64.0.0/10")
_TRANSLATED = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "::ffff:0:0:0/96", "::/96")))
"""Whose last 32 bits are an IPv4 address: NAT64, its stateless kin, and what was called IPv4-compatible."""
_TRANSLATED_HERE = ipaddress.IPv6Network("64:ff9b:1::/48")
"""NAT64 of a network's own (RFC 8215): where it leads, that network alone knows."""


def zone(address: str) -> Zone:
    """The zone of an IP address; "local" is link-local (cloud metadata too), unspecified, multicast and reserved."""
    ip = _inner(ipaddress.ip_address(address.partition("%")[0]))
    if isinstance(ip, ipaddress.IPv6Address) and (ip.is_site_local or ip in _TRANSLATED_HERE):
        return "private"
    if ip.is_loopback:
        return "loopback"
    if ip.is_link_local or ip.is_unspecified or ip.is_multicast or (ip.version == 4 and ip.is_reserved):
        return "local"
    if ip.is_private or ip in _SHARED:
        return "private"
    return "public" if ip.is_global else "local"


def literal_zone(host: str) -> Zone | None:
    """The zone of a host that needs no resolving (an IP address, or localhost); None for any other name."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return "loopback"
    try:
        return zone(ascii_host(name))
    except ValueError:
        return None


def permit(address: str, reach: Reach, url: str) -> Zone:
    """The zone of an address we may connect to for `url`; raises Refused where `reach` does not extend to it."""
    return permit_zone(zone(address), address, reach, url)


def permit_zone(found: Zone, address: str, reach: Reach, url: str) -> Zone:
    """As `permit`, where the zone of the address, or of a host's name, is known."""
    if reach in ("anywhere", found) or found == "public":
        return found
    raise Refused(f"{url} leads to {address}, an address that no page may send us to.", url, reason="address")


def _inner(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The IPv4 address that an IPv6 address stands for (mapped, compatible, 6to4, NAT64), or the address itself."""
    if isinstance(ip, ipaddress.IPv6Address) and int(ip) > 1:  # :: and ::1 are themselves
        if any(ip in network for network in _TRANSLATED):
            return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        return ip.ipv4_mapped or ip.sixtofour or ip
    return ip
