import pytest
from beamtime_lab.ranges import MAX_RANGES, NotSatisfiable, Part, parse_ranges


@pytest.mark.parametrize(
    ("header", "parts"),
    [
        ("bytes=0-0", [(0, 1)]),
        ("bytes=0-9", [(0, 10)]),
        ("bytes=90-", [(90, 100)]),
        ("bytes=90-1000", [(90, 100)]),
        ("bytes=-10", [(90, 100)]),
        ("bytes=-1000", [(0, 100)]),
        ("BYTES=5-6", [(5, 7)]),
        ("bytes=0-1, 5-6,,9-9", [(0, 2), (5, 7), (9, 10)]),
        ("bytes=9-9,0-1", [(9, 10), (0, 2)]),
        ("bytes=0-1,200-300", [(0, 2)]),
        ("bytes=1-99999999999999999", [(1, 100)]),
    ],
)
def test_reads(header, parts):
    assert parse_ranges(header, 100) == [Part(*part) for part in parts]


@pytest.mark.parametrize(
    "header",
    [
        "items=0-1",
        "bytes",
        "bytes=",
        "bytes=,",
        "bytes=-",
        "bytes=2-1",
        "bytes=a-b",
        "bytes=0--1",
        "bytes=0-1;2-3",
        "bytes=+1-2",
        "bytes=0x1-2",
        "bytes=1_0-20",
        "bytes=99999999999999999999-",
    ],
)
def test_means_the_whole_file_by_what_is_no_range(header):
    assert parse_ranges(header, 100) is None


@pytest.mark.parametrize(
    "header",
    [
        "bytes=100-",
        "bytes=100-200,300-",
        "bytes=-0",
        "bytes=0-60,40-99",
        "bytes=" + ",".join(f"{n}-{n}" for n in range(MAX_RANGES + 1)),
    ],
)
def test_refuses_what_no_part_of_the_file_satisfies(header):
    with pytest.raises(NotSatisfiable):
        parse_ranges(header, 100)


def test_no_range_is_in_an_empty_file():
    with pytest.raises(NotSatisfiable):
        parse_ranges("bytes=0-", 0)
