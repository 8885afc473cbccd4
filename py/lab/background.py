"""Tasks and callbacks of an event loop: what they raise, and whether any goes on, reaches the run that started them."""

from functools import partial

GRACE = 0.1  # seconds in which whoever waits for a task takes its exception


class Background:
    """Watches a loop. run_of(context) gives the run of a contextvars.Context, by default of the current one; or None.

    A run is told by its began(task), ended(task) and failed(error).
    """

    def __init__(self, loop, run_of):
        self._loop, self._run_of, self._told = loop, run_of, None
        self._create_task, call_soon, call_later = loop.create_task, loop.call_soon, loop.call_later
        loop.create_task = self._watched
        loop.call_soon = lambda callback, *args, **options: call_soon(partial(self._call, callback), *args, **options)
        loop.call_later = lambda delay, callback, *args, **options: call_later(
            delay, partial(self._call, callback), *args, **options
        )
        loop.set_exception_handler(self._unhandled)

    def _watched(self, coroutine, **options):
        task, run = self._create_task(coroutine, **options), self._run_of()
        if run:
            run.began(task)
            task.add_done_callback(lambda task: self._done(task, run))
        return task

    def _call(self, callback, *args):
        """Call what the loop was asked to call: exit() and KeyboardInterrupt end it, and not the loop."""
        try:
            return callback(*args)
        except (SystemExit, KeyboardInterrupt) as error:
            run = self._run_of()
            if not run:
                raise
            self._told = error
            run.failed(error)

    def _done(self, task, run):
        run.ended(task)
        if not task.cancelled() and task._log_traceback:  # its exception is nobody's yet
            self._loop.call_later(GRACE, self._settle, task, run)

    def _settle(self, task, run):
        if task._log_traceback and not run.over:  # the run may still wait for it
            run.afterwards.append(partial(self._settle, task, run))
        elif task._log_traceback and task.exception() is not self._told:
            run.failed(task.exception())

    def _unhandled(self, loop, context):
        """What a callback has raised, or a message of the loop's."""
        run = self._run_of(getattr(context.get("handle"), "_context", None))
        if run and context.get("exception"):
            run.failed(context["exception"])
        elif run:
            run.output.write(f"{context['message']}\n")
