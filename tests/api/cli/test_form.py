import json

import pytest
import typer
from typer.testing import CliRunner

from api.cli.form import form, forms
from knowledge_base.forms import AnswersError, load_forms

application = typer.Typer()
application.command("form")(form)
application.command("forms")(forms)


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(application, [str(word) for word in words])


def test_forms_are_listed_with_their_examples(run):
    result = run("forms")
    assert result.exit_code == 0
    assert "khai-sinh: Tờ khai đăng ký khai sinh" in result.output
    assert "bản tham khảo" in result.output


def test_forms_of_one_procedure_are_listed(run):
    output = run("forms", "--procedure", "1.004222").output
    assert "CT01" in output
    assert "khai-sinh" not in output


@pytest.mark.parametrize("way", [["--blank"], ["--example", "me-don-than"]])
def test_form_is_written(run, tmp_path, way):
    path = tmp_path / "out.docx"
    result = run("form", "khai-sinh", *way, "--output", path)
    assert result.exit_code == 0, result.output
    assert path.read_bytes().startswith(b"PK")


def test_form_is_filled_from_a_file(run, tmp_path):
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(dict(load_forms().get("khai-sinh").examples[0].values)), "utf-8")
    path = tmp_path / "out.docx"
    assert run("form", "khai-sinh", "--fill", answers, "--output", path).exit_code == 0
    assert path.is_file()


def test_wrong_answers_are_told_and_nothing_is_written(run, tmp_path):
    answers = tmp_path / "answers.json"
    answers.write_text("{}", "utf-8")
    path = tmp_path / "out.docx"
    result = run("form", "khai-sinh", "--fill", answers, "--output", path)
    assert isinstance(result.exception, AnswersError)
    assert not path.exists()


@pytest.mark.parametrize(
    "words",
    [
        ["--output", "out.docx"],
        ["--blank", "--example", "me-don-than", "--output", "out.docx"],
        ["--blank", "--output", "out.odt"],
    ],
)
def test_misuse_is_told(run, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    assert run("form", "khai-sinh", *words).exit_code == 2


@pytest.mark.parametrize("text", ["{", "[]"])
def test_answers_that_are_no_group_are_refused(run, tmp_path, text):
    answers = tmp_path / "answers.json"
    answers.write_text(text, "utf-8")
    assert run("form", "khai-sinh", "--fill", answers, "--output", "x.docx").exit_code == 2
