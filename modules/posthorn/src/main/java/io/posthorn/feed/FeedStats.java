package io.posthorn.feed;

import io.posthorn.transport.TransportType;

import java.util.Map;

/**
 * What all feeds of a server have counted.
 *
 * @param feeds feeds now, those of patterns too
 * @param opened readers that came, by transport; each poll is one
 * @param closed readers that went
 * @param published messages published
 * @param delivered messages given to readers that were there, each reader counted
 * @param dropped messages dropped for readers that were too slow
 * @param gaps gaps that readers were told of
 * @param untoldGaps gaps that their transport had no words for
 * @param slowReaders readers disconnected for being too slow
 * @param refusedReaders requests to read that were refused
 * @param refusedPublishes requests to publish that were refused
 * @param sourceFailures sources that threw
 */
public record FeedStats(
        long feeds,
        Map<TransportType, Long> opened,
        Map<TransportType, Long> closed,
        long published,
        long delivered,
        long dropped,
        long gaps,
        long untoldGaps,
        long slowReaders,
        long refusedReaders,
        long refusedPublishes,
        long sourceFailures) {
    /** Readers of a transport now. */
    public long readers(TransportType type) {
        return opened.getOrDefault(type, 0L) - closed.getOrDefault(type, 0L);
    }
}
