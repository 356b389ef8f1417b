------------------------------ MODULE Renamed ------------------------------
(* Uses the names of variables of Small for other things. *)
EXTENDS Naturals

VARIABLE header

mode == 2

Step(data) == LET queue == data + 1 IN /\ header < mode
                                       /\ header' = header + queue

Init == header = 0
Next == \E may \in {0, 1} : Step(may)
Spec == Init /\ [][Next]_header
=============================================================================
