"""The audit rules of the specs: ``table`` names the kinds, each a function in one of the modules beside it."""
