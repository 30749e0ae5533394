"""Who said what where newspapers make it hard: several people in a sentence, asides, datelines, actions between quotes.

Each case is a text with all that is said in it, as (speaker, words); words of one quote are joined by " … ".
"""

import pytest

from tests.bot.quoting.reading import BY_RULES, said

pytestmark = pytest.mark.usefixtures("engine")

TWO_IN_A_SENTENCE = {
    "Jo Marr said members were “furious”, while Tim Poe insisted there was “no more money”.": [
        ("Jo Marr", "members were “furious”"),
        ("Tim Poe", "there was “no more money”"),
    ],
    "Jo Marr said members were “furious”, but Tim Poe called them “greedy”.": [
        ("Jo Marr", "members were “furious”"),
        ("Tim Poe", "them “greedy”"),
    ],
    'While Jo Marr said the plan was "mad", Tim Poe praised it.': [("Jo Marr", 'the plan was "mad"')],
    "Jo Marr said members were furious, while Tim Poe said there was “no more money”.": [
        ("Jo Marr", "members were furious"),
        ("Tim Poe", "there was “no more money”"),
    ],
    'Tim Poe, who said he was "broke" in 2019, has bought a yacht.': [("Tim Poe", 'he was "broke" in 2019')],
    'One resident, who asked not to be named, said it was "a stink".': [("One resident", 'it was "a stink"')],
    'Asked "do you regret it", Ann Lake said: "No."': [("Ann Lake", "No.")],
}
TWO_IN_A_SENTENCE |= {
    'Jim Barr, whom Ann Lake called "a coward", said he was "busy".': [("Ann Lake", "a coward"), ("Jim Barr", 'he was "busy"')],
    "Said Ann Lake: “It’s late.”": [("Ann Lake", "It’s late.")],
}
TWO_IN_A_PARAGRAPH = {
    'Jim Barr met Ann Lake. Barr said, "I\'m here." Mrs. Lake said, "So am I."': [("Jim Barr", "I'm here."), ("Ann Lake", "So am I.")],
    "Sen. Jim Barr said, “I voted no.” Sen. Ann Lake said, “I voted yes.”": [("Jim Barr", "I voted no."), ("Ann Lake", "I voted yes.")],
    'Jim Barr looked at Ann Lake. "You lied," he said. Lake shook her head. "I never lied to you, Jim."': [
        ("Jim Barr", "You lied"),
        ("Ann Lake", "I never lied to you, Jim."),
    ],
    'Jo Marr met Tim Poe. Marr called it "a mess". Poe hit back. "She made the mess herself."': [
        ("Jo Marr", 'it "a mess"'),
        ("Tim Poe", "She made the mess herself."),
    ],
    'Jo Marr said he was "a liar". Tim Poe hit back: "She is a liar."': [("Jo Marr", 'he was "a liar"'), ("Tim Poe", "She is a liar.")],
    'Ann Lake said: "It is late." Jim Barr shrugged. "I don\'t mind at all," he said.': [
        ("Ann Lake", "It is late."),
        ("Jim Barr", "I don't mind at all"),
    ],
}
BEHIND_A_QUESTION = {
    'Ann Lake said it was late. "Who are these people?" Tim Poe, a local shopkeeper, asked. "Where do they come from?"': [
        ("Ann Lake", "it was late"),
        ("Tim Poe", "Who are these people? … Where do they come from?"),
    ],
    "“Never!” Ann Lake told the board.": [("Ann Lake", "Never!")],
    '"Will you resign?" Mr Barr asked Ms Lake.': [("Mr Barr", "Will you resign?")],
    '"Never!" Jim Barr shouted back.': [("Jim Barr", "Never!")],
    '"Is he living on the moon?" Maeve O\'Shea asked the Dáil. "Because he should be."': [
        ("Maeve O'Shea", "Is he living on the moon? … Because he should be.")
    ],
}
UNNAMED_AND_NAMED = {
    'A neighbour said: "We heard a bang at three." Jim Barr, 41, was arrested on Monday. "I did nothing," Barr said.': [
        ("a neighbour", "We heard a bang at three."),
        ("Jim Barr", "I did nothing"),
    ],
    'A judge asked Jim Barr: "Do you understand the charge?" Barr said: "I do, sir."': [
        ("a judge", "Do you understand the charge?"),
        ("Jim Barr", "I do, sir."),
    ],
    'A reporter asked Ann Lake: "Do you regret it?" "No," she said.': [("a reporter", "Do you regret it?"), ("Ann Lake", "No")],
}
NAMES = {
    'NEW DELHI: Finance Minister Anand Kulkarni ruled it out, saying the levy was "for the people".': [
        ("Anand Kulkarni", 'the levy was "for the people"')
    ],
    'LINCOLN, Neb. (AP) — Ann Lake won the vote, calling it "a miracle".': [("Ann Lake", 'it "a miracle"')],
    'Assistant U.S. Attorney Ellen Cho said: "We respectfully disagree."': [("Ellen Cho", "We respectfully disagree.")],
    "The Duke of Wexcombe said that the house was cold and damp.": [("Duke of Wexcombe", "the house was cold and damp")],
    'Its president, K.V. Subramaniam, told this newspaper that bookings had fallen. "Who will come?" he asked.': [
        ("K.V. Subramaniam", "bookings had fallen"),
        ("K.V. Subramaniam", "Who will come?"),
    ],
    "The shadow minister for libraries, Joan Applegarth, said it was late again.": [("Joan Applegarth", "it was late again")],
    'Ursula von der Lake said: "It is late." Ms von der Lake said: "Very late."': [
        ("Ursula von der Lake", "It is late."),
        ("Ursula von der Lake", "Very late."),
    ],
    "Seán Ó Dálaigh spoke. “It is late,” Mr Ó Dálaigh said.": [("Seán Ó Dálaigh", "It is late")],
    'Det Insp Jo Marr said: "Yes." Amy Pike KC said: "Maybe."': [("Jo Marr", "Yes."), ("Amy Pike", "Maybe.")],
    'Finance Minister Anand Kulkarni said: "No." "Never," the finance minister said.': [
        ("Anand Kulkarni", "No."),
        ("Anand Kulkarni", "Never"),
    ],
    'Cllr Graham Pettifer spoke. His wife, Dr Louise Pettifer, disagreed. "He is wrong," she said. Cllr Pettifer said: "I am right."': [
        ("Louise Pettifer", "He is wrong"),
        ("Graham Pettifer", "I am right."),
    ],
    'From the desk of Canon Ruth Amery: "We prayed for both families."': [("Canon Ruth Amery", "We prayed for both families.")],
}
ROLES = {
    'The president, Jim Barr, met the prime minister, Ann Lake, in Leeds. "We get on," Barr said. "We do," the prime minister said.': [
        ("Jim Barr", "We get on"),
        ("Ann Lake", "We do"),
    ],
    'The Nationals\' Bridget Shaw said farmers were "sold out". Her Labor counterpart, Tom Xu, disagreed: "They are better off."': [
        ("Bridget Shaw", 'farmers were "sold out"'),
        ("Tom Xu", "They are better off."),
    ],
    "CHENNAI: The state will not bow to pressure, Chief Minister R. Selvam said. “We will fight,” he told reporters here.": [
        ("R. Selvam", "The state will not bow to pressure"),
        ("R. Selvam", "We will fight"),
    ],
    "Justice Anand, writing for the majority, said the law “cannot stand”.": [("Anand", "the law “cannot stand”")],
}
IN_THE_PASSIVE = {
    'Ministers were warned by Dr Amy Holt that the plan was "reckless".': [("Amy Holt", 'the plan was "reckless"')],
}
WRITTEN = {
    'The email, seen by the Mercury, said: "Delete this."': [("the email", "Delete this.")],
    'Stubbs said on his podcast "The Back Four" that the club were "a shambles".': [("Stubbs", 'the club were "a shambles"')],
    'According to Prof Maeve Lally, of the Institute for Bogs, emissions "have halved in a decade".': [
        ("Maeve Lally", 'emissions "have halved in a decade"')
    ],
}

