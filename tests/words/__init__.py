"""The words of a corpus: counts, measures, and their lines."""
