package dev.lockstep.cli;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the models that a user means: by name, by the beginning of a name up to an underscore, or by a pattern with
 * {@code *} and {@code ?}.
 */
final class ModelChoice {
    private static final int NEAREST = 3;

    private final List<ModelName> models;

    ModelChoice(List<ModelName> models) {
        this.models = List.copyOf(models);
    }

    /**
     * Returns the models meant, in the order in which the folder has them; all if nothing is given.
     *
     * @throws UserMistake if something given means none
     */
    List<ModelName> find(List<String> given) {
        if (given.isEmpty()) {
            return models;
        }
        Set<ModelName> found = new LinkedHashSet<>();
        for (String one : given) {
            Pattern pattern = pattern(one);
            List<ModelName> meant = models.stream().filter(model -> pattern.matcher(model.name()).matches()).toList();
            if (meant.isEmpty()) {
                throw new UserMistake("there is no model " + one + "; the nearest are "
                        + String.join(", ", nearest(one)));
            }
            found.addAll(meant);
        }
        return models.stream().filter(found::contains).toList();
    }

    private static Pattern pattern(String given) {
        StringBuilder pattern = new StringBuilder();
        for (char c : given.replaceFirst("\\.(cfg|deep)$", "").toCharArray()) {
            pattern.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(pattern + "(_.*)?");
    }

    private List<String> nearest(String given) {
        return models.stream().map(ModelName::name).sorted(Comparator.comparingInt(name -> distance(given, name)))
                .limit(NEAREST).toList();
    }

    /**
     * Returns how many characters must be put in, left out or replaced to come from one text to the other
     * (Levenshtein).
     */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
