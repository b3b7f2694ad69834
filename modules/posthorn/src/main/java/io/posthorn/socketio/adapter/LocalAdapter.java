package io.posthorn.socketio.adapter;

import io.posthorn.loop.EventLoops;
import io.posthorn.loop.Loop;
import io.posthorn.transport.Message;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The rooms of one namespace on one server. Each loop keeps those of its own members; an operation is one entry in a
 * loop's mailbox, or in all of them, and so happens there in the order in which its caller asked for it.
 */
public final class LocalAdapter implements Adapter {
    private final Map<Loop, LoopRooms> rooms = new HashMap<>();

    /** An adapter for members that live on these loops. */
    public LocalAdapter(EventLoops loops) {
        loops.all().forEach(loop -> rooms.put(loop, new LoopRooms(loop)));
    }

    @Override
    public void add(Member member, Set<String> names) {
        Set<String> joined = Set.copyOf(names);
        LoopRooms home = home(member);
        home.execute(() -> home.add(member, joined));
    }

    @Override
    public void remove(Member member, String room) {
        LoopRooms home = home(member);
        home.execute(() -> home.remove(member, Set.of(room)));
    }

    @Override
    public void removeAll(Member member) {
        LoopRooms home = home(member);
        home.execute(() -> home.removeAll(member));
    }

    @Override
    public void addAll(Audience audience, Set<String> names) {
        Set<String> joined = Set.copyOf(names);
        onAll(loop -> loop.visit(audience, member -> loop.add(member, joined)));
    }

    @Override
    public void removeAll(Audience audience, Set<String> names) {
        Set<String> left = Set.copyOf(names);
        onAll(loop -> loop.visit(audience, member -> loop.remove(member, left)));
    }

    @Override
    public void broadcast(Message message, Audience audience) {
        onAll(loop -> loop.offer(message, audience));
    }

    @Override
    public CompletionStage<Integer> visit(Audience audience, Consumer<Member> action) {
        return gather(loop -> loop.visit(audience, action))
                .thenApply(counts -> counts.stream().mapToInt(Integer::intValue).sum());
    }

    @Override
    public CompletionStage<Set<String>> members(Audience audience) {
        return gather(loop -> loop.ids(audience)).thenApply(LocalAdapter::union);
    }

    @Override
    public CompletionStage<Set<String>> rooms() {
        return gather(LoopRooms::names).thenApply(LocalAdapter::union);
    }

    @Override
    public CompletionStage<Integer> serverCount() {
        return CompletableFuture.completedFuture(1);
    }

    @Override
    public void close() {
        onAll(LoopRooms::close);
    }

    private LoopRooms home(Member member) {
        LoopRooms home = rooms.get(member.loop());
        if (home == null) {
            throw new IllegalArgumentException("A member of another server: " + member.id());
        }
        return home;
    }

    private void onAll(Consumer<LoopRooms> action) {
        for (LoopRooms loop : rooms.values()) {
            loop.execute(() -> action.accept(loop));
        }
    }

    /** What each loop answers, once all have; a loop that has ended answers nothing. */
    private <T> CompletableFuture<List<T>> gather(Function<LoopRooms, T> question) {
        Gathering<T> gathering = new Gathering<>(rooms.size());
        for (LoopRooms loop : rooms.values()) {
            boolean asked = loop.execute(() -> gathering.ask(() -> question.apply(loop)));
            if (!asked) {
                gathering.skip();
            }
        }
        return gathering.answers();
    }

    private static Set<String> union(List<Set<String>> sets) {
        Set<String> all = new HashSet<>();
        sets.forEach(all::addAll);
        return Set.copyOf(all);
    }
}
