"""Pictures of our own making, as files of different kinds."""

from __future__ import annotations

import io
import random


def picture(size: tuple[int, int], form: str = "JPEG") -> bytes:
    """Red to the left, blue to the right."""
    from PIL import Image

    made = Image.new("RGB", size, "#c02020")
    made.paste("#2020c0", (size[0] // 2, 0, *size))
    out = io.BytesIO()
    made.save(out, form)
    return out.getvalue()


def noise(size: tuple[int, int]) -> bytes:
    """Every pixel of another colour."""
    from PIL import Image

    out = io.BytesIO()
    Image.frombytes("RGB", size, random.Random(1).randbytes(size[0] * size[1] * 3)).save(out, "JPEG", quality=95)
    return out.getvalue()
