"""Patterns of a page's furniture: whole lines that are buttons, markers, captions and credits, which nobody says."""

from bot.reading.page_words import AGENCY, NETWORK, PICTURE, PIECE, any_of, rule

_BUTTONS = any_of(
    rf"(?:share|tweet|pin|save|bookmark|print|gift|e-?mail)(?: (?:this|the))?(?: {PIECE})?(?: for later)?"
    rf"(?: (?:on|via|to|with)(?: {NETWORK}| (?:your )?friends))*(?:\W+(?:share|save|print|comments?|tweet|post|{NETWORK}))*",
    rf"{NETWORK}(?:\W+(?:{NETWORK}|share|copy(?: link)?|print|save))*",
    r"(?:copy(?: the)? link(?: to clipboard)?|(?:link )?copied(?: to clipboard)?)",
    r"(?:show|see|view|load) (?:more|less|all)",
    r"(?:back to (?:the )?top|return to (?:the )?home ?page|(?:skip|jump) to .{1,40}|skip past .{1,60})",
    r"(?:main )?menu|search|home|close|cancel|submit|next|previous|more|reply|quiz|top|loading|please wait",
    r"(?:log|sign) ?(?:in|out|up)(?: (?:now|here|or .{1,30}))?|register(?: now| here| for free)?",
    r"subscribe(?: now| here| today| to .{1,40})?|donate(?: now| here| today)?|support us|privacy notice",
    r"(?:click|tap) (?:here|above|below)(?: (?:to|for|if|and)\b.{0,100})?|(?:more )?details (?:here|below)",
    rf"follow(?: us| me)?(?: on)?(?:[\s,:]+(?:and )?{NETWORK})*",
    rf"listen to (?:this )?(?:{PIECE}|the podcast)(?: .{{0,40}})?|play(?: video| audio| now)?|watch(?: now| live| video"
    rf"| the video.{{0,20}})?",
    r"live(?: now| updates)?",
)
_NAVIGATION = any_of(
    r"(?:re-?use|licen[cs]e) this (?:content|article)|purchase licensing rights|view image in full ?screen|show full article|open in app",
    r"(?:get|download) the app|(?:view all |all )?newsletters?|free (?:daily |weekly )?newsletter|manage (?:your )?account|embed this post",
    r"(?:about|contact) us|advertise with us|removed from bookmarks|bookmark.{0,30}|end of article|sponsor message|skip advertisement",
    r"(?:sorry, )?something went wrong.{0,60}|listen to the latest songs.{0,40}|join our \w+ forum"
    r"|share or comment on this article.{0,200}",
    r"terms (?:of (?:use|service)|(?:and|&) conditions).{0,60}|privacy policy.{0,60}",
)
_DAY = r"(?:\d|\w+day\b|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec).{0,60}"
_MARKERS = any_of(
    r"advert(?:isement|isements|ising|s)?(?:\W+(?:scroll|story|article|continue).{0,50})?|ad",
    r"sponsored(?: content| links?| by .{1,40})?|promoted(?: content| stories)?|paid (?:content|post|partner content)",
    rf"(?:{PIECE}) continues (?:below|after)(?: .{{1,40}})?|after newsletter promotion",
    r"(?:continue|keep) reading(?: below| the main story)?|scroll (?:down )?(?:to continue|for more)(?: .{1,40})?",
    rf"(?:read|view|see|continue to|open) (?:the )?(?:full|whole|entire|original|complete|rest of (?:the|this)) {PIECE}(?: here"
    rf"| at .{{1,40}}| on .{{1,40}})?\.?",
    r"read the (?:rest|full text|original)(?: here| at .{1,40})?\.?|read more (?:here|at .{1,40})\.?",
    r"\d+[ -]min(?:ute)?s?(?: (?:read|watch|listen))?|\d+ (?:second|minute|hour|day|week|month)s? ago",
    r"this video can ?not be played.{0,80}|to play this video .{0,80}|end of .{1,40} (?:embed|post|content)",
    r"(?:last )?(?:updated|modified|edited)(?: (?:on|at))?(?:\s*[:–—-].{0,60}"
    rf"|\s+{_DAY})?",
    r"(?:first |originally )?published(?: (?:on|at))?\s*[:–—-].{0,60}|posted (?:on |at )?\d.{0,50}",
    rf"(?:first |originally )?published (?:on |at )?{_DAY}|(?:published|edited|reported|curated|written|produced) by\s*:\s*\S.{{0,60}}",
    r"\[\d+/\d+\].{0,300}",
)
_COMMENT_CALL = any_of(
    r"(?:join|start) the (?:conversation|discussion|debate)(?: below)?|have your say|share your (?:thoughts|views|opinions?)",
    r"(?:please )?(?:be|stay|remain|keep it) (?:respectful|civil|polite|kind|courteous|nice|on topic)(?: (?:and|or) (?:respectful|civil"
    r"|polite|kind|courteous|nice|on topic))*(?: (?:to|with|towards) (?:each other|one another|others|other (?:readers|users)))?",
    r"(?:leave|post|add|write) (?:a|your) comment|(?:please )?(?:read|follow|see) (?:the|our) (?:\w+ )?(?:rules|guidelines|standards)",
)
_COMMENT_BUTTONS = any_of(
    r"comments?(?: ?\(?\d+\)?)?|\d+ comments?|(?:no|show|view|read|see|load|hide)(?: all| the| more)?(?: \d+)? comments",
    r"report this comment(?: cancel)?|(?:leave|post|add|write|submit) (?:a|your) (?:comment|reply)",
    r"report abuse|flag as inappropriate",
    rf"{_COMMENT_CALL}(?:\W+(?:{_COMMENT_CALL}|report abuse))+",
    r"join the (?:conversation|discussion|debate)(?: below)?|have your say(?: in (?:our|the) comments(?: section)?)?",
)
_CREDITS = any_of(
    rf"[(\[]?{AGENCY}(?:\s*/\s*{AGENCY})*[)\]]?",
    rf"[(\[]?(?:(?:file|stock|featured|main|cover|lead|composite|archive|representative|representational|handout) )?{PICTURE}s?"
    r"(?: (?:credits?|source|caption|courtesy|gallery))?\s*[:|]\s*\S.{0,400}",
    r"(?:media|image|video|photo) (?:caption|source|credit), \S.{0,400}",
    rf"[(\[]?{PICTURE}s? (?:by|courtesy(?: of)?|via|credit)\b[^.]{{0,60}}",
    r"[(\[]?(?:credits?|caption|featured image|file (?:photo|image))\s*[:|]\s*\S.{0,300}",
    rf"[(\[]?ap photo\b.{{0,120}}|[(\[]{AGENCY}\W.{{0,60}}[)\]]",
)
# A caption that ends with its credit: "The ferry at dawn. Pic: Reuters", "The ferry at dawn (Jo Roe/PA)".
_CREDIT_LABEL = r"(?-i:P(?:hoto|ic|icture|hotograph)s?|Images?|Video|PHOTOS?|PICTURES?|PICS?|IMAGES?|VIDEO)(?: credits?| courtesy)?"
_CAPTION_END = any_of(
    rf"[.!?)\]|–—-]\s*{_CREDIT_LABEL}\s?:\s?[^.:\"“”]{{2,60}}\.?",
    r"[.!?)\]|–—-]\s*(?-i:Credit|CREDIT)\s?:\s?[^.:\"“”]{2,60}\.?",
    r"[.!?)\]]\s*(?-i:REUTERS|AP Photo|AFP|EPA)/\S[^.]{1,60}",
    rf"[(\[]{_CREDIT_LABEL}\s?:\s?[^.:\"“”]{{2,60}}[)\]]\.?",
    rf"\((?:(?:[\w.'’-]+ ){{0,4}}[\w.'’-]+\s?/\s?{AGENCY}|(?:file )?(?:photo|image|picture)(?: by [^()]{{2,60}})?"
    rf"|ap photo/[^()]{{2,60}}|{AGENCY} (?:file )?(?:photo|image|archive|wire|images))\)\.?",
)
_LINE_END = r"(?:[\s:!…>»›→|–—-]|\.{2,})*"

FURNITURE = rule(
    rf"\W{{0,3}}{any_of(_BUTTONS, _NAVIGATION, _MARKERS, _COMMENT_BUTTONS)}{_LINE_END}$", rf"{_CREDITS}$", rf"\S.{{0,300}}?{_CAPTION_END}$"
)
