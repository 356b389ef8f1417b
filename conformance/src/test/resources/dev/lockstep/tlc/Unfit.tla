------------------------------- MODULE Unfit -------------------------------
(* The argument of Take depends on the state: TLC does not tell it. *)
EXTENDS Naturals

VARIABLE left

Take(n) == /\ left' = left - n
           /\ left > 0

Init == left = 3
Next == Take(left)
Spec == Init /\ [][Next]_left
=============================================================================
