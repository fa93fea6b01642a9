"""Faults under load: what was sent, answered, degraded and lost."""
