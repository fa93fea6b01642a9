"""copydesk finds what grammar checkers miss in scraped, translated and hurried text.

Text goes in; a `Document` with exact offsets is read from it; independent checkers yield findings; findings are
merged, suppressed and turned into edits; a renderer answers whoever asked. `ARCHITECTURE.md` shows the rooms.
"""

__version__ = "0.1.0"
