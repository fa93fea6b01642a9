"""Captions that stand twice, in labelled pages."""
