package io.posthorn.socketio;

import io.posthorn.engineio.EngineSession;
import io.posthorn.engineio.SessionCloseReason;
import io.posthorn.engineio.SessionListener;
import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;
import io.posthorn.loop.TimerWheel;
import io.posthorn.socketio.protocol.Packet;
import io.posthorn.socketio.protocol.PacketDecoder;
import io.posthorn.socketio.protocol.PacketEncoder;
import io.posthorn.socketio.protocol.PacketException;
import io.posthorn.transport.Burst;
import io.posthorn.transport.Message;
import io.posthorn.transport.Outbox.Delivery;
import io.posthorn.transport.TransportType;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * One Engine.IO session as Socket.IO sees it: its packets, and its sockets, one for each namespace that it is in. A client
 * that joins none in time is closed. It lives on the session's loop; the session's end is its own.
 */
@OnLoop
final class Client implements SessionListener {
    /** So many gone sockets whose handlers still run are waited for, before more is read. */
    private static final int MANY_GONE = 8;

    /** More of them than a client has that waits for any answer. */
    private static final int TOO_MANY_GONE = 64;

    private final SocketIo server;
    private final EngineSession session;
    private final PacketDecoder decoder;
    /** By namespace. Exchanged, never changed: most clients have one, for good. */
    private Map<String, SocketConnection> sockets = Map.of();

    private @Nullable Backlog backlog;
    private @Nullable Set<String> left;
    private TimerWheel.@Nullable Deadline connectDeadline;
    private TimerWheel.@Nullable Deadline attachmentDeadline;
    private @Nullable AfterConnect afterConnect;

    Client(SocketIo server, EngineSession session) {
        this.server = server;
        this.session = session;
        this.decoder = new PacketDecoder(server.options().engine().limits().maxPayload());
        TimerWheel.Deadline deadline = new ConnectDeadline();
        connectDeadline = deadline;
        loop().timers().schedule(deadline, server.options().connectTimeout().toNanos());
    }

    Loop loop() {
        return session.loop();
    }

    EngineSession session() {
        return session;
    }

    @Override
    public void onText(byte[] message, int from) {
        try {
            take(decoder.text(message, from));
            watchAttachments();
        } catch (PacketException broken) {
            refuse(String.valueOf(broken.getMessage()));
        }
    }

    @Override
    public void onBinary(byte[] bytes) {
        try {
            take(decoder.binary(bytes));
            watchAttachments();
        } catch (PacketException broken) {
            refuse(String.valueOf(broken.getMessage()));
        }
    }

    @Override
    public void onClose(SessionCloseReason reason, String description) {
        end(reason(reason), description);
    }

    /** A socket is connected: the client is told before anything else reaches it. */
    void connected(SocketConnection socket) {
        if (connectDeadline != null) {
            loop().timers().cancel(connectDeadline);
            connectDeadline = null;
        }
        byte[] answer = server.connectAnswer(socket.id());
        endAfterConnect();
        session.offer(PacketEncoder.connect(socket.namespace().name(), answer), Delivery.CERTAIN);
        session.flush();
        if (session.transport() == TransportType.WEB_SOCKET) {
            afterConnect = new AfterConnect(session, () -> afterConnect = null);
        }
    }

    /** A middleware has said no. */
    void refused(SocketConnection socket, RefusedException refusal) {
        server.counters().refusedConnects.increment();
        String name = socket.namespace().name();
        remove(name, socket);
        try {
            refuse(name, String.valueOf(refusal.getMessage()), refusal.rawData());
        } catch (IllegalArgumentException unwritable) {
            socket.failed("middleware", unwritable);
            refuse(name, String.valueOf(refusal.getMessage()), null);
        }
    }

