"""Texts with their translations: the formats that hold them, alignment by sentence, glossaries."""
