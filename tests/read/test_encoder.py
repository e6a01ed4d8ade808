"""The encoder's parts: pieces, windows, trees, role spans, links, lemmas, pinned weights."""

import json
import shutil
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.errors import VocabError
from standoff.read.encoder import Scores, load_weights
from standoff.read.encoder.borders import SURE
from standoff.read.encoder.lemmas import lemma
from standoff.read.encoder.links import Part, attributions, spans, votes
from standoff.read.encoder.pieces import DIGIT, LOWER, MARK, MIXED, TITLE, UPPER, shape
from standoff.read.encoder.tree import sentences, tree
from standoff.read.encoder.weights import FOLDER
from standoff.read.encoder.windows import breaks, cut, seams

SETTINGS = {
    "source": 0.0,
    "cue": 0.0,
    "content": 0.0,
    "link": 0.1,
    "sourceless": 1.0,
    "keep": 0.0,
    "weight_bias": 0.0,
    "weight_cue": 1.0,
    "weight_content": 1.0,
    "weight_link": 1.0,
    "weight_source": 0.0,
    "weight_named": 0.0,
}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("river", LOWER),
        ("River", TITLE),
        ("I", TITLE),
        ("RIVER", UPPER),
        ("McAdam", MIXED),
        ("12th", DIGIT),
        ("٣", DIGIT),
        ("—", MARK),
        ("🙂", MARK),
        ("é", LOWER),
        ("河", LOWER),
    ],
)
def test_shape(word, expected):
    assert shape(word) == expected


@given(
    st.lists(st.tuples(st.integers(1, 8), st.integers(0, 2)), min_size=1, max_size=300),
    st.integers(0, 60),
    st.integers(0, 7),
)
def test_windows_cover_every_word_and_never_exceed_the_limit(words, extra, overlap):
    limit = 2 * overlap + 16 + extra
    lengths, may_break = [n for n, _ in words], [b for _, b in words]
    ranges = cut(lengths, may_break, limit, overlap)
    assert ranges[0][0] == 0
    assert ranges[-1][1] == len(words)
    for a, b in ranges:
        assert a < b
        assert sum(lengths[a:b]) <= limit
    for (a, b), (c, d) in pairwise(ranges):
        assert a < c <= b < d


@given(
    st.lists(st.tuples(st.integers(1, 8), st.integers(0, 2)), min_size=1, max_size=200),
    st.integers(0, 60),
    st.integers(0, 40),
    st.randoms(use_true_random=False),
)
def test_seams_give_each_word_to_one_window_that_holds_it(words, extra, overlap, random):
    limit = 2 * overlap + 16 + extra
    ranges = cut([n for n, _ in words], [b for _, b in words], limit, overlap)
    starts = [np.array([random.uniform(-5, 5) for _ in range(b - a)], dtype=np.float32) for a, b in ranges]
    owned = list(seams(ranges, starts))
    assert [k for a, b in owned for k in range(a, b)] == list(range(len(words)))
    assert all(r[0] <= o[0] <= o[1] <= r[1] for r, o in zip(ranges, owned, strict=True))


def test_a_seam_prefers_the_sentence_start_both_windows_see():
    left = np.full(10, -4.0, dtype=np.float32)
    right = np.full(10, -4.0, dtype=np.float32)
    left[7], right[2] = 3.0, 3.0
    assert list(seams([(0, 10), (5, 15)], [left, right])) == [(0, 7), (7, 15)]


def test_a_seam_prefers_a_paragraph_to_a_surer_place_in_the_middle():
    left = np.full(10, 4.5, dtype=np.float32)
    right = np.full(10, 4.5, dtype=np.float32)
    left[9] += SURE
    right[4] += SURE
    assert list(seams([(0, 10), (5, 15)], [left, right])) == [(0, 9), (9, 15)]


def test_a_window_ends_before_a_paragraph_where_one_is_near():
    may_break = [0] * 40
    may_break[14], may_break[18] = 2, 1
    assert cut([1] * 40, may_break, 20, 8)[0] == (0, 14)
    may_break[14] = 0
    assert cut([1] * 40, may_break, 20, 8)[0] == (0, 18)


