"""The reader's own time zone, by its rules: a fixed offset would be an hour off on the other side of a clock change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo


class LocalZone(tzinfo):
    """The time zone of this machine, each moment with the offset that holds at it."""

    def utcoffset(self, when: datetime | None) -> timedelta:
        """The offset at a wall-clock time; none where the system knows no such year."""
        return (when and _local(when.replace(tzinfo=None)).utcoffset()) or timedelta(0)

    def dst(self, when: datetime | None) -> None:
        """Unknown: the system tells only the whole offset."""

    def tzname(self, when: datetime | None) -> str | None:
        """What people call the zone at that time."""
        return _local(when.replace(tzinfo=None)).tzname() if when else None

    def fromutc(self, when: datetime) -> datetime:
        """The wall-clock time at a moment; the second time round of an hour that comes twice has `fold`."""
        local = _local(when.replace(tzinfo=UTC))
        wall = local.replace(tzinfo=self)
        return wall if wall.utcoffset() == local.utcoffset() else wall.replace(fold=1)


LOCAL = LocalZone()


def now() -> datetime:
    """This moment, in the reader's own zone."""
    return datetime.now(LOCAL)


def _local(when: datetime) -> datetime:
    try:
        return when.astimezone()
    except (OverflowError, ValueError, OSError):
        return when.replace(tzinfo=UTC)
