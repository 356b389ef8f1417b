package dev.lockstep.cli;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A drawing as an XML parser sees it: it fails on what is not well-formed. */
record DrawnSvg(Document document) {
    static DrawnSvg of(String svg) {
        try {
            return new DrawnSvg(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg))));
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError("the drawing is no XML: " + e.getMessage() + "\n" + svg, e);
        }
    }

    /** Returns the lanes, of whose names one line or two are drawn. */
    List<String> lanes() {
        List<String> lanes = new ArrayList<>();
        String x = "";
        for (Element text : elements("text", "k")) {
            if (text.getAttribute("x").equals(x)) {
                lanes.set(lanes.size() - 1, lanes.get(lanes.size() - 1) + " " + text.getTextContent());
            } else {
                lanes.add(text.getTextContent());
            }
            x = text.getAttribute("x");
        }
        return lanes;
    }

    /** Returns what stands above each step's words. */
    List<String> titles() {
        return elements("text", "b").stream().map(Element::getTextContent).toList();
    }

    /** Returns how many steps are marked as the harmful one. */
    int harmful() {
        int marked = elements("rect", "harmful").size();
        if (elements("text", "h").size() != marked) {
            throw new AssertionError("a harmful step is marked without words, or in words alone");
        }
        return marked;
    }

    /** Returns what the crashes are called. */
    List<String> crashes() {
        return elements("text", "x").stream().map(Element::getTextContent).toList();
    }

    private List<Element> elements(String name, String css) {
        List<Element> found = new ArrayList<>();
        NodeList all = document.getElementsByTagName(name);
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (element.getAttribute("class").equals(css)) {
                found.add(element);
            }
        }
        return found;
    }
}
