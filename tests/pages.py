"""A page with a story, for tests of one thing in it: what stands among its paragraphs, and in its head."""

from __future__ import annotations

LINES = (
    "The ferry to the outer islands will sail twice a day again, after a winter in which the ice kept it in port.",
    "Its crew painted the hull in those weeks, and the engine was taken apart and put together for the first time.",
    "On the islands, the shop had run out of coffee, and the school closed for two days because the oil was late.",
    "Some islanders would like a second boat, although nobody has said so far where the money for it should come from.",
)
URL = "https://islands.example/news/ferry-sails-again"


def story(*among: str, head: str = "", headline: str = "Ferry sails twice a day again", language: str = "en") -> bytes:
    """A page whose story has the four LINES, with pieces of markup between the second and the third of them."""
    first, second, third, fourth = (f"<p>{line}</p>" for line in LINES)
    body = "".join([first, second, *among, third, fourth])
    return (
        f"<!doctype html><html lang={language}><head><meta charset=utf-8><title>{headline}</title>{head}</head><body>"
        f"<nav><a href=/>Home</a></nav><article><h1>{headline}</h1>{body}</article>"
        "<footer><p>© The Island Herald</p></footer></body></html>"
    ).encode()
