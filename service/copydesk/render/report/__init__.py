"""The HTML report: one file that needs nothing else, with charts."""

from copydesk.render.report.page import html

__all__ = ["html"]
