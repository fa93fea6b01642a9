"""Credit lines: who took the picture. Scrapers leave them between paragraphs, with or without their bracket."""

from __future__ import annotations

import re

_LABEL = (
    r"(?:(?:file|handout|stock)?\s*(?:photo(?:graph)?|image|picture|pic|video|illustration|graphic)s?"
    r"(?:\s+(?:credit|copyright|source|by|courtesy(?:\s+of)?|via))?"
    r"|(?:image|photo|picture)?\s*(?:credits?|copyright|courtesy(?:\s+of)?|source)"
    r"|foto(?:s|graf(?:ie|ia)?)?|bild(?:quelle|nachweis|rechte)?|quelle"  # German, Spanish, Polish
    r"|photographie|crédit(?:s)?(?:\s+photo)?|cr[ée]dit photo"  # French
    r"|fotograf[ií]a|imagen|fuente|créditos?"  # Spanish
    r"|fot\.|zdjęcie|źródło|autor zdjęcia"  # Polish
    r"|фото(?:графия)?|снимок|источник|изображение|иллюстрация"  # Russian
    r"|світлина|фотографія|джерело|зображення|здымак|крыніца)"  # Ukrainian, Belarusian
)
_AGENCY = (
    r"(?:AP|AFP|Reuters|Getty(?: Images)?|EPA|dpa|TASS|PAP|Ukrinform|BelTA|Shutterstock|AP Photo|Anadolu|EFE|ANSA|"
    r"Imago|Picture Alliance|ТАСС|РИА Новости|Укринформ|Укрінформ|БелТА)"
)
_CREDITED = (
    rf"(?:{_LABEL}\s*(?:[:/|–—-]|\bby\b|\bcourtesy\b|\bof\b|\bvia\b)\s*\S.{{0,120}}"
    rf"|(?:\w+\W+){{0,4}}?{_AGENCY}(?:\s*[/|,]\s*[\w .]+)*\W{{0,2}}"
    r"|(?:©|\(c\))\s*\S.{0,100})$"
)
_CREDIT_LINE = re.compile(rf"^\W{{0,3}}{_CREDITED}", re.IGNORECASE)
_CREDIT_AT_END = re.compile(
    rf"(?:[.!?…]['\"”’]?\s+(?={_LABEL}\s*[:/|–—-])|\s*[(\[|](?=[^()]*[)\]]?$)|\s+(?={_LABEL}\s*[:/|]|©)){_CREDITED}",
    re.IGNORECASE,
)
_SMALL_WORD = re.compile(r"(?<!\S)(?!(?:of|the|and|by|via|for|in|from|courtesy)\b)[^\W\d_A-ZА-ЯЁІЇЄҐ]\w+")
_MOST_SMALL_WORDS = 3  # “Image: Protesters wave flags outside the parliament in Tbilisi” is a caption
_LONGEST = 140  # code points; a longer line tells more than who took the picture


def is_credit(line: str) -> bool:
    """Whether the whole line is a picture's credit, in English, German, French, Spanish, Polish or East Slavic."""
    line = line.strip()
    if len(line) > _LONGEST or _CREDIT_LINE.match(line) is None:
        return False
    return len(_SMALL_WORD.findall(line.split(":", 1)[-1])) <= _MOST_SMALL_WORDS


def credit_at_end(line: str) -> int:
    """Where a credit begins that ends a caption's line: “… in Lviv. Photo: Reuters”, “… in Lviv (AP)”.

    The length of the line, in code points, when there is none. The end of the sentence stays with the caption.
    """
    match = _CREDIT_AT_END.search(line)
    if match is None:
        return len(line)
    at = match.start()
    while at < match.end() and line[at] in ".!?…'\"”’":
        at += 1
    return at
