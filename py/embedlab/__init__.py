"""Word embeddings from scratch in NumPy, one idea a file. In the order in which they may be read:

Text
    text        tokens, a vocabulary with counts, windows, training pairs
    wordbreak   where words and sentences of any script begin and end
    phrases     two words that often stand together become one
    words       word -> index; unknown words and their closest spellings
    numbers     how numbers are written in sentences
    corpora     the toy corpora
    content     which words carry a text's content, and groups of them that lie apart
    reader      a long text in pieces becomes a corpus of ids
    dictionary  WordNet's definitions as a corpus
    names       first names, the text of the letter model
Training
    embedding   the embedding layer: look-up forward, scatter backward
    optim       SGD, Adam, AdamW, row-wise Adam
    sgns        skip-gram with negative sampling: loss, gradients, step
    cbow        continuous bag of words, on the same step
    powers      powers that are the same on every machine
    gradients   central differences, to check any gradient
    softmax     the full and the hierarchical softmax that negative sampling replaces
    history     a training recorded frame by frame, and any of its steps explained
    pmi         counts, PMI and SVD; what skip-gram converges to
    objective   the whole loss that skip-gram's steps sample; what pulls and what pushes
    word2vec    training on a real corpus, by one of two engines:
    kernel      the compiled one, C called by ctypes
    minibatch   the NumPy one
Vectors
    vectors     neighbours, analogies, the odd one out, directions
    nearest     the nearest of many rows, by eight bits first
    projection  PCA, discriminants, the plane of an analogy, Procrustes; what a picture keeps
    graph       the k nearest of every row
    layout      all rows in the plane: neighbours pull, random others push
    isotropy    the direction that all vectors share, and taking it away; hubs
    evaluate    word pairs and analogy questions as scores
    weat        whom two sets of words are near, with a permutation test
    compare     two models side by side
    formats     vectors as files: which it is, reading, writing
    textlayout  how a text file is laid out, told from its first lines
    textfiles   lines of text: word2vec's, GloVe's, fastText's, TSV, CSV
    binaryfiles word2vec's binary format
    arrayfiles  NumPy's .npz
    projector   the Embedding Projector's two files
    foreign     files that cannot be read, and how to convert them
    loaded      what a file held, checked
The command line
    __main__    python -m embedlab: commands, options, messages
    commandline what the commands do
Language models
    charlm      a bigram model of letters, tied or not
    subword     a vector for any word, from its character n-grams
    attention   a word's vector in its context
    tying       what weight tying saves in published models
"""
