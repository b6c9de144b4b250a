"""Rafts: places too dense for pairs to be solved."""
