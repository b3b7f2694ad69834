package io.posthorn.json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * Names a type that is generic, by a class without a body:
 *
 * <pre>{@code
 * new TypeRef<List<Price>>() {}
 * }</pre>
 *
 * For all threads; worth a constant where it is used often.
 */
public abstract class TypeRef<T> {
    private final Type type;

    /**
     * What stands between the angle brackets is the type.
     *
     * @throws IllegalStateException if nothing stands there
     */
    protected TypeRef() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parent)
                || parent.getRawType() != TypeRef.class) {
            throw new IllegalStateException("a TypeRef is made as new TypeRef<List<Price>>() {}");
        }
        this.type = parent.getActualTypeArguments()[0];
    }

    /** The type. */
    public final Type type() {
        return type;
    }

    @Override
    public final String toString() {
        return type.getTypeName();
    }
}
