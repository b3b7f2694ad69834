package io.posthorn.playground;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * What the documentation shows is so: its Java compiles and does what the note before it says, its clients get what stands
 * behind them, and its commands have options that exist. CONTRIBUTING.md tells how a note is written.
 */
class DocumentationTest {
    private static final Pattern GET =
            Pattern.compile("GET (?<path>\\S+)(?: \\((?<header>\\S+): (?<value>[^)]+)\\))? -> (?<answer>.+)");
    private static final Pattern POST = Pattern.compile(
            "POST (?<path>\\S+)(?: \\((?<header>\\S+): (?<value>[^)]+)\\))? (?<body>\\S+) -> (?<answer>.+)");
    private static final Pattern SOCKET = Pattern.compile("WS (?<path>\\S+) (?<message>.+) -> (?<answer>.+)");
    private static final String COMPILE_ONLY = "compiles";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, JavaSample> servers = new HashMap<>();

    @TestFactory
    Stream<DynamicTest> eachJavaSampleRuns(@TempDir Path folder) {
        return blocks("java")
                .map(block -> dynamicTest(block.place(), () -> {
                    JavaSample sample = new JavaSample(Files.createTempDirectory(folder, "sample"), block.text());
                    sample.compile();
                    if (!block.note().equals(List.of(COMPILE_ONLY))) {
                        try (JavaSample.Server server = sample.run()) {
                            for (String expectation : block.note()) {
                                check(server.posthorn().port(), expectation);
                            }
                        }
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> eachSampleOfAClientGetsWhatStandsBehindIt(@TempDir Path folder) {
        List<FencedBlock> blocks = FencedBlock.all();
        return IntStream.range(0, blocks.size())
                .filter(i -> isClient(blocks, i))
                .mapToObj(i -> dynamicTest(blocks.get(i).place(), () -> {
                    FencedBlock block = blocks.get(i);
                    FencedBlock answer = blocks.get(i + 1);
                    assertThat(answer.language()).as(answer.place()).isEqualTo("text");
                    try (JavaSample.Server server = serverOf(blocks, i, folder)) {
                        new ServedSample(block, answer)
                                .run(server.posthorn(), Files.createTempDirectory(folder, "client"));
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> eachCommandHasOptionsThatExist() {
        return blocks("sh")
                .map(block -> dynamicTest(
                        block.place(), () -> block.text().lines().forEach(DocumentationTest::checkCommand)));
    }

    @Test
    void bothReadmesShowTheSameCode() {
        assertThat(FencedBlock.of("README.zh-CN.md"))
                .extracting(FencedBlock::text)
                .containsExactlyElementsOf(FencedBlock.of("README.md").stream()
                        .map(FencedBlock::text)
                        .toList());
    }

    private static Stream<FencedBlock> blocks(String language) {
        return FencedBlock.all().stream().filter(block -> block.language().equals(language));
    }

    private static boolean isClient(List<FencedBlock> blocks, int i) {
        FencedBlock block = blocks.get(i);
        return switch (block.language()) {
            case "http", "js" -> true;
            case "sh" -> block.text().contains("curl ");
            // A page without an answer is tried elsewhere, where more is known of it.
            case "html" -> i + 1 < blocks.size() && blocks.get(i + 1).language().equals("text");
            default -> false;
        };
    }

    /** The first server that a page shows, or the one above a block, started anew. */
    private JavaSample.Server serverOf(List<FencedBlock> blocks, int block, Path folder) throws Exception {
        List<FencedBlock> candidates = blocks.subList(0, block).stream()
                .filter(other -> other.language().equals("java"))
                .filter(other -> other.file().equals(blocks.get(block).file()))
                .toList();
        boolean isAbove = blocks.get(block).note().contains(ServedSample.SERVER_ABOVE);
        FencedBlock server = candidates.get(isAbove ? candidates.size() - 1 : 0);
        JavaSample sample = servers.get(server.place());
        if (sample == null) {
            sample = new JavaSample(Files.createTempDirectory(folder, "server"), server.text());
            sample.compile();
            servers.put(server.place(), sample);
        }
        return sample.run();
    }

    private static void checkCommand(String line) {
        List<String> words = List.of(line.replaceFirst("\\s+#.*", "").split("\\s+"));
        if (words.get(0).equals("./posthorn")) {
            Main.commandLine().parseArgs(words.stream().skip(1).toArray(String[]::new));
        } else if (words.get(0).equals("./test")) {
            // The script's usage has each option between spaces.
            assertThat(words)
                    .filteredOn(word -> word.startsWith("--"))
                    .allSatisfy(option ->
                            assertThat(Path.of("../../test")).content().contains(" " + option + " "));
        }
    }

    private void check(int port, String expectation) throws Exception {
        Matcher get = GET.matcher(expectation);
        Matcher post = POST.matcher(expectation);
        Matcher socket = SOCKET.matcher(expectation);
        if (get.matches()) {
            assertThat(get(port, get)).as(expectation).contains(get.group("answer"));
        } else if (post.matches()) {
            assertThat(post(port, post)).as(expectation).contains(post.group("answer"));
        } else if (socket.matches()) {
            assertThat(exchange(port, socket.group("path"), socket.group("message")))
                    .as(expectation)
                    .isEqualTo(socket.group("answer"));
        } else {
            throw new IllegalArgumentException("a note that this test does not understand: " + expectation);
        }
    }

    private String get(int port, Matcher get) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + get.group("path")));
        if (get.group("header") != null) {
            request.header(get.group("header"), get.group("value"));
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private String post(int port, Matcher post) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + post.group("path")))
                .POST(HttpRequest.BodyPublishers.ofString(post.group("body")));
        if (post.group("header") != null) {
            request.header(post.group("header"), post.group("value"));
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Sends one text, and returns the first that comes. */
    private String exchange(int port, String path, String message) throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket webSocket, CharSequence text, boolean last) {
                first.complete(text.toString());
                return CompletableFuture.completedStage(null);
            }
        };
        WebSocket webSocket = client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://localhost:" + port + path), listener)
                .get(10, TimeUnit.SECONDS);
        webSocket.sendText(message, true);
        String answer = first.get(10, TimeUnit.SECONDS);
        webSocket.abort();
        return answer;
    }
}
