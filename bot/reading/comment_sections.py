"""Patterns of the section where readers comment: what opens it, and what its rules speak of."""

from bot.reading.page_words import rule

OPENS_COMMENTS = rule(
    r"comments?\s*[:|–—-]\s*(?:our |the |house )?(?:rules|policy|guidelines|moderation|terms)\b",
    r"(?:comment(?:ing|s)?|community|moderation|discussion|house) (?:rules|polic(?:y|ies)|guidelines|standards|terms)[\s:.]*$",
    r"we (?:want|encourage|welcome|ask|reserve|do not|don[’']t|moderate|love|value)\b.{0,80}\b(?:our|your|to|reader|all|user) ?comments?\b",
    r"comments (?:are|have been|on this|will be|for this|may be|must)\b.{0,80}"
    r"\b(?:closed|moderated|disabled|turned off|subject to|welcome|not available|removed|automated)\b",
    r"(?:please )?(?:report|flag) (?:any|this|a|inappropriate|abusive) .{0,30}comments?\b",
    r"(?:please )?read (?:the|our) (?:\w+ ){0,2}(?:rules|comments? policy|guidelines|community standards)\b",
    r"(?:please )?(?:log in|sign in|register|you must be (?:logged|signed) in|subscribe)\b.{0,30} to (?:post|comment|leave|join"
    r"|reply|add|make)\b.{0,40}$",
    r"(?:be the )?first to (?:leave a )?comment|your e-?mail address will not be published|these comments are (?:now )?closed",
    r"(?:what do you think\?|let us know|have your say|share your (?:thoughts|views|opinions?)|join the (?:conversation|discussion|debate))"
    r".{0,120}\bcomments?\b",
    r"(?:our|the|this) comments? section (?:is|has been)\b.{0,60}\b(?:closed|moderated|open|disabled)|readers[’'] comments\W*$",
)
OF_COMMENTS = rule(
    r"\b(?:comments?|commenters?|commenting|moderat\w+|community (?:rules|standards|guidelines)|abus(?:e|ed|ive)|offensive|defamatory)\b",
    r"\b(?:the rules|house rules|our rules|readers can debate|log in|sign in|user agreement|last updated)\b",
    r"^(?:reply|cancel|submit|post|name|website|save my name)\b",
)
