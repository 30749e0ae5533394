"""The wording of boilerplate on news pages, as patterns. They match one tidied paragraph.

Written for English-language pages of Britain, Ireland, India, Australia and the United States. A pattern
names wording of a page that speaks of itself to its reader; it must not match prose about the world.
"""

import re

_END = r"[\s:.!…>»›→|–—-]*"


def _any(*patterns: str) -> str:
    return "(?:" + "|".join(patterns) + ")"


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_MEDIA = _any(
    "facebook",
    "twitter",
    r"x(?: \(formerly twitter\))?",
    "whatsapp",
    "linkedin",
    "reddit",
    "telegram",
    "instagram",
    "pinterest",
    "messenger",
    "flipboard",
    "bluesky",
    "threads",
    "youtube",
    "tiktok",
    "google news",
    "snapchat",
    "mastodon",
    "e-?mail",
)
_AGENCY = _any(
    "reuters",
    "afp",
    "ap",
    "pa",
    "epa",
    "pti",
    "ani",
    "ians",
    "aap",
    "pa media",
    "pa wire",
    "pa archive",
    "press association",
    "getty(?: images)?",
    "shutterstock",
    "alamy",
    "istock",
    "(?:the )?associated press",
    "bloomberg",
    "rex(?: features)?",
    "unsplash",
    "wikimedia(?: commons)?",
    "zuma",
    "ap photo",
)
_PICTURE = _any(
    "image",
    "photo",
    "picture",
    "pic",
    "photograph",
    "photography",
    "graphic",
    "illustration",
    "video",
    "screen ?grab",
    "screenshot",
    "footage",
    "artwork",
)
_PIECE = _any(
    "article", "story", "post", "page", "piece", "report", "column", "essay", "content", "material", "copy", "interview", "blog", "news"
)

# --- whole lines of furniture, captions and credits: gone wherever they stand, since nobody says them ---