def test_breaks_follow_stops_quotes_and_lines():
    words = ["Stop", ".", "Go", "at", "5.30", "he", "said", ".", "”", "Then", "x"]
    gaps = [2, 0, 1, 1, 1, 1, 1, 0, 0, 1, 2]
    found = breaks(words, [shape(w) for w in words], gaps)
    assert [k for k, grade in enumerate(found) if grade] == [0, 2, 9, 10]
    assert breaks(words, [shape(w) for w in words], gaps, [10])[9:] == [1, 2]


@given(
    st.integers(1, 14).flatmap(lambda n: st.lists(st.floats(-9, 9, width=32), min_size=n * n, max_size=n * n))
)
def test_any_scores_make_one_tree(values):
    size = int(len(values) ** 0.5)
    heads = tree(np.array(values, dtype=np.float32).reshape(size, size))
    root = [k for k in range(size) if heads[k] == k]
    assert len(root) == 1
    for k in range(size):
        for _ in range(size):
            k = int(heads[k])
        assert k == root[0]


def test_a_consistent_tree_is_kept():
    arc = np.full((4, 4), -5.0, dtype=np.float32)
    for word, head in enumerate([1, 1, 3, 1]):
        arc[word, head] = 5.0
    assert tree(arc).tolist() == [1, 1, 3, 1]


def test_sentences_begin_with_the_first_word():
    assert sentences(np.array([False, False, True, False])) == [(0, 2), (2, 4)]
    assert sentences(np.array([True])) == [(0, 1)]


def bio(labels):
    rows = np.full((len(labels), 3), -6.0, dtype=np.float32)
    rows[np.arange(len(labels)), labels] = -0.01
    return rows


def test_spans_split_at_a_begin_and_repair_a_bare_in():
    assert spans(bio([0, 1, 2, 1, 2, 0, 2, 2]), 0.0) == [(1, 3), (3, 5), (6, 8)]
    assert spans(bio([0, 0]), 0.0) == []
    assert spans(bio([1]), 0.0) == [(0, 1)]


@given(st.lists(st.integers(0, 2), min_size=1, max_size=40))
def test_spans_are_in_order_apart_and_cover_just_the_marked_words(labels):
    found = spans(bio(labels), 0.0)
    assert [k for a, b in found for k in range(a, b)] == [k for k, label in enumerate(labels) if label]
    assert all(a < b for a, b in found)


def window(source, cue, content, to_cue, to_source, begin=0, owned=None):
    size = len(source)
    pointing = {}
    for name, links in (("cue", to_cue), ("source", to_source)):
        pointing[name] = np.zeros((size, size), dtype=np.float32)
        for row, column in links.items():
            pointing[name][row, column] = 9.0
    scores = Scores(
        labels=np.zeros((size, 4), dtype=np.int64),
        start=np.zeros(size, dtype=np.float32),
        roles=np.stack([bio(source), bio(cue), bio(content)], axis=1),
        arc=np.zeros((size, size), dtype=np.float32),
        **pointing,
    )
    return Part(scores, begin, owned or (begin, begin + size))


def test_two_halves_of_a_broken_quotation_meet_at_their_cue():
    #        "We  won  "   ,  he  said  ,  "  again  "   ; others  doubt it
    part = window(
        source=[0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0],
        cue=[0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0],
        content=[1, 2, 2, 0, 0, 0, 0, 1, 2, 2, 0, 0, 0, 1],
        to_cue={0: 5, 1: 5, 2: 5, 7: 5, 8: 5, 9: 5, 13: 12},
        to_source={5: 4, 12: 11},
    )
    first, second = attributions([part], SETTINGS)
    assert (first.source, first.cue, first.content) == (((4, 5),), ((5, 6),), ((0, 3), (7, 10)))
    assert (second.source, second.cue, second.content) == (((11, 12),), ((12, 13),), ((13, 14),))
    assert 0 < second.confidence <= 1


