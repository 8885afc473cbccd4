"""Files that are taken for vectors and are none that can be read: what they are, and the way to convert them."""

FASTTEXT = """
is fastText's own .bin, a whole model: choose the .vec that fastText wrote beside it. Without one, load the .bin in
Python with `fasttext.load_model`, and write a line for each of `model.words`: the word and the numbers of
`model.get_word_vector(word)`"""
PICKLE = """
is a Python pickle, such as gensim's `save` writes: load it in Python with gensim, and save it with
`model.wv.save_word2vec_format("vectors.bin", binary=True)`, without `.wv` if it is a KeyedVectors"""
NUMPY = """
is NumPy's .npy, numbers without words, such as gensim's `save` writes beside a pickle: save both in one file, with
`np.savez("vectors.npz", words=np.array(words), vectors=vectors)`"""
UTF16 = "is text in UTF-16: save it as UTF-8"
BEGINNINGS = {  # none of them begins a text in UTF-8
    b"\xba\x16\x4f\x2f": FASTTEXT,
    b"\x80": PICKLE,
    b"\x93NUMPY": NUMPY,
    b"\xff\xfe": UTF16,
    b"\xfe\xff": UTF16,
}


def what_it_is(head):
    """What a file that begins with the bytes `head` is, and what to do with it; "" if it may hold vectors."""
    return next((" ".join(what.split()) for start, what in BEGINNINGS.items() if head.startswith(start)), "")
