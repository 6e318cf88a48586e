"""Measurements of the running application."""
