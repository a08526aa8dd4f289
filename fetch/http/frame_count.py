"""The frames of HTTP/2 as they come, told apart by their heads (RFC 9113, 4.1)."""

from __future__ import annotations

import httpcore


class FrameCount:
    """Counts what comes over HTTP/2 beside bodies: whole frames but those of DATA, and of these the empty ones.

    Raises httpcore.RemoteProtocolError for a frame longer than HTTP/2 allows: h2 would wait for all of it.
    """

    _HEAD, _DATA_FRAME = 9, 0  # bytes before each frame's payload: three of its length, one of its type (RFC 9113, 4.1)
    _LONGEST = 16_384  # bytes; who takes longer ones has to say so (4.2)

    def __init__(self) -> None:
        self._begun = b""
        self._left = 0
        self._is_body = False

    def beside_bodies(self, received: bytes) -> int:
        """So many of the bytes that came."""
        count, at = 0, 0
        while at < len(received):
            if self._left:
                step = min(self._left, len(received) - at)
                self._left -= step
                count += 0 if self._is_body else step
            else:
                step = min(self._HEAD - len(self._begun), len(received) - at)
                count += self._begin(received[at : at + step])
            at += step
        return count

    def _begin(self, head: bytes) -> int:
        self._begun += head
        if len(self._begun) < self._HEAD:
            return 0
        self._left = int.from_bytes(self._begun[:3])
        if self._left > self._LONGEST:
            raise httpcore.RemoteProtocolError(f"a frame of {self._left} bytes")
        self._is_body = self._begun[3] == self._DATA_FRAME and self._left > 0
        self._begun = b""
        return 0 if self._is_body else self._HEAD
