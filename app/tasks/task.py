"""Long tasks of a section, one at a time, with progress and Stop."""

import param

from app.tasks.breath import Breath


class Stopped(Exception):
    """The reader pressed Stop."""


class Work(param.Parameterized):
    """busy: what is being done, "" for nothing; progress: of it, in per cent."""

    busy = param.String("")
    progress = param.Integer(0, bounds=(0, 100))

    stopping = False

    def stop(self, event=None):
        """Let the task end at its next breath."""
        self.stopping = True

    def check(self):
        """Raises Stopped if Stop was pressed."""
        if self.stopping:
            raise Stopped

    async def do(self, what, say, task):
        """Run the coroutine function task() under the name `what`, and `say` what a reader should know if it fails."""
        if self.busy:
            say("Something else is still being worked on here: try again when it is done, or stop it.")
            return
        self.stopping = False
        self.param.update(busy=what, progress=0)
        try:
            await task()
        except Stopped:
            say("Stopped.")
        except ValueError as error:  # BadVectors, BadTestSet, NothingShared, UnknownWord: all explain
            say(str(error)[0].upper() + str(error)[1:])
        except MemoryError:
            say("This tab has not enough memory for that: use fewer words or fewer dimensions. Nothing was changed.")
        except OSError as error:
            say(f"Something could not be fetched ({error}): check the connection and try again.")
        finally:
            self.param.update(busy="", progress=0)

    async def follow(self, steps):
        """The last result of `steps`, which yield (part done, result), giving others their turn; raises Stopped."""
        breath = Breath()
        for part, result in steps:
            if await breath.taken():
                self.progress = int(100 * part)
                self.check()
        return result
