"""Animations of runs: GIF decoded by Pillow, MP4 and WebM demuxed by Mediabunny in Node and played by the browser."""

import base64
import io
import json
import subprocess

import pytest
from PIL import Image, ImageChops

from tests.browser.conftest import ROOT
from tests.browser.take import ask, row, saved, told
from tests.browser_setup import MODEL

FIRST, FRAMES = 40, 21  # of the run that is filmed: a part of the page's, where words move and their labels too
SHORTEN = f"""([first, count]) => {{
    const frames = {MODEL}('dynamics-frames'), words = {MODEL}('dynamics-points').get('word').length;
    const part = (all, width) => Array.from(all).slice(first * width, (first + count) * width);
    const matrix = (all) => new all.constructor(part(all, 2 * words), [count, 2 * words]);
    const data = frames.data instanceof Map ? Object.fromEntries(frames.data) : frames.data;
    frames.data = Object.fromEntries(Object.entries(data).map(([name, column]) =>
        [name, name === 'u' || name === 'v' ? matrix(column) : part(column, 1)]));
}}"""
DEMUX = """
import { ALL_FORMATS, BufferSource, Input } from "mediabunny";
import { readFileSync } from "node:fs";
const input = new Input({ source: new BufferSource(readFileSync(0)), formats: ALL_FORMATS });
const track = await input.getPrimaryVideoTrack(), { packetCount } = await track.computePacketStats();
console.log(JSON.stringify({ frames: packetCount, width: track.displayWidth, height: track.displayHeight,
                             seconds: await input.computeDuration(), codec: track.codec }));
"""
PLAY = """async ([file, type, times]) => {
    const bytes = Uint8Array.from(atob(file), (sign) => sign.charCodeAt(0)), canvas = document.createElement("canvas");
    const src = URL.createObjectURL(new Blob([bytes], { type }));
    const video = Object.assign(document.createElement("video"), { muted: true, src });
    await new Promise((done, failed) => {
        video.onloadeddata = done;
        video.onerror = () => failed(video.error.message);
    });
    Object.assign(canvas, { width: video.videoWidth, height: video.videoHeight });
    const pictures = [];
    for (const time of times) {
        const shown = new Promise((done) => { video.requestVideoFrameCallback(done); });     // later than "seeked"
        video.currentTime = time;
        await shown;
        canvas.getContext("2d").drawImage(video, 0, 0);
        pictures.push(canvas.toDataURL().split(",")[1]);
    }
    return pictures;
}"""


@pytest.fixture
def filmed(lab):
    """A page whose run has FRAMES frames, with trails, the first on show."""
    lab.open_without_python()
    lab.set("dynamics-trails-on", "active", True)
    lab.page.evaluate(SHORTEN, [FIRST, FRAMES])
    lab.set("dynamics-player", "value", 3)
    return lab


def frames_of(gif):
    """[(a frame as RGB, milliseconds)]."""
    found = []
    for i in range(gif.n_frames):
        gif.seek(i)
        found.append((gif.convert("RGB"), gif.info["duration"]))
    return found


def differing(one, other):
    """The share of pixels that clearly differ."""
    difference = ImageChops.difference(one, other).convert("L").point(lambda value: 255 * (value > 60))
    return difference.histogram()[255] / (one.width * one.height)


def test_a_gif_has_every_second_frame_and_the_last_one_longest(filmed):
    file, data = saved(filmed.page, "dynamics", "film", film="gif", theme="dark")
    assert file == "embedding-lab-dynamics.gif"
    gif = Image.open(io.BytesIO(data))
    frames = frames_of(gif)
    assert [milliseconds for _, milliseconds in frames] == [70] * 10 + [2000]  # 15 frames a second, in hundredths
    assert gif.info["loop"] == 0 and 600 < gif.width <= 960
    assert all(differing(one, other) > 1e-4 for (one, _), (other, _) in zip(frames, frames[1:]))
    assert frames[0][0].getpixel((2, 2)) == pytest.approx((26, 32, 35), abs=6)
    assert told(filmed.page, "dynamics").startswith("The animation is saved (")
    assert filmed.get("dynamics-player", "value") == 3


@pytest.mark.parametrize("at", [4, 9])
def test_a_frame_is_what_the_plane_draws(filmed, at):
    """Marks, trails and labels: the picture of the same frame has the same plane."""
    _, data = saved(filmed.page, "dynamics", "film", film="gif", theme="light")
    frame, _ = frames_of(Image.open(io.BytesIO(data)))[at]
    planes = {}
    for shown in (2 * at, 2 * at + 4):
        filmed.set("dynamics-player", "value", shown)
        filmed.page.evaluate("() => new Promise((done) => setTimeout(done))")
        _, png = saved(filmed.page, "dynamics", "picture", picture="png", theme="light")
        planes[shown] = Image.open(io.BytesIO(png)).convert("RGB")
    width, height = filmed.page.evaluate(
        f"[Bokeh.index.get_one({MODEL}('dynamics-plane'))].map(({{ bbox }}) => [bbox.width, bbox.height])[0]"
    )
    times = frame.width / (width + 40)
    plane = frame.crop([round(length * times) for length in (20, 20, 20 + width, 20 + height)]).resize((width, height))
    same, other = (
        differing(plane, picture.crop((40, 40, 40 + 2 * width, 40 + 2 * height)).resize((width, height)))
        for picture in planes.values()
    )
    assert same < 0.004 < other, (same, other)


