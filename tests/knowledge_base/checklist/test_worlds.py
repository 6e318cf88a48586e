from knowledge_base.checklist.worlds import Worlds
from tests.factories import make_guidance
from tests.knowledge_base.checklist.conftest import channel


def positions(bits):
    return {position for position in range(bits.bit_length()) if bits >> position & 1}


def test_a_part_without_condition_is_certain(dragon):
    assert 0 in positions(Worlds(dragon).select({}).certain)


def test_an_open_part_is_possible_but_not_certain(dragon):
    selection = Worlds(dragon).select({})
    assert 1 in positions(selection.possible)
    assert 1 not in positions(selection.certain)


def test_a_question_that_is_not_asked_opens_nothing(dragon):
    selection = Worlds(dragon).select({"owner": "own", "lender": "licensed"})
    assert 2 not in positions(selection.possible)


def test_cases_that_together_cover_everything_are_certain():
    either = [{"lair": "cave"}, {"lair": ["nest", "lake"]}]
    dragon = make_guidance(
        questions=[
            {
                "id": "lair",
                "ask": "Rồng ở đâu?",
                "options": [
                    {"id": name, "label": name.title()} for name in ("cave", "nest", "lake")
                ],
            }
        ],
        requirements=[{"id": "map", "name": "Sơ đồ chỗ ở", "when": either}],
    )
    assert 0 in positions(Worlds(dragon).select({"lair": "unknown"}).certain)


def test_an_answer_that_is_no_option_today_is_ignored(dragon):
    worlds = Worlds(dragon)
    assert worlds.select({"owner": "stolen"}) == worlds.select({})


def test_narrowing_leaves_only_its_options(dragon):
    worlds = Worlds(dragon)
    assert worlds.select({}, {"owner": ["lent"]}) == worlds.select({"owner": "lent"})


def test_the_chosen_way_leaves_its_channel(dragon):
    worlds = Worlds(dragon)
    channels = range(len(worlds.parts) - 3, len(worlds.parts))
    chosen = positions(worlds.select({"way": "online"}).possible)
    assert [position in chosen for position in channels] == [True, False, False]


def test_a_way_without_a_channel_of_its_own_leaves_the_others():
    dragon = make_guidance(
        questions=[
            {
                "id": "place",
                "ask": "Bạn nộp ở đâu?",
                "options": [
                    {"id": "home", "label": "Nơi thường trú"},
                    {"id": "online", "label": "Nộp qua mạng"},
                ],
            }
        ],
        requirements=[
            {"id": "application", "name": "Đơn", "when": {"place": "home"}},
            {"id": "form", "name": "Mẫu điện tử", "when": {"place": "online"}},
        ],
        channels=[channel("online"), channel("counter")],
    )
    selected = positions(Worlds(dragon).select({"place": "home"}).possible)
    assert 5 in selected
    assert 4 not in selected


def test_a_question_matters_while_it_changes_something(dragon):
    worlds = Worlds(dragon)
    assert worlds.select({}).matters(1)
    assert not worlds.select({"owner": "own"}).matters(1)