_FURNITURE = _any(
    r"advert(?:isement|isements|ising|s)?(?:\W+(?:scroll|story|article|continue).{0,50})?",
    r"sponsored(?: content| links?| by .{1,40})?", r"promoted(?: content| stories)?", r"paid (?:content|post|partner content)",
    rf"(?:{_PIECE}) continues (?:below|after)(?: (?:this |the )?(?:ad|advert|advertisement|newsletter promotion|promotion))?",
    r"(?:continue|keep) reading(?: below)?", r"scroll (?:down )?(?:to continue|for more)(?: .{1,40})?", r"after newsletter promotion", r"skip .{1,60}", r"privacy notice",
    rf"share(?: (?:this|the))?(?: {_PIECE})?(?: (?:on|via|to|with)(?: {_MEDIA}| your friends| friends))*(?:\W+(?:share|save|print|comments?|tweet|post|{_MEDIA}))*",
    rf"(?:tweet|pin|save|bookmark|print|gift|listen|e-?mail)(?: (?:this|the))?(?: {_PIECE})?(?: for later)?(?:\W+(?:share|save|print|comments?|{_MEDIA}))*",
    rf"(?:{_MEDIA})(?:\W+(?:{_MEDIA}|share|copy(?: link)?|print|save))*", r"copy(?: the)? link(?: to clipboard)?", r"link copied(?: to clipboard)?", r"copied",
    r"comments?\W*\d*\W*", r"\d+ comments?", r"(?:no|show|view|read|see|load|hide)(?: all| the| more)?(?: \d+)? comments", r"report this comment(?: cancel)?",
    r"(?:leave|post|add|write|submit) (?:a|your) (?:comment|reply)", r"join the (?:conversation|discussion|debate)(?: below)?", r"reply", r"have your say(?: in (?:our|the) comments(?: section)?)?",
    r"(?:show|see|view|load) (?:more|less|all)", rf"(?:read|view|see|continue to|open) (?:the )?(?:full|whole|entire|original|complete|rest of (?:the|this)) {_PIECE}(?: here)?", r"read the (?:rest|full text|original)(?: here)?(?: at .{1,40})?", r"read more(?: here| at .{1,40})?", r"more", r"read more \W*",
    r"back to (?:the )?top", r"return to homepage", r"(?:main )?menu", r"search", r"home", r"close", r"cancel", r"submit", r"next", r"previous", r"log ?(?:in|out)(?: or (?:register|sign up))?", r"sign ?(?:in|up|out)(?: (?:now|here|or .{1,30}))?", r"register(?: now| here| for free)?", r"subscribe(?: now| here| today| to .{1,40})?", r"donate(?: now| here| today)?", r"support us",
    r"loading\.*", r"please wait\.*", r"\W*(?:click|tap) (?:here|above|below|to) ?.{0,120}", r"listen to (?:this )?(?:article|story|the podcast)(?:\W.{0,40})?", r"play(?: video| audio| now)?", r"watch(?: now| live| video| the video(?: above| below)?)?", r"live(?: now| updates)?",
    r"\d+[ -]min(?:ute)?s?(?: read| watch| listen)?(?: ago)?", r"\d+ (?:second|minute|hour|day|week|month)s? ago", r"this video can ?not be played", r"to play this video .{0,80}", r"media caption\W.{0,200}",
    rf"follow(?: us| me)?(?: on)?(?:[\s,:]+(?:and )?{_MEDIA})*", r"(?:more details|details) (?:here|below)", r"quiz", r"crossword", r"top", r"getty", rf"[({{\[]?(?:{_AGENCY})(?:\s*/\s*(?:{_AGENCY}))*[)}}\]]?", r"end of .{1,40} (?:embed|post|content)",
    r"(?:last )?(?:updated|modified|edited)(?: (?:on|at))?(?:\s*[:–—-].{0,60}|\s+(?:\d|\w+day\b|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec).{0,60})?",
    r"(?:first |originally )?published(?:\s*(?:on|at))?\s*[:–—-].{0,60}", r"posted (?:on |at )?[\d:]+.{0,50}",
)  # fmt: skip
_CAPTION = _any(
    rf"[(\[]?(?:(?:file|stock|featured|main|cover|lead|composite|archive|representative|representational|handout|courtesy) )?{_PICTURE}s?(?: (?:credits?|source|caption|courtesy|gallery))?\s*[:,|/]\s*\S.{{0,400}}",
    rf"[(\[]?(?:{_PICTURE}s?|image) (?:by|courtesy(?: of)?|via|credit)\b.{{0,200}}",
    r"[(\[]?(?:credits?|caption|source image|featured image|file photo|file image)\s*[:–—|]\s*\S.{0,300}",
    r"[(\[]?ap photo\b.{0,120}", rf"[(\[](?:{_AGENCY})\W.{{0,60}}[)\]]",
    rf"\S.{{0,300}}?[\s(\[|]{_PICTURE}s?(?: credits?| courtesy)?\s?:\s?[^.:]{{2,80}}[)\]]?\.?",
    rf"\S.{{0,300}}?\((?:(?:[\w.'’-]+ ){{0,4}}[\w.'’-]+\s?/\s?{_AGENCY}|(?:file )?(?:photo|image|picture)(?: by [^()]{{2,60}})?|ap photo/[^()]{{2,60}}|{_AGENCY}(?: (?:file )?(?:photo|image|archive|wire))?)\)",
)  # fmt: skip
ANYWHERE = _rule(rf"(?:{_FURNITURE}){_END}$|(?:{_CAPTION})$")

# --- headings after which a list of other articles comes ---

LIST_HEADINGS = _rule(
    _any(
        r"(?:read|see|learn|find out|discover|explore|hear|watch) more(?: (?:on|about|from|in|of|at|news|stories|here|like this).{0,60})?",
        r"more (?:from|on|in|about|by) .{1,60}",
        r"more (?:news|stories|articles|headlines|top stories|like this|to read|reading|coverage)",
        r"more (?:\w+ ){1,3}(?:news|stories|articles|headlines)",
        r"related(?: (?:stories|story|articles?|news|content|topics?|posts?|coverage|reading|links?|items|pieces|tags|internet links|to this \w+))?",
        r"recommended(?: (?:for you|stories|articles|reading|by .{1,40}))?",
        r"you (?:may|might|could) (?:also|like) .{0,40}",
        r"you'?ll also (?:like|love)",
        r"(?:most|more) (?:read|popular|viewed|shared|watched|commented|discussed)(?: .{1,40})?",
        r"(?:now )?trending(?: (?:now|stories|topics|news|on .{1,40}))?",
        r"(?:top|latest|other|breaking|today'?s|popular|big|featured|similar) (?:stories|news|headlines|articles|reads|posts|picks|videos|now|today)(?: (?:on|from|in) .{1,40})?",
        r"popular(?: (?:now|on .{1,40}|in .{1,40}))?",
        r"editor[’']?s[’']? (?:picks?|choice)",
        r"don[’']t miss(?: (?:out|this|these))?",
        r"also (?:in the news|read|see|on .{1,40}|in .{1,40}|of interest)",
        r"must[ -]reads?",
        r"(?:what to )?read next",
        r"(?:what to )?(?:watch|listen to) next",
        r"up next",
        r"in case you missed it",
        r"icymi",
        r"further reading",
        r"(?:from )?(?:elsewhere|around) (?:on|in|the) .{1,40}",
        r"from (?:our partners|the archives?|around the web|the web|our network)",
        r"(?:topics?|tags?|filed under|categories|keywords|in this (?:article|story))(?: (?:in|mentioned in|of) this (?:article|story))?",
        r"(?:next|previous) (?:story|article|post)",
        r"explore more(?: .{1,40})?",
        r"see also",
        r"read also",
        r"stories (?:you may like|for you|from .{1,40})",
        r"suggested (?:reading|for you|stories)",
        r"(?:we also|you should) (?:recommend|read)",
        r"our (?:best|top|latest) (?:stories|reads|coverage)",
        r"links?",
    )  # fmt: skip
    + _END
)

