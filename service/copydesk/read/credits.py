"""Credit lines: who took the picture. Scrapers leave them between paragraphs, with or without their bracket."""

from __future__ import annotations

import re

import re2

_LABEL = (
    r"(?:(?:file|handout|stock)?\s*(?:photo(?:graph)?|image|picture|pic|video|illustration|graphic)s?"
    r"(?:\s+(?:credit|copyright|source|by|courtesy(?:\s+of)?|via))?"
    r"|(?:image|photo|picture)?\s*(?:credits?|copyright|courtesy(?:\s+of)?|source)"
    r"|(?:symbol|archiv|agentur)?foto(?:s|graf(?:ie|ia|ía)?)?(?:\s+de(?:\s+archivo)?)?"  # German, Spanish, Polish
    r"|(?:symbol|archiv|titel)?bild(?:er)?(?:quelle|nachweis|rechte)?|quelle"  # German
    r"|photographie|crédits?(?:\s+photos?)?|photo\s+d['’]archives?"  # French
    r"|imagen(?:\s+de\s+archivo)?|fuente|créditos?"  # Spanish
    r"|fot\.|zdjęcie(?:\s+ilustracyjne)?|źródło|autor zdjęcia"  # Polish
    r"|(?:автор\s+|источник\s+)?фото(?:графия|графии|граф)?|снимок|источник|изображение|иллюстрация"  # Russian
    r"|світлина|(?:автор\s+|джерело\s+)?(?:фотографія|фотографії|фото)|джерело|зображення|ілюстрація"  # Ukrainian
    r"|здымак|крыніца)"  # Belarusian
)
_AGENCY = (
    r"(?:AP|AFP|Reuters|Getty(?: Images)?|EPA|dpa|TASS|PAP|Ukrinform|UNIAN|BelTA|Shutterstock|AP Photo|Anadolu|EFE|"
    r"ANSA|Europa Press|NurPhoto|WireImage|Xinhua|East News|Agencja (?:Gazeta|Wyborcza(?:\.pl)?)|i?Stock(?:photo)?|"
    r"Unsplash|Pexels|Pixabay|Depositphotos|Adobe Stock|Associated Press|Imago|Picture Alliance|ТАСС|РИА Новости|"
    r"Интерфакс|Укринформ|Укрінформ|УНІАН|УНИАН|БелТА)"
)
_SEPARATOR = r"(?:[:/|–—-]|\bby\b|\bcourtesy\b|\bof\b|\bvia\b|(?<=fot\.)|(?=\s" + _AGENCY + r"\b))"
_CREDITED = (
    rf"(?:{_LABEL}\s*{_SEPARATOR}\s*\S.{{0,120}}"
    rf"|(?:\w+[^\w(]+){{0,4}}?{_AGENCY}(?:\s*[/|,]\s*[\w .]+)*\W{{0,2}}"
    r"|(?:©|\(c\)|credit\.\.\.)\s*\S.{0,100})$"
)
_CREDIT_LINE = re.compile(rf"^\W{{0,3}}{_CREDITED}", re.IGNORECASE)
_CREDIT_AT_END = re.compile(
    rf"(?:[.!?…]['\"”’»]?\s+(?={_LABEL}\s*{_SEPARATOR}|(?:\w+[^\w(.]+){{0,3}}?{_AGENCY}\b)"
    rf"|\s*[(\[|](?=[^()]*[)\]]?$)|\s+[•·/–—-]\s*(?={_LABEL}\s*[:/|]|©)|\s+(?={_LABEL}\s*[:/|])"
    rf"|\s+(?=(?-i:Photograph|Photo|Photos|Image|Picture|Illustration|Foto|Video)\s+(?:by|von|de)\s+(?-i:[A-ZÀ-Þ]))"
    rf"|\s*(?=©|credit\.\.\.)|[.!?…](?={_AGENCY}\b)){_CREDITED}",
    re.IGNORECASE,
)
# What every credit has. RE2 looks through a line for it in a fraction of the time of the patterns above.
_MAY_HOLD_CREDIT = re2.compile(
    rf"(?i){_LABEL}[\s\pZ]*(?:[:/|–—-]|by|courtesy|of|via)|fot\.|(?:^|[^\pL\pN_]){_AGENCY}(?:[^\pL\pN_]|$)"
    r"|©|\(c\)|credit\.\.\."
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
    match = _CREDIT_AT_END.search(line) if _MAY_HOLD_CREDIT.search(line) else None
    if match is None:
        return len(line)
    at = match.start()
    while at < match.end() and line[at] in ".!?…'\"”’":
        at += 1
    return at
