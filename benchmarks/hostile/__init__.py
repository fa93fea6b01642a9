"""Hostile requests against a whole service."""
