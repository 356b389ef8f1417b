package dev.lockstep.tlc;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * Loads the classes of TLC, and ours that touch them, afresh, and everything else from where it is. TLC keeps much of
 * its state in static fields; this way each use has its own, and two uses can go on at the same time.
 */
final class IsolatedLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private static final String INSIDE = "dev.lockstep.tlc.inside.";
    private static final List<String> OWN =
            List.of("tlc2.", "tla2sany.", "util.", "pcal.", "tla2tex.", "model.", INSIDE);

    private IsolatedLoader(URL[] places) {
        super(places, IsolatedLoader.class.getClassLoader());
    }

    static IsolatedLoader create() {
        // In the packaged program both are in one jar.
        Path tlc = TlcDistribution.bundled().location();
        Path ours = TlcDistribution.locationOf(IsolatedLoader.class);
        return new IsolatedLoader(Stream.of(tlc, ours).distinct().map(IsolatedLoader::url).toArray(URL[]::new));
    }

    /** Creates an object of a class of the package {@code inside}, which has one public constructor. */
    @SuppressWarnings("unchecked")
    <T> Callable<T> create(String simpleName, Object... arguments) {
        try {
            Class<?> type = Class.forName(INSIDE + simpleName, true, this);
            return (Callable<T>) type.getConstructors()[0].newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a class that touches TLC cannot be used: " + e, e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (OWN.stream().noneMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
        }
    }

    /**
     * Opens a resource. The inherited method would close, with this loader, a jar that the JVM shares among all who
     * read from it.
     */
    @Override
    public InputStream getResourceAsStream(String name) {
        URL url = getResource(name);
        if (url == null) {
            return null;
        }
        try {
            URLConnection connection = url.openConnection();
            connection.setUseCaches(false);
            return connection.getInputStream();
        } catch (IOException e) {
            return null;
        }
    }

    private static URL url(Path place) {
        try {
            return place.toUri().toURL();
        } catch (IOException e) {
            throw new IllegalStateException(place + " cannot be a class path", e);
        }
    }

    /** Closes the jars. A class that was not needed until now cannot be loaded any more. */
    @Override
    public void close() {
        try {
            super.close();
        } catch (IOException e) {
            throw new TlcException("the classes of TLC could not be closed: " + e.getMessage(), e);
        }
    }
}
