"""The browser's checklist says what Python's says: every path of every guidance file."""

import pytest

from api.app import create_app
from api.offline.edition import guided
from api.offline.procedures import ProcedureExporter
from api.settings import Settings
from knowledge_base.answer import load_texts
from knowledge_base.checklist import Checklist, own_check
from knowledge_base.situation import UNKNOWN
from tests.api.conftest import NOW
from tests.web.serving import serve
from tests.web.volunteering import open_volunteer

_WALK = """async ([scripts, code]) => {
  const { UNKNOWN, follow, ownCheck } = await import(`${scripts}/checklist.js`);
  globalThis.copy ??= await (await fetch("/tinh-nguyen/du-lieu.json")).json();
  const procedure = copy.procedures[code];
  const ends = [];
  const named = (papers) => papers.map((paper) => [paper.id, paper.onlyIf]);
  const walk = (path) => {
    const state = follow(procedure, path);
    if (state.question) {
      for (const option of [...state.question.options.map((one) => one.id), UNKNOWN]) {
        walk([...path, [state.question.id, option]]);
      }
      return;
    }
    const { list, said } = state;
    const papers = [...list.needed, ...list.maybe];
    const held = new Set(papers.filter((_, place) => place % 2).map((paper) => paper.id));
    const checks = [new Set(), held, new Set(papers.map((paper) => paper.id))].map((have) => {
      const { readiness, missing, waivable, askAgain } = ownCheck(list, have);
      return [readiness, ...[missing, waivable, askAgain].map((group) => group.map((p) => p.id))];
    });
    ends.push([path, ...[list.needed, list.maybe, list.notNeeded, list.notes].map(named),
      list.steps,
      list.channels.map(([channel, onlyIf]) => [procedure.channels.indexOf(channel), onlyIf]),
      list.remark, said.map(({ option }) => option?.label ?? null), checks]);
  };
  walk([]);
  return ends;
}"""


@pytest.fixture(scope="module")
def site(catalogue, tmp_path_factory):
    settings = Settings(data_folder=tmp_path_factory.mktemp("var"))
    with serve(create_app(settings, catalogue=catalogue, now=lambda: NOW)) as address:
        yield address


def with_scripts(open_page, site):
    """The page, and the address of its modules."""
    page = open_volunteer(open_page, site)
    entrance = page.locator("script[src$='/app.js']").get_attribute("src")
    return page, entrance.removesuffix("/app.js")


def paths(checklist, answers=()):
    question = checklist.next_question(dict(answers))
    if question is None:
        yield answers
        return
    for option in [*(option.id for option in question.options), UNKNOWN]:
        yield from paths(checklist, (*answers, (question.id, option)))


def end_of(checklist, procedure, steps, path):
    """What the browser is to say at the end of `path`; `steps` are all steps in words."""
    mine = checklist.personal_list(dict(path))
    papers = (mine.needed, mine.maybe, mine.not_needed, mine.notes)
    listed = [item.id for item in (*mine.needed, *mine.maybe)]
    checks = []
    for have in (set(), set(listed[1::2]), set(listed)):
        check = own_check(mine, have)
        groups = (check.missing, check.waivable, check.ask_again)
        checks.append([str(check.readiness), *([item.id for item in g] for g in groups)])
    places = {id(step): place for place, step in enumerate(procedure.steps)}
    channels = [(procedure.channels.index(c.channel), c.only_if) for c in mine.channels]
    return [
        [list(answer) for answer in path],
        *([[item.id, item.only_if] for item in group] for group in papers),
        [[steps[places[id(listed.step)]], listed.only_if] for listed in mine.steps],
        [list(channel) for channel in channels],
        mine.remark,
        [said.answer if said.option else None for said in mine.said],
        checks,
    ]


def test_every_path_of_every_file_ends_as_in_python(open_page, site, catalogue):
    page, scripts = with_scripts(open_page, site)
    exporter = ProcedureExporter(load_texts(), catalogue.find, NOW.date())
    walked = 0
    for procedure in guided(catalogue):
        checklist = Checklist(procedure, catalogue.find)
        steps = exporter.export(procedure, ())["steps"]
        expected = [end_of(checklist, procedure, steps, path) for path in paths(checklist)]
        assert page.evaluate(_WALK, [scripts, procedure.code]) == expected, procedure.code
        walked += len(expected)
    assert walked > 10_000


def test_answers_that_fit_no_longer_are_asked_again(open_page, site):
    page, scripts = with_scripts(open_page, site)
    states = page.evaluate(
        """async (scripts) => {
          const { follow } = await import(`${scripts}/checklist.js`);
          const copy = await (await fetch("/tinh-nguyen/du-lieu.json")).json();
          const procedure = copy.procedures["1.001193"];
          return [[["parents", "gone"]], [["parents", "married"], ["gone", "yes"]], [["x", "y"]]]
            .map((path) => follow(procedure, path)).map((s) => [s.said.length, s.question.id]);
        }""",
        scripts,
    )
    assert states == [[0, "parents"], [1, "birth"], [0, "parents"]]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("lam giay khai sinh", "Đăng ký khai sinh"),
        ("mất căn cước", "Cấp lại thẻ căn cước"),
        ("tạm trú", "Đăng ký tạm trú"),
        ("1.001193", "Đăng ký khai sinh"),
    ],
)
def test_people_find_what_they_say(open_page, site, words, name):
    page, scripts = with_scripts(open_page, site)
    found = page.evaluate(
        """async ([scripts, words]) => {
          const { Search } = await import(`${scripts}/search.js`);
          const copy = await (await fetch("/tinh-nguyen/du-lieu.json")).json();
          const codes = new Search(copy.procedures).find(words, 6);
          return codes.map((code) => copy.procedures[code].name);
        }""",
        [scripts, words],
    )
    assert any(name in one for one in found), found