MARKED_OTHERWISE = {
    'Lake told friends "it\'s over", sources said.': [("Lake", "it's over")],
    'The plan was described as "reckless" by Dr Amy Holt.': [("Amy Holt", 'as "reckless"')],
    "Her words were dismissed as ‘rubbish’ by union official Declan Hurley.": [("Declan Hurley", "as ‘rubbish’")],
    'A sign on the door read: "Closed until further notice."': [("a sign on the door", "Closed until further notice.")],
}


@pytest.mark.parametrize(
    ("text", "expected"),
    (TWO_IN_A_SENTENCE | TWO_IN_A_PARAGRAPH | BEHIND_A_QUESTION | UNNAMED_AND_NAMED | NAMES | ROLES | IN_THE_PASSIVE | WRITTEN).items(),
)
def test_every_quote_goes_to_whom_a_reader_would_give_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.speaker, " … ".join(one.words)) for one in said(text)] == expected


@BY_RULES
@pytest.mark.parametrize(("text", "expected"), MARKED_OTHERWISE.items())
def test_the_rules_keep_to_what_stands_in_the_marks(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.speaker, " … ".join(one.words)) for one in said(text)] == expected


@BY_RULES
def test_a_title_in_quotation_marks_says_nothing() -> None:
    assert said('The film "Blue Rain" tells the story of a captain. His song "I Want You Now" says more than he did.') == []


@pytest.mark.parametrize(
    "text",
    [
        'Barr regretted having called her "a fool".',
        "Asked whether the couple had discussed the matter at home, Mr Pettifer laughed.",
        'Ann Lake was asked: "Do you regret it?"',
    ],
)
def test_what_nobody_named_says_is_given_to_nobody(text: str) -> None:
    assert said(text) == []


def test_a_surname_that_two_people_have_is_unsure() -> None:
    text = 'Jim Barr, 24, denies it. His mother, Ann Barr, said he was at home. "I am innocent," Barr told the court.'
    assert said(text)[-1].confidence < 0.5
    text = '"I saw nothing," said Joan Smith. "Nor did I," said Ruth Smith. Ms Smith left by the back door, saying: "No comment."'
    assert said(text)[-1].confidence < 0.5
