"""British and American spellings, word by word.

Words are here only if one of the two is wrong on the other side of the Atlantic. Forms that mean something else there,
too (meter, program, license, check, tire, story, draft), count for neither; their British twins count as British.
Sources: the lists of Oxford's New Hart's Rules (ch. 21) and of VarCon (wordlist.aspell.net).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from copydesk.checkers._narration import Use
from copydesk.model import Span

BRITISH, AMERICAN = "British", "American"
_OXFORD = "-ize"  # American, and Oxford's British: nothing in a text that is otherwise British and has no -ise
_OTHER = {BRITISH: AMERICAN, AMERICAN: BRITISH, _OXFORD: BRITISH}

_OUR = (
    "armour behaviour candour clamour colour demeanour endeavour favour fervour flavour harbour honour humour labour "
    "neighbour odour parlour rancour rumour saviour savour splendour tumour valour vapour vigour"
)
_OUR_ENDINGS = " s ed ing er ers ite ites able ably ful less hood hoods ly y al ally"
_DOUBLED = "cancel channel counsel dial fuel label level marvel model panel quarrel shovel signal total travel tunnel"
_DOUBLED_ENDINGS = "led ling ler lers lor lors lous"
_ISE = (
    "apolog author capital categor central character civil colon critic custom decentral demilitar democrat demoral "
    "destabil digit dramat econom emphas energ ethnic fertil final formal fratern galvan general global harmon "
    "hospital ideal immun improv industrial institutional international item jeopard legal legitim liberal local "
    "marginal material maxim mechan memor mesmer militar minim mobil modern monet national natural neutral normal "
    "optim organ patron penal personal polar politic popular pressur priorit privat public radical rational real "
    "recogn reorgan revital scrutin sensit social special stabil standard steril stigmat subsid summar symbol "
    "sympath synchron terror theor traumat util vandal victim visual weapon"
)
_ISE_ENDINGS = "e es ed ing er ers ation ations"
_PAIRS = """
centre center; centres centers; centred centered; theatre theater; theatres theaters; kilometre kilometer;
kilometres kilometers; centimetre centimeter; centimetres centimeters; litre liter; litres liters; fibre fiber;
fibres fibers; calibre caliber; sombre somber; spectre specter; meagre meager; defence defense; defences defenses;
defenceless defenseless; offence offense; offences offenses; pretence pretense; analyse analyze; analysed analyzed;
analysing analyzing; paralyse paralyze; paralysed paralyzed; paralysing paralyzing; jewellery jewelry;
jeweller jeweler; woollen woolen; enrol enroll; enrolment enrollment; fulfil fulfill; fulfils fulfills;
fulfilment fulfillment; skilful skillful; skilfully skillfully; instalment installment; instalments installments;
grey gray; plough plow; ploughed plowed; ploughing plowing; sceptic skeptic; sceptics skeptics; sceptical skeptical;
scepticism skepticism; aluminium aluminum; manoeuvre maneuver; manoeuvres maneuvers; manoeuvring maneuvering;
ageing aging; pyjamas pajamas; aeroplane airplane; aeroplanes airplanes; cosy cozy; moustache mustache; mum mom;
mums moms; paediatric pediatric; orthopaedic orthopedic; leukaemia leukemia; haemorrhage hemorrhage;
anaesthetic anesthetic; diarrhoea diarrhea; mould mold; smouldering smoldering; sulphur sulfur
"""
_ONLY_BRITISH_PAIRS = """
metre meter; metres meters; licence license; licences licenses; programme program; programmes programs; tyre tire;
tyres tires; kerb curb; cheque check; cheques checks; practise practice; practised practiced; practising practicing
"""
_WORD = re.compile(r"(?<![\w’'-])[a-z]{3,}(?![\w-])")


def _pairs(listed: str) -> Iterator[tuple[str, str]]:
    for pair in listed.split(";"):
        british, american = pair.split()
        yield british, american


def _table() -> dict[str, tuple[str, str]]:
    """Each spelling with its style and its twin."""
    table: dict[str, tuple[str, str]] = {}

    def add(british: str, american: str, style: str = AMERICAN) -> None:
        table[british] = (BRITISH, american)
        table[american] = (style, british)

    for stem in _OUR.split():
        for ending in _OUR_ENDINGS.split(" "):
            add(stem + ending, stem[:-3] + "or" + ending)
    for stem in _DOUBLED.split():
        for ending in _DOUBLED_ENDINGS.split():
            add(stem + ending, stem + ending[1:])
    for stem in _ISE.split():
        for ending in _ISE_ENDINGS.split():
            add(f"{stem}is{ending}", f"{stem}iz{ending}", _OXFORD)
    for british, american in _pairs(_PAIRS):
        add(british, american)
    for british, american in _pairs(_ONLY_BRITISH_PAIRS):
        table[british] = (BRITISH, american)
    return table


_TABLE = _table()


def spelt(words: str) -> list[Use]:
    """The words of `words` that are spelt the British or the American way, or as in America and in Oxford.

    A capital is a name's, or a title's: the Labour Party and Pearl Harbor are spelt so everywhere.
    """
    known = ((match, _TABLE[match.group()]) for match in _WORD.finditer(words) if match.group() in _TABLE)
    return [Use(style, Span(*match.span()), {_OTHER[style]: twin}) for match, (style, twin) in known]


def settled(uses: Sequence[Use]) -> list[Use]:
    """Those of all `uses` of a text that are British or American there."""
    styles = Counter(use.style for use in uses)
    has_ise = any(_TABLE.get(twin, ("",))[0] == _OXFORD for use in uses for twin in use.instead.values())
    if styles[BRITISH] > styles[AMERICAN] and not has_ise:
        return [use for use in uses if use.style != _OXFORD]
    return [replace(use, style=AMERICAN) if use.style == _OXFORD else use for use in uses]
