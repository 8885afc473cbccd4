"""What the tests "for everyone" share: walking the page through its shadow roots, and putting it into its states."""

WIDE, PHONE, NARROW = [{"width": w, "height": h} for w, h in [(1280, 800), (390, 844), (320, 640)]]
LOW, HALF = {"width": 320, "height": 256}, {"width": 640, "height": 400}  # 1280 by 1024 at 400 %, by 800 at 200 %

WALK = """
const CONTROLS = 'a[href], button, input, select, textarea, summary, [role=tab], [role=option], .noUi-handle';
function* deep(root = document) {         // all elements, those in shadow roots too
  for (const element of root.querySelectorAll('*')) {
    yield element;
    if (element.shadowRoot) yield* deep(element.shadowRoot);
  }
}
const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
const controls = () => [...deep()].filter((element) => element.matches(CONTROLS) && seen(element));
const up = (node) => node.parentNode ?? node.host;
function within(node, element) {
  for (let at = node; at; at = up(at)) if (at === element) return true;
  return false;
}
function hit(x, y) {                      // the element at a point of the window
  let found = document.elementFromPoint(x, y);
  for (let next; found?.shadowRoot; found = next) {
    next = found.shadowRoot.elementFromPoint(x, y);
    if (!next || next === found) break;
  }
  return found;
}
const labels = (element) => [element, ...element.labels ?? [], element.closest('label')].filter(Boolean);
const hits = (element, x, y) => { const found = hit(x, y); return labels(element).some((one) => within(found, one)); };
function around(element) {                // the name of the nearest part of the page
  let at = element;
  while (at && !at.id && !at.dataset?.root) at = up(at);
  return at?.id || at?.dataset.root || '';
}
const words = (element) => (element.ariaLabel || element.textContent).trim().slice(0, 30);
const named = (element) => `${element.localName}.${element.className} ${words(element)} in ${around(element)}`;
function active() {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
}
const frame = () => new Promise(requestAnimationFrame), frames = () => frame().then(frame);
"""


def walk(lab, body):
    """What the statements of a function return that may use what WALK defines, and await."""
    return lab.page.evaluate(f"async () => {{ {WALK} {body} }}")


def unfold(lab):
    """Open all that is folded, once the page's late parts have come."""
    lab.page.mouse.wheel(0, 1)  # the user's first action
    lab.page.locator("#sections a").first.wait_for(state="attached")
    lab.page.evaluate("document.querySelectorAll('main details').forEach((details) => { details.open = true })")
    return lab.settled()


def tabs(lab, figure):
    """Show the tabs of a figure's side, one after the other, the first one last."""
    for tab in reversed(lab.page.locator(f"#{figure}-figure [role=tab]").all()):
        tab.click()
        yield tab.get_attribute("id")
