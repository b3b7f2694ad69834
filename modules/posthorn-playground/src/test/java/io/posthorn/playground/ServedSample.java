package io.posthorn.playground;

import io.posthorn.Posthorn;
import io.posthorn.http.HttpResponse;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * A sample that talks to the server which its page shows first, or to the one above it: commands, a module of JavaScript, a
 * page, or a request as it stands on the wire. It must print, show, or be answered, what the block behind it holds, where
 * three dots stand for anything, and cursors for those of the same number.
 *
 * @param block the sample; its note says which server, what is published, and that it goes on, where it does
 * @param answer what must come of it
 */
record ServedSample(FencedBlock block, FencedBlock answer) {
    private static final Pattern PUBLISH =
            Pattern.compile("(?<then>then )?POST (?<path>\\S+)(?: \\((?<event>\\S+)\\))? (?<text>.+)");
    private static final String GOES_ON = "goes on";
    static final String SERVER_ABOVE = "server above";
    private static final Pattern EPOCH = Pattern.compile("\\b[0-9A-Za-z]{8}-(?=\\d)");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Runs it, beside a server that nobody else uses. */
    void run(Posthorn posthorn, Path folder) throws Exception {
        assumeThat(isRunnable())
                .as("packages of npm, or a browser, that are not installed")
                .isTrue();
        publish(posthorn, "");
        long before = readers(posthorn);
        try (SampleClient client = start(posthorn, folder)) {
            if (block.note().stream().anyMatch(line -> line.startsWith("then "))) {
                await().atMost(PATIENCE).until(() -> readers(posthorn) > before || client.hasEnded());
                publish(posthorn, "then ");
            }
            check(client);
        }
    }

    private boolean isRunnable() {
        return switch (block.language()) {
            case "js" -> ProgramClient.hasPackagesOf(block.text());
            case "html" -> ProgramClient.hasBrowser();
            default -> true;
        };
    }

    private SampleClient start(Posthorn posthorn, Path folder) throws IOException {
        int port = posthorn.port();
        String text = block.text().replace("localhost:8080", "localhost:" + port);
        return switch (block.language()) {
            case "http" -> new WireClient(port, text);
            case "js" -> ProgramClient.node(folder, text);
            case "html" -> show(posthorn, text, folder);
            default -> ProgramClient.shell(folder, text);
        };
    }

    /** A page of the server's own, in a browser. */
    private static SampleClient show(Posthorn posthorn, String page, Path folder) throws IOException {
        byte[] body = page.getBytes(StandardCharsets.UTF_8);
        HttpResponse answer = HttpResponse.of(200).body("text/html; charset=utf-8", body);
        posthorn.route("GET /sample", exchange -> exchange.respond(answer));
        return ProgramClient.browser(folder, "http://localhost:" + posthorn.port() + "/sample");
    }

    private void check(SampleClient client) {
        Pattern wanted = pattern(answer.text());
        boolean goesOn =
                block.note().contains(GOES_ON) || List.of("http", "html").contains(block.language());
        if (goesOn) {
            await().atMost(PATIENCE).untilAsserted(() -> assertOutput(client, wanted));
        } else {
            await(block.place() + " ends by itself").atMost(PATIENCE).until(client::hasEnded);
            assertOutput(client, wanted);
        }
    }

    private void assertOutput(SampleClient client, Pattern wanted) {
        assertThat(normal(client.output()))
                .as("%s%n%s", block.place(), client.complaints())
                .matches(wanted);
    }

    private static String normal(String output) {
        return EPOCH.matcher(output.strip()).replaceAll("EPOCH-");
    }

    /** Three dots are anything, lines too. */
    private static Pattern pattern(String expected) {
        String regex = Arrays.stream(normal(expected).split("\\.\\.\\.", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*?"))
                .replace("\\Q\\E", "");
        return Pattern.compile(regex, Pattern.DOTALL);
    }

    private void publish(Posthorn posthorn, String when) throws IOException, InterruptedException {
        for (String line : block.note()) {
            Matcher matcher = PUBLISH.matcher(line);
            assertThat(matcher.matches() || line.equals(GOES_ON) || line.equals(SERVER_ABOVE))
                    .as("a note that this test understands: %s", line)
                    .isTrue();
            if (matcher.matches() && when.equals(matcher.group("then") == null ? "" : "then ")) {
                post(posthorn.port(), matcher);
            }
        }
    }

    private static void post(int port, Matcher line) throws IOException, InterruptedException {
        String text = line.group("text");
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + line.group("path")))
                .header("Content-Type", text.startsWith("{") ? "application/json" : "text/plain; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(text));
        if (line.group("event") != null) {
            request.header("Event", line.group("event"));
        }
        assertThat(HttpClient.newHttpClient()
                        .send(request.build(), BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    private static long readers(Posthorn posthorn) {
        return posthorn.stats().feed().opened().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
