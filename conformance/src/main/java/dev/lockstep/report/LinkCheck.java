package dev.lockstep.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for what a reader would find broken: a link that leads nowhere or to two places, a page that asks the network
 * for something, a claim that names what is not there. Stateless and thread-safe.
 */
public final class LinkCheck {
    private static final Pattern ID = Pattern.compile("<[^<>]*\\sid=\"([^\"]*)\"");
    private static final Pattern LINK = Pattern.compile("<[^<>]*\\shref=\"([^\"]*)\"");
    /** What makes a browser fetch something. Text is escaped, so that a match is markup. */
    private static final Pattern FETCH = Pattern.compile(
            "<(?:script|iframe|object|embed|img|video|audio|base|form)\\b[^<>]*>"
                    + "|<[^<>]*\\s(?:src|srcset|action|style)=[^<>]*>", Pattern.CASE_INSENSITIVE);
    private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);
    private static final Pattern STYLE_FETCH = Pattern.compile("@import[^;]*|\\burl\\([^)]*\\)",
            Pattern.CASE_INSENSITIVE);

    private LinkCheck() {
    }

    /**
     * Checks a page and the claims that it shows.
     *
     * @param html what {@link HtmlReport#render} returned for the input
     * @return a sentence for each thing that is broken; empty if nothing is
     */
    public static List<String> check(String html, ReportInput input) {
        List<String> broken = new ArrayList<>(page(html));
        broken.addAll(claims(input));
        return broken;
    }

    /** Returns what is broken in a page. */
    static List<String> page(String html) {
        List<String> broken = new ArrayList<>();
        Map<String, Integer> ids = new HashMap<>();
        for (Matcher id = ID.matcher(html); id.find(); ) {
            ids.merge(id.group(1), 1, Integer::sum);
        }
        ids.entrySet().stream().filter(id -> id.getValue() > 1).map(Map.Entry::getKey).sorted()
                .forEach(id -> broken.add("The page has " + ids.get(id) + " places with the id " + id + "."));
        for (Matcher link = LINK.matcher(html); link.find(); ) {
            String target = link.group(1);
            if (target.startsWith("#")) {
                if (!ids.containsKey(target.substring(1))) {
                    broken.add("The page links to " + target + ", which it does not have.");
                }
            } else if (!target.equals("data:,")) {
                broken.add("The page links outside itself, to " + target + ".");
            }
        }
        fetches(FETCH, html, broken);
        for (Matcher style = STYLE.matcher(html); style.find(); ) {
            fetches(STYLE_FETCH, style.group(1), broken);
        }
        return broken;
    }

    private static void fetches(Pattern pattern, String text, List<String> broken) {
        for (Matcher fetch = pattern.matcher(text); fetch.find(); ) {
            broken.add("The page may fetch something from elsewhere: " + fetch.group() + ".");
        }
    }

    /** Returns what is broken in the claims, each sentence with the claim's name. */
    static List<String> claims(ReportInput input) {
        List<String> broken = new ArrayList<>();
        for (Claim claim : input.claims()) {
            String named = "Claim " + claim.id() + " names ";
            if (!claim.sentence().equals(Claim.DESIGN) && !input.quotations().containsKey(claim.sentence())) {
                broken.add(named + "the sentence " + claim.sentence() + ", which seed.json does not quote.");
            }
            if (claim.models().isEmpty() || claim.actions().isEmpty() || claim.methods().isEmpty()) {
                broken.add("Claim " + claim.id() + " has no model, no action or no method.");
            }
            for (String model : claim.models()) {
                model(named, claim, model, input, broken);
            }
            for (String action : claim.actions()) {
                if (input.spec().action(action).isEmpty()) {
                    broken.add(named + "the action " + action + ", which no module of the spec defines.");
                }
            }
            for (String method : claim.methods()) {
                if (input.java().anchor(method).isEmpty()) {
                    broken.add(named + "the method " + method + ", which the Java sources do not have.");
                }
            }
        }
        return broken;
    }

    private static void model(String named, Claim claim, String model, ReportInput input, List<String> broken) {
        if (input.spec().definition(claim.property(), Claim.moduleOf(model)).isEmpty()) {
            broken.add(named + "the property " + claim.property() + ", which the module " + Claim.moduleOf(model)
                    + " of its model " + model + " does not have.");
        }
        input.results().check().ifPresent(check -> {
            if (check.model(model).isEmpty()) {
                broken.add(named + "the model " + model + ", which check.json does not have.");
            } else if (!check.model(model).get().property().equals(claim.property())) {
                broken.add(named + "the model " + model + " for the property " + claim.property() + ", but that judges "
                        + check.model(model).get().property() + ".");
            }
        });
    }
}
