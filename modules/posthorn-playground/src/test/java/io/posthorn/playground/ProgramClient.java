package io.posthorn.playground;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A client that is a program: a shell with its commands, or Node.js, which may drive a browser. */
final class ProgramClient implements SampleClient {
    private static final String LINK = "node_modules";
    private static final Path BROWSER = FencedBlock.ROOT.resolve("modules/posthorn-playground/src/test/browser");
    private static final List<Path> PACKAGES =
            List.of(BROWSER.resolve(LINK), BROWSER.resolveSibling("clients").resolve(LINK));
    private static final Path CHROMIUM =
            Path.of(Objects.requireNonNullElse(System.getenv("CHROMIUM"), "/usr/bin/chromium"));
    private static final long PATIENCE_SECONDS = 10;
    private static final Pattern PACKAGE = Pattern.compile("from \"(?<name>[\\w.-]+)\"");

    private final Process process;
    private final Path folder;
    private final Path errors;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final Thread reader = new Thread(this::read, "output of a sample");

    private ProgramClient(Path folder, List<String> command) throws IOException {
        this.folder = folder;
        this.errors = folder.resolve("errors");
        this.process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectError(errors.toFile())
                .start();
        reader.start();
    }

    /** A shell that runs these commands. */
    static ProgramClient shell(Path folder, String commands) throws IOException {
        return new ProgramClient(folder, List.of("sh", "-ec", commands));
    }

    /** Node.js with this module. */
    static ProgramClient node(Path folder, String module) throws IOException {
        Files.writeString(folder.resolve("sample.mjs"), module);
        Optional<Path> packages = packagesOf(module);
        if (packages.isPresent()) {
            Files.createSymbolicLink(folder.resolve(LINK), packages.get());
        }
        return new ProgramClient(folder, List.of("node", "sample.mjs"));
    }

    /** A browser that shows a page, and prints what is to be read there. */
    static ProgramClient browser(Path folder, String url) throws IOException {
        return new ProgramClient(
                folder, List.of("node", BROWSER.resolve("show.mjs").toString(), url));
    }

    /** Whether there is a browser, and what drives it. */
    static boolean hasBrowser() {
        return Files.isExecutable(CHROMIUM) && Files.isDirectory(BROWSER.resolve(LINK));
    }

    /** Whether the packages of npm that a module imports are installed, which {@code ./test} sees to. */
    static boolean hasPackagesOf(String module) {
        return packagesOf(module).isPresent();
    }

    /** The folder that has them all. */
    private static Optional<Path> packagesOf(String module) {
        return PACKAGES.stream()
                .filter(folder -> PACKAGE.matcher(module)
                        .results()
                        .allMatch(found -> Files.isDirectory(folder.resolve(found.group(1)))))
                .findFirst();
    }

    @Override
    public String output() {
        return output.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    @Override
    public boolean hasEnded() {
        return !process.isAlive() && !reader.isAlive();
    }

    @Override
    public String complaints() {
        try {
            return Files.readString(errors);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroy(); // politely: a browser then takes its profile away
        try {
            process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException impolite) {
            process.destroyForcibly();
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
        try {
            Files.deleteIfExists(folder.resolve(LINK)); // so that nothing outside of the folder is found in it
        } catch (IOException undeletable) {
            throw new UncheckedIOException(undeletable);
        }
    }

    private void read() {
        try (InputStream in = process.getInputStream()) {
            in.transferTo(output);
        } catch (IOException closed) {
            return; // by the sample's end: what came until then counts
        }
    }
}
