"""For who works on Faircopy itself: measuring, locking, proving. No build needs it."""
