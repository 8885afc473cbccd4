"""What the planes of words share: no tools of Bokeh's, and ranges around their words."""

import numpy as np
import pytest
from bokeh.models import Range1d

from app.ui.planes import MARGIN, NUMBERS, fit, limits, word_plane


def test_a_plane_has_no_tools_of_bokehs():
    plane = word_plane("some-plane")
    assert plane.tools == [] and plane.toolbar_location is None
    assert [(axis.start, axis.end) for axis in (plane.x_range, plane.y_range)] == [(-1, 1), (-1, 1)]


def test_there_is_room_for_the_numbers_of_any_zoom():
    assert word_plane("plane").min_border_left == NUMBERS
    assert word_plane("plane", axes=False).min_border_left is None


def test_planes_can_have_the_same_ranges():
    ranges = [Range1d(-1, 1), Range1d(-1, 1)]
    one, other = word_plane("one", ranges), word_plane("other", ranges)
    assert one.x_range is other.x_range and one.y_range is other.y_range


def test_limits_have_a_margin_around_the_words():
    (left, right), (low, high) = limits(np.array([[0, -1], [10, 1], [5, 0]]))
    assert (left + right) / 2 == pytest.approx(5) and right - left == pytest.approx(20 * MARGIN)
    assert (low, high) == pytest.approx((-2 * MARGIN, 2 * MARGIN))


@pytest.mark.parametrize("xy", [[[3, 4]], [[0, 4], [2, 4]]])
def test_words_in_a_line_or_a_point_have_limits_too(xy):
    for start, end in limits(np.array(xy, float)):
        assert start < end


def test_ranges_are_fitted():
    ranges = [Range1d(-1, 1), Range1d(-1, 1)]
    fit(ranges, np.array([[0, 0], [1, 2]]))
    assert [(axis.start, axis.end) for axis in ranges] == limits(np.array([[0, 0], [1, 2]]))
