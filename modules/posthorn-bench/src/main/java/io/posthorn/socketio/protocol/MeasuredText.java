package io.posthorn.socketio.protocol;

import java.nio.charset.StandardCharsets;

/** What the strings in measured packets are made of. */
public enum MeasuredText {
    /** A byte for each character, and nothing to escape. */
    ASCII("The post is here, and the horn is heard: "),
    /** Three bytes for each character. */
    CHINESE("邮差来了号角声声大家都在等信今天的消息特别多"),
    /** ASCII with a quotation mark or the end of a line in about every seventh place. */
    ESCAPED("\"Tantara\", he\nblew; the \"post\" had come.\n");

    private final String sample;

    MeasuredText(String sample) {
        this.sample = sample;
    }

    /** A text of at most so many bytes in UTF-8, not counting what escapes take, and not two less. */
    String text(int size) {
        int each = sample.getBytes(StandardCharsets.UTF_8).length / sample.length();
        return sample.repeat(size / sample.length() + 1).substring(0, size / each);
    }
}
