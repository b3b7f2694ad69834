package io.posthorn.playground.conformance;

import io.posthorn.Posthorn;
import io.posthorn.PosthornOptions;
import io.posthorn.playground.conformance.JavaClient.Way;
import io.socket.client.IO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;

import static org.assertj.core.api.Assertions.assertThat;

class BenchProfileTest {
    private final Posthorn posthorn = Profile.BENCH.create(PosthornOptions.defaults());

    @BeforeEach
    void listen() throws IOException {
        posthorn.listen("127.0.0.1", 0);
    }

    @AfterEach
    void close() {
        posthorn.close();
    }

    @Test
    void anEchoGoesToItsSenderAndWhatIsPublishedToAll() {
        try (JavaClient one = client();
                JavaClient two = client()) {
            one.emit("echo", "for me").emit("publish", "for all");
            assertThat(one.take("echo")).containsExactly("for me");
            assertThat(one.take("message")).containsExactly("for all");
            assertThat(two.take("message")).containsExactly("for all");
            assertThat(two.hasNone("echo")).isTrue();
        }
    }

    @Test
    void whatIsPublishedToARoomGoesToThoseWhoHaveJoinedIt() {
        try (JavaClient member = client();
                JavaClient publisher = client()) {
            member.emit("join", "room");
            // The acknowledgement comes behind the join.
            assertThat(member.call("ack", 1, "a")).containsExactly(1, "a");
            publisher.emit("publish-to", "room", "hi").emit("publish", "then");
            assertThat(member.take("message")).containsExactly("hi");
            assertThat(publisher.take("message")).containsExactly("then");
        }
    }

    private JavaClient client() {
        URI address = URI.create("http://127.0.0.1:" + posthorn.port() + "/");
        return new JavaClient(Way.WEB_SOCKET, address, IO.Options.builder()).connect();
    }
}
