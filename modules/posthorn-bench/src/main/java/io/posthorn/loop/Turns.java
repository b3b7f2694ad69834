package io.posthorn.loop;

import java.util.concurrent.CountDownLatch;

/** Something that a loop does again and again, each time in a turn of its own, behind what the last one left for its end. */
public final class Turns implements Runnable {
    private final CountDownLatch over = new CountDownLatch(1);
    private final Loop loop;
    private final Runnable action;
    private int left;

    private Turns(Loop loop, int count, Runnable action) {
        this.loop = loop;
        this.action = action;
        this.left = count;
    }

    /** Lets the loop do it so many times, and waits for that; not to be called on the loop. */
    public static void run(Loop loop, int count, Runnable action) throws InterruptedException {
        Turns turns = new Turns(loop, count, action);
        loop.eventLoop().execute(turns);
        turns.over.await();
    }

    @Override
    public void run() {
        if (left == 0) {
            over.countDown();
            return;
        }
        action.run();
        left--;
        loop.eventLoop().execute(this); // behind the turn that delivers
    }
}
