"""From catalysts to signals: models, fan-out, novelty, netting and the audit (pure)."""
