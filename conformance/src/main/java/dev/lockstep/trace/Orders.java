package dev.lockstep.trace;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;

/** How compound values are compared and written: size first, then element by element. */
final class Orders {
    private Orders() {
    }

    static <T extends Comparable<? super T>> int compare(Collection<T> left, Collection<T> right) {
        int order = Integer.compare(left.size(), right.size());
        Iterator<T> a = left.iterator();
        Iterator<T> b = right.iterator();
        while (order == 0 && a.hasNext()) {
            order = a.next().compareTo(b.next());
        }
        return order;
    }

    static <K extends Comparable<? super K>> int compare(SortedMap<K, Value> left, SortedMap<K, Value> right) {
        int order = compare(left.keySet(), right.keySet());
        return order != 0 ? order : compare(left.values(), right.values());
    }

    static String functionText(Map<?, Value> entries) {
        StringBuilder out = new StringBuilder("(");
        String separator = "";
        for (Map.Entry<?, Value> entry : entries.entrySet()) {
            out.append(separator).append(entry.getKey()).append(" :> ").append(entry.getValue());
            separator = " @@ ";
        }
        return out.append(')').toString();
    }
}
