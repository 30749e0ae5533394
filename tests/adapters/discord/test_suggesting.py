"""What is suggested while somebody types into an option: names of the store, as they are, and nothing that is not there in time."""

import asyncio
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.cutting import size
from adapters.discord.listeners import suggesting
from adapters.discord.listeners.suggesting import LONGEST_CHOICE, MOST_CHOICES, choices
from bot.suggesting import Suggesting
from tests.adapters.discord.scenes import FERRY, Scene, many_quotes
from tests.adapters.discord.using import ACKNOWLEDGE, told, used
from tests.adapters.hostile import NASTY
from tests.fakes.discord_records import ADA, BEN, NEWS, OWNER
from tests.newsrooms import ED


async def suggested(scene: Scene, name: str, option: str, typed: str, *, user: int = ADA, channel: int | None = NEWS) -> list[str]:
    """What Discord offers somebody who types."""
    interaction = scene.people.suggest(name, option, typed, user=user, channel=channel)
    await scene.settled()
    assert interaction.acknowledged is not None
    return [choice["value"] for choice in interaction.choices]


@pytest.mark.parametrize(
    ("name", "option", "typed", "offered"),
    [
        ("quotes", "speaker", "co", ["Tom Cook"]),
        ("quotes", "speaker", "TOM C", ["Tom Cook"]),
        ("quotes", "about", "tim", ["timetable"]),
        ("quotes", "outlet", "mil", ["The Mill"]),
        ("speaker", "name", "co", ["Tom Cook"]),
        ("who", "about", "fer", ["ferry"]),
        ("who", "outlet", "the o", ["The Oar"]),
        ("digest", "about", "fer", ["ferry"]),
        ("watch", "about", "fer", ["ferry"]),
        ("watch", "zone", "london", ["Europe/London"]),
        ("help", "keyword", " Und", ["undo"]),
        ("help", "keyword", "/wat", ["watch"]),
        ("help", "keyword", "find", ["find these words"]),
        ("quotes", "speaker", "zzz", []),
        ("quotes", "speaker", "x" * 3000, []),
        ("quotes", "about", "\" OR '*' --", []),
        ("watch", "zone", "../../etc", []),
    ],
)
async def test_names_that_fit_what_is_typed_are_suggested(scene: Scene, name: str, option: str, typed: str, offered: list[str]) -> None:
    assert await suggested(scene, name, option, typed) == offered


@pytest.mark.parametrize(
    ("name", "option"), [("quotes", "speaker"), ("quotes", "outlet"), ("who", "about"), ("watch", "zone"), ("help", "keyword")]
)
async def test_before_anything_is_typed_there_are_suggestions(scene: Scene, name: str, option: str) -> None:
    offered = await suggested(scene, name, option, "")
    assert 1 <= len(offered) <= MOST_CHOICES


async def test_in_direct_messages_the_same_is_suggested(scene: Scene) -> None:
    assert await suggested(scene, "quotes", "speaker", "tom", channel=None) == ["Tom Cook"]


async def test_of_many_names_no_more_are_suggested_than_discord_takes(scene: Scene) -> None:
    await many_quotes(scene.room, 30)
    assert len(await suggested(scene, "quotes", "speaker", "speaker")) == MOST_CHOICES


async def test_what_was_suggested_asks_about_just_that(scene: Scene) -> None:
    (name,) = await suggested(scene, "quotes", "speaker", "bell")
    answered = told(await used(scene, "quotes", speaker=name))
    assert "Quotes by Ann Bell." in answered
    assert FERRY in answered


async def test_a_name_that_looks_like_markup_or_a_ping_is_suggested_as_it_is(scene: Scene) -> None:
    name = "Ann @everyone <@201> *Bold*"
    await scene.room.newsroom.fix(1, name, author=ED)
    assert await suggested(scene, "quotes", "speaker", "everyone") == [name]
    assert FERRY in told(await used(scene, "quotes", speaker=name))


