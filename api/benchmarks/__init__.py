"""Measurements of speed, each made side by side in one run."""
