"""What each part of the reader is worth: it is left out or replaced, and its layer is scored again."""
