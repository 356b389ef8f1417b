package dev.lockstep.cli;

import dev.lockstep.tlc.ModelResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Takes what was found for what is expected from now on. */
final class Pinning {
    private Pinning() {
    }

    /**
     * Rewrites both files of a spec that hold verdicts: the pins, in which what people wrote stays, and the manifest.
     *
     * @return the pins that now hold
     */
    static Pins write(SpecFolder spec, Pins pins, Map<ModelName, ModelResult> found) throws IOException {
        List<Pin> fresh = new ArrayList<>();
        found.forEach((name, result) -> {
            Pin pin = Pin.of(name, result);
            fresh.add(pins.find(name).map(pin::withWordsOf).orElse(pin));
        });
        Pins all = pins.with(fresh, spec.models());
        ResultFolder folder = new ResultFolder(spec.path());
        folder.check();
        folder.write(Pins.FILE, Json.text(all));
        folder.write(Manifest.FILE, Json.text(Manifest.of(spec, all)));
        return all;
    }
}
