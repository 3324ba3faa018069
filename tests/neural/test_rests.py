"""What a sentence rests on that names nobody: the chances of the voices of its article."""
from __future__ import annotations

import numpy as np
import pytest

from whence.neural import rests
from whence.text.speech import resting


def test_weights_fit_the_signs() -> None:
    voices = len(resting.OF_VOICE) + len(resting.OF_BOTH)
    assert len(rests.weights()) == rests.NETWORKS
    for known in rests.weights():
        assert len(known.means) == len(known.scales) == len(resting.OF_SENTENCE) + voices
        assert known.none_hidden.shape[0] == len(resting.OF_SENTENCE)


@pytest.mark.parametrize("count", [0, 1, 7])
def test_chances_leave_some_for_nobody(count: int) -> None:
    draw = np.random.default_rng(count)
    voices = draw.normal(size=(count, len(resting.OF_VOICE) + len(resting.OF_BOTH))).tolist()
    found = rests.chances(draw.normal(size=len(resting.OF_SENTENCE)).tolist(), voices)
    assert found.shape == (count,)
    assert (found >= 0).all()
    assert found.sum() < 1
