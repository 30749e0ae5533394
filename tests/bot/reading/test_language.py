"""The language of a text is found in the text: what it declares counts only where the text is too short to tell."""

import sys
from pathlib import Path
from subprocess import run

import pytest

from bot.language_names import language_name
from bot.reading.documents import Hints, parse
from bot.reading.language import language_of

SHARED = Path(__file__).parents[4] / "shared" / "corpora" / "polnear"
NEWS = {
    "fr": "La maire a déclaré lundi que le pont resterait fermé tout l'hiver. « Nous n'avons pas le choix », a dit Ann Bell aux habitants"
    " de l'île, qui attendent depuis trois mois un bateau de remplacement.",
    "de": "Die Bürgermeisterin sagte am Montag, die Brücke bleibe den ganzen Winter gesperrt. „Wir haben keine Wahl“, sagte Ann Bell den"
    " Bewohnern der Insel, die seit drei Monaten auf ein anderes Schiff warten.",
    "es": "La alcaldesa dijo el lunes que el puente seguirá cerrado todo el invierno. «No tenemos otra opción», dijo Ann Bell a los vecinos"
    " de la isla, que esperan desde hace tres meses otro barco.",
    "pl": "Burmistrz powiedziała w poniedziałek, że most pozostanie zamknięty przez całą zimę. „Nie mamy wyboru”, powiedziała mieszkańcom"
    " wyspy, którzy od trzech miesięcy czekają na inny statek.",
    "ru": "Мэр заявила в понедельник, что мост будет закрыт всю зиму. «У нас нет выбора», — сказала она жителям острова, которые уже три"
    " месяца ждут другой паром.",
    "zh": "市长星期一表示，这座桥整个冬天都将关闭。她对岛上居民说：“我们别无选择。”居民们已经等了三个月，希望有另一艘渡轮。"
    "当地政府说，新的渡轮最早明年春天才能到。",
    "nl": "De burgemeester zei maandag dat de brug de hele winter dicht blijft. „We hebben geen keus”, zei Ann Bell tegen de bewoners van"
    " het eiland, die al drie maanden op een andere boot wachten.",
    "it": "La sindaca ha detto lunedì che il ponte resterà chiuso per tutto l'inverno. «Non abbiamo scelta», ha detto Ann Bell agli"
    " abitanti dell'isola, che da tre mesi aspettano un altro traghetto.",
}
ENGLISH = (
    "The mayor said on Monday that the bridge would stay shut all winter. “We have no choice,” Ann Bell told the people of the island,"
    " who have waited for another boat for three months."
)
NAMES = (
    "Olaf Scholz, Giorgia Meloni, Pedro Sánchez and Ursula von der Leyen met in Bruxelles on Montag. Bürgermeister Jürgen Groß said that"
    " the Süddeutsche Zeitung and Le Monde diplomatique had it wrong."
)


@pytest.mark.parametrize("tag", NEWS)
@pytest.mark.parametrize("declared", [None, "en-GB", "en"])
def test_news_in_another_language_is_known_whatever_it_declares(tag: str, declared: str | None) -> None:
    assert language_of(NEWS[tag], declared) == tag
    assert parse(NEWS[tag].encode(), name="a.txt", hints=Hints(language=declared))[0].language == tag


@pytest.mark.parametrize("text", [ENGLISH, NAMES, f"{ENGLISH} {NEWS['fr'][66:130]} {ENGLISH}", f"{NEWS['de'][:70]} {ENGLISH} {ENGLISH}"])
@pytest.mark.parametrize("declared", [None, "fr"])
def test_english_with_foreign_names_and_quotes_is_english(text: str, declared: str | None) -> None:
    assert language_of(text, declared) == "en"


@pytest.mark.parametrize("text", ["", "Ann Bell.", "Real Madrid 2, Barcelona 1", "1 2 3", "\ud800" * 60, "Le pont est fermé."])
def test_a_short_text_is_in_the_language_that_it_declares(text: str) -> None:
    assert language_of(text, "fr-CA") == "fr-CA"
    assert language_of(text, None) is None


def test_what_the_text_bears_out_stays_as_it_was_declared() -> None:
    assert language_of(ENGLISH, "en-GB") == "en-GB"
    assert language_of(NEWS["fr"], "fr-CA") == "fr-CA"


def test_languages_have_names() -> None:
    assert [language_name(tag) for tag in ("fr-CA", "zh", "gcf")] == ["French", "Chinese", "“gcf”"]


def test_whoever_reads_english_alone_loads_no_model() -> None:
    code = f"import sys; from bot.reading.language import language_of; language_of({ENGLISH!r}, None); sys.exit('py3langid' in sys.modules)"
    assert run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 - our own interpreter


@pytest.mark.skipif(not SHARED.is_dir(), reason="The annotated news does not lie beside the repository.")
def test_all_of_the_annotated_news_is_english() -> None:
    files = sorted(SHARED.glob("*/text/*.txt"))
    assert len(files) > 900
    assert {language_of(file.read_text("utf-8"), declared) for file in files for declared in (None, "fr")} == {"en"}
