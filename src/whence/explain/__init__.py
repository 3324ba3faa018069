"""Turns an archive's tables into view models: what the command line and the report show, ready to be read.

Every function is pure.  Each takes the `Tables`, or an `Index` of them where many questions are asked.  Words that come
from articles are made harmless for pages and terminals (`words.harmless`); nothing here says whether a statement holds.
"""
from whence.explain.articles import ArticleView, article_view
from whence.explain.claims import ClaimView, claim_view
from whence.explain.index import Index, day
from whence.explain.lines import ClaimLine, Lists, Overview, by_spread, claim_line, lists, overview, spread
from whence.explain.why import Step, Why, why, why_text

__all__ = [
    "ArticleView", "ClaimLine", "ClaimView", "Index", "Lists", "Overview", "Step", "Why", "article_view", "by_spread",
    "claim_line", "claim_view", "day", "lists", "overview", "spread", "why", "why_text",
]
