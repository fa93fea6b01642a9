"""Grammar engines behind one contract, and the failover between them."""

from copydesk.grammar.contract import Answer, GrammarEngine, GrammarSource, Match

__all__ = ["Answer", "GrammarEngine", "GrammarSource", "Match"]
