import json
import re

from PIL import Image

from api.routes.offline import AWAY, MANIFEST, WORKER


def told(client):
    """What the service worker is told to keep."""
    first = client.get(WORKER).text.partition("\n")[0]
    return json.loads(first.removeprefix("const edition = ").removesuffix(";"))


def test_the_worker_may_rule_the_whole_site_and_is_asked_for_again(client):
    response = client.get(WORKER)
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["cache-control"] == "no-cache"


def test_everything_that_the_worker_keeps_is_there_and_sets_no_cookie(client):
    edition = told(client)
    assert {"/tinh-nguyen", AWAY, MANIFEST} <= set(edition["shell"])
    for address in edition["shell"]:
        response = client.get(address)
        assert response.status_code == 200, address
        assert "set-cookie" not in response.headers, address


def test_the_worker_keeps_every_script_of_the_page(client):
    modules = set(re.findall(r'"(/tinh-nguyen/ma/[^"]+)"', client.get("/tinh-nguyen").text))
    assert modules and modules <= set(told(client)["shell"])


def test_nothing_of_a_person_is_kept(client):
    kept = told(client)["shell"]
    assert not [address for address in kept if address == "/" or address.startswith("/thu-tuc")]
    assert not [address for address in kept if "chat/" in address or "/api/" in address]


def test_another_page_is_another_version(open_client):
    versions = []
    for name in ("Một cửa phường Mẫu", "Một cửa xã Thử"):
        with open_client(office_name=name) as client:
            versions.append(told(client)["version"])
    assert versions[0] != versions[1]


def test_the_manifest_is_right_and_its_icons_have_their_sizes(client, tmp_path):
    manifest = client.get(MANIFEST)
    assert manifest.headers["content-type"].startswith("application/manifest+json")
    for icon in manifest.json()["icons"]:
        path = tmp_path / "icon.png"
        path.write_bytes(client.get(icon["src"]).content)
        with Image.open(path) as picture:
            assert "x".join(map(str, picture.size)) == icon["sizes"]
    assert client.get(manifest.json()["start_url"]).status_code == 200


def test_the_policy_lets_the_worker_and_the_manifest_in(client):
    policy = client.get("/tinh-nguyen").headers["content-security-policy"]
    parts = dict(part.split(" ", 1) for part in policy.split("; "))
    assert parts["manifest-src"] == parts["worker-src"] == "'self'"
    assert parts["trusted-types"].split() == ["fragment", "service-worker"]


def test_the_page_without_a_signal_leads_to_what_works(client):
    page = client.get(AWAY).text
    assert "Đang không có mạng" in page
    assert 'href="/tinh-nguyen"' in page
