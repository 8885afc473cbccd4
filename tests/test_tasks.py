"""The cooperative task: yields when due, progress, Stop, the latest request, errors as messages."""

import asyncio

import pytest

from app.tasks import task as tasks
from app.tasks.errors import Stopped
from app.tasks.task import LoopTimer, Task, completed
from tests.running import run


@pytest.fixture
def clock(monkeypatch):
    """A clock to be set by hand; sleeping only notes for how long."""

    class Clock:
        now, slept = 100.0, []

    async def sleep(seconds):
        clock.slept.append(seconds)

    clock = Clock()
    clock.slept = []
    monkeypatch.setattr(tasks.time, "monotonic", lambda: clock.now)
    monkeypatch.setattr(tasks.asyncio, "sleep", sleep)
    return clock


def started(messages, work):
    """A Task that has run work(task) to its end."""
    task = Task()
    run(task.run("work", messages.append, lambda: work(task)))
    return task


def test_the_event_loop_is_yielded_to_when_it_is_due_and_not_before(clock):
    timer = LoopTimer()
    for passed, yielded in [(0.02, False), (0.03, True), (0.03, False), (0.03, True)]:
        clock.now += passed
        assert run(timer.yield_if_due()) is yielded
    assert len(clock.slept) == 2 and all(clock.slept)  # a sleep of 0 lets no message in
    assert run(timer.yield_if_due(every=0, pause=0.5)) is True and clock.slept[-1] == 0.5


def test_others_run_while_a_task_yields():
    async def scenario():
        task, order = Task(), []

        async def work():
            for i in range(3):
                order.append(i)
                await task.yield_to_loop(every=0)

        first = asyncio.ensure_future(task.run("work", order.append, work))
        await asyncio.sleep(0)
        order.append("other")
        await first
        assert order == [0, "other", 1, 2]

    run(scenario())


def test_progress_follows_the_steps_and_is_shown_every_so_often(clock):
    seen, shown = [], []

    def steps():
        for i in range(1, 11):
            clock.now += 0.05
            yield i / 10, i

    async def work(task):
        task.param.watch(lambda event: seen.append(event.new), "progress")
        assert await task.follow(steps(), shown.append, every=0.12) == 10

    task = started([], work)
    assert seen[:-1] == [10, 20, 30, 40, 50, 60, 70, 80, 90, 100] and task.progress == 0
    assert shown == [3, 6, 9]


def test_one_at_a_time_and_the_name_of_what_runs():
    async def scenario():
        task, messages, ended = Task(), [], asyncio.Event()
        first = asyncio.ensure_future(task.run("first", messages.append, ended.wait))
        await asyncio.sleep(0)
        assert task.busy == "first"
        await task.run("second", messages.append, ended.wait)
        assert "Something else" in messages.pop() and task.busy == "first"
        ended.set()
        await first
        assert task.busy == "" and messages == []

    run(scenario())


@pytest.mark.parametrize(
    "error,message",
    [
        (ValueError("the word is long"), "The word is long"),
        (ValueError(), ""),
        (MemoryError(), "not enough memory"),
        (OSError("404"), "could not be fetched (404)"),
        (Stopped(), "Stopped."),
    ],
)
def test_what_the_user_can_do_something_about_is_a_message_and_the_task_is_idle_again(error, message):
    messages = []

    async def fail(task):
        task.progress = 40
        raise error

    task = started(messages, fail)
    assert len(messages) == 1 and message in messages[0]
    assert task.busy == "" and task.progress == 0


def test_a_mistake_of_ours_is_raised_and_the_task_is_idle_again():
    async def scenario():
        task, messages = Task(), []

        async def fail():
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await task.run("work", messages.append, fail)
        assert task.busy == "" and messages == []
        await task.run("work", messages.append, lambda: asyncio.sleep(0))
        assert messages == []

    run(scenario())


def test_stop_ends_a_task_the_next_time_it_yields_and_not_the_next_task():
    messages, steps = [], 0

    async def endless(task):
        nonlocal steps
        while True:
            steps += 1
            if steps == 5:
                task.stop()
            await task.yield_to_loop()

    task = started(messages, endless)
    assert messages == ["Stopped."] and steps == 5 and task.busy == "" and task.progress == 0
    run(task.run("next", messages.append, task.yield_to_loop))
    assert messages == ["Stopped."]


def test_work_whose_results_so_far_are_wanted_goes_on_after_stop():
    ended = []

    async def work(task):
        ended.append(await completed(task.yield_to_loop()))
        task.stop()
        ended.append(await completed(task.yield_to_loop()))

    messages = []
    started(messages, work)
    assert ended == [True, False] and messages == []


def test_settings_changed_while_it_runs_are_run_with_in_the_end():
    task, settings, begun, stopped, messages = Task(), [0], [], [], []

    async def work():
        begun.append(settings[0])
        if len(begun) == 1:
            for settings[0] in (1, 2, 3):  # a slider on its way
                await task.run_latest("work", messages.append, work)
            stopped.append(not await completed(task.yield_to_loop()))

    run(task.run_latest("work", messages.append, work))
    assert begun == [0, 3] and stopped == [True]  # once more, with the last of them, not once for each
    assert messages == [] and task.busy == ""


def test_what_a_task_waits_for_is_left_at_once_when_it_is_stopped():
    async def scenario():
        task, messages, left = Task(), [], []

        async def fetch():
            try:
                await asyncio.Event().wait()
            finally:
                left.append("left")

        running = asyncio.ensure_future(task.run("work", messages.append, lambda: task.wait(fetch())))
        await asyncio.sleep(0.01)
        assert task.busy and not left
        task.stop()
        await running
        assert messages == ["Stopped."] and left == ["left"] and not task.busy

    run(scenario())


def test_what_a_task_waits_for_gives_its_result_or_its_error():
    async def given(result):
        await asyncio.sleep(0)
        if isinstance(result, Exception):
            raise result
        return result

    async def scenario():
        task, messages, results = Task(), [], []

        async def work():
            results.append(await task.wait(given(7)))
            await task.wait(given(OSError("no network")))

        await task.run("work", messages.append, work)
        assert results == [7] and "no network" in messages[0]

    run(scenario())
