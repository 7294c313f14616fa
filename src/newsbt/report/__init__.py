"""What a report page shows, as plain values (pure); :mod:`newsbt.adapters.report` writes it."""
