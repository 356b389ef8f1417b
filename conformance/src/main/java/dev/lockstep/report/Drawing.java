package dev.lockstep.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A behaviour that {@code explain} has told, drawn as a sequence diagram: a lane for each who takes part, time downwards, a row a
 * step. It is drawn from the JSON result alone. Immutable and thread-safe; the same result gives the same drawing.
 */
public final class Drawing {
    /** How wide the words of a file are that nothing stands below. */
    private static final int WORDS = 420;
    private static final String LEGEND = "An arrow goes from who gives to who gets, a point is who acts alone. A box says what is so from then "
            + "on: the content of a page or a leg, a region’s state on the driver’s lane, and the log’s bit; in brackets what a power cut may "
            + "leave instead.";

    private final String name;
    private final String title;
    private final List<String> notes;
    private final Diagram diagram;
    private final Map<String, String> quotations;

    private Drawing(String name, String title, List<String> notes, Diagram diagram) {
        this.name = name;
        this.title = title;
        this.notes = List.copyOf(notes);
        this.diagram = diagram;
        String seed = "report/seed.json";
        this.quotations = Entry.parse(TextSource.PACKED.required(seed), seed).members(Entry::asText);
    }

    /**
     * Returns what can be drawn of a result of {@code explain}: of a scenario one drawing for each policy, in its order; else one, or
     * none if there are no steps.
     *
     * @throws ReportException if it is not what it should be
     */
    public static List<Drawing> of(JsonNode result) {
        Entry json = new Entry(result, "the result of explain");
        List<Drawing> drawings = new ArrayList<>();
        if (!json.at("runs").missing()) {
            String scenario = json.text("scenario");
            for (Entry run : json.list("runs", run -> run)) {
                String policy = run.text("policy");
                Diagram.of(run, "steps", "loop").ifPresent(diagram -> drawings.add(new Drawing(scenario + "-" + policy, scenario + " under "
                        + policy + ": " + json.text("title"), List.of("Played on real files.", LEGEND), diagram)));
            }
            return drawings;
        }
        String name = json.text("name");
        String title = json.maybeText("title").map(said -> name + ": " + said).orElse(name);
        List<String> notes = new ArrayList<>();
        json.maybeText("model").ifPresent(model -> notes.add("The model " + model + " violates " + json.text("property") + "."));
        json.maybeText("about").ifPresent(notes::add);
        notes.add(LEGEND);
        Optional<Diagram> diagram = Diagram.of(json, "steps", "loop");
        diagram.filter(found -> !found.steps().isEmpty()).ifPresent(found -> drawings.add(new Drawing(name, title, notes, found)));
        return drawings;
    }

    /** Returns what it is of, in letters that may stand in a file's name. */
    public String name() {
        return name.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    /** Returns it as an SVG file: it fetches nothing and runs nothing. */
    public String svg() {
        return DiagramSvg.file(new DiagramLayout(diagram, quotations, WORDS, false), title, notes);
    }

    /** Returns it in characters, lines and all. */
    public String text() {
        return DiagramLines.of(diagram, quotations);
    }
}
