"""Skip-gram dynamics: the run on show, single steps of it, and training it again with other settings."""

from app.figures.dynamics.columns import frame_columns, run_columns, word_columns
from app.figures.dynamics.log import log_columns
from app.figures.dynamics.view import FRAMES, DynamicsView
from app.sources.cutting import CUT
from app.tasks.task import Task, completed
from embedlab.corpora import toy_corpus
from embedlab.history import Recorder
from embedlab.numbers import counted
from embedlab.text import Vocabulary, tokenize

MOST_WORDS = 60  # that the plane can show
MOST_STEPS = 400_000  # that a browser trains in about half a minute
PICTURE = 0.1  # seconds between two pictures of a training


class Dynamics:
    """Callbacks of the figure, bound to a DynamicsState; run: the History that the page opens with."""

    def __init__(self, state, run, bridge):
        self.state, self.task = state, Task()
        actions = {
            "Train": self.train,
            "Back to the previous run": self.swap,
            "Defaults": self.defaults,
            "Toy corpus": self.toy_corpus,
        }
        self.view = DynamicsView(state, self.task, actions)
        self.roots = self.view.roots
        self._corpus = toy_corpus().text  # of the run on show
        self.show(run)
        state.run = run
        bridge.on("dynamics-log", self.send_log)
        bridge.on("dynamics-train", self.train)

    # -- a run on show ---------------------------------------------------------------------------------------

    def show(self, run):
        """Put a History on the figure, at its last frame."""
        view = self.view
        view.points.data = word_columns(run, run.U)
        view.contexts.data = word_columns(run, run.V)
        view.run.data = run_columns(run, self._corpus)
        view.frames.data = frame_columns(run)  # last: the page goes to the last frame when these arrive

    def send_log(self, frame):
        """Send the page the steps from a frame of the run on show to the next."""
        run = self.state.run
        if 0 <= frame < len(run.steps):
            self.view.log.data = log_columns(run, frame)

    def swap(self, event=None):
        """Show the previous run with its settings; the one on show becomes the previous, so that twice is nothing."""
        state = self.state
        run, corpus = state.previous
        state.previous = (state.run, self._corpus)
        self._corpus = corpus
        state.run = run
        state.set_controls(run.config, corpus)
        self.show(run)
        self._say("This is the previous run, with its settings.")

    # -- training --------------------------------------------------------------------------------------------

    def _say(self, text):
        self.state.message = text

    def defaults(self, event=None):
        """Set the controls to what the page opens with; the corpus stays."""
        self.state.set_controls(type(self.state)().config(), self.state.corpus)

    def toy_corpus(self, event=None):
        """Put the corpus that the page opens with in the place of another."""
        self.state.corpus = toy_corpus().text
        self._say("This is the corpus that the page opens with. Ctrl+Z in the field brings yours back.")

    async def train(self, event=None):
        """Train with the settings of the controls, showing the frames as they come; Stop leaves those so far."""
        await self.task.run("training", self._say, self._train)

    async def _train(self):
        state, corpus = self.state, self.state.corpus
        recorder = self._recorder(corpus)
        self._say("Training …")
        try:
            ended = await completed(self._follow(recorder))
            run = recorder.history()
        except ValueError:  # the numbers diverged: nothing that was there is lost
            self.show(state.run)
            raise
        state.previous, self._corpus, state.run = (state.run, self._corpus), corpus, run
        self.show(run)
        what, terms = "Trained" if ended else "Stopped", run.config.negatives + 1
        loss = f"loss {run.loss[-1] / terms:.3f} per term"
        self._say(f"{what}: {len(run.log):,} of {counted(recorder.total, 'step')}, {loss}.")

    def _recorder(self, corpus):
        """A Recorder of the settings; raises ValueError for a text or a run that the figure cannot take."""
        sentences = tokenize(corpus, CUT)
        vocabulary = Vocabulary.from_sentences(sentences)
        if len(vocabulary) > MOST_WORDS:
            raise ValueError(
                f"The corpus has {len(vocabulary)} different words and the plane has room for "
                f"{MOST_WORDS}: shorten the corpus."
            )
        recorder = Recorder(sentences, vocabulary, self.state.config(), FRAMES)
        if recorder.total > MOST_STEPS:
            raise ValueError(
                f"This would take {recorder.total:,} steps and the figure keeps at most {MOST_STEPS:,}: "
                f"lower the epochs or the window, or shorten the corpus."
            )
        return recorder

    async def _follow(self, recorder):
        """Train, showing where the words are on the way."""

        def show(chunk):
            self.view.points.data = word_columns(recorder, chunk.U[None])
            self.view.contexts.data = word_columns(recorder, chunk.V[None])

        await self.task.follow(((chunk.stop / chunk.total, chunk) for chunk in recorder), show, PICTURE)
