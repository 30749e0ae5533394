"""What English calls languages, by their BCP 47 tags."""

from typing import Final

_NAMED: Final = (
    "af=Afrikaans am=Amharic ar=Arabic az=Azerbaijani be=Belarusian bg=Bulgarian bn=Bengali bs=Bosnian ca=Catalan cs=Czech cy=Welsh"
    " da=Danish de=German el=Greek en=English eo=Esperanto es=Spanish et=Estonian eu=Basque fa=Persian fi=Finnish fo=Faroese fr=French"
    " fy=Frisian ga=Irish gd=Gaelic gl=Galician gu=Gujarati ha=Hausa he=Hebrew hi=Hindi hr=Croatian hu=Hungarian hy=Armenian"
    " id=Indonesian is=Icelandic it=Italian ja=Japanese ka=Georgian kk=Kazakh km=Khmer kn=Kannada ko=Korean ku=Kurdish ky=Kyrgyz"
    " la=Latin lb=Luxembourgish lo=Lao lt=Lithuanian lv=Latvian mk=Macedonian ml=Malayalam mn=Mongolian mr=Marathi ms=Malay mt=Maltese"
    " my=Burmese nb=Norwegian ne=Nepali nl=Dutch nn=Norwegian no=Norwegian oc=Occitan pa=Punjabi pl=Polish ps=Pashto pt=Portuguese"
    " ro=Romanian ru=Russian sk=Slovak sl=Slovene so=Somali sq=Albanian sr=Serbian sv=Swedish sw=Swahili ta=Tamil te=Telugu tg=Tajik"
    " th=Thai tl=Tagalog tr=Turkish uk=Ukrainian ur=Urdu uz=Uzbek vi=Vietnamese wuu=Chinese yue=Cantonese zh=Chinese zu=Zulu"
)
_NAMES: Final = dict(pair.split("=") for pair in _NAMED.split())


def primary(tag: str) -> str:
    """The primary language subtag of a BCP 47 tag: "en" of "en-GB"."""
    return tag.partition("-")[0].lower()


def language_name(tag: str) -> str:
    """What English calls a language; of one that has no name here, its tag."""
    return _NAMES.get(primary(tag), f"“{tag}”")
