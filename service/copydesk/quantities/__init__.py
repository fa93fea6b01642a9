"""Numbers, times, dates and measures of a text as values that compare across languages."""

from copydesk.quantities.dates import DatePart, DateWord, date_words
from copydesk.quantities.matching import Unmatched, unmatched
from copydesk.quantities.measures import Measure, Unit, measure_of
from copydesk.quantities.mention import Mention, Reading
from copydesk.quantities.numerals import numerals

__all__ = [
    "DatePart",
    "DateWord",
    "Measure",
    "Mention",
    "Reading",
    "Unit",
    "Unmatched",
    "date_words",
    "measure_of",
    "numerals",
    "unmatched",
]
