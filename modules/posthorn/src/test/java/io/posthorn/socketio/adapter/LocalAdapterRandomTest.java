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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Random operations over several loops, against what is obviously right. */
class LocalAdapterRandomTest {
    private static final int MEMBERS = 24;
    private static final int STEPS = 600;
    private static final List<String> ROOMS = List.of("a", "b", "c", "d", "m1", "m2");

    private final EventLoops loops = new EventLoops(IoKind.NIO, 3);

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void oneCallersOperationsDoWhatTheModelDoes() {
        for (long seed = 0; seed < 30; seed++) {
            LocalAdapter adapter = new LocalAdapter(loops);
            Caller caller = new Caller(adapter, "m", new Random(seed));
            caller.run();
            settle();

            caller.assertAllGotWhatTheyShould("seed " + seed);
            caller.assertRoomsAreThoseOfTheModel(got(adapter.rooms()));
            caller.removeAll();
            assertThat(got(adapter.rooms())).isEmpty();
            assertThat(got(adapter.members(Audience.everybody()))).isEmpty();
        }
    }

    @Test
    void callersOnSeveralThreadsDoNotDisturbEachOther() throws InterruptedException {
        LocalAdapter adapter = new LocalAdapter(loops);
        List<Caller> callers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            // Each has members and rooms of its own, and so an order of its own that its members must have seen.
            Caller caller = new Caller(adapter, "thread" + i + "-", new Random(i));
            callers.add(caller);
            threads.add(new Thread(caller::run));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        settle();

        for (Caller caller : callers) {
            caller.assertAllGotWhatTheyShould("several threads");
            caller.removeAll();
        }
        assertThat(got(adapter.rooms())).isEmpty();
        assertThat(got(adapter.members(Audience.everybody()))).isEmpty();
    }

    private void settle() {
        assertThat(loops.awaitTurn(Duration.ofSeconds(20))).isTrue();
        assertThat(loops.awaitTurn(Duration.ofSeconds(20))).isTrue();
    }

    private static <T> T got(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** A member as the model has it: its rooms, and what it should have got. */
    private static final class Expected {
        private final Set<String> rooms = new TreeSet<>();
        private final List<String> texts = new ArrayList<>();
        private boolean present;
    }

    private final class Caller {
        private final LocalAdapter adapter;
        private final String prefix;
        private final Random random;
        private final Map<TestMember, Expected> model = new LinkedHashMap<>();
        private final List<TestMember> members = new ArrayList<>();

        Caller(LocalAdapter adapter, String prefix, Random random) {
            this.adapter = adapter;
            this.prefix = prefix;
            this.random = random;
            List<Loop> all = loops.all();
            for (int i = 0; i < MEMBERS; i++) {
                TestMember member = new TestMember(prefix + i, all.get(random.nextInt(all.size())));
                member.takesBursts = random.nextBoolean();
                members.add(member);
                model.put(member, new Expected());
                add(member, Set.of());
            }
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                TestMember member = members.get(random.nextInt(MEMBERS));
                switch (random.nextInt(8)) {
                    case 0, 1 -> add(member, someRooms());
                    case 2 -> remove(member, room());
                    case 3 -> removeAll(member);
                    case 4 -> moveAll(audience(false));
                    default -> broadcast("message " + step, audience(random.nextBoolean()));
                }
            }
        }

        private void add(TestMember member, Set<String> rooms) {
            adapter.add(member, rooms);
            expected(member).present = true;
            expected(member).rooms.addAll(rooms);
            expected(member).rooms.add(member.id());
        }

        private void remove(TestMember member, String room) {
            adapter.remove(member, room);
            if (!room.equals(member.id())) {
                expected(member).rooms.remove(room);
            }
        }

        private void removeAll(TestMember member) {
            adapter.removeAll(member);
            expected(member).present = false;
            expected(member).rooms.clear();
        }

        void removeAll() {
            members.forEach(this::removeAll);
        }

        private void moveAll(Audience audience) {
            String to = room();
            String from = room();
            adapter.addAll(audience, Set.of(to));
            meant(audience).forEach(member -> expected(member).rooms.add(to));
            adapter.removeAll(audience, Set.of(from));
            meant(audience).stream()
                    .filter(member -> !member.id().equals(from))
                    .forEach(member -> expected(member).rooms.remove(from));
        }

        private void broadcast(String text, Audience audience) {
            adapter.broadcast(Message.of(null, Payload.text(text)), audience);
            meant(audience).forEach(member -> expected(member).texts.add(text));
        }

        private List<TestMember> meant(Audience audience) {
            return members.stream()
                    .filter(member -> {
                        Expected expected = expected(member);
                        boolean in = audience.rooms().isEmpty()
                                || audience.rooms().stream().anyMatch(expected.rooms::contains);
                        return expected.present
                                && in
                                && audience.except().stream().noneMatch(expected.rooms::contains);
                    })
                    .toList();
        }

        /** Never everybody where other threads have members too: who is meant is this caller's alone. */
        private Audience audience(boolean withExceptions) {
            Set<String> rooms = new HashSet<>(someRooms());
            rooms.add(room());
            boolean all = prefix.equals("m") && random.nextInt(4) == 0;
            Set<String> except = withExceptions ? someRooms() : Set.of();
            return new Audience(all ? Set.of() : rooms, except, false, Delivery.DROPPABLE);
        }

        private Set<String> someRooms() {
            Set<String> rooms = new HashSet<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                rooms.add(room());
            }
            return rooms;
        }

        /** Now and then it is a member's own. */
        private String room() {
            String name = ROOMS.get(random.nextInt(ROOMS.size()));
            return name.startsWith("m") ? prefix + name.substring(1) : prefix + "-" + name;
        }

        private Expected expected(TestMember member) {
            return model.computeIfAbsent(member, missing -> new Expected());
        }

        void assertAllGotWhatTheyShould(String when) {
            model.forEach((member, expected) -> {
                assertThat(member.texts()).as("%s, %s", when, member).isEqualTo(expected.texts);
                assertThat(member.rooms).as("%s, %s", when, member).isEqualTo(expected.rooms);
                int flushed = member.flushes.isEmpty() ? 0 : member.flushes.get(member.flushes.size() - 1);
                assertThat(flushed).as("%s, all flushed", member).isEqualTo(expected.texts.size());
            });
        }

        void assertRoomsAreThoseOfTheModel(Set<String> rooms) {
            Set<String> expected = model.entrySet().stream()
                    .flatMap(entry -> entry.getValue().rooms.stream()
                            .filter(room -> !room.equals(entry.getKey().id())))
                    .collect(Collectors.toSet());
            assertThat(rooms).isEqualTo(expected);
        }
    }
}
