import pytest
import segno

from api.rendering.qr import qr_rows


@pytest.mark.parametrize(
    "address", ["https://motcua.example/thu-tuc/1.001193", "http://localhost:8000/thu-tuc/2.000815"]
)
def test_rows_are_the_modules_of_the_code(address):
    rows = qr_rows(address)
    size = len(rows)
    modules = [[int(bit) for bit in f"{int(row, 16):0{size}b}"] for row in rows]
    expected = segno.make(address, error="m", micro=False).matrix
    assert modules == [[int(bool(module)) for module in row] for row in expected]


def test_the_three_finder_patterns_stand_in_their_corners():
    rows = qr_rows("https://motcua.example/thu-tuc/1.001193")
    size = len(rows)
    bits = [f"{int(row, 16):0{size}b}" for row in rows]
    assert bits[0][:7] == bits[0][-7:] == bits[-1][:7] == "1111111"
    assert bits[-1][-7:] != "1111111" or bits[-7][-7:] != "1111111"
