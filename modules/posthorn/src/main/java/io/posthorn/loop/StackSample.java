package io.posthorn.loop;

import java.util.List;

/**
 * What a thread was about at one moment.
 *
 * @param stack its innermost frame first
 */
record StackSample(Thread.State state, List<StackTraceElement> stack) {
    private static final String HANDLERS_BEGIN = UserCalls.class.getName();
    /** The server's own writes, made in a handler's name: they never wait. */
    private static final String NETTY = "io.netty.";

    private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");
    /** Where the JDK's system calls are; its other native methods compute. */
    private static final List<String> SYSTEM_CALLS =
            List.of("java.net.", "java.io.", "sun.nio.ch.", "sun.nio.fs.", "java.lang.Process");

    static StackSample of(Thread thread) {
        Thread.State state = thread.getState();
        List<StackTraceElement> stack = List.of(thread.getStackTrace());
        // The two are of different moments: what only passes through a wait is not counted.
        return new StackSample(state == thread.getState() ? state : Thread.State.RUNNABLE, stack);
    }

    /**
     * Whether the thread waits, is blocked or sits in a system call; who computes does not. Native code of which nothing is
     * known, a database's say, counts as a system call.
     */
    boolean waits() {
        return switch (state) {
            case WAITING, TIMED_WAITING, BLOCKED -> true;
            case RUNNABLE -> isInSystemCall();
            case NEW, TERMINATED -> false;
        };
    }

    private boolean isInSystemCall() {
        if (stack.isEmpty() || !stack.get(0).isNativeMethod()) {
            return false;
        }
        String innermost = stack.get(0).getClassName();
        return (startsWithAny(innermost, SYSTEM_CALLS) || !startsWithAny(innermost, JDK)) && !isNetty();
    }

    private boolean isNetty() {
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().startsWith(NETTY)) {
                return true;
            }
            if (frame.getClassName().equals(HANDLERS_BEGIN)) {
                return false;
            }
        }
        return false;
    }

    private static boolean startsWithAny(String name, List<String> prefixes) {
        for (String prefix : prefixes) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
