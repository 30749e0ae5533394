import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.cleaning import PARAGRAPH_BREAK, clean, has_prose, removed
from bot.reading.whitespace import tidied

OPENING = "The harbour council voted on Monday to close the ferry line between Port Ansel and Marrow Island."
MIDDLE = 'Ada Quill, the mayor, said: "We cannot wait another winter for a boat that does not come."'
ENDING = "The last ferry leaves on the first of March, according to the timetable."

ONE_LINERS = [
    "Advertisement",
    "ADVERTISEMENT - SCROLL TO CONTINUE READING",
    "Story continues below advertisement",
    "Article continues after this advert",
    "Sponsored content",
    "Share this article",
    "Share on Facebook",
    "Share",
    "Facebook Twitter WhatsApp",
    "Copy link",
    "Follow us on Twitter and Instagram",
    "Click here to subscribe",
    "Last Updated: 22 October 2024",
    "Updated: October 22, 2024 10:15 am IST",
    "First published: 22 Oct 2024, 10:15",
    "3 min read",
    "2 hours ago",
    "24 Comments",
    "Report this comment",
    "Join the conversation",
    "Leave a comment",
    "Skip to main content",
    "Back to top",
    "This video can not be played",
    "Image: The ferry in the harbour of Port Ansel. Pic: Example Pictures",
    "Photo: Jo Tarn",
    "Image source, Getty Images",
    "Image caption, Ada Quill has been mayor since 2019",
    "Picture: Jo Tarn/PA",
    "Photograph: Jo Tarn/The Lantern",
    "(Photo: Jo Tarn)",
    "Getty Images",
    "(Reuters)",
    "Ada Quill at the harbour on Monday (Jo Tarn/PA)",
    "The ferry leaves Port Ansel at dawn. Photo credit: Jo Tarn",
    "Credit: Jo Tarn",
    "READ MORE: Five islands that lost their boats",
    "Read more: Ferry boss quits over unpaid bills",
    "Also read: Ferry boss quits",
    "ALSO READ | Ferry boss quits over unpaid bills",
    "Related: Why the boats stopped coming",
    "Politics latest: Ferry row reaches the cabinet",
    "Harbour news latest: Crews walk out",
    "Live updates: Storm reaches the coast",
    "WATCH: Mayor storms out of meeting",
    "Listen: The Harbour Hour, episode 12",
    "Opinion: The ferry was never about boats",
    "Analysis: What the vote means for the islands",
    "Tags: ferries, harbour, Port Ansel",
    "Topics: Transport, Islands",
    "Sign up to our morning newsletter for the best of the harbour",
    "Sign up for The Lantern's daily briefing here.",
    "SUBSCRIBE: Get our weekly email here for free, every Friday.",
    "Get the latest headlines straight to your inbox with our free newsletter.",
    "Never miss a story: join our WhatsApp channel for breaking news.",
    "Want more stories like this? Subscribe to our weekly email.",
    "The Harbour Morning newsletter brings you all you need for the day. Sign up here.",
    "Get email updates with the day's island stories",
    "The Lantern is on WhatsApp. Join our channel here",
    "Jo Tarn covers the islands for The Lantern. Send story tips to jo.tarn@lantern.example.org",
    "Your support helps us to tell this story to everyone.",
    "If you have been affected by issues raised in this article, help is at hand.",
    "The Lantern is not responsible for the content of external sites.",
    "Jo Tarn contributed to this report.",
    "With AAP",
    "► Read more: Ferry boss quits over unpaid bills",
    "[1/2] Ada Quill on the steps of the hall. Jo Tarn/Example Pictures",
    "Ada Quill (left) with Sam Fell. Credit: The Lantern",
    "Published 22 October 2024",
    "Listen to the best of Harbour Radio and follow us on Facebook and X.",
    "Follow the Lantern's coverage at https://lantern.example.org/ferry",
    "The content of this page is for information and does not constitute financial advice.",
    "The Lantern values your comments but wants them to stay civil.",
    "More from The Lantern: our guide to islands that still have a boat.",
    "Local news is paid for by its readers. Support The Lantern.",
    "Additional reporting by Sam Fell. Report an error in this article.",
    "By signing up, you agree to our terms and you can unsubscribe at any time.",
    "Subscribe to The Lantern to continue reading.",
    "Follow our page on Facebook for all your island news.",
    "For the latest news, breaking news headlines and live updates, visit our website.",
    "Download our app for breaking news alerts.",
    "DONATE: If you like our work, please give what you can and become a supporter here.",
    "If you value our journalism, please consider making a contribution today.",
    "Support independent journalism from as little as £1 a month.",
    "We rely on readers like you to fund our reporting.",
    "Help keep local journalism alive: become a member today.",
    "PARTNER: Would your company like to work with us? Write to [email protected].",
    "SHARE: If you know something that we should look into, tell us here.",
    "Do you have a story about the ferries? Email us at news@lantern.example.org",
    "Have you been affected by the closure? Get in touch with our reporters.",
    "Got a tip? Contact us in confidence at tips@lantern.example.org.",
    "Contact the reporter at jo.tarn@lantern.example.org",
    "Follow Jo Tarn on Twitter @jotarn",
    "© 2024 The Lantern. All rights reserved.",
    "Copyright 2024 The Lantern",
    "No part of this article may be used elsewhere. All rights reserved.",
    "This material may not be published, broadcast, rewritten or redistributed without permission.",
    "Disclaimer: The copyright of this text lies with its author, and reposting it is no advice to invest.",
    "The views expressed in this article are those of the author alone.",
    "This article was originally published in The Lantern on 22 October.",
    "This story first appeared on Harbour Radio's site.",
    "(This story has not been edited by our staff and is from a syndicated feed.)",
    "This story has been published from a wire agency feed without modifications to the text.",
    "(With inputs from PTI)",
    "With agency inputs",
    "Republished with permission from The Lantern",
    "(Reporting by Jo Tarn; Editing by Sam Fell)",
    "We use cookies to improve your experience. Manage your preferences or accept all.",
    "Please enable JavaScript to view this page.",
    "This content is provided by Chirper, which may be using cookies and other technologies.",
    "Join the conversation. Please be respectful. Report abuse",
    "Have your say. Be kind and civil to each other. Post your comment.",
    "Report abuse",
    "Comments are now closed.",
    "Comments on this article have been closed for legal reasons.",
    "The Lantern is funded by readers. Support us from £1 a month.",
    "Support us from £1 a month.",
    "Please support our journalism for just $2.50 per week!",
    "PTI inputs",
    "(With PTI inputs)",
    "With AFP and Reuters inputs",
    "Editing by Sam Fell",
    "(Editing by Sam Fell)",
    "Reporting by Jo Tarn and Lee Roe in Port Ansel; Editing by Sam van Dael.",
    "Reporting by Jo Tarn, Lee Roe; Additional reporting by Ola Åström; Writing and editing by Sam Fell",
    "Please share this article with your friends.",
    "Share this story with your friends and family on Facebook!",
    "You can email Jo Tarn at jo.tarn@lantern.example.org.",
    "You can reach the reporter by writing to jo.tarn@lantern.example.org.",
    "You can also send tips to news@lantern.example.org",
    "Email: news@lantern.example.org",
    "Do you know more? Email Jo Tarn at jo.tarn@lantern.example.org",
    "© The Lantern",
    "© Jo Tarn / Example Pictures. All rights reserved.",
    "©2024",
]

