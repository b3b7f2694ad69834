package io.posthorn.playground.lab;

import io.posthorn.Posthorn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.awaitility.Awaitility.await;

/** A cut that finds nothing open waits for the next poll, but not for ever. */
class CutBetweenPollsTest {
    private final Posthorn posthorn = Posthorn.create();
    private int port;

    @AfterEach
    void close() {
        posthorn.close();
    }

    @Test
    void itIsForgottenWhereTheNextPollIsLate() throws Exception {
        Duration betweenPolls = Duration.ofMillis(500);
        Lab lab = lab(Duration.ofMinutes(1), betweenPolls);
        LabPage page = new LabPage(port);
        poll(page, lab);
        page.say("cut short-polling");
        page.answer("time", "time");
        long cut = System.nanoTime();
        await().until(() -> System.nanoTime() - cut > betweenPolls.toNanos());

        poll(page, lab);
    }

    @Test
    void itIsForgottenWhenTheVisitorIsOnlineAgain() throws Exception {
        Lab lab = lab(Duration.ofSeconds(1), Duration.ofMinutes(1));
        LabPage page = new LabPage(port);
        poll(page, lab);
        page.say("offline");
        await().until(() -> page.told("offline").contains(0));

        poll(page, lab);
    }

    private Lab lab(Duration offline, Duration betweenPolls) throws Exception {
        LabLimits limits = LabLimits.DEFAULTS.withTimes(offline, betweenPolls);
        Lab lab = Lab.addTo(posthorn, new Budget(Long.MAX_VALUE), limits);
        port = posthorn.listen("127.0.0.1", 0);
        return lab;
    }

    /** A poll that is answered, and over. */
    private void poll(LabPage page, Lab lab) throws Exception {
        try (RawReader client = new RawReader(port)) {
            client.get(page.reads("short-polling")).awaits(1, "HTTP/1.1 200 ");
            await().until(() -> lab.live() == 0);
        }
    }
}
