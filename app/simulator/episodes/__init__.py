"""Behaviour with known truth: transfers, dark periods, and what merely looks like them."""
