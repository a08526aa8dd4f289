"""How one is let in by a server of the Google Reader API: its address found, a login, and what that gave, renewed once.

A password is only ever sent to the origin that a person typed, in the body of a request that follows no redirect.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from cache.sync.reader_answers import auth_in, token_in
from cache.sync.remote import CannotSync, switched_off
from cache.sync.servers import ENDINGS, MINIFLUX, OTHER, ServerTraits, traits_at
from fetch.errors import BadStatus, Blocked, FetchError, RateLimited, Unreachable
from fetch.http.address_guard import literal_zone
from fetch.http.redirects import LED_ON
from fetch.http.request import Request
from fetch.http.url_parts import origin_of, without_user
from fetch.links import host
from fetch.secret import Secret

if TYPE_CHECKING:
    from fetch.fetcher import Fetcher

TYPED_ENDINGS = ("/accounts/ClientLogin", "/reader/api/0", "/i", "/api")
"""What people leave at the end of an address, copied from a browser or from another reader."""

_TOLD_BY_ONE = ("password", "switched off")
"""What a server says that is certainly one: no further place is sent the password."""


@dataclass(frozen=True, slots=True)
class FoundServer:
    """A server that let us in: its address before /reader/api/0, and what it gave."""

    base: str
    auth: Secret
    traits: ServerTraits


def bases_of(typed: str) -> Iterator[str]:
    """The addresses that may be meant, the likeliest first; raises CannotSync for what is none."""
    address, user = without_user(typed.strip())
    if user:
        raise CannotSync("An address with a password in it would stand in lists; say --user NAME instead.", "address")
    if "://" not in address:
        is_here = literal_zone(address.partition("/")[0].rpartition(":")[0] or address.partition("/")[0]) == "loopback"
        address = f"{'http' if is_here else 'https'}://{address}"
    address = address.partition("?")[0].partition("#")[0].rstrip("/")
    if not origin_of(address):
        raise CannotSync(f"{typed} is neither a folder here nor the address of a server.", "address")
    for ending in TYPED_ENDINGS[:2]:
        address = address.removesuffix(ending)
    ends = [each for each in ENDINGS if address.endswith(each)]
    shortened = [address.removesuffix(each) for each in TYPED_ENDINGS[2:] if urlsplit(address).path.endswith(each)]
    roots = [address] if ends else [*shortened, address]
    tried = [address] if ends else [root + ending for root in roots for ending in ENDINGS[:1]]
    tried += [address, *(root + ending for root in roots for ending in ENDINGS if not ends)]
    yield from dict.fromkeys(tried)


async def find_server(fetcher: Fetcher, typed: str, user: str, password: Secret) -> FoundServer:
    """The server at an address as it was typed, once it has let us in; raises CannotSync that says why it did not."""
    failures = list[FetchError | CannotSync]()
    for base in bases_of(typed):
        try:
            auth = await logged_in(fetcher, base, user, password)
        except Unreachable as error:
            if error.reason != LED_ON:
                raise
            failures.append(error)
        except CannotSync as error:
            if error.reason in _TOLD_BY_ONE and base.endswith(ENDINGS):
                error.is_final = True
                raise
            failures.append(error)
        except FetchError as error:
            failures.append(error)
        else:
            return FoundServer(base, auth, await _traits(fetcher, base, auth))
    raise _best_told(failures, typed)


def _best_told(failures: list[FetchError | CannotSync], typed: str) -> CannotSync | FetchError:
    """Of what went wrong at each address, what helps most."""
    told = [each for each in failures if isinstance(each, CannotSync)]
    for reason in ("switched off", "password", "login"):
        if found := next((each for each in told if each.reason == reason), None):
            return found
    if failures and all(isinstance(each, BadStatus) and each.status >= 500 for each in failures):
        return failures[0]
    return CannotSync(
        f"No server that speaks the Google Reader API was found at {typed}, nor where FreshRSS, Miniflux and CommaFeed"
        " have theirs below it.",
        "not this protocol",
    )


async def logged_in(fetcher: Fetcher, base: str, user: str, password: Secret) -> Secret:
    """What a server lets us in by; raises CannotSync, and FetchError for what is no answer of such a server."""
    form = Secret(urlencode({"Email": user, "Passwd": password.reveal()}))
    request = Request(f"{base}/accounts/ClientLogin", reach="anywhere", form=form, api=True)
    try:
        response = await fetcher.get(request)
    except RateLimited:
        raise
    except Blocked as error:
        if error.reason == "login":
            raise _wrong_password(base, user) from error
        raise
    except BadStatus as error:
        if error.status in (400, 403):
            raise _wrong_password(base, user) from error
        if error.status == 503:
            raise switched_off(base) from error
        raise
    if auth := auth_in(response.body):
        return Secret(auth)
    if b"Error=BadAuthentication" in response.body[:2000]:
        raise _wrong_password(base, user)
    raise CannotSync(f"{base} is no server of the Google Reader API.", "not this protocol")


def _wrong_password(base: str, user: str) -> CannotSync:
    traits = traits_at(base, host(base)) or OTHER
    hint = traits.password if traits is not OTHER else f"with Miniflux {MINIFLUX.password}"
    return CannotSync(f"{base} does not know {user} by this password; it wants {hint}.", "password")


async def _traits(fetcher: Fetcher, base: str, auth: Secret) -> ServerTraits:
    """Which server it is: by its address, else by its token, which of Miniflux's is what it lets us in by."""
    known = traits_at(base, host(base))
    if known:
        return known
    try:
        is_miniflux = await asked_token(fetcher, base, auth) == auth.reveal()
    except FetchError:
        return OTHER
    return MINIFLUX if is_miniflux else OTHER


async def asked_token(fetcher: Fetcher, base: str, auth: Secret) -> str:
    """The token that changes are sent with, "" where none is given."""
    request = Request(f"{base}/reader/api/0/token?output=json", reach="anywhere", headers=header_of(auth), api=True)
    response = await fetcher.get(request)
    return token_in(response.body) if origin_of(response.url) == origin_of(base) else ""


def header_of(auth: Secret) -> tuple[tuple[str, Secret], ...]:
    """What each request to the server carries."""
    return (("Authorization", Secret(f"GoogleLogin auth={auth.reveal()}")),)


class ReaderSession:
    """What lets us into an account: the token of changes is asked for anew where one is refused, then a login made.

    `log_in` gives what a new login does, by the password that is kept; it raises CannotSync where that is not taken.
    """

    def __init__(self, base: str, auth: Secret, log_in: Callable[[], Awaitable[Secret]]) -> None:
        self._base = base
        self._auth = auth
        self._log_in = log_in
        self._token: str | None = None
        self._has_logged_in = self._has_asked_again = False

    @property
    def headers(self) -> tuple[tuple[str, Secret], ...]:
        """What each request carries."""
        return header_of(self._auth)

    async def token_for(self, fetcher: Fetcher) -> str:
        """The token of changes."""
        if self._token is None:
            self._token = await asked_token(fetcher, self._base, self._auth)
        return self._token

    async def renew(self, *, of_change: bool) -> bool:
        """Makes ready for one more try after a 401; whether there is one: a token, then a login, each once a sync."""
        if of_change and not self._has_asked_again and self._token is not None:
            self._has_asked_again, self._token = True, None
            return True
        if self._has_logged_in:
            return False
        self._has_logged_in, self._token = True, None
        self._auth = await self._log_in()
        return True
