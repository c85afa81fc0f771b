"""Raw text → Article: its blocks (title, lead, captions, subheadings, body …), dates, byline and language."""

from corpus_lib.structure.article import article_from, article_of, read_article, read_text

__all__ = ["article_from", "article_of", "read_article", "read_text"]
