from copydesk.names.keys import keys
from copydesk.names.mentions import names_of
from copydesk.names.similarity import same_name, similarity

__all__ = ["keys", "names_of", "same_name", "similarity"]
