"""Who may look at a situation, decide on it, or own it.

In: names, passwords, tokens. Out: people with roles, sessions, invitations.
Must not know: the record, reports, how anything is shown.
"""

from standoff.people.opened import Person as Person
from standoff.people.opened import Role as Role
from standoff.people.opened import Session as Session
from standoff.people.opened import may as may
from standoff.people.register import Register as Register
