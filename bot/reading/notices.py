"""Patterns of what a page says to its reader in whole sentences: calls to sign up, give or write in, and legal notices."""

from bot.reading.page_words import ADDRESS, AGENCY, NETWORK, PIECE, any_of, rule

_INVITATION = any_of(
    r"(?:please |you can |to )?(?:sign[ -]?up|subscribe|register|opt in)",
    r"get (?:our|the|your|all|more|a|free|daily|weekly|breaking|email|news|latest|unlimited|instant|notified)",
    r"receive|join (?:our|us|the|over|more|thousands|\d+)|never miss|unlock|download|install|check ?out (?:our|the)",
    r"stay (?:up[ -]to[ -]date|informed|updated|tuned|ahead|connected|in the know|on top)|keep (?:up|track)|catch (?:up|all|the)",
    r"want (?:more|the|to|our|all)|(?:like|enjoy(?:ed|ing)?) (?:this (?:article|story|piece)|what you|our)|looking for more"
    r"|start (?:your|each"
    r"|the) (?:day|morning|week)",
    r"our (?:\w+ ){0,4}(?:newsletter|e-?mail)|for (?:more|the latest|breaking|live|daily)(?: [\w’-]+){0,3},? (?:news|stories"
    r"|updates|coverage|information|headlines|content|from|like)|for more, (?:sign|subscribe|visit|follow|join|listen)",
    r"follow (?:us|our|\w+[’']s)|find (?:us|more)|like us|connect with us|listen to|tune in|visit our",
)
_CHANNEL = any_of(
    r"newsletters?|e-?mails?|inbox|briefing|bulletin|podcasts?|notifications?|alerts?|(?:news|live) ?blog",
    r"(?:our|the|free|mobile|news) (?:\w+ )?apps?|app store|google play|community|home ?page|web ?site|news (?:page|section)",
    r"latest (?:news|updates|stories)|breaking news|top (?:headlines|stories)|preferred source|social media|(?:whatsapp"
    r"|telegram|youtube) channel",
    NETWORK,
)
NEWSLETTER = rule(
    rf"^{_INVITATION}\b(?=.*\b{_CHANNEL}\b)(?=.*\b(?:our|us|your|you|here|free|subscribe|sign up|log on to|check ?out|visit"
    rf"|by following)\b)"
)

SIGNING_UP = rule(
    rf"^(?:please )?(?:share|forward|pass on) (?:this|the) {PIECE}(?: (?:on|with|to|via|among|and|or|your|family|friends|followers"
    rf"|colleagues|neighbou?rs|others|social media|{NETWORK}))+[.!]*$",
    r"^(?:sign up|subscribe) (?:to|for) [^.]{2,60}$|^be the first to (?:get|know|hear|read)\b.{0,60}$",
    r"^get (?:e-?mail|news|push|breaking news) (?:updates|alerts)\b.{0,80}$|^download (?:the|our) (?:[\w’'.]+ ){0,4}app\b",
    r"^our (?:[\w’']+ ){0,3}(?:newsletter|e-?mail|briefing)s? (?:\w+ )?(?:breaks|brings|gives|provides|delivers|rounds|has all|sends|is)\b",
    r"^the (?:[\w’']+ ){0,4}newsletter (?:brings|gives|provides|delivers|rounds|has all|is (?:our|your))\b",
    r"^(?:catch|get|track|stay (?:informed|updated|tuned|ahead)|check out|keep up) .*\b(?:latest|breaking|live) (?:news|updates)\b",
    r"^by (?:signing up|subscribing|entering|registering|clicking|submitting|providing)\b.*\byou\b",
    r"^you (?:can|may) (?:unsubscribe|opt out)|^you are (?:now )?(?:subscribed|signed (?:up|in))|^already a (?:subscriber|member)\b",
    r"^thank(?:s| you) for (?:signing|subscribing|registering|your (?:registration|subscription))",
    r"^(?:please )?(?:enter|provide) (?:a |your )?(?:valid )?e-?mail|^(?:invalid|incorrect) e-?mail",
    r"^we use your (?:sign-?up|e-?mail|data|information) |^newsletters may contain|^this site is protected by recaptcha",
    r"^(?:for (?:more )?information,? )?(?:see|read) our (?:privacy|terms)|^(?:sign up|subscribe) (?:to|for) (?:our|the"
    r"|my)\b[^.]{0,80}[.!]?$",
    r"^(?:this|the) (?:article|story|content) is (?:for|only available to|exclusive to|reserved for) (?:our )?(?:subscribers|members)",
    r"^to (?:read|continue reading|keep reading)[^.]{0,60}\b(?:subscribe|sign in|log in|register)\b",
    r"^(?:subscribe|register|sign in|log in)(?:,? (?:or )?(?:subscribe|register|sign in|log in))* to (?:continue|read|keep|unlock"
    r"|access|view|save)\b",
)

