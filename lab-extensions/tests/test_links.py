"""Links below Experiments/: which are made, and what is left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from beamtime_lab.experiment import Experiment
from beamtime_lab.failures import Failure
from beamtime_lab.links import Links
from beamtime_lab.roots import Roots


@pytest.fixture
def home(site):
    (site.folder / "home").mkdir()
    return site.folder / "home"


@pytest.fixture
def links(site, home):
    return Links(Roots(home, [site.data]))


def experiment(site, name="ma5127", key="embedded:e1", slug="MA-5127-BX11"):
    return Experiment(key, slug, "Crack growth", site.data / name)


def test_links_both_folders_under_the_experiments_name(site, home, links):
    link = links.add(experiment(site))
    assert (link.raw, link.processed) == (
        "Experiments/MA-5127-BX11/raw",
        "Experiments/MA-5127-BX11/processed",
    )
    assert (home / link.raw / "scan.h5").is_file()
    assert link.problems == ()
    assert links.session == [link]


def test_writes_down_which_links_are_ours(site, home, links):
    links.add(experiment(site))
    manifest = json.loads((home / "Experiments/.beamtime.json").read_text())
    assert manifest["links"]["MA-5127-BX11"] == {
        "key": "embedded:e1",
        "raw": str(site.data / "ma5127/raw"),
        "processed": str(site.data / "ma5127/processed"),
    }


def test_a_second_time_changes_nothing(site, home, links):
    first = links.add(experiment(site))
    before = (home / "Experiments/MA-5127-BX11/raw").lstat().st_mtime_ns
    assert links.add(experiment(site)) == first
    assert (home / "Experiments/MA-5127-BX11/raw").lstat().st_mtime_ns == before
    assert len(links.session) == 1


def test_keeps_the_links_of_other_sessions(site, home, links):
    links.add(experiment(site))
    other = Links(Roots(home, [site.data]))
    other.add(experiment(site, "ls3302", "embedded:e2", "LS-3302-SANS"))
    assert {path.name for path in (home / "Experiments").glob("[!.]*")} == {
        "MA-5127-BX11",
        "LS-3302-SANS",
    }
    manifest = json.loads((home / "Experiments/.beamtime.json").read_text())
    assert len(manifest["links"]) == 2


def test_our_own_link_follows_data_that_moved(site, home, links):
    links.add(experiment(site))
    (site.data / "ma5127").rename(site.data / "archive")
    links.add(experiment(site, "archive"))
    assert (home / "Experiments/MA-5127-BX11/raw").readlink() == site.data / "archive/raw"


@pytest.mark.parametrize("what", ["file", "folder", "link"])
def test_what_is_not_ours_stays_and_is_named(what, site, home, links):
    at = home / "Experiments/MA-5127-BX11/raw"
    at.parent.mkdir(parents=True)
    if what == "file":
        at.write_text("mine")
    elif what == "folder":
        at.mkdir()
    else:
        at.symlink_to("elsewhere")
    before = at.lstat()
    link = links.add(experiment(site))
    assert link.raw is None
    assert link.processed is not None
    assert "Experiments/MA-5127-BX11/raw is something else" in link.problems[0]
    assert at.lstat() == before


def test_a_link_of_ours_that_somebody_changed_is_no_longer_ours(site, home, links):
    links.add(experiment(site))
    at = home / "Experiments/MA-5127-BX11/raw"
    at.unlink()
    at.symlink_to("elsewhere")
    assert links.add(experiment(site)).raw is None
    assert at.readlink() == Path("elsewhere")


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"links": []}', '{"links": {"x": 1}}'])
def test_a_damaged_manifest_makes_nothing_ours(damage, site, home, links):
    at = home / "Experiments/MA-5127-BX11/raw"
    at.parent.mkdir(parents=True)
    at.symlink_to("elsewhere")
    (home / "Experiments/.beamtime.json").write_text(damage)
    assert links.add(experiment(site)).raw is None
    assert at.readlink() == Path("elsewhere")


def test_two_experiments_of_one_name_get_two_folders(site, links):
    first = links.add(experiment(site))
    second = links.add(experiment(site, "ls3302", "icat:7"))
    assert (first.slug, second.slug) == ("MA-5127-BX11", "MA-5127-BX11_2")
    assert links.add(experiment(site, "ls3302", "icat:7")).slug == "MA-5127-BX11_2"


def test_data_outside_the_sites_folders_is_not_linked(site, home, links):
    outside = Experiment("embedded:e9", "X-Y", "", site.outside)
    with pytest.raises(Failure) as caught:
        links.add(outside)
    assert caught.value.code == "forbidden"
    assert not (home / "Experiments").exists()


def test_a_folder_of_the_experiment_that_leads_outside_is_not_linked(site, home, links):
    raw = site.data / "ls3302/raw"
    raw.rmdir()
    raw.symlink_to(site.outside)
    link = links.add(experiment(site, "ls3302"))
    assert link.raw is None
    assert "leads out of the data folders" in link.problems[0]


def test_data_by_a_link_of_the_site_is_fine(site, links):
    (site.data / "visitor").symlink_to("ma5127")
    assert links.add(experiment(site, "visitor")).raw is not None


def test_a_folder_that_comes_later_is_linked_then(site, links):
    (site.data / "new").mkdir()
    first = links.add(experiment(site, "new"))
    assert (first.raw, first.processed, len(first.problems)) == (None, None, 2)
    (site.data / "new/raw").mkdir()
    second = links.add(experiment(site, "new"))
    assert (second.raw is not None, len(second.problems)) == (True, 1)


def test_a_home_that_cannot_be_written_is_said_in_words(site, home, links):
    (home / "Experiments").write_text("in the way")
    with pytest.raises(Failure) as caught:
        links.add(experiment(site))
    assert caught.value.code == "unavailable"
    assert "Experiments/MA-5127-BX11 cannot be made" in caught.value.message
