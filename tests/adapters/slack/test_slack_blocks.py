import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.slack_blocks import check_blocks, check_view, too_long

Block = dict[str, Any]


def plain(text: str = "Words") -> Block:
    return {"type": "plain_text", "text": text}


def marked(text: str = "Words") -> Block:
    return {"type": "mrkdwn", "text": text}


def button(action_id: str = "more", **more: object) -> Block:
    return {"type": "button", "text": plain("More"), "action_id": action_id, **more}


def option(number: int = 1, **more: object) -> Block:
    return {"text": plain("Show context"), "value": str(number), **more}


def menu(kind: str, count: int, **more: object) -> Block:
    return {"type": kind, "action_id": "menu", "options": [option(number) for number in range(count)], **more}


def section(**more: object) -> Block:
    return {"type": "section", "text": marked(), **more}


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def rich(*parts: Block, kind: str = "rich_text_section") -> Block:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(parts)}]}


def asks(element: Block, **more: object) -> Block:
    return {"type": "input", "label": plain("Speaker"), "element": element, **more}


def words(length: int) -> str:
    return "x" * length


def confirm(title: int, text: int, yes: int) -> Block:
    return {"title": plain(words(title)), "text": plain(words(text)), "confirm": plain(words(yes)), "deny": plain("No")}


AT_THE_LIMIT = {
    "header": {"type": "header", "text": plain(words(150))},
    "section text": section(text=marked(words(3000))),
    "section fields": {"type": "section", "fields": [marked(words(2000))] * 10},
    "block_id": {"type": "divider", "block_id": words(255)},
    "context": {"type": "context", "elements": [marked()] * 10},
    "actions": actions(*(button(f"more{number}") for number in range(25))),
    "button": actions(button(words(255), text=plain(words(75)), value=words(2000), url=f"https://example.org/{words(2980)}")),
    "overflow": section(accessory=menu("overflow", 5)),
    "option": section(accessory={"type": "overflow", "options": [option(text=plain(words(75)), value=words(150))]}),
    "select": section(accessory=menu("static_select", 100, placeholder=plain(words(150)))),
    "radio": asks(menu("radio_buttons", 10)),
    "checkboxes": asks(menu("checkboxes", 10)),
    "label": asks(menu("static_select", 1), label=plain(words(2000)), hint=plain(words(2000))),
    "input": asks({"type": "plain_text_input", "max_length": 3000, "initial_value": words(3000)}),
    "confirm": actions(button(confirm=confirm(100, 300, 30))),
    "image": {"type": "image", "image_url": "https://example.org/a.png", "alt_text": words(2000)},
    "rich text": rich(
        {"type": "text", "text": " ", "style": {"bold": True}}, {"type": "link", "url": "https://example.org", "text": "words"}
    ),
    "quote": rich({"type": "text", "text": words(5000)}, kind="rich_text_quote"),
    "emoji": rich({"type": "emoji", "name": "wave"}),
}

ONE_OVER = {
    "header": {"type": "header", "text": plain(words(151))},
    "header with marks": {"type": "header", "text": marked()},
    "empty header": {"type": "header", "text": plain("")},
    "section text": section(text=marked(words(3001))),
    "empty section": section(text=plain("")),
    "section without words": {"type": "section"},
    "eleven fields": {"type": "section", "fields": [marked()] * 11},
    "long field": {"type": "section", "fields": [marked(words(2001))]},
    "block_id": {"type": "divider", "block_id": words(256)},
    "context": {"type": "context", "elements": [marked()] * 11},
    "empty context": {"type": "context", "elements": []},
    "button in a context": {"type": "context", "elements": [button()]},
    "actions": actions(*(button(f"more{number}") for number in range(26))),
    "empty actions": actions(),
    "image in actions": actions({"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A"}),
    "button's words": actions(button(text=plain(words(76)))),
    "button's marks": actions(button(text=marked())),
    "button's value": actions(button(value=words(2001))),
    "button's url": actions(button(url=f"https://example.org/{words(2981)}")),
    "button's style": actions(button(style="bold")),
    "action_id": actions(button(words(256))),
    "the same action_id twice": actions(button(), button()),
    "empty overflow": section(accessory=menu("overflow", 0)),
    "overflow": section(accessory=menu("overflow", 6)),
    "option's words": section(accessory={"type": "overflow", "options": [option(text=plain(words(76)))]}),
    "option's value": section(accessory={"type": "overflow", "options": [option(value=words(151))]}),
    "the same option twice": section(accessory={"type": "overflow", "options": [option(), option()]}),
    "select": section(accessory=menu("static_select", 101)),
    "select without options": section(accessory={"type": "static_select", "action_id": "menu"}),
    "placeholder": section(accessory=menu("static_select", 1, placeholder=plain(words(151)))),
    "first choice": section(accessory=menu("static_select", 2, initial_option=option(7))),
    "overflow in an input": asks(menu("overflow", 2)),
    "radio": asks(menu("radio_buttons", 11)),
    "checkboxes": asks(menu("checkboxes", 11)),
    "label": asks(menu("static_select", 1), label=plain(words(2001))),
    "label's marks": asks(menu("static_select", 1), label=marked()),
    "max_length": asks({"type": "plain_text_input", "max_length": 3001}),
    "min above max": asks({"type": "plain_text_input", "min_length": 5, "max_length": 4}),
    "initial_value": asks({"type": "plain_text_input", "max_length": 5, "initial_value": words(6)}),
    "confirm's title": actions(button(confirm=confirm(101, 300, 30))),
    "confirm's text": actions(button(confirm=confirm(100, 301, 30))),
    "confirm's yes": actions(button(confirm=confirm(100, 300, 31))),
    "image without alt_text": {"type": "image", "image_url": "https://example.org/a.png"},
    "image without address": {"type": "image", "alt_text": "A"},
    "emoji in marked text": section(text={"type": "mrkdwn", "text": "Words", "emoji": True}),
    "unknown block": {"type": "heading", "text": plain()},
    "unknown key": {"type": "divider", "color": "red"},
    "empty rich text": rich({"type": "text", "text": ""}),
    "rich text of no kind": {"type": "rich_text", "elements": [{"type": "text", "text": "Words"}]},
    "style of no kind": rich({"type": "text", "text": "Words", "style": {"big": True}}),
    "link without address": rich({"type": "link", "text": "Words"}),
    "link to a script": rich({"type": "link", "url": "javascript:alert(1)"}),
    "link with a space": rich({"type": "link", "url": "https://example.org/a b"}),
    "long link": rich({"type": "link", "url": f"https://example.org/{words(2981)}"}),
    "list of texts": rich({"type": "text", "text": "Words"}, kind="rich_text_list"),
    "a text": "Words",
}

