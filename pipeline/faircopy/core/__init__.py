"""What every room stands on: tree, nouns, findings, bounds, and the doors to programs."""
