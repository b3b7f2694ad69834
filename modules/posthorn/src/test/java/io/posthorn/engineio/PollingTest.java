package io.posthorn.engineio;

import io.posthorn.http.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.posthorn.engineio.EngineClient.SEPARATOR;
import static io.posthorn.engineio.EngineClient.body;
import static io.posthorn.engineio.EngineClient.head;
import static io.posthorn.engineio.EngineClient.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PollingTest {
    private final Recorder sessions = new Recorder();
    private final EngineHost host = new EngineHost(EngineOptions.defaults(), sessions);

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void aPollIsAnsweredAsPlainTextThatNobodyKeeps() {
        String answer = EngineClient.get(host, "EIO=4&transport=polling");

        assertThat(status(answer)).isEqualTo(200);
        assertThat(head(answer))
                .containsIgnoringCase("\r\ncontent-type: text/plain; charset=UTF-8")
                .containsIgnoringCase("\r\ncache-control: no-store")
                .containsIgnoringCase("\r\ncontent-length: " + body(answer).length());
    }

    @Test
    void aPollWaitsForAMessage() {
        try (EngineClient client = EngineClient.open(host)) {
            RawClient poll = client.beginPoll();
            sessions.next().send("hello");

            assertThat(body(poll.answer())).isEqualTo("4hello");
        }
    }

    @Test
    void whatWaitsLeavesTogether() {
        try (EngineClient client = EngineClient.open(host)) {
            RecordedSession session = sessions.next();
            session.send("one");
            session.send(new byte[] {1, 2, 3});
            session.send("grün €");

            assertThat(client.poll()).isEqualTo("4one" + SEPARATOR + "bAQID" + SEPARATOR + "4grün €");
        }
    }

    @Test
    void aPostIsAnsweredOkAsHtml() {
        try (EngineClient client = EngineClient.open(host)) {
            String answer = client.post("4hello");

            assertThat(status(answer)).isEqualTo(200);
            assertThat(head(answer)).containsIgnoringCase("\r\ncontent-type: text/html");
            assertThat(body(answer)).isEqualTo("ok");
            assertThat(sessions.next().next()).isEqualTo("hello");
        }
    }

    @Test
    void aPostHoldsPacketsPartedBySeparators() {
        try (EngineClient client = EngineClient.open(host)) {
            client.post("4one" + SEPARATOR + "bAQID" + SEPARATOR + "4" + SEPARATOR + "b" + SEPARATOR + "4grün €");

            RecordedSession session = sessions.next();
            assertThat(session.next()).isEqualTo("one");
            assertThat(session.next()).isEqualTo("<01 02 03>");
            assertThat(session.next()).isEmpty();
            assertThat(session.next()).isEqualTo("<>");
            assertThat(session.next()).isEqualTo("grün €");
        }
    }

    @Test
    void binaryMayBeWrittenInLinesAsTheJavaClientDoes() {
        try (EngineClient client = EngineClient.open(host)) {
            client.post("bAQID\n" + SEPARATOR + "bAQ\r\nID\r\n" + SEPARATOR + "4\none\n");

            RecordedSession session = sessions.next();
            assertThat(session.next()).isEqualTo("<01 02 03>");
            assertThat(session.next()).isEqualTo("<01 02 03>");
            assertThat(session.next()).isEqualTo("\none\n");
        }
    }

    @Test
    void twoPollsAtATimeEndTheSession() {
        try (EngineClient client = EngineClient.open(host)) {
            RawClient first = client.beginPoll();
            RecordedSession session = sessions.next();
            awaitPoll(client);
            String second = client.answerOf("GET", "");

            assertThat(status(second)).isEqualTo(400);
            assertThat(body(second)).isEmpty();
            assertThat(body(first.answer())).isEqualTo("1");
            assertThat(client.pollStatus()).isEqualTo(400);
            assertThat(session.ends()).containsExactly("transport error");
        }
    }

    @Test
    void twoPostsAtATimeEndTheSession() {
        try (EngineClient client = EngineClient.open(host)) {
            String request = EngineClient.request("POST", "EIO=4&transport=polling&sid=" + client.sid(), "4hello");
            RawClient first = client.connect().send(request.substring(0, request.length() - 3));
            EngineClient.get(host, "transport=none"); // is answered when the head has been read
            String second = client.post("4second");

            assertThat(status(second)).isEqualTo(400);
            assertThat(body(second)).isEmpty();
            assertThat(status(first.send("llo").answer())).isEqualTo(400);
            RecordedSession session = sessions.next();
            assertThat(session.ends()).containsExactly("transport error");
            assertThat(session.rest()).isEmpty();
        }
    }

    @Test
    void aPostThatComesInPiecesIsTaken() {
        try (EngineClient client = EngineClient.open(host)) {
            String request = EngineClient.request("POST", "EIO=4&transport=polling&sid=" + client.sid(), "4hello");
            RawClient post = client.connect().send(request.substring(0, request.length() - 3));
            post.send("ll");
            assertThat(body(post.send("o").answer())).isEqualTo("ok");
            assertThat(body(client.post("4second"))).isEqualTo("ok");
            RecordedSession session = sessions.next();
            assertThat(session.next()).isEqualTo("hello");
            assertThat(session.next()).isEqualTo("second");
        }
    }

    @Test
    void aPostThatIsBrokenOffIsForgotten() {
        try (EngineClient client = EngineClient.open(host)) {
            String request = EngineClient.request("POST", "EIO=4&transport=polling&sid=" + client.sid(), "4hello");
            client.connect().send(request.substring(0, request.length() - 3)).close();
            await().until(() -> host.connections() == 0);

            assertThat(body(client.post("4second"))).isEqualTo("ok");
            assertThat(sessions.next().next()).isEqualTo("second");
        }
    }

    @Test
    void anAbortedPollEndsTheSession() {
        try (EngineClient client = EngineClient.open(host)) {
            RecordedSession session = sessions.next();
            RawClient poll = client.beginPoll();
            awaitPoll(client);
            poll.close();

            await().untilAsserted(() -> assertThat(session.ends()).containsExactly("transport error"));
            assertThat(body(client.answerOf("GET", ""))).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
        }
    }

    @Test
    void aCloseByPostEndsAPollWithANoopAndTheSession() {
        try (EngineClient client = EngineClient.open(host)) {
            RecordedSession session = sessions.next();
            RawClient poll = client.beginPoll();
            awaitPoll(client);

            assertThat(body(client.post("1"))).isEqualTo("ok");
            assertThat(body(poll.answer())).isEqualTo("6");
            assertThat(client.pollStatus()).isEqualTo(400);
            assertThat(session.ends()).containsExactly("transport close");
        }
    }

    @Test
    void whatIsNoPacketIsAnsweredOkAndEndsTheSession() {
        try (EngineClient client = EngineClient.open(host)) {
            String answer = client.post("abc");

            assertThat(status(answer)).isEqualTo(200);
            assertThat(body(answer)).isEqualTo("ok");
            assertThat(client.pollStatus()).isEqualTo(400);
            assertThat(sessions.next().ends()).containsExactly("parse error");
        }
    }

    /** Returns when a poll that was sent before is at the session. */
    private static void awaitPoll(EngineClient client) {
        // A POST is answered by the same loop, behind what it has read before.
        client.post("6");
    }
}
