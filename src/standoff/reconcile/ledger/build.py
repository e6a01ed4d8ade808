"""From accounts to a model: unknowns by question and moment, then sums by wording, group and balance."""

from __future__ import annotations

from standoff.reconcile.figures.questions import Open
from standoff.reconcile.ledger.book import Book
from standoff.reconcile.ledger.flows import accumulate, balance
from standoff.reconcile.ledger.terms import Model
from standoff.reconcile.ledger.wholes import gather, nest, part
from standoff.reconcile.ledger.worded import relate
from standoff.reconcile.shelf import Shelf
from standoff.reconcile.trust import Trust


def build(shelf: Shelf, found: list[Open], trust: Trust) -> Model:
    """The model of all number questions."""
    book = Book(shelf)
    for each in found:
        book.tell(each, trust)
    relate(book)
    part(book)
    gather(book)
    nest(book)
    accumulate(book)
    balance(book)
    return book.model
