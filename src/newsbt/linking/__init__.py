"""Whom a text is about: names, brands, people and symbols of issuers found in English and Chinese (pure)."""
