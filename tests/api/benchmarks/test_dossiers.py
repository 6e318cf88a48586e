from api.benchmarks.dossiers import measure_dossiers


def test_imports_and_look_ups_are_measured():
    speed = measure_dossiers(300, look_ups=100)
    assert speed.dossiers == 300
    assert 0 < speed.first_import < 60
    assert 0 < speed.second_import < 60
    assert 0 < speed.find_p50 <= speed.find_p99
    assert 0 < speed.proved_p50 <= speed.proved_p99