    /** The application ends a socket; the session stays. */
    void disconnect(SocketConnection socket) {
        String name = socket.namespace().name();
        remove(name, socket);
        // Until the client has heard of it, what it sends there is no violation.
        left = left == null ? new HashSet<>(2) : left;
        left.add(name);
        offer(PacketEncoder.disconnect(name), Delivery.CERTAIN);
        flushLater();
        socket.close(DisconnectReason.SERVER_NAMESPACE_DISCONNECT, "");
    }

    /** The application ends all of the client's sockets, and the session. */
    void close() {
        for (SocketConnection socket : sockets.values()) {
            if (socket.isConnected()) { // of one that is not, the client has not heard yet
                disconnect(socket);
            }
        }
        endAfterConnect();
        session.close();
    }

    void offer(Message message, Delivery delivery) {
        if (afterConnect == null) {
            session.offer(message, delivery);
        } else {
            loop().broadcasts().deliver(); // as the session does: what was broadcast before comes before
            afterConnect.offer(message, delivery);
        }
    }

    /** Sends messages that others get too, at once; false where nothing was done. */
    boolean offer(Burst burst) {
        return afterConnect == null && session.offer(burst);
    }

    void flush() {
        session.flush();
    }

    void flushLater() {
        session.flushLater();
    }

    /** So much waits for a socket's handlers that no more is read. */
    void pause(SocketConnection socket) {
        backlog().full.add(socket);
        session.pauseReading();
    }

    void resume(SocketConnection socket) {
        if (backlog == null) {
            return;
        }
        boolean wasBehind = isBehind();
        backlog.full.remove(socket);
        backlog.gone.remove(socket);
        if (wasBehind && !isBehind()) {
            session.resumeReading();
        }
    }

    private boolean isBehind() {
        return backlog != null && (!backlog.full.isEmpty() || backlog.gone.size() >= MANY_GONE);
    }

    private Backlog backlog() {
        backlog = backlog == null ? new Backlog() : backlog;
        return backlog;
    }

    private void add(String name, SocketConnection socket) {
        if (sockets.isEmpty()) {
            sockets = Map.of(name, socket);
            return;
        }
        Map<String, SocketConnection> more = new HashMap<>(sockets);
        more.put(name, socket);
        sockets = more;
    }

    private void remove(String name, SocketConnection socket) {
        Map<String, SocketConnection> fewer = new HashMap<>(sockets);
        fewer.remove(name, socket);
        sockets = fewer.isEmpty() ? Map.of() : fewer;
    }

    private void endAfterConnect() {
        if (afterConnect != null) {
            afterConnect.end();
        }
    }

    private void take(@Nullable Packet packet) {
        if (packet == null) {
            return; // attachments are still to come
        }
        SocketConnection socket = sockets.get(packet.namespace());
        switch (packet.type()) {
            case CONNECT -> connect(packet, socket);
            case DISCONNECT -> disconnected(packet, socket);
            case EVENT, ACK -> received(packet, socket);
            case CONNECT_ERROR -> outOfTurn("a client sends no CONNECT_ERROR");
        }
    }

    private void connect(Packet packet, @Nullable SocketConnection present) {
        String name = packet.namespace();
        if (present != null) {
            outOfTurn("a second CONNECT to the same namespace");
            return;
        }
        Namespace namespace = server.find(name);
        if (namespace == null) {
            server.counters().refusedConnects.increment();
            refuse(name, "Invalid namespace", null);
            return;
        }
        if (left != null) {
            left.remove(name);
        }
        String auth = packet.data().size() == 0 ? "" : packet.data().json(0);
        Handshake handshake = new Handshake(session.request(), auth);
        SocketConnection socket = new SocketConnection(this, namespace, server.nextId(), handshake);
        add(name, socket);
        socket.begin();
    }

    private void disconnected(Packet packet, @Nullable SocketConnection socket) {
        if (socket != null) {
            remove(packet.namespace(), socket);
            socket.close(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT, "");
            awaitHandlers(socket);
        } else if (!hasLeft(packet.namespace())) {
            outOfTurn("a DISCONNECT before CONNECT");
        }
    }

