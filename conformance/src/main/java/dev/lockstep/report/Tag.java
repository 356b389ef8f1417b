package dev.lockstep.report;

/**
 * An HTML element's name and attributes. Immutable.
 *
 * @param attributes as they stand in the page, escaped, each after a space
 */
record Tag(String name, String attributes) {
    static Tag tag(String name) {
        return new Tag(name, "");
    }

    Tag with(String attribute, String value) {
        return new Tag(name, attributes + " " + attribute + "=\"" + Html.escape(value) + "\"");
    }

    Tag id(String id) {
        return with("id", id);
    }

    Tag css(String classes) {
        return with("class", classes);
    }

    /** Returns the tag with a class if the condition holds. */
    Tag cssIf(boolean condition, String classes) {
        return condition ? css(classes) : this;
    }
}
