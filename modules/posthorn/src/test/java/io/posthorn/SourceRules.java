package io.posthorn;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * What the house style asks of one source file, told as the sentences in which the file breaks it. Each begins with
 * the place: {@code Type} or {@code Type.method}.
 */
final class SourceRules {
    static final int MAX_FILE_LINES = 400;
    static final int MAX_METHOD_LINES = 60;
    static final int MAX_PARAMETERS = 5;

    private static final Pattern BANNED_TYPE = Pattern.compile("(.*(Impl|Manager|Helper|Utils?))|(Abstract.*)");
    private static final Pattern BANNED_PACKAGE = Pattern.compile("(.*\\.)?(common|core|utils?)(\\..*)?");

    private SourceRules() {}

    static List<String> tooLong(String name, String text) {
        long lines = text.lines().count();
        return lines <= MAX_FILE_LINES
                ? List.of()
                : List.of(name + " has " + lines + " lines, and " + MAX_FILE_LINES + " are allowed");
    }

    /** The rules for Java. Documentation is asked of public types and methods where they are the library's API. */
    static List<String> java(String text, boolean isApi) {
        Source source = new Source(text);
        JavacTask task =
                (JavacTask) ToolProvider.getSystemJavaCompiler().getTask(null, null, null, null, null, List.of(source));
        Scanner scanner = new Scanner(DocTrees.instance(task), isApi);
        try {
            task.parse().forEach(unit -> scanner.scan(unit, null));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return scanner.broken;
    }

    private static final class Scanner extends TreePathScanner<Void, Void> {
        final List<String> broken = new ArrayList<>();
        private final DocTrees trees;
        private final boolean isApi;

        Scanner(DocTrees trees, boolean isApi) {
            this.trees = trees;
            this.isApi = isApi;
        }

        @Override
        public Void visitCompilationUnit(CompilationUnitTree unit, Void none) {
            String name = String.valueOf(unit.getPackageName());
            if (BANNED_PACKAGE.matcher(name).matches()) {
                broken.add(name + " is a package for anything; name what is in it");
            }
            return super.visitCompilationUnit(unit, null);
        }

        @Override
        public Void visitClass(ClassTree type, Void none) {
            String name = type.getSimpleName().toString();
            if (BANNED_TYPE.matcher(name).matches()) {
                broken.add(name + " has a name that says nothing");
            }
            if (isApi && isPublic(type.getModifiers().getFlags()) && isUndocumented()) {
                broken.add(name + " is public and has no Javadoc");
            }
            return super.visitClass(type, null);
        }

        @Override
        public Void visitMethod(MethodTree method, Void none) {
            ClassTree owner = (ClassTree) getCurrentPath().getParentPath().getLeaf();
            String name = owner.getSimpleName() + "." + method.getName();
            long lines = lines(method);
            if (lines > MAX_METHOD_LINES) {
                broken.add(name + " has " + lines + " lines, and " + MAX_METHOD_LINES + " are allowed");
            }
            // What a record's constructor takes are its components.
            boolean isRecordConstructor = owner.getKind() == Tree.Kind.RECORD && method.getReturnType() == null;
            if (method.getParameters().size() > MAX_PARAMETERS && !isRecordConstructor) {
                broken.add(name + " has " + method.getParameters().size() + " parameters, and " + MAX_PARAMETERS
                        + " are allowed");
            }
            if (isApi && isApi(owner, method) && isUndocumented()) {
                broken.add(name + " is public and has no Javadoc");
            }
            return super.visitMethod(method, null);
        }

        private boolean isUndocumented() {
            return trees.getDocComment(getCurrentPath()) == null;
        }

        private long lines(MethodTree method) {
            CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
            long start = trees.getSourcePositions().getStartPosition(unit, method);
            long end = trees.getSourcePositions().getEndPosition(unit, method);
            return unit.getLineMap().getLineNumber(end) - unit.getLineMap().getLineNumber(start) + 1;
        }

        private static boolean isApi(ClassTree owner, MethodTree method) {
            boolean overrides = method.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
            return isPublic(owner.getModifiers().getFlags())
                    && isPublic(method.getModifiers().getFlags())
                    && !overrides;
        }

        private static boolean isPublic(Set<Modifier> flags) {
            return flags.contains(Modifier.PUBLIC);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
