package io.posthorn.http;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/** Files in a folder, read anew each time. A symbolic link that leads out of the folder leads nowhere. */
final class FolderSource implements FileSource {
    /** What is not longer is read into memory, to be sent in one piece. */
    private static final int MAX_LOADED = 256 * 1024;

    private final Path folder;

    /**
     * A source.
     *
     * @throws IOException where there is no such folder
     */
    FolderSource(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + ", named for static files, is not a folder.");
        }
        this.folder = folder.toRealPath();
    }

    @Override
    public @Nullable Content find(String name) throws IOException {
        try {
            Path path = folder.resolve(name).toRealPath();
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!path.startsWith(folder) || !attributes.isRegularFile() || !Files.isReadable(path)) {
                return null;
            }
            return content(path, attributes);
        } catch (FileSystemException | InvalidPathException unreachable) {
            // Not there, below a file, too long, in a circle of links, not ours to read: nothing, as far as clients go.
            return null;
        }
    }

    @Override
    public boolean isImmutable() {
        return false;
    }

    private static Content content(Path path, BasicFileAttributes attributes) throws IOException {
        String version = Long.toHexString(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS)) + "-"
                + Long.toHexString(attributes.size());
        return attributes.size() <= MAX_LOADED
                ? new Loaded(version, Files.readAllBytes(path))
                : new OnDisk(version, path, attributes.size());
    }
}
