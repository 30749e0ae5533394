"""Patterns of what leads away from an article: headings of lists of other articles, teasers, labelled links."""

from bot.reading.page_words import ADDRESS, LABEL_END, PIECE, PIECES, rule

LIST_HEADING = rule(
    *(
        rf"\W{{0,3}}(?:{heading})[\s:!…>»›→|–—-]*$"
        for heading in (
            r"(?:read|see|learn|find out|discover|explore|hear|watch) more(?: (?:on|about|from|in|of|at|here|like this).{0,60})?",
            rf"(?:read|see|learn|find) more {PIECES}(?: .{{1,40}})?",
            r"more (?:from|on|about|by) .{1,60}",
            rf"more (?:\w+ ){{0,3}}(?:{PIECES}|like this|to read)(?: (?:from|on|in) .{{1,40}})?",
            rf"related(?: {PIECES}| tags| to this {PIECE}| internet links)?",
            rf"(?:recommended|suggested)(?: for you| {PIECES}| by .{{1,40}})?",
            r"you (?:may|might|could) (?:also )?(?:like|be interested in|enjoy|want to read)(?: .{1,40})?",
            r"most (?:read|popular|viewed|shared|watched|commented|discussed)(?: .{1,40})?",
            rf"(?:now )?trending(?: now| {PIECES}| on .{{1,40}}| in .{{1,40}})?|popular(?: now| on .{{1,40}}| in .{{1,40}})?",
            rf"(?:top|latest|other|breaking|today'?s|popular|big|featured|similar|our (?:best|top|latest)) {PIECES}(?: (?:on"
            rf"|from|in) .{{1,40}})?",
            r"editor[’']?s[’']? (?:picks?|choice)|don[’']t miss(?: out| this| these)?(?:\W*\[.*\])?|must[ -]reads?|in case you missed it"
            r"|icymi|further reading",
            r"also (?:in the news|read|watch|see|of interest|on .{1,40}|in .{1,40})|see also|read also|(?:you should"
            r"|we) (?:also )?(?:recommend|read)",
            r"(?:what to )?(?:read|watch|listen to) next|up next|keep reading|(?:next|previous) (?:story|article|post)",
            r"(?:from )?(?:elsewhere|around) (?:on|in|the) .{1,40}|from (?:our partners|the archives?|the web|our network)",
            rf"(?:topics?|tags?|filed under|categories|keywords)(?: (?:mentioned )?in this {PIECE})?|in this {PIECE}",
        )
    )
)

# A teaser is one line with no full stop at its end.
TEASER = rule(
    r"(?:[\w’'&/-]+ ){1,4}latest\s*[:|–—-]\s*\S",
    r"(?:latest|live|live updates?|live blog|follow live|as it happened|breaking|exclusive|trending|subscriber only|premium)\s*[:|]\s*\S",
    r"(?:in (?:pictures|photos|graphics|full)|gallery|pictures|watch(?: live)?|listen|podcast|interactive|quiz|long read"
    r"|big read)\s*[:|]\s*\S",
    r"(?:read|next|more|opinion|comment|analysis|explainer|explained|profile|fact ?check|must read|don[’']t miss)\s*[:|]\s*\S",
    r"(?:read(?: more| also)?|also read|watch|listen|related)\s*[-–—]\s+\S|(?:read|see|watch|find|follow) (?:all|our|more"
    r"|the (?:latest|full|rest))\b[^.]{0,60}\bhere",
    r"(?:read|see|watch|find) (?:more |all |the full \w+ )?(?:of .{1,40} )?(?:here|below|in full)\b",
)

# A labelled link or a labelled call is the page's, whether it ends with a full stop or not.
LABELLED = rule(
    r"more from [^:|]{1,40}[:|]\s*\S",
    rf"(?:read|see|learn|find out) more(?: (?:on|about|from|in) [^:|]{{1,40}}| here| {PIECES})?{LABEL_END}",
    rf"(?:also read|read also|also watch|also see|see also|must read|you may also like|read next|up next|more on this(?: story)?"
    rf"|further reading){LABEL_END}",
    rf"(?:related(?: {PIECES})?|recommended(?: for you| {PIECES})?|click here|editor[’']?s picks?){LABEL_END}",
    r"(?:tags?|topics?|location|privacy (?:notice|policy)|filed under|categories|keywords|posted in)\s*[:|]\s*[^.]{1,200}$",
    r"(?:share|subscribe|donate|partner|contact(?: us)?|tips?|got a tip|support(?: us)?|join(?: us)?|follow(?: us)?|advertise"
    r"|sponsor|membership"
    r"|sign[ -]?up|newsletters?|get in touch|write (?:for|to) us|email us|send us|have your say|podcast|download)\s*[:|]\s"
    r"(?=.*\b(?:us|our|you|your|here|now|free)\b)",
    rf"(?:(?:e-?mail|contact)\s*:?\s*)?{ADDRESS}\.?$|(?:twitter|follow|phone|tel|telephone|whatsapp)\s*:\s*[@+]\S+\.?$|https?://\S+$",
)
