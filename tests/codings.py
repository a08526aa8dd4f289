"""Packing for servers of ours that answer in a content coding."""

from __future__ import annotations

import sys


def zstd_packed(body: bytes, window: int = 0) -> bytes:
    """The body as one zstd frame; `window` is the log2 of the bytes its reader has to remember, 0 for few."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd

    parameter = zstd.CompressionParameter
    options = {parameter.window_log: window, parameter.content_size_flag: 0} if window else None
    machine = zstd.ZstdCompressor(options=options)
    half = len(body) // 2  # in two parts, so that the frame cannot say its size and shrink its window to it
    return machine.compress(body[:half]) + machine.compress(body[half:]) + machine.flush()
