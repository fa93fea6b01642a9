"""Text that stands twice: the same words, nearly the same, or a part of them; in one document and over a corpus."""
