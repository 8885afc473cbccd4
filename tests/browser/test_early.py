"""Python starts from the head of the page: its worker, then its downloads, which wait for the files of the figures."""


def runtime(lab):
    """The names of the interpreter's files as they are asked for."""
    asked = []
    lab.page.on("request", lambda request: "/runtime/" in request.url and asked.append(request.url.split("/")[-1]))
    return asked


def test_the_worker_waits_with_its_downloads_for_the_files_of_the_figures(lab):
    asked, held = runtime(lab), []
    lab.page.route("**/static/bokeh.js*", lambda route: held.append(route))
    with lab.page.expect_worker():
        lab.page.goto(lab.site, wait_until="commit")
    lab.wait("performance.getEntriesByType('resource').some(({ name }) => name.includes('main.js'))")
    assert len(held) == 1 and asked == []
    held[0].continue_()
    lab.ready()
    assert any(name.startswith("interpreter.wasm.bin") for name in asked)


def test_python_starts_whether_or_not_the_figures_are_drawn(noisy_lab):
    lab = noisy_lab
    lab.page.route("**/static/main.js*", lambda route: route.fulfill(body="", content_type="text/javascript"))
    lab.page.goto(lab.site)  # main.js is not what was built, and so is not executed: the figures are never drawn
    lab.wait("globalThis[Symbol.for('lab-early')].messages.some(({ type }) => type === 'opened')", timeout=60_000)
    assert lab.page.evaluate("performance.getEntriesByName('lab-interactive').length") == 0


def test_the_page_has_one_worker_for_its_figures(lab):
    workers = []
    lab.page.on("worker", lambda worker: workers.append(worker.url.split("/")[-1].split("?")[0]))
    lab.open().ready()
    assert workers.count("worker.js") == 1
