package dev.lockstep.report;

/** A page as a reader sees it. */
final class HtmlText {
    private HtmlText() {
    }

    /** Returns what a reader sees, with single spaces. */
    static String of(String page) {
        return page.replaceAll("(?s)<style>.*?</style>", "")
                .replaceAll("<wbr>", "").replaceAll("</?(a|b|i|code)\\b[^>]*>", "")
                .replaceAll("<[^>]*>", " ").replace("&#39;", "'").replace("&quot;", "\"").replaceAll("\\s+", " ")
                .replace(" .", ".");
    }
}
