"""Patterns of the section where readers comment: what opens it, and what its rules speak of."""

from bot.reading.page_words import rule

OPENS_COMMENTS = rule(
    r"comments?\s*[:|–—-]\s*(?:our |the |house )?(?:rules|policy|guidelines|moderation|terms)\b",
    r"(?:comment(?:ing|s)?|community|moderation|discussion|house) (?:rules|polic(?:y|ies)|guidelines|standards|terms)[\s:.]*$",
    r"we (?:want|encourage|welcome|ask|reserve|do not|don[’']t|moderate|love|value)\b.{0,80}"
    r"\b(?:(?:our|your|readers?[’']?|user|all) comments|comments (?:to|that|which|should|are)|(?:you|readers|users"
    r"|everyone) to (?:\w+ )?comment)\b",
    r"comments (?:on|for) this (?:article|story|post) (?:are|have been)(?: now)?"
    r" (?:closed|(?:pre-)?moderated|disabled|turned off|not available|automated)\b",
    r"comments (?:are|have been)(?: now)? (?:closed|(?:pre-)?moderated|disabled|turned off|not available|automated)"
    r"(?: (?:on|for|under|below) (?:this|these|our|live)\b.{0,60}| for legal reasons\b.{0,40})?(?:[.!]|$)",
    r"(?:please )?(?:report|flag) (?:any|this|a|inappropriate|abusive) .{0,30}comments?\b",
    r"[^.]{1,40} values your comments\b|(?:please )?review our comment(?:ing)? policy\b",
    r"(?:please )?read (?:the|our) (?:\w+ ){0,2}(?:rules|comments? policy|guidelines|community standards)"
    r"(?:(?: in full)? here.{0,40}| before (?:you )?(?:comment|post).{0,40})?\W*$",
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