ARTICLE_LINES = [
    "Read more carefully, she said, and the contract says no such thing.",
    "“Sign up for the newsletter,” the mayor told the crowd, “and you will hear it first.”",
    "'Read more books,' the teacher said.",
    '"Follow us on Twitter," the captain joked, "and you will know where the boat is."',
    "The editor said: “Sign up to our newsletter, it is free.”",
    "Sign up for our newsletter, the mayor told residents, and you will hear of it first.",
    "Quill asked residents to donate to the fund and support the reporting of faults.",
    "Donations to the campaign came from a company on the mainland.",
    "The council will publish the terms and conditions of the sale next week.",
    "The company uses cookies to follow its passengers, the regulator found.",
    "Related companies paid for the campaign, the register shows.",
    "More from the fund will be spent on roads, the treasurer said.",
    "More on that point came from the treasurer, who has run the fund since 2011.",
    "For more than a decade, the community has paid for its own website and email.",
    "For all the noise on Facebook and your radio, nothing has changed here.",
    "Watch the tide, fishermen here say, and leave the forecast alone.",
    "Image is everything, she said.",
    "The photo, taken by a passenger, shows the deck under water.",
    "Photographs of the deck appeared on Facebook on Sunday night.",
    "Live music will return to the harbour in May.",
    "Copyright law does not cover timetables, the judge ruled.",
    "All rights reserved for islanders under the old charter will lapse.",
    "Comments made by the mayor on Monday drew laughter from the gallery.",
    "Comments: these were what the inquiry asked for, and 400 came in.",
    "We want the mayor to comment on this, residents shouted from the gallery.",
    "Share prices of the ferry company fell by a fifth.",
    "Share this with your neighbour if you can, the poster in the harbour says.",
    "Follow the money, and it leads to a house on the hill.",
    "Get Quill Out, a group of residents, has a page on Facebook and a newsletter.",
    "Contact with the vessel was lost at 4 am.",
    "Do you really believe that, Quill asked the treasurer, who did not answer.",
    "Have you seen your boat lately? That was the question put to us at every door.",
    "Support for the mayor has fallen by a third since readers of the paper saw the contract.",
    "Disclaimers were read out before the vote.",
    "This report was published by the harbour inspectors in May and names three causes.",
    "The opinions expressed by residents ranged from anger to relief.",
    "Latest figures show that 300 people use the line each day.",
    "Top stories of the evening were told by the old captain.",
    "“Comments: our rules” is what the sign above the desk says.",
    "She added: “Click here, it says, and nothing happens.”",
    "Next: the courts.",
    "Reuters first reported the closure on Sunday.",
    "The treasurer said on X that he would go (he has said so before).",
    "“It was always going to end like this.” – Sam Fell, captain",
    "@portansel1970",
    "TWITTER.",
    "Home is where the boat is, the islanders say.",
    "He wrote to us by email: “You can reach me at the harbour.”",
    "If you support the ferry, you support the islands, the mayor told us.",
    "Editor's note: the treasurer is married to the reporter's sister.",
    "Tell us the truth, the crowd shouted.",
    "Join us, said the mayor, here and now.",
    "___",
    "The residents of the hill read the paper and follow Quill on Facebook.",
    "The newsletter of the harbour office gave the date of the last boat.",
    "Our own boat was never on time here.",
    "Fell contributed to this disaster, the inspectors found, by sleeping.",
    "The town has nothing else: the boat, and the people who live here.",
    "Published poets read in the harbour on Sunday.",
    "The mayor is not responsible for the weather.",
    "Get the boat back was the only demand on the latest posters.",
    "The report of the inspectors may not be published without the minister's permission.",
    "The cookies are baked here, on the site of the old harbour office.",
    "She posted a photo: a ferry in flames.",
    "Photo, film and sound were taken from the wreck.",
    "Video by residents shows the ferry going down.",
    "Credit – where it is due – goes to the harbour master.",
    "Support – you name it – came from everywhere, and it is still here.",
    "Related – however distantly – to the captain, he knew our islands well.",
    "If you ask the treasurer, he will tell us that nothing is wrong.",
    "Did the council let us down? Your answer may depend on where you live.",
    "Tell us the truth at last.",
    "To reach our islands, a boat needs four hours.",
    "Send us home was the cry from the deck.",
    "The fund will support local journalism today more than ever.",
    "You can become a member of the council at 18.",
    "You can make a donation to the lifeboat fund at the harbour.",
    "Like this boat, our website is falling apart.",
    "For daily swimmers here, Facebook is the noticeboard.",
    "This is how estate agents earn a commission.",
    "You can use the cookies in your own recipe.",
    "Comments on this plan are welcome until 1 May.",
    "Click here, it says on the door, and nothing happens.",
    "The article first appeared in a mainland paper in 2010 and caused an uproar.",
    "Comments are closed to the public at the Royal Library, where Fell works.",
    "Comments have been disabled by the ministry on every site of the islands.",
    "You can email the inquiry at inquiry@example.org until Friday.",
    "You can contact Quill at the town hall or at quill@example.org until the vote.",
    "Email traffic from quill@example.org to the harbour stopped in May.",
    "If you saw the boat, the inspectors can be had at boats@example.org until Friday.",
    "© was drawn on the door of the ministry.",
    "Support us for £1 a month, the captain told the crowd.",
    "The lifeboat is funded by readers of the paper, who give £1 a month.",
    "The paper is funded by readers.",
    "Reporting by the inspectors led to the arrest of Fell.",
    "Editing by hand took the clerks a year.",
    "Editing by Quill of the report was denied by the ministry.",
    "PTI inputs were missing from the file.",
    "Share this report with the police was the advice of the harbour office.",
    "Please be respectful of the dead, the sign at the harbour reads.",
    "Join the debate in the hall on Monday, and be civil to the captain.",
    "Report abuse of the boats to the harbour office.",
]


