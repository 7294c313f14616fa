"""What free text says: its category, and its direction for whom it names."""
