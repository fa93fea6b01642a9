"""Translations against their sources, and the data that their checks are drawn from."""
