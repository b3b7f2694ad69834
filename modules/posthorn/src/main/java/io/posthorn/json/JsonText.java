package io.posthorn.json;

/** A value that is a string in JSON, whatever properties its class has. */
public interface JsonText {
    /** The string; not null. Any thread may ask. */
    String jsonText();
}
