"""Grammar engines behind one contract, and the failover between them."""

from copydesk.grammar.contract import Answer, GrammarEngine, GrammarSource, Match
from copydesk.grammar.sources import grammar_source

__all__ = ["Answer", "GrammarEngine", "GrammarSource", "Match", "grammar_source"]
