"""Names in several spellings, of pairs and over a corpus."""
