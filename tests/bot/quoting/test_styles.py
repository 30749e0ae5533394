"""How papers of several countries and the wires set what people say: the engine finds the exact words and who says them in each."""

from dataclasses import dataclass

import pytest

from bot.quoting.engine import QuotingEngine
from bot.quoting.learned import LearnedTagger
from storage.records import QuoteKind, words_at

ENGINE = QuotingEngine(LearnedTagger())


@dataclass(frozen=True, slots=True)
class Case:
    """A text, and who says what in it: the speaker with the pieces said. What is `reported` does not all stand in marks."""

    name: str
    text: str
    said: tuple[tuple[str | None, tuple[str, ...]], ...]
    reported: tuple[tuple[str, ...], ...] = ()


def by(speaker: str | None, *words: str) -> tuple[str | None, tuple[str, ...]]:
    """What a speaker says inside quotation marks."""
    return speaker, words


BRITISH = (
    Case(
        "single marks and the verb before the name",
        "‘The bins have not been emptied since Easter,’ said Gwen Ashdown, a resident of Pell Street.",
        (by("Gwen Ashdown", "The bins have not been emptied since Easter"),),
    ),
    Case(
        "the comma behind the closing mark",
        "‘It was the wettest harvest I can remember’, said Mr Huxtable, who farms near Thirsk.",
        (by("Mr Huxtable", "It was the wettest harvest I can remember"),),
    ),
    Case(
        "typed single marks, with apostrophes among them",
        "'We've been told it's safe, but nobody's shown us the surveyors' report,' said tenant Priya Nandra.",
        (by("Priya Nandra", "We've been told it's safe, but nobody's shown us the surveyors' report"),),
    ),
    Case(
        "told the House",
        "Mr Tolland told the House: “I have never met the contractor, and I have taken nothing from him.”",
        (by("Mr Tolland", "I have never met the contractor, and I have taken nothing from him."),),
    ),
    Case(
        "told MPs, and what was added",
        "Dame Ruth Ogden told MPs: “The test was flawed from the start.” She added: “Nobody wanted to hear it.”",
        (by("Ruth Ogden", "The test was flawed from the start."), by("Ruth Ogden", "Nobody wanted to hear it.")),
    ),
    Case(
        "a title first and a surname after",
        "Sir Colin Mabey resigned last night. “I have let the club down,” Sir Colin said in a statement.",
        (by("Colin Mabey", "I have let the club down"),),
    ),
    Case(
        "a baroness who keeps her title",
        "“This bill will not survive the Lords,” said Baroness Thripp of Wexcombe.",
        (by("Baroness Thripp of Wexcombe", "This bill will not survive the Lords"),),
    ),
    Case(
        "the cue in the middle of the sentence",
        "‘The bridge’, Miss Calloway said, ‘was never meant for lorries.’",
        (by("Miss Calloway", "The bridge", "was never meant for lorries."),),
    ),
    Case(
        "double marks inside single ones",
        "‘He looked at me and said, “Not on my ward,” and walked off,’ said Sister Joan Pickles.",
        (by("Joan Pickles", "He looked at me and said, “Not on my ward,” and walked off"),),
    ),
    Case(
        "single marks inside double ones",
        "“He looked at me and said, ‘Not on my ward,’ and walked off,” said nurse Joan Pickles.",
        (by("Joan Pickles", "He looked at me and said, ‘Not on my ward,’ and walked off"),),
    ),
    Case(
        "a headline with a quoted word, then the story",
        "Council leader’s pay rise ‘an insult’\n\nA councillor has attacked a pay rise. “It is an insult to carers,” said Len Frobisher.",
        (by("Len Frobisher", "It is an insult to carers"),),
    ),
    Case(
        "a spokesperson who is not named",
        "A spokesperson for Northmoor Trains said: “We are sorry for the delay and are working to put it right.”",
        (by("a spokesperson for Northmoor Trains", "We are sorry for the delay and are working to put it right."),),
    ),
    Case(
        "a ministry that speaks",
        "A Treasury spokesman said: ‘We do not comment on leaks.’",
        (by("a Treasury spokesman", "We do not comment on leaks."),),
    ),
    Case(
        "a quotation in every paragraph, closed in the last",
        "Mrs Lomax, 71, has run the shop since 1988.\n\n‘I open at six,’ she said. ‘I have never been late.\n\n"
        "‘But the post is not what it was.\n\n‘They bring it at three now.’\n\nThe shop closes in May.",
        (by("Mrs Lomax", "I open at six", "I have never been late.", "But the post is not what it was.", "They bring it at three now."),),
    ),
    Case(
        "a cue that beams",
        "‘We are delighted,’ beamed Cllr Peter Wragg. ‘It has taken nine years and three inquiries.’",
        (by("Peter Wragg", "We are delighted", "It has taken nine years and three inquiries."),),
    ),
    Case(
        "a letter with a word quoted in it",
        "In a letter seen by the Evening Oar, Dr Hanif wrote: ‘I warned the trust in 2019 and again in 2021. I was told to “move on”.’",
        (by("Dr Hanif", "I warned the trust in 2019 and again in 2021. I was told to “move on”."),),
    ),
    Case(
        "asked, replied and pressed again",
        "Asked if he would resign, Mr Cobb replied: “No.” Pressed again, he said: “I have answered you.”",
        (by("Mr Cobb", "No."), by("Mr Cobb", "I have answered you.")),
    ),
    Case(
        "a heckler in the paragraph before",
        "“That’s rubbish,” shouted a man at the back.\n\n“It’s the law, sir,” the chairwoman, Mrs Eileen Dacre, said. The man left.",
        (by("a man", "That’s rubbish"), by("Eileen Dacre", "It’s the law, sir")),
    ),
    Case(
        "one who speaks first and one who warns",
        "The PM said: ‘We’ll get it done.’ But Sir Malcolm Frayne, the former chancellor, warned: ‘There is no money left.’",
        (by("PM", "We’ll get it done."), by("Malcolm Frayne", "There is no money left.")),
    ),
    Case(
        "a paragraph to each line and no line between",
        "Kerry Slade, 29, from Hull, said: “I cried when I opened the letter.\n“I thought it was a scam.\n“Then they rang me.”",
        (by("Kerry Slade", "I cried when I opened the letter.", "I thought it was a scam.", "Then they rang me."),),
    ),
)
IRISH = (
    Case(
        "told RTÉ-style radio, surname alone afterwards",
        "Fianna Nua TD Aodhán Scully told local radio: “The hospital is at breaking point.” Deputy Scully denied it was new.",
        (by("Aodhán Scully", "The hospital is at breaking point."),),
    ),
    Case(
        "told the Dáil",
        "“We will build the homes,” the Taoiseach, Niamh Corrigan, told the Dáil on Tuesday.",
        (by("Niamh Corrigan", "We will build the homes"),),
    ),
    Case(
        "a name with an apostrophe",
        "“The farm has been in the family for nine generations,” said Máire O’Dowd, from Cloonfad.",
        (by("Máire O’Dowd", "The farm has been in the family for nine generations"),),
    ),
    Case(
        "Garda sources",
        "“He was known to us,” a Garda source said.",
        (by("a Garda source", "He was known to us"),),
    ),
    Case(
        "Ms in later mention",
        "Orla Tierney runs the creche. Ms Tierney said: “The subsidy covers half of what it costs.”",
        (by("Orla Tierney", "The subsidy covers half of what it costs."),),
    ),
)
INDIAN = (
    Case(
        "a dateline, and Ms with a surname",
        "PUNE: The new flyover will open in March, officials said. “The girders are in place,” Ms Kavitha Iyer, the chief engineer, said.",
        (by("Kavitha Iyer", "The girders are in place"),),
    ),
    Case(
        "an honorific before one name",
        "“The monsoon came early and the dam was full by July,” Shri Raghunath Patil said.",
        (by("Raghunath Patil", "The monsoon came early and the dam was full by July"),),
    ),
    Case(
        "told reporters here",
        "“There is no rift in the alliance,” Anand Kulkarni told reporters here on Sunday.",
        (by("Anand Kulkarni", "There is no rift in the alliance"),),
    ),
    Case(
        "told an agency",
        "Speaking to a news agency, Meera Bhosale said, “The exam was cancelled without a word to the students.”",
        (by("Meera Bhosale", "The exam was cancelled without a word to the students."),),
    ),
    Case(
        "he further said",
        "Mr Deshpande said the scheme would reach 40 districts. “We have the money and the staff,” he added.",
        (by("Mr Deshpande", "We have the money and the staff"),),
    ),
    Case(
        "said a senior official",
        "“The files were moved at night,” said a senior official of the department, requesting anonymity.",
        (by("a senior official of the department", "The files were moved at night"),),
    ),
    Case(
        "the court observed",
        "“The State cannot sleep over its duty,” the High Court observed.",
        (by("High Court", "The State cannot sleep over its duty"),),
    ),
    Case(
        "an FIR that states",
        "“The accused entered through the terrace,” the police report states.",
        (by("the police report", "The accused entered through the terrace"),),
    ),
    Case(
        "a judge with initials",
        "Justice S. R. Krishnan, heading the bench, orally remarked: “Why was the child kept waiting for six hours?”",
        (by("S. R. Krishnan", "Why was the child kept waiting for six hours?"),),
    ),
    Case(
        "alleged before a role and a name",
        '"Rs 40 lakh was sanctioned, but not a single rupee reached the school," alleged village head Sunita Devi.',
        (by("Sunita Devi", "Rs 40 lakh was sanctioned, but not a single rupee reached the school"),),
    ),
)
AUSTRALIAN = (
    Case(
        "Mr in later mention, double marks",
        "Premier Doug Carmody toured the flood zone. “We’ll be here until the last shed is hosed out,” Mr Carmody said.",
        (by("Doug Carmody", "We’ll be here until the last shed is hosed out"),),
    ),
    Case(
        "a quotation on its own line before its speaker's",
        "“She was a ripper of a horse,” trainer Bev Stockdale said.\n\n“She never knew when she was beaten.”",
        (by("Bev Stockdale", "She was a ripper of a horse", "She never knew when she was beaten."),),
    ),
    Case(
        "two speakers in turn",
        "“It’s a joke,” Opposition leader Kate Venn said.\n\n“It’s a start,” Treasurer Paul Odgers replied.",
        (by("Kate Venn", "It’s a joke"), by("Paul Odgers", "It’s a start")),
    ),
    Case(
        "told an outlet",
        "“The reef is not finished,” Dr Simone Achterberg told the Coral Times.",
        (by("Simone Achterberg", "The reef is not finished"),),
    ),
    Case(
        "Senator before the name",
        "Senator Leigh Marrable told Sky Harbour: “The numbers don’t add up.”",
        (by("Leigh Marrable", "The numbers don’t add up."),),
    ),
    Case(
        "slang, and a reporter of an agency",
        "“We’re gutted, mate,” Mr Jovanovski told a reporter. “Thirty years of work, gone in an arvo.”",
        (by("Mr Jovanovski", "We’re gutted, mate", "Thirty years of work, gone in an arvo."),),
    ),
)
CANADIAN = (
    Case(
        "said in an interview",
        "“We heat with wood because we can’t afford not to,” Chief Darlene Moosewah said in an interview Tuesday.",
        (by("Darlene Moosewah", "We heat with wood because we can’t afford not to"),),
    ),
    Case(
        "says in the present",
        "“The ice comes three weeks later than it did,” says Étienne Bouchard-Roy, who guides hunters.",
        (by("Étienne Bouchard-Roy", "The ice comes three weeks later than it did"),),
    ),
    Case(
        "a statement that says",
        "“We regret the error,” the ministry said in a statement. “It will not happen again.”",
        (by("the ministry", "We regret the error", "It will not happen again."),),
    ),
    Case(
        "a critic who calls that something",
        "Premier Gord Lavallee toured the line. NDP critic Amrit Gill called the plan “a fairy tale,” and left.",
        (),
        (("Amrit Gill", "the plan “a fairy tale,”"),),
    ),
    Case(
        "an accent in every name",
        "“C’est fini, as my mother says,” said Geneviève Thériault-Côté, the mayor of Saint-Élie.",
        (by("Geneviève Thériault-Côté", "C’est fini, as my mother says"),),
    ),
)
WIRE = (
    Case(
        "straight marks and two hyphens for a dash",
        'WELLAND (AP) -- "We are out of sandbags," Mayor Hal Trudgeon said.',
        (by("Hal Trudgeon", "We are out of sandbags"),),
    ),
    Case(
        "TeX-style marks",
        "``We are out of sandbags,'' Hal Trudgeon said.",
        (by("Hal Trudgeon", "We are out of sandbags"),),
    ),
    Case(
        "no line breaks at all",
        'The dam held. "We got lucky," said Hal Trudgeon, the mayor. The river fell overnight. "It could have been us," said Ida Boyce, '
        'who lives downstream. Schools reopen on Monday. "I slept in the car," she added.',
        (by("Hal Trudgeon", "We got lucky"), by("Ida Boyce", "It could have been us"), by("Ida Boyce", "I slept in the car")),
    ),
    Case(
        "Windows line breaks",
        '"We are out of sandbags," Hal Trudgeon said.\r\n\r\n"We are out of hands," said Ida Boyce.\r\n',
        (by("Hal Trudgeon", "We are out of sandbags"), by("Ida Boyce", "We are out of hands")),
    ),
    Case(
        "a transcript with a surname and a colon",
        "Moor: ‘We never saw the contract.’\n\nTrudgeon: ‘It was on your desk.’",
        (by("Moor", "We never saw the contract."), by("Trudgeon", "It was on your desk.")),
    ),
    Case(
        "a pull quote with a dash and a name",
        "“We never saw the contract.” – Alma Moor, councillor",
        (by("Alma Moor", "We never saw the contract."),),
    ),
    Case(
        "according to, before and behind",
        "According to Alma Moor, the contract was never seen. The bridge is “beyond repair”, according to the surveyors.",
        (),
        (("Alma Moor", "the contract was never seen"), ("the surveyors", "The bridge is “beyond repair”")),
    ),
    Case(
        "a guillemet style",
        "«We never saw the contract,» said Alma Moor.",
        (by("Alma Moor", "We never saw the contract"),),
    ),
    Case(
        "a reported sentence without any mark",
        "Alma Moor said the council had never seen the contract.",
        (),
        (("Alma Moor", "the council had never seen the contract"),),
    ),
    Case(
        "a reporting clause inside a reported sentence",
        "The contract, Alma Moor said, had never been seen by the council.",
        (),
        (("Alma Moor", "The contract", "had never been seen by the council"),),
    ),
    Case(
        "he asked, with a question mark",
        "“Who signs a contract at midnight?” Tom Ferrers asked.",
        (by("Tom Ferrers", "Who signs a contract at midnight?"),),
    ),
    Case(
        "a dash that breaks the sentence for its cue",
        "“The contract” – Alma Moor paused – “was a scandal,” she said.",
        (by("Alma Moor", "The contract", "was a scandal"),),
    ),
    Case(
        "a tweet",
        "“Delighted to have signed,” Alma Moor wrote on Instagram.",
        (by("Alma Moor", "Delighted to have signed"),),
    ),
    Case(
        "a colon in front of a whole speech",
        "Speaking outside court, Alma Moor said:\n\n“I am innocent. I will appeal.”",
        (by("Alma Moor", "I am innocent. I will appeal."),),
    ),
)


@pytest.mark.parametrize("case", [*BRITISH, *IRISH, *INDIAN, *AUSTRALIAN, *CANADIAN, *WIRE], ids=lambda case: case.name)
def test_it_is_found_who_says_what(case: Case) -> None:
    extraction = ENGINE.extract(case.text)
    found = [
        (None if quote.speaker is None else extraction.speakers[quote.speaker].name, words_at(case.text, quote.content), quote.kind)
        for quote in extraction.quotes
    ]
    inside = [(speaker, words) for speaker, words, kind in found if kind is QuoteKind.DIRECT]
    assert set(case.said) <= set(inside), found
    assert {(speaker, tuple(words)) for speaker, *words in case.reported} <= {(speaker, words) for speaker, words, _ in found}, found
