"""Mentions: the words that name, describe or point at a party, joined to chains within one report.

In: a parsed text and its context. Out: `Mention` records.
Must not know: claims, quantities, other reports.
"""

from standoff.read.mentions.find import find_mentions as find_mentions
