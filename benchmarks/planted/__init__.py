"""Faults of many kinds planted in published articles."""
