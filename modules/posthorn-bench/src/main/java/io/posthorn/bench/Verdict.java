package io.posthorn.bench;

/** What came of a goal. */
enum Verdict {
    HOLDS,
    MISSES,
    UNMEASURED
}
