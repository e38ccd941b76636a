"""Functions of time: what they are at known times, and how smooth."""

import pytest
import torch

from f2v_core.models.time_basis import KNOTS, LEGENDRE, knot_times

TIMES = torch.linspace(0, 1, 2001, dtype=torch.float64)


def test_the_polynomials_start_and_end_at_plus_or_minus_one():
    values = LEGENDRE(torch.tensor([0.0, 0.5, 1.0]))
    assert values.tolist() == [[1, -1, 1, -1], [1, 0, -0.5, 0], [1, 1, 1, 1]]


def test_the_polynomials_are_orthogonal():
    products = LEGENDRE(TIMES).T @ LEGENDRE(TIMES) / len(TIMES)
    assert (products - products.diag().diag()).abs().max() < 2e-3


def test_a_curve_goes_through_its_knots():
    torch.testing.assert_close(KNOTS(knot_times()), torch.eye(KNOTS.count))


def test_what_is_the_same_at_all_knots_is_so_at_all_times():
    torch.testing.assert_close(KNOTS(TIMES).sum(dim=1), torch.ones_like(TIMES))


def test_a_curve_has_no_kinks():
    slopes = KNOTS(TIMES).diff(dim=0) / TIMES.diff()[:, None]
    assert slopes.diff(dim=0).abs().max() < 0.02 * slopes.abs().max()


@pytest.mark.parametrize("basis", [LEGENDRE, KNOTS])
def test_time_can_run_backwards(basis):
    """The span of the functions is the same read from the other end: reversed clips need no other weights' form."""
    there, back = basis(TIMES), basis(1 - TIMES)
    fitted = there @ torch.linalg.lstsq(there, back).solution
    torch.testing.assert_close(fitted, back)


@pytest.mark.parametrize("basis", [LEGENDRE, KNOTS])
def test_any_number_of_times_has_values(basis):
    assert basis(torch.rand(3)).shape == (3, basis.count)
    assert basis(torch.rand(0)).shape == (0, basis.count)
