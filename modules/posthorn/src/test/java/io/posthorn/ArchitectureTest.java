package io.posthorn;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** The library's packages lie in layers, and each may import what its row names: an arrow only points down. */
class ArchitectureTest {
    private static final String ROOT = "io.posthorn";
    private static final String NETTY = "io.netty";
    private static final String JACKSON = "tools.jackson";

    /** Bottom to top: a package, and which of the packages that not all may use it may import. */
    private static final Map<String, List<String>> MAY_IMPORT = Map.ofEntries(
            row("loop", NETTY),
            row("json", JACKSON),
            row("http", "loop", NETTY),
            row("websocket", "http", "loop", NETTY),
            row("transport", "websocket", "http", "loop", NETTY),
            row("feed", "transport", "websocket", "http", "json", "loop"),
            row("engineio", "transport", "websocket", "http", "json", "loop"),
            row("socketio.protocol", "transport", "json"),
            row("socketio.adapter", "socketio.protocol", "transport", "loop"),
            row(
                    "socketio",
                    "socketio.adapter",
                    "socketio.protocol",
                    "engineio",
                    "feed",
                    "transport",
                    "http",
                    "json",
                    "loop"),
            row("", "socketio", "engineio", "feed", "transport", "websocket", "http", "loop", NETTY));

    private static final List<String> ALL_MAY_IMPORT = List.of("java", "javax", "org.slf4j", "org.jspecify");

    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void everyPackageHasItsRow() {
        assertThat(packages()).isNotEmpty().isSubsetOf(MAY_IMPORT.keySet());
    }

    @Test
    void aPackageImportsOnlyWhatItsRowNames() {
        classes().should(new ImportWhatTheRowNames()).check(LIBRARY);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().assignedFrom(new OnePerPackage()).should().beFreeOfCycles().check(LIBRARY);
    }

    @Test
    void noWebSocketCodeOfNettyIsUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty.handler.codec.http.websocketx..")
                .check(LIBRARY);
    }

    @Test
    void onlyTheJsonPackageKnowsJackson() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.posthorn.json")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(JACKSON + "..", "com.fasterxml.jackson..")
                .check(LIBRARY);
    }

    /** A package below the root; what it may import is too, but for what belongs to others. */
    private static Map.Entry<String, List<String>> row(String name, String... imported) {
        List<String> names = Stream.of(imported)
                .map(other -> other.equals(NETTY) || other.equals(JACKSON) ? other : ROOT + "." + other)
                .toList();
        return Map.entry(name.isEmpty() ? ROOT : ROOT + "." + name, names);
    }

    private static List<String> packages() {
        return LIBRARY.stream().map(JavaClass::getPackageName).distinct().toList();
    }

    private static final class ImportWhatTheRowNames extends ArchCondition<JavaClass> {
        ImportWhatTheRowNames() {
            super("import only what the package's row names");
        }

        @Override
        public void check(JavaClass from, ConditionEvents events) {
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                if (!mayImport(from.getPackageName(), target(dependency))) {
                    events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                }
            }
        }

        private static String target(Dependency dependency) {
            return dependency.getTargetClass().getBaseComponentType().getPackageName();
        }

        private static boolean mayImport(String from, String target) {
            // Primitive types have no package.
            if (target.isEmpty() || target.equals(from)) {
                return true;
            }
            List<String> row = MAY_IMPORT.getOrDefault(from, List.of());
            if (target.equals(ROOT) || target.startsWith(ROOT + ".")) {
                return row.contains(target);
            }
            return Stream.concat(ALL_MAY_IMPORT.stream(), row.stream())
                    .anyMatch(allowed -> target.equals(allowed) || target.startsWith(allowed + "."));
        }
    }

    private static final class OnePerPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().startsWith(ROOT)
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