SAID = f"""() => {{
    const {{ prototype }} = CanvasRenderingContext2D, {{ fillText }} = prototype;
    const view = Bokeh.index.get_one({MODEL}('dynamics-plane'));
    Object.assign(globalThis, {{ said: [], shown: [] }});
    prototype.fillText = function (text, ...where) {{
        const {{ a, e, f }} = this.getTransform();
        if (!this.canvas.isConnected) said.push([text, e / a - 20, f / a - 20]);  // else it is in the page
        return fillText.call(this, text, ...where);
    }};
    {MODEL}('dynamics-player').properties.value.change.connect(() => setTimeout(() => {{
        const labels = view.export('svg', false).canvas.querySelectorAll('g > text[fill^=rgb]');
        const place = (text) => [...text.transform.baseVal].map(({{ matrix }}) => [matrix.e, matrix.f])[0];
        shown.push(Object.fromEntries(Array.from(labels, (text) => [text.textContent, place(text)])));
    }}));
}}"""


def test_labels_stand_where_the_plane_has_them_and_words_below(filmed):
    filmed.page.evaluate(SAID)
    saved(filmed.page, "dynamics", "film", film="gif", theme="light")
    said, shown = filmed.page.evaluate("[said, shown]")
    starts = [i for i, (text, *_) in enumerate(said) if text.startswith("step ")]
    drawn = [{text: place for text, *place in said[i + 1 : end]} for i, end in zip(starts, [*starts[1:], None])]
    assert len(drawn) == 3 + 11  # three samples for the palette, then the frames
    for labels, places in zip(drawn, shown):
        assert len(places) > 10
        assert {text: labels[text] for text in places} == {text: pytest.approx(place) for text, place in places.items()}
    step, loss = (filmed.column("dynamics-frames", name)[2] for name in ("step", "loss"))
    words = said[starts[3 + 1]][0]
    assert words.startswith(f"step {step:,} · epoch ") and f"loss per term {loss:.3f} · separation " in words


@pytest.mark.parametrize("format, type", [("mp4", "video/mp4"), ("webm", "video/webm")])
def test_a_video_has_every_frame_and_plays(filmed, format, type):
    form = ask(filmed.page, "dynamics", "film")
    offered = form.locator("[name=film]").evaluate_all("all => all.map((one) => one.value)")
    filmed.page.keyboard.press("Escape")
    if format not in offered:
        pytest.skip(f"this browser does not encode {format}")
    file, data = saved(filmed.page, "dynamics", "film", film=format, theme="light")
    assert file == f"embedding-lab-dynamics.{format}"
    done = subprocess.run(
        ["node", "--input-type=module", "-e", DEMUX], input=data, capture_output=True, cwd=ROOT, check=True
    )
    found = json.loads(done.stdout)
    assert found["frames"] == FRAMES + 1 and found["seconds"] == pytest.approx((FRAMES - 1) / 30 + 2, abs=0.1)
    assert 1000 < found["width"] <= 1440 and found["width"] % 2 == found["height"] % 2 == 0
    player = filmed.context.browser.new_context().new_page()
    pictures = player.evaluate(PLAY, [base64.b64encode(data).decode(), type, [0.02, 0.35, 1.5]])
    player.context.close()
    first, middle, last = (Image.open(io.BytesIO(base64.b64decode(one))).convert("RGB") for one in pictures)
    assert first.size == (found["width"], found["height"])
    assert differing(first, middle) > 1e-4 and differing(middle, last) > 1e-4


def test_it_can_be_stopped(filmed):
    page = filmed.page
    form = ask(page, "dynamics", "film", film="gif", theme="light")
    form.locator("[type=submit]").click()
    stop = row(page, "dynamics").get_by_role("button", name="Stop")
    assert stop.evaluate("button => button === document.activeElement")
    assert row(page, "dynamics").get_by_role("progressbar", name="Recording").is_visible()
    stop.click()
    page.wait_for_selector(".take[data-of=dynamics] [role=status]:text('Stopped. Nothing is saved.')")
    button = row(page, "dynamics").locator("[data-take=film]")
    assert button.is_visible() and button.evaluate("button => button === document.activeElement")
    assert filmed.get("dynamics-player", "value") == 3


def test_another_run_meanwhile_ends_it_in_words(filmed):
    form = ask(filmed.page, "dynamics", "film", film="gif", theme="light")
    form.locator("[type=submit]").click()
    filmed.page.click("#dynamics-runs [data-run='1']")
    filmed.page.wait_for_selector(".take[data-of=dynamics] [role=status]:text('another run came on show meanwhile')")


def test_a_figure_without_a_run_has_no_animation(still):
    row(still.page, "training").locator("[data-take=film]").click()
    assert told(still.page, "training").startswith("There is no animation yet. Nothing is trained yet.")


def test_the_encoders_are_loaded_when_wanted(filmed):
    loaded = "performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1))"
    before = filmed.page.evaluate(loaded)
    assert not [name for name in before if name.startswith(("gif-", "video-", "files-"))]
    saved(filmed.page, "dynamics", "film", film="gif", theme="light")
    after = filmed.page.evaluate(loaded)
    assert [name for name in after if name.startswith("gif-")] and not [
        name for name in after if name.startswith("video-")
    ]


def test_a_training_is_filmed_and_has_a_picture(live):
    live.page.locator("#training").get_by_role("button", name="Toy: 15 words", exact=True).click()
    live.wait("model('training-min_count').value === 1")
    live.press("Train", "training-actions")
    live.says("training-message", "Trained: 15 words", timeout=60_000)
    frames = len(live.column("training-frames", "epoch"))
    _, data = saved(live.page, "training", "film", film="gif", theme="light")
    gif = Image.open(io.BytesIO(data))
    assert gif.n_frames == frames
    _, data = saved(live.page, "training", "picture", picture="svg", theme="dark")
    assert b">dog<" in data and b"Figure 3. Train your own" in data
    _, data = saved(live.page, "training", "data", **{"table-training": "Loss at each frame", "data": "csv"})
    assert data.count(b"\r\n") == frames + 1
