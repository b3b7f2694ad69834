package io.posthorn.http;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;

/** Where static files come from. */
sealed interface FileSource permits ClassPathSource, FolderSource {
    /**
     * Finds one file; may block.
     *
     * @param name segments joined by slashes, each a plain name
     * @return null where there is no such file, or it is none of this source's
     */
    @Nullable
    Content find(String name) throws IOException;

    /** Whether what was found once stays as it is, and may be kept in memory. */
    boolean isImmutable();

    /** A file's content: in memory, or on disk where it is too large for that. */
    sealed interface Content {
        /** What tells this content from others of the file. */
        String version();
    }

    /** In memory. */
    final class Loaded implements Content {
        private final String version;
        private final byte[] bytes;

        Loaded(String version, byte[] bytes) {
            this.version = version;
            this.bytes = bytes;
        }

        @Override
        public String version() {
            return version;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /** On disk. */
    record OnDisk(String version, Path path, long length) implements Content {}
}
