import pytest

from embedlab.tying import MODELS, ModelSize


def decoder(width, inner, layers, key_width, query_width=None, norms=2):
    """Parameters of a Llama-like stack: attention, gated feed-forward, a norm before each and one at the end."""
    attention = 2 * width * (query_width or width) + 2 * width * key_width
    return layers * (attention + 3 * width * inner + norms * width) + width


BODIES = {  # all but the tables, from the architectures as published
    # 1,024 positions; in a layer attention, feed-forward four times as wide, their biases, two norms; one last norm
    "GPT-2": 1024 * 768 + 12 * (4 * 768**2 + 4 * 768 + 8 * 768**2 + 5 * 768 + 4 * 768) + 2 * 768,
    "Gemma 2B": decoder(2048, 16_384, 18, key_width=256),
    # 16 heads of 256 in a width of 3,584, 8 of them for keys; norms before and after both parts of a layer
    "Gemma 2 9B": decoder(3584, 14_336, 42, key_width=2048, query_width=4096, norms=4),
    "Llama 3.2 1B": decoder(2048, 8192, 16, key_width=512),
    "Llama 2 7B": decoder(4096, 11_008, 32, key_width=4096),
    "Llama 3 8B": decoder(4096, 14_336, 32, key_width=1024),
    "Mistral 7B": decoder(4096, 14_336, 32, key_width=1024),
}


@pytest.mark.parametrize("name", MODELS)
def test_tables_and_body_make_the_total(name):
    assert MODELS[name].embedding + BODIES[name] == MODELS[name].total


def test_gpt_2_by_hand():
    gpt2 = MODELS["GPT-2"]
    assert gpt2.table == gpt2.embedding == 38_597_376
    assert gpt2.share == pytest.approx(0.31, abs=0.001)
    assert gpt2.retied().total == 124_439_808 + 38_597_376 and not gpt2.retied().tied


def test_llama_holds_two_tables():
    assert MODELS["Llama 3 8B"].embedding == 1_050_673_152 and MODELS["Llama 2 7B"].embedding == 262_144_000


def test_retied_twice_is_the_model_itself():
    model = ModelSize(10, 4, False, 100)
    assert model.retied() == ModelSize(10, 4, True, 60) and model.retied().retied() == model
