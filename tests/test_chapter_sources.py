"""What the chapter takes from others: each statement with the source that carries it.

With CLAIMS and the tests of `test_chapter_text.py`, which work out what the cells show, the list is complete.
"""

import pytest

from tests.test_chapter_text import text

WORD2VEC = "Mikolov, Chen, Corrado and Dean 2013, Efficient Estimation of Word Representations in Vector Space"
NEGATIVE_SAMPLING = "Mikolov, Sutskever, Chen, Corrado and Dean 2013, Distributed Representations of Words and Phrases"
PROGRAM = "word2vec.c, its defaults and its help"
GLOVE = "Pennington, Socher and Manning 2014, GloVe"
GPT2 = "Radford and others 2019; the published configuration of GPT-2"
FACTORS = "Levy and Goldberg 2014, Neural Word Embedding as Implicit Matrix Factorization"
PRESS = "Press and Wolf 2017, Using the Output Embedding to Improve Language Models"
ATTENTION = "Vaswani and others 2017, Attention Is All You Need"
PYTORCH = "PyTorch's documentation of nn.Embedding, optim.Adam and optim.SparseAdam"

SOURCES = [
    ("why-embeddings", "50,000 words and 768 dimensions are about those of the smallest GPT-2", GPT2),
    ("embedding-layer", "like GPT-2, draws them with a standard deviation of 0.02", GPT2),
    (
        "embedding-layer",
        "rules of He and Glorot (Xavier) choose the spread of a weight matrix from how many inputs each output sums",
        "Glorot and Bengio 2010; He, Zhang, Ren and Sun 2015",
    ),
    ("embedding-layer", "a spread of 1, the default of PyTorch’s `nn.Embedding`", PYTORCH),
    ("word2vec", "Word2vec (Mikolov and others, 2013)", WORD2VEC),
    (
        "word2vec",
        "Narrow windows tend to bring together words that can replace each other, wide ones words of one topic",
        "Levy and Goldberg 2014, Dependency-Based Word Embeddings",
    ),
    ("word2vec", "The path is about $\\log_2 V$ turns long; shorter for frequent words if it is a Huffman", WORD2VEC),
    ("word2vec", "*Negative sampling* gives that up and asks a yes-or-no question", NEGATIVE_SAMPLING),
    (
        "word2vec",
        "noise-contrastive estimation, by Gutmann and Hyvärinen, 2010, which also uses the probabilities of the noise",
        "Gutmann and Hyvärinen 2010; Dyer 2014, Notes on Noise Contrastive Estimation and Negative Sampling",
    ),
    ("word2vec", "The power 0.75 is a rule of thumb that worked well for its authors", NEGATIVE_SAMPLING),
    ("word2vec", "Word2vec’s own program saves $U$, the table of the centres, and throws $V$ away", PROGRAM),
    ("word2vec", "The files of GloVe hold the sum of both tables", f"{GLOVE}, section 4.2"),
    ("word2vec", "5 to 20 for small texts, 2 to 5 for large ones", NEGATIVE_SAMPLING),
    ("word2vec", "the program’s own defaults are $K = 5$, a window of 5 and $D = 100$", PROGRAM),
    ("word2vec", "0.025, falling linearly to nearly 0", PROGRAM),
    ("word2vec", "0.001 to 0.00001", PROGRAM),
    ("word2vec", "GPT-3 12,288", "Brown and others 2020, Language Models are Few-Shot Learners, table 2.1"),
    ("word2vec", "`optim.Adam` refuses it, and `optim.SparseAdam` is the row-wise kind", PYTORCH),
    (
        "geometry",
        "The usual rule, 3CosAdd, takes the word $x$ that maximises",
        "Mikolov, Yih and Zweig 2013; named by Levy and Goldberg 2014, Linguistic Regularities",
    ),
    ("geometry", "as Levy and Goldberg found in 2014", FACTORS),
    (
        "geometry",
        "profits from *queen* being close to *king* anyway",
        "Linzen 2016; Ethayarajh, Duvenaud and Hirst 2019; Allen and Hospedales 2019",
    ),
    ("geometry", "plus a bias for the word and one for the context, to $\\log \\#(w, c)$", GLOVE),
    ("geometry", "that is shifted positive PMI, *SPPMI*", FACTORS),
    (
        "geometry",
        "On large texts the two ways come out about equally good if their settings are matched",
        "Levy, Goldberg and Dagan 2015",
    ),
    (
        "geometry",
        "Take the score apart, as Linzen (2016) and Nissim, van Noord and van der Goot (2020) did",
        "Linzen 2016; Nissim, van Noord and van der Goot 2020, Fair Is Better than Sensational",
    ),
    (
        "geometry",
        "like two opposite cones (Mimno and Thompson 2017)",
        "Mimno and Thompson 2017; measured in tests/test_measured.py",
    ),
    (
        "geometry",
        "How frequent a word is decides much of how long its vector is",
        "tests/test_measured.py; Mu and Viswanath 2018",
    ),
    (
        "one-hot-and-distributed",
        "The *Word Embedding Association Test* (WEAT; Caliskan and others 2017) compares sets",
        "Caliskan, Bryson and Narayanan 2017; equations in embedlab/weat.py",
    ),
    ("one-hot-and-distributed", "The lists are the paper's", "Caliskan, Bryson and Narayanan 2017, test 6"),
    (
        "modern-language-models",
        "its first layer is an embedding all the same, trained together with everything after it",
        "Bengio, Ducharme, Vincent and Jauvin 2003; Radford and others 2019",
    ),
    (
        "modern-language-models",
        "Do not count on *king − man + woman* there: nothing in the training asks for it",
        "the loss of a language model, which is about the next token only",
    ),
    ("modern-language-models", "Bengio and others (2003) did so with words", "Bengio and others 2003"),
    ("modern-language-models", "Karpathy's *makemore* is kin, and learns from names too", "makemore's README"),
    ("modern-language-models", "also called the output embedding", PRESS),
    ("modern-language-models", "GPT-2 and Llama go without", "the published code of GPT-2 and Llama"),
    (
        "modern-language-models",
        "A tied one learns mostly as an output embedding, and comes to resemble it (Press and Wolf 2017)",
        PRESS,
    ),
    (
        "modern-language-models",
        "GPT-2 and Gemma tie; Llama 2, Llama 3 and Mistral do not by default",
        "their published configurations, tie_word_embeddings",
    ),
    (
        "modern-language-models",
        "Llama 3.2 ties at 1B and 3B, but Gemma 2 ties even at 9B",
        "their published configurations; tests/unit/test_tying.py adds up the layers",
    ),
    (
        "modern-language-models",
        "GPT-2, Llama, Gemma and Mistral are *causal*",
        "Radford and others 2019; Touvron and others 2023; Gemma Team 2024; Jiang and others 2023",
    ),
    (
        "modern-language-models",
        "A model *adds* the mixture to the vector, layer upon layer; the sum is called the residual stream",
        f"{ATTENTION}; Elhage and others 2021, A Mathematical Framework for Transformer Circuits",
    ),
    ("token-to-context", "Byte-pair encoding finds them by counting", "Sennrich, Haddow and Birch 2016"),
    ("token-to-context", "GPT-2's has 50,257, made in much the same way from bytes", GPT2),
    (
        "token-to-context",
        "each run of 3 to 6 characters of `<word>` has a vector, and the sum is the word's",
        "Bojanowski, Grave, Joulin and Mikolov 2017",
    ),
    ("token-to-context", "as Zhao and others (2018) do", "Zhao, Mudgal and Liang 2018, Generalizing Word Embeddings"),
    (
        "token-to-context",
        "GPT-2 adds a row of a second table, of positions; Llama rotates what is compared",
        "Radford and others 2019; Su and others 2021; Touvron and others 2023",
    ),
    ("token-to-context", "a model can learn positions from that alone", "Haviv, Ram, Press, Izsak and Levy 2022"),
    ("token-to-context", "learned matrices turn each vector into a [query](term:attention)", ATTENTION),
    ("geometry", "LSA (Deerwester and others, 1990)", "Deerwester, Dumais, Furnas, Landauer and Harshman 1990"),
    ("geometry", "HAL (Lund and Burgess, 1996)", "Lund and Burgess 1996"),
]


@pytest.mark.parametrize("section, words, source", SOURCES, ids=[words[:50] for _, words, _ in SOURCES])
def test_what_a_source_carries_is_in_the_text(section, words, source):
    assert words in text(section) and source
