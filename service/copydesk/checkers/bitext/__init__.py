"""Checkers of a translation against its source, one file a kind of fault. Adding one is its file and its line here."""

from copydesk.checkers.bitext.base import PairChecker, SetChecker
from copydesk.checkers.bitext.consistency import ConsistencyChecker
from copydesk.checkers.bitext.dates import DateChecker
from copydesk.checkers.bitext.gaps import GapChecker
from copydesk.checkers.bitext.language import LanguageChecker
from copydesk.checkers.bitext.length import LengthChecker
from copydesk.checkers.bitext.links import LinkChecker
from copydesk.checkers.bitext.measures import MeasureChecker
from copydesk.checkers.bitext.mixed import MixedChecker
from copydesk.checkers.bitext.names import NameChecker
from copydesk.checkers.bitext.negation import NegationChecker
from copydesk.checkers.bitext.numbers import NumberChecker
from copydesk.checkers.bitext.order import OrderChecker
from copydesk.checkers.bitext.placeholders import PlaceholderChecker
from copydesk.checkers.bitext.punctuation import PunctuationChecker
from copydesk.checkers.bitext.quotes import QuoteChecker
from copydesk.checkers.bitext.repetition import RepetitionChecker
from copydesk.checkers.bitext.terminology import TerminologyChecker
from copydesk.checkers.bitext.untranslated import UntranslatedChecker

# Of two findings on the same words, equally grave, the earlier checker's stands: the order is one of precedence.
PAIR_REGISTRY: tuple[type[PairChecker], ...] = (
    UntranslatedChecker,
    LanguageChecker,
    PlaceholderChecker,
    LinkChecker,
    PunctuationChecker,
    QuoteChecker,
    RepetitionChecker,
    LengthChecker,
    NumberChecker,
    DateChecker,
    MeasureChecker,
    GapChecker,
    MixedChecker,
    NameChecker,
    NegationChecker,
    OrderChecker,
    # TerminologyChecker comes with the glossary of a request.
)
SET_REGISTRY: tuple[type[SetChecker], ...] = (ConsistencyChecker,)

__all__ = ["PAIR_REGISTRY", "SET_REGISTRY", "PairChecker", "SetChecker", "TerminologyChecker"]
