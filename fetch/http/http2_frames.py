"""The frames of one connection of HTTP/2, told apart by their heads as they pass (RFC 9113, 4.1)."""

from __future__ import annotations

import httpcore

_PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
_HEAD = 9  # bytes before a frame's payload: three of its length, one of its type, one of flags, four of its stream
_DATA_FRAME, _HEADERS, _GOAWAY = 0, 1, 7
_LONGEST = 16_384  # bytes; who takes longer ones has to say so (4.2)
_STREAM = 0x7FFF_FFFF


class Http2Frames:
    """What a connection carries: how much beside bodies, and whether the server takes nothing more.

    h2 ends a connection with the server's GOAWAY, though the answers that are under way still come (6.8): one that
    says goodbye in peace, to come after all that we asked, is kept from it, and `is_over` then.
    """

    def __init__(self) -> None:
        self.beside_bodies = 0
        self.is_over = False
        self._begun = b""
        self._left = 0
        self._is_body = False
        self._goodbye: bytes | None = None
        self._last_asked = 0

    def sent(self, frames: bytes) -> None:
        """Notes the streams of the requests in what is sent, which are whole frames."""
        at = len(_PREFACE) if frames.startswith(_PREFACE) else 0
        while at + _HEAD <= len(frames):
            if frames[at + 3] == _HEADERS:
                self._last_asked = max(self._last_asked, int.from_bytes(frames[at + 5 : at + _HEAD]) & _STREAM)
            at += _HEAD + int.from_bytes(frames[at : at + 3])

    def received(self, came: bytes) -> bytes:
        """What came without a peaceful goodbye; raises httpcore.RemoteProtocolError for a frame that is too long."""
        passed, at = [], 0
        while at < len(came):
            size = self._left or _HEAD - len(self._begun)
            part = came[at : at + size]
            at += len(part)
            passed.append(self._payload(part) if self._left else self._head(part))
        return b"".join(passed)

    def _head(self, part: bytes) -> bytes:
        self._begun += part
        if len(self._begun) < _HEAD:
            return b""
        head, self._begun = self._begun, b""
        self._left = int.from_bytes(head[:3])
        if self._left > _LONGEST:  # h2 would wait for all of it
            raise httpcore.RemoteProtocolError(f"a frame of {self._left} bytes")
        self._is_body = head[3] == _DATA_FRAME and self._left > 0
        self.beside_bodies += 0 if self._is_body else _HEAD
        if head[3] == _GOAWAY and self._left:
            self._goodbye = head
            return b""
        return head

    def _payload(self, part: bytes) -> bytes:
        self._left -= len(part)
        self.beside_bodies += 0 if self._is_body else len(part)
        if self._goodbye is None:
            return part
        self._goodbye += part
        if self._left:
            return b""
        goodbye, self._goodbye = self._goodbye, None
        last, error = (goodbye[at : at + 4] for at in (_HEAD, _HEAD + 4))
        is_peaceful = len(error) == 4 and not any(error) and int.from_bytes(last) & _STREAM >= self._last_asked
        self.is_over = self.is_over or is_peaceful
        return b"" if is_peaceful else goodbye
