package io.posthorn.playground;

import io.posthorn.Posthorn;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * A sample that talks to the server which its page shows first: commands, a module of JavaScript, or a request as it stands
 * on the wire. It must print, or be answered, what the block behind it holds, where three dots stand for anything, and
 * cursors for those of the same number.
 *
 * @param block the sample; its note says what is published, and that it goes on, where it does
 * @param answer what must come of it
 */
record ServedSample(FencedBlock block, FencedBlock answer) {
    private static final Pattern PUBLISH =
            Pattern.compile("(?<then>then )?POST (?<path>\\S+)(?: \\((?<event>\\S+)\\))? (?<text>.+)");
    private static final String GOES_ON = "goes on";
    private static final Pattern EPOCH = Pattern.compile("\\b[0-9A-Za-z]{8}-(?=\\d)");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Runs it, beside a server that nobody else uses. */
    void run(Posthorn posthorn, Path folder) throws Exception {
        assumeThat(block.language().equals("js") && !ProgramClient.hasPackagesOf(block.text()))
                .as("packages of npm that are not installed")
                .isFalse();
        publish(posthorn, "");
        long before = readers(posthorn);
        try (SampleClient client = start(posthorn.port(), folder)) {
            if (block.note().stream().anyMatch(line -> line.startsWith("then "))) {
                await().atMost(PATIENCE).until(() -> readers(posthorn) > before || client.hasEnded());
                publish(posthorn, "then ");
            }
            check(client);
        }
    }

    private SampleClient start(int port, Path folder) throws IOException {
        String text = block.text().replace("localhost:8080", "localhost:" + port);
        return switch (block.language()) {
            case "http" -> new WireClient(port, text);
            case "js" -> ProgramClient.node(folder, text);
            default -> ProgramClient.shell(folder, text);
        };
    }

    private void check(SampleClient client) {
        Pattern wanted = pattern(answer.text());
        boolean goesOn = block.note().contains(GOES_ON) || block.language().equals("http");
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
            assertThat(matcher.matches() || line.equals(GOES_ON))
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
                        .send(request.build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    private static long readers(Posthorn posthorn) {
        return posthorn.stats().feed().opened().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
