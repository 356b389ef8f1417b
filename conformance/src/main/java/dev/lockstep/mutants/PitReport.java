package dev.lockstep.mutants;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads PIT's report, {@code mutations.xml}. */
public final class PitReport {
    private static final String MUTATION = "mutation";
    private static final String STATUS = "status";

    private PitReport() {
    }

    /**
     * {@return the mutants of a report, in its order}
     *
     * @param in the report
     * @throws IOException with one clause that says what was expected, if it is none, or one of a run that did not come to its end
     */
    public static List<BytecodeMutant> read(InputStream in) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(in);
            List<BytecodeMutant> mutants = new ArrayList<>();
            boolean root = false;
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                    if (reader.getLocalName().equals(MUTATION)) {
                        mutants.add(mutant(reader));
                    }
                    root |= reader.getLocalName().equals("mutations");
                }
            }
            if (!root || mutants.isEmpty()) {
                throw new IOException("a report of PIT's with mutants was expected, and there is none in it");
            }
            return mutants;
        } catch (XMLStreamException | IllegalArgumentException e) {
            throw new IOException("a whole report of PIT's was expected, but " + e.getMessage().replaceAll("\\s+", " "), e);
        }
    }

    private static BytecodeMutant mutant(XMLStreamReader reader) throws XMLStreamException {
        Map<String, String> parts = new HashMap<>();
        parts.put(STATUS, reader.getAttributeValue(null, STATUS));
        while (reader.next() != XMLStreamConstants.END_ELEMENT || !reader.getLocalName().equals(MUTATION)) {
            if (reader.isStartElement()) {
                String name = reader.getLocalName();
                if (name.equals("indexes") || name.equals("blocks")) {
                    continue;
                }
                parts.put(name, reader.getElementText());
            }
        }
        // A lambda is its method's: the compiler numbers those of a class one after the other, so that an edit elsewhere gives one another name.
        String method = part(parts, "mutatedMethod").replaceFirst("^lambda\\$(.+)\\$\\d+$", "$1");
        return new BytecodeMutant(part(parts, "mutatedClass"), method, part(parts, "mutator").replaceFirst(".*\\.", "")
                .replaceFirst("Mutator.*", ""), part(parts, "description"), Integer.parseInt(part(parts, "lineNumber")),
                Integer.parseInt(part(parts, "index")), fate(part(parts, STATUS)), parts.getOrDefault("killingTest", ""));
    }

    private static String part(Map<String, String> parts, String name) {
        String part = parts.get(name);
        if (part == null) {
            throw new IllegalArgumentException("a mutant in it has no " + name);
        }
        return part;
    }

    /** What PIT did not come to, or could not judge, is no fate: nothing could be said of such a run. */
    private static BytecodeMutant.Fate fate(String status) {
        try {
            return BytecodeMutant.Fate.valueOf(status);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a mutant in it has the status " + status + ", and was not judged", e);
        }
    }
}
