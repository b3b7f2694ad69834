package io.posthorn.socketio.adapter;

import io.posthorn.loop.EventLoops;
import io.posthorn.loop.IoKind;
import io.posthorn.loop.Loop;
import io.posthorn.transport.Message;
import io.posthorn.transport.Outbox.Delivery;
import io.posthorn.transport.Payload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Rooms over two loops: ann and cid live on one, bob and dan on the other. */
class LocalAdapterTest {
    private static final Audience EVERYBODY = Audience.everybody();

    private final EventLoops loops = new EventLoops(IoKind.NIO, 2);
    private final Loop one = loops.all().get(0);
    private final Loop other = loops.all().get(1);
    private final LocalAdapter adapter = new LocalAdapter(loops);
    private final TestMember ann = member("ann", one);
    private final TestMember bob = member("bob", other);
    private final TestMember cid = member("cid", one);
    private final TestMember dan = member("dan", other);

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void aMessageToEverybodyReachesThoseInAndOutsideRooms() {
        adapter.add(ann, Set.of("a"));
        broadcast("all", EVERYBODY);

        assertThat(whoGot("all")).containsExactly("ann", "bob", "cid", "dan");
    }

    @Test
    void aMessageToARoomReachesNobodyOutsideIt() {
        adapter.add(ann, Set.of("a"));
        adapter.add(bob, Set.of("a"));
        adapter.add(cid, Set.of("b"));
        broadcast("room", EVERYBODY.to("a"));

        assertThat(whoGot("room")).containsExactly("ann", "bob");
    }

    @Test
    void aSocketInTwoRoomsGetsOneCopy() {
        adapter.add(ann, Set.of("a", "b"));
        adapter.add(bob, Set.of("b"));
        broadcast("rooms", EVERYBODY.to("a").to("b").to("ann"));

        assertThat(heard(ann)).containsExactly("rooms");
        assertThat(heard(bob)).containsExactly("rooms");
        assertThat(whoGot("rooms")).containsExactly("ann", "bob");
    }

    @Test
    void aSocketsIdIsARoomThatItAloneIsAlwaysIn() {
        broadcast("private", EVERYBODY.to("bob"));
        assertThat(whoGot("private")).containsExactly("bob");

        adapter.add(bob, Set.of("bob"));
        adapter.remove(bob, "bob");
        broadcast("still", EVERYBODY.to("bob"));
        assertThat(heard(bob)).containsExactly("private", "still");
        assertThat(got(adapter.rooms())).isEmpty();
    }

    @Test
    void whoJoinsTheRoomOfAnotherHearsWhatThatOneHears() {
        adapter.add(ann, Set.of("bob"));
        broadcast("both", EVERYBODY.to("bob"));

        assertThat(whoGot("both")).containsExactly("ann", "bob");
        assertThat(got(adapter.rooms())).containsExactly("bob");
    }

    @Test
    void whoIsInARoomThatIsExceptedGetsNothing() {
        adapter.add(ann, Set.of("a", "quiet"));
        adapter.add(bob, Set.of("a"));
        adapter.add(cid, Set.of("a"));
        broadcast("but", EVERYBODY.to("a").except("quiet").except("cid"));
        broadcast("all but", EVERYBODY.except("quiet"));
        broadcast("nobody", EVERYBODY.to("ann").except("ann"));

        assertThat(whoGot("but")).containsExactly("bob");
        assertThat(whoGot("all but")).containsExactly("bob", "cid", "dan");
        assertThat(whoGot("nobody")).isEmpty();
    }

    @Test
    void aRoomThatNobodyIsInIsGone() {
        adapter.add(ann, Set.of("a", "b"));
        adapter.add(bob, Set.of("a"));
        assertThat(got(adapter.rooms())).containsExactlyInAnyOrder("a", "b");

        adapter.remove(ann, "b");
        adapter.remove(bob, "a");
        assertThat(got(adapter.rooms())).containsExactly("a");
        adapter.removeAll(ann);
        assertThat(got(adapter.rooms())).isEmpty();
    }

    @Test
    void joiningTwiceAndLeavingTwiceChangesNothing() {
        adapter.add(ann, Set.of("a"));
        adapter.add(ann, Set.of("a"));
        broadcast("once", EVERYBODY.to("a"));
        assertThat(heard(ann)).containsExactly("once");

        adapter.remove(ann, "a");
        adapter.remove(ann, "a");
        broadcast("never", EVERYBODY.to("a"));
        assertThat(heard(ann)).containsExactly("once");
    }

