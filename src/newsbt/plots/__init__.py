"""Pictures: pure data first, then drawing on an axes that the caller owns."""
