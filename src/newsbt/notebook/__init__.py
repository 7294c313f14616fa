"""How results show themselves in a notebook: small pieces of HTML, no scripts and no network (pure)."""