@pytest.mark.parametrize("line", ONE_LINERS)
def test_a_line_of_boilerplate_is_left_out_between_paragraphs_and_at_the_end(line: str) -> None:
    assert clean([OPENING, line, MIDDLE, ENDING]).split(PARAGRAPH_BREAK) == [OPENING, MIDDLE, ENDING]
    assert clean([OPENING, MIDDLE, ENDING, line]).split(PARAGRAPH_BREAK) == [OPENING, MIDDLE, ENDING]


@pytest.mark.parametrize("line", ARTICLE_LINES)
def test_prose_that_sounds_like_boilerplate_stays(line: str) -> None:
    assert clean([OPENING, line, MIDDLE, ENDING]).split(PARAGRAPH_BREAK) == [OPENING, line, MIDDLE, ENDING]
    assert clean([OPENING, MIDDLE, ENDING, line]).split(PARAGRAPH_BREAK) == [OPENING, MIDDLE, ENDING, line]


@pytest.mark.parametrize(
    "heading",
    [
        "Read more:",
        "READ MORE",
        "More from The Lantern",
        "Related stories",
        "You may also like",
        "Most read",
        "Trending now",
        "More on this story",
    ],
)
def test_the_headlines_listed_under_a_heading_go_with_it_and_the_prose_after_them_stays(heading: str) -> None:
    headlines = ["Ferry boss quits over unpaid bills", "‘We were lied to’: islanders on the vote", "Who pays for the boats?"]

    assert clean([OPENING, heading, *headlines, MIDDLE, ENDING]).split(PARAGRAPH_BREAK) == [OPENING, MIDDLE, ENDING]
    assert clean([OPENING, MIDDLE, ENDING, heading, *headlines]).split(PARAGRAPH_BREAK) == [OPENING, MIDDLE, ENDING]


