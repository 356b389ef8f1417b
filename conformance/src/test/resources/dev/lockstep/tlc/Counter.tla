------------------------------ MODULE Counter ------------------------------
(* What a queue of Small is not: it grows and never shrinks. *)
EXTENDS Naturals

VARIABLE n

Init == n = 0
Grow == n' = n + 1
Spec == Init /\ [][Grow]_n
=============================================================================
