import pytest

from adapters.web.health import LONGEST_SILENCE, LONGEST_STANDSTILL, MOST_FAILING, health


def test_what_ticks_and_reads_its_store_is_well() -> None:
    found = health(tick_age=3.21, silence=3.21, standstill=0, failing=0, store_is_read=True)
    assert found.as_json() == {"status": "ok", "last_tick_seconds": 3.2}


def test_before_the_first_tick_it_is_well_for_a_while() -> None:
    assert health(tick_age=None, silence=LONGEST_SILENCE, standstill=0, failing=0, store_is_read=True).as_json() == {
        "status": "ok",
        "last_tick_seconds": None,
    }


@pytest.mark.parametrize(
    ("silence", "standstill", "store_is_read", "reason"),
    [
        (LONGEST_SILENCE + 1, 0, True, "What is due has not been looked for since 61 seconds."),
        (1, LONGEST_STANDSTILL + 1, True, "What is being posted has not got on since 601 seconds."),
        (1, 0, False, "The database cannot be read; the log says why."),
        (
            LONGEST_SILENCE + 1,
            0,
            False,
            "What is due has not been looked for since 61 seconds. The database cannot be read; the log says why.",
        ),
    ],
)
def test_what_is_wrong_is_said(silence: float, standstill: float, store_is_read: bool, reason: str) -> None:
    found = health(tick_age=silence, silence=silence, standstill=standstill, failing=0, store_is_read=store_is_read)
    assert found.as_json() == {"status": "failing", "reason": reason, "last_tick_seconds": silence}


def test_at_the_limits_it_is_still_well() -> None:
    assert not health(tick_age=1, silence=LONGEST_SILENCE, standstill=LONGEST_STANDSTILL, failing=MOST_FAILING, store_is_read=True).troubles


def test_a_process_that_fails_to_find_what_is_due_again_and_again_is_not_well() -> None:
    found = health(tick_age=1, silence=1, standstill=0, failing=MOST_FAILING + 1, store_is_read=True)
    assert found.troubles == ("Looking for what is due has failed 7 times in a row; the log says why.",)
