"""Verbs of saying, as patterns: plain ones, and those that say how somebody spoke, which a question's topic can do without."""

SAID_VERB = r"(?:say|says|said|saying|tell|tells|told|write|writes|wrote|written|claim|claims|claimed|spoken|commented|talked)"


def _forms(stems: str, endings: str) -> str:
    return rf"(?:{'|'.join(stems.split())})(?:{endings})"


SPEAKING_VERB = "(?:{})".format(
    "|".join(
        (
            r"speak(?:s|ing)?|spoke|used\s+the\s+(?:words?|phrase|term)|(?:is|was|were|been)\s+quoted|quoted|apologi[sz](?:e|es|ed|ing)",
            r"calls?\s+for|called\s+for|calling\s+for|calls|called|calling|admit(?:s|ted|ting)?|criticis(?:e|es|ed|ing)|criticiz(?:e|es|ed|ing)",
            _forms("talk mention comment remark discuss condemn warn complain respond react ask explain insist confirm", "s|es|ed|ing|"),
            _forms("den repl", "y|ies|ied|ying"),
            _forms("prais announc promis accus urg argu predict describ dismiss welcom", "e|es|ed|ing|s|"),
        )
    )
)
