"""The live session, inside the page's worker: one document, joined to the one that is already on screen.

static/worker.js calls these functions and nothing else. Patches travel as JSON text in both directions.
"""

import asyncio
import gc
import json
import traceback
from functools import partial

import pyodide.ffi

from app import absent

absent.leave_out()

import param.parameterized  # noqa: E402
from bokeh.core.serialization import Serializer  # noqa: E402
from bokeh.document.events import ModelChangedEvent  # noqa: E402
from bokeh.embed.util import standalone_docs_json_and_render_items  # noqa: E402
from panel.io.state import set_curdoc  # noqa: E402

from app import quicker  # noqa: E402
from app.main import App  # noqa: E402
from app.sources.user_files import UserFile  # noqa: E402

PAGE = "page"  # the setter of changes that come from the page, so that they are not sent back
_tasks = set()


class Session:
    """The app with its document, and the functions of the worker that it talks to."""

    def __init__(self):
        self.app = App()
        self.document, self.places = self.app.document()

    def models(self):
        """[id, type] of every model, sorted by id: what the page compares its own with."""
        return json.dumps(sorted([model.id, type(model).__qualified_model__] for model in self.document.models))

    def whole(self):
        """The document as JSON, with {place: root id}, for a page that has to draw it anew."""
        docs, _ = standalone_docs_json_and_render_items(self.document.roots, suppress_callback_warning=True)
        return json.dumps({"document": next(iter(docs.values())), "places": self.places})

    def join(self, send, report, working, download, keep, refuse):
        """From now on send every change to the page, and let the user have what needs Python.

        send(patch) takes JSON text, report(message, traceback) what went wrong, working(bool) whether a task runs,
        download(name, data) a Uint8Array that the user saves, keep(record, pieces) JSON text and Uint8Arrays that the
        browser keeps, refuse(id, why) what it kept in vain.
        """
        self._send, self._report, self._working = send, report, working
        self._sent = set()  # (id, attribute) of what Python has changed since the last patch came
        self.document.on_change(self._changed)
        param.parameterized.async_executor = self._run
        self.app.bridge.send = lambda name, data: download(name, pyodide.ffi.to_js(data))
        self.app.bridge.keep = lambda record, pieces: keep(json.dumps(record), pyodide.ffi.to_js(pieces))
        self.app.bridge.refuse = refuse
        self.app.go_live()

    def _changed(self, event):
        if getattr(event, "setter", None) == PAGE:
            return
        if isinstance(event, ModelChangedEvent):
            self._sent.add((event.model.id, event.attr))
        serializer = Serializer(references=self.document.models.synced_references, deferred=False)
        events = serializer.encode([event])
        self.document.models.flush_synced(lambda model: not serializer.has_ref(model))
        self._send(json.dumps({"events": events}))

    def receive(self, patch):
        """Apply a patch from the page; what goes wrong in a callback is reported, not raised.

        Of what a callback has changed before the page's own change of it was applied, the page hears again.
        """
        patch, self._sent = json.loads(patch), set()
        try:
            with set_curdoc(self.document):
                self.document.apply_json_patch(patch, setter=PAGE)
        except Exception as error:
            self._failed(error)
        for event in patch["events"]:
            if event["kind"] == "ModelChanged" and (event["model"]["id"], event["attr"]) in self._sent:
                model = self.document.models[event["model"]["id"]]
                self._changed(ModelChangedEvent(self.document, model, event["attr"], getattr(model, event["attr"])))

    def request(self, message, value, answered):
        """Have a message of the page's answered, as a task, and call answered() then.

        value: a number, a text, a File or several, or nothing.
        """
        if isinstance(value, pyodide.ffi.JsArray):
            value = [UserFile(file) for file in value]
        elif isinstance(value, pyodide.ffi.JsProxy):
            value = UserFile(value)
        with set_curdoc(self.document):
            self._run(partial(self.app.bridge.receive, message, value)).add_done_callback(lambda task: answered())

    def _run(self, coroutine_function):
        """Param's executor of asynchronous callbacks."""
        task = asyncio.ensure_future(coroutine_function())
        _tasks.add(task)
        self._working(True)
        task.add_done_callback(self._done)
        return task

    def _done(self, task):
        _tasks.discard(task)
        self._working(bool(_tasks))
        if not task.cancelled() and task.exception():
            self._failed(task.exception())

    def _failed(self, error):
        self._report(str(error) or type(error).__name__, "".join(traceback.format_exception(error)))


def open():
    """Build the app and its document; nothing is sent before `join`.

    There is no garbage meanwhile, and what is made stays: it need not be looked through, now or later.
    """
    gc.disable()
    quicker.remember_defaults()
    session = Session()
    gc.freeze()
    gc.enable()
    return session
