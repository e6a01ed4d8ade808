"""The nouns of the project as frozen, typed records.

In: nothing. Out: record types that every room shares.
Must not know: files, spaCy, SQL, the network, or any other room.
"""

from standoff.model.annotation import BODIES as BODIES
from standoff.model.annotation import Actor as Actor
from standoff.model.annotation import Candidate as Candidate
from standoff.model.annotation import Claim as Claim
from standoff.model.annotation import Mention as Mention
from standoff.model.annotation import Place as Place
from standoff.model.annotation import Quantity as Quantity
from standoff.model.annotation import Relation as Relation
from standoff.model.annotation import Statement as Statement
from standoff.model.annotation import Time as Time
from standoff.model.annotation import Via as Via
from standoff.model.derived import Account as Account
from standoff.model.derived import Aggregate as Aggregate
from standoff.model.derived import Bound as Bound
from standoff.model.derived import Conflict as Conflict
from standoff.model.derived import Derived as Derived
from standoff.model.derived import Dispute as Dispute
from standoff.model.derived import Equation as Equation
from standoff.model.derived import Finding as Finding
from standoff.model.derived import Grade as Grade
from standoff.model.derived import Ledger as Ledger
from standoff.model.derived import LedgerGroup as LedgerGroup
from standoff.model.derived import LedgerStep as LedgerStep
from standoff.model.derived import Question as Question
from standoff.model.derived import QuestionLink as QuestionLink
from standoff.model.derived import RestsOn as RestsOn
from standoff.model.derived import SaidBy as SaidBy
from standoff.model.derived import SetAside as SetAside
from standoff.model.derived import Side as Side
from standoff.model.derived import TimelineItem as TimelineItem
from standoff.model.derived import TimelineTold as TimelineTold
from standoff.model.derived import replaced_by as replaced_by
from standoff.model.ids import annotation_id as annotation_id
from standoff.model.ids import sha256_hex as sha256_hex
from standoff.model.ids import slug as slug
from standoff.model.ids import text_sha256 as text_sha256
from standoff.model.reading import ReaderInfo as ReaderInfo
from standoff.model.reading import Reading as Reading
from standoff.model.reading import ReadInput as ReadInput
from standoff.model.reading import ReadOutput as ReadOutput
from standoff.model.referent import Group as Group
from standoff.model.referent import Incident as Incident
from standoff.model.referent import Origin as Origin
from standoff.model.referent import Party as Party
from standoff.model.referent import PlaceReferent as PlaceReferent
from standoff.model.referent import PossiblySame as PossiblySame
from standoff.model.referent import Referents as Referents
from standoff.model.referent import Victim as Victim
from standoff.model.report import Acquisition as Acquisition
from standoff.model.report import Context as Context
from standoff.model.report import Extractor as Extractor
from standoff.model.report import Preserved as Preserved
from standoff.model.report import Report as Report
from standoff.model.report import Sourced as Sourced
from standoff.model.review import Anchor as Anchor
from standoff.model.review import Review as Review
from standoff.model.spans import Span as Span
from standoff.model.spans import Spans as Spans
from standoff.model.view import Axes as Axes
from standoff.model.view import Orphan as Orphan
from standoff.model.view import View as View
from standoff.model.when import When as When
