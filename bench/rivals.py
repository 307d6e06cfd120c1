"""Simple ways to code a mail, to compare with: each learns from labelled mails and then judges others.

They say types and categories, best first, and nothing of remedy, need and danger. They read subject and body.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import MultiLabelBinarizer

from classify.anlage3 import Anlage3
from classify.coding import Scored, Suggestion, Text, Urgency
from classify.examples import Example
from classify.terms import passage
from krm.models import SEED

Judge = Callable[[Sequence[Text]], tuple[Suggestion, ...]]
Learner = Callable[[Sequence[Example], Anlage3], Judge]


def most_frequent(learned: Sequence[Example], form: Anlage3) -> Judge:
    """Always the same: types and categories as often as they were coded."""
    kinds = Counter(e.type for e in learned)
    fields = Counter(c for e in learned for c in e.categories)
    always = _suggestion(_shares(kinds, len(learned)), _shares(fields, len(learned)), form)
    return lambda texts: (always,) * len(texts)


def tfidf(learned: Sequence[Example], form: Anlage3) -> Judge:
    """TF-IDF of words and pairs of words, logistic regression as it comes."""
    return _tfidf(learned, form, 1.0, None)


def tfidf_balanced(learned: Sequence[Example], form: Anlage3) -> Judge:
    """The same as whoever knows the trade would set it: rare labels weigh like frequent ones, and a firmer fit."""
    return _tfidf(learned, form, 10.0, "balanced")


def _tfidf(learned: Sequence[Example], form: Anlage3, firmness: float, weighing: str | None) -> Judge:
    """Types by multinomial regression, each category against the rest; the solvers are the quickest for such rows."""
    vectors = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
    kinds = LogisticRegression(C=firmness, class_weight=weighing, solver="newton-cg", max_iter=1000)
    each = LogisticRegression(
        C=firmness, class_weight=weighing, solver="liblinear", dual=True, max_iter=1000, random_state=SEED
    )
    return _learn(learned, form, (vectors, passage), kinds, OneVsRestClassifier(each))


def paperless(learned: Sequence[Example], form: Anlage3) -> Judge:
    """As the classifier of paperless-ngx does it without NLTK (src/documents/classifier.py); a document type for the
    type, tags for the categories. Its tags are those above one half; here they are ranked, which is kinder to it."""
    vectors = CountVectorizer(analyzer="word", ngram_range=(1, 2), min_df=0.01)
    kinds, fields = (MLPClassifier(tol=0.01, random_state=SEED) for _ in range(2))
    return _learn(learned, form, (vectors, _only_words), kinds, fields)


def _only_words(text: Text) -> str:
    """Lower case, without punctuation."""
    spaced = re.sub(r"\s+", " ", passage(text).lower().strip())
    return re.sub(r"[^\w\s]", " ", spaced)


def _learn(
    learned: Sequence[Example], form: Anlage3, reading: tuple[Any, Callable[[Text], str]], kinds: Any, fields: Any
) -> Judge:
    """`reading`: a vectorizer and what it is given of a mail; `kinds` and `fields`: classifiers of scikit-learn."""
    vectors, words = reading
    labels = MultiLabelBinarizer()
    rows = vectors.fit_transform(words(e.text) for e in learned)
    kinds.fit(rows, [e.type for e in learned])
    fields.fit(rows, labels.fit_transform([e.categories for e in learned]))

    def judge(texts: Sequence[Text]) -> tuple[Suggestion, ...]:
        asked = vectors.transform(words(text) for text in texts)
        pairs = zip(kinds.predict_proba(asked), fields.predict_proba(asked), strict=True)
        return tuple(
            _suggestion(zip(kinds.classes_, of_kinds, strict=True), zip(labels.classes_, of_fields, strict=True), form)
            for of_kinds, of_fields in pairs
        )

    return judge


def _shares(counts: Counter[str], whole: int) -> Iterable[tuple[str, float]]:
    return ((i, count / whole) for i, count in counts.items())


def _suggestion(kinds: Iterable[tuple[str, float]], fields: Iterable[tuple[str, float]], form: Anlage3) -> Suggestion:
    return Suggestion(
        types=_ranked(kinds, [t.id for t in form.types]),
        categories=_ranked(fields, [c.id for c in form.categories]),
        proposed=(),
        customer_group="",
        remedy=False,
        remedy_p=0.0,
        urgency=Urgency.NONE,
        evidence=(),
    )


def _ranked(chances: Iterable[tuple[str, float]], every: Sequence[str]) -> tuple[Scored, ...]:
    """Best first; what was never learned comes last, in the order of the form."""
    found = dict.fromkeys(every, 0.0) | {str(i): float(p) for i, p in chances}
    return tuple(Scored(i, p) for i, p in sorted(found.items(), key=lambda pair: -pair[1]))