def test_a_cue_that_points_at_itself_has_no_source_and_two_cues_may_share_one():
    part = window(
        source=[1, 0, 0, 0, 0, 0, 0],
        cue=[0, 1, 0, 1, 0, 1, 0],
        content=[0, 0, 1, 0, 1, 0, 1],
        to_cue={2: 1, 4: 3, 6: 5},
        to_source={1: 0, 3: 0, 5: 5},
    )
    assert [a.source for a in attributions([part], SETTINGS)] == [((0, 1),), ((0, 1),), ()]


def test_a_cue_without_content_is_no_attribution():
    part = window([1, 0, 0], [0, 1, 0], [0, 0, 0], {}, {1: 0})
    assert attributions([part], SETTINGS) == []
    assert attributions([], SETTINGS) == []


def test_votes_of_a_span_over_a_seam_are_shares_of_the_whole_span():
    a = window([0] * 4, [1, 0, 0, 0], [0, 0, 1, 2], {2: 0, 3: 0}, {}, owned=(0, 3))
    b = window([0] * 4, [1, 0, 0, 0], [0, 0, 2, 2], {3: 0}, {}, owned=(3, 4))
    share = votes([a, b], [(2, 4)], [(0, 1)], "cue")[0][0]
    assert 0.9 < share <= 1.0


def test_low_confidence_is_dropped():
    part = window([1, 0, 0], [0, 1, 0], [0, 0, 1], {2: 1}, {1: 0})
    assert len(attributions([part], SETTINGS)) == 1
    assert attributions([part], SETTINGS | {"keep": 0.9, "weight_bias": -40.0}) == []


@pytest.mark.parametrize(
    ("word", "tag", "expected"),
    [
        ("left", "VBD", "leave"),
        ("left", "JJ", "left"),
        ("shelling", "VBG", "shell"),
        ("striving", "VBG", "strive"),
        ("Remains", "VBZ", "remain"),
        ("lives", "NNS", "life"),
        ("families", "NNS", "family"),
        ("Lakes", "NNPS", "Lakes"),
        ("’re", "VBP", "be"),
        ("n’t", "RB", "not"),
        ("them", "PRP", "they"),
        ("SAID", "VBD", "say"),
        ("ca", "MD", "can"),
        ("worst", "JJS", "bad"),
        ("1990s", "NNS", "1990s"),
        ("“", "``", '"'),
        ("", "NN", ""),
    ],
)
def test_lemma(word, tag, expected):
    assert lemma(word, tag) == expected


@given(st.text(max_size=60), st.sampled_from(["NN", "NNS", "VBD", "VBG", "VBZ", "JJR", "PRP", "MD", "."]))
def test_lemma_takes_any_word(word, tag):
    assert isinstance(lemma(word, tag), str)


def test_weights_that_are_not_the_pinned_ones_are_refused(tmp_path):
    for name in ("weights.json", "tokenizer.json", "encoder.onnx"):
        shutil.copy(FOLDER / name, tmp_path)
    assert load_weights(tmp_path).labels["dep"]
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(VocabError, match=r"not the pinned one .*tokenizer\.json"):
        load_weights(tmp_path)
    (tmp_path / "tokenizer.json").unlink()
    with pytest.raises(VocabError, match=r"missing .*tokenizer\.json"):
        load_weights(tmp_path)


def test_a_damaged_or_newer_manifest_is_refused(tmp_path):
    with pytest.raises(VocabError, match=r"missing"):
        load_weights(tmp_path)
    (tmp_path / "weights.json").write_text("{")
    with pytest.raises(VocabError, match=r"damaged"):
        load_weights(tmp_path)
    content = json.loads((FOLDER / "weights.json").read_text())
    (tmp_path / "weights.json").write_text(json.dumps(content | {"format": 99}))
    with pytest.raises(VocabError, match=r"format 99"):
        load_weights(tmp_path)


def test_the_labels_are_those_the_layers_expect():
    labels = load_weights().labels
    assert {"NN", "VBD", "NNP"} <= set(labels["tag"])
    assert {"nsubj", "nsubjpass", "agent", "ROOT", "dobj", "neg"} <= set(labels["dep"])
    assert {"B-GPE", "I-PERSON", "O", "B-CARDINAL", "B-DATE"} <= set(labels["ent"])
    assert {"PROPN", "VERB", "PUNCT"} <= set(labels["pos"])