    @Test
    void aMemberIsToldItsRooms() {
        settle();
        assertThat(ann.rooms).containsExactly("ann");

        adapter.add(ann, Set.of("a", "b"));
        settle();
        assertThat(ann.rooms).containsExactlyInAnyOrder("ann", "a", "b");
        Set<String> before = ann.rooms;
        adapter.remove(ann, "a");
        settle();
        assertThat(ann.rooms).containsExactlyInAnyOrder("ann", "b");
        assertThat(before).hasSize(3);
        assertThatThrownBy(before::clear).isInstanceOf(UnsupportedOperationException.class);

        adapter.removeAll(ann);
        settle();
        assertThat(ann.rooms).isEmpty();
    }

    @Test
    void whoJoinsBeforeAMessageGetsItAndWhoLeavesBeforeItDoesNot() {
        for (int i = 0; i < 1000; i++) {
            adapter.add(bob, Set.of("a"));
            broadcast("in", EVERYBODY.to("a"));
            adapter.remove(bob, "a");
            broadcast("out", EVERYBODY.to("a"));
        }
        settle();

        assertThat(heard(bob)).hasSize(1000).containsOnly("in");
    }

    @Test
    void whoEmitsAndLeavesThenStillGetsIt() {
        onLoop(one, () -> {
            adapter.add(ann, Set.of("a"));
            broadcast("last", EVERYBODY.to("a"));
            adapter.removeAll(ann);
        });

        assertThat(heard(ann)).containsExactly("last");
    }

    @Test
    void nothingIsLeftOfWhoHasGoneHoweverLateAJoinArrives() {
        adapter.add(ann, Set.of("a"));
        settle();
        ann.gone = true;
        adapter.removeAll(ann);
        adapter.add(ann, Set.of("b"));
        broadcast("never", EVERYBODY.to("a").to("b").to("ann"));

        assertThat(heard(ann)).isEmpty();
        assertThat(got(adapter.rooms())).isEmpty();
        assertThat(got(adapter.members(EVERYBODY))).containsExactlyInAnyOrder("bob", "cid", "dan");
    }

    @Test
    void whoComesBackWithItsIdTakesThePlaceOfWhatItWas() {
        adapter.add(ann, Set.of("a"));
        TestMember again = member("ann", one);
        adapter.removeAll(ann);
        broadcast("new", EVERYBODY.to("ann"));
        broadcast("old room", EVERYBODY.to("a"));
        settle();

        assertThat(heard(again)).containsExactly("new");
        assertThat(heard(ann)).isEmpty();
    }

    @Test
    void allOfAnAudienceJoinAndLeaveAtOnce() {
        adapter.add(ann, Set.of("a"));
        adapter.add(bob, Set.of("a"));
        adapter.addAll(EVERYBODY.to("a").to("dan"), Set.of("b", "c"));
        broadcast("joined", EVERYBODY.to("b"));
        adapter.removeAll(EVERYBODY.to("b").except("bob"), Set.of("b", "c"));
        broadcast("left", EVERYBODY.to("b"));

        assertThat(whoGot("joined")).containsExactly("ann", "bob", "dan");
        assertThat(whoGot("left")).containsExactly("bob");
        assertThat(bob.rooms).containsExactlyInAnyOrder("bob", "a", "b", "c");
    }

    @Test
    void theMembersOfAnAudienceAreGatheredFromAllLoops() {
        adapter.add(ann, Set.of("a"));
        adapter.add(dan, Set.of("a"));

        assertThat(got(adapter.members(EVERYBODY.to("a")))).containsExactlyInAnyOrder("ann", "dan");
        assertThat(got(adapter.members(EVERYBODY.except("a")))).containsExactlyInAnyOrder("bob", "cid");
        assertThat(got(adapter.members(EVERYBODY.to("nowhere")))).isEmpty();
        assertThat(got(adapter.serverCount())).isEqualTo(1);
    }

    @Test
    void aVisitMayChangeTheRoomsAndTellsHowManyItMet() {
        int met = got(adapter.visit(EVERYBODY.except("cid"), member -> adapter.removeAll(member)));

        assertThat(met).isEqualTo(3);
        assertThat(got(adapter.members(EVERYBODY))).containsExactly("cid");
    }

