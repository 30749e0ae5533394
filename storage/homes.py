"""What is set for a server, or for a person in direct messages."""

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from storage.schema import Home

_SET = text(
    "INSERT INTO homes (platform, workspace, person, time_zone) VALUES (:platform, :workspace, :person, :time_zone)"
    " ON CONFLICT (platform, workspace, person) DO UPDATE SET time_zone = excluded.time_zone"
)


async def time_zone(session: AsyncSession, platform: str, workspace: str, person: str = "") -> str | None:
    """The time zone (an IANA name) that was set there; None where none was."""
    here = Home.platform == platform, Home.workspace == workspace, Home.person == person
    return await session.scalar(select(Home.time_zone).where(*here))


async def set_time_zone(session: AsyncSession, platform: str, workspace: str, person: str = "", *, time_zone: str) -> None:
    """Set the time zone (an IANA name), instead of the one that was set there before."""
    await session.execute(_SET, {"platform": platform, "workspace": workspace, "person": person, "time_zone": time_zone})
