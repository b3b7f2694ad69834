package io.posthorn.websocket;

import java.util.List;
import java.util.Optional;

/** Which of a client's offers of permessage-deflate is accepted (RFC 7692 5): the first that is valid, if any. */
final class DeflateNegotiation {
    private DeflateNegotiation() {}

    static Optional<DeflateParameters> agree(List<ExtensionHeader.Extension> offers, WebSocketOptions options) {
        return options.deflate()
                .flatMap(wishes -> offers.stream()
                        .filter(offer -> offer.name().equals(DeflateParameters.EXTENSION))
                        .flatMap(offer -> DeflateParameters.ofOffer(offer).stream())
                        .findFirst()
                        .map(offer -> offer.agreeWith(wishes)));
    }
}
