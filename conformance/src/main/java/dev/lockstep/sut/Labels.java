package dev.lockstep.sut;

import dev.lockstep.trace.Label;
import dev.lockstep.trace.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Every action that the mirror has a method for, with every parameter that it can have on a volume: what a replay asks for, so
 * that it also sees what the mirror would do and the model never does. What others do to the mirror is in it as far as that
 * happens: a model that has it nowhere then differs from the mirror.
 */
public final class Labels {
    private static final int CONTENTS = 2;
    private static final List<String> ALONE = List.of("FlushBegin", "UnmountBegin", "LogWrite", "LogFlushBegin", "LogFlushEnd",
            "RecordBegin", "RecordFailure", "DirtyAll", "CertifyBegin", "FlushEnd", "CertifyEnd", "Nominate", "SyncBegin", "SyncEnd", "UnmountEnd", "Restart", "Kill",
            "PowerCut");
    private static final List<String> OF_SLOT = List.of("Submit", "Issue", "EndWrite");
    private static final List<String> OF_PAGE_OR_BLOCK = List.of("MarkPageDirty", "MarkFirst", "FreeBlock", "Allocate", "Commit");
    private static final List<String> OF_REGION = List.of("Quiesce", "ResyncBegin", "ResyncEnd");
    private static final List<String> OF_BLOCK_AND_LEG = List.of("Read", "ResyncCopy");

    private final List<Label> labels = new ArrayList<>();

    private Labels(Size size, Surroundings surroundings) {
        ALONE.forEach(this::add);
        for (int region = 0; region < size.regions(); region++) {
            addEach(OF_REGION, region);
            addIf(surroundings.happens("scrub"), "Suspect", region);
        }
        addIf(surroundings.happens("syncFails"), "SyncFails");
        for (int leg = 0; leg < size.legs(); leg++) {
            add("LegFlushEnd", leg);
            add("NoticeFailure", leg);
            add("Readmit", leg);
            addIf(surroundings.happens("fail"), "LegFails", leg);
            addIf(surroundings.happens("flushFails"), "LegFlushFails", leg);
            addIf(surroundings.happens("replace"), "Replace", leg);
        }
        for (int slot = 0; slot < size.slots(); slot++) {
            addEach(OF_SLOT, slot);
        }
        // A page is one block.
        for (int block = 0; block < size.blocks(); block++) {
            addEach(OF_PAGE_OR_BLOCK, block);
            add("Compare", block);
            ofBlock(block, size, surroundings);
        }
    }

    private void ofBlock(int block, Size size, Surroundings surroundings) {
        for (int content = 0; content < CONTENTS; content++) {
            addIf(surroundings.storing() != Storing.NONE, "Store", block, content);
            for (int slot = 0; slot < size.slots(); slot++) {
                addIf(surroundings.happens("direct"), "DirectWrite", slot, block, content);
            }
        }
        for (int leg = 0; leg < size.legs(); leg++) {
            addEach(OF_BLOCK_AND_LEG, block, leg);
        }
        for (int slot = 0; slot < size.slots(); slot++) {
            add("WriteBackClear", slot, block);
            for (int leg = 0; leg < size.legs(); leg++) {
                add("LegWrite", slot, block, leg);
            }
        }
    }

    /**
     * {@return the labels of a volume, in no order that means anything}
     *
     * @param size         its size
     * @param surroundings what happens to it
     */
    public static List<Label> of(Size size, Surroundings surroundings) {
        return List.copyOf(new Labels(size, surroundings).labels);
    }

    private void addIf(boolean happens, String action, int... arguments) {
        if (happens) {
            add(action, arguments);
        }
    }

    private void addEach(List<String> actions, int... arguments) {
        actions.forEach(action -> add(action, arguments));
    }

    private void add(String action, int... arguments) {
        Value[] values = new Value[arguments.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Value.of(arguments[i]);
        }
        labels.add(Label.of(action, values));
    }
}
