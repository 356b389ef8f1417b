------------------------------- MODULE Small -------------------------------
(* Small, but with everything that a graph must not lose: a step that leads *)
(* back to where it starts (Idle), two actions that make the same step      *)
(* (Write, Touch), parameters, a choice inside an action (PowerCut), values *)
(* of every kind, and an action that never fires (Never).                   *)
EXTENDS Naturals, Sequences

CONSTANTS Leg, Max, Nobody

VARIABLES mode, data, may, queue, header

vars == <<mode, data, may, queue, header>>

Init == /\ mode = "up"
        /\ data = [l \in Leg |-> 0]
        /\ may = [l \in Leg |-> {0}]
        /\ queue = <<>>
        /\ header = [owner |-> Nobody, ok |-> TRUE]

Put(l, v) == /\ mode = "up"
             /\ data' = [data EXCEPT ![l] = v]
             /\ may' = [may EXCEPT ![l] = @ \cup {v}]
             /\ UNCHANGED <<mode, queue, header>>

Write(l, v) == /\ TRUE
               /\ Put(l, v)

Touch(l, v) == /\ TRUE
               /\ Put(l, v)

Idle == /\ mode = "up"
        /\ UNCHANGED vars

Push(v) == /\ Len(queue) < 2
           /\ queue' = Append(queue, v)
           /\ UNCHANGED <<mode, data, may, header>>

PowerCut == /\ mode' = "down"
            /\ \E d \in [Leg -> 0 .. Max] :
                 /\ \A l \in Leg : d[l] \in may[l]
                 /\ data' = d
                 /\ may' = [l \in Leg |-> {d[l]}]
            /\ queue' = <<>>
            /\ header' = [header EXCEPT !.ok = FALSE]

Restart == /\ mode = "down"
           /\ mode' = "up"
           /\ header' = [header EXCEPT !.ok = TRUE]
           /\ UNCHANGED <<data, may, queue>>

Never == /\ mode = "sideways"
         /\ UNCHANGED vars

Next == \/ \E l \in Leg, v \in 0 .. Max : Write(l, v)
        \/ \E l \in Leg, v \in 0 .. Max : Touch(l, v)
        \/ Idle
        \/ \E v \in 1 .. Max : Push(v)
        \/ PowerCut
        \/ Restart
        \/ Never

Spec == Init /\ [][Next]_vars /\ WF_vars(Restart)

TypeOK == mode \in {"up", "down"}
Same == mode = "down" => \A a, b \in Leg : data[a] = data[b]
NotUp == mode # "up"
Shrinks == [][Len(queue') <= Len(queue)]_vars
Restarts == (mode = "down") ~> (mode = "up")
Stays == <>[](mode = "up")
Fills == <>(Len(queue) = 2)

Count == INSTANCE Counter WITH n <- Len(queue)
CountsDown == Count!Spec
=============================================================================
