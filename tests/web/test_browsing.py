"""The tools of the browser tests see what they are there to see."""

from tests.web.browsing import axe_violations, overflowing, small_targets


def test_the_watch_sees_errors_other_hosts_and_a_broken_policy(open_page, site):
    page = open_page(site)
    page.evaluate("setTimeout(() => { throw new Error('broken'); })")
    page.evaluate("new Image().src = 'https://example.org/'")
    page.evaluate("fetch('https://example.net/').catch(() => null)")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.wait_for_timeout(300)
    seen = "\n".join(open_page.watch.faults)
    open_page.watch.faults.clear()
    assert "broken" in seen
    assert "https://example.org/" in seen
    assert "https://example.net/" in seen
    assert "style-src" in seen


def test_what_is_unlabelled_small_or_too_wide_is_found(open_page, site):
    page = open_page(site)
    page.evaluate("""() => {
      const button = document.createElement('button');
      button.className = 'hopeless';
      document.querySelector('main').append(button);
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('.hopeless { width: 20px; min-height: 0; height: 20px; padding: 0; }'
        + 'h1 { width: 2000px; }');
      document.adoptedStyleSheets = [sheet];
    }""")
    assert any(found.startswith("button-name") for found in axe_violations(page))
    assert any(found.startswith("20×20 <button") for found in small_targets(page))
    assert any(found.startswith("<h1") for found in overflowing(page))
