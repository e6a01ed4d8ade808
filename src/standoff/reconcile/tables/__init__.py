"""What is listed by date or by kind: the timeline, access, harm, agreements.

In: the shelf and the questions. Out: timeline items and flat rows for `show`.
Must not know: how questions were found, how anything is shown.
"""
