"""Whether this machine has a way out."""

from __future__ import annotations


def online() -> bool:
    """Whether there is a way out of this machine; nothing is sent."""
    from socket import AF_INET, AF_INET6

    return _has_route(AF_INET, "192.0.2.1") or _has_route(AF_INET6, "2001:db8::1")


def _has_route(family: int, address: str) -> bool:
    """Whether a datagram to an address of the documentation's would have a way."""
    from socket import SOCK_DGRAM, socket

    try:
        with socket(family, SOCK_DGRAM) as probe:
            probe.connect((address, 9))  # only the route is looked up
    except OSError:
        return False
    return True