_GIVING = any_of(
    r"donat\w+",
    r"support(?:ing|er|ers)?",
    r"contribut\w+",
    r"members?(?:hip)?",
    r"subscri\w+",
    "patrons?",
    r"fund(?:ed|ing)?",
    "chip in",
    "gift",
    "paywall",
)
_OUR_WORK = any_of(
    r"(?:value|like|enjoy|appreciate|believe in|trust|support|help|sustain|fund|power|keep|back|depend on|rely on)\w* (?:in )?"
    r"(?:our|this|the \w+[’']s) (?:\w+ ){0,2}(?:work|journalism|reporting|coverage|newsroom|journalists|mission|reporters)",
    r"from as little as|become one of our (?:\w+ )?(?:supporters?|members?|subscribers?|patrons?)|readers like you"
    r"|reader[- ](?:funded|supported)",
    r"before you (?:go|close this)|we need your (?:support|help)|we (?:rely|depend) on (?:your|our|readers|donations)",
)
_FOR_US = any_of(
    r"independent(?:,? \w+){0,2} (?:journalism|news|media|reporting)|(?:quality|local) journalism",
    r"become (?:a|an) (?:\w+ )?(?:supporter|member|subscriber|patron)|donate (?:now|today|here)",
    r"(?:make|consider(?: making)?) a (?:\w+ )?(?:donation|contribution|gift)|keep (?:\w+ ){0,3}(?:free|open) (?:for|to) (?:all|everyone)",
)
# "The Daily is funded by readers. Support us from £1 a month."
_FUNDED = (
    r"(?:[^.!?]{1,60}\b(?:funded|paid for|supported|powered|owned) by (?:\w+ ){0,2}(?:readers|members|supporters|you)[^.!?]{0,40}[.!] )"
)
_PRICE = any_of(
    r"(?:[£$€₹] ?\d[\d.,]*|\d+p) ?(?:a|per|each|every|/) ?(?:day|week|month|year)", r"[£$€₹] ?\d[\d.,]* (?:dai|week|month|year)ly"
)
DONATION = rule(
    rf"^{_FUNDED}?(?:please )?(?:support|help|back|fund|join) (?:us|our (?:work|journalism|reporting|newsroom|journalists)"
    rf"|(?:local|independent|quality) journalism)\b[^.!?]{{0,60}}?{_PRICE}\W*$",
    r"^(?:our|this|independent|local|free) (?:journalism|reporting|news) is (?:paid for|funded|supported|kept (?:free|going))\b",
    r"^readers like you\b|^your support\b.{0,80}\b(?:us|our|journalism)\b",
    rf"^(?=.*\b{_GIVING}\b)(?=.*\b(?:you|your|readers|please|us)\b|(?:support|help)\b).*\b{_OUR_WORK}\b",
    rf"^(?:(?:please )?(?:support|help|become|donate|subscribe|make|join|consider)|if you)\b(?=.*\b(?:our|us|we"
    rf"|journalism)\b).*\b{_FOR_US}\b",
)

