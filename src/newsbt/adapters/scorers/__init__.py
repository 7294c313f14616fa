"""Scorers of texts, ready to use: word lists, shipped coefficients, transformers, language models."""
