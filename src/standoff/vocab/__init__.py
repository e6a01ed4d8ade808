"""Reviewed words, rules and tables as data files, each with its source.

In: the name of a file. Out: its contents, read once; patterns of words matched without case.
Must not know: any other room; what the words are used for.
"""

from standoff.vocab.caseless import Caseless as Caseless
from standoff.vocab.loader import load as load
from standoff.vocab.loader import path as path
from standoff.vocab.loader import words as words
