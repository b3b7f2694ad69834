package io.posthorn.bench.peers;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketConfig;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.listener.DataListener;
import com.corundumstudio.socketio.listener.MultiTypeEventListener;
import com.corundumstudio.socketio.store.MemoryStoreFactory;

/** The peer netty-socketio: native epoll, one accepting thread and one for the connections, no compression. */
public final class NettySocketIoServer {
    private static final int BACKLOG = 4096;

    private NettySocketIoServer() {}

    /**
     * Serves until the process is ended.
     *
     * @param args {@code --port N}
     */
    public static void main(String[] args) {
        if (args.length != 2 || !args[0].equals("--port")) {
            throw new IllegalArgumentException("usage: NettySocketIoServer --port N");
        }
        SocketIOServer server = new SocketIOServer(configuration(Integer.parseInt(args[1])));
        addListeners(server);
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
        server.start();
        System.out.println("netty-socketio listening on port " + args[1]);
    }

    private static Configuration configuration(int port) {
        SocketConfig sockets = new SocketConfig();
        sockets.setTcpNoDelay(true);
        sockets.setReuseAddress(true);
        sockets.setAcceptBackLog(BACKLOG);
        Configuration configuration = new Configuration();
        configuration.setHostname("127.0.0.1");
        configuration.setPort(port);
        configuration.setBossThreads(1);
        configuration.setWorkerThreads(1);
        configuration.setUseLinuxNativeEpoll(true);
        configuration.setSocketConfig(sockets);
        configuration.setStoreFactory(new MemoryStoreFactory());
        configuration.setTransports(Transport.WEBSOCKET, Transport.POLLING);
        configuration.setWebsocketCompression(false);
        configuration.setHttpCompression(false);
        return configuration;
    }

    private static void addListeners(SocketIOServer server) {
        server.addEventListener("echo", String.class, (client, text, ack) -> client.sendEvent("echo", text));
        DataListener<String> publish = (client, text, ack) -> server.getBroadcastOperations().sendEvent("message", text);
        server.addEventListener("publish", String.class, publish);
        server.addEventListener("join", String.class, (client, room, ack) -> client.joinRoom(room));
        MultiTypeEventListener publishTo = (client, args, ack) -> {
            String room = args.first();
            String text = args.second();
            server.getRoomOperations(room).sendEvent("message", text);
        };
        server.addMultiTypeEventListener("publish-to", publishTo, String.class, String.class);
    }
}
