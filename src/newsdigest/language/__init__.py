"""The language data and what reads it: names, terms, sentences, folding."""
