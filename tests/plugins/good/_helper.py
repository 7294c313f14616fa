"""Not a plug-in: its name begins with an underscore."""
