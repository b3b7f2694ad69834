package io.posthorn.playground.lab;

import io.posthorn.json.Json;
import io.posthorn.playground.Client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A visitor's page: says what it wants, and gathers what it is told. */
final class LabPage {
    private final Client client;
    private final String id;

    LabPage(int port) throws Exception {
        client = new Client("ws://127.0.0.1:" + port + "/lab/visit", Map.of());
        client.message(0);
        id = String.valueOf(object(client.message(0)).get("id"));
    }

    String id() {
        return id;
    }

    /** What a reader reads the clock at. */
    String reads(String reader) {
        return "/lab/clock/" + id + "?reader=" + reader;
    }

    void say(String command) throws Exception {
        client.send(command);
    }

    /** What a command is answered with: the next thing of this name that is told. */
    Object answer(String command, String name) throws Exception {
        int before = told(name).size();
        say(command);
        await().until(() -> told(name).size() > before);
        return told(name).get(before);
    }

    /** Everything of this name so far. */
    List<Object> told(String name) {
        return client.received().stream()
                .map(LabPage::object)
                .filter(telling -> telling.containsKey(name))
                .map(telling -> telling.get(name))
                .toList();
    }

    /** What a reader has cost, as it was told last. */
    @SuppressWarnings("unchecked")
    Map<String, Object> counts(String reader) {
        Map<String, Object> last = Map.of();
        for (Object counts : told("counts")) {
            Object mine = ((Map<String, Object>) counts).get(reader);
            if (mine != null) {
                last = (Map<String, Object>) mine;
            }
        }
        return last;
    }

    /** The names of the first tellings, in order. */
    List<String> names(int count) {
        client.message(count - 1);
        return client.received().subList(0, count).stream()
                .map(LabPage::object)
                .map(telling -> telling.keySet().iterator().next())
                .toList();
    }

    String closed() throws Exception {
        return client.closed();
    }

    void leave() throws Exception {
        client.close(1000, "");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(String json) {
        Map<String, Object> object = Json.read(json.getBytes(StandardCharsets.UTF_8), Map.class);
        assertThat(object).hasSize(1);
        return Objects.requireNonNull(object);
    }
}
