"""What a spelling can sound like: a name read under each orthography that could have written it.

Russian, Ukrainian, Belarusian and Bulgarian names are written into Latin letters differently for English (BGN/PCGN,
ALA-LC, ICAO, the Ukrainian rule of 2010), German (Duden), Polish (PWN), French (AFNOR), Spanish and Catalan, Dutch,
Swedish and Danish, Hungarian readers, and in scholarly Latin (ISO 9, the Belarusian instruction of 2007). Within one
of these a grapheme has one or two sounds; only the union over all is hopelessly ambiguous (`s` is Hungarian sh, `j`
French zh). So a word is read only under orthographies that can have produced it: German has no `v`, Polish no `sh`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

_MOST_READINGS = 24  # of one word under one orthography; the rest, unlikelier ones, are cut off

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "jo", "є": "je", "ж": "ž", "з": "z",
    "и": "i", "і": "i", "ї": "ji", "й": "j", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ў": "v", "ф": "f", "х": "kh", "ц": "ts", "ч": "č", "ш": "š", "щ": "šč", "ъ": "",
    "ы": "y", "ь": "", "э": "e", "ю": "ju", "я": "ja",
    "ј": "j", "љ": "lj", "њ": "nj", "ћ": "ć", "ђ": "đ", "џ": "dž",
}  # fmt: skip
_LATIN = {
    "ł": "l", "ŭ": "v", "ż": "ž", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    "ğ": "g", "ş": "š", "ţ": "ts", "ț": "ts", "ș": "š", "ń": "n", "ś": "s", "ź": "z", "ë": "jo", "ə": "a", "ŝ": "šč",
    "ç": "č", "ċ": "č",
}  # fmt: skip
_KEPT = frozenset("šžčć")  # letters whose diacritic changes the sound
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʹʺ`´′"))  # soft and hard signs


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """`word` in lower-case Latin letters; only the diacritics that change a consonant stay."""
    word = word.casefold()
    if word.isascii():
        return word.translate(_APOSTROPHES)
    out = []
    for letter in unicodedata.normalize("NFC", word).translate(_APOSTROPHES):
        if letter.isascii() or letter in _KEPT:
            out.append(letter)
        elif (mapped := _CYRILLIC.get(letter) or _LATIN.get(letter)) is not None:
            out.append(mapped)
        else:
            out.append(unicodedata.normalize("NFD", letter)[0])
    return "".join(out)


@dataclass(frozen=True, slots=True)
class Orthography:
    """Graphemes and their sounds, the likeliest first; what it never writes, and what a word must have to be its."""

    sounds: dict[str, tuple[str, ...]]
    graphemes: re.Pattern[str]
    never: re.Pattern[str]
    needs: re.Pattern[str]

    def reads(self, folded: str) -> bool:
        """Whether this orthography can have written `folded`."""
        return self.never.search(folded) is None and self.needs.search(folded) is not None

    def readings(self, folded: str, most: int = _MOST_READINGS) -> Iterator[str]:
        """The sound strings of `folded`, the likeliest first."""
        graphemes = self.graphemes.findall(folded)
        units = [self.sounds.get(grapheme, (grapheme,)) for grapheme in graphemes]
        return islice(map("".join, product(*units)), most)


def _orthography(table: str, never: str = "(?!)", needs: str = "") -> Orthography:
    """An orthography from `grapheme=sound/sound …`; `_` is no sound. Letters not in the table sound as themselves."""
    sounds = {}
    for row in f"{_COMMON} {table}".split():
        grapheme, _, heard = row.partition("=")
        sounds[grapheme] = tuple(heard.replace("_", "").split("/"))
    longest_first = sorted(sounds, key=len, reverse=True)
    graphemes = re.compile("|".join([*map(re.escape, longest_first), "[a-zšžčć]"]))
    return Orthography(sounds, graphemes, re.compile(never), re.compile(needs))


# Sounds: b v g d ž z k l m n p r s t f x c č š and a e i o u; `j` is any y-like glide.
_COMMON = "y=i ck=k qu=k ph=f th=t gh=g šč=š ć=c h=g/x"
_ORTHOGRAPHIES = (
    _orthography(  # English, everyday and official, and whatever is mixed
        "shch=š šč=š sch=š sh=š chr=kr/xr/čr tc=c zh=ž kh=x ch=č tch=č ts=c tz=c cz=č ce=se/ce ci=si/ci cy=si/ci "
        "cky=ckij/kij cki=ckij/kij c=k/c č=č w=v q=k x=ks ff=f/v dzh=dž dj=dž/d j=j/dž oo=u",
        never="sch[tu]|tsch|tch|sz|tj|sj|zj|cs|zs|szcz|aw[iy]t|wit|ou(?!$|s|k$)|oe",
    ),
    _orthography(  # German: Duden. The GDR wrote sh for ж too; read so, Shilin would be Zhilin
        "schtsch=š stsch=š schtch=š tsch=č sch=š/ž s=s/z ss=s z=c tz=c ts=c zk=ck w=v ch=x dsch=dž ff=v/f ck=k "
        "c=k x=ks ew=ev ie=i/ie ue=ue/u ae=ae/a oe=oe/o v=f/v",
        never="v(?!$)|shch|zh|kh|y[aeou]|cz|sz|rz|tj(?!a|u)|sj(?!a|u)|zj|cs|[šžč]|tch",
        needs="w|sch|z|ch|j|s|ff|[uao]e",
    ),
    _orthography(  # Polish: PWN
        "ou=ov szcz=š sz=š cz=č rz=ž/r ż=ž ch=x w=v c=c ci=c dz=d/dz dż=dž ie=e j=j x=ks si=s zi=z/zi ck=ck cj=c",
        never="v|sh|zh|kh|sch|[čš]|y[aeou]|ts|ou(?!sk|$)|tch|tj|sj|zj|q",
        needs="w|cz|sz|c|ie|j",
    ),
    _orthography(  # French: AFNOR and habit
        "chtch=š tch=č ch=š j=ž ou=u/ov oui=ui gu=g gui=gi guine=gin gue=ge ss=s kh=x ts=c tz=c dj=dž ine=in yne=in "
        "x=ks c=k ce=se ci=si",
        never="w|sh|zh|sch|cz|sz|rz|tsch|tj|sj|zj|[čšž]|cs",
        needs="ou|tch|j|gu|ine$|yne$|ss|^ch[aeo][^n]",
    ),
    _orthography(  # Scholarly and Czech, Slovak, Slovene, Croatian, also with the diacritics left out
        "ck=ck c=c/č s=s z=z šč=š č=č ch=x h=g/x x=ks/x dž=dž ć=c/č",
        never="w|sh|zh|kh|sch|tch|cz|sz|rz|ts|ou(?!sk|$)|y[aeou]|q|ff|tj[eo]|sj[eo]|cs",
        needs="[cszčšž]",
    ),
    _orthography(  # Swedish, Danish, Norwegian, Dutch
        "sjtsj=š sjtj=š stj=š sjch=š tsj=č tj=č sj=š zj=ž ch=x kh=x oe=u ts=c w=v c=k ij=ij ks=ks",
        never="sh|zh|sch|cz|sz|tch|cs|[šžč]|w.*v|oe[vwjy]",
        needs="tj|sj|zj|oe",
    ),
    _orthography(  # Hungarian
        "scs=š cs=č sz=s zs=ž s=š gy=g/d ny=n ly=l ty=t c=c ov=ov ck=ck",
        never="w|sh|zh|kh|sch|tch|tj|sj|zj|ts|ch|[šžč]|rz|cz",
        needs="sz|cs|zs|gy",
    ),
    _orthography(  # Catalan, Spanish, Portuguese, Turkic Latin
        "tx=č x=š/x ix=š j=ž/x/dž ss=s kh=x ch=č ts=c sch=š c=dž/k q=g/k gu=g",
        never="w|sh|sz|cz|tch|tsch|tj|sj|zj|[šž]|rz",
        needs="x|j|q|ss|ch|c",
    ),
)

# Sources of place names mix their orthographies and drop diacritics: Shostka is Sostka, Kozelshchyna Kozelscyna.
_CARELESS = _orthography(
    "ck=ck/k c=c/č/k s=s/š z=z/ž/c ch=č/x/š sh=š zh=ž kh=x shch=š shh=š sc=š/sč ts=c tz=c cz=č sz=š sch=š/ž w=v x=ks "
    "q=k tch=č ou=u/ov ss=s rz=ž eh=e/eg/ex",
)


def sounds(folded: str) -> dict[str, None]:
    """Every sound string of `folded` under every orthography that can have written it, the likeliest first."""
    found: dict[str, None] = {}
    for orthography in _ORTHOGRAPHIES:
        if orthography.reads(folded):
            found.update(dict.fromkeys(orthography.readings(folded)))
    return found or dict.fromkeys(_ORTHOGRAPHIES[0].readings(folded))


def careless_sounds(folded: str) -> dict[str, None]:
    """Every sound string of `folded` if its writer dropped diacritics and mixed orthographies."""
    return dict.fromkeys(_CARELESS.readings(folded, 2 * _MOST_READINGS))
