import pytest

from knowledge_base.life_events import LifeEventError, load_event, load_events

STEP = '  - {id: egg, code: "1.999001", why: Xin phép nuôi rồng.}\n'
EVENT = (
    "id: dragon\ntitle: Nuôi rồng\nintro: [Rồng cần giấy phép.]\n"
    "phrases: [nuôi rồng, mua rồng, xin rồng, ấp trứng rồng, rồng con, rồng lớn]\nsteps:\n"
)


@pytest.fixture
def write(tmp_path):
    def write(text, name="dragon.yml"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write


def faults(path):
    with pytest.raises(LifeEventError) as caught:
        load_event(path)
    return str(caught.value)


def test_a_sound_file_is_read(write):
    event = load_event(write(EVENT + STEP))
    assert (event.title, event.steps[0].code) == ("Nuôi rồng", "1.999001")


def test_a_phrase_may_hold_choices(write):
    text = EVENT.replace("nuôi rồng,", "'bé/con [vừa/mới] nở', ông_cụ nuôi rồng,")
    spoken = load_event(write(text + STEP)).spoken()
    assert set(spoken) >= {"bé nở", "bé vừa nở", "con mới nở", "ông cụ nuôi rồng"}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("id: dragon\n", "title: thiếu trường bắt buộc"),
        (EVENT, "steps: cần một danh sách"),
        (EVENT + STEP + "colour: đỏ\n", "colour: không có trường này"),
        (EVENT + '  - {id: egg, code: "x", why: Vì thế.}\n', "steps.0.code: không đúng dạng"),
        (EVENT + STEP + STEP, "steps «egg»: trùng id"),
        (
            EVENT + '  - {id: egg, code: "1.999001", why: Vì thế., depends_on: [hen]}\n',
            "chỉ dựa vào việc đứng trước, không phải hen",
        ),
        (
            EVENT + '  - {id: egg, code: "1.999001", why: Vì thế., optional: true}\n',
            "việc không bắt buộc phải ghi «only_if»",
        ),
        (
            EVENT + '  - {id: egg, code: "1.999001", why: Vì thế., only_if: Có trứng.}\n',
            "có «only_if» thì ghi «optional: true»",
        ),
        ("id: [dragon\n", "YAML: không phải YAML hợp lệ"),
        ("- rồng\n", "cần một nhóm «tên: giá trị»"),
        (EVENT.replace("id: dragon", "id: snake") + STEP, "id: id snake khác tên tệp dragon.yml"),
    ],
)
def test_a_fault_is_named_with_file_and_field(write, text, fault):
    message = faults(write(text))
    assert "dragon.yml" in message
    assert fault in message


def test_a_file_must_be_utf_8(tmp_path):
    path = tmp_path / "dragon.yml"
    path.write_bytes("id: rồng".encode("utf-16"))
    assert "phải lưu bằng UTF-8" in faults(path)


def test_all_wrong_files_are_told_together(write, tmp_path):
    write("id: dragon\n")
    write("id: snake\n", "snake.yml")
    with pytest.raises(LifeEventError) as caught:
        load_events(tmp_path)
    assert {problem.path.name for problem in caught.value.problems} == {"dragon.yml", "snake.yml"}
