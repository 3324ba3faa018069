"""Sentences, quotations and the grammar of reporting: who says what."""
