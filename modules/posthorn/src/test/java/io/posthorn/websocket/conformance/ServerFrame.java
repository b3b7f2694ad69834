package io.posthorn.websocket.conformance;

/** One frame as the server sent it; its form has been checked. */
final class ServerFrame {
    private final boolean fin;
    private final boolean rsv1;
    private final int opcode;
    private final byte[] payload;

    ServerFrame(boolean fin, boolean rsv1, int opcode, byte[] payload) {
        this.fin = fin;
        this.rsv1 = rsv1;
        this.opcode = opcode;
        this.payload = payload;
    }

    boolean fin() {
        return fin;
    }

    boolean rsv1() {
        return rsv1;
    }

    int opcode() {
        return opcode;
    }

    byte[] payload() {
        return payload;
    }

    boolean isControl() {
        return opcode >= ClientFrame.CLOSE;
    }
}
