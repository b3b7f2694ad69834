package io.posthorn.transport;

import java.util.Set;

/**
 * The name of a function of the page, which whoever writes an address may choose: identifiers with dots between them, and
 * none by which a page is made to run, write or send what it is given.
 *
 * <p>No list can hold every name that does harm: a page has names of its own, and those of its elements. It holds what every
 * page has, and so keeps a stranger's data from becoming code.
 */
final class CallbackName {
    private static final int MAX_LENGTH = 64;

    /** Refused as a part, wherever it stands. */
    private static final Set<String> REFUSED = Set.of(
            // What makes code of text.
            "eval",
            "execScript",
            "Function",
            "setTimeout",
            "setInterval",
            "setImmediate",
            "importScripts",
            // What makes HTML of text, jQuery's too.
            "write",
            "writeln",
            "setHTMLUnsafe",
            "insertAdjacentHTML",
            "$",
            "jQuery",
            "html",
            // What leads from one object to all others.
            "constructor",
            "prototype",
            "__proto__",
            "__defineGetter__",
            "__defineSetter__",
            "__lookupGetter__",
            "__lookupSetter__",
            "apply",
            "bind",
            "call",
            "Reflect",
            "document",
            "ownerDocument",
            "contentDocument",
            "defaultView",
            // What acts in the user's name.
            "click",
            "submit",
            "requestSubmit",
            "dispatchEvent",
            "addEventListener",
            // Where the page is, other windows, and what leaves the page.
            "location",
            "history",
            "navigation",
            "navigator",
            "open",
            "postMessage",
            "fetch",
            "window",
            "self",
            "globalThis",
            "frames",
            "frameElement",
            "contentWindow",
            "opener",
            "parent",
            "top",
            // What it stores.
            "localStorage",
            "sessionStorage",
            "indexedDB",
            "caches",
            "cookieStore");

    private CallbackName() {}

    static boolean isValid(String name) {
        if (name.length() > MAX_LENGTH) {
            return false;
        }
        int start = 0;
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', start)) {
            if (!isPart(name.substring(start, dot))) {
                return false;
            }
            start = dot + 1;
        }
        return isPart(name.substring(start));
    }

    private static boolean isPart(String part) {
        return !part.isEmpty()
                && isLetter(part.charAt(0))
                && part.chars().allMatch(c -> isLetter(c) || (c >= '0' && c <= '9'))
                && !REFUSED.contains(part);
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    }
}
