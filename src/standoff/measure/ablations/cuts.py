"""The ablations: for each layer, which of its parts are left out, and by which measures it is judged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from standoff.measure.ablations import stand_ins
from standoff.measure.ablations.stand_ins import first_given, nearest, no, nothing, second_given, yes
from standoff.measure.swap import Swap
from standoff.read.places.gazetteer import NO_HITS
from standoff.read.places.lookup import Lookup
from standoff.read.places.spans import Finder
from standoff.read.quantities.setting import Setting
from standoff.read.roles.model import load_model
from standoff.read.statements.candidates import rule_attributions
from standoff.read.times.scene import Hit
from standoff.read.times.weights import Weights


class Cut(NamedTuple):
    """One ablation: what it leaves out, in words, and how.

    ``settings`` replace those of the decoder; ``bare`` gives the layers tokens alone, without the encoder.
    """

    out: str
    swaps: tuple[Swap, ...] = ()
    settings: Mapping[str, float] = {}
    bare: bool = False


class Block(NamedTuple):
    """The ablations of one layer, and the measures that tell of it by corpus."""

    layer: str
    measures: Mapping[str, tuple[str, ...]]
    cuts: tuple[Cut, ...]


def without(out: str, *swaps: Swap) -> Cut:
    """An ablation by swaps alone."""
    return Cut(out, swaps)


NO_ENCODER = Cut("the encoder: rules over bare words, no tags, no parse, no names", bare=True)
NO_MENTIONS = Cut(
    "the mentions: who a name or a pronoun stands for", (Swap("layers", "find_mentions", nothing),)
)
RULES_ALONE = Swap("statements.find", "candidates", rule_attributions)
NETWORK_ALONE = Swap("statements.find", "candidates", stand_ins.as_decoded)


def blocks() -> tuple[Block, ...]:
    """All ablations, made anew: some look into models that are loaded when first asked for."""
    return STATEMENTS, TIMES, PLACES, QUANTITIES, _claims()


STATEMENTS = Block(
    "statements",
    {"PolNeAR dev": ("LINKED F1", "quoted", "unquoted")},
    (
        NO_ENCODER,
        without("encoder: its attributions (rules over its parse stay)", RULES_ALONE),
        without("linking: the content's cue by votes (the nearest cue instead)", nearest("cue")),
        without("linking: the cue's source by votes (the nearest source instead)", nearest("source")),
        without("linking: both votes", nearest("cue", "source")),
        Cut("linking: the bar of trust (all that was linked is kept)", settings={"keep": 0.0}),
        without("rules: all that mends or adds to what the network found", NETWORK_ALONE),
        without(
            "rules: the repairs of what the network found",
            Swap("statements.candidates", "mended", second_given),
            Swap("statements.candidates", "_repaired", second_given),
        ),
        without(
            "rules: the speaker or content of the rules where the network's is lacking",
            Swap("statements.candidates", "_helped", second_given),
        ),
        without(
            "rules: attributions that the network passed over",
            Swap("statements.candidates", "missing", nothing),
        ),
    ),
)

VALUE = ("value F1",)
TIMES = Block(
    "times",
    {"TimeBank": VALUE, "AQUAINT": VALUE},
    (
        NO_ENCODER,
        without(
            "fitted weights of past and future (a date is always behind)",
            Swap("times.finder", "packaged_weights", lambda: Weights({})),
        ),
        without(
            "fitted weights of past and future (the clause's tense instead)",
            Swap(Hit, "is_ahead", stand_ins.by_tense),
        ),
        without(
            "the date under discussion (all is counted from the publication)",
            Swap(Hit, "story", lambda hit, _: hit.published),
        ),
        without("the publication date and the dateline", Swap("times.finder", "anchor_of", lambda _: None)),
        without("vague words (now, recently, the past)", Swap("times.finder", "starts", nothing)),
    ),
)

WHERE = ("end-to-end F1", "detection F1")
PLACES = Block(
    "places",
    {"TR-News": WHERE, "LGL": WHERE},
    (
        NO_ENCODER,
        without(
            "ranker (the most populous bearer wins)",
            Swap("places.rank", "weights", stand_ins.most_populous),
            Swap("places.find", "prefer_towns", stand_ins.as_ranked),
        ),
        without(
            "ranker: what the report's other names tell", Swap("places.rank", "weights", stand_ins.each_alone)
        ),
        without(
            "ranker: the town before the unit of its name",
            Swap("places.find", "prefer_towns", stand_ins.as_ranked),
        ),
        without(
            "judge of names (what the encoder labels a place is one)",
            Swap("places.find", "keep", stand_ins.labelled),
        ),
        without(
            "judge of names (all that is proposed is a place)",
            Swap("places.find", "keep", stand_ins.all_kept),
        ),
        without("proposals: other spellings of a known name", Swap(Lookup, "alike", lambda *_: NO_HITS)),
        without("proposals: names inside other names", Swap(Finder, "_parts", nothing)),
        without(
            "proposals: known names that the encoder did not label",
            Swap(Finder, "_lexical", nothing),
            Swap(Finder, "_spellings", nothing),
        ),
        without("the rule that a person's name is no place", Swap("layers", "_not_persons", first_given)),
    ),
)

SOURCED = "value, bound and source"
QUANTITIES = Block(
    "quantities",
    {"marked rows": ("value F1", "value + bound F1", SOURCED), "clusters": (SOURCED,)},
    (
        NO_ENCODER,
        without(
            "rules: numbers that are no quantities (dates, names, codes)",
            Swap("quantities.counts", "refused", no),
        ),
        without(
            "rules: quantities told without a number (a policeman was killed)",
            Swap("quantities.find", "wordless", nothing),
        ),
        without(
            "rules: hedges (about, at least, more than)", Swap("quantities.rules", "hedged", first_given)
        ),
        without(
            "the layer of times (a date may be taken for a number)", Swap("layers", "find_times", nothing)
        ),
        without(
            "source: statements (all is the report's own voice)",
            Swap(Setting, "statement", stand_ins.own_voice),
        ),
        without(
            "source: the content's bounds (the nearest statement instead)",
            Swap(Setting, "statement", stand_ins.nearest_statement),
        ),
        without(
            "source: exceptions (presupposed, cut off, over a paragraph's end)",
            Swap(Setting, "_presupposed", no),
            Swap(Setting, "_cut_off", nothing),
            Swap(Setting, "_reaches", yes),
        ),
        without("source: the network's attributions (rules alone find the statements)", RULES_ALONE),
        NO_MENTIONS,
    ),
)


def _claims() -> Block:
    names = ("entity micro-F1", "perpetrator individual", "target", "victim", "weapon")
    model = load_model()
    return Block(
        "claims",
        {"MUC-4 tst1+tst2": names},
        (
            NO_ENCODER,
            without(
                "the model of roles (rules alone; a participant's kind by its words)",
                Swap("claims.find", "find_parts", nothing),
                Swap("claims.draft", "_actors", stand_ins.kinds_by_words),
            ),
            without(
                "the rules of events (the model of roles alone)",
                Swap("claims.find", "_candidates", stand_ins.no_events),
            ),
            without("the model's bar (every part it thinks of)", Swap(model, "bar", 0.0)),
        ),
    )