# --- one line that advertises another article ---

TEASERS = _rule(
    _any(
        r"(?:[\w’'&/-]+ ){1,4}latest\s*[:|–—-]\s*\S",
        r"(?:latest|live|live updates?|live blog|as it happened|in pictures|in photos|in graphics|gallery|pictures|watch(?: live)?|listen|podcast|read|next|more|up next|opinion|comment|analysis|explainer|explained|interactive|quiz|long read|big read|profile|fact ?check|exclusive|trending|in full|key points|must read|don[’']t miss|subscriber only|premium|follow live|read full story|breaking)\s*[:|]\s*\S",
        r"(?:read|watch|listen|also read|read also)\s*[-–—]\s+\S",
        r"(?:read|see|watch|find) (?:(?:more|the full \w+|all) )?(?:of .{1,40} )?(?:here|below|in full)\b",
        r"[►▶•→»>➡]\s*(?:read|watch|listen|more|see)\b",
    )  # fmt: skip
)

# --- a label and what the page says under it ---

LABELLED = _rule(
    _any(
        r"(?:read|see|learn|find out) more(?: (?:on|about|from|in) [^:|]{1,40}| here| stories| news)?\s*[:|►>»–—]\s*\S",
        r"(?:also read|read also|also see|see also|must read|related(?: (?:article|story|content|news|coverage|link|read(?:ing)?|video)s?)?|recommended(?: (?:reading|for you|stories))?|you may also like|read next|up next|more on this(?: story)?|further reading|click here|editor[’']?s picks?)\s*[:|►>»–—]\s*\S",
        r"(?:tags?|topics?|filed under|categories|keywords|in this (?:article|story)|posted in|location)\s*[:|]\s*[^.]{1,200}$",
        r"(?:share|subscribe|donate|partner|contact|contact us|tips?|got a tip|support us|support|join us|join|follow|follow us|advertise|sign[ -]?up|newsletter|newsletters|get in touch|write (?:for|to) us|email us|send us|have your say|membership|sponsor|podcast|download)\s*[:|–—]\s(?=.*\b(?:us|our|you|your|here|now|free)\b)",
        r"(?:e-?mail|contact|twitter|follow|phone|tel|telephone|whatsapp)\s*:?\s*\S*[@+]\S+\.?$",
        r"\S+@\S+\.\w{2,}$",
        r"\[email protected\]$",
        r"@\w{2,30}\.?$",
        r"https?://\S+$",
    )  # fmt: skip
)

# --- calls, notices and terms in sentences of their own ---