def test_a_list_of_headlines_ends_where_somebody_is_about_to_speak() -> None:
    lead_in = "The mayor said this on the steps of the hall:"
    quote = "“I will not be moved by a boat.”"

    assert clean([OPENING, "Read more:", "Ferry boss quits", lead_in, quote]).split(PARAGRAPH_BREAK) == [OPENING, lead_in, quote]


def test_a_heading_with_prose_under_it_loses_nothing_but_itself() -> None:
    assert clean([OPENING, "Read more:", MIDDLE, ENDING]).split(PARAGRAPH_BREAK) == [OPENING, MIDDLE, ENDING]


def test_the_rules_of_a_comment_section_go_with_all_that_belongs_to_them() -> None:
    rules = [
        "Comments: Our rules",
        "We welcome comments that are civil, and moderators may take down those which are not.",
        "Please report any comment that is abusive.",
        "Read our community standards hereLast Updated:",
        "Report this comment Cancel",
    ]

    assert clean([OPENING, MIDDLE, ENDING, *rules]).split(PARAGRAPH_BREAK) == [OPENING, MIDDLE, ENDING]


def test_an_article_about_comments_loses_nothing() -> None:
    article = [
        "The council has closed the comment section of its website after abuse of its staff.",
        "“Comments are closed, and they will stay closed,” said Ada Quill, the mayor.",
        "Moderators had removed 300 comments in a week, she said, most of them offensive.",
        "The rules of the site forbid abuse, but nobody had read them.",
    ]

    assert clean(article).split(PARAGRAPH_BREAK) == article