_WRITER = r"(?:us|me|our|him|her|them|the (?:newsdesk|newsroom|editor|author|reporter|writer|journalist|team)s?)"
_NAME = r"(?:(?-i:[^\W\d_a-z])[\w.'’-]*(?: (?:de |van |von )?(?-i:[^\W\d_a-z])[\w.'’-]*){0,2})"
_REACH_US = any_of(
    rf"(?:contact|message|reach|whatsapp|e-?mail(?:ing)?) (?:{_WRITER}|{ADDRESS}|{_NAME} (?:at|on|via) {ADDRESS}\W*$)"
    rf"|(?:contacting|(?:write|send|mail|get in touch)(?: \w+)?(?: at| to)) {ADDRESS}",
    r"(?:call|text|ring) (?:us|our newsdesk) (?:on|at)|get in touch (?:with (?:us|our|the)|by|via|at|on|here)|get in touch\W*$|click here",
    r"fill (?:in|out) (?:our|the|this) form|share (?:it|your (?:story|stories|views|thoughts|experiences?)) with us",
    r"(?:let us know|tell us (?:about (?:it|your)|your|what you|more))(?=.*\b(?:by|here|below|in the comments|via|form|e-?mail)\b)",
    r"send (?:it to us|(?:us |it to )?(?:your|a) (?:tips?|story|stories|photos?|videos?|pictures?|message|e-?mail|letter))"
    r"|we(?:[’']d| would| want to) (?:like to |love to )?hear",
)
_TO_US = any_of(
    ADDRESS, r"\b(?:here|below|comments|form|by e-?mail|our (?:\w+ )?(?:team|newsdesk|newsroom|reporters?|editors?|website|site|page))\b"
)
TIP = rule(
    r"^if you(?:[’']ve| have) been affected by (?:any of )?(?:the |this )?issues? (?:raised|in)\b|^you can now write for\b",
    r"^(?:enjoyed|liked?) this (?:article|story|post)\?|^(?:follow|read|see|find|visit)\b.{2,160}\bhttps?://\S+$",
    rf"^listen to .{{2,100}}\bfollow\b.{{2,60}}\bon {NETWORK}",
    rf"^(?:do|are|have|did|if|got|were|was|know|want|seen|is|can|how)\b(?=[^.?!]{{0,200}}\b(?:you|your|us|got|tip|story"
    rf"|stories)\b).*\b{_REACH_US}",
    rf"^(?:please )?(?:get in touch|contact (?:us|our|the (?:author|reporter|editor|newsdesk))|write to (?:us|the editor)"
    rf"|let us know|tell us"
    rf"|share your (?:story|views|thoughts)|have your say|e-?mail (?:us|our|your|the (?:author|reporter|editor)))\b.*{_TO_US}",
    rf"^(?:please )?send (?:us )?(?:your|a|story|news|tips|letters)\b.*{_TO_US}",
    r"^to (?:contact|reach) (?:the|our) (?:author|reporter|editor|writer|newsroom|newsdesk|team)s?\b",
    rf"^(?:you can (?:also )?)?(?:contact|e-?mail|reach|follow|message|write to|get in touch with) {_WRITER}\b.*{ADDRESS}",
    rf"^(?:you can (?:also )?)?(?:(?:contact|e-?mail|reach|message|write to) {_NAME} (?:at|on|via) |e-?mail:? ){ADDRESS}\.?$",
    rf"^you can (?:also )?send (?:us|me|your|any|a|tips?|stor(?:y|ies)|news|letters|it)\b.*\b(?:to|at) {ADDRESS}\.?$",
    r"^(?:the )?(?:author|reporter|writer)s? can be (?:contacted|reached|followed)\b",
    rf"^follow (?:[^.]{{2,120}} )?(?:on|at|via) {NETWORK}\b.{{0,120}}$|^follow @\w+.{{0,60}}$",
    r"^for (?:more|the latest|other|all)\b[^.]{0,80}\b(?:stories|news|updates|coverage|information)\b[^.]{0,60}"
    r"\b(?:visit|click|follow|check|see|sign up|download|like|head (?:to|over)|go to|join|subscribe|read our)\b",
)

