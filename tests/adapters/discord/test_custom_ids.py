import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.cutting import size
from adapters.discord import custom_ids
from adapters.discord.custom_ids import DeliveryAction, DigestAction, PageAction, QuoteAction, Shown, WishAction
from adapters.filled_in import DigestWished
from adapters.pages import Page, page_found
from tests.adapters.hostile import WORDS

NUMBERS = st.integers(1, 2**63 - 1)
PAGES = st.builds(Page, NUMBERS, st.none() | NUMBERS)


def _parts(pattern: re.Pattern[str], custom_id: str) -> dict[str, str | None]:
    found = pattern.fullmatch(custom_id)
    assert found
    assert len(custom_id) <= 100
    return found.groupdict()


@given(st.sampled_from(PageAction), PAGES)
def test_a_button_of_an_answer_knows_its_page(action: PageAction, page: Page) -> None:
    parts = _parts(custom_ids.PAGE_BUTTON, custom_ids.page_button(action, page))
    assert (parts["action"], page_found(parts)) == (action, page)


@given(st.sampled_from(QuoteAction), NUMBERS, st.none() | PAGES)
def test_what_is_about_a_quote_knows_the_quote_and_its_page(action: QuoteAction, number: int, page: Page | None) -> None:
    parts = _parts(custom_ids.QUOTE_BUTTON, custom_ids.quote_button(action, number, page))
    assert (parts["action"], parts["quote"], page_found(parts)) == (action, str(number), page)
    parts = _parts(custom_ids.QUOTE_MENU, custom_ids.quote_menu(action, page))
    assert (parts["action"], page_found(parts)) == (action, page)
    parts = _parts(custom_ids.SPEAKER_MODAL, custom_ids.speaker_modal(number, page))
    assert (parts["quote"], page_found(parts)) == (str(number), page)


@given(st.sampled_from(DigestAction), NUMBERS, st.none() | st.integers(0, 99))
def test_what_is_about_a_digest_knows_its_number(action: DigestAction, number: int, place: int | None) -> None:
    parts = _parts(custom_ids.DIGEST_BUTTON, custom_ids.digest_button(action, number, place))
    assert (parts["action"], parts["digest"]) == (action, str(number))
    assert _parts(custom_ids.DIGEST_MODAL, custom_ids.digest_modal(number)) == {"digest": str(number)}
    assert _parts(custom_ids.DIGEST_MODAL, custom_ids.digest_modal()) == {"digest": None}


@given(WORDS, st.integers(0, 99))
def test_a_request_is_asked_as_it_was_suggested_or_has_no_button(request: str, number: int) -> None:
    custom_id = custom_ids.ask_button(request, number)
    if custom_id is None:
        assert not request or len(request.encode("utf-16-le", "surrogatepass")) // 2 > 100 - len(f"ask:{number}:")
    else:
        assert _parts(custom_ids.ASK_BUTTON, custom_id) == {"request": request}


def test_a_request_at_the_limit_has_a_button_and_one_over_has_none() -> None:
    assert custom_ids.ask_button("a" * 94, 1) == f"ask:1:{'a' * 94}"
    assert custom_ids.ask_button("a" * 95, 1) is None
    assert custom_ids.ask_button("\U0001f600" * 48, 1) is None


@given(WORDS.filter(bool))
def test_a_button_that_shares_knows_what_to_ask_or_there_is_none(request: str) -> None:
    custom_id = custom_ids.share_asked_button(request)
    assert (custom_id is None) is (size(request) > 88)
    assert custom_id is None or _parts(custom_ids.SHARE_ASKED_BUTTON, custom_id) == {"request": request}


@given(
    st.sampled_from(WishAction),
    st.sampled_from(["", "3"]),
    st.builds(DigestWished, WORDS, WORDS, st.sampled_from(["", "9" * 19]), WORDS, WORDS),
)
def test_a_button_for_what_was_typed_knows_it_or_there_is_none(action: WishAction, digest: str, wished: DigestWished) -> None:
    custom_id = custom_ids.wish_button(action, wished, digest)
    first = f"{wished.schedule}|{wished.zone}|{wished.wishes}"
    fits = size(f"wish:{action}:{digest}:{wished.channel}:{first}|{wished.about}") <= 100 and first.count("|") == 2
    assert (custom_id is not None) is fits
    if custom_id:
        parts = _parts(custom_ids.WISH_BUTTON, custom_id)
        assert (parts["action"], parts["digest"], custom_ids.wish_found(parts)) == (action, digest, wished)


@given(st.sampled_from(DeliveryAction), NUMBERS)
def test_what_is_about_a_post_knows_its_delivery(action: DeliveryAction, number: int) -> None:
    parts = _parts(custom_ids.DELIVERY_BUTTON, custom_ids.delivery_button(action, number))
    assert (parts["action"], parts["delivery"]) == (action, str(number))


@given(NUMBERS, st.none() | st.builds(Shown, NUMBERS, PAGES))
def test_a_correction_is_undone_by_its_number_at_the_message_that_shows_it(number: int, at: Shown | None) -> None:
    parts = _parts(custom_ids.UNDO_BUTTON, custom_ids.undo_button(number, at))
    assert (parts["correction"], custom_ids.shown_found(parts)) == (str(number), at)


@pytest.mark.parametrize(
    "custom_id",
    ["", "more:", "more:1", "more:x:", "context:", "quotes:1", "undo:", "digest:burn:1", "ask:", "ask:1:", "more:1:2:3", "more:1:2\n"],
)
def test_an_id_that_is_not_ours_is_of_no_kind(custom_id: str) -> None:
    patterns = [value for value in vars(custom_ids).values() if isinstance(value, re.Pattern)]
    assert not any(pattern.fullmatch(custom_id) for pattern in patterns)


@pytest.mark.parametrize(
    "make",
    [
        lambda: custom_ids.page_button(PageAction.MORE, Page(1)),
        lambda: custom_ids.quote_button(QuoteAction.CONTEXT, 1),
        lambda: custom_ids.quote_menu(QuoteAction.CONTEXT),
        lambda: custom_ids.ask_button("1:2", 1),
        lambda: custom_ids.undo_button(1),
        lambda: custom_ids.digest_button(DigestAction.PAUSE, 1),
        lambda: custom_ids.share_asked_button("5:4"),
        lambda: custom_ids.wish_button(WishAction.SAVE, DigestWished("ferries", "daily", zone="UTC")),
        lambda: custom_ids.delivery_button(DeliveryAction.MUTE, 1),
        lambda: custom_ids.speaker_modal(1),
        custom_ids.digest_modal,
    ],
)
def test_an_id_is_of_one_kind_only(make: Callable[[], str | None]) -> None:
    patterns = [value for value in vars(custom_ids).values() if isinstance(value, re.Pattern)]
    assert sum(pattern.fullmatch(make() or "") is not None for pattern in patterns) == 1
