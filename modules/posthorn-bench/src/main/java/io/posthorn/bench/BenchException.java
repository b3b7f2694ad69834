package io.posthorn.bench;

/** What keeps a run, or all of them, from being made; its message is one sentence for people. */
final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BenchException(String sentence) {
        super(sentence);
    }

    BenchException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
