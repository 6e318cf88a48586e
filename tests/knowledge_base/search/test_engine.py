from dataclasses import replace

import numpy as np
import pytest

from knowledge_base.catalogue import Catalogue
from knowledge_base.questions import load_questions
from knowledge_base.search import Verdict, build_search_engine, load_search_config
from knowledge_base.search.hit import FEATURES
from knowledge_base.search.signals import SIGNALS
from knowledge_base.text import fold
from tests.factories import make_bare, make_guidance, make_procedure, make_requirement
from tests.knowledge_base.search.conftest import (
    BIRTH,
    DEATH,
    FIREWORKS,
    FIRST,
    FOREIGN,
    LOST,
    MARRIAGE,
    OFF_TOPIC,
    PROCEDURES,
    QUESTIONS,
    RENEW,
    make_engine,
)
from tests.knowledge_base.search.hashing_encoder import HashingEncoder

PRIORS = ("guidance", "level", "person")


def codes(hits):
    return [hit.procedure.code for hit in hits]


@pytest.mark.parametrize(("code", "name"), [(code, name) for code, name, _, _ in PROCEDURES])
def test_a_procedure_is_found_by_its_name_with_and_without_diacritics(engine, code, name):
    for message in (name, fold(name), name.upper(), f"cho em hỏi {name.lower()} ạ"):
        assert codes(engine.search(message))[0] == code, message


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("vợ mới đẻ", BIRTH),
        ("vo em moi de em be", BIRTH),
        ("đốt pháo năm mới có phải xin không", FIREWORKS),
        ("ông nội qua đời", DEATH),
        ("giấy rồng sắp hết hạn", RENEW),
        ("đánh rơi giấy nuôi rồng", LOST),
        ("hai đứa lấy nhau", MARRIAGE),
    ],
)
def test_a_procedure_is_found_as_citizens_ask_for_it(engine, message, code):
    assert codes(engine.search(message))[0] == code


def test_a_phrasing_finds_nothing_where_it_was_not_written(procedures):
    engine = make_engine(procedures)
    assert engine.search("đốt pháo năm mới")[0].evidence["question_meaning"] == 0


def test_siblings_are_told_apart_and_stand_together(engine):
    assert codes(engine.search("cấp lại giấy phép nuôi rồng", limit=4))[0] == LOST
    assert set(codes(engine.search("giấy phép nuôi rồng", limit=4))) == {
        FIRST,
        LOST,
        FOREIGN,
        RENEW,
    }


def test_abbreviations_are_written_out_before_the_search(engine):
    assert codes(engine.search("gia hạn GPNR"))[0] == RENEW
    assert codes(engine.search("đk kết hôn"))[0] == MARRIAGE


def test_what_is_asked_of_a_procedure_does_not_change_what_is_found(engine):
    plain = engine.search("đăng ký kết hôn")
    asked = engine.search("xin hỏi đăng ký kết hôn cần giấy tờ gì, ở đâu?")
    assert codes(asked)[:3] == codes(plain)[:3]
    assert asked[0].score == pytest.approx(plain[0].score, rel=0.05)


def test_a_popular_name_finds_the_official_one(procedures):
    names_only = {"topic_words": 1.0}
    widened = make_engine(procedures, weights=names_only, expansion_weight=0.5)
    literal = make_engine(procedures, weights=names_only, expansion_weight=0.0)
    assert codes(widened.search("cưới vợ"))[0] == MARRIAGE
    assert literal.search("cưới vợ")[0].score == 0
    typed = widened.search("kết hôn")[0].score
    assert 0 < widened.search("cưới")[0].score < typed


def test_papers_are_searched_as_well(procedures):
    engine = make_engine(procedures, weights={"body_words": 1.0})
    assert codes(engine.search("kho thuốc nổ"))[0] == FIREWORKS
    assert codes(engine.search("chuồng"))[0] == FIRST


def test_only_the_beginning_of_a_long_body_is_searched():
    papers = [make_requirement("Giấy đầu"), make_requirement("x" * 50), make_requirement("Cuối")]
    procedures = [make_procedure("1.000001", requirements=papers), make_procedure("1.000002")]
    engine = make_engine(procedures, weights={"body_words": 1.0}, body_characters=30)
    assert engine.search("giấy đầu")[0].score > 0
    assert engine.search("cuối")[0].score == 0


