"""What is new: near-duplicates and follow-ups of news, within a language and across (pure)."""