async def test_nothing_is_suggested_while_the_store_takes_too_long_and_what_is_typed_can_be_asked(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(_: Suggesting, __: str) -> tuple[str, ...]:
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr(suggesting, "_SECONDS", 0.01)
    monkeypatch.setattr(Suggesting, "speakers", never)
    assert await suggested(scene, "quotes", "speaker", "tom") == []
    assert "Quotes by Tom Cook." in told(await used(scene, "quotes", speaker="Tom Cook"))


async def test_while_others_are_looked_up_only_the_newest_of_what_a_person_types_is_looked_up(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up, may_go_on, speakers = list[str](), asyncio.Event(), Suggesting.speakers

    async def slowly(suggesting: Suggesting, typed: str) -> tuple[str, ...]:
        looked_up.append(typed)
        await may_go_on.wait()
        return await speakers(suggesting, typed)

    monkeypatch.setattr(Suggesting, "speakers", slowly)
    for user, typed in ((BEN, "b"), (OWNER, "c")):
        scene.people.suggest("quotes", "speaker", typed, user=user)
    keys = [scene.people.suggest("quotes", "speaker", "tom c"[:length]) for length in range(1, 6)]
    await scene.discord.gateway.heard()
    may_go_on.set()
    await scene.settled()
    assert looked_up == ["b", "c", "tom c"]
    assert [[choice["value"] for choice in key.choices] for key in keys] == [[], [], [], [], ["Tom Cook"]]
    assert all(key.acknowledged is not None for key in keys)


async def test_nothing_is_suggested_where_the_store_fails(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(_: Suggesting, __: str) -> tuple[str, ...]:
        raise OSError("the disk is gone")

    monkeypatch.setattr(Suggesting, "outlets", broken)
    assert await suggested(scene, "who", "outlet", "mill") == []


async def test_suggestions_that_come_too_late_are_a_line_in_the_log(rough_scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    rough_scene.discord.fail(ACKNOWLEDGE, 404, 10062, "Unknown interaction")
    late = rough_scene.people.suggest("quotes", "speaker", "co")
    await rough_scene.settled()
    assert late.choices == []
    (record,) = [record for record in caplog.records if "autocomplete" in record.getMessage()]
    assert (record.levelname, record.exc_info) == ("WARNING", None)
    assert record.getMessage().endswith("NotFound 404 10062")


@settings(max_examples=50)
@given(
    st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=120), st.text("a👨\u200d👩\u0301", min_size=90, max_size=110)), max_size=40)
)
def test_every_choice_is_a_whole_name_that_discord_takes(names: list[str]) -> None:
    offered = choices(names)
    assert len(offered) <= MOST_CHOICES
    assert [choice.value for choice in offered] == [name for name in dict.fromkeys(names) if name in {each.value for each in offered}]
    assert all(1 <= size(choice.name) <= LONGEST_CHOICE and 1 <= size(str(choice.value)) <= LONGEST_CHOICE for choice in offered)
    assert all(choice.name == choice.name.strip() for choice in offered)


@pytest.mark.parametrize(("length", "offered"), [(LONGEST_CHOICE, True), (LONGEST_CHOICE + 1, False)])
def test_a_name_at_the_limit_is_suggested_and_one_that_is_longer_is_not(length: int, offered: bool) -> None:
    assert bool(choices(["é" * length])) is offered


@pytest.mark.parametrize(
    ("typed", "zone", "name"),
    [
        ("weekdays  at 7:30", "", "weekdays at 07:30, Europe/London: Mon 9 Nov 07:30, Tue 10 Nov 07:30, Wed 11 Nov 07:30"),
        ("daily at 8 Tokyo", "", "daily at 08:00, Asia/Tokyo: Sat 7 Nov 08:00, Sun 8 Nov 08:00, Mon 9 Nov 08:00"),
        ("daily at 8", "Tokyo", "daily at 08:00, Asia/Tokyo: Sat 7 Nov 08:00, Sun 8 Nov 08:00, Mon 9 Nov 08:00"),
    ],
)
async def test_a_schedule_is_suggested_as_it_was_typed_with_when_it_is_due_next(scene: Scene, typed: str, zone: str, name: str) -> None:
    entered: dict[str, Any] = {"zone": zone} if zone else {}
    interaction = scene.people.suggest("watch", "schedule", typed, **entered)
    await scene.settled()
    assert interaction.choices == [{"name": name, "value": " ".join(typed.split())}]


@pytest.mark.parametrize(
    ("typed", "first"), [("", "daily at 8"), ("week", "weekdays at 07:30"), ("some day", "daily at 8"), ("x" * 3000, "daily at 8")]
)
async def test_what_is_no_schedule_yet_gets_schedules_to_choose_from(scene: Scene, typed: str, first: str) -> None:
    assert (await suggested(scene, "watch", "schedule", typed))[0] == first


@pytest.mark.parametrize(
    ("typed", "entered", "why"),
    [
        ("daily at 8", {"zone": "Nowhere/Atall"}, "“Nowhere/Atall” is no time zone."),
        ("", {"zone": "Nowhere/Atall"}, "“Nowhere/Atall” is no time zone."),
        ("daily at 8 Paris", {"zone": "Tokyo"}, "The schedule names the time zone Europe/Paris, and the zone is Asia/Tokyo."),
        ("daily at 8", {"quiet": "7-9"}, "quiet hours"),
    ],
)
async def test_what_keeps_a_schedule_from_being_suggested_is_said_in_its_place(
    scene: Scene, typed: str, entered: dict[str, Any], why: str
) -> None:
    interaction = scene.people.suggest("watch", "schedule", typed, **entered)
    await scene.settled()
    (choice,) = interaction.choices
    assert why in choice["name"]
    assert choice["value"] == (typed or "daily at 8")


async def test_a_schedule_is_suggested_without_the_moments_in_quiet_hours(scene: Scene) -> None:
    interaction = scene.people.suggest("watch", "schedule", "daily at 6 and 12", quiet="22-7")
    await scene.settled()
    (choice,) = interaction.choices
    assert choice["name"] == "daily at 06:00 and 12:00, Europe/London: Sat 7 Nov 12:00, Sun 8 Nov 12:00, Mon 9 Nov 12:00"
