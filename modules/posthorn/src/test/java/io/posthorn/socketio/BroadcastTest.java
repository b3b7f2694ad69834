package io.posthorn.socketio;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Who gets what is sent to many. Ann is in rooms a and b, bob in b, cid in none. */
class BroadcastTest {
    private SocketIoServer server;
    private WireClient ann;
    private WireClient bob;
    private WireClient cid;
    private Socket annSocket;
    private Socket cidSocket;

    @BeforeEach
    void open() {
        server = new SocketIoServer();
        ann = server.client();
        bob = server.client();
        cid = server.client();
        annSocket = connect(ann).joinAll(List.of("a", "b"));
        connect(bob).join("b");
        cidSocket = connect(cid);
        List.of(ann, bob, cid).forEach(WireClient::quiet);
    }

    @AfterEach
    void close() {
        List.of(ann, bob, cid).forEach(WireClient::close);
        server.close();
    }

    private Socket connect(WireClient client) {
        return server.io().of("/").socket(client.join("")).orElseThrow();
    }

    /** These get one copy, and nobody gets anything else. */
    private void assertGotBy(WireClient... some) {
        for (WireClient client : some) {
            assertThat(client.next()).isEqualTo("42[\"e\",1]");
        }
        List.of(ann, bob, cid).forEach(WireClient::quiet);
    }

    @Test
    void everybodyIsThoseInRoomsAndThoseInNone() {
        server.io().emit("e", 1);
        assertGotBy(ann, bob, cid);
    }

    @Test
    void aRoomIsThoseInItAndNobodyElse() {
        server.io().to("a").emit("e", 1);
        assertGotBy(ann);
        server.io().in("b").emit("e", 1);
        assertGotBy(ann, bob);
    }

    @Test
    void severalRoomsAreTheirUnionAndEachSocketGetsOneCopy() {
        server.io().to("a").to("b").emit("e", 1);
        assertGotBy(ann, bob);
        server.io().to("b", "a", "b", annSocket.id(), cidSocket.id()).emit("e", 1);
        assertGotBy(ann, bob, cid);
    }

    @Test
    void anEmptyRoomIsNobody() {
        server.io().to("nobody").emit("e", 1);
        assertGotBy();
    }

    @Test
    void exceptIsNobodyWhoIsInOneOfTheRooms() {
        server.io().except("a").emit("e", 1);
        assertGotBy(bob, cid);
        server.io().to("b").except("a").emit("e", 1);
        assertGotBy(bob);
        server.io().except("a", "b").emit("e", 1);
        assertGotBy(cid);
        server.io().except(cidSocket.id()).emit("e", 1);
        assertGotBy(ann, bob);
    }

    @Test
    void exceptWinsWhateverTheOrder() {
        server.io().except("a").to("a", "b").emit("e", 1);
        assertGotBy(bob);
    }

    @Test
    void aSocketsBroadcastReachesEverybodyButItself() {
        annSocket.broadcast().emit("e", 1);
        assertGotBy(bob, cid);
    }

    @Test
    void aSocketsRoomsAreWithoutItself() {
        annSocket.to("b").emit("e", 1);
        assertGotBy(bob);
        annSocket.in("a").emit("e", 1);
        assertGotBy();
        annSocket.to("b").to(cidSocket.id()).emit("e", 1);
        assertGotBy(bob, cid);
        cidSocket.to("b").emit("e", 1);
        assertGotBy(ann, bob);
    }

    @Test
    void aSocketsExceptIsWithoutItself() {
        cidSocket.except("a").emit("e", 1);
        assertGotBy(bob);
    }

    @Test
    void aSocketReachesItselfThroughTheServerOnly() {
        annSocket.to(annSocket.id()).emit("e", 1);
        assertGotBy();
        server.io().to(annSocket.id()).emit("e", 1);
        assertGotBy(ann);
    }

    @Test
    void anOperatorIsImmutable() {
        BroadcastOperator room = server.io().to("a");
        assertThat(room.to("b")).isNotSameAs(room);
        assertThat(room.except("a")).isNotSameAs(room);
        room.emit("e", 1);
        assertGotBy(ann);
    }

    @Test
    void anOperatorMayBeKeptAndMeansWhoIsThereWhenItSends() {
        BroadcastOperator room = server.io().to("later");
        room.emit("e", 1);
        assertGotBy();
        cidSocket.join("later");
        room.emit("e", 1);
        assertGotBy(cid);
    }

    @Test
    void aSocketThatLeftARoomGetsNothingMoreOfIt() {
        annSocket.leave("b");
        server.io().to("b").emit("e", 1);
        assertGotBy(bob);
    }

    @Test
    void aClientOverPollingGetsBroadcastsToo() {
        PollClient dan = server.pollClient();
        dan.join("");
        server.io().emit("e", 1);
        assertThat(dan.next()).isEqualTo("42[\"e\",1]");
        assertGotBy(ann, bob, cid);
    }

    @Test
    void aBroadcastToAnotherNamespaceReachesNobodyHere() {
        server.io().of("/news").emit("e", 1);
        server.io().of("/news").to("a").emit("e", 1);
        assertGotBy();
    }

    @Test
    void aClientInTwoNamespacesGetsABroadcastOnceInEach() {
        Namespace news = server.io().of("/news");
        ann.join("/news,");
        news.emit("n");
        assertThat(ann.next()).isEqualTo("42/news,[\"n\"]");
        server.io().emit("e", 1);
        assertGotBy(ann, bob, cid);
    }
}
