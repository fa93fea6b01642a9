"""What a review looks like to whoever asked: JSON, text for a terminal, annotated HTML."""
