"""Small pure functions from tree to tree, one module a rule family."""