MODAL: Block = {
    "type": "modal",
    "title": plain(words(24)),
    "blocks": [section()],
    "close": plain(words(24)),
    "private_metadata": words(3000),
}


@pytest.mark.parametrize("block", AT_THE_LIMIT.values(), ids=AT_THE_LIMIT)
def test_slack_takes_a_block_at_the_limit(block: Block) -> None:
    assert check_blocks([block]) == []


@pytest.mark.parametrize("block", ONE_OVER.values(), ids=ONE_OVER)
def test_slack_refuses_a_block_over_the_limit(block: Block) -> None:
    assert check_blocks([{"type": "divider"}, block])


def test_a_reason_says_what_is_wrong_and_where() -> None:
    reasons = check_blocks([{"type": "divider"}, {"type": "header", "text": plain(words(151))}])
    assert reasons == ["[ERROR] must be less than 151 characters [json-pointer:/blocks/1/text/text]"]


def test_a_message_has_fifty_blocks_a_modal_and_a_home_a_hundred() -> None:
    divider = {"type": "divider"}
    assert check_blocks([divider] * 50) == []
    assert check_blocks([divider] * 51)
    assert check_blocks([divider] * 100, "modal") == check_blocks([divider] * 100, "home") == []
    assert check_blocks([divider] * 101, "modal")
    assert check_blocks([divider] * 101, "home")


def test_no_two_blocks_of_a_message_have_the_same_block_id_or_action_id() -> None:
    assert check_blocks([{"type": "divider", "block_id": "line"}] * 2)
    assert check_blocks([actions(button("more")), section(accessory=button("more"))])


def test_a_message_holds_twelve_thousand_characters_as_slack_escapes_them() -> None:
    assert not too_long([rich({"type": "text", "text": words(12_000)})])
    assert too_long([rich({"type": "text", "text": words(12_001)})])
    assert too_long([rich({"type": "text", "text": "&" * 2_401})])
    assert too_long([rich({"type": "link", "url": f"https://example.org/{words(2000)}", "text": words(10_000)})])


def test_each_block_takes_room_from_the_words_of_a_message() -> None:
    assert not too_long([section(text=marked(words(500)))] * 21)
    assert too_long([section(text=marked(words(500)))] * 22)


def test_slack_takes_a_modal_at_its_limits() -> None:
    assert check_view({**MODAL, "submit": plain(words(24)), "callback_id": words(255)}) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": plain(words(25))},
        {"title": None},
        {"title": marked()},
        {"submit": plain(words(25))},
        {"close": plain(words(25))},
        {"private_metadata": words(3001)},
        {"callback_id": words(256)},
        {"blocks": None},
        {"blocks": [asks(menu("static_select", 1))]},
        {"type": "window"},
        {"colour": "red"},
    ],
    ids=str,
)
def test_slack_refuses_a_modal_over_its_limits(wrong: Block) -> None:
    assert check_view({**MODAL, **wrong})


def test_an_app_home_has_no_title() -> None:
    assert check_view({"type": "home", "blocks": [section()]}) == []
    assert check_view({"type": "home", "blocks": [section()], "title": plain()})
    assert check_view("home")


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "text", "elements", "options", "url"]), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(st.sampled_from([*AT_THE_LIMIT.values()]), st.data())
def test_nothing_that_stands_where_a_part_should_breaks_the_check(block: Block, data: st.DataObject) -> None:
    broken = copy.deepcopy(block)
    key = data.draw(st.sampled_from(sorted(broken)))
    broken[key] = data.draw(JSONS)
    assert isinstance(check_blocks([broken]), list)
