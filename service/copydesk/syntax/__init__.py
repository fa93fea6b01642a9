"""English sentence structure, by spaCy, and the rules that are written in it."""

from copydesk.syntax.matcher import SyntaxMatcher
from copydesk.syntax.parser import MODEL, Parser, english_parser
from copydesk.syntax.triggers import Triggers

__all__ = ["MODEL", "Parser", "SyntaxMatcher", "Triggers", "english_parser"]
