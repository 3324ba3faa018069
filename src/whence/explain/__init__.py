"""Turns an archive's tables into view models: what the command line and the report show, ready to be read.

Every function is pure.  Each takes the `Tables`, or an `Index` of them where many questions are asked.  Words that come
from articles are made harmless for pages and terminals (`words.harmless`); nothing here says whether a statement holds.
"""
from whence.explain.articles import ArticleView, Said, article_view
from whence.explain.choosing import Asked, choose
from whence.explain.claims import ClaimView, claim_view
from whence.explain.decided import dismissed
from whence.explain.drift import Drift, Teller, Undirected, Way, way
from whence.explain.finding import Encoders, Found, relate
from whence.explain.index import Index, day
from whence.explain.lines import ClaimLine, Lists, Overview, by_rank, claim_line, lists, overview, spread
from whence.explain.log import LogLine, log, log_text
from whence.explain.quotations import VERDICTS, QuoteLine, by_verdict, quote_lines
from whence.explain.ranking import ranked
from whence.explain.refer import DECIDED, subjects
from whence.explain.suggestions import SuggestionLine, suggestion_lines, suggestions_text, undecided
from whence.explain.why import Step, Why, why, why_text
from whence.explain.words import flat

__all__ = [
    "DECIDED", "VERDICTS", "ArticleView", "Asked", "ClaimLine", "ClaimView", "Drift", "Encoders", "Found", "Index",
    "Lists", "LogLine", "Overview", "QuoteLine", "Said", "Step", "SuggestionLine", "Teller", "Undirected", "Way", "Why",
    "article_view", "by_rank", "by_verdict", "choose", "claim_line", "claim_view", "day", "dismissed", "flat", "lists",
    "log", "log_text", "overview", "quote_lines", "ranked", "relate", "spread", "subjects", "suggestion_lines",
    "suggestions_text", "undecided", "way", "why", "why_text",
]