_OURS = any_of("article", "story", "piece", "essay", "column", "blog", "post")
_PUBLISHED = any_of(
    r"(?:was|is|has been|were|have been)(?: \w+){0,2} (?:originally |first )?(?:published|produced|republished|reprinted"
    r"|reproduced|syndicated"
    r"|auto-?generated|licen[cs]ed|distributed|adapted)",
    r"(?:first|originally|also) (?:appeared|ran|published)|appeared (?:first|originally)|contains affiliate links"
    r"|appear(?:s|ed) in print|has not been (?:edited|created)",
)
# "Reporting by Jo Tarn and Sam Fell in Port Ansel; Editing by Lee Roe": nothing but names may follow.
_CREDITED = rf"{_NAME}(?:(?:,|,? and| &| in| at| for|,? with) {_NAME})*"
_CREDIT = (
    r"(?:additional |further )?(?:reporting|editing|writing|compiled|translation|translated|edited|graphics?|production|fact-checking)"
    rf"(?: and (?:reporting|editing|writing|production|graphics?))? by:? {_CREDITED}"
)
LEGAL = rule(
    r"^[^.]{1,40} is not responsible for the content of external\b|^(?:originally|first) (?:published|appeared|posted) (?:at|on|in"
    r"|by)\b.{0,100}$",
    r"^this (?:story|article|piece) is part of (?:our|a|the)\b.{0,80}\bseries\b|^this (?:is a|article is) (?:subscriber"
    r"|members?)[- ]only\b",
    rf"^with {AGENCY}(?:(?:,| and) {AGENCY})*\.?$|^\W{{0,2}}additional reporting (?:by|from|:)? ?[^.]{{2,100}}\.?$",
    r"^[^.]{3,160} contributed (?:to this (?:report|story|article)|reporting)(?: from [^.]{1,40})?\.?$",
    r"^\W{0,2}©\W*(?:\d|copyright|all rights|the authors?\b|(?-i:[A-Z])[^.]{0,60}(?:\.?$|\. all rights))",
    r"^\(c\) ?\d|^copyright(?: notice)?\s*(?:©|\(c\)|:|\d{4}|[-–—])",
    r"^disclaimers?\s*[:–—-]|^\W{0,2}(?:the|all|any) (?:views?|opinions?)(?:,? (?:and|&|or)? ?\w+){0,3} (?:expressed|presented|stated)\b"
    r"(?=.*\b(?:authors?|writers?|own|article|column|piece|personal|publication|blog|post)\b)",
    rf"^\W{{0,2}}(?:an? (?:\w+ )?version of )?this {_OURS}(?: \w+){{0,2}}? {_PUBLISHED}\b",
    rf"^\W{{0,2}}this {PIECE}(?: \w+){{0,3}}? {_PUBLISHED}\b.*\b(?:first|originally|permission|licen[cs]e|feed|syndicated"
    rf"|agency|staff|partnership)\b",
    r"^the post .{1,200} (?:appeared first|first appeared) on\b",
    r"^\W{0,2}(?:re-?(?:published|posted|printed|produced)|syndicated) (?:this|from|with|under|by|here|courtesy)\b"
    r"|^\W{0,2}reposting this\b",
    r"^(?:read|see) the original (?:article|story|post|piece)\b",
    rf"^\W{{0,2}}(?:with )?{AGENCY}(?:(?:,| and| &|/) ?{AGENCY})* inputs?\W*$",
    rf"^\W{{0,2}}{_CREDIT}(?:[;.|,]? (?:and )?{_CREDIT})*\W*$",
    r"^\W{0,2}(?:with )?(?:\w+ )?inputs? from\b.{0,80}$|^\W{0,2}with (?:agency|agencies) inputs?\W*$",
    r"^\((?:additional )?reporting by\b[^()]*\)\.?$|^reporting by [^.]{2,200}; (?:editing|writing) by\b",
    r"^(?:we|some of the links|this (?:article|post|page|site)) (?=.*\blinks?\b).{0,80}\b(?:earn|receive|get) (?:a "
    r"|an )?(?:\w+ )?commission\b",
    r"^terms (?:of (?:use|service)|(?:and|&) conditions)\b.{0,80}$|^privacy policy\b.{0,80}$|^registered (?:in england|office"
    r"|charity no)\b",
    r"^(?:to )?report (?:a|an) (?:error|correction|mistake|typo)\b|^(?:spotted|found|seen) (?:a|an) (?:error|mistake|typo|inaccuracy)\b",
    r"^this (?:website|newspaper|publication|paper)\b.{0,60}\b(?:adheres|regulated|member of|complies)\b.*\b(?:ipso|impress"
    r"|press|editors[’'])",
)
CONSENT = rule(
    r"^(?:please )?(?:enable|turn on|allow) (?:java ?script|cookies)\b|^your browser (?:does not|doesn[’']t|is)\b",
    r"^please use (?:the )?(?:chrome|firefox|another|a different)\b|^unfortunately,? we have been unable to\b|\bamend your preferences\b",
    r"^we are having trouble retrieving\b|^thank you for your patience while\b",
    r"^we (?:value|respect|care about) your privacy\b|^to (?:view|see|show|watch) this (?:content|video|post|tweet)\b",
    r"^this content is (?:provided|hosted) by\b|^we need your (?:consent|permission)\b",
    r"^(?:sorry, )?(?:this|the) (?:video|embed|content) (?:is not|is no longer|isn[’']t|has been|cannot be|could not be)\b.{0,40}"
    r"\b(?:available|removed|loaded|blocked|supported)\b",
)

