package dev.lockstep.mutants;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Lockstep with a fault planted, beside the one that is right: its classes once more, from a loader of their own that finds those
 * of the mutant first. What is not Lockstep's is shared, so a {@link Function} of strings leads from the one to the other; so are graphs
 * and suites, which have nothing of a mirror, so that one is explored for many mutants. Thread-safe.
 */
public final class PlantedMirror implements AutoCloseable {
    private static final String OURS = "dev.lockstep.";
    private static final List<String> SHARED = List.of("dev.lockstep.trace.", "dev.lockstep.suite.", "dev.lockstep.mutants.");

    private final URLClassLoader loader;

    /**
     * Plants a mutant.
     *
     * @param mutant the mutant
     * @param folder an empty folder, for its source and classes
     * @throws IOException if it does not fit the source
     */
    public PlantedMirror(Mutant mutant, Path folder) throws IOException {
        String classes = System.getProperty("java.class.path");
        List<URL> urls = new ArrayList<>();
        urls.add(url(Planting.plant(mutant, folder, classes)));
        for (String each : classes.split(File.pathSeparator)) {
            urls.add(url(Path.of(each)));
        }
        loader = new OwnFirst(urls.toArray(URL[]::new));
    }

    private static URL url(Path path) throws MalformedURLException {
        return path.toUri().toURL();
    }

    private static final class OwnFirst extends URLClassLoader {
        OwnFirst(URL[] urls) {
            super(urls, PlantedMirror.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith(OURS) || SHARED.stream().anyMatch(name::startsWith)) {
                    return super.loadClass(name, resolve);
                }
                Class<?> found = findLoadedClass(name);
                return found == null ? findClass(name) : found;
            }
        }
    }

    /**
     * Has a class at work among the planted ones.
     *
     * @param type a class of Lockstep's or of its tests, with a public constructor that takes nothing
     * @param with what it is given
     * @return what it says
     */
    @SuppressWarnings("unchecked")
    public List<String> run(Class<? extends Function<List<String>, List<String>>> type, String... with) {
        return ((Function<List<String>, List<String>>) made(type)).apply(List.of(with));
    }

    /**
     * {@return what replays on the planted mirror}
     *
     * @param type a class of Lockstep's with a public constructor that takes nothing
     */
    public Replaying replaying(Class<? extends Replaying> type) {
        return (Replaying) made(type);
    }

    private Object made(Class<?> type) {
        try {
            return loader.loadClass(type.getName()).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
