"""A repository of two thousand articles, beside other checkers."""
