"""Dated news events: their table form, its linter and selections (pure)."""
