import asyncio
import socket
import threading

import pytest

from bot.feeds.pacing import MOST_AT_ONCE
from bot.reading.resolving import ForbiddenHost, PublicResolver, SystemResolver

FOUND = [
    (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 443)),
    (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("2606:4700:4700::1111", 443, 0, 0)),
]


async def test_all_addresses_of_a_name_are_given_in_the_system_s_order() -> None:
    asked: list[tuple[object, ...]] = []
    resolver = SystemResolver(look_up=lambda *asking: asked.append(asking) or FOUND)  # type: ignore[func-returns-value]

    found = await resolver.resolve("lantern.example.org", 443)
    await resolver.close()

    assert [(result["host"], result["port"], result["family"]) for result in found] == [
        ("8.8.8.8", 443, socket.AF_INET),
        ("2606:4700:4700::1111", 443, socket.AF_INET6),
    ]
    assert asked[0][:3] == ("lantern.example.org", 443, socket.AF_UNSPEC)


@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254", "100.64.0.1", "::1", "::ffff:127.0.0.1", "fe80::1%eth0"])
async def test_24_a_name_that_the_system_finds_in_a_private_network_is_not_let_through(address: str) -> None:
    kind = socket.AF_INET6 if ":" in address else socket.AF_INET
    system = SystemResolver(look_up=lambda *_: [*FOUND, (kind, socket.SOCK_STREAM, 6, "", (address, 443, 0, 2))])
    resolver = PublicResolver(system, {"intranet.example.org"})

    with pytest.raises(ForbiddenHost):
        await resolver.resolve("evil.example.org", 443)
    assert len(await resolver.resolve("intranet.example.org", 443)) == 3
    await resolver.close()


async def test_21_as_many_deaf_name_servers_as_hosts_are_asked_at_once_hold_up_no_other_name() -> None:
    heard = threading.Event()
    resolver = SystemResolver(look_up=lambda host, *_: FOUND if host == "lantern.example.org" else heard.wait(10) and FOUND)  # type: ignore[arg-type]
    asking = [asyncio.create_task(resolver.resolve(f"host{number}.example.org")) for number in range(MOST_AT_ONCE)]
    await asyncio.sleep(0)

    try:
        async with asyncio.timeout(5):
            assert len(await resolver.resolve("lantern.example.org")) == 2
    finally:
        heard.set()
        await asyncio.gather(*asking)
        await resolver.close()


async def test_21_a_deaf_name_server_holds_up_no_other_work_and_nobody_who_gives_up() -> None:
    heard = threading.Event()
    resolver = SystemResolver(threads=1, look_up=lambda *_: heard.wait(10) and FOUND)  # type: ignore[arg-type]
    asking = [asyncio.create_task(resolver.resolve(f"host{number}.example.org")) for number in range(100)]

    try:
        assert await asyncio.to_thread(lambda: "done") == "done"
        for task in asking:
            task.cancel()
        assert all(isinstance(end, asyncio.CancelledError) for end in await asyncio.gather(*asking, return_exceptions=True))
        await resolver.close()
    finally:
        heard.set()
