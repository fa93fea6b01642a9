"""How long tests wait. What is quick on an idle machine may be slow on another, and a timing is never a test."""

PATIENCE = 300.0  # seconds, after which what is waited for will not come; a few on an idle machine
ENDLESS = 60.0  # seconds of processor time that only what grows faster than its input needs; one or two are usual