_NEWSLETTER = _rule(
    r"^(?:(?:please |you can |to )?(?:sign[ -]?up|subscribe|register|opt in|enter your e-?mail|get (?:our|the|your|all|more|a|free|daily|weekly|breaking|email|news|latest|unlimited|instant|notified)|receive|join (?:our|us|the|over|more|thousands|\d)|never miss|stay (?:up[ -]to[ -]date|informed|updated|tuned|ahead|connected|in the know|on top)|keep (?:up|track)|want (?:more|the|to|our|all)|like (?:this|what)|enjoy(?:ed|ing)? (?:this|our)|looking for more|catch (?:up|all|the)|start (?:your|each|the) (?:day|morning|week)|our (?:\w+ ){0,4}(?:newsletter|e-?mail)|for (?:more|the latest|all|breaking|live|daily)|download|install|follow (?:us|our|the|\w+(?:[’']s)?)|check out (?:our|the)|unlock|find (?:us|more)|like us|connect with us|listen to|tune in|add \w+ as)\b)"
    r"(?=.*\b(?:newsletters?|e-?mails?|inbox|briefing|bulletin|whatsapp|telegram|podcasts?|notifications?|alerts?|channel|apps?|app store|google play|community|facebook|twitter|instagram|youtube|linkedin|bluesky|threads|google news|preferred source|social media|on x|homepage|web ?site|news page|news section|live (?:updates|blog)|latest news|breaking news|top headlines)\b)"
    r"(?=.*\b(?:our|us|your|you|here|free|now|daily|weekly|today|straight|latest|day|morning|week|app|on)\b)"
)
_SIGNING_UP = _rule(
    r"^(?:by (?:signing up|subscribing|entering|registering|clicking|submitting|providing your)\b|you (?:can|may) (?:unsubscribe|opt out)|you are (?:now )?(?:subscribed|signed up|signed in)|thank(?:s| you) for (?:signing|subscribing|registering|your (?:registration|subscription))|(?:please )?(?:enter|provide) (?:a |your )?(?:valid )?e-?mail|(?:invalid|incorrect) e-?mail|we use your (?:sign-?up|e-?mail|data|information) |newsletters may contain|this site is protected by recaptcha|(?:see|read|for more information,? (?:see|read)) our (?:privacy|terms)|(?:sign up|subscribe) (?:to|for) (?:our|the|my)\b[^.]{0,80}[.!]?$|a (?:weekly|daily) (?:newsletter|email|round-?up) (?:of|from|on|with)|already a (?:subscriber|member)|(?:this|the) (?:article|story|content) is (?:for|only available to|exclusive to|reserved for) (?:our )?(?:subscribers|members)|to (?:read|continue reading|keep reading)[^.]{0,60}(?:subscribe|sign in|log in|register)|(?:subscribe|register|sign in|log in) to (?:continue|read|keep|unlock|access|view))"
)
_DONATION = _rule(
    r"^(?!.*\bcampaign donations?\b)(?=.*\b(?:donat\w+|support(?:ing|er|ers)?|contribut\w+|members?(?:hip)?|subscri\w+|patrons?|fund(?:ed|ing)?|chip in|tip jar|paywall|gift)\b)"
    r"(?=.*\b(?:you|your|readers|please|today|now|us)\b|^(?:support|help|become|donate|subscribe|make|join)\b)"
    r".*\b(?:(?:value|like|enjoy|appreciate|believe in|trust|support|help|sustain|fund|power|keep|back|depend on|rely on|make|backs?)\w* (?:in )?(?:our|this|the \w+[’']s) (?:\w+ ){0,2}(?:work|journalism|reporting|coverage|newsroom|journalists|mission|site|reporters|news)|independent(?:,? \w+){0,2} (?:journalism|news|media|reporting)|quality journalism|local journalism|from as little as|become (?:a|one of our) (?:\w+ )?(?:supporters?|members?|subscribers?|patrons?)|(?:make|consider(?: making)?) a (?:\w+ )?(?:donation|contribution|gift)|readers like you|reader[- ](?:funded|supported)|before you (?:go|close)|(?:keep|remain) (?:\w+ ){0,3}(?:free|open) (?:for|to) (?:all|everyone)|we need your (?:support|help)|we (?:rely|depend) on (?:your|our|readers|donations)|(?:no|without an?) (?:paywall|billionaire owner))\b"
)
_TIP = _rule(
    _any(
        r"^(?:do|are|have|did|if|got|were|was|know|want|seen|is|can|how)\b(?=[^.?!]{0,200}\b(?:you|your|us|got|tip|story|stories)\b).*\b(?:(?:contact|e-?mail(?:ing)?|message|call|text|write to|let|tell|send|whatsapp|reach|join|follow|tag|show) (?:us|our|me|the (?:newsdesk|editor|author|reporter|team)|it to|your|a tip)|get in touch|(?:e-?mail(?:ing)?|contact(?:ing)?|at|to) (?:\[email protected\]|\S+@\S+\.\w+)|click here|fill (?:in|out) (?:our|the|this) form|share your (?:story|stories|views|thoughts|experiences?)|we(?:[’']d| would| want to| want) (?:like|love|to|hear)\b)",
        r"^(?:please )?(?:get in touch|contact us|contact our|contact the (?:author|reporter|editor|newsdesk)|e-?mail (?:us|our|your|the (?:author|reporter|editor)|\S+@)|write to (?:us|the editor)|send (?:us|your|story|news|tips|a letter|letters)|let us know|tell us|share your|have your say|you can (?:also )?(?:contact|e-?mail|reach|follow|send|get in touch|share|write)|to (?:contact|reach) (?:the|our|us)|reach (?:the (?:author|reporter|writer)|\w+(?: \w+)? at))\b(?=.*(?:@|\[email protected\]|\b(?:us|our|your|here|below|comments|form|reporter|author|writer|on this story|newsdesk|team|letters?)\b))",
        r"\bpartner(?:ing)? with us\b",
        r"^(?:the )?(?:author|reporter|writer)s? can be (?:contacted|reached|followed)\b",
        r"^reporting on (?:this|a) story\?",
        r"^follow (?:him|her|them|me|us|@?\w[\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}|the (?:author|reporter|writer|\w+)) (?:on|at|@|via) ?(?:twitter|x\b|facebook|instagram|bluesky|linkedin|threads|mastodon|social|@)",
        r"^for (?:more|the latest|other|all)\b[^.]{0,80}\b(?:stories|news|updates|coverage|information)\b[^.]{0,60}\b(?:visit|click|follow|check|see|sign up|download|like|head (?:to|over)|go to|join|subscribe|read our)\b",
    )  # fmt: skip
)
_LEGAL = _rule(
    _any(
        r"^(?:\W{0,2}©|\(c\) ?\d|copyright(?: notice)?\s*(?:©|\(c\)|:|\d{4}|[-–—])|all rights reserved|© )",
        r"\ball rights reserved\b.{0,80}$",
        r"\b(?:may|must|can) ?not be (?:published|reproduced|republished|broadcast|redistributed|copied|rewritten)\b(?=.*\b(?:without|permission|rewritten|redistributed|material|article|story|content)\b)",
        r"^disclaimers?\b\s*[:–—-]",
        r"^\W{0,2}(?:the|all|any) (?:views?|opinions?|thoughts|statements)(?:,? (?:and|&|or|,)? ?\w+){0,3} (?:expressed|presented|stated|shared)(?: here| herein)?(?: in| by| on| are| above| within| here| do| belong)\b(?=.*\b(?:author|authors|writer|own|article|column|piece|reflect|represent|personal|publication|commentary|blog|post)\b)",
        rf"^\W{{0,2}}(?:this|the|an?)(?: \w+){{0,2}} (?:{_PIECE}|version of this (?:article|story|piece)|headline)s?(?: \w+){{0,3}}? (?:(?:was|is|has been|were|have been)(?: \w+){{0,2}} (?:originally |first )?(?:published|produced|republished|reprinted|reproduced|syndicated|auto-?generated|generated|licen[cs]ed|provided by|distributed|edited by|part of|taken from|adapted|sourced)|(?:first|originally|also) (?:appeared|ran|published)|appeared (?:first|originally)|appears in|contains affiliate links|has not been (?:edited|created))\b(?=.*\b(?:first|originally|permission|licen[cs]e|feed|syndicated|agency|on|in|by|from|our|here|edition|staff|partnership|under)\b)",
        r"^\W{0,2}(?:re-?(?:published|posted|printed|produced)|repost(?:ing)?|syndicated) (?:this|from|with|under|by|here|courtesy)\b",
        r"\breposting this (?:article|content|story)\b",
        r"\bcopyright of this (?:article|content|story|material) belongs\b",
        r"^(?:read|see) the original (?:article|story|post|piece)\b",
        r"^(?:our standards|trust principles)\b.{0,80}$",
        r"\bthomson reuters trust principles\b",
        r"^(?:this work is |licen[cs]ed )?(?:licen[cs]ed )?under (?:a )?creative commons\b",
        r"\bcreative commons\b.{0,40}\blicen[cs]e\b",
        r"^\W{0,2}(?:with|\(with)\b.{0,30}\binputs from\b",
        r"^\W{0,2}(?:with )?(?:agency|agencies) inputs?\W*$",
        r"^\W{0,2}inputs? from\b.{0,60}$",
        r"^\(?(?:additional )?reporting by [^.]{2,200}(?:editing by|writing by)\b",
        r"^(?:we may (?:earn|receive|get)|(?:some|this) .{0,60}) (?:a )?commission\b",
        r"\baffiliate links?\b.{0,120}\bcommission\b",
        r"^terms (?:of (?:use|service)|and conditions|& conditions)\b.{0,80}$",
        r"^privacy policy\b.{0,80}$",
        r"^\W{0,2}(?:the )?(?:conversation )?.{0,40}\bdisclosure statement\b",
        r"^registered (?:in england|office|charity|company)\b",
        r"^(?:we|if you) .{0,60}\b(?:complaints? (?:about|procedure)|ipso|editors[’'] code)\b.{0,200}\b(?:contact|click|complaint|here|report)",
        r"^(?:to )?report (?:a|an) (?:error|correction|mistake|typo|inaccuracy)\b",
        r"^(?:spotted|found|see|seen) (?:a|an) (?:error|mistake|typo|inaccuracy)\b",
    )  # fmt: skip
)
_COOKIES = _rule(
    _any(
        r"\bcookies?\b(?=.*\b(?:accept|consent|allow|browser|preferences|settings|privacy|manage|agree|enable|use|using|technolog\w+)\b)(?=.*\b(?:we|our|your|this (?:site|website|content)|you)\b)",
        r"^(?:please )?(?:enable|turn on|allow) (?:java ?script|cookies)\b",
        r"\byour browser (?:does not|doesn[’']t|is (?:not|out))\b",
        r"^we (?:value|respect|care about) your privacy\b",
        r"^(?:to (?:view|see|show|watch) (?:this|the) (?:content|video|post|tweet)|this content is (?:provided|hosted) by|we need your (?:consent|permission))\b",
        r"^(?:sorry, )?(?:this|the) (?:video|content|page|embed) (?:is|has|cannot|can not|could not|isn[’']t)\b.{0,80}\b(?:available|removed|load|loaded|blocked|supported)\b",
        r"\bmay be using cookies and other technologies\b",
    )  # fmt: skip
)
BELOW_THE_TOP = (_NEWSLETTER, _SIGNING_UP, _DONATION, _TIP, _LEGAL, _COOKIES)

