package io.posthorn.http;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionGateTest {
    private final ConnectionGate gate = new ConnectionGate(HttpOptions.defaults());

    @Test
    void connectionsOfOneAddressShareIt() throws Exception {
        InetSocketAddress first = address("192.0.2.1", 1);
        InetSocketAddress second = address("192.0.2.1", 2);
        assertThat(gate.enter(first)).isNull();
        assertThat(gate.enter(second)).isNull();
        assertThat(gate.shared(second)).isEqualTo(second);
        assertThat(gate.shared(second).getAddress()).isSameAs(first.getAddress());
    }

    @Test
    void addressesOfOneNetworkStayApart() throws Exception {
        InetSocketAddress other = address("2001:db8::2", 2);
        gate.enter(address("2001:db8::1", 1));
        gate.enter(other);
        assertThat(gate.shared(other)).isEqualTo(other);
    }

    @Test
    void whoeverHasLeftIsNotKept() throws Exception {
        InetSocketAddress first = address("192.0.2.1", 1);
        InetSocketAddress next = address("192.0.2.1", 2);
        gate.enter(first);
        gate.leave(first);
        gate.enter(next);
        assertThat(gate.shared(next).getAddress()).isSameAs(next.getAddress());
    }

    private static InetSocketAddress address(String host, int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }
}