def two_alike(**parts):
    """Two procedures that differ in nothing but `parts` of the second."""
    same = {"name": "Cấp phép nuôi rồng", "levels": ["province"]}
    return [make_procedure("1.000001", **same), make_procedure("1.000002", **{**same, **parts})]


@pytest.mark.parametrize(
    ("level", "first"),
    [("commune", "1.000002"), ("ministry", "1.000001")],
)
def test_of_two_alike_the_nearer_level_comes_first(level, first):
    engine = make_engine(two_alike(levels=[level]))
    assert codes(engine.search("nuôi rồng"))[0] == first


def test_a_name_of_the_central_level_counts_as_such():
    procedures = two_alike(levels=["commune"], name="Cấp phép nuôi rồng tại cấp trung ương")
    engine = make_engine(procedures, weights={"level": 1.0})
    assert codes(engine.search("nuôi rồng"))[0] == "1.000001"


def test_of_two_alike_the_one_with_guidance_may_come_first():
    bare, other = two_alike()
    guidance = make_guidance(code=other.code, name=other.name, levels=["province"])
    engine = make_engine([bare, guidance], weights={"guidance": 1.0})
    assert codes(engine.search("nuôi rồng"))[0] == guidance.code


def test_a_procedure_for_foreigners_is_for_those_who_speak_of_them():
    procedures = two_alike(name="Cấp phép nuôi rồng cho người nước ngoài")
    engine = make_engine(procedures, weights={"topic_words": 0.1, "person": 1.0})
    assert codes(engine.search("nuôi rồng"))[0] == "1.000001"
    for message in ("chồng tây nuôi rồng", "nguoi nuoc ngoai nuoi rong"):
        assert codes(engine.search(message))[0] == "1.000002"


def test_hits_come_best_first_with_their_evidence(engine):
    hits = engine.search("giấy phép nuôi rồng")
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    weights = engine.config.weights
    for hit in hits:
        assert set(hit.evidence) == set(FEATURES)
        fused = sum(weights[feature] * value for feature, value in hit.evidence.items())
        assert hit.score == pytest.approx(fused, abs=1e-5)


@pytest.mark.parametrize("message", ["giấy phép nuôi rồng", "ket hon", "xyz", "?", "1.000001"])
def test_evidence_lies_between_nothing_and_one(engine, message):
    for feature, values in engine.evidence(engine.read(message)).items():
        assert values.shape == (len(PROCEDURES),)
        assert values.max() <= 1 + 1e-6, feature
        assert values.min() >= (-1 if feature in PRIORS else 0), feature


def test_nothing_in_common_scores_near_nothing(engine):
    assert engine.search("dạy bơi xyzzy")[0].score < 0.3


@pytest.mark.parametrize(("limit", "count"), [(1, 1), (3, 3), (50, len(PROCEDURES))])
def test_no_more_hits_are_returned_than_asked_for(engine, limit, count):
    hits = engine.search("giấy phép", limit=limit)
    assert len(hits) == count
    assert len(set(codes(hits))) == count


def test_the_same_question_finds_the_same_every_time(engine, procedures):
    again = make_engine(reversed(procedures), QUESTIONS)
    for message in ("giấy phép nuôi rồng", "đăng ký", "mất giấy"):
        first, second = engine.search(message), again.search(message)
        assert [(h.procedure.code, h.score) for h in first] == [
            (h.procedure.code, h.score) for h in second
        ]


def test_a_citizens_question_can_be_left_aside(engine):
    number = engine.question_texts.index("đốt pháo mừng năm mới")
    owner = engine.question_owners[number]
    topic = engine.read("đốt pháo mừng năm mới")
    whole = engine.evidence(topic)["question_meaning"]
    rest = engine.evidence(topic, without=np.array([number]))["question_meaning"]
    assert whole[owner] == pytest.approx(1, abs=1e-5)
    assert rest[owner] == 0


