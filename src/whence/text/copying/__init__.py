"""Which words two texts share, and which of them had them first."""
