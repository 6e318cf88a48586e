"""`motcua questions`: questions that citizens left, answered and taken over on the command line."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import typer

from api.handover.book import QuestionBook
from api.handover.desk import build_take_overs
from api.handover.model import Author, Question, QuestionStatus
from api.handover.take_over import TakeOvers
from api.settings import Settings, load_settings
from api.storage import open_database
from dossiers.clock import in_vietnam, system_clock

__all__ = ["commands"]

commands = typer.Typer(help="Câu hỏi người dân để lại cho cán bộ.", no_args_is_help=True)

Code = Annotated[str, typer.Argument(metavar="MÃ", help="Mã câu hỏi, 6 ký tự.")]
Text = Annotated[str, typer.Argument(metavar="LỜI", help="Lời viết cho người dân.")]
By = Annotated[str, typer.Option("--by", help="Ai làm việc này; không hiện cho người dân.")]

_STATES = {
    QuestionStatus.OPEN: "chờ trả lời",
    QuestionStatus.ANSWERED: "đã trả lời",
    QuestionStatus.CLOSED: "đã đóng",
}
_AUTHORS = {Author.CITIZEN: "Người dân", Author.OFFICER: "Cán bộ"}


@dataclass(frozen=True)
class _Desk:
    settings: Settings
    book: QuestionBook
    take_overs: TakeOvers


@commands.command("list")
def list_questions(
    everything: Annotated[
        bool, typer.Option("--all", help="Cả câu đã trả lời và đã đóng.")
    ] = False,
) -> None:
    """Liệt kê câu hỏi đang chờ, cũ nhất trước."""
    statuses = list(_STATES) if everything else [QuestionStatus.OPEN]
    questions = _open_desk().book.listed(statuses)
    for question in questions:
        _print_question(question)
    if not questions:
        typer.echo("Không có câu hỏi nào.")


@commands.command("show")
def show(code: Code) -> None:
    """Xem một câu hỏi, câu trả lời, và những gì đã viết khi tiếp quản."""
    desk = _open_desk()
    thread = desk.take_overs.thread(code)
    question = desk.book.find(code.upper())
    assert question is not None  # `thread` saw to it
    _print_question(question)
    if question.answer:
        typer.echo(f"  Trả lời ({question.answered_by}): {question.answer}")
    if taken := desk.take_overs.taken_by(code):
        typer.echo(f"  Đang được tiếp quản: {taken.taken_by}, đến {_moment(taken.until)}")
    for message in thread:
        author = _AUTHORS[Author(message.author)]
        typer.echo(f"  {_moment(message.at)} {author}: {message.text}")


@commands.command("answer")
def answer(code: Code, text: Text, by: By = "") -> None:
    """Trả lời; người dân thấy ở cuộc trò chuyện và ở trang /hoi-dap/MÃ."""
    desk = _open_desk()
    done = desk.book.answer(code, text, by, keep=[desk.settings.office_phone])
    typer.echo(f"Đã trả lời {done.code}.")
    _tell_if_covered(text, done.answer or "")


@commands.command("close")
def close(code: Code) -> None:
    """Đóng một câu hỏi, đã trả lời hay chưa."""
    typer.echo(f"Đã đóng {_open_desk().book.close(code).code}.")


@commands.command("take")
def take(code: Code, by: By) -> None:
    """Tiếp quản cuộc trò chuyện: trợ lý im lặng, lời người dân được giữ lại cho bạn đọc."""
    taken = _open_desk().take_overs.take(code, by)
    typer.echo(f"Đã tiếp quản {code.upper()} đến {_moment(taken.until)}.")
    typer.echo(f"Viết: motcua questions say {code.upper()} LỜI; xem: motcua questions show …")


@commands.command("say")
def say(code: Code, text: Text) -> None:
    """Viết cho người dân trong cuộc trò chuyện đã tiếp quản."""
    desk = _open_desk()
    kept = desk.take_overs.say(code, text, keep=[desk.settings.office_phone])
    typer.echo("Đã gửi; người dân thấy khi viết tiếp hoặc mở lại trang.")
    _tell_if_covered(text, kept)


@commands.command("release")
def release(code: Code) -> None:
    """Trả cuộc trò chuyện lại cho trợ lý."""
    _open_desk().take_overs.release(code)
    typer.echo(f"Trợ lý lại trả lời trong cuộc trò chuyện của {code.upper()}.")


def _open_desk() -> _Desk:
    settings = load_settings(os.environ)
    engine = open_database(settings.database)
    book = QuestionBook(engine, system_clock)
    return _Desk(settings, book, build_take_overs(settings, engine, system_clock))


def _print_question(question: Question) -> None:
    state = _STATES[QuestionStatus(question.status)]
    about = f", thủ tục {question.procedure_code}" if question.procedure_code else ""
    asked = f"{_moment(question.asked_at)}, {question.channel}{about}"
    typer.echo(f"{question.code}  {asked}  [{state}]")
    typer.echo(f"  {question.question}")


def _tell_if_covered(text: str, kept: str) -> None:
    if kept != text:
        typer.echo(f"Có tên hoặc số đã được che đi, người dân đọc: {kept}")


def _moment(moment: datetime) -> str:
    return f"{in_vietnam(moment):%d/%m/%Y %H:%M}"
