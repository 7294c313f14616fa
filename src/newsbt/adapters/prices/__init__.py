"""Where prices come from: a folder, Yahoo, the cache, and the one function that loads them clean."""
