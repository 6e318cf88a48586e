"""Dossiers from files and from the national synchronisation services.

What belongs to a person is dropped here, at the border; what is accepted is kept whole; what is
refused is named with its place and with what was expected.
"""
