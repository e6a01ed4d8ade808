"""Incidents: one occurrence at one place and time, told in one report or in many.

In: readings with their parties and places. Out: `Incident` records and which claim and count belong to which.
Must not know: figures (they never join anything), accounts, how anything is compared later.
"""

from standoff.resolve.incidents.build import resolve_incidents as resolve_incidents
