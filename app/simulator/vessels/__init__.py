"""Ordinary traffic: types of vessels, voyages, and how they move."""
