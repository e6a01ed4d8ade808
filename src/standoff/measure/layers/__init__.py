"""How each kind of gold is counted: tallies of a document, its errors, and which annotations are right."""