def test_questions_of_unknown_codes_are_left_out(procedures):
    engine = make_engine(procedures, {"9.999999": ["bay lên trời"], FIRST: ["nuôi rồng"]})
    assert engine.question_texts == ["nuôi rồng"]


def test_a_catalogue_of_bare_names_can_be_searched():
    names = ["Đăng ký kết hôn", "Đăng ký khai sinh"]
    engine = make_engine([make_bare(f"1.00000{n}", name=name) for n, name in enumerate(names)])
    assert codes(engine.search("kết hôn"))[0] == "1.000000"


def test_scores_of_named_procedures_are_those_of_the_search(engine):
    hits = engine.search("giấy phép nuôi rồng", limit=len(PROCEDURES))
    expected = {hit.procedure.code: hit.score for hit in hits}
    scores = engine.scores("giấy phép nuôi rồng", [RENEW, FIRST])
    assert scores == pytest.approx([expected[RENEW], expected[FIRST]])


@pytest.mark.parametrize(
    ("message", "verdict"),
    [
        ("đăng ký kết hôn", Verdict.ANSWER),
        ("thẻ ngọc", Verdict.ASK_BACK),
        ("dạy bơi xyzzy", Verdict.REFUSE),
    ],
)
def test_the_engine_decides_what_to_do_with_a_message(engine, message, verdict):
    decision = engine.decide(message)
    assert decision.verdict == verdict
    found = codes(engine.search(message, limit=4))
    assert codes(decision.hits) == found[: len(decision.hits)]


def test_messages_known_to_ask_for_nothing_are_a_signal(engine):
    place = SIGNALS.index("off_topic_meaning")

    def nearness(message):
        return engine.signals(message, engine.search(message))[place]

    assert nearness("trời hôm nay có mưa không") > nearness("đăng ký kết hôn")


def test_an_off_topic_message_can_be_left_aside(engine):
    message = OFF_TOPIC[0]
    place, hits = SIGNALS.index("off_topic_meaning"), engine.search(message)
    whole = engine.signals(message, hits)[place]
    assert engine.signals(message, hits, without=0)[place] < whole


def test_the_engine_knows_its_catalogue_and_configuration(engine, procedures):
    assert [procedure.code for procedure in engine.catalogue] == [p.code for p in procedures]
    assert engine.config.weights["topic_words"] == 1.0


def test_the_shipped_engine_is_built_with_shipped_questions_and_models():
    procedures = [make_procedure("1.001193", name="Đăng ký khai sinh", field="Hộ tịch")]
    engine = build_search_engine(Catalogue(procedures), HashingEncoder())
    assert len(engine.question_texts) == len(load_questions()["1.001193"])
    assert engine.config == load_search_config()
    assert codes(engine.search("khai sinh")) == ["1.001193"]


def test_a_story_is_searched_whole_and_in_parts(procedures):
    limits = load_search_config().long_messages.model_copy(
        update={"from_words": 8, "part_words": 6, "parts_share": 0.5}
    )
    engine = make_engine(procedures, QUESTIONS, long_messages=limits)
    story = "vợ chồng tôi ở quê, chuyện dài lắm, giờ xin cấp lại giấy phép nuôi rồng"
    topic = engine.read(story)
    assert len(topic.parts) == 3
    mixed = engine.evidence(topic)["topic_words"]
    whole = engine.evidence(replace(topic, parts=()))["topic_words"]
    parts = [engine.evidence(part)["topic_words"] for part in topic.parts]
    assert mixed == pytest.approx(0.5 * whole + 0.5 * np.mean(parts, axis=0))


def test_a_question_without_accents_finds_what_the_accented_one_finds(engine):
    for name in ("gia hạn giấy phép nuôi rồng", "làm giấy báo tử", "đốt pháo mừng năm mới"):
        accented = [(hit.procedure.code, hit.score) for hit in engine.search(name)]
        folded = [(hit.procedure.code, hit.score) for hit in engine.search(fold(name))]
        assert folded == accented


def test_what_the_words_of_a_message_say_is_a_signal(engine):
    places = [SIGNALS.index(name) for name in ("off_topic_words", "ambiguous_words")]
    values = engine.signals("trời mưa lại", engine.search("trời mưa lại"))
    assert values[places].tolist() == [1.5, 0.5]