# --- the rules of a comment section, and what stands around it ---

COMMENTS = _rule(
    _any(
        r"comments?\s*[:|–—-]\s*(?:our |the |house )?(?:rules|policy|guidelines|moderation|terms)\b",
        r"(?:comment(?:ing|s)?|community|moderation|discussion|house) (?:rules|polic(?:y|ies)|guidelines|standards|moderation|terms)\b",
        r"we (?:want|encourage|welcome|ask|would like|reserve|do not|don[’']t|moderate|love|value)\b.{0,120}\bcomment",
        r"comments (?:are|have been|on this|will be|for this|may be|must)\b.{0,80}\b(?:closed|moderated|disabled|turned off|subject|welcome|open|not available|published|removed|the responsibility|automated|now)\b",
        r"(?:please )?(?:report|flag) (?:any|this|a|inappropriate|abusive) .{0,30}comments?\b",
        r"(?:please )?read (?:the|our) (?:\w+ ){0,2}(?:rules|comments? policy|guidelines|community (?:rules|standards|guidelines))\b",
        r"(?:please )?(?:log in|sign in|register|you must be (?:logged|signed) in|subscribe)\b.{0,30} to (?:post|comment|leave|join|reply|add|make|view)\b.{0,40}$",
        r"(?:be the )?first to (?:comment|leave a comment)",
        r"what do you think\?.{0,160}\bcomments?\b",
        r"let us know (?:what you think|your (?:thoughts|views)) .{0,60}\bcomments?\b",
        r"(?:have your say|share your (?:thoughts|views|opinion)s?|join the (?:conversation|discussion|debate)).{0,120}\bcomments?\b",
        r"your e-?mail address will not be published",
        r"(?:this|our|the) (?:comments? section|discussion|conversation) (?:is|has been|are)\b.{0,80}\b(?:closed|moderated|open|disabled)",
        r"(?:ipso|this website and its associated newspaper adheres)\b.{0,200}$",
        r"these comments are (?:now )?closed",
        r"readers[’'] comments\W*$",
        r"(?:all )?comments \(\d+\)\W*$",
    )  # fmt: skip
)
OF_COMMENTS = _rule(
    r"\b(?:comments?|commenters?|commenting|moderat\w+|community (?:rules|standards|guidelines)|abus(?:e|ed|ive)|offensive|defamatory|report (?:this|any)|the rules|house rules|readers can debate|log in|sign in|user agreement|last updated)\b|^(?:reply|cancel|submit|post|name|website|save my name)\b"
)
