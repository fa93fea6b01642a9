"""A repository of texts: its configuration, the files chosen, what is known already, and the run over all of them."""
