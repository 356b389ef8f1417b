package dev.lockstep.sut;

/** How the environment changes a page: the constant {@code Storing} of Mirror.tla. */
public enum Storing {
    /** The processor marks what it stores into, in one step. */
    MMAP("mmap"),
    /** write(): store, then mark, under the page's lock. */
    WRITE("write"),
    /** A file system stores into a buffer, then marks it. */
    STORE_MARK("storeMark"),
    /** A file system marks a buffer, then stores into it. */
    MARK_STORE("markStore"),
    /** No page is changed. */
    NONE("none");

    private final String written;

    Storing(String written) {
        this.written = written;
    }

    /** {@return as Mirror.tla writes it} */
    public String written() {
        return written;
    }
}
