import gzip
import json

import pytest

from api.offline.shell import Scripts, manifest, worker_script


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "app.js").write_text("import texts from './texts.js';\n", "utf-8")
    (tmp_path / "notes.txt").write_text("not a script", "utf-8")
    return tmp_path


def test_a_module_is_found_under_the_version_of_all(folder):
    scripts = Scripts(folder, {"hello": "chào"})
    content, compressed = scripts.find(scripts.version, "app.js")
    assert content.startswith(b"import")
    assert gzip.decompress(compressed) == content


def test_texts_are_a_module(folder):
    scripts = Scripts(folder, {"hello": "chào"})
    content, _ = scripts.find(scripts.version, "texts.js")
    assert content.decode() == 'export default {"hello":"chào"};\n'


@pytest.mark.parametrize("name", ["notes.txt", "../app.js", "none.js", ""])
def test_nothing_else_is_found(folder, name):
    scripts = Scripts(folder, {})
    assert scripts.find(scripts.version, name) is None


def test_a_module_of_another_version_is_not_given(folder):
    assert Scripts(folder, {}).find("000000000000", "app.js") is None


def test_a_changed_text_or_module_is_another_version(folder):
    first = Scripts(folder, {"hello": "chào"}).version
    assert Scripts(folder, {"hello": "xin chào"}).version != first
    (folder / "app.js").write_text("", "utf-8")
    assert Scripts(folder, {"hello": "chào"}).version != first


def test_the_worker_is_told_what_to_keep():
    script = worker_script(shell=["/a", "/b.js"], page="/a", copy="/c", away="/b", version="1")
    first, _, rest = script.partition("\n")
    told = json.loads(first.removeprefix("const edition = ").removesuffix(";"))
    assert told == {"version": "1", "shell": ["/a", "/b.js"], "page": "/a", "copy": "/c",
                    "away": "/b"}  # fmt: skip
    assert "addEventListener" in rest


def test_the_manifest_names_icons_of_both_sizes_and_a_maskable_one():
    made = manifest(name="Một Cửa", description="d", start="/tinh-nguyen", icon="/i/{name}")
    kinds = [(icon["sizes"], icon["purpose"]) for icon in made["icons"]]
    assert kinds == [("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")]
    assert made["start_url"].startswith(made["scope"])
