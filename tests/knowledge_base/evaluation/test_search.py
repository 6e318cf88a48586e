from knowledge_base.evaluation import LabelledQuestion, evaluate_search, summarise
from tests.factories import make_procedure
from tests.knowledge_base.search.conftest import make_engine


def test_every_question_is_searched_and_decided():
    names = {"1.000001": "Đăng ký kết hôn", "1.000002": "Đăng ký khai sinh"}
    engine = make_engine([make_procedure(code, name=name) for code, name in names.items()])
    questions = [
        LabelledQuestion(text="ket hon", style="no_diacritics", ask="fee", gold=["1.000001"]),
        LabelledQuestion(text="xyzzy", style="formal", ask="out_of_scope"),
    ]
    married, off_topic = evaluate_search(engine, questions)
    assert (married.rank, married.verdict) == (1, "answer")
    assert off_topic.verdict == "refuse"
    overall = summarise([married, off_topic])["overall"]
    assert (overall["recall@1"], overall["refused_out_of_scope"]) == (1.0, 1.0)
