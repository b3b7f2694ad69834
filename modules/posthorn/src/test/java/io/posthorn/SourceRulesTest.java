package io.posthorn;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Holds every source file to the house style, and shows each rule on a small text that breaks it. */
class SourceRulesTest {
    private static final String MAIN = "modules/posthorn/src/main/java/io/posthorn/";

    /** What may break a rule, by the beginning of the sentence that tells of it, and why it may. */
    private static final Map<String, String> EXCEPTIONS = Map.of(
            MAIN + "websocket/Masking.java: Masking.unmask has 6 parameters",
            "a copy from an index to an index, as System.arraycopy has it, and the key");

    @Test
    void noSourceFileBreaksARule() {
        List<String> broken = new ArrayList<>();
        for (Path file : SourceTree.files(".java", ".js", ".mjs", ".css", ".html")) {
            String text = SourceTree.read(file);
            broken.addAll(SourceRules.tooLong(file.toString(), text));
            if (file.toString().endsWith(".java")) {
                boolean isApi = file.startsWith("modules/posthorn/src/main");
                SourceRules.java(text, isApi).forEach(sentence -> broken.add(file + ": " + sentence));
            }
        }

        assertThat(broken)
                .filteredOn(sentence -> EXCEPTIONS.keySet().stream().noneMatch(sentence::startsWith))
                .isEmpty();
        assertThat(EXCEPTIONS.keySet())
                .as("exceptions, each needed")
                .allSatisfy(exception -> assertThat(broken).anyMatch(sentence -> sentence.startsWith(exception)));
    }

    @Test
    void aFileOf401LinesIsTooLong() {
        assertThat(SourceRules.tooLong("a.css", "\n".repeat(400))).isEmpty();
        assertThat(SourceRules.tooLong("a.css", "\n".repeat(401)))
                .containsExactly("a.css has 401 lines, and 400 are allowed");
    }

    @Test
    void aMethodOf61LinesIsTooLong() {
        assertThat(rules("class A { void f() {" + "\n".repeat(59) + "} }")).isEmpty();
        assertThat(rules("class A { void f() {" + "\n".repeat(60) + "} }"))
                .containsExactly("A.f has 61 lines, and 60 are allowed");
    }

    @Test
    void aSixthParameterIsOneTooMany() {
        assertThat(rules("class A { void f(int a, int b, int c, int d, int e) {} }"))
                .isEmpty();
        assertThat(rules("class A { void f(int a, int b, int c, int d, int e, int f) {} }"))
                .containsExactly("A.f has 6 parameters, and 5 are allowed");
        assertThat(rules("record A(int a, int b, int c, int d, int e, int f) { A { a++; } }"))
                .isEmpty();
    }

    @Test
    void namesThatSayNothingAreRefused() {
        assertThat(
                        rules(
                                "class FooImpl {} class FooManager {} class FooHelper {} class FooUtil {} class AbstractFoo {}"))
                .hasSize(5)
                .allSatisfy(sentence -> assertThat(sentence).endsWith("has a name that says nothing"));
        assertThat(rules("package io.posthorn.common; class Foo {}")).hasSize(1);
        assertThat(rules("package io.posthorn.core.foo; class Foo {}")).hasSize(1);
    }

    @Test
    void whatIsPublicInTheLibraryIsDocumented() {
        String undocumented = "public class A { public void f() {} @Override public String toString() {} void g() {} }";
        assertThat(SourceRules.java(undocumented, true))
                .containsExactly("A is public and has no Javadoc", "A.f is public and has no Javadoc");
        assertThat(SourceRules.java("/** A. */ public class A { /** F. */ public void f() {} }", true))
                .isEmpty();
    }

    private static List<String> rules(String text) {
        return SourceRules.java(text, false);
    }
}
