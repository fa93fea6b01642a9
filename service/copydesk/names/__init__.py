"""Names: the keys that unify their romanizations, the lexicon, the mentions of a document and their clusters."""
