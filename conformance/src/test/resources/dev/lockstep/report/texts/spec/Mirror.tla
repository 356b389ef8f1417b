---- MODULE Mirror ----
EXTENDS Integers

VARIABLES page, leg

\* ACTION Store: S1: "old version".
Store(b, v) ==
  /\ page' = v
  /\ UNCHANGED leg

LegWrite(l) ==
  /\ leg' = [leg EXCEPT ![l] = page]
  /\ UNCHANGED page

Certify == UNCHANGED <<page, leg>>

NoDesync == leg[0] = leg[1]
====
