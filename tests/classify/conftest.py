import pytest

from classify import anlage3, training
from classify.model import Model
from tests.classify import tiny


@pytest.fixture(scope="session")
def model() -> Model:
    """A model of the tiny corpus."""
    return training.train(tiny.examples(), anlage3.shipped(), seed=7, progress=lambda _: None)
