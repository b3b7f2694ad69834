package io.posthorn.http;

import java.util.Collections;
import java.util.Map;

/**
 * What HTTP has counted since the server was made.
 *
 * @param opened connections accepted
 * @param closed connections ended, upgraded ones too
 * @param requests complete requests that reached a handler
 * @param responses answers by class of status, refusals too
 * @param refusals what was refused, by reason
 * @param upgrades connections handed over to another protocol
 * @param streams answers whose body went on, each until its connection ended
 * @param abandoned requests whose sender left before the answer
 * @param idle connections closed because nothing happened for too long
 * @param failures handlers that threw
 */
public record HttpStats(
        long opened,
        long closed,
        long requests,
        Responses responses,
        Map<Refusal, Long> refusals,
        long upgrades,
        long streams,
        long abandoned,
        long idle,
        long failures) {
    /** Keeps the refusals from change. */
    public HttpStats {
        refusals = Collections.unmodifiableMap(refusals);
    }

    /** Connections that are open now. */
    public long active() {
        return opened - closed;
    }

    /** How often something was refused for one reason. */
    public long refused(Refusal refusal) {
        return refusals.getOrDefault(refusal, 0L);
    }

    /**
     * Answers by class of status.
     *
     * @param informational 1xx
     * @param successful 2xx
     * @param redirections 3xx
     * @param clientErrors 4xx
     * @param serverErrors 5xx
     */
    public record Responses(
            long informational, long successful, long redirections, long clientErrors, long serverErrors) {
        static Responses of(long[] byClass) {
            return new Responses(byClass[0], byClass[1], byClass[2], byClass[3], byClass[4]);
        }
    }
}