    /** What a socket has left behind counts: its client could come and go without an end. */
    private void awaitHandlers(SocketConnection socket) {
        if (socket.isIdle()) {
            return;
        }
        backlog().gone.add(socket);
        if (backlog().gone.size() > TOO_MANY_GONE) {
            outOfTurn("too many sockets that came and went");
        } else if (isBehind()) {
            session.pauseReading();
        }
    }

    private void received(Packet packet, @Nullable SocketConnection socket) {
        if (socket != null && socket.isConnected()) {
            socket.received(packet);
        } else if (!hasLeft(packet.namespace())) {
            outOfTurn("a packet for a namespace before CONNECT was accepted");
        }
    }

    private boolean hasLeft(String name) {
        return left != null && left.contains(name);
    }

    private void refuse(String name, String message, @Nullable Object data) {
        offer(PacketEncoder.connectError(name, message, data), Delivery.CERTAIN);
        flushLater();
    }

    private void refuse(String violation) {
        server.counters().violations.increment();
        session.fail(SessionCloseReason.PARSE_ERROR, violation);
    }

    /** A packet that never becomes whole would hold what has come of it for as long as its client answers pings. */
    private void watchAttachments() {
        if (decoder.isWaiting()) {
            attachmentDeadline = attachmentDeadline == null ? new AttachmentDeadline() : attachmentDeadline;
            long timeout = server.options().limits().attachmentTimeout().toNanos();
            loop().timers().schedule(attachmentDeadline, timeout);
        } else if (attachmentDeadline != null) {
            loop().timers().cancel(attachmentDeadline);
            attachmentDeadline = null;
        }
    }

    /** The client speaks when it may not: the connection ends. */
    private void outOfTurn(String what) {
        server.counters().violations.increment();
        forceClose(what);
    }

    private void forceClose(String what) {
        end(DisconnectReason.FORCED_SERVER_CLOSE, what);
        endAfterConnect();
        session.close();
    }

    private void end(DisconnectReason reason, String description) {
        if (connectDeadline != null) {
            loop().timers().cancel(connectDeadline);
            connectDeadline = null;
        }
        if (attachmentDeadline != null) {
            loop().timers().cancel(attachmentDeadline);
        }
        for (SocketConnection socket : sockets.values()) {
            socket.close(reason, description);
        }
        sockets = Map.of();
        backlog = null;
    }

    private static DisconnectReason reason(SessionCloseReason reason) {
        return switch (reason) {
            case TRANSPORT_ERROR, TOO_SLOW -> DisconnectReason.TRANSPORT_ERROR;
            case TRANSPORT_CLOSE -> DisconnectReason.TRANSPORT_CLOSE;
            case FORCED_CLOSE -> DisconnectReason.FORCED_CLOSE;
            case PING_TIMEOUT -> DisconnectReason.PING_TIMEOUT;
            case PARSE_ERROR -> DisconnectReason.PARSE_ERROR;
            case SERVER_SHUTTING_DOWN -> DisconnectReason.SERVER_SHUTTING_DOWN;
        };
    }

    /** Sockets that are behind with what has come for them; there are mostly none. */
    private static final class Backlog {
        final Set<SocketConnection> full = new HashSet<>();
        /** Those that the client has left, whose handlers still run. */
        final Set<SocketConnection> gone = new HashSet<>();
    }

    private final class ConnectDeadline extends TimerWheel.Deadline {
        @Override
        protected void onExpired() {
            connectDeadline = null;
            server.counters().connectTimeouts.increment();
            forceClose("no namespace was joined in time");
        }
    }

    private final class AttachmentDeadline extends TimerWheel.Deadline {
        @Override
        protected void onExpired() {
            if (!isBehind()) {
                refuse("an attachment did not come in time");
            } else {
                watchAttachments(); // it may be here, and not have been read
            }
        }
    }
}
