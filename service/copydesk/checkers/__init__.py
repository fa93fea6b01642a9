"""Checkers, one file a family. Adding one is its file and its line in `REGISTRY`."""

from copydesk.checkers.base import Checker, Remark, Resources, Scope
from copydesk.checkers.captions import CaptionChecker
from copydesk.checkers.consistency import ConsistencyChecker
from copydesk.checkers.debris import DebrisChecker
from copydesk.checkers.duplicates import DuplicateChecker
from copydesk.checkers.encoding import EncodingChecker
from copydesk.checkers.grammar import GrammarChecker
from copydesk.checkers.names import NamesChecker
from copydesk.checkers.seams import SeamChecker
from copydesk.checkers.structure import StructureChecker
from copydesk.checkers.translation import TranslationChecker
from copydesk.checkers.valency import ValencyChecker

REGISTRY: tuple[type[Checker], ...] = (
    EncodingChecker,
    DebrisChecker,
    CaptionChecker,
    DuplicateChecker,
    SeamChecker,
    NamesChecker,
    TranslationChecker,
    StructureChecker,
    ValencyChecker,
    ConsistencyChecker,
    GrammarChecker,
)

__all__ = ["REGISTRY", "Checker", "Remark", "Resources", "Scope"]
