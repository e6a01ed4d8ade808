"""The API, a module for each kind of request. Every route says which role it needs.

In: requests. Out: records of `standoff.show.page` as JSON, and what was decided.
Must not know: SQL, how a record is derived.
"""

from standoff.web.routes import deciding, handing, news, people, reports, sessions, views

ROUTERS = (
    sessions.router,
    people.router,
    views.router,
    reports.router,
    deciding.router,
    handing.router,
    news.router,
)
