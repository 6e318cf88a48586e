from dataclasses import replace
from datetime import datetime

from dossiers.clock import VIETNAM
from dossiers.codes import parse_code
from dossiers.demo import demo_dossiers
from dossiers.desk import build_desk
from dossiers.disclosure import Outcome
from dossiers.proofs import ProofHasher

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=VIETNAM)
ON_TIME = parse_code("H05.12-261123-0007")


def open_desk(folder, *, demo=False):
    return build_desk(f"sqlite:///{folder / 'motcua.db'}", folder / "key", lambda: NOW, demo=demo)


def test_an_empty_registry_is_filled_with_examples_only_where_asked(tmp_path):
    assert len(open_desk(tmp_path).registry) == 0
    assert len(open_desk(tmp_path, demo=True).registry) == 3


def test_examples_are_not_put_beside_real_dossiers(tmp_path):
    registry = open_desk(tmp_path).registry
    real = replace(demo_dossiers(ProofHasher())[0], code="H29.01-261120-0001")
    registry.save(real)
    assert [record.code for record in open_desk(tmp_path, demo=True).registry] == [real.code]


def test_the_key_of_the_proofs_is_kept_and_readable_by_its_owner_alone(tmp_path):
    open_desk(tmp_path, demo=True)
    key = tmp_path / "key"
    first = key.read_bytes()
    assert len(first) == 32
    assert key.stat().st_mode & 0o077 == 0
    again = open_desk(tmp_path)
    assert key.read_bytes() == first
    found, _ = again.look_up(ON_TIME, "a client", "246810")
    assert found.outcome is Outcome.SHOWN


def test_a_look_up_comes_with_its_explanation(tmp_path):
    found, explanation = open_desk(tmp_path, demo=True).look_up(ON_TIME, "a client")
    assert found.view.code == ON_TIME.code
    assert ON_TIME.code in explanation.headline
