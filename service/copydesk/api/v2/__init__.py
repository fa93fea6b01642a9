"""LanguageTool's HTTP protocol at `/v2`, for clients that know it: editors, office programs, browsers, libraries."""

from copydesk.api.v2 import check, info, words
from copydesk.api.v2.blueprint import views

__all__ = ["check", "info", "views", "words"]
