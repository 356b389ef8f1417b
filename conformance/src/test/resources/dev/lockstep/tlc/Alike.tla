------------------------------- MODULE Alike -------------------------------
(* Two initial states, and two states in all, that are alike by a symmetry. *)
EXTENDS TLC

CONSTANT Twin

VARIABLE chosen

Twins == Permutations(Twin)
Init == chosen \in Twin
Next == chosen' \in Twin
Spec == Init /\ [][Next]_chosen

TypeOK == chosen \in Twin
=============================================================================
