package io.posthorn.socketio.protocol;

/**
 * What stands before a packet's data.
 *
 * @param attachments how many are to follow the text
 * @param end where the data begins, or the text ends
 */
record PacketHeader(PacketType type, int attachments, String namespace, long id, int end) {
    private static final PacketType[] TYPES = PacketType.values();
    private static final int BINARY_EVENT = 5;
    private static final int BINARY_ACK = 6;

    /** Longer ones name nothing that a server would have. */
    private static final int MAX_NAMESPACE = 1_024;

    static PacketHeader parse(byte[] bytes, int from, KnownNames names) {
        if (from == bytes.length) {
            // The reference takes nothing for a zero, and so for a CONNECT.
            return new PacketHeader(PacketType.CONNECT, 0, KnownNames.MAIN, Packet.NO_ID, from);
        }
        int digit = bytes[from] - '0';
        int at = from + 1;
        int attachments = 0;
        if (digit == BINARY_EVENT || digit == BINARY_ACK) {
            int dash = digitsEnd(bytes, at);
            attachments = attachments(bytes, at, dash);
            at = dash + 1;
        } else if (digit < 0 || digit >= TYPES.length) {
            throw new PacketException("a packet of no known type");
        }
        PacketType type =
                digit == BINARY_EVENT ? PacketType.EVENT : digit == BINARY_ACK ? PacketType.ACK : TYPES[digit];
        String namespace = KnownNames.MAIN;
        if (at < bytes.length && bytes[at] == '/') {
            int comma = commaOrEnd(bytes, at);
            namespace = names.namespace(bytes, at, comma);
            at = Math.min(comma + 1, bytes.length);
        }
        int end = digitsEnd(bytes, at);
        return new PacketHeader(type, attachments, namespace, end == at ? Packet.NO_ID : number(bytes, at, end), end);
    }

    private static int attachments(byte[] bytes, int from, int dash) {
        if (dash == from || dash == bytes.length || bytes[dash] != '-') {
            throw new PacketException("no number of attachments");
        }
        long count = number(bytes, from, dash);
        if (count < 1 || count > PacketDecoder.MAX_ATTACHMENTS) {
            throw new PacketException("not 1 to " + PacketDecoder.MAX_ATTACHMENTS + " attachments");
        }
        return (int) count;
    }

    private static int commaOrEnd(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != ',') {
            at++;
        }
        if (at - from > MAX_NAMESPACE) {
            throw new PacketException("a namespace of more than " + MAX_NAMESPACE + " bytes");
        }
        return at;
    }

    private static int digitsEnd(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    /** Leading zeros are as good as any. */
    private static long number(byte[] bytes, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (number > (Long.MAX_VALUE - digit) / 10) {
                throw new PacketException("a number of too many digits");
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
