from bot.quoting.engine import QuotingEngine
from bot.quoting.rules import RuleTagger


def test_an_engine_names_itself_with_the_versions_of_its_parts() -> None:
    name = QuotingEngine(RuleTagger()).name
    assert name.startswith("rules-1+speakers-")
