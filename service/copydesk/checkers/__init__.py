"""Checkers, one file a family. Adding one is its file and its line in `REGISTRY`."""

from copydesk.checkers.base import Checker, Remark, Resources
from copydesk.checkers.translation import TranslationChecker

REGISTRY: tuple[type[Checker], ...] = (TranslationChecker,)

__all__ = ["REGISTRY", "Checker", "Remark", "Resources"]
