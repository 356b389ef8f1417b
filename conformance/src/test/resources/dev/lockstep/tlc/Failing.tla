------------------------------ MODULE Failing -------------------------------
EXTENDS Naturals

CONSTANT Limit
ASSUME Limit > 1

VARIABLE x

Init == x = 0
Next == IF x < Limit
          THEN x' = x + 1
          ELSE x' = x + "one"
Spec == Init /\ [][Next]_x
=============================================================================