def test_a_first_line_that_looks_like_a_teaser_is_kept() -> None:
    assert clean(["Analysis: what the vote means for the islands", OPENING]).startswith("Analysis:")


def test_white_space_is_tidied_and_quotation_marks_are_not_touched() -> None:
    untidy = '  “We\xa0can’t  wait,” \t‘she’ said — "now" \u00abici\u00bb.\u200b  '

    assert clean([untidy]) == '“We can’t wait,” ‘she’ said — "now" «ici».'


def test_soft_hyphens_and_control_characters_vanish_and_joiners_of_emoji_stay() -> None:
    assert tidied("inter\u00adference\x00 by \u202ethe\u202c family 👩\u200d👧") == "interference by the family 👩\u200d👧"


def test_what_was_left_out_can_be_looked_at_with_its_place_and_reason() -> None:
    found = removed([OPENING, "Read more:", "Ferry boss quits", ENDING, "Advertisement"])

    assert [(each.position, str(each.reason)) for each in found] == [
        (1, "heading of a list of articles"),
        (2, "listed article"),
        (4, "boilerplate"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[tool]\n\nname = x\n\nwidth = 7\n\n# All of it is strict.\n\na = b\n\nc = d\n\ne = f\n\ng = h",
        "hello",
        "12 34 56 78 90",
        "a,b,c\n\n1,2,3",
        "* * *",
        "one two three",
    ],
)
def test_a_text_without_a_sentence_is_no_prose(text: str) -> None:
    assert not has_prose(text)


@pytest.mark.parametrize(
    "text",
    [
        "It is over, she said.",
        "Nobody came today.\n\n***",
        "The ferry left without its captain that morning early",
        "船长说他不会再回来了，因为港口已经关闭，没有人等他回家。",
    ],
)
def test_a_sentence_is_prose(text: str) -> None:
    assert has_prose(text)


PARAGRAPHS = st.lists(
    st.one_of(st.text(max_size=80), st.sampled_from([*ONE_LINERS, *ARTICLE_LINES, "Read more:", OPENING, MIDDLE])), max_size=12
)


@given(PARAGRAPHS)
def test_cleaning_a_clean_text_changes_nothing(paragraphs: list[str]) -> None:
    once = clean(paragraphs)

    assert clean(once.split(PARAGRAPH_BREAK)) == once


@given(PARAGRAPHS)
def test_every_paragraph_of_a_clean_text_is_a_tidied_paragraph_of_the_input(paragraphs: list[str]) -> None:
    given_paragraphs = {tidied(paragraph) for paragraph in paragraphs}

    assert all(paragraph in given_paragraphs for paragraph in clean(paragraphs).split(PARAGRAPH_BREAK) if paragraph)