# The last sentence of a paragraph that asks the reader for something.
_CLOSING_CALL = (
    r"(?:^|[.?!:]\s)(?:please )?(?:(?:sign up|subscribe|register)(?: now| here| today| below| for free|(?: now)? (?:for|to) (?:our"
    r"|the|my)\b[^.]{0,60})?"
    r"|join (?:our|the) (?:\w+ )?(?:channel|community|group)[^.]{0,30}|(?:click|tap) here(?: (?:to|for)\b[^.]{0,60})?"
    rf"|send (?:\w+ )?tips to {ADDRESS}.{{0,60}})[.!]*$"
)

# These stand anywhere in a notice. The words before each pattern are looked for first, since that is far quicker.
_INSIDE = tuple(
    (word, rule(pattern))
    for word, pattern in (
        ("partner", r"\bpartner(?:ing)? with us\b"),
        ("rights reserved", r"\ball rights reserved\s*(?:[.,;:|-].{0,80})?$"),
        ("copyright of", r"\bcopyright of this (?:article|content|story|material) belongs\b"),
        ("trust principles", r"\bthomson reuters trust principles\b"),
        ("creative commons", r"\bcreative commons\b.{0,40}\blicen[cs]e\b"),
        ("report a", r"\breport (?:a|an) (?:error|correction|mistake|typo|problem) (?:in|with) this (?:article|story|page)\b"),
        ("not been edited", r"\bthis (?:story|article|report) has not been edited\b"),
        ("constitute", r"\b(?:content|article|information|material|site)\b.{0,120}\bnot constitute (?:\w+ ){0,4}advice\b"),
        ("infringe", r"\binfring\w+\b.{0,80}\b(?:contact|notify|inform) us\b"),
        ("sign up", _CLOSING_CALL),
        ("subscribe", _CLOSING_CALL),
        ("join our", _CLOSING_CALL),
        ("here", _CLOSING_CALL),
        ("tips to", _CLOSING_CALL),
        ("affiliate", r"\baffiliate links?\b.{0,120}\bcommission\b"),
        (
            "not be ",
            r"\b(?:this|these|our|its|all|any|no part of)\b.{0,40}\b(?:material|content|article|story|site|website|copyright)\b.{0,80}"
            r"\b(?:may|must|can) ?not be (?:published|reproduced|republished|broadcast|redistributed|copied|rewritten)\b",
        ),
        (
            "cookie",
            r"\bcookies?\b(?=.*\b(?:consent|browser|preferences|settings|privacy|experience|web ?site|site|technolog\w+)\b)"
            r"(?=.*\b(?:accept|allow|manage|agree|enable|use|uses|using|consent|set)\b)(?=.*\b(?:we|our|your|this|you)\b)",
        ),
        ("cookie", r"\b(?:we|this (?:site|website|content)|our \w+|they|which) (?:uses?|may be using|sets?) cookies\b"),
    )
)
_OPENING = (NEWSLETTER, SIGNING_UP, DONATION, TIP, LEGAL, CONSENT)


def is_notice(paragraph: str) -> bool:
    """Whether a paragraph is a call or a notice of the page to its reader."""
    if any(pattern.match(paragraph) for pattern in _OPENING):
        return True
    lowered = paragraph.lower()
    return any(word in lowered and pattern.search(paragraph) for word, pattern in _INSIDE)
