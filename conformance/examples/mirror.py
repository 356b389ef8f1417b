#!/usr/bin/env python3
"""A mirror that Lockstep's replay can drive: the worked example of conformance/PROTOCOL.md.

It decides and does no I/O: each line on stdin tells it what has happened, each line on stdout says all that
it wants now. It keeps to the policies that mark a region clean as soon as it has drained: BounceCopy, whose
legs are written from a copy of the page; LockBuffers, whose user keeps the page as it is while it is written;
and Original, where nobody does. With --bug-of-2008 it writes the page itself whatever the policy.
"""
import json
import sys

FROM = {"BounceCopy": "copy", "LockBuffers": "page", "Original": "page"}


class Mirror:
    def __init__(self, volume, source_of_data):
        self.legs = range(volume["legs"])
        self.regions = range(volume["regions"])
        self.per_region = volume["blocks"] // volume["regions"]
        self.source = volume["source"]
        self.source_of_data = source_of_data
        self.on_kill({})

    # ---- what happens: one method for each event

    def on_kill(self, _):
        self.mode = "down"
        self.state, self.bit, self.logged = {}, {}, {}
        self.durably_dirty, self.log = set(), "idle"
        self.writes, self.copies = {}, set()
        self.asked, self.round, self.unflushed, self.chosen = False, False, set(), set()

    def on_open(self, event):
        self.mode = "up"
        self.bit = dict(enumerate(event["bits"]))
        self.logged = dict(self.bit)
        self.state = {r: "clean" if clean else "nosync" for r, clean in self.bit.items()}
        self.log = "stale"  # What was read need not be durable: it is written again before any of it is trusted.

    def on_write(self, event):
        region = event["block"] // self.per_region
        parked = self.state[region] == "recovering"
        self.writes[event["write"]] = {"block": event["block"], "region": region, "todo": set(),
                                       "phase": "parked" if parked else "submitted"}
        if not parked:
            self.count_in(region)

    def count_in(self, region):
        if self.state[region] != "nosync":
            self.state[region] = "dirty"
        self.bit[region] = False
        self.chosen.discard(region)  # It was written after it was chosen: the flush need not cover that.

    def on_log_write(self, event):
        self.logged = dict(enumerate(event["bits"]))
        self.durably_dirty = {r for r in self.durably_dirty if not self.logged[r]}
        self.log = "written"

    def on_log_flush(self, _):
        self.log = "flushing"

    def on_log_flushed(self, _):
        self.durably_dirty = {r for r in self.regions if not self.logged[r]}
        self.log = "idle"

    def on_issue(self, event):
        write = self.writes[event["write"]]
        write["phase"] = "issued"
        write["todo"] = {self.source} if self.state[write["region"]] == "nosync" else set(self.legs)

    def on_leg_write(self, event):
        self.writes[event["write"]]["todo"].discard(event["leg"])

    def on_end_write(self, event):
        del self.writes[event["write"]]

    def on_quiesce(self, event):
        self.state[event["region"]] = "clean"

    def on_flush(self, _):
        self.asked = True

    def on_flush_legs(self, _):
        self.chosen = set() if self.asked else self.eligible()
        self.asked, self.round, self.unflushed = False, True, set(self.legs)

    def on_leg_flushed(self, event):
        self.unflushed.discard(event["leg"])

    def on_end_flush(self, _):
        self.round = False

    def on_mark_clean(self, _):
        for region in self.chosen:
            self.state[region], self.bit[region] = "clean", True
        self.chosen, self.round = set(), False

    def on_resync(self, event):
        self.state[event["region"]] = "recovering"
        first = event["region"] * self.per_region
        self.copies = {(block, leg) for block in range(first, first + self.per_region)
                       for leg in self.legs if leg != self.source}

    def on_copy(self, event):
        self.copies.discard((event["block"], event["leg"]))

    def on_end_resync(self, event):
        region = event["region"]
        self.state[region] = "clean"
        for write in self.writes.values():
            if write["phase"] == "parked" and write["region"] == region:
                write["phase"] = "submitted"
                self.count_in(region)

    def on_read(self, _):
        pass

    def on_unmount(self, _):
        self.mode = "closing"

    on_close = on_kill

    # ---- what is wanted

    def pending(self, region):
        return any(w["region"] == region and w["phase"] != "parked" for w in self.writes.values())

    def eligible(self):
        """The regions that could be marked clean if every leg were flushed now."""
        return {r for r in self.regions if not self.bit[r] and not self.pending(r) and (
            self.state[r] == "clean" or self.mode == "closing" and self.state[r] == "dirty")}

    def wants(self):
        if self.log == "stale" or self.log == "idle" and self.bit != self.logged:
            yield {"want": "log-write", "bits": [self.bit[r] for r in self.regions]}
        if self.log == "written":
            yield {"want": "log-flush"}
        for number, write in self.writes.items():
            yield from self.wants_of(number, write)
        if self.asked or not self.round and self.eligible():
            yield {"want": "flush-legs"}
        if self.round and not self.unflushed:
            yield {"want": "mark-clean" if self.chosen else "end-flush"}
        recovering = [r for r in self.regions if self.state[r] == "recovering"]
        for region in self.regions:
            if self.mode == "up" and self.state[region] == "dirty" and not self.pending(region):
                yield {"want": "quiesce", "region": region}
            if (self.mode == "up" and self.state[region] == "nosync" and region in self.durably_dirty
                    and not recovering):
                yield {"want": "resync", "region": region}
        for block, leg in self.copies:
            if not self.pending(block // self.per_region):
                yield {"want": "copy", "block": block, "leg": leg}
        if recovering and not self.copies:
            yield {"want": "end-resync", "region": recovering[0]}
        if (self.mode == "closing" and not self.round and not self.eligible() and not recovering
                and self.log == "idle" and self.bit == self.logged):
            yield {"want": "close"}

    def wants_of(self, number, write):
        others = [w for w in self.writes.values() if w is not write and w["phase"] == "issued"]
        if (write["phase"] == "submitted" and write["region"] in self.durably_dirty
                and all(w["block"] != write["block"] for w in others)):
            yield {"want": "issue", "write": number}
        for leg in write["todo"]:
            yield {"want": "leg-write", "write": number, "block": write["block"], "leg": leg,
                   "from": self.source_of_data}
        if write["phase"] == "issued" and not write["todo"]:
            yield {"want": "end-write", "write": number}

    def reads(self):
        return [list(self.legs) if self.state[r] == "clean" else [self.source] for r in self.regions]

    def answer(self, event):
        getattr(self, "on_" + event["event"].replace("-", "_"))(event)
        if self.mode == "down":
            return {"n": event["n"], "wants": [], "reads": []}
        return {"n": event["n"], "wants": list(self.wants()), "reads": self.reads()}


def main():
    hello = json.loads(sys.stdin.readline())
    if hello["policy"] not in FROM:
        sys.exit("this mirror keeps to " + ", ".join(FROM) + ", and not to " + hello["policy"])
    from_page = "--bug-of-2008" in sys.argv[1:]
    mirror = Mirror(hello, "page" if from_page else FROM[hello["policy"]])
    print(json.dumps({"n": 0, "hello": "lockstep-mirror", "version": 1, "name": "mirror.py"}), flush=True)
    for line in sys.stdin:
        print(json.dumps(mirror.answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