    @Test
    void whoFailsAVisitFailsItsAnswer() {
        CompletionStage<Integer> visit = adapter.visit(EVERYBODY, member -> {
            throw new IllegalStateException("meant to fail");
        });

        assertThatThrownBy(() -> got(visit)).hasMessageContaining("meant to fail");
    }

    @Test
    void waitingForAnAnswerOnALoopIsRefused() {
        settle();
        CountDownLatch release = new CountDownLatch(1);
        other.eventLoop().execute(() -> hold(release));
        onLoop(one, () -> {
            CompletableFuture<Set<String>> rooms = adapter.rooms().toCompletableFuture();
            assertThatThrownBy(rooms::join).isInstanceOf(IllegalStateException.class);
        });
        release.countDown();
    }

    @Test
    void eachMemberIsFlushedOnceAtTheEndOfTheTurn() {
        onLoop(one, () -> {
            for (int i = 0; i < 10; i++) {
                adapter.broadcast(message("burst"), EVERYBODY.to("ann"));
            }
            assertThat(ann.flushes).isEmpty();
        });
        settle();

        assertThat(ann.flushes).containsExactly(10);
        assertThat(cid.flushes).isEmpty();
    }

    @Test
    void howMuchAMessageMaySufferGoesWithIt() {
        broadcast("volatile", EVERYBODY.by(Delivery.VOLATILE));
        broadcast("certain", EVERYBODY.by(Delivery.CERTAIN));
        settle();

        assertThat(ann.deliveries).containsExactly(Delivery.VOLATILE, Delivery.CERTAIN);
    }

    @Test
    void whatADeliveryBringsAboutHappensBehindIt() {
        ann.onDeliver = () -> adapter.removeAll(ann);
        cid.onDeliver = () -> adapter.removeAll(cid);
        onLoop(one, () -> adapter.broadcast(message("last"), EVERYBODY));
        settle();

        assertThat(heard(ann)).containsExactly("last");
        assertThat(heard(cid)).containsExactly("last");
        assertThat(got(adapter.members(EVERYBODY))).containsExactlyInAnyOrder("bob", "dan");
    }

    @Test
    void anAdapterThatIsClosedHasForgottenAll() {
        adapter.add(ann, Set.of("a"));
        adapter.close();
        adapter.add(bob, Set.of("a"));
        broadcast("never", EVERYBODY);

        assertThat(whoGot("never")).isEmpty();
        assertThat(got(adapter.rooms())).isEmpty();
        assertThat(got(adapter.members(EVERYBODY))).isEmpty();
    }

    @Test
    void loopsThatHaveEndedAnswerNothing() {
        loops.close();

        assertThat(got(adapter.members(EVERYBODY))).isEmpty();
    }

    @Test
    void aMemberOfAnotherServerIsRefused() {
        try (EventLoops others = new EventLoops(IoKind.NIO, 1)) {
            TestMember stranger = new TestMember("eve", others.all().get(0));
            assertThatThrownBy(() -> adapter.add(stranger, Set.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("eve");
        }
    }

    private static void hold(CountDownLatch release) {
        try {
            assertThat(release.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private TestMember member(String id, Loop loop) {
        TestMember member = new TestMember(id, loop);
        adapter.add(member, Set.of());
        return member;
    }

    private void broadcast(String text, Audience audience) {
        adapter.broadcast(message(text), audience);
    }

    private static Message message(String text) {
        return Message.of(null, Payload.text(text));
    }

    private List<String> whoGot(String text) {
        settle();
        return List.of(ann, bob, cid, dan).stream()
                .filter(member -> member.texts().contains(text))
                .map(TestMember::id)
                .toList();
    }

    private List<String> heard(TestMember member) {
        settle();
        return member.texts();
    }

    /** Twice: what the first turn leaves for its end is done in the second. */
    private void settle() {
        assertThat(loops.awaitTurn(Duration.ofSeconds(20))).isTrue();
        assertThat(loops.awaitTurn(Duration.ofSeconds(20))).isTrue();
    }

    private static void onLoop(Loop loop, Runnable action) {
        CompletableFuture.runAsync(action, loop.eventLoop())
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private static <T> T got(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
