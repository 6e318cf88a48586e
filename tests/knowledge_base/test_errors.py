from pathlib import Path

import pytest

from knowledge_base import errors


@pytest.mark.parametrize("name", sorted(set(errors.__all__) - {"FileProblem"}))
def test_every_error_belongs_to_the_tree_of_the_package(name):
    assert issubclass(getattr(errors, name), errors.KnowledgeBaseError)
    assert name in errors.__doc__


def test_an_unknown_procedure_is_named_by_its_code():
    error = errors.UnknownProcedureError("9.999999")
    assert error.code == "9.999999"
    assert str(error) == "Không có thủ tục nào mang mã '9.999999' trong danh mục."
    assert isinstance(error, KeyError)


def test_a_guidance_problem_reads_as_editors_know_it_from_compilers():
    problem = errors.FileProblem(Path("ho-tich/1.1.yml"), 7, "fee", "thiếu")
    assert str(problem) == "ho-tich/1.1.yml:7: fee: thiếu"
    assert "ho-tich/1.1.yml:7" in str(errors.GuidanceError([problem]))
