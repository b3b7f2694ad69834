package io.posthorn.http;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Files in a package of the class path. */
final class ClassPathSource implements FileSource {
    private static final int VERSION_BYTES = 12;

    private final ClassLoader loader;
    private final String root;

    /**
     * A source.
     *
     * @param root a folder of the class path, such as {@code web/pages}; not the whole, which has the program in it
     */
    ClassPathSource(ClassLoader loader, String root) {
        this.loader = loader;
        this.root = root.replaceAll("^/+|/+$", "");
        if (this.root.isEmpty()) {
            throw new IllegalArgumentException("Name a folder of the class path; all of it would show the program");
        }
    }

    @Override
    public @Nullable Content find(String name) throws IOException {
        URL url = loader.getResource(root + "/" + name);
        if (url == null) {
            return null;
        }
        URLConnection connection = url.openConnection();
        if (isFolder(url, connection)) {
            return null;
        }
        try (InputStream in = connection.getInputStream()) {
            byte[] bytes = in.readAllBytes();
            return new Loaded(hash(bytes), bytes);
        }
    }

    @Override
    public boolean isImmutable() {
        return true;
    }

    private static boolean isFolder(URL url, URLConnection connection) throws IOException {
        if (connection instanceof JarURLConnection jar) {
            return jar.getJarEntry() == null || jar.getJarEntry().isDirectory();
        }
        try {
            return url.getProtocol().equals("file") && Files.isDirectory(Path.of(url.toURI()));
        } catch (URISyntaxException malformed) {
            throw new IOException("The class path has a malformed address: " + url, malformed);
        }
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(Arrays.copyOf(digest, VERSION_BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
