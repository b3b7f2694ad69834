package io.posthorn.bench;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** What exactly takes part. */
final class Versions {
    private static final String BENCH = "modules/posthorn-bench";
    private static final String NODE_MODULES = BENCH + "/peers/node/node_modules";

    /** Bun's program, below the project's root. */
    static final String BUN = NODE_MODULES + "/.bin/bun";

    private static final JsonMapper JSON = new JsonMapper();

    private final Places places;

    Versions(Places places) {
        this.places = places;
    }

    /**
     * A server's version, with that of what runs it.
     *
     * @throws BenchException where it cannot take part, because something of it is not here
     */
    String of(Server server) {
        String software = switch (server.part()) {
            case POSTHORN -> "Posthorn, sources " + line(Path.of(".posthorn/latest"), "Posthorn is not built");
            case NETTY -> "Netty " + jar(BENCH + "/target/lib", "netty-transport");
            case NETTY_SOCKETIO ->
                "netty-socketio " + jar(BENCH + "/peers/netty-socketio/target/jars", "netty-socketio") + ", Netty "
                        + jar(BENCH + "/peers/netty-socketio/target/jars", "netty-transport");
            case NODE -> npm(server);
            case NCHAN -> "Nchan " + said("dpkg-query", "-W", "-f", "${Version}", "libnginx-mod-nchan");
        };
        return software + ", " + platform(server.platform());
    }

    /** The output's first line of a program that tells its version. */
    static String said(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new BenchException(command[0] + " does not know its version");
            }
            return output.lines().findFirst().orElse("");
        } catch (IOException absent) {
            throw new BenchException("there is no " + command[0], absent);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchException(command[0] + " was interrupted", interrupted);
        }
    }

    private String platform(Platform platform) {
        return switch (platform) {
            case JDK_17 -> jdk(places.jdk17());
            case JDK_25 -> {
                Path jdk = places.jdk25();
                if (jdk == null) {
                    throw new BenchException("there is no JDK 25; --jdk25 DIR says where one is");
                }
                yield jdk(jdk);
            }
            case NODE -> "Node.js " + said("node", "--version");
            case BUN -> "Bun " + said(places.root().resolve(BUN).toString(), "--revision");
            case NGINX -> said("nginx", "-v").replace("nginx version: ", "");
        };
    }

    /** The version of a JDK.
     *
     * @throws BenchException where there is none
     */
    static String jdk(Path jdk) {
        Properties release = new Properties();
        try (var in = Files.newInputStream(jdk.resolve("release"))) {
            release.load(in);
        } catch (IOException unreadable) {
            throw new BenchException("there is no JDK in " + jdk, unreadable);
        }
        String version = release.getProperty("JAVA_RUNTIME_VERSION", release.getProperty("JAVA_VERSION", "?"));
        return "JDK " + version.replace("\"", "");
    }

    private String npm(Server server) {
        Path file = places.root().resolve(NODE_MODULES).resolve(server.name()).resolve("package.json");
        try {
            return server.name() + " "
                    + JSON.readTree(Files.readString(file)).path("version").asString();
        } catch (IOException absent) {
            throw new BenchException("npm has not installed " + server.name(), absent);
        }
    }

    /** The version in the name of a jar. */
    private String jar(String folder, String artifact) {
        Path place = places.root().resolve(folder);
        try (DirectoryStream<Path> found = Files.newDirectoryStream(place, artifact + "-[0-9]*.jar")) {
            for (Path jar : found) {
                String name = jar.getFileName().toString();
                return name.substring(artifact.length() + 1, name.length() - ".jar".length());
            }
        } catch (IOException absent) {
            throw new BenchException(place + " is not built", absent);
        }
        throw new BenchException(artifact + " is not built");
    }

    private String line(Path file, String otherwise) {
        try {
            List<String> lines = Files.readAllLines(places.root().resolve(file));
            return lines.isEmpty() ? "?" : lines.get(0);
        } catch (IOException absent) {
            throw new BenchException(otherwise, absent);
        }
    }
}
